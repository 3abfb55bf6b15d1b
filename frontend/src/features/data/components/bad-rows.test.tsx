import { screen } from "@test-utils";
import { expect, test } from "vitest";
import { openPage } from "@/lib/testdata/open-page";
import { BadRows } from "./bad-rows";

const rows = [
  { line: 12, column: "quantity", reason: "not a number", text: "two" },
  { line: 0, column: "", reason: "the file ends early", text: "" },
];

test("a line of a file that was taken in opens as it stands there", async () => {
  await openPage({ address: "/data", pages: { "/data": () => <BadRows rows={rows} document={7} /> } });
  expect(screen.getByRole("link", { name: "Line 12" })).toHaveAttribute("href", "/rows/original?document=7&line=12");
  expect(screen.getAllByRole("link")).toHaveLength(1);
});

test("a file that is only looked at has nothing to open yet", async () => {
  await openPage({ address: "/data", pages: { "/data": () => <BadRows rows={rows} /> } });
  expect(screen.getByText("Line 12")).toBeVisible();
  expect(screen.queryByRole("link")).toBeNull();
});
