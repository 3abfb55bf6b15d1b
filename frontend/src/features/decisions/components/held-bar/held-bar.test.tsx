import { act, screen, waitFor, within } from "@test-utils";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openPage } from "@/lib/testdata/open-page";
import { trail } from "../../logic/action-fixture";
import { decision } from "../../logic/decision-fixture";
import { acts, bridge, type Program, program, running } from "../../logic/today-bridge";
import { Page } from "../../pages/today-page";

let today: Program;

const held = trail(7, { state: "approved", state_text: "approved", level: 2, held_ms: 8000, ended_at: "" });

async function open(rest: Partial<Program>) {
  today = program([decision("A", { state: "approved" })], {
    status: { ...running, waiting: 1 },
    trails: [held],
    undoable: ["A"],
    ...rest,
  });
  window.go = bridge(today);
  const page = await openPage({ address: "/today?tab=done", pages: { "/today": Page } });
  await screen.findByRole("list", { name: "Decisions" });
  return page;
}

const bar = () => screen.findByRole("region", { name: "About to be sent" });

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
});

afterEach(() => {
  vi.useRealTimers();
  window.go = undefined;
});

test("counts down to sending, says so once, and goes when the time is over", async () => {
  const page = await open({});
  const region = await bar();
  expect(region).toHaveTextContent("Sending A sells outin 8 s");
  expect(within(region).queryByRole("status")).toBeNull();
  await act(() => vi.advanceTimersByTimeAsync(3000));
  await waitFor(() => expect(region).toHaveTextContent(/in [45] s/));
  expect(page.said.filter((one) => one.startsWith("Sending"))).toEqual([
    "Sending A sells out in 8 seconds. Z takes it back.",
  ]);
  expect(screen.getByRole("complementary", { name: "Decision details" })).toHaveTextContent(/sending in [45] s/);
  await act(() => vi.advanceTimersByTimeAsync(6000));
  await waitFor(() => expect(screen.queryByRole("region", { name: "About to be sent" })).toBeNull());
});

test("Undo takes it back", async () => {
  const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime });
  await open({});
  await user.click(within(await bar()).getByRole("button", { name: "Undo" }));
  await waitFor(() => expect(acts(today)[0]?.method).toBe("Undo"));
});

test("says so where something newer would be undone first", async () => {
  await open({ undoable: ["other"] });
  expect(within(await bar()).getByRole("button", { name: "Undo what came after it first" })).toBeVisible();
});

test("counts nothing down while everything is stopped, as nothing is about to be sent", async () => {
  await open({ status: { ...running, waiting: 1, stopped: true } });
  await act(() => vi.advanceTimersByTimeAsync(500));
  expect(screen.queryByRole("region", { name: "About to be sent" })).toBeNull();
});
