const page = 10;

/** What a key means in a table. */
export type Intent =
  | { do: "go"; to: number }
  /** Moves by one and ticks both rows. */
  | { do: "extend"; to: number }
  | { do: "open" | "tick" | "tick-all" | "untick-all" | "actions" | "collapse" | "expand" };

const simple: Record<string, Intent> = {
  enter: { do: "open" },
  space: { do: "tick" },
  x: { do: "tick" },
  "mod+a": { do: "tick-all" },
  escape: { do: "untick-all" },
  ".": { do: "actions" },
  arrowleft: { do: "collapse" },
  arrowright: { do: "expand" },
};

/** The meaning of a key with the cursor on `index` (-1: on no row) of `count` rows, or null when it has none. */
export function tableIntent(name: string, index: number, count: number): Intent | null {
  if (count === 0) return null;
  const clamp = (to: number) => Math.min(count - 1, Math.max(0, to));
  const steps: Record<string, number> = {
    arrowdown: index + 1,
    j: index + 1,
    arrowup: index < 0 ? 0 : index - 1,
    k: index < 0 ? 0 : index - 1,
    pagedown: index + page,
    pageup: index - page,
    home: 0,
    end: count - 1,
  };
  const to = steps[name];
  if (to !== undefined) return { do: "go", to: clamp(to) };
  const further = { "shift+j": 1, "shift+arrowdown": 1, "shift+k": -1, "shift+arrowup": -1 }[name];
  if (further !== undefined) return { do: "extend", to: clamp(Math.max(0, index) + further) };
  return simple[name] ?? null;
}
