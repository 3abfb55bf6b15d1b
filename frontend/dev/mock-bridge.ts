/**
 * Stands in for the Go program while `vite dev` runs alone. ?first_run, ?empty, ?error and ?slow
 * in the address show those states; theme, density and so on are kept in memory.
 */

import { fakeStudio } from "../src/features/rules/studio/testdata/fake-studio";
import { mockDashboards } from "../src/lib/dashboards/testdata/answers";
import { mockRestoreMarks, mockSetMarks } from "../src/lib/dashboards/testdata/table";
import { mockCatalog } from "./mock-catalog";
import { alsoNoticed, details, items, state } from "./mock-data";
import { mockExplain, mockFacts } from "./mock-facts";
import { mockIngest } from "./mock-ingest";
import { policies } from "./mock-policies";
import { mockRates } from "./mock-rates";
import { mockOriginal } from "./mock-rows";
import { mockRules } from "./mock-rules";
import { mockStats } from "./mock-stats";

type Input = Record<string, unknown>;

const flags = new URLSearchParams(window.location.search);
let current = {
  ...state,
  first_run: flags.has("first_run"),
  demo: !flags.has("first_run"),
  demo_ready: !flags.has("first_run"),
};
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

function decide(ids: unknown, to: string) {
  const [id] = ids as string[];
  const item = items.find((candidate) => (candidate.ids as string[]).includes(id ?? ""));
  states.set(String(item?.id), to);
  undo.push({ id: String(item?.id), title: `${to}: ${item?.title}` });
  setTimeout(() => emit("changed:decisions", null), 50);
  return {};
}

/** No guard holds it back and no other policy wants the opposite. */
const unopposed = { held_by: [], against: [] };

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
    items: (byTab[String(tab)] ?? []).map((item) => ({
      ...unopposed,
      ...item,
      state: state_of(item.id),
      state_text: state_of(item.id) === "snoozed" ? "snoozed until 2 Dec" : "approved",
    })),
    also_noticed: tab === "needs" ? alsoNoticed.map((item) => ({ ...unopposed, ...item })) : [],
    order_formula: "Severity, then the day it is due, then money at stake a day, then age.",
    seconds_to_clear: open.length * 12,
  };
}

function get({ id }: Input) {
  const all = [...items, ...alsoNoticed, ...items.flatMap((item) => item.members as Input[])];
  const item = all.find((candidate) => candidate.id === id);
  if (!item)
    return Promise.reject({ code: "not_found", module: "decisions", message: "This decision is gone.", hint: "" });
  return {
    ...unopposed,
    ...item,
    why: details.why,
    history: details.history,
    restock_line: null,
    task: null,
    note: "",
  };
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
  if (finished) current = { ...current, first_run: false, demo: true, demo_ready: true };
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

type Methods = Record<string, (input: Input) => unknown>;

const reports = mockIngest() as unknown as Methods;

function setThreshold(policy: unknown, name: unknown, value: string | null) {
  const found = policies.find((p) => p.name === policy)?.thresholds.find((t) => t.name === name);
  if (found) Object.assign(found, { value: value ?? found.default, changed: value !== null });
  return {};
}

const studio = fakeStudio().methods;
const stats = mockStats(items, async () => {
  const told = (await studio.Exceptions?.({})) as { exceptions: { subject: string }[] } | undefined;
  return told?.exceptions ?? [];
});

const methods: Record<string, Methods> = {
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
    OpenExports: () => ({ path: "/home/seller/.local/share/purser/exports" }),
    SavePicture: ({ name }) => ({ name: `${name}.png`, path: `/home/seller/.local/share/purser/exports/${name}.png` }),
  },
  decisions: {
    Inbox: inbox,
    Get: get,
    Approve: ({ ids }) => decide(ids, "approved"),
    Reject: ({ ids, reason }) => {
      stats.dismiss(ids, reason);
      return decide(ids, "rejected");
    },
    Stats: stats.Stats,
    Snooze: ({ ids }) => decide(ids, "snoozed"),
    Edit: () => ({}),
    Undo: () => {
      const last = undo.pop();
      if (last) states.delete(last.id);
      setTimeout(() => emit("changed:decisions", null), 50);
      return { title: `Undone: ${last?.title ?? ""}` };
    },
    LastUndoable: () => ({ possible: undo.length > 0, title: undo.at(-1)?.title ?? "" }),
    RestockLines: () => ({
      lines: [
        {
          id: "l1",
          decision: "2",
          marketplace: "US",
          sku: "SKU-104",
          title: "Steel flask 750 ml",
          units: 480,
          state: "draft",
          label: "SKU-104 Steel flask 750 ml",
          unit_cost: { minor: 605, currency: "USD", text: "$6.05" },
          total: { minor: 290400, currency: "USD", text: "$2,904.00" },
          created_at: "2026-11-25T07:31:00Z",
        },
      ],
      totals: [{ minor: 290400, currency: "USD", text: "$2,904.00" }],
      without_cost: 0,
    }),
    Tasks: () => ({
      tasks: [
        {
          id: "t1",
          decision: "3",
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
  rules: {
    ...(mockRules() as unknown as Methods),
    ...(studio as unknown as Methods),
    SetThreshold: ({ policy, name, value }) => setThreshold(policy, name, String(value)),
    ResetThreshold: ({ policy, name }) => setThreshold(policy, name, null),
    // The page of a module asks for all policies, the trace page for some.
    Explain: (input) =>
      window.location.hash.startsWith("#/rules")
        ? (mockRules() as unknown as Methods).Explain?.(input)
        : mockExplain(input as Parameters<typeof mockExplain>[0]),
  },
  dashboards: { ...mockDashboards(), ...mockRates() } as unknown as Methods,
  catalog: { ...mockCatalog(), SetMarks: mockSetMarks, RestoreMarks: mockRestoreMarks } as unknown as Methods,
  modulehost: {
    Modules: () => ({ modules: current.modules }),
    ...(mockFacts() as unknown as Methods),
    Series: (input) => (input.from ? (mockFacts() as unknown as Methods).Series?.(input) : series(input)),
    Retry: () => ({}),
  },
  ingest: {
    ...reports,
    Original: (input) => mockOriginal(input as { document: number; line: number }),
    Job: (input) => (input.id === "demo" ? job() : reports.Job?.(input)),
  },
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
