/** As much of YAML as the fake bridge needs: maps, lists of maps and of texts, one line a value, inline lists. */
type Value = string | Value[] | { [key: string]: Value };

export class FakeTextError extends Error {
  constructor(
    readonly line: number,
    message: string,
  ) {
    super(message);
  }
}

type Line = { number: number; indent: number; text: string };

export function parseText(text: string): { [key: string]: Value } {
  const lines = text.split("\n").flatMap((raw, index): Line[] => {
    const trimmed = raw.trim();
    if (trimmed === "" || trimmed.startsWith("#")) return [];
    return [{ number: index + 1, indent: raw.length - raw.trimStart().length, text: trimmed }];
  });
  const at = { next: 0 };
  const value = block(lines, at, 0);
  const rest = lines[at.next];
  if (rest) throw new FakeTextError(rest.number, "this line does not belong here");
  if (typeof value !== "object" || Array.isArray(value)) throw new FakeTextError(1, "a policy is wanted here");
  return value;
}

function block(lines: Line[], at: { next: number }, indent: number): Value {
  const first = lines[at.next];
  if (!first || first.indent < indent) return "";
  return first.text.startsWith("- ") ? list(lines, at, first.indent) : map(lines, at, first.indent);
}

function list(lines: Line[], at: { next: number }, indent: number): Value[] {
  const out: Value[] = [];
  for (let line = lines[at.next]; line && line.indent === indent && line.text.startsWith("- "); line = lines[at.next]) {
    const inner = line.text.slice(2);
    if (keyOf(inner)) {
      lines[at.next] = { ...line, indent: indent + 2, text: inner };
      out.push(map(lines, at, indent + 2));
    } else {
      at.next++;
      out.push(scalar(inner));
    }
  }
  return out;
}

function map(lines: Line[], at: { next: number }, indent: number): Value {
  const out: { [key: string]: Value } = {};
  for (let line = lines[at.next]; line && line.indent === indent; line = lines[at.next]) {
    const key = keyOf(line.text);
    if (!key) throw new FakeTextError(line.number, "could not find expected ':'");
    at.next++;
    const rest = line.text.slice(key.length + 1).trim();
    out[key] = rest === "" ? block(lines, at, indent + 1) : scalar(rest);
  }
  return out;
}

const keyOf = (text: string) => /^([a-z_]+):(\s|$)/.exec(text)?.[1];

function scalar(text: string): Value {
  if (text.startsWith("[")) {
    const inner = text.slice(1, -1).trim();
    return inner === "" ? [] : inner.split(",").map((one) => scalar(one.trim()));
  }
  if (text.startsWith('"')) return JSON.parse(text) as string;
  return text;
}

/** The line on which a key of a case stands. */
export function lineOf(text: string, name: string, key: string): number {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => line.trim() === `- name: ${name}`);
  const found = lines.findIndex((line, index) => index > start && line.trim().startsWith(`${key}:`));
  return found + 1;
}
