import { type ReactNode, useMemo, useState } from "react";
import { useDisplay } from "@/lib/display";
import { askLook } from "@/lib/fetching/stream-state";
import { formatNumber, notApplicable } from "@/lib/format";
import type { Column } from "@/ui/data-table/column";
import { DataTable } from "@/ui/data-table/data-table";
import { Day } from "@/ui/day/day";
import type { Ask } from "../../api/types";
import { kindWords } from "../../logic/ask-words";
import { placeName } from "../../logic/places";
import { isHeading, type WorkRow, workRows } from "../../logic/work-rows";
import amazon from "../amazon/amazon.module.css";
import { AskDays } from "../amazon/ask-days";
import { FetchState } from "../amazon/fetch-state";

type Props = { asks: readonly Ask[]; selected: number; onSelect: (id: number) => void };

const none: ReadonlySet<string> = new Set();

const keyOf = (row: WorkRow) => (isHeading(row) ? row.heading : String(row.id));

/** Asks in the order of their turn, then what was done last; both parts can be folded away. */
export function AsksTable({ asks, selected, onSelect }: Props) {
  const { locale } = useDisplay();
  const [folded, setFolded] = useState(none);
  const rows = useMemo(() => workRows(asks, folded), [asks, folded]);
  const columns = useMemo(() => askColumns(locale), [locale]);
  const group = useMemo(
    () => (row: WorkRow) => (isHeading(row) ? { ...row, collapsed: folded.has(row.heading) } : null),
    [folded],
  );
  const fold = (key: string, collapse: boolean) => {
    const next = new Set(folded);
    if (collapse) next.add(key);
    else next.delete(key);
    setFolded(next);
  };
  return (
    <DataTable
      label="Under way, waiting and done"
      rows={rows}
      columns={columns}
      rowKey={keyOf}
      selected={selected > 0 ? String(selected) : undefined}
      onSelect={(row) => !isHeading(row) && onSelect(row.id)}
      group={group}
      onToggleGroup={fold}
    />
  );
}

/** A heading has nothing under the columns. */
const of = (render: (ask: Ask) => ReactNode) => (row: WorkRow) => (isHeading(row) ? null : render(row));

function askColumns(locale: string): Column<WorkRow>[] {
  return [
    { id: "title", title: "Data", rowHeader: true, sticky: true, render: of((ask) => ask.title) },
    { id: "place", title: "Place", render: of(placeName) },
    { id: "state", title: "State", render: of((ask) => <FetchState look={askLook(ask.status)} />) },
    { id: "kind", title: "For", render: of((ask) => kindWords(ask.kind)) },
    { id: "days", title: "Window", render: of((ask) => <AskDays ask={ask} />) },
    {
      id: "when",
      title: "When",
      help: "When it is looked at next, or when it ended.",
      align: "end",
      render: of((ask) => <Day value={ask.ended || ask.next} />),
    },
    {
      id: "rows",
      title: "Rows",
      align: "end",
      render: of((ask) => (ask.status === "done" ? formatNumber(ask.rows, locale) : notApplicable)),
    },
    {
      id: "text",
      title: "What is so",
      render: of((ask) => (
        <span className={amazon.clipped} title={ask.text}>
          {ask.text}
        </span>
      )),
    },
  ];
}
