import { screen, waitFor, within } from "@test-utils";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { madeStream } from "@/lib/fetching/testdata/made";
import { openPage } from "@/lib/testdata/open-page";
import type { Decision } from "../api/types";
import { decision } from "../logic/decision-fixture";
import { acts, bridge, type Program, program, running } from "../logic/today-bridge";
import { Page } from "./today-page";

let today: Program;
let said: string[];

async function open(items: Decision[], rest: Partial<Program> = {}) {
  today = program(items, rest);
  window.go = bridge(today);
  const page = await openPage({ address: "/today", pages: { "/today": Page } });
  said = page.said;
  if (items.length > 0) await screen.findByRole("list", { name: "Decisions" });
}

const cursor = () => screen.getByRole("list", { name: "Decisions" }).querySelector('[data-cursor="true"] [data-title]');

const able = { health: "ok", subjects: 40, cant_tell: 0 };

beforeEach(() => {
  said = [];
});

afterEach(() => {
  window.go = undefined;
});

describe("triage by keyboard", () => {
  it("approves, and the cursor moves on by itself", async () => {
    await open([decision("A"), decision("B"), decision("C")]);
    await userEvent.keyboard("ja");
    await waitFor(() =>
      expect(acts(today)).toEqual([{ method: "Approve", input: { id: "", ids: ["B"], units: 0, seen: "" } }]),
    );
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
      expect(today.told[0]).toEqual({ method: "Snooze", input: { id: "", ids: ["A"], until: "worse", date: "" } }),
    );
    await waitFor(() => expect(cursor()).toHaveTextContent("B sells out"));
    await userEvent.keyboard("d");
    await screen.findByRole("menuitem", { name: /know already/ });
    await userEvent.keyboard("2");
    await waitFor(() =>
      expect(today.told[1]).toEqual({ method: "Reject", input: { id: "", ids: ["B"], reason: "known", note: "" } }),
    );
  });

  it("approves other units with E, a number and Ctrl+Enter", async () => {
    await open([decision("A")]);
    await userEvent.keyboard("e");
    const units = await screen.findByRole("textbox", { name: "Units" });
    await userEvent.clear(units);
    await userEvent.type(units, "96{Control>}{Enter}{/Control}");
    await waitFor(() =>
      expect(acts(today)).toEqual([{ method: "Approve", input: { id: "", ids: ["A"], units: 96, seen: "" } }]),
    );
  });

  it("decides what is ticked in one go", async () => {
    await open([decision("A"), decision("B"), decision("C")]);
    await userEvent.keyboard("xjxd");
    await screen.findByRole("menuitem", { name: /know already/ });
    await userEvent.keyboard("2");
    const input = { id: "", ids: ["A", "B"], reason: "known", note: "" };
    await waitFor(() => expect(acts(today)).toEqual([{ method: "Reject", input }]));
    expect(said.at(-1)).toBe("Dismissed as known: 2 decisions. Z takes it back.");
  });

  it("brings the row back and says why when the program refuses", async () => {
    await open([decision("A"), decision("B")]);
    today.refuses = { code: "conflict", message: "It was decided elsewhere.", hint: "" };
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
    await userEvent.keyboard("a");
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
    expect(today.told).toEqual([]);
    expect(screen.getByRole("button", { name: /^Dismiss/ })).toBeVisible();
  });
});

describe("a rule that acts by itself", () => {
  it("says why it asks about this one", async () => {
    const why = "US/SKU-7 is not among what this rule may touch by itself.";
    await open([decision("A"), decision("B")], { asks: { B: why } });
    expect(screen.queryByRole("heading", { name: "Why it asks" })).toBeNull();
    await userEvent.keyboard("j");
    expect(await screen.findByRole("heading", { name: "Why it asks" })).toBeVisible();
    expect(screen.getByText(why)).toBeVisible();
    expect(screen.getByRole("link", { name: "Guardrails" })).toHaveAttribute("href", "/settings?section=guardrails");
  });
});

