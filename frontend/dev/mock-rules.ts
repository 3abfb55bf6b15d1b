import type { Backtest, Episode, Summary, Week } from "../src/features/rules/backtest/types";
import type { Change, Explanation, Result, Why } from "../src/features/rules/trace/types";
import { policies as plain } from "./mock-policies";

type Input = Record<string, unknown>;

const more = {
  topic: "inventory",
  off: false,
  own: false,
  changed: false,
  guard: false,
  stage: "propose",
  priority: 0,
  effects: [] as string[],
  held: 0,
  waiting: 0,
  excepted: 0,
};

const restock = { ...plain[0], ...more, changed: true, held: 1, waiting: 2, excepted: 3, effects: ["order.up"] };
const broken = { ...plain[1], ...more, topic: "account_health" };

const named = (name: string, title: string, rest: object) => ({
  ...restock,
  thresholds: [],
  ...more,
  version: 1,
  matches: 0,
  cant_tell: 0,
  unknown: [],
  name,
  title,
  ...rest,
});

let policies = [
  restock,
  broken,
  named("wasted_terms", "Search terms that spend and never sell", {
    topic: "advertising",
    subject: "search_term",
    matches: 14,
    cant_tell: 6,
    effects: ["bids.down"],
  }),
  named("acos_high", "ACoS above the margin for two weeks", {
    topic: "advertising",
    subject: "campaign",
    matches: 3,
    held: 2,
    effects: ["budget.down"],
  }),
  named("my_slow", "Slow sellers before the Christmas rush", {
    topic: "inventory",
    own: true,
    changed: true,
    version: 6,
  }),
  named("price_drop", "Price fell below the break-even", {
    topic: "pricing",
    health: "err",
    last_error: "case drop, when, line 18: pricing.lowest is of another type than money",
  }),
  named("aged_stock", "Stock ages past 180 days", { topic: "inventory", off: true }),
  named("growth_gate", "No growth while stock is short", {
    topic: "inventory",
    guard: true,
    stage: "guard",
    effects: ["bids.up", "budget.up", "launch.up"],
    matches: 4,
  }),
  named("health_gate", "No launches while the account is at risk", {
    topic: "account_health",
    subject: "account",
    guard: true,
    stage: "guard",
    effects: ["launch.up"],
  }),
];

function monday(weeksAgo: number): string {
  return new Date(Date.UTC(2026, 10, 23) - weeksAgo * 7 * 86_400_000).toISOString().slice(0, 10);
}

function summary(episodes: number, weeks: number): Summary {
  return {
    episodes,
    subjects: Math.ceil(episodes / 2),
    per_week: episodes / weeks,
    seconds_per_week: (episodes / weeks) * 12,
    cleared: Math.round(episodes * 0.4),
    running: Math.min(2, episodes),
    acted: Math.round(episodes * 0.71),
    dismissed: 1,
    median_days: 4.5,
    pointed_at: ["€1,204.00", "$310.40"],
    busiest: 3,
    held: 1,
  };
}

function episode(index: number): Episode {
  const from = monday(index);
  return {
    subject: `DE/SKU-${String(104 + index * 7)}`,
    label: `SKU-${104 + index * 7} Steel flask 750 ml`,
    case: "low",
    title: `SKU-${104 + index * 7} sells out ${9 - (index % 4)} days before stock can land`,
    from,
    to: monday(Math.max(0, index - 1)),
    days: 3 + (index % 5),
    at_stake: index % 4 === 3 ? "" : `€${12 + index * 3}.40 a day`,
    running: index < 2,
    did: index % 3 === 0 ? "approved: Restock 480 units" : "",
    unsettled: index === 0,
    before: index % 2 === 0,
    held: index === 3 ? 2 : 0,
    held_by: index === 3 ? ["No growth while stock is short"] : [],
  };
}

