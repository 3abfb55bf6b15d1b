/**
 * All of how a page is looked at stands in its address, so that Back, saved views and links bring it again.
 * What is absent is at its default, so addresses stay short.
 */
import { readFilters, readList, writeList } from "./address";
import type { TableInput, TableSpec, ViewInput } from "./types";

export const rangePresets = ["yesterday", "7d", "28d", "90d", "365d", "month", "last_month", "custom"] as const;
export type RangePreset = (typeof rangePresets)[number];

export const comparisons = ["weekdays", "previous", "year", "none"] as const;
export type Comparison = (typeof comparisons)[number];

/** Which charts are shown: absent, the first row; all; or none, to give the table the room. */
export type ChartsShown = "all" | "none";

export type DashboardSearch = {
  /** Absent: 28 days. */
  range?: RangePreset;
  /** Days of a custom range, both included. */
  from?: string;
  to?: string;
  /** Absent: the same weekdays before. */
  compare?: Comparison;
  /** Comma separated codes; absent: all of the account. */
  marketplaces?: string;
  tag?: string;
  group?: string;
  currency?: string;
  /** Absent: the page's first. */
  table?: string;
  preset?: string;
  /** Comma separated; absent: the preset's or the table's. */
  cols?: string;
  sort?: string;
  desc?: boolean;
  /** Written by writeFilters. */
  filters?: string;
  q?: string;
  groupby?: string;
  /** Comma separated keys of groups that are folded. */
  collapsed?: string;
  /** Subject whose details are open; of lists the key of the row. */
  sel?: string;
  charts?: ChartsShown;
};

/** Checks what an address says; nonsense in it is left out and the page still opens. */
export function dashboardSearch(raw: Record<string, unknown>): DashboardSearch {
  const from = day(raw.from);
  const to = day(raw.to);
  const custom = from !== undefined && to !== undefined && from <= to;
  const range = oneOf(raw.range, rangePresets);
  return dropAbsent({
    range: range === "28d" || (range === "custom" && !custom) ? undefined : range,
    from: range === "custom" && custom ? from : undefined,
    to: range === "custom" && custom ? to : undefined,
    compare: without(oneOf(raw.compare, comparisons), "weekdays"),
    marketplaces: text(raw.marketplaces),
    tag: text(raw.tag),
    group: text(raw.group),
    currency: text(raw.currency),
    table: text(raw.table),
    preset: text(raw.preset),
    cols: text(raw.cols),
    sort: text(raw.sort),
    desc: raw.desc === true || (raw.desc === false && text(raw.sort) !== undefined) ? raw.desc : undefined,
    filters: text(raw.filters),
    q: text(raw.q),
    groupby: text(raw.groupby),
    collapsed: text(raw.collapsed),
    sel: text(raw.sel),
    charts: oneOf(raw.charts, ["all", "none"] as const),
  });
}

/** A change of the view that also drops what would no longer fit. */
export function changeSearch(before: DashboardSearch, change: DashboardSearch): DashboardSearch {
  const after = { ...before, ...change };
  if ("table" in change && change.table !== before.table) Object.assign(after, ofTable, change);
  else if ("preset" in change && change.preset !== before.preset) Object.assign(after, ofPreset, change);
  if ("groupby" in change && change.groupby !== before.groupby) after.collapsed = undefined;
  return dashboardSearch(after);
}

/** What belongs to one table: another has other columns, filters and rows. */
const ofTable: DashboardSearch = {
  preset: undefined,
  cols: undefined,
  sort: undefined,
  desc: undefined,
  filters: undefined,
  q: undefined,
  groupby: undefined,
  collapsed: undefined,
  sel: undefined,
};

/** A preset brings its own columns and order. */
const ofPreset: DashboardSearch = { cols: undefined, sort: undefined, desc: undefined };

/** Scope and range as Go takes them. */
export function viewOf(search: DashboardSearch): ViewInput {
  return {
    scope: {
      marketplaces: readList(search.marketplaces),
      tag: search.tag ?? "",
      group: search.group ?? "",
      currency: search.currency ?? "",
    },
    range: {
      preset: search.range ?? "",
      from: search.from ?? "",
      to: search.to ?? "",
      compare: search.compare ?? "",
    },
  };
}

/** Scope and range of a view as an address carries them: the other way round than viewOf. */
export function searchOf({ scope, range }: ViewInput): DashboardSearch {
  return dashboardSearch({
    range: range.preset,
    from: range.from,
    to: range.to,
    compare: range.compare,
    marketplaces: writeList(scope.marketplaces),
    tag: scope.tag,
    group: scope.group,
    currency: scope.currency,
  });
}

/** Only what a view is: to hand scope and range on to another page. */
export function scopeAndRange(search: DashboardSearch): DashboardSearch {
  const { range, from, to, compare, marketplaces, tag, group, currency } = search;
  return dropAbsent({ range, from, to, compare, marketplaces, tag, group, currency });
}

/** What to read of a table; windows are cut out of it by `offset` and `limit`. */
export function tableInputOf(page: string, spec: TableSpec, search: DashboardSearch): TableInput {
  return {
    page,
    table: spec.name,
    view: viewOf(search),
    preset: spec.presets.some((preset) => preset.name === search.preset) ? (search.preset ?? "") : "",
    columns: readList(search.cols),
    sort: search.sort ?? "",
    desc: search.desc ?? false,
    filters: readFilters(search.filters),
    query: search.q ?? "",
    group: spec.groups.some((group) => group.name === search.groupby) ? (search.groupby ?? "") : "",
    collapsed: readList(search.collapsed),
    subject: "",
    offset: 0,
    limit: 0,
  };
}

function text(value: unknown): string | undefined {
  // A search for "104" comes back from the address as a number.
  const found = typeof value === "number" || typeof value === "boolean" ? String(value) : value;
  return typeof found === "string" && found !== "" ? found : undefined;
}

function day(value: unknown): string | undefined {
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return undefined;
  const at = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value) ? value : undefined;
}

function oneOf<Word extends string>(value: unknown, words: readonly Word[]): Word | undefined {
  return words.find((word) => word === value);
}

function without<Word extends string>(value: Word | undefined, normal: Word): Word | undefined {
  return value === normal ? undefined : value;
}

function dropAbsent(search: DashboardSearch): DashboardSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
}
