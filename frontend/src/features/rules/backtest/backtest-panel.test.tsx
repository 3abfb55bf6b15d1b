import { screen, waitFor, within } from "@test-utils";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { beforeEach, describe, expect, it } from "vitest";
import { openPage } from "@/lib/testdata/open-page";
import { BacktestPanel } from "./backtest-panel";
import type { Backtest, BacktestInput, Episode, Summary } from "./types";

const summary = (rest: Partial<Summary> = {}): Summary => ({
  episodes: 27,
  subjects: 14,
  per_week: 2.1,
  seconds_per_week: 25.2,
  cleared: 11,
  running: 2,
  acted: 19,
  dismissed: 0,
  median_days: 4,
  pointed_at: ["€1,204.00"],
  busiest: 3,
  held: 0,
  ...rest,
});

const episode = (rest: Partial<Episode> = {}): Episode => ({
  subject: "DE/SKU-104",
  label: "SKU-104 Steel flask",
  case: "low",
  title: "SKU-104 sells out 12 Dec",
  from: "2026-11-02",
  to: "2026-11-06",
  days: 5,
  at_stake: "€12.00 a day",
  running: false,
  did: "approved: Restock",
  unsettled: false,
  before: true,
  held: 0,
  held_by: [],
  ...rest,
});

const backtest = (rest: Partial<Backtest> = {}): Backtest => ({
  from: "2026-08-27",
  to: "2026-11-24",
  days: 90,
  skipped: 0,
  unsettled: 9,
  weeks: [
    { from: "2026-11-09", episodes: 4, before: 2, unsettled: false },
    { from: "2026-11-16", episodes: 1, before: 0, unsettled: true },
  ],
  summary: summary(),
  before: null,
  only: 0,
  only_before: 0,
  both: 0,
  episodes: [episode()],
  overlaps: [{ policy: "aged", title: "Stock ages", share: 0.8 }],
  problems: [],
  took_ms: 4,
  ...rest,
});

let asked: BacktestInput[];
let answer: (input: BacktestInput) => Promise<Backtest>;

beforeEach(() => {
  asked = [];
  answer = async () => backtest();
  window.go = {
    rules: {
      API: {
        Backtest: async (input) => {
          asked.push(input as BacktestInput);
          return answer(input as BacktestInput);
        },
      },
    },
  };
});

const open = (props: Parameters<typeof BacktestPanel>[0] = { policy: "restock" }, display = {}) =>
  openPage({
    address: "/",
    pages: { "/": () => <BacktestPanel {...props} />, "/rules": () => null, "/rules/trace": () => null },
    display,
  });

describe("a backtest", () => {
  it("sums up in a sentence what a rule would have cost and brought", async () => {
    await open();
    expect(
      await screen.findByText(
        "About 2.1 a week, +25 s a week: it would have fired 27 times on 14 subjects; you acted on 70 %; 41 % cleared by themselves; pointed at €1,204.00.",
      ),
    ).toBeInTheDocument();
    expect(screen.getByText(/The last 9 days rest on data that can still change/)).toBeInTheDocument();
    expect(screen.getByText("80 %")).toBeInTheDocument();
    const row = screen.getByRole("row", { name: /SKU-104 Steel flask/ });
    expect(row).toHaveTextContent("2 Nov – 6 Nov5 d€12.00 a dayapproved: Restock");
    expect(within(row).getByRole("link")).toHaveAttribute("href", expect.stringContaining("as_of=2026-11-02"));
    const found = await axe.run(document.body, { rules: { region: { enabled: false } } });
    expect(found.violations.map((one) => one.id)).toEqual([]);
  });

  it("shows the weeks as a table too", async () => {
    await open();
    expect(await screen.findByRole("img", { name: /most, 4, in the week of 9 Nov/ })).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "As a table" }));
    const table = screen.getByRole("table", { name: "Episodes by week" });
    expect(within(table).getByRole("row", { name: /16 Nov/ })).toHaveTextContent("16 Nov1can still change");
  });

  it("looks further back when asked", async () => {
    await open();
    await screen.findByText(/About 2.1/);
    await userEvent.click(screen.getByText("365 days"));
    await waitFor(() => expect(asked.map((input) => input.days)).toEqual([90, 365]));
  });

  it("holds a version against another", async () => {
    answer = async () =>
      backtest({
        before: summary({ per_week: 1.4 }),
        only: 4,
        only_before: 2,
        both: 21,
        episodes: [episode(), episode({ subject: "DE/SKU-9", before: false })],
      });
    await open({ policy: "restock", against: 3 });
    expect(
      await screen.findByText("Against version 3: 4 only now, 2 only before, 21 both; 1.4 a week before."),
    ).toBeInTheDocument();
    expect(asked[0]).toMatchObject({ policy: "restock", yaml: "", against: 3 });
    expect(screen.getByText("fired too")).toBeInTheDocument();
    expect(screen.getByText("silent")).toBeInTheDocument();
  });

  it("says how long it works, and then the result", async () => {
    let finish: (test: Backtest) => void = () => {};
    answer = () => new Promise((resolve) => (finish = resolve));
    await open();
    expect(await screen.findByText(/Judging 90 days again/)).toBeInTheDocument();
    finish(backtest());
    expect(await screen.findByText(/About 2.1/)).toBeInTheDocument();
    expect(screen.queryByText(/Judging 90 days again/)).not.toBeInTheDocument();
  });

  it("says that it would never have fired, and that there is no data", async () => {
    answer = async () => backtest({ summary: summary({ episodes: 0 }), episodes: [] });
    await open();
    expect(await screen.findByText("It would never have fired in 90 days")).toBeInTheDocument();
    answer = async () => backtest({ days: 0, skipped: 30, summary: summary({ episodes: 0 }), episodes: [] });
    await userEvent.click(screen.getByText("30 days"));
    expect(await screen.findByText("There is no data to judge yet")).toBeInTheDocument();
  });

  it("shows the faults of a draft at their place", async () => {
    answer = async () =>
      backtest({
        problems: [
          { where: "case low", field: "when", line: 12, column: 3, from: 0, to: 4, message: "stock.cover is no fact" },
        ],
      });
    await open({ policy: "", yaml: "name: x" });
    expect(await screen.findByRole("alert")).toHaveTextContent("case low, when, line 12: stock.cover is no fact");
  });

  it("says what went wrong and asks again", async () => {
    answer = async () => {
      throw { code: "x", module: "rules", message: "The file is in use.", hint: "" };
    };
    await open();
    expect(await screen.findByText("The file is in use.")).toBeInTheDocument();
    answer = async () => backtest();
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByText(/About 2.1/)).toBeInTheDocument();
  });

  it("covers amounts while they are hidden", async () => {
    await open({ policy: "restock" }, { hide_amounts: true });
    expect(await screen.findByText(/pointed at •••/)).toBeInTheDocument();
    expect(screen.queryByText(/12\.00/)).not.toBeInTheDocument();
  });
});
