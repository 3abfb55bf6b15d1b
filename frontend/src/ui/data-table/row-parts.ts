/** A drawn row, or a gap that stands for rows out of sight. */
export type Part = { kind: "row"; index: number } | { kind: "gap"; key: string; rows: number };

/**
 * The rows from `first` to `last` of `count`, with gaps for the others. The row with the cursor is drawn wherever it
 * is, so that the focus is not lost when it is scrolled away.
 */
export function rowParts(first: number, last: number, count: number, cursor: number): Part[] {
  if (count === 0) return [];
  const end = Math.min(last, count - 1);
  const shown: number[] = [];
  for (let index = first; index <= end; index++) shown.push(index);
  if (cursor >= 0 && cursor < first) shown.unshift(cursor);
  if (cursor > end && cursor < count) shown.push(cursor);
  const parts: Part[] = [];
  let next = 0;
  for (const index of shown) {
    if (index > next) parts.push({ kind: "gap", key: `before ${parts.length}`, rows: index - next });
    parts.push({ kind: "row", index });
    next = index + 1;
  }
  if (next < count) parts.push({ kind: "gap", key: "end", rows: count - next });
  return parts;
}
