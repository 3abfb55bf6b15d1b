import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useDisplay } from "@/lib/display";
import { formatNumber } from "@/lib/format";
import { Day } from "@/ui/day/day";
import { Inspector, InspectorSection } from "@/ui/inspector/inspector";
import { freshnessQuery } from "../api/queries";
import type { KindFreshness } from "../api/types";
import { FactList } from "./fact-list";
import classes from "./inspector.module.css";
import { StateChip } from "./state-chip";

type Props = { kind: string; onClose: () => void };

/** One kind of report: how fresh, where to download it, what it is good for. */
export function KindInspector({ kind, onClose }: Props) {
  const { data } = useQuery(freshnessQuery);
  const found = data?.find((k) => k.kind === kind);
  if (!found) return null;
  return (
    <Inspector label={`${found.title} details`} onClose={onClose}>
      <StateChip state={found.state} />
      <h2 className={classes.title}>{found.title}</h2>
      {found.text !== "" && <p className={classes.text}>{found.text}</p>}
      <InspectorSection title="Where to download it">
        <p className={classes.text}>{found.where}</p>
      </InspectorSection>
      <InspectorSection title={found.state === "missing" ? "What it would unlock" : "What it is good for"}>
        <p className={classes.text}>{found.unlocks}</p>
      </InspectorSection>
      {found.state !== "missing" && <Figures found={found} />}
      <Actions />
    </Inspector>
  );
}

function Figures({ found }: { found: KindFreshness }) {
  const { locale } = useDisplay();
  return (
    <InspectorSection title="What is here">
      <FactList
        facts={[
          ["As of", <Day key="d" value={found.as_of} />],
          ["Covers through", <Day key="d" value={found.through} />],
          ["Settled through", <Day key="d" value={found.settled_through} />],
          ["Rows", formatNumber(found.rows, locale)],
          ["Files", formatNumber(found.documents, locale)],
        ]}
      />
    </InspectorSection>
  );
}

function Actions() {
  const navigate = useNavigate();
  return (
    <div className={classes.actions}>
      <Button onClick={() => void navigate({ to: "/data/import", search: { paths: [], job: "" } })}>
        Import files
      </Button>
    </div>
  );
}
