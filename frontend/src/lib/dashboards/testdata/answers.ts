/** What dashboards.API answers for a made-up shop: for the development server and for tests. */
import { dayFromNumber, dayNumber } from "../../format";
import type {
  Definition,
  Exported,
  PageData,
  Part,
  Reference,
  RowsBehind,
  SavedView,
  Scopes,
  TableInput,
  ViewInput,
} from "../types";
import { mockChart } from "./charts";
import { columnOf, figures } from "./columns";
import { checks, mockSearch, mockTimeline } from "./more";
import { pages } from "./pages";
import { mockTable } from "./table";
import { money, plain } from "./values";

const asOf = "2026-11-25";
const lengths: Record<string, number> = { yesterday: 1, "7d": 7, "90d": 90, "365d": 365 };

/** The days of a range and of what it is compared with. */
function spanOf(view: ViewInput) {
  const { preset, from, to, compare } = view.range;
  const end = preset === "custom" ? dayNumber(to) : dayNumber(asOf) - 1;
  const length = preset === "custom" ? end - dayNumber(from) + 1 : (lengths[preset] ?? 28);
  const before = compare === "none" ? null : compare === "year" ? 364 : length;
  const day = (number: number) => dayFromNumber(number);
  return {
    from: day(end - length + 1),
    to: day(end),
    compare_from: before === null ? "" : day(end - length + 1 - before),
    compare_to: before === null ? "" : day(end - before),
  };
}

function page({ page: name, view }: { page: string; view: ViewInput }): PageData {
  const found = pages[name];
  if (!found) throw { code: "not_found", module: "dashboards", message: "There is no such page.", hint: "" };
  return {
    name,
    ...found,
    state: "running",
    reason: "",
    as_of: asOf,
    ...spanOf(view),
    notices:
      name === "advertising"
        ? [{ kind: "settling", text: "Clicks of 22 to 24 November may still be restated by Amazon.", link: "/data" }]
        : [],
    empty: false,
    needs: [],
  };
}

function part(sign: string, name: string, amount: number, reference: Reference): Part {
  const title = columnOf(name)?.title ?? name;
  return { name, title, subject: reference.subject, label: "", sign, value: money(amount, "USD") };
}

function define(reference: Reference): Definition {
  const column = columnOf(reference.name);
  const { from, to } = spanOf(reference.view);
  const profit = reference.name === "sales.profit";
  return {
    name: reference.name,
    title: column?.title ?? pageTitle(reference.name),
    subject: reference.subject,
    label: reference.subject.slice(reference.subject.indexOf("/") + 1),
    values: [
      money(13_118, "USD", { maturity: "estimated", note: "Cost is missing for 14 SKUs." }),
      money(2940.1, "EUR"),
    ],
    meaning: column?.meaning ?? "What the newest report says.",
    formula: column?.formula ?? "",
    unit: column?.unit ?? "",
    from: column?.measure ? from : "",
    to: column?.measure ? to : "",
    sources: [
      { kind: "orders", title: "All orders", as_of: "2026-11-25T06:10:00Z", state: "fresh" },
      { kind: "fba", title: "FBA inventory", as_of: "2026-11-16", state: "stale" },
    ],
    parts: profit
      ? [
          part("+", "sales.sales", 48_204, reference),
          part("−", "sales.refunds", 1446, reference),
          part("−", "sales.fees", 14_943, reference),
          part("−", "advertising.spend", 3120, reference),
          part("−", "sales.cogs", 15_577, reference),
        ]
      : [],
    has_rows: !profit,
  };
}

function pageTitle(name: string): string {
  const tiles = Object.values(pages).flatMap((found) => found.tiles);
  return tiles.find((tile) => tile.name === name)?.title ?? name;
}

function rows({ reference, offset, limit }: { reference: Reference; offset: number; limit: number }): RowsBehind {
  const columns = ["sales.units", "sales.sales"].map(columnOf).filter((column) => column !== null);
  const count = 61;
  const list = Array.from({ length: count }, (_, index) => ({
    kind: "row" as const,
    key: `14:${index + 2}`,
    subject: reference.subject,
    label: `113-${4_000_000 + index}`,
    detail: "",
    tags: [],
    count: 0,
    cells: [plain({ text: String(1 + (index % 3)), num: 1 + (index % 3) }), money(24.9 * (1 + (index % 3)), "USD")],
    document: 14,
    line: index + 2,
  }));
  return {
    title: `${columnOf(reference.name)?.title ?? reference.name}, ${reference.subject || "all"}`,
    how: "Sum over the rows that are not cancelled",
    columns,
    rows: list.slice(offset, offset + limit),
    total: count,
    files: [{ document: 14, name: "all-orders-2026-11-25.txt", kind: "All orders" }],
  };
}

const scopes: Scopes = {
  marketplaces: [
    { code: "US", name: "United States", currency: "USD" },
    { code: "DE", name: "Germany", currency: "EUR" },
  ],
  tags: ["new", "seasonal"],
  groups: ["Kitchen", "Tableware"],
  currencies: ["USD", "EUR"],
};

/** The methods of dashboards.API, with saved views that are kept until the page is read again. */
export function mockDashboards() {
  let views: SavedView[] = [
    { id: "1", name: "Losing money, 90 days", page: "sales", address: "/sales?range=90d&preset=losing" },
  ];
  return {
    Page: page,
    Chart: ({ page: name, chart, subject }: { page: string; chart: string; subject: string }) =>
      mockChart(name, chart, pages[name]?.charts.find((spec) => spec.name === chart)?.kind ?? "lines", subject),
    Table: mockTable,
    Columns: () => ({
      columns: figures.flatMap((figure) =>
        (figure.measure ? ["", "~change", "~spark"] : [""]).map((suffix) => columnOf(`${figure.name}${suffix}`)),
      ),
    }),
    Define: define,
    Rows: rows,
    Scopes: () => scopes,
    Views: () => ({ views }),
    SaveView: (view: SavedView) => {
      const saved = { ...view, id: view.id || String(views.length + 1) };
      views = [...views.filter((other) => other.id !== saved.id), saved];
      return saved;
    },
    DeleteView: ({ id }: { id: string }) => {
      views = views.filter((view) => view.id !== id);
      return {};
    },
    Export: ({ format, table, subjects }: { format: string; table: TableInput; subjects: string[] }): Exported => ({
      name: `${table.page}.${format}`,
      path: `/home/seller/Downloads/${table.page}.${format}`,
      rows: subjects.length || mockTable({ ...table, offset: 0, limit: 1 }).found,
    }),
    Rates: () => ({ rates: [] }),
    Search: ({ query }: { query: string }) => ({ hits: mockSearch(query) }),
    Checks: () => ({ checks }),
    Timeline: ({ subject }: { subject: string }) => mockTimeline(subject),
  };
}
