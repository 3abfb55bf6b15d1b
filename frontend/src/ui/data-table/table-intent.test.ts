import { describe, expect, it } from "vitest";
import { rowParts } from "./row-parts";
import { tableIntent } from "./table-intent";

describe("tableIntent", () => {
  it.each([
    ["arrowdown", -1, 3, { do: "go", to: 0 }],
    ["j", 2, 3, { do: "go", to: 2 }],
    ["k", 0, 3, { do: "go", to: 0 }],
    ["pagedown", 1, 30, { do: "go", to: 11 }],
    ["home", 9, 30, { do: "go", to: 0 }],
    ["end", 9, 30, { do: "go", to: 29 }],
    ["shift+j", 4, 30, { do: "extend", to: 5 }],
    ["shift+arrowup", 0, 30, { do: "extend", to: 0 }],
    ["mod+a", 0, 3, { do: "tick-all" }],
    [".", 0, 3, { do: "actions" }],
    ["arrowleft", 0, 3, { do: "collapse" }],
    ["a", 1, 3, null],
    ["arrowdown", -1, 0, null],
  ])("%s on %d of %d means %o", (name, index, count, intent) => {
    expect(tableIntent(name, index, count)).toEqual(intent);
  });
});

describe("rowParts", () => {
  it("stands gaps for what is out of sight", () => {
    expect(rowParts(2, 3, 10, -1)).toEqual([
      { kind: "gap", key: "before 0", rows: 2 },
      { kind: "row", index: 2 },
      { kind: "row", index: 3 },
      { kind: "gap", key: "end", rows: 6 },
    ]);
  });

  it("keeps the row with the cursor wherever it is scrolled to, and the height with it", () => {
    const parts = rowParts(4, 5, 10, 1);
    expect(parts.filter((part) => part.kind === "row").map((part) => part.index)).toEqual([1, 4, 5]);
    const rows = parts.reduce((sum, part) => sum + (part.kind === "gap" ? part.rows : 1), 0);
    expect(rows).toBe(10);
  });

  it("draws nothing of an empty table and nothing past its end", () => {
    expect(rowParts(0, 0, 0, -1)).toEqual([]);
    expect(rowParts(0, 20, 2, -1).map((part) => part.kind)).toEqual(["row", "row"]);
  });
});
