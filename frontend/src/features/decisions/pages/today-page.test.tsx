import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { act, render, screen, waitFor, within } from "@test-utils";
import userEvent from "@testing-library/user-event";
import { use, useEffect } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AnnounceContext } from "@/lib/announce";
import { CommandContext } from "@/lib/command-context";
import { CommandRegistry, keyName, placeOf } from "@/lib/commands";
import type { Decision } from "../api/types";
import { decision } from "../logic/decision-fixture";
import { Page } from "./today-page";

type Told = { method: string; input: unknown };
let told: Told[];
let refuses: boolean;
let policies: { health: string; subjects: number; cant_tell: number }[];

/** The program as far as Today sees it: what is decided leaves the list. */
function bridge(items: Decision[]) {
  const gone = new Set<string>();
  const decide = (method: string) => async (input?: unknown) => {
    if (refuses) throw { code: "conflict", module: "decisions", message: "It was decided elsewhere.", hint: "" };
    told.push({ method, input });
    for (const id of (input as { ids: string[] }).ids) gone.add(id);
    return {};
  };
  const left = () => items.filter((item) => item.ids.some((id) => !gone.has(id)));
  return {
    decisions: {
      API: {
        Inbox: async () => ({
          as_of: "2026-11-24",
          tabs: [
            { name: "needs", count: left().length },
            { name: "done", count: gone.size },
          ],
          items: left(),
          also_noticed: [],
          order_formula: "Severity, then due day",
          seconds_to_clear: 12 * left().length,
        }),
        Get: async (input?: unknown) => ({
          ...items.find((item) => item.id === (input as { id: string }).id),
          why: [],
          history: [],
          restock_line: null,
          task: null,
          note: "",
        }),
        Approve: decide("Approve"),
        Reject: decide("Reject"),
        Snooze: decide("Snooze"),
      },
    },
    dashboards: { API: { Checks: async () => ({ checks: [] }) } },
    rules: { API: { Policies: async () => ({ policies }) } },
  };
}

function Keys() {
  const registry = use(CommandContext);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!event.defaultPrevented) registry.press(keyName(event), placeOf(event.target), true, event.timeStamp);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [registry]);
  return null;
}

let said: string[];

async function open(items: Decision[]) {
  window.go = bridge(items);
  const root = createRootRoute();
  const today = createRoute({ getParentRoute: () => root, path: "/today", component: Page });
  const router = createRouter({
    routeTree: root.addChildren([today]),
    history: createMemoryHistory({ initialEntries: ["/today"] }),
  });
  render(
    <CommandContext value={new CommandRegistry()}>
      <AnnounceContext value={(message) => said.push(message)}>
        <Keys />
        <RouterProvider router={router} />
      </AnnounceContext>
    </CommandContext>,
  );
  if (items.length > 0) await screen.findByRole("list", { name: "Decisions" });
}

const cursor = () => screen.getByRole("list", { name: "Decisions" }).querySelector('[data-cursor="true"] [data-title]');

const able = { health: "ok", subjects: 40, cant_tell: 0 };

beforeEach(() => {
  policies = [able];
  told = [];
  said = [];
  refuses = false;
});

afterEach(() => {
  window.go = undefined;
});

