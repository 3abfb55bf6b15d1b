type Input = Record<string, unknown>;

const none = {
  approved: 0,
  dismissed: 0,
  wrong: 0,
  known: 0,
  not_worth_it: 0,
  too_late: 0,
  snoozed: 0,
  cleared: 0,
  open: 0,
};

function counts(policy: string, title: string, rest: Partial<typeof none>, wasted = false) {
  const all = { ...none, ...rest };
  const dealt = all.approved + all.dismissed;
  return {
    ...all,
    proposed: dealt + all.snoozed + all.cleared + all.open,
    dismissed_share: dealt === 0 ? null : all.dismissed / dealt,
    policy,
    title,
    wasted,
    cases: [],
  };
}

const policies = [
  counts(
    "wasted_terms",
    "Search terms that spend and never sell",
    { approved: 2, dismissed: 7, known: 5, wrong: 2 },
    true,
  ),
  counts("restock", "Runs out before restock", { approved: 21, dismissed: 3, not_worth_it: 3, open: 4 }),
  counts("acos_high", "ACoS above the margin for two weeks", { open: 3 }),
];

const habit = {
  decision: "term",
  policy: "wasted_terms",
  policy_title: "Search terms that spend and never sell",
  case: "no_orders",
  subject: "US/steel bottle for kids with straw",
  label: "steel bottle for kids with straw",
  times: 4,
  reason: "known",
};

/** What became of proposals: what is dismissed here was dismissed twice before. */
export function mockStats(items: readonly Input[], exceptions: () => Promise<readonly { subject: string }[]>) {
  const dismissed = new Map<string, string>();
  const repeat = ({ id, policy, policy_title, case: name, subject, label }: Input) => ({
    decision: String(id),
    policy: String(policy),
    policy_title: String(policy_title),
    case: String(name),
    subject: String(subject),
    label: String(label),
    times: 3,
    reason: dismissed.get(String(id)) ?? "known",
  });
  return {
    dismiss: (ids: unknown, reason: unknown) => {
      for (const id of ids as string[]) dismissed.set(id, String(reason));
    },
    Stats: async ({ days }: Input) => {
      const out = new Set((await exceptions()).map(({ subject }) => subject));
      const again = items.filter((item) => dismissed.has(String(item.id))).map(repeat);
      return {
        days,
        since: "2026-08-29",
        policies,
        repeats: [habit, ...again].filter(({ subject }) => !out.has(subject)),
        limits: { wasted_dealt: 5, wasted_share: 0.6, repeat_times: 3, source: "Purser", date: "2026-11-26" },
      };
    },
  };
}