function backtest({ policy, against, yaml, days }: Input): Backtest {
  const weeks: Week[] = Array.from({ length: Math.ceil(Number(days) / 7) }, (_, index, all = []) => ({
    from: monday(Math.ceil(Number(days) / 7) - 1 - index),
    episodes: policy === "aged_stock" ? 0 : (index * 7 + 3) % 5,
    before: (index * 3 + 1) % 4,
    unsettled: index >= Math.ceil(Number(days) / 7) - 2 && all !== undefined,
  }));
  const episodes = weeks.reduce((sum, week) => sum + week.episodes, 0);
  const compared = Number(against) > 0 || yaml !== "";
  return {
    from: monday(weeks.length - 1),
    to: "2026-11-24",
    days: Number(days),
    skipped: Number(days) === 365 ? 118 : 0,
    unsettled: 9,
    weeks,
    summary: summary(episodes, weeks.length),
    before: compared ? summary(18, weeks.length) : null,
    only: 4,
    only_before: 2,
    both: 21,
    episodes: Array.from({ length: Math.min(episodes, 12) }, (_, index) => episode(index)),
    overlaps: [
      { policy: "aged_stock", title: "Stock ages past 180 days", share: 0.8 },
      { policy: "my_slow", title: "Slow sellers before the Christmas rush", share: 0.12 },
    ],
    problems: [],
    took_ms: 420,
  };
}

const line = (expression: string, text: string, result: Result, depth: number, rest: Partial<Why> = {}): Why => ({
  case: "",
  clause: "",
  expression,
  text,
  value: "",
  unit: "",
  source: "",
  as_of: "",
  maturity: "",
  result,
  depth,
  note: "",
  ...rest,
});

const figure = (name: string, text: string, value: string, unit: string, depth: number, rest: Partial<Why> = {}) =>
  line(name, text, value === "" ? "unknown" : "true", depth, {
    value,
    unit,
    source: name.startsWith("threshold") ? "" : name.startsWith("sales") ? "All orders" : "FBA inventory",
    as_of: name.startsWith("threshold") ? "" : "2026-11-24",
    maturity: value === "" ? "missing" : name.startsWith("threshold") ? "" : "fresh",
    ...rest,
  });

function explanation(policy: string, title: string, input: Input): Explanation {
  const outcome = policy === "restock" ? "decided" : policy === "acos_high" ? "cant_tell" : "continue";
  return {
    policy,
    title,
    version: 4,
    subject_kind: "sku",
    subject: String(input.subject),
    label: `${String(input.subject).split("/").at(-1)} Steel flask 750 ml`,
    as_of: String(input.as_of || "2026-11-24"),
    outcome,
    waiting: [],
    guard: false,
    effects: [],
    case: outcome === "decided" ? "low" : "",
    summary:
      outcome === "decided"
        ? "SKU-104 sells out 9 days before stock can land"
        : outcome === "cant_tell"
          ? "can't tell: reviews missing"
          : "no case is met",
    scope: {
      case: "scope",
      when: "sales.units_28d > 0",
      needed: false,
      result: "true",
      note: "",
      why: [
        line("sales.units_28d > 0", "Units sold in 28 days 312 is above 0", "true", 0),
        figure("sales.units_28d", "Units sold in 28 days", "312", "units", 1),
      ],
    },
    cases: [
      {
        case: "content",
        when: "decline && reviews_negative",
        needed: false,
        result: "unknown",
        note: "can't tell: reviews missing",
        why: [
          line("sales.change_28d < threshold.decline", "Sales change −31.0 % is below −20.0 %", "true", 0, {
            clause: "decline",
          }),
          figure("sales.change_28d", "Change of 28 days", "−31.0", "%", 1, { maturity: "settling" }),
          figure("threshold.decline", "Decline", "−20.0", "%", 1),
          line("reviews.negative_share > 0.2", "Reviews are negative: can't tell, reviews missing", "unknown", 0, {
            clause: "reviews_negative",
            note: "reviews missing",
          }),
          figure("reviews.negative_share", "Share of negative reviews", "", "", 1, { note: "reviews missing" }),
        ],
      },
      {
        case: "low",
        when: "low && settled",
        needed: true,
        result: outcome === "decided" ? "true" : "false",
        note: "",
        why: [
          line(
            "inventory.cover_days < inventory.lead_time_days + threshold.safety_days",
            "Cover 19.0 days is below lead time 28 + 7",
            outcome === "decided" ? "true" : "false",
            0,
            { clause: "low" },
          ),
          figure("inventory.cover_days", "Days of cover", "19.0", "days", 1),
          line("inventory.lead_time_days + threshold.safety_days", "", "true", 1, { value: "35.0" }),
          figure("inventory.lead_time_days", "Lead time", "28", "days", 2, { maturity: "estimated" }),
          figure("threshold.safety_days", "Safety days", "7", "days", 2),
          line("sales.settled || inventory.on_hand > 10", "Stock or sales are certain", "true", 0, {
            clause: "settled",
          }),
          line("sales.settled", "Sales are settled", "false", 1, {
            value: "false",
            source: "All orders",
            as_of: "2026-11-24",
          }),
          line("inventory.on_hand > 10", "On hand 212 is above 10", "true", 1),
          figure("inventory.on_hand", "On hand", "212", "units", 2),
        ],
      },
      { case: "overstock", when: "inventory.cover_days > 180", needed: false, result: "not_needed", note: "", why: [] },
    ],
    passed_over: ["reviews missing"],
    sentence: "Stock lasts 19 days at 11.1 units a day, and new stock takes 28; €312.40 a day is at stake.",
    do: "Order 480 units. That covers 45 days.",
    held_by:
      policy === "restock"
        ? [
            {
              policy: "growth_gate",
              title: "No growth while stock is short",
              why: "cash on hand is below 2 weeks of spend",
            },
          ]
        : [],
  };
}

