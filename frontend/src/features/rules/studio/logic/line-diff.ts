import { diffLines } from "diff";

export type DiffLine = { id: string; change: "added" | "removed" | "same" | "skipped"; text: string };

/** Lines around a change that are shown to find one's way. */
const around = 2;

/** What changed between two texts, with a few lines around; the rest is counted. */
export function lineDiff(before: string, after: string): DiffLine[] {
  const parts = diffLines(ended(before), ended(after));
  const lines = parts.flatMap(({ value, added, removed }, index) => {
    const texts = value.replace(/\n$/, "").split("\n");
    if (added) return texts.map((text): Bare => ({ change: "added", text }));
    if (removed) return texts.map((text): Bare => ({ change: "removed", text }));
    return shortened(texts, index === 0, index === parts.length - 1);
  });
  return lines.map((line, index) => ({ ...line, id: `${index}${line.change}` }));
}

type Bare = Omit<DiffLine, "id">;

function shortened(texts: readonly string[], first: boolean, last: boolean): Bare[] {
  const head = first ? 0 : around;
  const tail = last ? 0 : around;
  const same = (text: string): Bare => ({ change: "same", text });
  const left = texts.length - head - tail;
  if (left <= 1) return texts.map(same);
  const words = left === 1 ? "1 line" : `${left} lines`;
  return [
    ...texts.slice(0, head).map(same),
    { change: "skipped", text: `${words} the same` },
    ...(tail === 0 ? [] : texts.slice(-tail).map(same)),
  ];
}

const ended = (text: string) => (text === "" || text.endsWith("\n") ? text : `${text}\n`);
