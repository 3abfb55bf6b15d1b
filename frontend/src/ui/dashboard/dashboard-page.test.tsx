import { fireEvent, screen, waitFor, within } from "@test-utils";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { mockDashboards } from "@/lib/dashboards/testdata/answers";
import { mockRestoreMarks, mockSetMarks } from "@/lib/dashboards/testdata/table";
import type { PageData } from "@/lib/dashboards/types";
import type { Display } from "@/lib/display";
import { openPage } from "@/lib/testdata/open-page";
import { DashboardPage } from "./dashboard-page";

// jsdom has no canvas to draw on.
vi.mock("../time-series/series-canvas", () => ({ SeriesCanvas: () => null }));
vi.mock("../chart/drawing", () => ({ Drawing: () => null }));

type Answer = (input?: unknown) => unknown;
type Told = { method: string; input: unknown };
let told: Told[];

/** The program as far as a page sees it; some answers can be others. */
function bridge(others: Record<string, Answer> = {}) {
  const answers: Record<string, Record<string, Answer>> = {
    app: { State: () => ({ modules: [{ name: "sales", title: "Sales" }], door: "desktop" }) },
    dashboards: { ...(mockDashboards() as unknown as Record<string, Answer>) },
    catalog: { SetMarks: mockSetMarks as Answer, RestoreMarks: mockRestoreMarks as Answer },
    modulehost: { Retry: () => ({}) },
  };
  for (const [name, answer] of Object.entries(others)) {
    const [pkg = "", method = ""] = name.split(".");
    Object.assign(answers[pkg] ?? {}, { [method]: answer });
  }
  window.go = Object.fromEntries(
    Object.entries(answers).map(([pkg, methods]) => [
      pkg,
      {
        API: Object.fromEntries(
          Object.entries(methods).map(([method, answer]) => [
            method,
            async (input?: unknown) => {
              told.push({ method: `${pkg}.${method}`, input });
              return structuredClone(await answer(input));
            },
          ]),
        ),
      },
    ]),
  );
}

const toldOf = (method: string) => told.filter((one) => one.method === method).map((one) => one.input);

/** Ten rows: as many as a test needs, where it reads the whole page again and again. */
const few = "q=SKU-30";

async function open(address = "/sales", display: Partial<Display> = {}) {
  const page = await openPage({
    address,
    pages: { "/sales": () => <DashboardPage module="sales" />, "/rows": () => <p>The rows</p> },
    display,
  });
  return page;
}

const changed = (change: Partial<PageData>) => ({
  "dashboards.Page": (input: unknown) => ({ ...(mockDashboards().Page(input as never) as PageData), ...change }),
});

const table = () => screen.findByRole("table", { name: "SKUs" });
const rowNames = async () =>
  within(await table())
    .getAllByRole("rowheader")
    .map((cell) => cell.textContent);

beforeEach(() => {
  told = [];
  bridge();
});

describe("a page that Go declares", () => {
  it("answers its question: numbers a currency a line, charts, and the rows in the table's order", async () => {
    await open();
    expect(await screen.findByRole("heading", { name: "Sales" })).toBeInTheDocument();
    expect(screen.getByText("Did I earn, why did it change, and on which SKU?")).toBeInTheDocument();
    const sales = within(screen.getByRole("list", { name: "Primary numbers" })).getByRole("button", { name: /^Sales/ });
    expect(within(sales).getByText("$48,204")).toBeInTheDocument();
    expect(within(sales).getByText("€12,931")).toBeInTheDocument();
    expect(sales).toHaveTextContent("+12.4 %, better");
    expect(within(sales).getByTitle("+12.4 %, before $42,880 · €11,402")).toBeInTheDocument();
    expect(screen.getByRole("button", { name: /^Units/ })).toHaveTextContent("+9.1 %, better before 2,216");
    expect(screen.getByRole("region", { name: "From sales to profit" })).toBeInTheDocument();
    expect((await rowNames())[0]).toContain("SKU-145");
  });

  it("leaves out the amounts when they are hidden", async () => {
    await open("/sales", { hide_amounts: true });
    await table();
    expect(screen.queryByText(/48,204/)).not.toBeInTheDocument();
    expect(screen.queryByText(/42,880/)).not.toBeInTheDocument();
  });

  it("keeps the others when one chart fails", async () => {
    bridge({
      "dashboards.Chart": (input) => {
        if ((input as { chart: string }).chart === "profit") {
          throw { code: "internal", module: "sales", message: "The fees were being rewritten.", hint: "" };
        }
        return mockDashboards().Chart(input as never);
      },
    });
    await open();
    const failed = await screen.findByRole("region", { name: "From sales to profit" });
    expect(await within(failed).findByRole("alert")).toHaveTextContent("The fees were being rewritten.");
    const whole = screen.getByRole("region", { name: "Sales a day" });
    expect(await within(whole).findByText("12.4 % more than on the same weekdays before")).toBeInTheDocument();
  });

  it("says which reports it needs when none is in", async () => {
    bridge(changed({ empty: true, needs: ["All orders", "Settlement"] }));
    await open();
    expect(await screen.findByText("Settlement")).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "See it in the demo shop" })).toBeInTheDocument();
    expect(screen.queryByRole("table")).not.toBeInTheDocument();
  });

  it("says why its module stopped, and starts it again", async () => {
    bridge(changed({ state: "failed", reason: "The table of fees is damaged." }));
    await open();
    expect(await screen.findByRole("alert")).toHaveTextContent("The table of fees is damaged.");
    await userEvent.click(screen.getByRole("button", { name: "Retry" }));
    await waitFor(() => expect(toldOf("modulehost.Retry")).toEqual([{ module: "sales" }]));
  });
});

