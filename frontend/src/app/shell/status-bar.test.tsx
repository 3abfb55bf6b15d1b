import { screen } from "@test-utils";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it } from "vitest";
import { openPage } from "@/lib/testdata/open-page";
import type { AppState } from "@/lib/types";
import { StatusBar } from "./status-bar";

const title = "Approved: Verdunkelungsvorhang mit Ösen geht vor der Nachlieferung aus, 12 more";
const state = { modules: [{ name: "sales", state: "running" }], jobs: [], demo: false } as unknown as AppState;
const Bar = () => <StatusBar state={state} message="" onShortcuts={() => {}} />;

afterEach(() => {
  window.go = undefined;
});

it("names what Undo takes back in full, also where the window cuts it off", async () => {
  let undone = 0;
  window.go = {
    decisions: {
      API: {
        LastUndoable: async () => ({ possible: true, title }),
        Undo: async () => {
          undone++;
          return { title: `Undone: ${title}` };
        },
      },
    },
    actions: { API: { Status: async () => ({ unknown: 0, mismatch: 0, stopped: false }) } },
  };
  const page = await openPage({ address: "/", pages: { "/": Bar } });
  const button = await screen.findByRole("button", { name: `Undo: ${title}` });
  expect(button).toHaveAttribute("title", `Undo: ${title}`);
  await userEvent.click(button);
  expect(undone).toBe(1);
  expect(page.said).toEqual([`Taken back: ${title}`]);
});

it("says since when Amazon is not reached and how old what is here is, and leads there", async () => {
  const offline = {
    whose: "Amazon",
    since: "2026-11-25T07:12:00Z",
    title: "Orders (live)",
    as_of: "2026-11-25T06:10:00Z",
  };
  const Offline = () => <StatusBar state={{ ...state, offline }} message="" onShortcuts={() => {}} />;
  await openPage({ address: "/", pages: { "/": Offline } });
  const link = await screen.findByRole("link", {
    name: /^Offline since .*\d\d:\d\d; Orders \(live\) as of .*\d\d:\d\d$/,
  });
  expect(link).toHaveAttribute("href", "/data?tab=amazon");
});
