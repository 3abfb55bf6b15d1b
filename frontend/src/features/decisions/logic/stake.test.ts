import { describe, expect, it } from "vitest";
import { amountOf, dueNote } from "./stake";

describe("what is at stake", () => {
  it("is the amount without its unit, and nothing when it is not known", () => {
    const stake = { known: true, minor: 41_200, currency: "USD", text: "$412.00 a day", per: "day" as const };
    expect(amountOf(stake)?.text).toBe("$412.00");
    expect(amountOf({ ...stake, known: false })).toBeNull();
  });
});

describe("the due day", () => {
  it.each([
    ["", 0, ""],
    ["2026-11-20", -5, "5 days late"],
    ["2026-11-24", -1, "1 day late"],
    ["2026-11-25", 0, "due"],
    ["2026-11-26", 1, "due"],
    ["2026-12-01", 6, "in 6 days"],
  ])("%s in %d days reads %s", (due, due_days, note) => {
    expect(dueNote({ due, due_days })).toBe(note);
  });
});
