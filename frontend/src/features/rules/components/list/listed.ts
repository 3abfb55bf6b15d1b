import type { Policy } from "../../api/types";

/** A policy as the list shows it. */
export type Listed = Policy;

export const listTabs = ["mine", "templates", "guards", "traces"] as const;
export type ListTab = (typeof listTabs)[number];

export const tabTitles: Record<ListTab, string> = {
  mine: "Mine",
  templates: "Templates",
  guards: "Guards",
  traces: "Traces",
};

/** Mine are those that are on, and what the seller wrote; templates all that come with Purser; guards hold others back. */
export function inTab(tab: ListTab, policy: Listed): boolean {
  switch (tab) {
    case "mine":
      return !policy.guard && (!policy.off || policy.own);
    case "templates":
      return !policy.own;
    case "guards":
      return policy.guard;
    case "traces":
      return false;
  }
}

/** Whether a policy has all the words, in its title, name, topic or description. */
export function matches(policy: Listed, words: string, topic: string): boolean {
  if (topic !== "" && policy.topic !== topic) return false;
  const text = `${policy.title} ${policy.name} ${policy.topic} ${policy.description}`.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

export type State = "works" | "off" | "fault" | "module";

/** Whether a policy works, is off, has a fault, or reads facts of a module that is not there. */
export function stateOf(policy: Listed): State {
  if (policy.health === "err") return /not declared by any module/.test(policy.last_error) ? "module" : "fault";
  return policy.off ? "off" : "works";
}

export function ownerOf({ own, changed }: Listed): "yours" | "changed" | "built in" {
  if (own) return "yours";
  return changed ? "changed" : "built in";
}

/** Those that do not run first, then by topic and title. */
export function ordered(policies: readonly Listed[]): Listed[] {
  const broken = (policy: Listed) => Number(policy.health === "err");
  return [...policies].sort(
    (a, b) =>
      broken(b) - broken(a) || topicTitle(a.topic).localeCompare(topicTitle(b.topic)) || a.title.localeCompare(b.title),
  );
}

/** The topics that there are, by name. */
export function topicsOf(policies: readonly Listed[]): string[] {
  const topics = new Set(policies.map((policy) => policy.topic).filter((topic) => topic !== ""));
  return [...topics].sort((a, b) => topicTitle(a).localeCompare(topicTitle(b)));
}

/** "account_health" as "Account health"; without a topic "Other". */
export function topicTitle(topic: string): string {
  if (topic === "") return "Other";
  const words = topic.replace(/[._]+/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A row of the table: a policy, or the heading of the policies of a topic. */
export type Row = { key: string; policy: Listed | null; topic: string; count: number };

const row = (policy: Listed): Row => ({ key: policy.name, policy, topic: policy.topic, count: 0 });

/** Policies as rows; grouped ones under a heading for each topic, without those of topics that are folded. */
export function rowsOf(policies: readonly Listed[], grouped: boolean, folded: ReadonlySet<string>): Row[] {
  if (!grouped) return policies.map(row);
  const byTopic = new Map<string, Listed[]>();
  for (const policy of policies) byTopic.set(policy.topic, [...(byTopic.get(policy.topic) ?? []), policy]);
  return [...byTopic]
    .sort(([a], [b]) => topicTitle(a).localeCompare(topicTitle(b)))
    .flatMap(([topic, members]) => [
      { key: `topic ${topic}`, policy: null, topic, count: members.length },
      ...(folded.has(topic) ? [] : members.map(row)),
    ]);
}

export const subjectWords: Record<string, string> = {
  account: "the account",
  marketplace: "each marketplace",
  sku: "each SKU",
  campaign: "each campaign",
  search_term: "each search term",
  health_metric: "each health metric",
};
