import { screen, waitFor, within } from "@test-utils";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { beforeEach, expect, test } from "vitest";
import type { PolicyStats, Repeat, Stats } from "@/lib/decision-stats";
import { openPage } from "@/lib/testdata/open-page";
import type { Policy } from "../../api/types";
import { RulesPage } from "../../pages/rules-page";

const policy = (name: string, rest: Partial<Policy> = {}): Policy => ({
  name,
  title: `Rule ${name}`,
  subject: "sku",
  version: 1,
  description: "",
  source: "",
  date: "",
  scope: "",
  otherwise: "",
  topic: "inventory",
  off: false,
  own: false,
  changed: false,
  guard: false,
  stage: "propose",
  priority: 0,
  effects: [],
  health: "ok",
  last_error: "",
  subjects: 12,
  matches: 0,
  cant_tell: 0,
  inhibited: 0,
  held: 0,
  waiting: 0,
  excepted: 0,
  unknown: [],
  clauses: [],
  cases: [],
  thresholds: [],
  ...rest,
});

const counts = (name: string, rest: Partial<PolicyStats>): PolicyStats => {
  const dealt = (rest.approved ?? 0) + (rest.dismissed ?? 0);
  return {
    policy: name,
    title: `Rule ${name}`,
    proposed: dealt,
    approved: 0,
    dismissed: 0,
    wrong: 0,
    known: 0,
    not_worth_it: 0,
    too_late: 0,
    snoozed: 0,
    cleared: 0,
    open: 0,
    dismissed_share: dealt === 0 ? null : (rest.dismissed ?? 0) / dealt,
    wasted: false,
    cases: [],
    ...rest,
  };
};

const repeat: Repeat = {
  decision: "d1",
  policy: "noisy",
  policy_title: "Rule noisy",
  case: "low",
  subject: "US/SKU-104",
  label: "SKU-104",
  times: 3,
  reason: "known",
};

let stats: Stats;
let told: { method: string; input: unknown }[];
let refuses: boolean;

beforeEach(() => {
  told = [];
  refuses = false;
  stats = {
    days: 90,
    since: "2026-08-29",
    policies: [
      counts("noisy", { approved: 2, dismissed: 7, known: 5, wrong: 2, wasted: true }),
      counts("useful", { approved: 6, dismissed: 1, wrong: 1 }),
      counts("new", { open: 3, proposed: 3 }),
    ],
    repeats: [repeat],
    limits: { wasted_dealt: 5, wasted_share: 0.6, repeat_times: 3, source: "Purser", date: "2026-11-26" },
  };
  let policies = [policy("noisy"), policy("useful"), policy("new")];
  const tell = (method: string, repeats: Repeat[]) => async (input?: unknown) => {
    if (refuses) throw { code: "not_found", module: "rules", message: "Rule noisy has no case low.", hint: "" };
    told.push({ method, input });
    stats = { ...stats, repeats };
    return { exceptions: [] };
  };
  window.go = {
    app: { API: { State: async () => ({ door: "desktop", settings: {}, modules: [], jobs: [] }) } },
    decisions: { API: { Stats: async () => structuredClone(stats) } },
    rules: {
      API: {
        Policies: async () => ({ as_of: "2026-11-24", policies }),
        AddException: tell("AddException", []),
        RemoveException: tell("RemoveException", [repeat]),
        Switch: async (input) => {
          told.push({ method: "Switch", input });
          policies = policies.map((one) => (one.name === "noisy" ? { ...one, off: true } : one));
          return { as_of: "", policies };
        },
      },
    },
  };
});

const open = (address = "/rules") =>
  openPage({ address, pages: { "/rules": RulesPage, "/rules/edit": () => <p>The studio</p> } });

const details = () => screen.findByRole("complementary", { name: "Rule details" });
const noViolations = async () => {
  const found = await axe.run(document.body, { rules: { region: { enabled: false } } });
  expect(found.violations.map((one) => one.id)).toEqual([]);
};

