import { Link } from "@tanstack/react-router";
import { useDisplay } from "@/lib/display";
import { formatNumber } from "@/lib/format";
import { Day } from "@/ui/day/day";
import { MaturityMark } from "@/ui/freshness-chip/freshness-chip";
import type { Evidence } from "../../api/types";
import classes from "./checklists.module.css";

/** What a check found, each with the day it is of; a SKU leads to everything about it. */
export function EvidenceList({ evidence, all }: { evidence: readonly Evidence[]; all: number }) {
  const { locale } = useDisplay();
  return (
    <>
      <ul className={classes.evidence}>
        {evidence.map((one) => (
          <li key={`${one.subject} ${one.text}`}>
            <span>
              <Subject one={one} />
              <small>{one.text}</small>
            </span>
            <span className={classes.asOf}>
              {one.maturity !== "" && one.maturity !== "fresh" && <MaturityMark state={one.maturity} />}{" "}
              {one.as_of !== "" && <Day value={one.as_of} />}
            </span>
          </li>
        ))}
      </ul>
      {all > evidence.length && (
        <p className={classes.small}>
          The first {formatNumber(evidence.length, locale)} of {formatNumber(all, locale)}.
        </p>
      )}
    </>
  );
}

/** "US/SKU-104" has a page of its own. */
function Subject({ one: { subject, label } }: { one: Evidence }) {
  if (!/^[A-Z]{2}\/[^/]+$/.test(subject)) return label || subject;
  return (
    <Link to="/sku/$subject" params={{ subject }}>
      {label || subject}
    </Link>
  );
}
