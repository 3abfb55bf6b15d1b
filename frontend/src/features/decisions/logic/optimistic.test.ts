import { describe, expect, it } from "vitest";
import type { Inbox } from "../api/types";
import { decision } from "./decision-fixture";
import { approveAct, rejectAct, snoozeAct, withoutDecided } from "./optimistic";

const inbox: Inbox = {
  as_of: "2026-11-24",
  tabs: [
    { name: "needs", count: 3 },
    { name: "waiting", count: 1 },
  ],
  items: [decision("a"), decision("g", { members: [decision("g1"), decision("g2")] }), decision("c")],
  also_noticed: [decision("n")],
  order_formula: "",
  seconds_to_clear: 36,
};

describe("the list after a decision", () => {
  it("loses the row and counts down only its own tab", () => {
    const after = withoutDecided(inbox, "needs", ["a"]);
    expect(after.items.map((item) => item.id)).toEqual(["g", "c"]);
    expect(after.tabs.map((tab) => tab.count)).toEqual([2, 1]);
  });

  it("keeps a group while a member is left, then drops it", () => {
    const one = withoutDecided(inbox, "needs", ["g1"]);
    expect(one.items.find((item) => item.id === "g")?.members.map((member) => member.id)).toEqual(["g2"]);
    expect(one.tabs[0]?.count).toBe(3);
    expect(withoutDecided(inbox, "needs", ["g1", "g2"]).items.map((item) => item.id)).toEqual(["a", "c"]);
  });

  it("loses what was only noticed without counting it", () => {
    const after = withoutDecided(inbox, "needs", ["n"]);
    expect([after.also_noticed.length, after.tabs[0]?.count]).toEqual([0, 3]);
  });
});

describe("what is told and said", () => {
  it("names the act, its input and the way back", () => {
    expect(approveAct(480, "SKU-104")).toEqual({
      method: "Approve",
      input: { units: 480 },
      said: "Approved: SKU-104. Z takes it back.",
    });
    expect(snoozeAct("date", "2026-12-01", "SKU-104")).toMatchObject({
      input: { until: "date", date: "2026-12-01" },
      said: "Snoozed until 2026-12-01: SKU-104. Z takes it back.",
    });
    expect(rejectAct("too_late", "SKU-104")).toMatchObject({
      method: "Reject",
      input: { reason: "too_late", note: "" },
    });
  });
});
