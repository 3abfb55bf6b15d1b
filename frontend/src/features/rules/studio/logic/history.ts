/** What can be taken back and done again; both newest last. */
export type History<State> = { past: State[]; future: State[]; key: string; at: number };

const most = 200;
/** Edits of one field in one go are one step. */
const togetherMs = 900;

export const noHistory = <State>(): History<State> => ({ past: [], future: [], key: "", at: 0 });

/** Remembers how things stood before an edit. */
export function remembered<State>(history: History<State>, before: State, key: string, at: number): History<State> {
  const same = key !== "" && key === history.key && at - history.at < togetherMs;
  const past = same ? history.past : [...history.past, before].slice(-most);
  return { past, future: [], key, at };
}

/** One step back; null when there is none. */
export function stepBack<State>(history: History<State>, now: State): { history: History<State>; state: State } | null {
  const state = history.past.at(-1);
  if (state === undefined) return null;
  return {
    state,
    history: { past: history.past.slice(0, -1), future: [...history.future, now], key: "", at: 0 },
  };
}

/** One step forward again; null when there is none. */
export function stepOn<State>(history: History<State>, now: State): { history: History<State>; state: State } | null {
  const state = history.future.at(-1);
  if (state === undefined) return null;
  return {
    state,
    history: { past: [...history.past, now], future: history.future.slice(0, -1), key: "", at: 0 },
  };
}
