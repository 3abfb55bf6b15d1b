import { describe, expect, test } from "vitest";
import type { ActionState } from "../api/types";
import { item, trail } from "../testdata/entries";
import { compared, figuresOf } from "./before-after";
import { type Entry, newestFirst, ofAction, ofDecision, withoutAction } from "./entry";
import { choicesOf, matches, rowsOf } from "./rows";
import { journalSearch, periodDays } from "./search";
import { sheetOf, sheetText } from "./sheet";
import { batchText, lookOf, lookOfEntry } from "./states";

const batch = (states: ActionState[], level = 2) => states.map((state) => ({ state, level }));
const rules = { restock: "Runs out before restock" };

test("an address with nonsense in it still opens the page", () => {
  expect(journalSearch({ state: "evil", days: 8, kind: "", rule: 7, sel: "a1", q: ["x"] })).toEqual({
    rule: "7",
    sel: "a1",
  });
  expect(journalSearch({ state: "look", days: 30 })).toEqual({ state: "look", days: 30 });
  expect(journalSearch({ days: 90 }).days).toBeUndefined();
});

test("a period ends with the day of the program's clock", () => {
  expect(periodDays(7, "2026-11-25T19:00:00Z")).toEqual({ from: "2026-11-18", to: "2026-11-25" });
  expect(periodDays(7, "")).toEqual({ from: "", to: "" });
});

describe("states", () => {
  test("no two that mean something else look alike", () => {
    const states: ActionState[] = ["approved", "sending", "verified", "mismatch", "unknown", "failed", "cancelled"];
    const looks = states.map((state) => lookOf(state, 2));
    expect(new Set(looks.map(({ mark }) => mark)).size).toBe(states.length);
    expect(new Set(looks.map(({ word }) => word)).size).toBe(states.length);
  });

  test("what stays here is done, what leaves is sent", () => {
    expect(lookOf("verified", 1).word).toBe("done");
    expect(lookOf("verified", 3).word).toBe("sent");
    expect(lookOf("failed", 1).word).toBe("not done");
    expect(lookOf("failed", 2).word).toBe("not sent");
    expect(lookOf("sent", 3).word).toBe("sent, not read back yet");
    expect(lookOf("sent", 3, true)).toMatchObject({ word: "sent", filter: "done" });
  });

  test("a batch tells what became of all of it", () => {
    expect(batchText(batch(["verified", "sent", "verified", "failed", "unknown"]))).toBe(
      "Approved together: 3 sent, 1 unknown, 1 not sent",
    );
    expect(batchText(batch(["verified", "cancelled", "rolled_back", "approved"], 1))).toBe(
      "Approved together: 1 done, 1 waiting, 2 taken back",
    );
  });
});

