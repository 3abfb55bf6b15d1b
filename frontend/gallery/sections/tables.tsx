import { useMemo, useState } from "react";
import type { Value } from "@/lib/dashboards/types";
import { ActionMenu } from "@/ui/action-menu/action-menu";
import { type Column, DataTable, type Density, type Sort } from "@/ui/data-table/data-table";
import { Fact } from "@/ui/fact/fact";
import { LoadingRows, RefreshingBar } from "@/ui/state-card/loading-rows";
import { NoMatch } from "@/ui/state-card/state-card";
import { Case, Section } from "../case";
import classes from "../gallery.module.css";
import { fresh, random, wave } from "../made-up";

type Row = { key: string; title: string; units: number; values: Value[]; group?: string; pending?: boolean };

const next = random(3);
const titles = ["Steel flask 750 ml", "Edelstahl-Trinkflasche mit Schraubverschluss und Sieb", "Mug", "Lid, silicone"];
const everyRow: Row[] = Array.from({ length: 10_000 }, (_, index) => {
  const units = Math.round(next() * 400);
  return {
    key: `US/SKU-${index}`,
    title: titles[index % titles.length] ?? "",
    units,
    values: [
      { ...fresh, text: String(units), num: units },
      {
        ...fresh,
        text: `$${units * 12}.00`,
        num: units * 12,
        currency: "USD",
        maturity: index % 5 ? "fresh" : "settling",
      },
      index % 7 === 0
        ? { ...fresh, text: "?", num: null, maturity: "missing" as const, note: "The returns report would tell" }
        : { ...fresh, text: `${(next() * 9).toFixed(1)} %`, num: 4 },
      { ...fresh, text: "+4.0 %", num: next() - 0.5, good: next() > 0.5 ? "good" : ("bad" as const) },
      { ...fresh, line: wave(28, 20, 8, index + 1) },
    ],
  };
});

const key = (row: Row) => row.key;
const pending = (row: Row) => row.pending === true;
const heading = (row: Row) => (row.group ? { label: row.group, count: 24, collapsed: row.key === "g/DE" } : null);
const ignore = () => {};

const columns: Column<Row>[] = [
  {
    id: "sku",
    title: "SKU",
    rowHeader: true,
    sticky: true,
    sortable: true,
    fixed: true,
    render: (row) => (row.pending ? "Reading" : row.key.slice(3)),
  },
  { id: "title", title: "Title", sortable: true, render: (row) => row.title },
  ...["Units", "Sales", "Return rate", "Change", "Day by day"].map(
    (title, index): Column<Row> => ({
      id: title,
      title,
      align: index === 4 ? "start" : "end",
      sortable: index < 4,
      help: `What ${title.toLowerCase()} means`,
      render: (row) => {
        const value = row.values[index];
        if (!value) return null;
        return <Fact value={value} type={index === 4 ? "line" : undefined} change={index === 3} focusable={false} />;
      },
    }),
  ),
];

const grouped: Row[] = [
  { key: "g/US", title: "", units: 0, values: everyRow[0]?.values ?? [], group: "United States" },
  ...everyRow.slice(0, 6),
  { key: "g/DE", title: "", units: 0, values: everyRow[1]?.values ?? [], group: "Deutschland" },
  { key: "#8", title: "", units: 0, values: [], pending: true },
];

const sums: Record<string, Value> = {
  Units: { ...fresh, text: "2,104" },
  Sales: { ...fresh, text: "$25,248.00", currency: "USD" },
};
const totals = ({ id }: Column<Row>) => (sums[id] ? <Fact value={sums[id]} focusable={false} /> : null);

/** Ten thousand rows, sorted here: the window never does that, but the table must bear it. */
function Many() {
  const [sort, setSort] = useState<Sort>({ id: "Units", desc: true });
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set(["US/SKU-3"]));
  const [shown, setShown] = useState(columns);
  const [menu, setMenu] = useState<{ row: Row; anchor: HTMLElement } | null>(null);
  const rows = useMemo(() => [...everyRow].sort((a, b) => (sort.desc ? b.units - a.units : a.units - b.units)), [sort]);
  return (
    <div className={classes.tall} data-testid="many">
      <DataTable
        label="Ten thousand SKUs"
        rows={rows}
        columns={shown}
        rowKey={key}
        sort={sort}
        onSort={setSort}
        selectedKeys={ticked}
        onSelectKeys={setTicked}
        onActions={(row, anchor) => setMenu({ row, anchor })}
        totals={totals}
        columnActions={{
          onHide: (id) => setShown(shown.filter((column) => column.id !== id)),
          onFilter: ignore,
          onExplain: ignore,
          onMove: (id, by) => setShown(moved(shown, id, by)),
        }}
      />
      <ActionMenu
        label={`Actions for ${menu?.row.key ?? ""}`}
        anchor={menu?.anchor ?? null}
        actions={[
          { id: "open", label: "Open", keys: "enter", run: ignore },
          { id: "rows", label: "Show the rows behind it", keys: "r", run: ignore },
          { id: "tag", label: "Tag…", keys: "t", heading: "Change", run: ignore },
          { id: "order", label: "Order more", disabled: true, run: ignore },
        ]}
        onClose={() => setMenu(null)}
      />
    </div>
  );
}

function moved(list: Column<Row>[], id: string, by: number): Column<Row>[] {
  const at = list.findIndex((column) => column.id === id);
  const column = list[at];
  if (!column) return list;
  const rest = list.filter((one) => one !== column);
  return [...rest.slice(0, at + by), column, ...rest.slice(at + by)];
}

function Small({ label, density, rows = everyRow.slice(0, 4) }: { label: string; density?: Density; rows?: Row[] }) {
  const [at, setAt] = useState("US/SKU-1");
  return (
    <DataTable
      label={label}
      rows={rows}
      columns={columns.slice(0, 4)}
      rowKey={key}
      density={density}
      selected={at}
      onSelect={(row) => setAt(row.key)}
      pending={pending}
      group={heading}
      onToggleGroup={ignore}
    />
  );
}

export function TableSection() {
  return (
    <Section title="Tables">
      <Case title="Ten thousand rows: ticks, totals, menus of headings and rows" wide>
        <Many />
      </Case>
      <Case title="Groups, one collapsed, and a row that is being read" wide>
        <Small label="Grouped SKUs" rows={grouped} />
      </Case>
      <Case title="Compact">
        <Small label="Compact SKUs" density="compact" />
      </Case>
      <Case title="Comfortable">
        <Small label="Comfortable SKUs" density="comfortable" />
      </Case>
      <Case title="Loading">
        <LoadingRows rows={4} label="Reading the SKUs" />
      </Case>
      <Case title="Read again, and nothing found">
        <RefreshingBar active />
        <NoMatch filters={'No SKU with "Schraubverschluss".'} onClear={ignore} />
      </Case>
    </Section>
  );
}
