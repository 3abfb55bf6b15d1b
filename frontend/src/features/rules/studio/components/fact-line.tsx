import { useDisplay } from "@/lib/display";
import { formatInstant } from "@/lib/format";
import { MaturityMark } from "@/ui/freshness-chip/freshness-chip";
import type { FactNode } from "../../api/studio-types";
import classes from "./side.module.css";

/** A fact with its value, how settled it is, and where it comes from. */
export function FactValue({ one }: { one: FactNode }) {
  const { locale, now } = useDisplay();
  const origin = [one.source, one.as_of === "" ? "" : `as of ${formatInstant(one.as_of, locale, now)}`, one.note];
  return (
    <li>
      <div className={classes.line}>
        <span>{one.title}</span>
        <span className={classes.amount}>
          {one.maturity !== "fresh" && one.value !== "" && (
            <>
              <MaturityMark state={one.maturity} />{" "}
            </>
          )}
          {one.value === "" ? "?" : one.value}
        </span>
      </div>
      <span className={classes.small}>{origin.filter((part) => part !== "").join(", ")}</span>
    </li>
  );
}
