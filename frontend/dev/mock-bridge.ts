/**
 * Stands in for the Go program while `vite dev` runs alone. ?first_run, ?empty, ?error and ?slow
 * in the address show those states; theme, density and so on are kept in memory.
 */
import { alsoNoticed, details, items, state, strip } from "./mock-data";
import { policies } from "./mock-policies";

type Input = Record<string, unknown>;

const flags = new URLSearchParams(window.location.search);
let current = { ...state, first_run: flags.has("first_run"), demo: !flags.has("first_run") };
const theme = flags.get("theme");
if (theme === "dark" || theme === "light") current.settings = { ...current.settings, theme };
const density = flags.get("density");
if (density === "comfortable" || density === "compact") current.settings = { ...current.settings, density };
const states = new Map<string, string>(flags.has("empty") ? items.map((item) => [String(item.id), "approved"]) : []);
const undo: { id: string; title: string }[] = [];
const listeners = new Map<string, Set<(payload: unknown) => void>>();
const demoStarted = { at: 0 };

function emit(topic: string, payload: unknown) {
  for (const listener of listeners.get(topic) ?? []) listener(payload);
}

function decide(id: unknown, to: string) {
  const item = items.find((candidate) => candidate.id === id);
  states.set(String(id), to);
  undo.push({ id: String(id), title: `${to} "${item?.label ?? id}"` });
  setTimeout(() => emit("changed:decisions", null), 50);
  return {};
}

function inbox({ tab = "needs" }: Input) {
  const state_of = (id: unknown) => states.get(String(id)) ?? "proposed";
  const open = items.filter((item) => state_of(item.id) === "proposed");
  const byTab: Record<string, Input[]> = {
    needs: open,
    waiting: items.filter((item) => state_of(item.id) === "snoozed"),
    regressed: open.filter((item) => item.regressed),
    done: items.filter((item) => ["approved", "rejected"].includes(state_of(item.id))),
  };
  return {
    as_of: state.as_of,
    tabs: Object.entries(byTab).map(([name, members]) => ({ name, count: members.length })),
    items: (byTab[String(tab)] ?? []).map((item) => ({ ...item, state: state_of(item.id) })),
    also_noticed: tab === "needs" ? alsoNoticed : [],
    order_formula: "Severity, then the day it is due, then money at stake a day, then age.",
    seconds_to_clear: open.length * 12,
  };
}

function get({ id }: Input) {
  const all = [...items, ...alsoNoticed, ...items.flatMap((item) => item.members as Input[])];
  const item = all.find((candidate) => candidate.id === id);
  if (!item)
    return Promise.reject({ code: "not_found", module: "decisions", message: "This decision is gone.", hint: "" });
  return { ...item, ...details, state: states.get(String(id)) ?? "proposed" };
}

function series({ series: name }: Input) {
  const last = 20782;
  const days = Array.from({ length: 60 }, (_, index) => last - 59 + index);
  const values = days.map((_, index) =>
    name === "sales.units"
      ? Math.round(11 + 4 * Math.sin(index / 2.2) + (index % 7 === 5 ? 3 : 0))
      : Math.round(860 - index * 11.2),
  );
  return {
    series: name,
    title: name === "sales.units" ? "Units sold a day" : "Stock on hand",
    unit: "units",
    currency: "",
    days,
    values,
    settling_from: name === "sales.units" ? last - 2 : 0,
  };
}

function job() {
  const done = Math.min(90, Math.floor((Date.now() - demoStarted.at) / 40));
  const finished = done >= 90;
  if (finished) current = { ...current, first_run: false, demo: true };
  return {
    id: "demo",
    kind: "demo",
    state: finished ? "done" : "running",
    stage: finished ? "Ready" : "Importing the demo shop's reports",
    done,
    total: 90,
    rate_text: "31,000 rows a second",
    eta_text: finished ? "" : "about 2 s left",
    message: "",
    files: [],
  };
}

const methods: Record<string, Record<string, (input: Input) => unknown>> = {
  app: {
    State: () => current,
    SetDisplay: (settings) => {
      current = { ...current, settings: settings as typeof current.settings };
      return settings;
    },
    StartDemo: () => {
      demoStarted.at = Date.now();
      return { job_id: "demo" };
    },
    LeaveDemo: () => ({}),
    ChooseFiles: () => ({ paths: ["/home/seller/Downloads/orders.txt"], unsupported: false }),
    OpenDataDir: () => ({ path: current.data_dir }),
    OpenLink: () => ({}),
    Strip: () => strip,
  },
  decisions: {
    Inbox: inbox,
    Get: get,
    Approve: ({ id }) => decide(id, "approved"),
    Reject: ({ id }) => decide(id, "rejected"),
    Snooze: ({ id }) => decide(id, "snoozed"),
    Edit: () => ({}),
    Undo: () => {
      const last = undo.pop();
      if (last) states.delete(last.id);
      setTimeout(() => emit("changed:decisions", null), 50);
      return { title: last?.title ?? "" };
    },
    LastUndoable: () => ({ title: undo.at(-1)?.title ?? "" }),
    RestockLines: () => ({
      lines: [
        {
          id: "l1",
          decision_id: "2",
          marketplace: "US",
          sku: "SKU-104",
          title: "Steel flask 750 ml",
          units: 480,
          state: "draft",
          unit_cost: { minor: 605, currency: "USD", text: "$6.05" },
          cost: { minor: 290400, currency: "USD", text: "$2,904" },
          created_at: "2026-11-25T07:31:00Z",
        },
      ],
    }),
    Tasks: () => ({
      tasks: [
        {
          id: "t1",
          decision_id: "3",
          title: "Re-evaluate SKU-087",
          link: "",
          created_at: "2026-11-24T07:31:00Z",
          steps: [
            { text: "Read the last 11 reviews", done: true },
            { text: "Check the lid of the last batch", done: false },
            { text: "Rewrite the third bullet of the listing", done: false },
          ],
        },
      ],
    }),
    CheckTask: () => ({}),
  },
  rules: { Policies: () => ({ policies }), SetThreshold: () => ({}), ResetThreshold: () => ({}) },
  modulehost: {
    Modules: () => ({ modules: current.modules }),
    Series: series,
    FactTable: () => ({ rows: [], columns: [], subject_kinds: [], total: 0 }),
  },
  ingest: { Job: job, Cancel: () => ({}), Freshness: () => ({ kinds: [] }) },
};

const slow = flags.has("slow") ? 4000 : 15;

window.go = Object.fromEntries(
  Object.entries(methods).map(([pkg, bound]) => [
    pkg,
    {
      API: Object.fromEntries(
        Object.entries(bound).map(([name, method]) => [
          name,
          async (input?: unknown) => {
            await new Promise((resolve) => setTimeout(resolve, pkg === "app" ? 5 : slow));
            if (flags.has("error") && pkg !== "app") {
              throw {
                code: "db_locked",
                module: pkg,
                message: "The file market.db is used by another program.",
                hint: "Close the other program, then try again.",
              };
            }
            return structuredClone(await method((input ?? {}) as Input));
          },
        ]),
      ),
    },
  ]),
);

window.runtime = {
  EventsOn: (topic, listener) => {
    const set = listeners.get(topic) ?? new Set();
    listeners.set(topic, set.add(listener));
    return () => set.delete(listener);
  },
};
