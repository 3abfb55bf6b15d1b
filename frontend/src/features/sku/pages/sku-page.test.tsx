import { fireEvent, screen, waitFor, within } from "@test-utils";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Lane, Timeline, Value, ViewInput } from "@/lib/dashboards/types";
import { openPage } from "@/lib/testdata/open-page";
import { SkuPage } from "./sku-page";

// jsdom has no canvas to draw on.
vi.mock("@/ui/time-series/series-canvas", () => ({ SeriesCanvas: () => null }));

const value = (text: string, currency = ""): Value => ({
  text,
  num: null,
  currency,
  approx: false,
  maturity: "fresh",
  as_of: "2026-11-24",
  source: "All orders",
  note: "",
  line: null,
  good: "",
});

const lane = (name: string, values: (number | null)[]): Lane => ({
  name,
  data: {
    title: name,
    summary: "",
    note: values.length === 0 ? "no report tells of this on these days." : "",
    unit: "units",
    currency: "",
    days: [20761, 20762, 20763],
    lines: values.length === 0 ? [] : [{ name, label: name, role: "main", values }],
    settling_from: 0,
    from: 0,
    markers: [],
    bars: [],
    bullets: [],
    points: [],
    x_title: "",
    x_unit: "",
    y_title: "",
    y_unit: "",
  },
});

const timeline: Timeline = {
  subject: "US/SKU-104",
  sku: "SKU-104",
  marketplace: "US",
  asin: "B0EXAMPLE1",
  title: "Steel flask",
  tags: ["seasonal"],
  group: "Kitchen",
  elsewhere: ["DE/SKU-104"],
  from: "2026-11-04",
  to: "2026-11-06",
  figures: [{ name: "sales.units", title: "Units", unit: "units", value: value("158") }],
  lanes: [lane("Sales", [1, 2, 3]), lane("Price", []), lane("Stock", [9, 0, 8])],
  spans: [{ from: "2026-11-05", to: "2026-11-05", title: "Out of stock", kind: "critical" }],
  markers: [{ day: 20762, title: "Ordered 480", kind: "decision", link: "/today?sel=d1" }],
};

const item = (id: string, subject: string, members: string[] = []) => ({
  id,
  subject,
  title: `Decision ${id}`,
  severity: "warning",
  members: members.map((member) => ({ subject: member })),
});

let asked: { subject: string; view: ViewInput }[];
let defined: string[];

beforeEach(() => {
  asked = [];
  defined = [];
  window.go = {
    dashboards: {
      API: {
        Timeline: async (input) => {
          const question = input as { subject: string; view: ViewInput };
          asked.push(question);
          if (question.subject === "US/NONE")
            throw {
              code: "not_found",
              module: "dashboards",
              message: "There is no SKU US/NONE in your reports.",
              hint: "",
            };
          return { ...timeline, subject: question.subject };
        },
        Define: async (input) => {
          defined.push((input as { name: string }).name);
          throw { code: "internal", module: "dashboards", message: "no", hint: "" };
        },
      },
    },
    decisions: {
      API: {
        Inbox: async () => ({
          items: [item("a", "US/SKU-104"), item("b", "US/OTHER"), item("c", "group:x", ["US/OTHER", "US/SKU-104"])],
        }),
      },
    },
    app: { API: { State: async () => ({ as_of: "2026-12-01", settings: {} }) } },
  };
});

afterEach(() => {
  window.go = undefined;
});

async function open(address = "/sku/US%2FSKU-104") {
  const page = await openPage({ address, pages: { "/sku/$subject": SkuPage } });
  return page;
}