describe("a number", () => {
  it("says what it is, goes down to its parts and back, and leads to its rows", async () => {
    await open("/sales?range=90d");
    await userEvent.click(await screen.findByRole("button", { name: /^Profit/ }));
    const drawer = await screen.findByRole("dialog");
    expect(await within(drawer).findByText("Sales − refunds − fees − ad spend − cost of goods")).toBeInTheDocument();
    expect(within(drawer).queryByRole("link")).not.toBeInTheDocument();
    await userEvent.click(within(drawer).getByRole("button", { name: "Fees" }));
    const rows = await within(drawer).findByRole("link", { name: "Show the 61 rows behind it" });
    expect(rows).toHaveAttribute("href", "/rows?name=sales.fees&range=90d");
    await userEvent.click(within(drawer).getByRole("button", { name: "Back" }));
    expect(await within(drawer).findByRole("heading", { name: "Profit" })).toBeInTheDocument();
  });

  it("shows the rows it counts", async () => {
    const page = await open();
    await userEvent.click(await screen.findByRole("button", { name: "Show Losing money of Profit" }));
    expect(page.search()).toEqual({ preset: "losing" });
    expect(await screen.findByRole("button", { name: "Losing money", pressed: true })).toBeInTheDocument();
  });
});

describe("hidden amounts", () => {
  it("stay hidden in what a number is made of, also those of several currencies in one text", async () => {
    bridge({
      "dashboards.Define": (input) => {
        const said = mockDashboards().Define(input as never);
        const both = { text: "€22,282.72 · $60,848.04", currency: "", num: null };
        return { ...said, parts: said.parts.map((part) => ({ ...part, value: { ...part.value, ...both } })) };
      },
    });
    await open("/sales", { hide_amounts: true });
    await userEvent.click(await screen.findByRole("button", { name: /^Profit/ }));
    const drawer = await screen.findByRole("dialog");
    expect(await within(drawer).findByRole("button", { name: "Fees" })).toBeInTheDocument();
    expect(drawer).not.toHaveTextContent("60,848");
    expect(drawer).not.toHaveTextContent("13,118");
  });
});

describe("the table", () => {
  it("asks for what the address says", async () => {
    await open("/sales?sort=sales.units&desc=true&q=flask&filters=sales.units:lt:100&groupby=tag&marketplaces=DE");
    await table();
    expect(toldOf("dashboards.Table")[0]).toMatchObject({
      page: "sales",
      table: "skus",
      sort: "sales.units",
      desc: true,
      query: "flask",
      group: "tag",
      filters: [{ column: "sales.units", op: "lt", value: "100" }],
      view: { scope: { marketplaces: ["DE"] } },
      offset: 0,
      limit: 200,
    });
    expect(await screen.findByText("Units less than 100 units")).toBeInTheDocument();
  });

  it("adds a filter in the seller's own way of writing numbers", async () => {
    const page = await open(`/sales?${few}`);
    await table();
    await userEvent.click(screen.getByRole("button", { name: "Add filter" }));
    const form = within(await screen.findByRole("dialog", { name: "Add filter" }));
    await userEvent.selectOptions(await form.findByLabelText("Column"), "sales.profit");
    await userEvent.selectOptions(form.getByLabelText("Comparison"), "lt");
    fireEvent.change(form.getByLabelText(/^Value/), { target: { value: "viel" } });
    fireEvent.click(form.getByText("Add this filter"));
    expect(form.getByRole("alert")).toHaveTextContent("Type a number");
    fireEvent.change(form.getByLabelText(/^Value/), { target: { value: "−1.250,50" } });
    fireEvent.click(form.getByText("Add this filter"));
    await waitFor(() => expect(page.search().filters).toBe("sales.profit:lt:-1250.50"));
  });

  it("opens a row beside the page: figures, its charts, the ways on", async () => {
    const page = await open();
    await userEvent.click(within(await table()).getByText("SKU-300"));
    const details = await screen.findByRole("complementary", { name: "Details of SKU-300" });
    expect(page.search()).toEqual({ sel: "US/SKU-300" });
    expect(await within(details).findByRole("button", { name: "Margin" })).toBeInTheDocument();
    expect(within(details).getByRole("link", { name: "Everything about the SKU" })).toHaveAttribute(
      "href",
      "/sku/US%2FSKU-300",
    );
    expect(within(details).getByRole("region", { name: "Sales a day, SKU-300" })).toBeInTheDocument();
    expect(toldOf("dashboards.Chart")).toContainEqual(expect.objectContaining({ subject: "US/SKU-300" }));
  });

  it("exports the ticked rows, and says where they are", async () => {
    await open();
    const [all, first] = within(await table()).getAllByRole("checkbox");
    expect(all).toBeDefined();
    if (first) await userEvent.click(first);
    const bar = await screen.findByRole("region", { name: "Selected rows" });
    await userEvent.click(within(bar).getByRole("button", { name: "Export as CSV" }));
    expect(await screen.findByText("sales.csv written, 1 row.")).toBeInTheDocument();
    expect(toldOf("dashboards.Export")).toMatchObject([{ format: "csv", subjects: ["DE/SKU-145"] }]);
  });

  it("tags the ticked rows and takes it back", async () => {
    await open(`/sales?${few}`);
    const [, first] = within(await table()).getAllByRole("checkbox");
    if (first) await userEvent.click(first);
    await userEvent.click(await screen.findByRole("button", { name: "Tag…" }));
    await userEvent.type(await screen.findByLabelText("Tag"), "winter");
    await userEvent.click(screen.getByRole("button", { name: "Add tag" }));
    expect(await within(await table()).findByText("winter")).toBeInTheDocument();
    await userEvent.click(await screen.findByRole("button", { name: "Undo the last change" }));
    await waitFor(async () => expect(within(await table()).queryByText("winter")).not.toBeInTheDocument());
  });

  it("tells good news from filters that hide all", async () => {
    bridge({
      "dashboards.Table": (input) => ({
        ...mockDashboards().Table(input as never),
        rows: [],
        total: 0,
        found: 0,
      }),
    });
    const page = await open("/sales?preset=losing");
    expect(await screen.findByText("Losing money: none")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "Show all SKUs" }));
    expect(await screen.findByText("There are no SKUs here")).toBeInTheDocument();
    fireEvent.change(screen.getByLabelText("Filter SKUs"), { target: { value: "zzz" } });
    expect(await screen.findByText('No SKUs: with "zzz".')).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "Clear filters" }));
    await waitFor(() => expect(page.search()).toEqual({}));
  });
});

