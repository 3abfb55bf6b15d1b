import { describe, expect, it } from "vitest";
import type { FlowNode } from "./flow";
import { neighbour, place } from "./layout";

const node = (id: string): FlowNode => ({ id, kind: "fact", title: id, note: "", tone: "plain" });
const nodes = ["a", "b", "c", "d"].map(node);
const edges = [
  { from: "a", to: "c" },
  { from: "b", to: "c" },
  { from: "c", to: "d" },
];

describe("the places of nodes", () => {
  it("go to the right with each step, and none lies on another", () => {
    const [a, b, c, d] = place(nodes, edges);
    expect(a?.x).toBe(b?.x);
    expect(c?.x).toBeGreaterThan(a?.x ?? 0);
    expect(d?.x).toBeGreaterThan(c?.x ?? 0);
    expect(a?.y).not.toBe(b?.y);
  });

  it("are reached by arrows: along edges to the sides, up and down in a column", () => {
    const placed = place(nodes, edges);
    const go = (id: string, key: string) => neighbour(placed, edges, id, key);
    const [upper, lower] = [...placed].filter((one) => one.id < "c").sort((x, y) => x.y - y.y);
    expect(go("a", "ArrowRight")).toBe("c");
    expect(go("c", "ArrowRight")).toBe("d");
    expect(["a", "b"]).toContain(go("c", "ArrowLeft"));
    expect(go(upper?.id ?? "", "ArrowDown")).toBe(lower?.id);
    expect(go(lower?.id ?? "", "ArrowUp")).toBe(upper?.id);
    expect(go("d", "ArrowRight")).toBeNull();
    expect(go("a", "x")).toBeNull();
  });
});