describe("triage by keyboard", () => {
  it("approves, and the cursor moves on by itself", async () => {
    await open([decision("A"), decision("B"), decision("C")]);
    await userEvent.keyboard("ja");
    await waitFor(() => expect(told).toEqual([{ method: "Approve", input: { id: "", ids: ["B"], units: 0 } }]));
    await waitFor(() => expect(cursor()).toHaveTextContent("C sells out"));
    expect(said.at(-1)).toBe("Approved: B. Z takes it back.");
    await waitFor(() => expect(screen.queryByRole("button", { name: "B sells out" })).toBeNull());
  });

  it("snoozes until worse with S 4 and dismisses as known with D 2", async () => {
    await open([decision("A"), decision("B"), decision("C")]);
    await userEvent.keyboard("s");
    await screen.findByRole("menuitem", { name: /gets worse/ });
    await userEvent.keyboard("4");
    await waitFor(() =>
      expect(told[0]).toEqual({ method: "Snooze", input: { id: "", ids: ["A"], until: "worse", date: "" } }),
    );
    await waitFor(() => expect(cursor()).toHaveTextContent("B sells out"));
    await userEvent.keyboard("d");
    await screen.findByRole("menuitem", { name: /know already/ });
    await userEvent.keyboard("2");
    await waitFor(() =>
      expect(told[1]).toEqual({ method: "Reject", input: { id: "", ids: ["B"], reason: "known", note: "" } }),
    );
  });

  it("approves other units with E, a number and Ctrl+Enter", async () => {
    await open([decision("A")]);
    await userEvent.keyboard("e");
    const units = await screen.findByRole("textbox", { name: "Units" });
    await userEvent.clear(units);
    await userEvent.type(units, "96{Control>}{Enter}{/Control}");
    await waitFor(() => expect(told).toEqual([{ method: "Approve", input: { id: "", ids: ["A"], units: 96 } }]));
  });

  it("decides what is ticked in one go", async () => {
    await open([decision("A"), decision("B"), decision("C")]);
    await userEvent.keyboard("xjxa");
    await waitFor(() => expect(told).toEqual([{ method: "Approve", input: { id: "", ids: ["A", "B"], units: 0 } }]));
    expect(said.at(-1)).toBe("Approved: 2 decisions. Z takes it back.");
  });

  it("brings the row back and says why when the program refuses", async () => {
    await open([decision("A"), decision("B")]);
    refuses = true;
    await userEvent.keyboard("a");
    await waitFor(() => expect(said.at(-1)).toBe("Not done. It was decided elsewhere."));
    expect(await screen.findByRole("button", { name: "A sells out" })).toBeVisible();
  });

  it("leads to the trace of the day it was decided, and to why not another SKU", async () => {
    await open([decision("A")]);
    const trace = await screen.findByRole("link", { name: "Trace" });
    expect(trace).toHaveAttribute("href", "/rules/trace?subject=US%2FA&policy=restock&as_of=2026-11-24");
    const other = screen.getByRole("link", { name: "Why not another SKU?" });
    expect(other).toHaveAttribute("href", "/rules/trace?policy=restock");
  });

  it("says that it is clear when the last one is taken", async () => {
    await open([decision("A")]);
    await act(() => userEvent.keyboard("a"));
    expect(await screen.findByText(/^Clear at/)).toBeVisible();
  });
});

describe("what a guard holds back", () => {
  it("names the guard and cannot be approved, but dismissed", async () => {
    const held_by = [{ policy: "gate_cover", title: "Stock for more adverts", why: "Cover is short" }];
    await open([decision("A", { held_by, state_text: "held back by Stock for more adverts" })]);
    expect(await screen.findByText("held back by Stock for more adverts")).toBeVisible();
    expect(screen.getByRole("heading", { name: "Held back" })).toBeVisible();
    expect(screen.queryByRole("button", { name: /^Approve/ })).toBeNull();
    await userEvent.keyboard("a");
    expect(told).toEqual([]);
    expect(screen.getByRole("button", { name: /^Dismiss/ })).toBeVisible();
  });
});

describe("an empty list", () => {
  it("says how many rules could tell", async () => {
    policies = [able, { ...able, cant_tell: 40 }, { ...able, health: "err" }];
    await open([]);
    expect(await screen.findByText(/^Clear at/)).toBeVisible();
    expect(screen.getByText(/1 of 3 rules could tell/)).toBeVisible();
  });

  it("is no good news where no rule could tell", async () => {
    policies = [{ ...able, cant_tell: 40 }];
    await open([]);
    expect(await screen.findByText("Nothing could be judged")).toBeVisible();
    expect(screen.queryByText(/^Clear at/)).toBeNull();
  });
});

describe("groups", () => {
  it("unfold with Enter and act as one with A", async () => {
    await open([decision("G", { title: "4 SKUs run out", members: [decision("A"), decision("B")] })]);
    const list = screen.getByRole("list", { name: "Decisions" });
    await userEvent.keyboard("{Enter}");
    expect(await within(list).findByRole("button", { name: "A sells out" })).toBeVisible();
    await userEvent.keyboard("a");
    await waitFor(() => expect(told).toEqual([{ method: "Approve", input: { id: "", ids: ["A", "B"], units: 0 } }]));
  });
});