describe("keys", () => {
  it("change the range, step through time and compare", async () => {
    const page = await open(`/sales?${few}`);
    await table();
    await userEvent.keyboard("2");
    await waitFor(() => expect(page.search()).toEqual({ q: "SKU-30", range: "7d" }));
    await waitFor(() => expect(toldOf("dashboards.Page").at(-1)).toMatchObject({ view: { range: { preset: "7d" } } }));
    await screen.findByRole("button", { name: "Days: 18 Nov – 24 Nov" });
    await userEvent.keyboard("[[");
    await waitFor(() =>
      expect(page.search()).toEqual({ q: "SKU-30", range: "custom", from: "2026-11-11", to: "2026-11-17" }),
    );
    await screen.findByRole("button", { name: "Days: 11 Nov – 17 Nov" });
    await userEvent.keyboard("]");
    await waitFor(() => expect(page.search()).toEqual({ q: "SKU-30", range: "7d" }));
    await userEvent.keyboard("c");
    await waitFor(() => expect(page.search()).toEqual({ q: "SKU-30", range: "7d", compare: "previous" }));
  });

  it("go from a row to its number and to the rows behind that", async () => {
    const page = await open("/sales?range=7d&tag=new");
    await table();
    await userEvent.keyboard("jj");
    await userEvent.keyboard("d");
    expect(await screen.findByRole("dialog")).toBeInTheDocument();
    const asked = toldOf("dashboards.Define").at(-1) as { name: string; subject: string };
    expect(asked.name).toBe("sales.sales");
    await userEvent.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    await userEvent.keyboard("r");
    expect(await screen.findByText("The rows")).toBeInTheDocument();
    expect(page.search()).toEqual({ name: "sales.sales", subject: asked.subject, range: "7d", tag: "new" });
  });

  it("group and go to the next table", async () => {
    const page = await open();
    await table();
    await userEvent.keyboard("b");
    await waitFor(() => expect(page.search()).toEqual({ groupby: "marketplace" }));
    await userEvent.keyboard("t");
    await waitFor(() => expect(page.search()).toEqual({ table: "marketplaces" }));
    expect(page.said).toEqual(["Grouped by marketplace", "Marketplaces"]);
  });
});

describe("saved views", () => {
  it("keep the address under a name, and bring it back", async () => {
    const page = await open(`/sales?${few}&range=7d`);
    await table();
    await userEvent.keyboard("v");
    await userEvent.type(await screen.findByLabelText("Name of this view"), "Best of the week{Enter}");
    await waitFor(() =>
      expect(toldOf("dashboards.SaveView")).toEqual([
        { id: "", name: "Best of the week", page: "sales", address: `/sales?${few}&range=7d` },
      ]),
    );
    await userEvent.keyboard("v");
    await userEvent.click(await screen.findByRole("button", { name: "Losing money, 90 days" }));
    await waitFor(() => expect(page.search()).toEqual({ range: "90d", preset: "losing" }));
  });
});
