import { screen, waitFor, within } from "@test-utils";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Definition, RowsBehind, TableRow, Value } from "@/lib/dashboards/types";
import { openPage } from "@/lib/testdata/open-page";
import { OriginalPage } from "./original-page";
import { RowsPage } from "./rows-page";

const value = (text: string, rest: Partial<Value> = {}): Value => ({
  text,
  num: null,
  currency: "",
  approx: false,
  maturity: "fresh",
  as_of: "2026-11-24",
  source: "All orders",
  note: "",
  line: null,
  good: "",
  ...rest,
});

const definition = (rest: Partial<Definition> = {}): Definition => ({
  name: "sales.units",
  title: "Units",
  subject: "US/SKU-104",
  label: "SKU-104, US",
  values: [value("412")],
  meaning: "Units ordered.",
  formula: "",
  unit: "units",
  from: "2026-11-01",
  to: "2026-11-24",
  sources: [],
  parts: [],
  has_rows: true,
  ...rest,
});

const row = (index: number): TableRow => ({
  kind: "row",
  key: `14:${index + 2}`,
  subject: "",
  label: "",
  detail: "",
  tags: [],
  count: 0,
  cells: [value(String(index))],
  document: index === 2 ? 0 : 14,
  line: index + 2,
});

const total = 450;
let asked: { name: string; subject: string; offset: number }[];
let lines: number[];
let defined: Definition;

const rows = (offset: number, limit: number): RowsBehind => ({
  title: "Units",
  how: "Sum of the rows that are not cancelled",
  columns: [
    {
      name: "quantity",
      title: "Quantity",
      type: "count",
      unit: "",
      meaning: "",
      formula: "",
      sources: [],
      better: "",
      sortable: false,
      part: "",
      measure: false,
    },
  ],
  rows: Array.from({ length: Math.min(limit, total - offset) }, (_, index) => row(offset + index)),
  total,
  files: [{ document: 14, name: "all-orders.txt", kind: "All orders" }],
});

beforeEach(() => {
  asked = [];
  lines = [];
  defined = definition();
  window.go = {
    dashboards: {
      API: {
        Define: async () => defined,
        Rows: async (input) => {
          const { reference, offset, limit } = input as {
            reference: { name: string; subject: string };
            offset: number;
            limit: number;
          };
          asked.push({ name: reference.name, subject: reference.subject, offset });
          return rows(offset, limit);
        },
      },
    },
    ingest: {
      API: {
        Original: async (input) => {
          const { document, line } = input as { document: number; line: number };
          lines.push(line);
          if (line < 2) throw { code: "not_found", module: "x", message: "Rows begin below line 1.", hint: "" };
          const cells = (at: number) => [`order ${at}`, String(at)];
          return {
            document,
            file: "all-orders.txt",
            kind: "orders",
            kind_title: "All orders",
            imported_at: "2026-11-25T06:14:00Z",
            as_of: "2026-11-25T06:10:00Z",
            line,
            lines: 451,
            header: ["amazon-order-id", "quantity"],
            cells: cells(line),
            raw: cells(line).join("\t"),
            path: "",
            before: line > 2 ? [{ line: line - 1, cells: cells(line - 1) }] : [],
            after: [{ line: line + 2, cells: cells(line + 2) }],
          };
        },
      },
    },
  };
});

afterEach(() => {
  window.go = undefined;
});

const open = (search: string, hide_amounts = false) =>
  openPage({
    address: `/rows?${search}`,
    pages: { "/rows": RowsPage, "/rows/original": OriginalPage },
    display: { hide_amounts },
  });

