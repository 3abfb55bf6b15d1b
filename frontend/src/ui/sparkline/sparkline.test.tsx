import { describe, expect, it } from "vitest";
import { sparkPath } from "./sparkline";

describe("sparkPath", () => {
  it("spans the box and lifts the pen over a missing day", () => {
    const path = sparkPath([0, 10, null, 5, 5], { width: 42, height: 12, low: 0, high: 10 });
    expect(path).toBe("M1.0 11.0L11.0 1.0M31.0 6.0L41.0 6.0");
  });

  it("draws a constant series as a flat line", () => {
    expect(sparkPath([3, 3], { width: 12, height: 10, low: 3, high: 3 })).toBe("M1.0 9.0L11.0 9.0");
  });
});
