import type { DecisionItem, Trail } from "../api/types";

/** One thing that was decided: with the action it led to, or a decision that led to none. */
export type Entry = {
  key: string;
  /** When it was decided, RFC 3339. */
  at: string;
  title: string;
  policy: string;
  rule: string;
  /** Of the action; of a decision without one, of what it had proposed. */
  kind: string;
  kindTitle: string;
  who: string;
  /** What was at stake as it was judged last; null where that is not known. */
  stake: { minor: number; currency: string; per: string } | null;
} & ({ trail: Trail; item?: undefined } | { trail?: undefined; item: DecisionItem });

const kindWords: Record<string, string> = {
  "inventory.restock": "Restock",
  task: "Task",
  note: "Note",
  notify: "Notification",
  webhook: "Webhook",
  file: "File",
};

/** The entry of an action, with its decision where that is known. */
export function ofAction(trail: Trail, rules: Readonly<Record<string, string>>, decision?: DecisionItem): Entry {
  return {
    key: `a${trail.id}`,
    at: trail.approved_at,
    title: trail.title,
    policy: trail.policy,
    rule: rules[trail.policy] ?? trail.policy,
    kind: trail.kind,
    kindTitle: trail.kind_title,
    who: trail.who,
    stake: stakeOf(decision),
    trail,
  };
}

/** Who brings a decision to a state; of one that was approved its action tells. */
const whoDecides: Record<string, string> = { rejected: "person", snoozed: "person", expired: "purser" };

/** The entry of a decision that led to no action. */
export function ofDecision(item: DecisionItem): Entry {
  return {
    key: `d${item.id}`,
    at: item.state_at,
    title: item.title,
    policy: item.policy,
    rule: item.policy_title || item.policy,
    kind: item.action.kind,
    kindTitle: kindWords[item.action.kind] ?? item.action.kind,
    who: whoDecides[item.state] ?? "",
    stake: stakeOf(item),
    item,
  };
}

function stakeOf(item: DecisionItem | undefined): Entry["stake"] {
  if (!item?.at_stake) return null;
  return { minor: item.at_stake.minor, currency: item.at_stake.currency, per: item.at_stake_per };
}

/** Decisions that none of the actions belongs to. */
export function withoutAction(items: readonly DecisionItem[], trails: readonly Trail[]): DecisionItem[] {
  const acted = new Set(trails.map((trail) => trail.decision));
  return items.filter((item) => !acted.has(item.id));
}

/** Newest first; what was approved together stays in its order. */
export function newestFirst(entries: readonly Entry[]): Entry[] {
  const position = ({ trail }: Entry) => trail?.position ?? 0;
  const id = ({ trail }: Entry) => trail?.id ?? 0;
  return [...entries].sort(
    (a, b) => b.at.localeCompare(a.at) || position(a) - position(b) || id(b) - id(a) || a.key.localeCompare(b.key),
  );
}

/** Who decided, in words. */
export function whoText(who: string): string {
  if (who === "person") return "you";
  return who === "purser" ? "Purser, by itself" : who;
}
