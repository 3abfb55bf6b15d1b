import { useMemo, useState } from "react";
import { useCommands } from "@/lib/command-context";
import { useDisplay } from "@/lib/display";
import { DataTable } from "@/ui/data-table/data-table";
import type { Entry } from "../logic/entry";
import { type Row, rowsOf } from "../logic/rows";
import { journalColumns } from "./journal-columns";

type Props = {
  shown: readonly Entry[];
  all: readonly Entry[];
  selected: string | undefined;
  onSelect: (key: string) => void;
  onClose: () => void;
};

const rowKey = (row: Row) => row.key;
const nothing: ReadonlySet<string> = new Set();
const headingOf = (folded: ReadonlySet<string>) => (row: Row) =>
  row.heading ? { label: row.heading.label, count: row.heading.count, collapsed: folded.has(row.key) } : null;

/** The entries as a table; what was approved together stands under a heading that tells what became of it. */
export function JournalTable({ shown, all, selected, onSelect, onClose }: Props) {
  const { locale, now } = useDisplay();
  const [folded, setFolded] = useState(nothing);
  const rows = useMemo(() => rowsOf(shown, all, folded), [shown, all, folded]);
  const columns = useMemo(() => journalColumns(locale, now), [locale, now]);
  const group = useMemo(() => headingOf(folded), [folded]);
  useCommands(
    useMemo(
      () => [
        {
          id: "journal.close",
          label: "Close the details",
          group: "Journal",
          keys: ["escape"],
          keyOnly: true,
          run: onClose,
        },
      ],
      [onClose],
    ),
  );
  return (
    <DataTable
      label="Journal"
      rows={rows}
      columns={columns}
      rowKey={rowKey}
      selected={selected}
      onSelect={(row) => row.entry && onSelect(row.key)}
      onOpen={(row) => row.entry && onSelect(row.key)}
      group={group}
      onToggleGroup={(key, collapse) => setFolded(toggled(folded, key, collapse))}
    />
  );
}

function toggled(set: ReadonlySet<string>, key: string, into: boolean): ReadonlySet<string> {
  const next = new Set(set);
  if (into) next.add(key);
  else next.delete(key);
  return next;
}