describe("the rows behind a number", () => {
  it("are headed by the number, and Enter opens the first of them as it stands in its file", async () => {
    const page = await open("name=sales.units&subject=US%2FSKU-104&range=90d");
    expect(await screen.findByRole("heading", { name: "Units, SKU-104, US: 412 units" })).toBeVisible();
    const table = await screen.findByRole("table", { name: "Rows behind Units" });
    expect(screen.getByText("Sum of the rows that are not cancelled")).toBeVisible();
    expect(screen.getByText("450 rows")).toBeVisible();
    expect(within(table).getByRole("rowheader", { name: "all-orders.txt line 2" })).toBeVisible();
    expect(asked[0]).toEqual({ name: "sales.units", subject: "US/SKU-104", offset: 0 });
    await waitFor(() => expect(document.activeElement).toHaveAttribute("data-index", "0"));
    await userEvent.keyboard("{Enter}");
    expect(await screen.findByRole("heading", { name: "all-orders.txt, line 2" })).toBeVisible();
    expect(page.search()).toMatchObject({ document: 14, line: 2 });
  });

  it("keep the cursor in the address, and say of what has no file that it has none", async () => {
    const page = await open("name=sales.units");
    await waitFor(() => expect(document.activeElement).toHaveAttribute("data-index", "0"));
    await userEvent.keyboard("{ArrowDown}{ArrowDown}");
    await waitFor(() => expect(page.search()).toMatchObject({ at: 2 }));
    await userEvent.keyboard("{Enter}");
    expect(page.said).toEqual(["You entered this yourself, so there is no file behind it."]);
    expect(page.address()).toContain("/rows?");
  });

  it("are read in windows of 200: those in sight, and the one with the cursor", async () => {
    const page = await open("name=sales.units&at=440");
    await screen.findByRole("table", { name: "Rows behind Units" });
    await waitFor(() => expect(asked.map((one) => one.offset)).toEqual([0, 400]));
    expect(page.search()).toMatchObject({ at: 440 });
  });

  it("are those of its parts where a number is made of others", async () => {
    defined = definition({
      has_rows: false,
      formula: "Sales less fees",
      parts: [
        { name: "sales.sales", title: "Sales", subject: "US/SKU-104", label: "", sign: "+", value: value("$90") },
        { name: "sales.fees", title: "Fees", subject: "US/SKU-104", label: "", sign: "−", value: value("$30") },
      ],
    });
    const page = await open("name=sales.profit&subject=US%2FSKU-104&range=90d");
    const parts = await screen.findByRole("list", { name: "Made of" });
    defined = definition({ name: "sales.fees", title: "Fees" });
    await userEvent.click(within(parts).getByRole("link", { name: /Fees/ }));
    await screen.findByRole("heading", { name: /^Fees/ });
    expect(page.search()).toMatchObject({ name: "sales.fees", subject: "US/SKU-104", range: "90d" });
  });

  it("do not tell an amount that is hidden", async () => {
    defined = definition({ values: [value("$1,020", { currency: "USD" })], unit: "" });
    await open("name=sales.sales", true);
    expect(await screen.findByRole("heading", { name: "Units, SKU-104, US: •••" })).toBeVisible();
  });
});

describe("an original row", () => {
  const openRow = (search: string) =>
    openPage({ address: `/rows/original?${search}`, pages: { "/rows/original": OriginalPage } });

  it("shows its columns, marks those that count, and the line as it is", async () => {
    await openRow("document=14&line=9&counts=Quantity");
    const term = await screen.findByText(/^quantity/, { selector: "dt" });
    expect(term).toHaveTextContent("quantity counts");
    expect(term.nextSibling).toHaveTextContent("9");
    expect(screen.getByText("amazon-order-id", { selector: "dt" }).parentElement).not.toHaveTextContent("counts");
    expect(screen.getByText("order 9 9", { selector: "pre" })).toBeVisible();
    expect(screen.getByText(/All orders, line 9 of 451/)).toBeVisible();
  });

  it("walks to the neighbouring rows, which may span lines", async () => {
    const page = await openRow("document=14&line=9");
    await screen.findByRole("heading", { name: "all-orders.txt, line 9" });
    await userEvent.keyboard("j");
    await screen.findByRole("heading", { name: "all-orders.txt, line 11" });
    await userEvent.keyboard("k");
    await screen.findByRole("heading", { name: "all-orders.txt, line 10" });
    expect(page.search()).toMatchObject({ document: 14, line: 10 });
  });

  it("goes to a line by its number, also from one that is not there", async () => {
    await openRow("document=14&line=1");
    expect(await screen.findByText(/Rows begin below line 1/)).toBeVisible();
    const field = screen.getByLabelText("Line of the file");
    await userEvent.clear(field);
    await userEvent.type(field, "40{Enter}");
    expect(await screen.findByRole("heading", { name: "all-orders.txt, line 40" })).toBeVisible();
    expect(lines).toEqual([1, 40]);
  });
});
