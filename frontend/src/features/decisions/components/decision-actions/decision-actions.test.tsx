import { screen, waitFor, within } from "@test-utils";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { afterEach, expect, test } from "vitest";
import { openPage } from "@/lib/testdata/open-page";
import type { Trail } from "../../api/types";
import { trail } from "../../logic/action-fixture";
import { decision } from "../../logic/decision-fixture";
import { acts, bridge, type Program, program } from "../../logic/today-bridge";
import { Page } from "../../pages/today-page";

let today: Program;

async function open(trails: Trail[]) {
  today = program([decision("A", { state: "approved" })], { trails });
  window.go = bridge(today);
  const page = await openPage({ address: "/today?tab=done", pages: { "/today": Page } });
  const details = await screen.findByRole("complementary", { name: "Decision details" });
  await within(details).findByRole("heading", { name: "What was done" });
  return { ...page, details };
}

afterEach(() => {
  window.go = undefined;
});

test("what was done is told with its state, receipt and exact bytes, and reverted in two presses", async () => {
  const receipt = "480 units of SKU-104 are in the draft order.";
  const seen = "480 for A";
  const { details, said } = await open([
    trail(4, { receipt, ref: "US/A", seen, reversible: true, reason: "read back" }),
  ]);
  expect(details).toHaveTextContent("✓ done, read back");
  expect(details).toHaveTextContent("Add to the draft order: nothing → 480 units");
  expect(details).toHaveTextContent(`Receipt${receipt}`);
  expect(details).toHaveTextContent("Read back✓ the order line is there, as approved");
  expect(within(details).getByText(seen)).not.toBeVisible();
  await userEvent.click(within(details).getByRole("button", { name: "Revert" }));
  expect(acts(today)).toEqual([]);
  await userEvent.click(within(details).getByRole("button", { name: "Press again to take it back" }));
  await waitFor(() => expect(acts(today)).toEqual([{ method: "Rollback", input: { id: 4 } }]));
  await waitFor(() => expect(said.at(-1)).toBe("Taken back: A sells out."));
});

test("the second press has to follow the first", async () => {
  const { details } = await open([trail(4, { reversible: true })]);
  await userEvent.click(within(details).getByRole("button", { name: "Revert" }));
  await userEvent.tab();
  expect(within(details).getByRole("button", { name: "Revert" })).toBeVisible();
  expect(acts(today)).toEqual([]);
});

test("what nobody knows is asked about, and the answer is kept with its note", async () => {
  const { details, said } = await open([
    trail(5, { state: "unknown", state_text: "of unknown fate", reason: "The line was cut.", level: 3 }),
  ]);
  expect(details).toHaveTextContent("? of unknown fate");
  expect(details).toHaveTextContent("WhyThe line was cut.");
  expect(within(details).queryByRole("button", { name: "Revert" })).toBeNull();
  const found = await axe.run(details, { rules: { region: { enabled: false } } });
  expect(found.violations.map((one) => one.id)).toEqual([]);
  await userEvent.type(within(details).getByRole("textbox", { name: "Note, if any" }), "Not in their list");
  await userEvent.click(within(details).getByRole("button", { name: "It was not done" }));
  const input = { id: 5, happened: false, note: "Not in their list" };
  await waitFor(() => expect(acts(today)).toEqual([{ method: "Resolve", input }]));
  await waitFor(() => expect(said.at(-1)).toBe("Kept: it was not done. A sells out."));
});

test("what is not as it should be shows what was read back", async () => {
  const { details } = await open([
    trail(6, { state: "mismatch", state_text: "not as it should be", seen: "96 for A" }),
  ]);
  expect(details).toHaveTextContent("≠ not as it should be");
  expect(details).toHaveTextContent("Read back≠ found: 96 units; approved: 480 units");
  expect(within(details).getByRole("button", { name: "It was done" })).toBeVisible();
});

test("what waits says why", async () => {
  const waits = "Another one of the same kind is looked at first.";
  const { details } = await open([trail(8, { state: "approved", state_text: "approved", waits, ended_at: "" })]);
  expect(details).toHaveTextContent(`Waits${waits}`);
});