test("the list says of each rule how much was dismissed, and marks the one that wasted time", async () => {
  await open();
  await screen.findByRole("columnheader", { name: /Dismissed/ });
  const row = (name: string) => screen.getByRole("row", { name: new RegExp(`Rule ${name}`) });
  expect(row("noisy")).toHaveTextContent("wasted your time78 % of 9");
  expect(row("useful")).toHaveTextContent("14 % of 7");
  expect(row("useful")).not.toHaveTextContent("wasted");
  expect(row("new")).toHaveTextContent("—");
  await noViolations();
});

test("there is no such column before anything was decided", async () => {
  stats = { ...stats, policies: [counts("new", { open: 3, proposed: 3 })], repeats: [] };
  await open("/rules?policy=new");
  await details();
  await waitFor(() => expect(screen.getByRole("row", { name: /Rule new/ })).toBeVisible());
  expect(screen.queryByRole("columnheader", { name: /Dismissed/ })).toBeNull();
  expect(screen.queryByText("What you did with it")).toBeNull();
});

test("the details say it in a sentence, and lead to the studio and to the switch", async () => {
  const page = await open("/rules?policy=noisy");
  const panel = await details();
  expect(await within(panel).findByText(/You dismissed 7 of 9 in 90 days, mostly as known\./)).toBeVisible();
  await noViolations();
  await userEvent.click(within(panel).getByRole("button", { name: "Switch it off" }));
  await waitFor(() => expect(told).toEqual([{ method: "Switch", input: { policy: "noisy", on: false } }]));
  await userEvent.click(within(panel).getByRole("button", { name: "Edit this rule" }));
  await waitFor(() => expect(page.address()).toBe("/rules/edit?policy=noisy"));
});

test("a useful rule has the sentence alone", async () => {
  await open("/rules?policy=useful");
  const panel = await details();
  expect(await within(panel).findByText("You dismissed 1 of 7 in 90 days, as wrong.")).toBeVisible();
  expect(within(panel).queryByRole("button", { name: "Switch it off" })).toBeNull();
  expect(within(panel).queryByText(/out of this rule/)).toBeNull();
});

test("what is dismissed again and again is taken out and put back from the details, by keyboard", async () => {
  const page = await open("/rules?policy=noisy");
  const panel = await details();
  const take = await within(panel).findByRole("button", { name: "Take it out: SKU-104, Rule noisy" });
  expect(panel).toHaveTextContent("Third time: take SKU-104 out of this rule?");
  take.focus();
  await userEvent.keyboard("{Enter}");
  const undo = await within(panel).findByRole("button", { name: "Undo: SKU-104, Rule noisy" });
  const input = {
    policy: "noisy",
    case: "low",
    subject: "US/SKU-104",
    reason: "Dismissed 3 times as known",
    until: "",
  };
  expect(told).toEqual([{ method: "AddException", input }]);
  expect(panel).toHaveTextContent("SKU-104 is out of this rule.");
  expect(page.said).toContain("SKU-104 is out of this rule.");
  expect(undo).toHaveFocus();
  await noViolations();
  await userEvent.keyboard("{Enter}");
  expect(await within(panel).findByRole("button", { name: /^Take it out/ })).toBeVisible();
  expect(told[1]).toEqual({ method: "RemoveException", input });
  await waitFor(() => expect(panel).toHaveTextContent("Third time: take SKU-104 out of this rule?"));
});

test("a refusal is said where it was asked", async () => {
  await open("/rules?policy=noisy");
  const panel = await details();
  refuses = true;
  await userEvent.click(await within(panel).findByRole("button", { name: /^Take it out/ }));
  expect(await within(panel).findByRole("alert")).toHaveTextContent("Rule noisy has no case low.");
  expect(within(panel).getByRole("button", { name: /^Take it out/ })).toBeVisible();
});
