import { screen, waitFor, within } from "@test-utils";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { beforeEach, expect, test } from "vitest";
import type { Repeat } from "@/lib/decision-stats";
import { openPage } from "@/lib/testdata/open-page";
import type { Decision } from "../../api/types";
import { decision } from "../../logic/decision-fixture";
import { Page } from "../../pages/today-page";

let told: { method: string; input: unknown }[];
/** How often each was dismissed before. */
let before: Record<string, number>;
let excepted: Set<string>;

const repeatOf = (id: string, times: number): Repeat => ({
  decision: id,
  policy: "restock",
  policy_title: "Runs out before restock",
  case: "low",
  subject: `US/${id}`,
  label: id,
  times,
  reason: "known",
});

/** The program as far as Today sees it: three dismissals make a repeat. */
function bridge(items: Decision[]) {
  const gone = new Set<string>();
  const left = () => items.filter((item) => item.ids.some((id) => !gone.has(id)));
  const except = (method: string, set: (subject: string) => void) => async (input?: unknown) => {
    told.push({ method, input });
    set((input as { subject: string }).subject);
    return { exceptions: [] };
  };
  return {
    decisions: {
      API: {
        Inbox: async () => ({
          as_of: "2026-11-24",
          tabs: [{ name: "needs", count: left().length }],
          items: left(),
          also_noticed: [],
          order_formula: "",
          seconds_to_clear: 0,
        }),
        Get: async (input?: unknown) => ({
          ...items.find((item) => item.id === (input as { id: string }).id),
          why: [],
          history: [],
          restock_line: null,
          task: null,
          note: "",
          actions: [],
        }),
        Reject: async (input?: unknown) => {
          for (const id of (input as { ids: string[] }).ids) {
            gone.add(id);
            before[id] = (before[id] ?? 0) + 1;
          }
          return {};
        },
        Stats: async () => ({
          days: 90,
          since: "2026-08-29",
          policies: [],
          repeats: Object.entries(before)
            .filter(([id, times]) => times >= 3 && !excepted.has(`US/${id}`))
            .map(([id, times]) => repeatOf(id, times)),
          limits: { wasted_dealt: 5, wasted_share: 0.6, repeat_times: 3, source: "", date: "" },
        }),
      },
    },
    dashboards: { API: { Checks: async () => ({ checks: [] }) } },
    rules: {
      API: {
        Policies: async () => ({ policies: [] }),
        AddException: except("AddException", (subject) => excepted.add(subject)),
        RemoveException: except("RemoveException", (subject) => excepted.delete(subject)),
      },
    },
  };
}

async function open(items: Decision[]) {
  window.go = bridge(items);
  const page = await openPage({ address: "/today", pages: { "/today": Page } });
  await screen.findByRole("list", { name: "Decisions" });
  return page;
}

async function dismissFirst() {
  await userEvent.keyboard("d");
  await screen.findByRole("menuitem", { name: /know already/ });
  await userEvent.keyboard("2");
}

const offer = () => screen.findByRole("region", { name: "Offer" });
const input = { policy: "restock", case: "low", subject: "US/A", reason: "Dismissed 3 times as known", until: "" };

beforeEach(() => {
  told = [];
  before = {};
  excepted = new Set();
});

test("the third dismissal offers, in the page, to take it out of the rule; O does it and can be undone", async () => {
  before = { A: 2 };
  const page = await open([decision("A"), decision("B")]);
  await dismissFirst();
  const region = await offer();
  expect(region).toHaveTextContent("Third time: take A out of this rule?");
  expect(region).toHaveTextContent("Runs out before restock, case low: dismissed 3 times as known");
  await waitFor(() =>
    expect(page.said.at(-1)).toBe("Third time: take A out of this rule? O takes it out, Z takes the dismissal back."),
  );
  const found = await axe.run(document.body, { rules: { region: { enabled: false } } });
  expect(found.violations.map((one) => one.id)).toEqual([]);
  await userEvent.keyboard("o");
  await waitFor(() => expect(told).toEqual([{ method: "AddException", input }]));
  const undo = await within(region).findByRole("button", { name: "Undo: A, Runs out before restock" });
  expect(region).toHaveTextContent("A is out of this rule.");
  await userEvent.click(undo);
  await waitFor(() => expect(told[1]).toEqual({ method: "RemoveException", input }));
  await waitFor(() => expect(region).toHaveTextContent("Third time: take A out of this rule?"));
});

test("nothing is offered after a first dismissal, nor for what was a repeat before", async () => {
  before = { C: 5 };
  await open([decision("A"), decision("B")]);
  await dismissFirst();
  await waitFor(() => expect(screen.queryByRole("button", { name: "A sells out" })).toBeNull());
  expect(screen.queryByRole("region", { name: "Offer" })).toBeNull();
  await userEvent.keyboard("o");
  expect(told).toEqual([]);
});

test("not now closes the offer and gives the list the focus", async () => {
  before = { A: 3 };
  await open([decision("A"), decision("B")]);
  await dismissFirst();
  const region = await offer();
  expect(region).toHaveTextContent("Fourth time: take A out of this rule?");
  await userEvent.click(within(region).getByRole("button", { name: "Not now: A, Runs out before restock" }));
  await waitFor(() => expect(screen.queryByRole("region", { name: "Offer" })).toBeNull());
  expect(screen.getByRole("button", { name: "B sells out" })).toHaveFocus();
  expect(told).toEqual([]);
});

test("of a group dismissed at once three are offered, and where the others are", async () => {
  const members = ["A", "B", "C", "D", "E"].map((id) => decision(id));
  before = { A: 2, B: 2, C: 11, D: 2, E: 2 };
  await open([decision("G", { title: "5 SKUs run out", members }), decision("Z")]);
  await dismissFirst();
  const region = await offer();
  expect(within(region).getAllByRole("listitem")).toHaveLength(3);
  expect(region).toHaveTextContent("12 times now: take C out of this rule?");
  expect(region).toHaveTextContent("2 more are offered under Rules");
});
