import { screen, waitFor, within } from "@test-utils";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { afterEach, expect, test } from "vitest";
import { openPage } from "@/lib/testdata/open-page";
import type { Decision } from "../../api/types";
import { decision } from "../../logic/decision-fixture";
import { acts, bridge, type Program, program } from "../../logic/today-bridge";
import { Page } from "../../pages/today-page";

let today: Program;

async function open(items: Decision[], rest: Partial<Program> = {}, hide_amounts = false) {
  today = program(items, rest);
  window.go = bridge(today);
  const page = await openPage({ address: "/today", pages: { "/today": Page }, display: { hide_amounts } });
  await screen.findByRole("list", { name: "Decisions" });
  return page;
}

const ids = ["A", "B", "C", "D", "E"];
const five = () => ids.map((id) => decision(id));
const tickAll = "xjxjxjxjx";
const usd = (minor: number, text: string) => ({ minor, currency: "USD", text });
const sheet = (name: string) => screen.findByRole("dialog", { name });
const webhook = (id: string) => decision(id, { action: { ...decision(id).action, kind: "webhook", units: 0 } });

async function axeClean() {
  const found = await axe.run(document.body, { rules: { region: { enabled: false } } });
  expect(found.violations.map((one) => `${one.id} ${one.nodes[0]?.html}`)).toEqual([]);
}

afterEach(() => {
  window.go = undefined;
});

test("five are looked at together, the riskiest first, and Ctrl+Enter approves what was seen", async () => {
  const page = await open(five(), { lines: { A: { money: usd(120000, "$1,200.00") } } });
  await userEvent.keyboard(`${tickAll}a`);
  const dialog = await sheet("Approve these 5 together?");
  expect(acts(today)).toEqual([]);
  const groups = await within(dialog).findAllByRole("rowheader");
  expect(groups.map((head) => head.textContent)).toEqual([
    "Look at these 3 first, the riskiest",
    expect.stringContaining("Risky: A"),
    expect.stringContaining("Risky: B"),
    expect.stringContaining("Risky: C"),
    "The other 2",
    expect.stringMatching(/^ ?D D sells out/),
    expect.stringMatching(/^ ?E E sells out/),
  ]);
  expect(within(dialog).getAllByText("nothing")).toHaveLength(5);
  expect(dialog).toHaveTextContent("All 5 stay on this computer, can be undone");
  expect(dialog).toHaveTextContent("The approval holds for 36 hours");
  expect(dialog).toHaveTextContent("4 without a known cost, in no total");
  await axeClean();
  await waitFor(() => expect(within(dialog).getByRole("button", { name: "Approve 5" })).toHaveFocus());
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  const input = { id: "", ids, units: 0, seen: "seen A B C D E" };
  await waitFor(() => expect(acts(today)).toEqual([{ method: "Approve", input }]));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(page.said).toContain("Approved: 5 decisions. Z takes it back.");
});

test("afterwards work goes on at the row that is next", async () => {
  await open([...five(), decision("F")]);
  await userEvent.keyboard(`${tickAll}a`);
  const dialog = await sheet("Approve these 5 together?");
  await waitFor(() => expect(within(dialog).getByRole("button", { name: "Approve 5" })).toHaveFocus());
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(screen.getByRole("button", { name: "F sells out" })).toHaveFocus());
});

test("what would be refused is named, holds the approval back, and is left out with L", async () => {
  await open(five(), { lines: { B: { against: ["More than 20,000 units at once."] } } });
  await userEvent.keyboard(`${tickAll}a`);
  const dialog = await sheet("Approve these 5 together?");
  const against = await within(dialog).findByRole("region", { name: "What speaks against it" });
  expect(against).toHaveTextContent("1 of 5 would be refused, and nothing is approved with them:");
  expect(against).toHaveTextContent("B: More than 20,000 units at once.");
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  expect(acts(today)).toEqual([]);
  await userEvent.keyboard("l");
  await sheet("Approve these 4 together?");
  await waitFor(() => expect(within(dialog).queryByRole("region", { name: "What speaks against it" })).toBeNull());
  expect(within(dialog).getByRole("checkbox", { name: "Include: B" })).not.toBeChecked();
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  const input = { id: "", ids: ["A", "C", "D", "E"], units: 0, seen: "seen A C D E" };
  await waitFor(() => expect(acts(today)).toEqual([{ method: "Approve", input }]));
});

test("J goes through the lines, Enter shows exactly what, X leaves one out and takes it in again", async () => {
  await open([...five(), decision("F")]);
  await userEvent.keyboard(`${tickAll}a`);
  const dialog = await sheet("Approve these 5 together?");
  await waitFor(() => expect(within(dialog).getByRole("button", { name: "Approve 5" })).toHaveFocus());
  await userEvent.keyboard("jj");
  const second = within(dialog).getByRole("button", { name: /^Risky: B/ });
  expect(second).toHaveFocus();
  await userEvent.keyboard("{Enter}");
  expect(second).toHaveAttribute("aria-expanded", "true");
  expect(within(dialog).getByText("hash-B")).toBeVisible();
  await userEvent.keyboard("x");
  await sheet("Approve these 4 together?");
  expect(second).toHaveFocus();
  await userEvent.keyboard("x");
  await sheet("Approve these 5 together?");
  await userEvent.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(acts(today)).toEqual([]);
});

