import { useQuery } from "@tanstack/react-query";
import { useMemo, useRef, useState } from "react";
import { statsQuery } from "@/lib/decision-stats";
import { DataTable } from "@/ui/data-table/data-table";
import { NoMatch, StateCard } from "@/ui/state-card/state-card";
import { withDismissed } from "../wasted/dismissed-column";
import { BulkBar } from "./bulk-bar";
import { DeleteDialog } from "./delete-dialog";
import { ExportDialog } from "./export-dialog";
import classes from "./list.module.css";
import { type Listed, type ListTab, type Row, rowsOf, tabTitles, topicTitle } from "./listed";
import { policyColumns } from "./policy-columns";
import { useSpaceSwitches } from "./use-list-keys";
import type { PolicyActs } from "./use-policy-acts";

type Props = {
  tab: ListTab;
  policies: readonly Listed[];
  /** Whether a filter hides some. */
  filtered: boolean;
  chosen: Listed | undefined;
  acts: PolicyActs;
  onChoose: (policy?: string) => void;
  onOpen: (policy: string) => void;
  onSwitch: (policy: Listed) => void;
  onClear: () => void;
};

const rowKey = (row: Row) => row.key;
const nothing: ReadonlySet<string> = new Set();

/** The policies of a tab as a table, with what can be done with the ticked ones. */
export function PolicyList(props: Props) {
  const { tab, policies, filtered, chosen, acts, onChoose, onOpen, onSwitch, onClear } = props;
  const [folded, setFolded] = useState(nothing);
  const [ticked, setTicked] = useState(nothing);
  const [dialog, setDialog] = useState<"" | "export" | "delete">("");
  const box = useRef<HTMLDivElement>(null);
  const grouped = tab === "templates";
  const rows = useMemo(() => rowsOf(policies, grouped, folded), [policies, grouped, folded]);
  const { data: stats } = useQuery(statsQuery);
  const columns = useMemo(() => withDismissed(policyColumns(onSwitch, !grouped), stats), [onSwitch, grouped, stats]);
  const marked = useMemo(() => policies.filter((policy) => ticked.has(policy.name)), [policies, ticked]);
  useSpaceSwitches(box, () => chosen && onSwitch(chosen));
  if (policies.length === 0) return <Empty tab={tab} filtered={filtered} onClear={onClear} />;
  return (
    <>
      <div ref={box} className={classes.table}>
        <DataTable
          label={`Rules, ${tabTitles[tab]}`}
          rows={rows}
          columns={columns}
          rowKey={rowKey}
          selected={chosen?.name}
          onSelect={(row) => row.policy && onChoose(row.policy.name)}
          onOpen={(row) => row.policy && onOpen(row.policy.name)}
          selectedKeys={ticked}
          onSelectKeys={setTicked}
          group={grouped ? headingOf(folded) : undefined}
          onToggleGroup={(key, fold) => setFolded(toggled(folded, key.replace(/^topic /, ""), fold))}
        />
      </div>
      <BulkBar
        policies={marked}
        busy={acts.busy}
        onSwitch={(on) => acts.switchTo(marked, on)}
        onExport={() => setDialog("export")}
        onDelete={() => setDialog("delete")}
        onClear={() => setTicked(nothing)}
      />
      {dialog === "export" && <ExportDialog policies={marked} onClose={() => setDialog("")} />}
      {dialog === "delete" && (
        <DeleteDialog
          policies={marked.filter((policy) => policy.own)}
          onClose={() => setDialog("")}
          onDelete={() => {
            acts.remove(marked);
            setTicked(nothing);
            setDialog("");
          }}
        />
      )}
    </>
  );
}

function headingOf(folded: ReadonlySet<string>) {
  return (row: Row) =>
    row.policy === null ? { label: topicTitle(row.topic), count: row.count, collapsed: folded.has(row.topic) } : null;
}

function toggled(set: ReadonlySet<string>, key: string, into: boolean): ReadonlySet<string> {
  const next = new Set(set);
  if (into) next.add(key);
  else next.delete(key);
  return next;
}

const emptyTexts: Record<ListTab, { title: string; text: string }> = {
  mine: { title: "No rule is on", text: "Switch one on under Templates, or write your own." },
  templates: { title: "No rules came with Purser", text: "Import some, or write your own." },
  guards: {
    title: "No rule holds others back",
    text: "A guard keeps what would grow from growing while something else is wrong, such as stock or account health.",
  },
  traces: { title: "Nothing to trace", text: "" },
};

function Empty({ tab, filtered, onClear }: { tab: ListTab; filtered: boolean; onClear: () => void }) {
  if (filtered) return <NoMatch filters="No rule of this tab has these words and this topic." onClear={onClear} />;
  return <StateCard title={emptyTexts[tab].title}>{emptyTexts[tab].text}</StateCard>;
}
