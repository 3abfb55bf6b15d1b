export const views = ["builder", "cel", "yaml"] as const;
/** How the draft is shown: fields, conditions as text, or the whole text. */
export type View = (typeof views)[number];

export const sideTabs = ["now", "backtest", "tests", "exceptions", "versions"] as const;
/** What stands beside the draft. */
export type SideTab = (typeof sideTabs)[number];

/** The view state of the studio in its address. */
export type StudioSearch = {
  /** The saved policy that is changed; "" where one is copied or begun. */
  policy: string;
  copy: string;
  /** Kind of subject of a policy that is begun: "sku". */
  new: string;
  view: View;
  tab: SideTab;
  /** Whose conditions are shown live; "": the program chooses. */
  subject: string;
};

export function studioSearch(raw: Record<string, unknown>): StudioSearch {
  return {
    policy: text(raw.policy),
    copy: text(raw.copy),
    new: text(raw.new),
    view: oneOf(views, raw.view),
    tab: oneOf(sideTabs, raw.tab),
    subject: text(raw.subject),
  };
}

/** Names what is written here, so that it is found again when a person comes back to it. */
export function draftKey({ policy, copy, new: kind }: StudioSearch): string {
  if (policy !== "") return `policy:${policy}`;
  return copy === "" ? `new:${kind === "" ? "sku" : kind}` : `copy:${copy}`;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function oneOf<Value extends string>(values: readonly [Value, ...Value[]], value: unknown): Value {
  return values.find((candidate) => candidate === value) ?? values[0];
}
