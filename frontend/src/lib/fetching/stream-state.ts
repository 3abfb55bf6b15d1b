/** How a state is drawn: a shape of its own for each kind, and the colour that goes with it. */
export type Shape =
  | "done"
  | "moving"
  | "waiting"
  | "filling"
  | "late"
  | "paused"
  | "stopped"
  | "away"
  | "locked"
  | "failed";

export type Tone = "good" | "info" | "neutral" | "warning" | "critical";

export type StateLook = {
  word: string;
  shape: Shape;
  tone: Tone;
  /** It goes on without a person. */
  byItself: boolean;
};

const look = (word: string, shape: Shape, tone: Tone, byItself = true): StateLook => ({ word, shape, tone, byItself });

const streamLooks: Record<string, StateLook> = {
  fresh: look("fresh", "done", "good"),
  running: look("fetching", "moving", "info"),
  waiting: look("waiting for its turn", "waiting", "neutral"),
  filling: look("filling the past", "filling", "info"),
  late: look("late", "late", "warning"),
  stopped: look("stopped by you", "stopped", "warning", false),
  paused: look("paused", "paused", "neutral", false),
  clock: look("clock is wrong", "late", "critical", false),
  held: look("refused", "failed", "critical", false),
  throttled: look("waiting for quota", "waiting", "warning"),
  unavailable: look("no answer", "away", "warning"),
  offline: look("can't be reached", "away", "warning"),
  reconnect: look("stopped: connect again", "stopped", "critical", false),
  denied: look("not granted", "locked", "warning", false),
  not_offered: look("not offered", "locked", "neutral"),
  invalid: look("refused", "failed", "critical"),
  expired_page: look("begins anew", "moving", "info"),
  fatal: look("failed", "failed", "critical"),
};

const askLooks: Record<string, StateLook> = {
  running: look("fetching", "moving", "info"),
  open: look("waiting", "waiting", "neutral"),
  suspect: look("empty: asked again", "late", "warning"),
  held: look("refused", "failed", "critical", false),
  cancelled: look("stopped by you", "stopped", "warning", false),
  done: look("done", "done", "good"),
};

/** A state that is not known here is still told, by its name. */
const unknown = (state: string) => look(state.replaceAll("_", " "), "failed", "warning");

export const streamLook = (state: string): StateLook => streamLooks[state] ?? unknown(state);

export const askLook = (status: string): StateLook => askLooks[status] ?? unknown(status);
