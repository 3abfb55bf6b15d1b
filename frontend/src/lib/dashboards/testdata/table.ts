import { readList } from "../address";
import type { Column, Filter, Table, TableInput, TableRow, TableSpec, Value } from "../types";
import { columnOf, figureOf } from "./columns";
import { pages } from "./pages";
import { cellOf, changeOf, daily, moneyText, plain } from "./values";

type Item = Omit<TableRow, "cells" | "kind" | "count"> & { index: number; marketplace: string; group: string };

type Mark = { tags: string[]; group: string };

/** Tags and groups of SKUs that were set since the page was read. */
const marks = new Map<string, Mark>();

/** catalog.API.SetMarks of the made-up shop. */
export function mockSetMarks(input: {
  subjects: string[];
  add_tags: string[];
  remove_tags: string[];
  set_group: boolean;
  group: string;
}) {
  const before = input.subjects.map((subject) => ({ subject, ...markOf(subject) }));
  for (const { subject, tags, group } of before) {
    const kept = [...new Set([...tags, ...input.add_tags])].filter((tag) => !input.remove_tags.includes(tag));
    marks.set(subject, { tags: kept, group: input.set_group ? input.group : group });
  }
  return { before };
}

/** catalog.API.RestoreMarks of the made-up shop. */
export function mockRestoreMarks({ marks: old }: { marks: ({ subject: string } & Mark)[] }) {
  const before = old.map(({ subject }) => ({ subject, ...markOf(subject) }));
  for (const { subject, tags, group } of old) marks.set(subject, { tags, group });
  return { before };
}

function markOf(subject: string): Mark {
  const index = Number(subject.replace(/\D/g, "")) - 1;
  const first = { tags: index % 5 === 0 ? ["new"] : [], group: ["Kitchen", "Tableware"][index % 2] ?? "" };
  return marks.get(subject) ?? first;
}

const titles = [
  "Steel flask 750 ml",
  "Bamboo cutting board, large",
  "Geschirrtücher aus Leinen, 4er-Set, ungebleicht",
  "Cast iron trivet",
];
const metrics = ["Late shipment rate", "Order defect rate", "Cancellation rate", "Invoice defect rate"];
const counts: Record<string, number> = { health_metric: 4, marketplace: 2, campaign: 31, search_term: 260 };

function itemsOf(spec: TableSpec): Item[] {
  const count = spec.list ? 640 : (counts[spec.subject] ?? 412);
  return Array.from({ length: count }, (_, index) => itemOf(spec, index));
}

function itemOf(spec: TableSpec, index: number): Item {
  const marketplace = spec.subject === "marketplace" ? (["DE", "US"][index] ?? "US") : index % 3 === 0 ? "DE" : "US";
  const label = labelOf(spec.list ? "order" : spec.subject, index);
  const subject = spec.subject === "marketplace" ? label : `${marketplace}/${label}`;
  return {
    key: spec.list ? `row-${index}` : subject,
    subject: spec.list ? `${marketplace}/SKU-${String((index % 412) + 1).padStart(3, "0")}` : subject,
    label,
    detail: spec.subject === "sku" ? `${titles[index % 4]}, ${marketplace}` : marketplace,
    tags: spec.subject === "sku" && !spec.list ? markOf(subject).tags : [],
    document: spec.list ? 14 : 0,
    line: spec.list ? index + 2 : 0,
    index,
    marketplace,
    group: markOf(subject).group,
  };
}

function labelOf(kind: string, index: number): string {
  if (kind === "order") return `113-${4_000_000 + index}-${1_000_000 + index * 7}`;
  if (kind === "health_metric") return metrics[index % 4] ?? "";
  if (kind === "marketplace") return index === 0 ? "DE" : "US";
  if (kind === "campaign") return `SP, ${titles[index % 4]}, ${index % 2 ? "exact" : "broad"} ${index}`;
  if (kind === "search_term") return `steel flask ${index}`;
  return `SKU-${String(index + 1).padStart(3, "0")}`;
}

function cell(item: Item, column: Column): Value {
  const figure = figureOf(column.name);
  if (!figure) return plain({ text: "" });
  if (column.name.endsWith("~change")) {
    return changeOf(((item.index * 17) % 60) - 30, figure.better, figure.type === "percent" ? "pp" : "%");
  }
  if (column.name.endsWith("~spark")) return plain({ text: "", line: daily(28, 10 + (item.index % 9), item.index) });
  return cellOf(column, figure.value(item.index), item.marketplace === "DE" ? "EUR" : "USD");
}

