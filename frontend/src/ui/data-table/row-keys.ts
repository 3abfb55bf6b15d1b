const page = 10;

/** The index a key moves to among `count` rows, or null when the key does not move. */
export function moveTo(key: string, index: number, count: number): number | null {
  if (count === 0) return null;
  const steps: Record<string, number> = {
    ArrowDown: index + 1,
    ArrowUp: index < 0 ? 0 : index - 1,
    PageDown: index + page,
    PageUp: index - page,
    Home: 0,
    End: count - 1,
  };
  const next = steps[key];
  return next === undefined ? null : Math.min(count - 1, Math.max(0, next));
}
