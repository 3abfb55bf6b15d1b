import { Button } from "@mantine/core";
import { useAnnounce } from "@/lib/announce";
import { copyText } from "@/lib/copy-text";
import { useDisplay } from "@/lib/display";
import { formatNumber } from "@/lib/format";
import { MarksMenu } from "./marks-menu";
import { rowsAsText } from "./rows-as-text";
import classes from "./table-section.module.css";
import type { PageExport } from "./use-export";
import type { TableState } from "./use-table-state";

type Props = { state: TableState; exporting: PageExport };

/** What can be done with the ticked rows; there only while there are any. */
export function BulkBar({ state, exporting }: Props) {
  const announce = useAnnounce();
  const { locale } = useDisplay();
  const { ticks, table, spec, windows } = state;
  if (ticks.rows.size === 0) return null;
  // As they are now, which may be read again since they were ticked.
  const now = new Map(windows.rows.map((row) => [row.key, row]));
  const rows = [...ticks.rows.values()].map((row) => now.get(row.key) ?? row);
  if (rows.length === 0) return null;
  const subjects = [...new Set(rows.map((row) => row.subject))];
  const copy = () => {
    const done = copyText(rowsAsText(rows, table?.columns ?? []));
    announce(done ? `${formatNumber(rows.length, locale)} rows copied` : "The rows could not be copied");
  };
  return (
    <section className={classes.bulk} aria-label="Selected rows">
      <strong>{formatNumber(rows.length, locale)} selected</strong>
      {spec.subject === "sku" && <MarksMenu subjects={subjects} tags={[...new Set(rows.flatMap((row) => row.tags))]} />}
      <Button
        variant="default"
        size="compact-sm"
        loading={exporting.busy}
        onClick={() => exporting.run("csv", subjects)}
      >
        Export as CSV
      </Button>
      <Button variant="default" size="compact-sm" onClick={() => exporting.run("xlsx", subjects)}>
        Export as Excel file
      </Button>
      <Button variant="default" size="compact-sm" onClick={copy}>
        Copy
      </Button>
      <span className={classes.spring} />
      <Button variant="subtle" size="compact-sm" onClick={ticks.clear}>
        Clear selection
      </Button>
    </section>
  );
}
