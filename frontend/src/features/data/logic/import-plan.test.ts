import { describe, expect, test } from "vitest";
import { importFile } from "../testdata/import-files";
import { mergePaths, optionsOf, periodError, planImport, withOption } from "./import-plan";

const fatal = (code: string) => ({ code, message: "Broken.", fatal: true });

describe("planImport", () => {
  test("sums what the dry run would store in the files it takes", () => {
    const plan = planImport([
      importFile({ path: "/a", rows: 100, stored: 68, duplicates: 30, quarantined: 2 }),
      importFile({ path: "/b", rows: 50, stored: 50 }),
      importFile({ path: "/c", rows: 900, stored: 900, refused: true }),
    ]);
    expect(plan.rows).toBe(118);
    expect(plan.paths).toEqual(["/a", "/b"]);
    expect(plan.refused).toBe(1);
  });

  test("leaves out files with a fatal problem, keeps those with a mild one", () => {
    const plan = planImport([
      importFile({ path: "/a", stored: 1, problems: [fatal("unknown_kind")] }),
      importFile({ path: "/b", stored: 1, problems: [{ code: "unknown_columns", message: "Odd.", fatal: false }] }),
    ]);
    expect(plan.paths).toEqual(["/b"]);
  });

  test("a file that needs an answer waits, though it is refused until then", () => {
    const plan = planImport([
      importFile({ refused: true, needs: ["period"], problems: [fatal("needs_period")] }),
      importFile({ refused: true, needs: ["marketplace"] }),
    ]);
    expect(plan.lines.map((l) => l.status)).toEqual(["needs", "needs"]);
    expect(plan.waiting).toBe(2);
    expect(plan.take).toEqual([]);
  });

  test("no answer helps a file that is broken as well", () => {
    const plan = planImport([importFile({ refused: true, needs: ["period"], problems: [fatal("truncated")] })]);
    expect(plan.lines[0]?.status).toBe("refused");
  });

  test("a file that is already there may be imported again and counts no rows", () => {
    const plan = planImport([importFile({ rows: 1204, duplicates: 1204 })]);
    expect(plan.lines[0]?.status).toBe("known");
    expect(plan.rows).toBe(0);
    expect(plan.take).toHaveLength(1);
  });

  test("files of one archive are imported by its path once", () => {
    const plan = planImport([
      importFile({ path: "/z.zip", file: "a.txt", rows: 1, stored: 1 }),
      importFile({ path: "/z.zip", file: "b.txt", rows: 1, stored: 1 }),
    ]);
    expect(plan.paths).toEqual(["/z.zip"]);
    expect(plan.take).toHaveLength(2);
  });
});

test("withOption changes one path and keeps what was said before", () => {
  const one = withOption(withOption([], "/b", { encoding: "gbk" }), "/a", { marketplace: "US" });
  const two = withOption(one, "/a", { encoding: "utf-8" });
  expect(optionsOf(two, "/a")).toMatchObject({ marketplace: "US", encoding: "utf-8" });
  expect(optionsOf(two, "/b")).toMatchObject({ encoding: "gbk" });
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

test("mergePaths keeps each path once", () => {
  expect(mergePaths(["/a", "/b"], ["/b", "/c"])).toEqual(["/a", "/b", "/c"]);
});
