import type { BacktestDays } from "../backtest/types";
import { type ListTab, listTabs } from "../components/list/listed";

/** What the list of rules shows; absent is the default: the tab of one's own, nothing filtered. */
export type RulesSearch = { policy?: string; tab?: ListTab; q?: string; topic?: string };

/** The address of the list; nonsense in it is left out. */
export function rulesSearch(raw: Record<string, unknown>): RulesSearch {
  const tab = listTabs.find((one) => one === raw.tab);
  return {
    policy: text(raw.policy),
    tab: tab === "mine" ? undefined : tab,
    q: text(raw.q),
    topic: text(raw.topic),
  };
}

/** Whose past is judged, over how many days, and the version it is held against. */
export type BacktestSearch = { policy?: string; days?: BacktestDays; against?: number };

/** The address of a backtest; 90 days unless it says otherwise. */
export function backtestSearch(raw: Record<string, unknown>): BacktestSearch {
  const days = ([30, 365] as const).find((one) => one === raw.days);
  const against = typeof raw.against === "number" && Number.isInteger(raw.against) && raw.against > 0;
  return { policy: text(raw.policy), days, against: against ? (raw.against as number) : undefined };
}

function text(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}