describe("an empty list", () => {
  it("says how many rules could tell", async () => {
    await open([], { policies: [able, { ...able, cant_tell: 40 }, { ...able, health: "err" }] });
    expect(await screen.findByText(/^Clear at/)).toBeVisible();
    expect(screen.getByText(/1 of 3 rules could tell/)).toBeVisible();
  });

  it("is no good news where no rule could tell", async () => {
    await open([], { policies: [{ ...able, cant_tell: 40 }] });
    expect(await screen.findByText("Nothing could be judged")).toBeVisible();
    expect(screen.queryByText(/^Clear at/)).toBeNull();
  });
});

describe("before the first data", () => {
  it("says what is arriving while it does", async () => {
    today = program([], { policies: [{ ...able, cant_tell: 40 }] });
    const never = { last_success: "", filled: 0, state: "waiting" };
    window.go = {
      ...bridge(today),
      jobs: {
        API: {
          Streams: async () => ({ streams: [madeStream(never), madeStream({ feed: "spapi.stock", title: "Stock" })] }),
          Progress: async () => ({ text: "1 of 2 kinds of data are here.", done: 1, total: 9, paused: false }),
        },
      },
    };
    await openPage({ address: "/today", pages: { "/today": Page } });
    expect(await screen.findByText("The first data is arriving")).toBeVisible();
    expect(screen.getByRole("region", { name: "First fill" })).toHaveTextContent("1 of 2 kinds of data are here.");
    expect(screen.queryByText("Nothing could be judged")).toBeNull();
  });
});

describe("a kind of action that Purser stopped", () => {
  it("is told with its reason and the way on", async () => {
    const kind = {
      kind: "webhook",
      title: "Send a message",
      reason: "403 three times.",
      since: "2026-11-24T16:20:00Z",
    };
    await open([decision("A")], { status: { ...running, stopped_kinds: [kind] } });
    expect(await screen.findByText("“Send a message” is stopped")).toBeVisible();
    const way = screen.getByRole("link", { name: /Let it go on/ });
    expect(way).toHaveAttribute("href", "/settings?section=guardrails");
  });
});

describe("groups", () => {
  it("unfold with Enter and are looked at as one with A", async () => {
    await open([decision("G", { title: "4 SKUs run out", members: [decision("A"), decision("B")] })]);
    const list = screen.getByRole("list", { name: "Decisions" });
    await userEvent.keyboard("{Enter}");
    expect(await within(list).findByRole("button", { name: "A sells out" })).toBeVisible();
    await userEvent.keyboard("a");
    expect(await screen.findByRole("dialog", { name: "Approve these 2 together?" })).toBeVisible();
    expect(acts(today)).toEqual([]);
  });
});

describe("what a rule only watches", () => {
  it("has no tab until there is something", async () => {
    await open([decision("A")]);
    expect(screen.queryByRole("button", { name: /^Observed/ })).toBeNull();
  });

  it("is no proposal, and says where watching ends", async () => {
    today = program([decision("A")], { observed: 1 });
    window.go = bridge(today);
    await openPage({ address: "/today?tab=observed", pages: { "/today": Page } });
    expect(await screen.findByRole("button", { name: "Observed1" })).toHaveAttribute("aria-current", "page");
    const link = screen.getByRole("link", { name: "Settings › Guardrails" });
    expect(link).toHaveAttribute("href", "/settings?section=guardrails");
    expect(screen.queryByRole("button", { name: /^Approve/ })).toBeNull();
    await userEvent.keyboard("ah");
    expect(today.told).toEqual([]);
    expect(screen.queryByRole("form", { name: "Hand over" })).toBeNull();
  });
});

describe("what was approved and not done", () => {
  it("says so with its reason, on its row and in its details", async () => {
    await open([decision("A", { not_done: "The price has changed meanwhile." })]);
    const row = within(screen.getByRole("list", { name: "Decisions" })).getByRole("listitem");
    expect(row).toHaveTextContent("Not done: The price has changed meanwhile.");
    expect(await screen.findByRole("heading", { name: "Not done" })).toBeVisible();
  });
});
