import { describe, expect, it } from "vitest";
import { decision } from "./decision-fixture";
import { idsOf, rowsOf, startTriage, type Triage, targets, triage } from "./triage";

const ids = ["a", "b", "c"];
const at = (cursor: string, rest: Partial<Triage> = {}): Triage => ({
  ...startTriage,
  cursor,
  index: ids.indexOf(cursor),
  ...rest,
});

describe("the cursor", () => {
  it("starts on the first row", () => {
    expect(triage(startTriage, { type: "rows", ids }).cursor).toBe("a");
  });

  it.each([
    ["a", 1, "b"],
    ["c", 1, "c"],
    ["a", -1, "a"],
    ["b", -1, "a"],
    ["a", 100, "c"],
  ])("from %s by %d goes to %s", (from, step, to) => {
    expect(triage(at(from), { type: "move", step, ids }).cursor).toBe(to);
  });

  it("moves on to the next row when its own leaves", () => {
    expect(triage(at("b"), { type: "rows", ids: ["a", "c"] }).cursor).toBe("c");
  });

  it("moves to the last row when the last one leaves", () => {
    expect(triage(at("c"), { type: "rows", ids: ["a", "b"] }).cursor).toBe("b");
  });

  it("stays on its decision when the order changes", () => {
    expect(triage(at("b"), { type: "rows", ids: ["b", "c", "a"] })).toMatchObject({ cursor: "b", index: 0 });
  });

  it("stands nowhere when nothing is left, and comes back", () => {
    const none = triage(at("a"), { type: "rows", ids: [] });
    expect(none.cursor).toBe("");
    expect(triage(none, { type: "rows", ids: ["z"] }).cursor).toBe("z");
  });

  it("gives the same state back when nothing changed, so that nothing is drawn again", () => {
    const state = at("b");
    expect(triage(state, { type: "rows", ids })).toBe(state);
  });
});

describe("modes", () => {
  it("closes an open menu when the cursor leaves the row", () => {
    const open = triage(at("a"), { type: "mode", mode: "snooze" });
    expect(open.mode).toBe("snooze");
    expect(triage(open, { type: "move", step: 1, ids }).mode).toBe("list");
    expect(triage(open, { type: "rows", ids: ["b", "c"] }).mode).toBe("list");
  });

  it("forgets ticks and menus after acting", () => {
    const state = at("a", { selected: ["a", "b"], mode: "dismiss", trace: true });
    expect(triage(state, { type: "acted" })).toMatchObject({ selected: [], mode: "list", trace: false });
  });
});

describe("what a key acts on", () => {
  const group = decision("g", { members: [decision("g1"), decision("g2")] });
  const items = [decision("a"), group, decision("c")];

  it("is the row under the cursor", () => {
    expect(targets(rowsOf(items, []), at("c")).map((item) => item.id)).toEqual(["c"]);
  });

  it("is what is ticked, wherever the cursor is", () => {
    const ticked = triage(triage(at("a"), { type: "select" }), { type: "go", id: "c", ids: ["a", "g", "c"] });
    expect(targets(rowsOf(items, []), ticked).map((item) => item.id)).toEqual(["a"]);
  });

  it("is all members of a group, each once", () => {
    const rows = rowsOf(items, ["g"]);
    expect(rows.map(({ item }) => item.id)).toEqual(["a", "g", "g1", "g2", "c"]);
    expect(idsOf(targets(rows, at("g", { selected: ["g", "g1"] })))).toEqual(["g1", "g2"]);
    expect(idsOf(targets(rows, at("g2")))).toEqual(["g2"]);
  });

  it("drops ticks of rows that left", () => {
    expect(triage(at("a", { selected: ["a", "b"] }), { type: "rows", ids: ["a", "c"] }).selected).toEqual(["a"]);
  });
});
