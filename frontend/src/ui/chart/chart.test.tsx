import { render, screen, within } from "@test-utils";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { Bar, ChartData } from "@/lib/dashboards/types";
import { dayNumber } from "@/lib/format";
import { Chart } from "./chart";
import { dailyChartData } from "./daily-chart-data";
import { twinCsv, twinOf } from "./twin";
import { waterfallSteps } from "./waterfall-steps";

const day = dayNumber("2026-11-22");
const units = dailyChartData({
  title: "Units fell",
  label: "Units",
  days: [day, day + 1],
  values: [40, null],
  unit: "units",
  settlingFrom: day + 1,
});
const bar = (part: Partial<Bar>): Bar => ({
  label: "Sales",
  value: 100,
  text: "€100",
  detail: "",
  total: false,
  known: true,
  name: "sales.gross",
  subject: "",
  ...part,
});
const bars: ChartData = {
  ...units,
  title: "Fees take a third",
  lines: [],
  days: [],
  settling_from: 0,
  bars: [
    bar({}),
    bar({ label: "=Fees, Amazon", value: -33.5, text: "−€33.50" }),
    bar({ label: "Goods", known: false, name: "" }),
  ],
};

describe("Chart", () => {
  it("has the same numbers as a table; a day that is not known is no zero", async () => {
    render(<Chart kind="lines" data={units} />);
    await userEvent.click(screen.getByRole("button", { name: "View as table" }));
    const table = screen.getByRole("table", { name: "Units fell" });
    const cells = within(table)
      .getAllByRole("row")
      .map((row) => row.textContent);
    expect(cells).toEqual(["DayUnitsState", "23 Nov?settling", "22 Nov40 units"]);
  });

  it("says why there is nothing", () => {
    render(
      <Chart kind="bars" about="Returns" data={{ ...bars, bars: [], title: "", note: "The report is missing." }} />,
    );
    expect(screen.getByText("The report is missing.")).toBeVisible();
    expect(screen.getByRole("figure", { name: /Returns/ })).toBeVisible();
    expect(screen.queryByRole("button", { name: "View as table" })).toBeNull();
  });

  it("opens the number behind a bar, from the drawing and from the table", async () => {
    const opened = vi.fn();
    render(<Chart kind="bars" data={bars} onOpen={opened} />);
    await userEvent.click(screen.getByRole("button", { name: /Sales/ }));
    expect(opened).toHaveBeenLastCalledWith({ name: "sales.gross", subject: "" });
    expect(screen.queryByRole("button", { name: /Goods/ })).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "View as table" }));
    await userEvent.click(screen.getByRole("button", { name: "Sales" }));
    expect(opened).toHaveBeenCalledTimes(2);
  });

  it("has a line for as many bars as fit, and all in the table", async () => {
    const many = Array.from({ length: 9 }, (_, index) =>
      bar({ label: `SKU-${index}`, name: "", detail: "in Germany" }),
    );
    render(<Chart kind="bars" data={{ ...bars, bars: many }} />);
    expect(screen.getAllByRole("listitem")).toHaveLength(7);
    expect(screen.getByTitle("SKU-0: in Germany")).toBeVisible();
    await userEvent.click(screen.getByRole("button", { name: /^2 more/ }));
    expect(screen.getByRole("rowheader", { name: "SKU-8" })).toBeVisible();
  });

  it("hides amounts wherever they could be read, the finding included", () => {
    render(<Chart kind="bars" about="Profit" data={{ ...bars, title: "€66 are left", currency: "EUR" }} />, {
      display: { hide_amounts: true },
    });
    expect(screen.getByText("Amounts are hidden.")).toBeVisible();
    expect(document.body.textContent).not.toContain("€");
  });

  it("gives its numbers as CSV that no spreadsheet takes for formulas", async () => {
    const saved = vi.fn();
    render(<Chart kind="bars" data={bars} onSaveCsv={saved} />);
    await userEvent.click(screen.getByRole("button", { name: "More for Fees take a third" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Save numbers (CSV)" }));
    expect(saved).toHaveBeenCalledWith(
      'Name,Value (units),Detail\r\nSales,100,\r\n"\'=Fees, Amazon",-33.5,\r\nGoods,,\r\n',
    );
  });

  it("writes days as ISO dates", () => {
    expect(twinCsv(twinOf("lines", units))).toBe(
      "Day,Units (units),State\r\n2026-11-23,,settling\r\n2026-11-22,40,\r\n",
    );
  });
});

describe("waterfallSteps", () => {
  it("goes on where it stood, stands totals on the ground and passes over what is not known", () => {
    const list = [bar({ total: true }), bar({ value: -130 }), bar({ known: false }), bar({ value: -30, total: true })];
    expect(waterfallSteps(list)).toEqual([
      { from: 0, to: 100, tone: "total" },
      { from: 100, to: -30, tone: "loss" },
      { from: -30, to: -30, tone: "unknown" },
      { from: 0, to: -30, tone: "total" },
    ]);
  });
});
