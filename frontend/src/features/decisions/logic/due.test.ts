import { describe, expect, it } from "vitest";
import { dueNote } from "./due";

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
