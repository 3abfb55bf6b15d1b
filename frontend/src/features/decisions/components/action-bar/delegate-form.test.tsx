import { screen, waitFor } from "@test-utils";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";
import { openPage } from "@/lib/testdata/open-page";
import type { Task } from "../../api/types";
import { decision } from "../../logic/decision-fixture";
import { acts, bridge, type Program, program } from "../../logic/today-bridge";
import { Page } from "../../pages/today-page";

const task = (rest: Partial<Task>): Task => ({
  decision: "T",
  title: "Mend the listing",
  label: "",
  link: "",
  steps: [{ text: "Upload", done: false }],
  done: false,
  owner: "",
  due: "",
  created_at: "2026-11-20T10:00:00Z",
  ...rest,
});

let today: Program;

async function open(address: string, tasks: Task[]) {
  today = program([decision("A"), decision("B")], { tasks });
  window.go = bridge(today);
  const page = await openPage({ address, pages: { "/today": Page } });
  await screen.findByRole("list", { name: "Decisions" });
  return page;
}

afterEach(() => {
  window.go = undefined;
});

test("H hands over what is ticked to who did it last, with a day", async () => {
  const page = await open("/today", [task({ owner: "Bert" }), task({ owner: "Anna", done: true }), task({})]);
  await userEvent.keyboard("xjxh");
  const who = await screen.findByRole("textbox", { name: "Who does it" });
  await waitFor(() => expect(who).toHaveValue("Anna"));
  expect(who).toHaveFocus();
  await userEvent.type(screen.getByLabelText("Due, if any"), "2026-12-03");
  await userEvent.keyboard("{Enter}");
  const input = { id: "", ids: ["A", "B"], owner: "Anna", due: "2026-12-03" };
  await waitFor(() => expect(acts(today)).toEqual([{ method: "Delegate", input }]));
  expect(page.said[0]).toBe("Handed over to Anna, due 2026-12-03: 2 decisions. Z takes it back.");
});

test("nobody is no owner, and Esc leaves the decision where it is", async () => {
  await open("/today", []);
  await userEvent.keyboard("h");
  const who = await screen.findByRole("textbox", { name: "Who does it" });
  await userEvent.type(who, "  {Enter}");
  expect(screen.getByRole("button", { name: "Hand over" })).toBeDisabled();
  await userEvent.type(who, "{Escape}");
  await waitFor(() => expect(screen.queryByRole("form", { name: "Hand over" })).toBeNull());
  expect(acts(today)).toEqual([]);
});

test("Waiting shows who has a task and until when", async () => {
  await open("/today?tab=waiting", [task({ owner: "Wilhelmine Oberstaatsanwaltschaftsrätin", due: "2026-12-03" })]);
  expect(await screen.findByText("Handed over to Wilhelmine Oberstaatsanwaltschaftsrätin")).toBeVisible();
  expect(screen.getByText("3 Dec", { selector: "time" })).toBeVisible();
});
