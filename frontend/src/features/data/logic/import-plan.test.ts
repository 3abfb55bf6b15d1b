import { describe, expect, test } from "vitest";
import type { JobFile } from "@/lib/types";
import { importFile } from "../testdata/import-files";
import { emptyOptions, mergePaths, newRows, periodError, planImport, withOption } from "./import-plan";

describe("planImport", () => {
  test("sums new rows of the files it takes, not those already there or in quarantine", () => {
    const plan = planImport(
      [importFile({ path: "/a", rows: 100, duplicates: 30, quarantined: 2 }), importFile({ path: "/b", rows: 50 })],
      [],
    );
    expect(plan.rows).toBe(68 + 50);
    expect(plan.take.map((f) => f.path)).toEqual(["/a", "/b"]);
  });

  test("leaves out refused files and those with a fatal problem", () => {
    const plan = planImport(
      [
        importFile({ path: "/a", rows: 10 }),
        importFile({ path: "/b", rows: 10, refused: true }),
        importFile({ path: "/c", rows: 10, problems: [{ code: "x", message: "Broken.", fatal: true }] }),
        importFile({ path: "/d", rows: 10, problems: [{ code: "y", message: "Odd.", fatal: false }] }),
      ],
      [],
    );
    expect(plan.take.map((f) => f.path)).toEqual(["/a", "/d"]);
    expect(plan.refused).toBe(2);
    expect(plan.rows).toBe(20);
  });

  test("a file waits until everything it needs is filled in", () => {
    const files = [importFile({ path: "/a", rows: 10, needs: ["period", "marketplace"] })];
    expect(planImport(files, []).lines[0]?.open).toEqual(["period", "marketplace"]);

    const half = withOption([], "/a", { marketplace: "DE" });
    expect(planImport(files, half).lines[0]?.open).toEqual(["period"]);
    expect(planImport(files, half).waiting).toBe(1);

    const whole = withOption(half, "/a", { period_from: "2026-11-01", period_to: "2026-11-07" });
    expect(planImport(files, whole).lines[0]?.status).toBe("ready");
    expect(planImport(files, whole).rows).toBe(10);
  });

  test("a need this page does not know keeps the file waiting", () => {
    const plan = planImport([importFile({ needs: ["shoe_size"] as unknown as JobFile["needs"] })], []);
    expect(plan.waiting).toBe(1);
    expect(plan.take).toEqual([]);
  });

  test("a file that is already there counts no rows, but may be imported again", () => {
    const plan = planImport([importFile({ rows: 1204, duplicates: 1204 })], []);
    expect(plan.lines[0]?.status).toBe("known");
    expect(plan.rows).toBe(0);
    expect(plan.take).toHaveLength(1);
  });
});

test("withOption changes one file and keeps what was said before", () => {
  const one = withOption([emptyOptions("/b")], "/a", { marketplace: "US" });
  const two = withOption(one, "/a", { encoding: "UTF-8" });
  expect(two.find((o) => o.path === "/a")).toMatchObject({ marketplace: "US", encoding: "UTF-8" });
  expect(two.find((o) => o.path === "/b")).toEqual(emptyOptions("/b"));
  expect(two).toHaveLength(2);
});

test.each([
  ["", "", "Say which days this report covers."],
  ["", "2026-11-02", "The first day is missing."],
  ["2026-11-02", "", "The last day is missing."],
  ["2026-11-03", "2026-11-02", "The first day is after the last day."],
  ["2026-11-02", "2026-11-02", ""],
])("period %s to %s: %s", (from, to, text) => {
  expect(periodError(from, to)).toBe(text);
});

test("newRows never goes below zero", () => {
  expect(newRows(importFile({ rows: 3, duplicates: 3, quarantined: 1 }))).toBe(0);
});

test("mergePaths keeps each path once", () => {
  expect(mergePaths(["/a", "/b"], ["/b", "/c"])).toEqual(["/a", "/b", "/c"]);
});
