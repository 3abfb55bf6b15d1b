/** The view state of a module page in its address; what is absent is at its default. */
export type ModuleSearch = {
  /** Subject kind; absent: the module's first. */
  kind?: string;
  /** Filter text. */
  q?: string;
  sort?: string;
  desc?: boolean;
  /** Chosen columns, comma separated; absent: the first eight. */
  cols?: string;
  /** Selected subject. */
  sel?: string;
  /** Daily series in the inspector; absent: the first one. */
  series?: string;
  /** Days of the series. */
  days?: number;
};

/** The lengths of a daily series a person may choose. */
export const SERIES_DAYS: readonly number[] = [28, 90, 365];

export function moduleSearch(raw: Record<string, unknown>): ModuleSearch {
  const text = (key: string) => {
    const value = raw[key];
    // A search for "104" comes back from the address as a number.
    const found = typeof value === "number" ? String(value) : value;
    return typeof found === "string" && found !== "" ? found : undefined;
  };
  const days = raw.days;
  return {
    kind: text("kind"),
    q: text("q"),
    sort: text("sort"),
    desc: raw.desc === true ? true : undefined,
    cols: text("cols"),
    sel: text("sel"),
    series: text("series"),
    days: typeof days === "number" && SERIES_DAYS.includes(days) ? days : undefined,
  };
}

/** A change of the view that also drops what would no longer fit: another kind of subject has other columns. */
export function changeSearch(before: ModuleSearch, change: ModuleSearch): ModuleSearch {
  const after = { ...before, ...change };
  if (!("kind" in change) || change.kind === before.kind) return after;
  return { kind: change.kind, days: before.days };
}