describe("the page of a SKU", () => {
  it("names it, its figures, and the same days for all", async () => {
    await open("/sku/US%2FSKU-104?range=90d&marketplaces=US");
    expect(await screen.findByRole("heading", { name: "SKU-104 Steel flask" })).toBeVisible();
    expect(screen.getByText("B0EXAMPLE1")).toBeVisible();
    expect(screen.getByText("seasonal")).toBeVisible();
    expect(screen.getByText("Units", { selector: "dt" }).parentElement).toHaveTextContent("158 units");
    expect(asked[0]?.subject).toBe("US/SKU-104");
    expect(asked[0]?.view.range.preset).toBe("90d");
  });

  it("draws what is known, names what is not, and marks decisions once", async () => {
    await open();
    const lanes = await screen.findByRole("region", { name: "Day by day" });
    expect(within(lanes).getAllByRole("slider")).toHaveLength(2);
    expect(within(lanes).getByText(/Price: no report tells of this/)).toBeVisible();
    expect(within(lanes).getAllByRole("button", { name: /Ordered 480/ })).toHaveLength(1);
    expect(within(lanes).getByRole("region", { name: "Out of stock" })).toHaveTextContent("5 Nov");
  });

  it("has all lanes as one table of days, and each lane as its own", async () => {
    await open();
    await userEvent.click(await screen.findByRole("button", { name: "More for Stock" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "View as table" }));
    expect(within(screen.getByRole("table", { name: "Stock" })).getAllByRole("columnheader")).toHaveLength(2);
    await userEvent.click(screen.getByRole("button", { name: "View all as table" }));
    const table = screen.getByRole("table", { name: "SKU-104, day by day" });
    expect(
      within(table)
        .getAllByRole("row")
        .map((row) => row.textContent),
    ).toEqual(["DaySalesStock", "6 Nov3 units8 units", "5 Nov2 units0 units", "4 Nov1 unit9 units"]);
  });

  it("says what is late instead of a number below zero", async () => {
    const late = { name: "inventory.order_by_days", title: "Order by", unit: "days" };
    const { figures } = timeline;
    timeline.figures = [{ ...late, value: { ...value("−9.0"), num: -9 } }];
    await open();
    expect(await screen.findByRole("button", { name: "9 days late" })).toBeVisible();
    timeline.figures = figures;
  });

  it("leads to the decision that is marked", async () => {
    const page = await open();
    await userEvent.click(await screen.findByRole("button", { name: /Ordered 480/ }));
    await waitFor(() => expect(page.address()).toBe("/today?sel=d1"));
  });

  it("lists the decisions that wait about it, also those about several SKUs", async () => {
    await open();
    const list = await screen.findByRole("list", { name: "Decisions that wait" });
    expect(
      within(list)
        .getAllByRole("link")
        .map((link) => link.getAttribute("href")),
    ).toEqual(["/today?item=a", "/today?item=c"]);
  });

  it("leads on to its other marketplaces, its orders and why rules judge it so", async () => {
    const page = await open("/sku/US%2FSKU-104?range=7d");
    const other = await screen.findByRole("link", { name: "DE" });
    expect(other).toHaveAttribute("href", "/sku/DE%2FSKU-104?range=7d");
    const trace = screen.getByRole("link", { name: "Trace of each rule" });
    expect(trace).toHaveAttribute("href", "/rules/trace?subject=US%2FSKU-104");
    fireEvent.keyDown(document.body, { key: "o" });
    await waitFor(() => expect(page.search()).toEqual({ range: "7d", name: "sales.units", subject: "US/SKU-104" }));
  });

  it("takes the range from the keys of every page", async () => {
    const page = await open();
    await screen.findByRole("heading", { name: "SKU-104 Steel flask" });
    fireEvent.keyDown(document.body, { key: "4" });
    await waitFor(() => expect(page.search()).toEqual({ range: "90d" }));
    await waitFor(() => expect(asked.at(-1)?.view.range.preset).toBe("90d"));
    await waitFor(() => {
      fireEvent.keyDown(document.body, { key: "[" });
      expect(page.search()).toEqual({ range: "custom", from: "2026-11-01", to: "2026-11-03" });
    });
  });

  it("opens what a figure is", async () => {
    await open();
    await userEvent.click(await screen.findByRole("button", { name: /158/ }));
    await waitFor(() => expect(defined).toEqual(["sales.units"]));
  });

  it("says of a SKU that no report names that there is none", async () => {
    await open("/sku/US%2FNONE");
    expect(await screen.findByText(/There is no SKU US\/NONE/)).toBeVisible();
  });
});
