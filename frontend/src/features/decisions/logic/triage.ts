import type { Decision } from "../api/types";

/** One line of the list: a decision, or a member of an unfolded group. */
export type Row = { item: Decision; parent: Decision | null };

export type Mode = "list" | "snooze" | "dismiss" | "date" | "edit" | "delegate";

/** What the person is doing on the list; which decisions there are comes from outside. */
export type Triage = {
  /** Id under the cursor, "" for none. */
  cursor: string;
  /** Where the cursor was, so that it can move on when its row leaves. */
  index: number;
  selected: readonly string[];
  unfolded: readonly string[];
  mode: Mode;
  trace: boolean;
};

export type TriageAction =
  | { type: "rows"; ids: readonly string[] }
  | { type: "move"; step: number; ids: readonly string[] }
  | { type: "go"; id: string; ids: readonly string[] }
  | { type: "visit"; id: string }
  | { type: "select" }
  | { type: "fold"; id: string }
  | { type: "mode"; mode: Mode }
  | { type: "trace" }
  | { type: "acted" };

export const startTriage: Triage = { cursor: "", index: 0, selected: [], unfolded: [], mode: "list", trace: false };

export function triage(state: Triage, action: TriageAction): Triage {
  switch (action.type) {
    case "rows":
      return withRows(state, action.ids);
    case "move":
      return moved(state, action.ids, state.cursor === "" ? 0 : place(state, action.ids) + action.step);
    case "go":
      return moved(state, action.ids, action.ids.indexOf(action.id));
    case "visit":
      return { ...state, cursor: action.id, mode: "list", trace: false };
    case "select":
      return state.cursor === "" ? state : { ...state, selected: toggled(state.selected, state.cursor) };
    case "fold":
      return { ...state, unfolded: toggled(state.unfolded, action.id) };
    case "mode":
      return { ...state, mode: action.mode };
    case "trace":
      return { ...state, trace: !state.trace };
    case "acted":
      return { ...state, mode: "list", selected: [], trace: false };
  }
}

/** Keeps the cursor on its decision; if that left, moves on to the one that took its place. */
function withRows(state: Triage, ids: readonly string[]): Triage {
  const selected = state.selected.every((id) => ids.includes(id))
    ? state.selected
    : state.selected.filter((id) => ids.includes(id));
  const at = ids.indexOf(state.cursor);
  const index = at >= 0 ? at : Math.min(state.index, Math.max(0, ids.length - 1));
  const cursor = ids[index] ?? "";
  const same = cursor === state.cursor && index === state.index && selected === state.selected;
  if (same) return state;
  return { ...state, selected, cursor, index, mode: cursor === state.cursor ? state.mode : "list" };
}

function place(state: Triage, ids: readonly string[]): number {
  const at = ids.indexOf(state.cursor);
  return at >= 0 ? at : state.index;
}

function moved(state: Triage, ids: readonly string[], to: number): Triage {
  if (ids.length === 0 || Number.isNaN(to)) return state;
  const index = Math.min(ids.length - 1, Math.max(0, to));
  const cursor = ids[index] ?? "";
  if (cursor === state.cursor) return { ...state, index };
  return { ...state, cursor, index, mode: "list", trace: false };
}

function toggled(ids: readonly string[], id: string): string[] {
  return ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id];
}

/** The lines on screen, in order: an unfolded group is followed by its members. */
export function rowsOf(items: readonly Decision[], unfolded: readonly string[]): Row[] {
  return items.flatMap((item) => [
    { item, parent: null },
    ...(unfolded.includes(item.id) ? item.members.map((member) => ({ item: member, parent: item })) : []),
  ]);
}

/** The rows a key acts on: what is ticked, else the row under the cursor. */
export function targets(rows: readonly Row[], state: Triage): Decision[] {
  const ticked = rows.filter(({ item }) => state.selected.includes(item.id));
  const acting = ticked.length > 0 ? ticked : rows.filter(({ item }) => item.id === state.cursor);
  return acting.map(({ item }) => item);
}

/** The decisions that rows stand for, each once: a group stands for its members. */
export function idsOf(items: readonly Decision[]): string[] {
  return [...new Set(items.flatMap((item) => item.ids))];
}

/** What decisions are called in a message: the one by its subject, several by how many they are. */
export function nameOf(items: readonly Decision[]): string {
  const [only] = items;
  const count = idsOf(items).length;
  if (count > 1 || !only) return `${count} decisions`;
  return only.label === "" ? only.title : only.label;
}