describe("rows", () => {
  const actions = [
    trail(1),
    trail(2, { batch: "b", position: 1, approved_at: "2026-11-25T11:00:00Z", state: "unknown" }),
    trail(3, {
      batch: "b",
      position: 0,
      approved_at: "2026-11-25T11:00:00Z",
      policy: "other",
      kind: "task",
      kind_title: "Open a task",
    }),
    trail(4, { batch: "alone", approved_at: "2026-11-25T12:00:00Z" }),
  ].map((one) => ofAction(one, rules));
  const dismissed = ofDecision(item("x", { state_at: "2026-11-25T11:30:00Z" }));
  const late = ofDecision(item("y", { state: "expired", state_at: "2026-11-24T09:00:00Z" }));
  const all = [...actions, dismissed, late];

  test("are newest first, batches under a heading in their order", () => {
    const rows = rowsOf(all, all, new Set());
    expect(rows.map((row) => row.heading?.label ?? row.key)).toEqual([
      "a4",
      "dx",
      "Approved together: 1 done, 1 unknown",
      "a3",
      "a2",
      "a1",
      "dy",
    ]);
    expect(rowsOf(all, all, new Set(["batch b"])).map(({ key }) => key)).toEqual(["a4", "dx", "batch b", "a1", "dy"]);
  });

  test("the heading of a batch tells also of those that a filter hides", () => {
    const shown = all.filter((entry) => matches(entry, { state: "look" }));
    expect(rowsOf(shown, all, new Set()).map((row) => row.heading?.count ?? row.key)).toEqual([2, "a2"]);
  });

  test("are filtered by state, kind, rule and words together", () => {
    const keys = (search: Parameters<typeof matches>[1]) => all.filter((one) => matches(one, search)).map((e) => e.key);
    expect(keys({ state: "decision" })).toEqual(["dx", "dy"]);
    expect(keys({ kind: "task" })).toEqual(["a3", "dx", "dy"]);
    expect(keys({ rule: "restock" })).toEqual(["a1", "a2", "a4"]);
    expect(keys({ q: "SKU-7 dismissed" })).toEqual(["dx", "dy"]);
    expect(keys({ rule: "restock", state: "done", q: "decision 4" })).toEqual(["a4"]);
  });

  test("offer each kind and rule once, in the words of actions", () => {
    expect(choicesOf(all, "rule").map(({ value }) => value)).toEqual(["other", "restock", "stranded"]);
    expect(choicesOf([dismissed, ...actions], "kind")).toEqual([
      { value: "inventory.restock", title: "Add to the draft order" },
      { value: "task", title: "Open a task" },
    ]);
  });

  const sheet = (entry: Entry, hidden = false) => {
    const { head, rows } = sheetOf(
      [
        { key: "batch b", heading: { label: "", count: 1 } },
        { key: "k", entry },
      ],
      {
        change: () => "40 → 480",
        hidden,
      },
    );
    return rows.map((cells) => Object.fromEntries(cells.map((cell, index) => [head[index], cell])));
  };
  const usd = { minor: 41250, currency: "USD", text: "$412.50" };

  test("are a table with exact amounts, and with what was said of them", () => {
    const trails = trail(9, { reason: "read back" });
    expect(sheet(ofAction(trails, rules, item("d9", { at_stake: usd, at_stake_per: "day" })))).toEqual([
      {
        "Time (UTC)": "2026-11-25T10:00:09Z",
        Decision: "Decision 9",
        Rule: "Runs out before restock",
        State: "done",
        Who: "you",
        Reason: "Read back",
        "At stake": "412.50",
        "At stake, currency": "USD",
        "At stake, per": "day",
        Kind: "Add to the draft order",
        "Before → after": "40 → 480",
        Receipt: "480 units are in the draft order.",
        "Read back": "the order line is there, as approved",
      },
    ]);
  });

  test("have no amount in a table where none is known, or while they are hidden", () => {
    expect(sheet(ofAction(trail(9), rules))[0]).toMatchObject({ "At stake": "", "At stake, currency": "" });
    expect(sheet(ofDecision(item("x", { at_stake: usd })), true)[0]).toMatchObject({
      "At stake": "hidden",
      Who: "you",
      Receipt: "",
    });
    const yen = { minor: 900, currency: "JPY", text: "¥900" };
    expect(sheet(ofDecision(item("x", { at_stake: yen })))[0]).toMatchObject({ "At stake": "900" });
  });

  test("are copied without what would break a spreadsheet", () => {
    const text = sheetText({
      head: ["a", "b"],
      rows: [
        ["=1+1\tx", "-1+2"],
        ["-12.50", "x\ny"],
      ],
    });
    expect(text).toBe("a\tb\n'=1+1 x\t'-1+2\n-12.50\tx y");
  });
});

test("a decision whose action is listed is not listed again", () => {
  expect(withoutAction([item("d1"), item("x")], [trail(1)]).map(({ id }) => id)).toEqual(["x"]);
  expect(lookOfEntry(ofDecision(item("z", { state: "expired", state_text: "" }))).word).toBe("expired");
  expect(newestFirst([])).toEqual([]);
});

describe("before and after", () => {
  const line = {
    case: "low",
    clause: "",
    expression: "inventory.cover",
    text: "Days of cover",
    value: "19",
    unit: "days",
  };
  const why = [
    line,
    { ...line, case: "other", expression: "sales.units", text: "Units", value: "7" },
    { ...line, expression: "threshold.low", text: "Low", value: "35" },
    { ...line, expression: "inventory.cover < threshold.low", text: "Cover is low", value: "true", unit: "" },
    { ...line, expression: "1 + 2", text: "3", value: "3", unit: "" },
    { ...line, expression: "sales.share", text: "Share", value: "4.2 %", unit: "%" },
  ];

  test("are the figures of the case that decided, without what they were compared with", () => {
    expect(figuresOf(why, "low")).toEqual([
      { key: "inventory.cover", text: "Days of cover", value: "19 days" },
      { key: "sales.share", text: "Share", value: "4.2 %" },
    ]);
  });

  test("a figure that the rule did not come to now is not known, never the old one", () => {
    const now = [{ ...line, case: "another", value: "44" }];
    expect(compared(figuresOf(why, "low"), now).map((one) => one.now)).toEqual(["44 days", "?"]);
  });
});
