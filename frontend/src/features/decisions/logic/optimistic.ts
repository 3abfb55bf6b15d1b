import type { Inbox, RejectReason, SnoozeUntil, Tab } from "../api/types";

/** What is told to the program, and what is said to the person. */
export type Act = { said: string } & (
  | { method: "Approve"; input: { units: number } }
  | { method: "Reject"; input: { reason: RejectReason; note: string } }
  | { method: "Snooze"; input: { until: SnoozeUntil; date: string } }
  | { method: "Delegate"; input: { owner: string; due: string } }
);

/** The list as it will be once the decisions are taken. */
export function withoutDecided(inbox: Inbox, tab: Tab, ids: readonly string[]): Inbox {
  const gone = new Set(ids);
  const items = inbox.items
    .map((item) => ({ ...item, members: item.members.filter((member) => !gone.has(member.id)) }))
    .filter((item, index) => {
      if (gone.has(item.id)) return false;
      const hadMembers = (inbox.items[index]?.members.length ?? 0) > 0;
      return !hadMembers || item.members.length > 0;
    });
  const left = inbox.items.length - items.length;
  return {
    ...inbox,
    items,
    also_noticed: inbox.also_noticed.filter((item) => !gone.has(item.id)),
    tabs: inbox.tabs.map((one) => (one.name === tab ? { ...one, count: Math.max(0, one.count - left) } : one)),
  };
}

export function approveAct(units: number, what: string): Act {
  return { method: "Approve", input: { units }, said: `Approved: ${what}. Z takes it back.` };
}

export const snoozeChoices: readonly { until: SnoozeUntil; label: string; said: string }[] = [
  { until: "tomorrow", label: "Until tomorrow", said: "Snoozed until tomorrow" },
  { until: "monday", label: "Until Monday", said: "Snoozed until Monday" },
  { until: "settled", label: "Until the data settles", said: "Snoozed until the data settles" },
  { until: "worse", label: "Until it gets worse", said: "Snoozed until it gets worse" },
  { until: "date", label: "Until a date…", said: "Snoozed" },
];

export function snoozeAct(until: SnoozeUntil, date: string, what: string): Act {
  const choice = snoozeChoices.find((one) => one.until === until);
  const said = until === "date" ? `Snoozed until ${date}` : (choice?.said ?? "Snoozed");
  return { method: "Snooze", input: { until, date }, said: `${said}: ${what}. Z takes it back.` };
}

export const rejectChoices: readonly { reason: RejectReason; label: string; said: string }[] = [
  { reason: "wrong", label: "It is wrong", said: "Dismissed as wrong" },
  { reason: "known", label: "I know already", said: "Dismissed as known" },
  { reason: "not_worth_it", label: "Not worth it", said: "Dismissed as not worth it" },
  { reason: "too_late", label: "Too late", said: "Dismissed as too late" },
];

export function rejectAct(reason: RejectReason, what: string): Act {
  const choice = rejectChoices.find((one) => one.reason === reason);
  return {
    method: "Reject",
    input: { reason, note: "" },
    said: `${choice?.said ?? "Dismissed"}: ${what}. Z takes it back.`,
  };
}

export function delegateAct(owner: string, due: string, what: string): Act {
  const until = due === "" ? "" : `, due ${due}`;
  return {
    method: "Delegate",
    input: { owner, due },
    said: `Handed over to ${owner}${until}: ${what}. Z takes it back.`,
  };
}
