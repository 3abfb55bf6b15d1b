// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from "vitest";

type Told = [method: string, input: unknown];
type Lib = typeof import("./in-order");

const store = "purser.waiting";
let told: Told[];
/** Ends what is under way, in its order. */
let answers: ((value: unknown) => void)[];
let newest: string[];
let navigation: string;

const approve = (id: string) => ({ id: "", ids: [id], units: 0, seen: "" });
const settle = () => new Promise((wait) => setTimeout(wait));

const leaving: EventListener[] = [];

/** A page as it is after it was loaded: without anything of the one before but its store. */
async function load(): Promise<Lib> {
  vi.resetModules();
  return import("./in-order");
}

/** Approve A is under way, all else waits; then the page is gone. */
async function leave(acts: (lib: Lib) => Promise<unknown>[]) {
  const lib = await load();
  for (const act of acts(lib)) act.catch(() => undefined);
  await settle();
  told = [];
  answers = [];
}

beforeEach(() => {
  told = [];
  answers = [];
  newest = [];
  navigation = "reload";
  sessionStorage.clear();
  vi.spyOn(performance, "getEntriesByType").mockImplementation(() => [
    { type: navigation } as PerformanceNavigationTiming,
  ]);
  const add = window.addEventListener.bind(window);
  vi.spyOn(window, "addEventListener").mockImplementation((name: string, listener: unknown) => {
    if (name === "beforeunload") leaving.push(listener as EventListener);
    add(name, listener as EventListener);
  });
  const held = (method: string) => (input?: unknown) => {
    told.push([method, input]);
    return new Promise((answer) => answers.push(answer));
  };
  const at = (method: string) => async (input?: unknown) => {
    told.push([method, input]);
    if (method === "Reject") throw { code: "conflict", message: "It is approved.", hint: "Undo that first." };
    return {};
  };
  window.go = {
    decisions: {
      API: {
        Approve: held("Approve"),
        Undo: at("Undo"),
        Reject: at("Reject"),
        LastUndoable: async () => ({ possible: newest.length > 0, title: "", ids: newest }),
      },
    },
  };
});

afterEach(() => {
  window.go = undefined;
  for (const listener of leaving.splice(0)) window.removeEventListener("beforeunload", listener);
  vi.restoreAllMocks();
});

it("lets one begin when the one before it has ended, also badly", async () => {
  const { inOrder } = await load();
  const first = inOrder("decisions.API.Approve", approve("A"));
  const bad = inOrder("decisions.API.Reject", { id: "", ids: ["B"], reason: "wrong", note: "" });
  const third = inOrder("decisions.API.Undo");
  await settle();
  expect(told.map(([method]) => method)).toEqual(["Approve"]);
  answers[0]?.("done");
  expect(await first).toBe("done");
  await expect(bad).rejects.toThrow("It is approved.");
  await third;
  expect(told.map(([method]) => method)).toEqual(["Approve", "Reject", "Undo"]);
  expect(sessionStorage.getItem(store)).toBeNull();
});

it("tells after a reload what waited, in its order, and never what was under way", async () => {
  await leave(({ inOrder }) => ["A", "B", "C"].map((id) => inOrder("decisions.API.Approve", approve(id))));
  const lib = await load();
  const after = lib.tellAfterReload();
  const later = lib.inOrder("decisions.API.Undo");
  await settle();
  expect(told).toEqual([["Approve", approve("B")]]);
  answers[0]?.({ already: false });
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  answers[1]?.({ already: true });
  expect(await after).toEqual({ told: 2, left: 0, problems: [] });
  await later;
  expect(told).toEqual([
    ["Approve", approve("B")],
    ["Approve", approve("C")],
    ["Undo", undefined],
  ]);
  expect((await load()).tellAfterReload()).toBeNull();
});

it("goes on with the rest when the page is reloaded once more", async () => {
  await leave(({ inOrder }) => ["A", "B", "C"].map((id) => inOrder("decisions.API.Approve", approve(id))));
  void (await load()).tellAfterReload();
  await settle();
  told = [];
  void (await load()).tellAfterReload();
  await settle();
  expect(told).toEqual([["Approve", approve("C")]]);
});

it("says what was refused", async () => {
  await leave(({ inOrder }) => [
    inOrder("decisions.API.Approve", approve("A")),
    inOrder("decisions.API.Reject", { id: "", ids: ["B"], reason: "wrong", note: "" }),
  ]);
  expect(await (await load()).tellAfterReload()).toEqual({
    told: 0,
    left: 0,
    problems: ["It is approved. Undo that first."],
  });
});

it.each([
  ["what was under way", ["A"], []],
  ["what something else has come after", ["B"], ["X"]],
])("does not take back %s", async (_, ids, last) => {
  newest = last;
  await leave(({ inOrder }) => [
    ...ids.map((id) => inOrder("decisions.API.Approve", approve(id))),
    inOrder("decisions.API.Undo"),
  ]);
  const after = (await load()).tellAfterReload();
  await settle();
  answers[0]?.({ already: false });
  expect(await after).toMatchObject({ left: 1 });
  expect(told.map(([method]) => method)).not.toContain("Undo");
});

it("takes back what it told itself", async () => {
  await leave(({ inOrder }) => [
    inOrder("decisions.API.Approve", approve("A")),
    inOrder("decisions.API.Approve", approve("B")),
    inOrder("decisions.API.Undo"),
  ]);
  newest = ["B"];
  const after = (await load()).tellAfterReload();
  await settle();
  answers[0]?.({ already: false });
  expect(await after).toEqual({ told: 2, left: 0, problems: [] });
  expect(told.map(([method]) => method)).toEqual(["Approve", "Undo"]);
});

it.each(["navigate", "back_forward"])("tells nothing in a page that came by %s: it may be a copy", async (type) => {
  await leave(({ inOrder }) => ["A", "B"].map((id) => inOrder("decisions.API.Approve", approve(id))));
  navigation = type;
  expect(await (await load()).tellAfterReload()).toEqual({ told: 0, left: 1, problems: [] });
  expect(told).toEqual([]);
  expect(sessionStorage.getItem(store)).toBeNull();
});

it("tells nothing that is old, or that is no act", async () => {
  const old = { method: "decisions.API.Approve", input: approve("A"), at: Date.now() - 61_000 };
  const evil = { method: "app.API.LeaveDemo", at: Date.now() };
  sessionStorage.setItem(store, JSON.stringify([old, evil, null, 7]));
  expect(await (await load()).tellAfterReload()).toEqual({ told: 0, left: 1, problems: [] });
  sessionStorage.setItem(store, "{");
  expect((await load()).tellAfterReload()).toBeNull();
  expect(told).toEqual([]);
});

it("has the browser ask before it leaves what is not answered", async () => {
  const { inOrder } = await load();
  const asks = () => !window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
  expect(asks()).toBe(false);
  const act = inOrder("decisions.API.Approve", approve("A"));
  await settle();
  expect(asks()).toBe(true);
  answers[0]?.({});
  await act;
  expect(asks()).toBe(false);
});
