import type { Condition, ConditionKind, ConditionModel, Node } from "../../api/studio-types";

/** Where a row stands below the root: the place in each group on the way. */
export type Path = readonly number[];

export const isGroup = (row: Condition): boolean => row.kind === "all" || row.kind === "any" || row.kind === "not";

export const group = (kind: ConditionKind, parts: Condition[]): Condition => ({
  kind,
  parts,
  left: "",
  op: "",
  right: "",
});

export const formula = (text: string): Condition => ({ kind: "formula", parts: [], left: text, op: "", right: "" });

/** A row that a person has yet to fill. */
export const emptyRow = (): Condition => ({ kind: "compare", parts: [], left: "", op: "<", right: "" });

/** The rows of a condition, always a group: what cannot be told in rows is one row with its text. */
export function rowsOf({ text, tree }: ConditionModel): Condition {
  if (tree === null) return group("all", text.trim() === "" ? [] : [formula(text)]);
  const opened = open(tree);
  return opened.kind === "all" || opened.kind === "any" ? opened : group("all", [opened]);
}

/** "not (a or b)" is shown as one group: none of a, b. */
function open(row: Condition): Condition {
  const parts = row.parts.map(open);
  const only = parts[0];
  if (row.kind === "not" && parts.length === 1 && only?.kind === "any") return { ...row, parts: only.parts };
  return { ...row, parts };
}

/** What is finished of the rows, as Go writes it: single groups fall away, "none of" is "not any". */
export function finished(row: Condition): Condition | null {
  if (!isGroup(row)) return isFinished(row) ? row : null;
  const parts = row.parts.map(finished).filter((part) => part !== null);
  const only = parts[0];
  if (only === undefined) return null;
  if (row.kind === "not") return group("not", [parts.length === 1 ? only : group("any", flat("any", parts))]);
  return parts.length === 1 ? only : group(row.kind, flat(row.kind, parts));
}

export function isFinished(row: Condition): boolean {
  if (row.kind === "compare") return row.left.trim() !== "" && row.op !== "" && row.right.trim() !== "";
  return row.left.trim() !== "";
}

const flat = (kind: ConditionKind, parts: Condition[]) =>
  parts.flatMap((part) => (part.kind === kind ? part.parts : [part]));

/** A condition to be written: unfinished rows stay in the window, a lone formula is text as it was typed. */
export function written(rows: Condition): ConditionModel {
  const tree = finished(rows);
  if (tree === null) return { text: "", tree: null };
  return tree.kind === "formula" ? { text: tree.left, tree: null } : { text: "", tree };
}

export const pathKey = (path: Path): string => path.join(".");

export function rowAt(root: Condition, path: Path): Condition | undefined {
  return path.reduce<Condition | undefined>((row, index) => row?.parts[index], root);
}

export function withRow(root: Condition, path: Path, change: (row: Condition) => Condition): Condition {
  const [first, ...rest] = path;
  if (first === undefined) return change(root);
  return { ...root, parts: root.parts.map((part, index) => (index === first ? withRow(part, rest, change) : part)) };
}

export function withInserted(root: Condition, path: Path, row: Condition): Condition {
  const index = path.at(-1) ?? 0;
  return withRow(root, path.slice(0, -1), (parent) => ({ ...parent, parts: parent.parts.toSpliced(index, 0, row) }));
}

export function withoutRow(root: Condition, path: Path): Condition {
  const index = path.at(-1);
  if (index === undefined) return group(root.kind, []);
  return withRow(root, path.slice(0, -1), (parent) => ({ ...parent, parts: parent.parts.toSpliced(index, 1) }));
}

/** Moves a row by one place: past its neighbour, into a neighbour that is a group, or out of its own group. */
export function withMoved(root: Condition, path: Path, by: -1 | 1): { root: Condition; path: Path } | null {
  const row = rowAt(root, path);
  const index = path.at(-1);
  if (!row || index === undefined) return null;
  const above = path.slice(0, -1);
  const neighbour = rowAt(root, [...above, index + by]);
  const out = above.at(-1);
  let to: Path;
  if (neighbour && isGroup(neighbour)) {
    const into = by < 0 ? index - 1 : index; // the row itself leaves its place first
    to = [...above, into, by < 0 ? neighbour.parts.length : 0];
  } else if (neighbour) {
    to = [...above, index + by];
  } else if (out !== undefined) {
    to = [...above.slice(0, -1), by < 0 ? out : out + 1];
  } else {
    return null;
  }
  return { root: withInserted(withoutRow(root, path), to, row), path: to };
}

/** How each row stands, by pathKey. Rows that are not finished have no part of the answer. */
export function standings(rows: Condition, answer: Node | null | undefined): Map<string, Node> {
  const found = new Map<string, Node>();
  if (answer) spread(rows, [], answer, found);
  return found;
}

function spread(row: Condition, path: Path, node: Node, found: Map<string, Node>) {
  found.set(pathKey(path), node);
  if (!isGroup(row)) return;
  const kids = row.parts.flatMap((part, index) => {
    const told = finished(part);
    return told ? [{ part, told, path: [...path, index] }] : [];
  });
  const inner = row.kind === "not" ? node.parts[0] : node;
  const only = kids[0];
  if (!inner || !only) return;
  if (kids.length === 1) return spread(only.part, only.path, inner, found);
  const kind = row.kind === "not" ? "any" : row.kind;
  let next = 0;
  for (const kid of kids) {
    if (kid.told.kind === kind) {
      const parts = inner.parts.slice(next, next + kid.told.parts.length);
      next += kid.told.parts.length;
      spread(kid.part, kid.path, { ...inner, result: together(kind, parts), parts }, found);
      continue;
    }
    const part = inner.parts[next++];
    if (part) spread(kid.part, kid.path, part, found);
  }
}

/** What parts come to together; a deciding part counts more than one that cannot be told. */
function together(kind: ConditionKind, parts: Node[]): Node["result"] {
  const results = parts.map((part) => part.result);
  const deciding = kind === "all" ? "false" : "true";
  if (results.includes(deciding)) return deciding;
  if (results.includes("unknown")) return "unknown";
  return kind === "all" ? "true" : "false";
}
