/**
 * Stands in for the Go program while `vite dev` runs alone. ?first_run, ?empty, ?error and ?slow
 * in the address show those states, ?fetch= those of fetching (mock-jobs.ts), ?halted a kind of action that was stopped; theme, density and so on are kept in memory.
 */

import { fakeChecklists } from "../src/features/audits/testdata/checklists";
import { FakeProgram } from "../src/features/audits/testdata/program";
import { FakeRetention } from "../src/features/data/testdata/fake-retention";
import { fakeStudio } from "../src/features/rules/studio/testdata/fake-studio";
import { mockDashboards } from "../src/lib/dashboards/testdata/answers";
import { mockRestoreMarks, mockSetMarks } from "../src/lib/dashboards/testdata/table";
import { mockAccounts } from "./mock-accounts";
import { mockActions } from "./mock-actions";
import { mockCatalog } from "./mock-catalog";
import { alsoNoticed, details, items, state } from "./mock-data";
import { mockExplain, mockFacts } from "./mock-facts";
import { mockIngest } from "./mock-ingest";
import { mockJobs } from "./mock-jobs";
import { mockNotifications } from "./mock-notifications";
import { policies } from "./mock-policies";
import { mockRates } from "./mock-rates";
import { mockOriginal } from "./mock-rows";
import { mockRules } from "./mock-rules";
import { mockStats } from "./mock-stats";
import { mockWaiting } from "./mock-waiting";

type Input = Record<string, unknown>;

const flags = new URLSearchParams(window.location.search);
let current = {
  ...state,
  first_run: flags.has("first_run"),
  demo: !flags.has("first_run"),
  demo_ready: !flags.has("first_run"),
  offline:
    flags.get("fetch") === "offline"
      ? { whose: "Amazon", since: "2026-11-25T07:12:00Z", title: "Orders (live)", as_of: "2026-11-25T06:10:00Z" }
      : null,
};
const theme = flags.get("theme");
if (theme === "dark" || theme === "light") current.settings = { ...current.settings, theme };
const density = flags.get("density");
if (density === "comfortable" || density === "compact") current.settings = { ...current.settings, density };
const states = new Map<string, string>(flags.has("empty") ? items.map((item) => [String(item.id), "approved"]) : []);
const times = new Map<string, string>();
const undo: { ids: string[]; title: string }[] = [];
const listeners = new Map<string, Set<(payload: unknown) => void>>();
const demoStarted = { at: 0 };

function emit(topic: string, payload: unknown) {
  for (const listener of listeners.get(topic) ?? []) listener(payload);
}

function decide(ids: unknown, to: string) {
  const found = named(ids, items);
  for (const item of found) {
    states.set(String(item.id), to);
    times.set(String(item.id), new Date().toISOString());
  }
  const [first] = found;
  const title = found.length > 1 ? `${found.length} decisions` : first?.title;
  undo.push({ ids: found.map(({ id }) => String(id)), title: `${to}: ${title}` });
  setTimeout(() => emit("changed:decisions", null), 50);
  return { already: found.length === 0 };
}

/** The rows that ids are about, whether they name a row or one of its members. */
function named(ids: unknown, of: readonly Input[]): Input[] {
  const wanted = ids as string[];
  return of.filter((row) => [String(row.id), ...(row.ids as string[])].some((id) => wanted.includes(id)));
}

/** No guard holds it back and no other policy wants the opposite. */
const unopposed = { held_by: [], against: [] };

const stateTexts: Record<string, string> = {
  snoozed: "snoozed until 2 Dec",
  rejected: "dismissed: known",
  approved: "approved",
};

/** A row stands for itself, or for the members that are folded into it. */
function members(row: Input): Input[] {
  const folded = row.members as Input[];
  return folded.length > 0 ? folded : [row];
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
    items: (byTab[String(tab)] ?? []).map((item) => ({
      ...unopposed,
      ...item,
      state: state_of(item.id),
      state_text: stateTexts[state_of(item.id)] ?? item.state_text,
      state_at: times.get(String(item.id)) ?? item.state_at,
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
    actions: executor.of(id),
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

const executor = mockActions(
  flags.has("empty") ? [] : items,
  current.now,
  () => {
    emit("changed:actions", null);
    emit("changed:decisions", null);
  },
  flags.has("halted"),
);

const audits = new FakeProgram();
audits.lists = structuredClone(fakeChecklists);
if (flags.has("empty")) audits.months = { months: [] };

const live = mockAccounts(flags);

const exportsDir = "/home/seller/.local/share/purser/exports";
let webhook = { address: "", signed: false, problem: "", secret: "", demo: false };

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
    LeaveDemo: () => {
      current = { ...current, demo: false, demo_ready: false };
      return {};
    },
    ChooseFiles: () => ({ paths: ["/home/seller/Downloads/orders.txt"], unsupported: false }),
    OpenDataDir: () => ({ path: current.data_dir }),
    OpenLink: () => ({}),
    Practise: () => live.app().Practise?.(),
    OpenExports: () => ({ path: exportsDir }),
    SavePicture: ({ name }) => ({ name: `${name}.png`, path: `${exportsDir}/${name}.png` }),
    SaveSheet: ({ name }) => ({ name: `${name}.csv`, path: `${exportsDir}/${name}.csv` }),
    SaveText: ({ name }) => ({ name, path: `${exportsDir}/${name}` }),
    Webhook: () => webhook,
    SetWebhook: ({ address }) => {
      webhook = { ...webhook, address: String(address), signed: address !== "", secret: "" };
      return webhook;
    },
  },
  decisions: {
    Inbox: inbox,
    Get: get,
    Preview: ({ ids }) => executor.preview(named(ids, items).flatMap((row) => members(row))),
    Approve: ({ ids }) => {
      executor.approve(named(ids, items).flatMap((row) => members(row).map(({ id }) => String(id))));
      return decide(ids, "approved");
    },
    Delegate: ({ ids }) => decide(ids, "approved"),
    Verify: () => ({
      sound: true,
      rows: 1240,
      first: "2026-09-01T08:00:00Z",
      last: current.now,
      head: "1240:5f0c2a91",
      anchored: 1240,
      anchors: 310,
      notes: 0,
      anew: 0,
      faults: [],
    }),
    Reject: ({ ids, reason }) => {
      stats.dismiss(ids, reason);
      return decide(ids, "rejected");
    },
    Stats: stats.Stats,
    Snooze: ({ ids }) => decide(ids, "snoozed"),
    Edit: () => ({}),
    Undo: () => {
      const last = undo.pop();
      for (const id of last?.ids ?? []) states.delete(id);
      setTimeout(() => emit("changed:decisions", null), 50);
      return { title: `Undone: ${last?.title ?? ""}` };
    },
    LastUndoable: () => ({ possible: undo.length > 0, title: undo.at(-1)?.title ?? "", ids: undo.at(-1)?.ids ?? [] }),
    ...mockWaiting,
    CheckTask: () => ({}),
  },
  accounts: live.accounts(),
  actions: executor.methods as unknown as Methods,
  audits: audits.methods() as unknown as Methods,
  notifications: mockNotifications() as unknown as Methods,
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
  jobs: mockJobs(flags.has("empty") ? "none" : (flags.get("fetch") ?? ""), () =>
    emit("changed:jobs", null),
  ) as unknown as Methods,
  retention: new FakeRetention().methods() as unknown as Methods,
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