const change = (day: string, outcome: string, changed: string, summary: string): Change => ({
  policy: "restock",
  policy_title: "Runs out before restock",
  version: 4,
  subject: "DE/SKU-104",
  label: "SKU-104 Steel flask 750 ml",
  day,
  time: `${day}T06:11:00Z`,
  outcome,
  case: outcome === "decided" ? "low" : "",
  summary,
  changed,
  why: [],
});

/** rules.API of the list, backtests and traces. */
export function mockRules() {
  const all = () => ({ as_of: "2026-11-24", policies });
  return {
    Policies: all,
    Switch: ({ policy, on }: Input) => {
      policies = policies.map((one) => (one.name === policy ? { ...one, off: on !== true } : one));
      return all();
    },
    Remove: ({ policy }: Input) => {
      policies = policies.filter((one) => one.name !== policy);
      return all();
    },
    Text: ({ policy }: Input) => ({
      yaml: `name: ${policy}\ntitle: A rule\nsubject: sku\n`,
      name: "purser-rules-2026-11-25.yaml",
    }),
    Import: ({ yaml }: Input) =>
      String(yaml).includes("subject:")
        ? { kept: [{ name: "new", title: "A rule", subject: "sku", cases: [] }], problems: [] }
        : {
            kept: [],
            problems: [
              {
                where: "case low",
                field: "when",
                line: 12,
                column: 9,
                from: 0,
                to: 4,
                message: "stock.cover is not a fact of a SKU",
              },
            ],
          },
    Versions: ({ policy }: Input) => ({
      policy,
      versions: [
        { version: 4, at: "2026-11-20T08:00:00Z", note: "safety days 10", yaml: "", current: true, shipped: false },
        { version: 3, at: "", note: "", yaml: "", current: false, shipped: true },
      ],
    }),
    Backtest: backtest,
    Traces: () => ({
      traces: [
        change(
          "2026-11-19",
          "decided",
          "from cannot tell to decided low",
          "SKU-104 sells out 9 days before stock can land",
        ),
        change("2026-11-12", "cant_tell", "from continue to cannot tell", "can't tell: reviews missing"),
        change("2026-10-02", "continue", "", "Continue the current strategy"),
      ],
    }),
    Explain: (input: Input) => ({
      explanations: policies
        .filter(
          (one) => one.health === "ok" && one.subject === "sku" && (input.policy === "" || one.name === input.policy),
        )
        .map((one) => explanation(String(one.name), String(one.title), input)),
    }),
  };
}