function passes(item: Item, { column: name, op, value }: Filter): boolean {
  const raw = figureOf(name)?.value(item.index) ?? null;
  if (op === "unknown" || op === "known") return (raw === null) === (op === "unknown");
  if (raw === null) return false;
  if (typeof raw === "string") {
    const said = { Yes: "true", No: "false" }[raw] ?? raw;
    if (op === "has") return said.toLowerCase().includes(value.toLowerCase());
    return (said === value) === (op === "is");
  }
  const than = Number(value);
  const results: Record<string, boolean> = {
    lt: raw < than,
    le: raw <= than,
    gt: raw > than,
    ge: raw >= than,
    is: raw === than,
    is_not: raw !== than,
  };
  return results[op] ?? false;
}

function sorted(items: Item[], sort: string, desc: boolean): Item[] {
  const raw = (item: Item) => (sort === "subject" ? item.label : (figureOf(sort)?.value(item.index) ?? null));
  return items.toSorted((a, b) => {
    const [x, y] = [raw(a), raw(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    const order = typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y));
    return desc ? -order : order;
  });
}

function groupOf(item: Item, by: string): string {
  if (by === "marketplace") return item.marketplace;
  if (by === "tag") return item.tags[0] ?? "No tag";
  if (by === "group") return item.group;
  return String(figureOf(by)?.value(item.index) ?? "Not known");
}

/** Sums of counts and amounts; each currency for itself. */
function totals(items: Item[], columns: Column[]): Value[] {
  return columns.map((column) => {
    const figure = figureOf(column.name);
    if (!figure || column.name.includes("~") || !["count", "money"].includes(column.type)) return plain({ text: "" });
    const sum = (of: Item[]) => of.reduce((total, item) => total + (Number(figure.value(item.index)) || 0), 0);
    if (column.type === "count") return cellOf(column, sum(items), "");
    const texts = ["USD", "EUR"].map((currency) =>
      moneyText(sum(items.filter((item) => (item.marketplace === "DE") === (currency === "EUR"))), currency),
    );
    return plain({ text: texts.join(" · "), currency: "USD" });
  });
}

function groupRow(by: string, label: string, members: Item[], columns: Column[]): TableRow {
  return {
    kind: "group",
    key: `${by}=${label}`,
    subject: "",
    label,
    detail: "",
    tags: [],
    count: members.length,
    cells: totals(members, columns),
    document: 0,
    line: 0,
  };
}

const rowOf = (item: Item, columns: Column[]): TableRow => {
  const { index: _index, marketplace: _marketplace, group: _group, ...row } = item;
  return { ...row, kind: "row", count: 0, cells: columns.map((column) => cell(item, column)) };
};

/** dashboards.API.Table of the made-up shop. */
export function mockTable(input: TableInput): Table {
  const spec = pages[input.page]?.tables.find((candidate) => candidate.name === input.table);
  if (!spec) throw { code: "not_found", module: "dashboards", message: "There is no such table.", hint: "" };
  const chosen = spec.presets.find((candidate) => candidate.name === input.preset);
  const names = input.columns.length > 0 ? input.columns : spec.columns;
  const columns = names.map(columnOf).filter((column) => column !== null);
  const { marketplaces, tag, group } = input.view.scope;
  const needle = input.query.toLowerCase();
  const sort = input.sort || spec.sort;
  const desc = input.sort === "" ? spec.desc : input.desc;
  const found = sorted(
    itemsOf(spec).filter(
      (item) =>
        (input.subject === "" || item.subject === input.subject) &&
        (marketplaces.length === 0 || marketplaces.includes(item.marketplace)) &&
        (tag === "" || item.tags.includes(tag)) &&
        (group === "" || item.group === group) &&
        `${item.label} ${item.detail}`.toLowerCase().includes(needle) &&
        [...(chosen?.filters ?? []), ...input.filters].every((filter) => passes(item, filter)),
    ),
    sort,
    desc,
  );
  const rows = input.group === "" ? found.map((item) => rowOf(item, columns)) : grouped(found, input, columns);
  return {
    columns,
    rows: rows.slice(input.offset, input.offset + input.limit),
    total: rows.length,
    found: found.length,
    totals: totals(found, columns),
    sort,
    desc,
    as_of: "2026-11-25",
    sub_kind: spec.subject,
  };
}

function grouped(found: Item[], input: TableInput, columns: Column[]): TableRow[] {
  const labels = readList([...new Set(found.map((item) => groupOf(item, input.group)))].join(","));
  return labels.flatMap((label) => {
    const members = found.filter((item) => groupOf(item, input.group) === label);
    const heading = groupRow(input.group, label, members, columns);
    return [heading, ...(input.collapsed.includes(heading.key) ? [] : members.map((item) => rowOf(item, columns)))];
  });
}