test("one that leaves this computer is looked at, and says until when it can be taken back", async () => {
  const page = await open([webhook("A")], { levels: { webhook: 2 }, lines: { A: { level: 2, units: 0 } } });
  await userEvent.keyboard("a");
  const dialog = await sheet("Approve this: A?");
  expect(
    await within(dialog).findByText("It leaves this computer in 10 s, can be taken back until then"),
  ).toBeVisible();
  expect(within(dialog).getByText("hash-A")).toBeVisible();
  await waitFor(() => expect(within(dialog).getByRole("button", { name: "Approve" })).toHaveFocus());
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(acts(today)).toHaveLength(1));
  await waitFor(() =>
    expect(page.said[0]).toBe("Approved: A. 1 leaves this computer in 10 s, Z takes it back until then."),
  );
});

test("what stands in for an answer of Amazon's is said before it is approved", async () => {
  const note = "Amazon gives no answer now. It is as it was at 09:12 UTC.";
  await open([webhook("A")], { levels: { webhook: 2 }, lines: { A: { level: 2, note } } });
  await userEvent.keyboard("a");
  const dialog = await sheet("Approve this: A?");
  expect(await within(dialog).findByText(note)).toBeVisible();
  await waitFor(() => expect(within(dialog).getByRole("button", { name: "Approve" })).toHaveFocus());
  await axeClean();
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(acts(today)).toHaveLength(1));
});

test("a kind that nobody knows is looked at as well", async () => {
  await open([webhook("A")], { levels: {} });
  await userEvent.keyboard("a");
  expect(await sheet("Approve this: A?")).toBeVisible();
  expect(acts(today)).toEqual([]);
});

test("what leaves for good is asked twice: the lines are counted, and no key in a row approves it", async () => {
  await open([webhook("A"), webhook("B")], { levels: { webhook: 3 }, lines: { A: { level: 3 }, B: { level: 3 } } });
  await userEvent.keyboard("xjxa");
  const dialog = await sheet("Approve these 2 together?");
  expect(await within(dialog).findByText("All 2 leave this computer for good")).toBeVisible();
  await waitFor(() => expect(within(dialog).getByRole("region", { name: "What would be done" })).toHaveFocus());
  await userEvent.keyboard("{Enter}");
  expect(within(dialog).queryByRole("form")).toBeNull();
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  const count = await within(dialog).findByRole("textbox", {
    name: "Nothing takes this back. How many lines do you approve?",
  });
  expect(count).toHaveFocus();
  await userEvent.keyboard("{Control>}{Enter}{/Control}{Enter}");
  await userEvent.keyboard("3");
  expect(within(dialog).getByText("There are 2 lines.")).toBeVisible();
  await axeClean();
  await userEvent.keyboard("{Enter}{Backspace}");
  expect(acts(today)).toEqual([]);
  await userEvent.keyboard("2{Control>}{Enter}{/Control}");
  await waitFor(() => expect(acts(today)).toHaveLength(1));
});

test("Esc goes one step back from counting, then closes", async () => {
  await open([webhook("A")], { levels: { webhook: 3 }, lines: { A: { level: 3 } } });
  await userEvent.keyboard("a");
  const dialog = await sheet("Approve this: A?");
  await within(dialog).findByText("hash-A");
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  await within(dialog).findByRole("form", { name: "Count the lines" });
  await userEvent.keyboard("{Escape}");
  expect(within(dialog).queryByRole("form")).toBeNull();
  expect(dialog).toBeVisible();
});

test("an approval that is refused says why, approves nothing, and looks again", async () => {
  await open(five());
  await userEvent.keyboard(`${tickAll}a`);
  const dialog = await sheet("Approve these 5 together?");
  await waitFor(() => expect(within(dialog).getByRole("button", { name: "Approve 5" })).toHaveFocus());
  today.refuses = { code: "conflict", message: "It is not what you looked at any more.", hint: "Look at it again." };
  const before = today.told.length;
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  expect(await within(dialog).findByRole("alert")).toHaveTextContent(
    "It is not what you looked at any more. Look at it again.",
  );
  await waitFor(() => expect(today.told.slice(before).map((one) => one.method)).toContain("Preview"));
  expect(within(dialog).getByRole("button", { name: "Approve 5" })).toBeVisible();
});

test("amounts stay hidden in lines, sums and bytes", async () => {
  const payload = JSON.stringify({ set: { units: 480, cost: { minor: 777, currency: "USD" } }, was: null });
  const lines = { A: { money: usd(77700, "$777.00"), payload, against: ["$777.00 is more than $500.00 a day."] } };
  await open([decision("A"), decision("B")], { lines }, true);
  await userEvent.keyboard("xjxa");
  const dialog = await sheet("Approve these 2 together?");
  await userEvent.click(await within(dialog).findByRole("button", { name: /^Risky: A/ }));
  expect(await within(dialog).findByText("They name amounts, which are hidden now.")).toBeInTheDocument();
  expect(dialog.textContent).not.toMatch(/777|500\.00/);
});
