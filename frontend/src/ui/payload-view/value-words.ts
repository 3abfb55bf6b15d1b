/** What is known of a value that was read, or is named in a reason. */
export type Told = {
  kind: string;
  entity: string;
  state: string;
  before: string;
  after: string;
  /** What was read back. */
  seen: string;
};

const nouns: Record<string, string> = {
  "inventory.restock": "order line",
  task: "task",
  note: "note",
  file: "file",
};

const nounOf = (kind: string) => nouns[kind] ?? "value";

/** A whole thing is named by 12 digits of its hash; nobody can read anything in them. */
const opaque = /^[0-9a-f]{12}$/;

/** A value for a person: without the hashes that bind it to its bytes or its decision. "480 for 1f0c…" is "480 units". */
export function valueWords(value: string): string {
  const line = /^(\d+) for \S+$/.exec(value);
  if (line) return `${line[1]} ${line[1] === "1" ? "unit" : "units"}`;
  return value.replace(/,( message)? [0-9a-f]{12}$/, "");
}

/** What was read back in words; "" where nothing was read, or nothing can be. */
export function readBackWords({ kind, state, before, after, seen }: Told): string {
  const noun = nounOf(kind);
  if (seen === after && after !== "") return `the ${noun} is there, as approved`;
  if (seen === after) return state === "verified" ? `the ${noun} is gone, as approved` : "";
  if (seen === "") return state === "mismatch" ? `the ${noun} is not there` : "";
  if (after === "") return `the ${noun} is still there; it was to be gone`;
  if (seen === before) return `the ${noun} is as it was before`;
  if (opaque.test(seen)) return `another ${noun} is there than was approved`;
  return `found: ${valueWords(seen)}; approved: ${valueWords(after)}`;
}

/** Whether the value that was read says more than its words. */
export function readBackDetail({ seen }: Told): string {
  return opaque.test(seen) || valueWords(seen) !== seen ? seen : "";
}

/** A reason of the program's with the values in it in words: of what it quotes, hashes name nothing to a person. */
export function reasonWords(reason: string, { kind, before, after }: Told): string {
  const noun = nounOf(kind);
  const words = reason.replace(/"([^"]*)"/g, (quote, value: string) => {
    if (valueWords(value) !== value) return valueWords(value);
    if (!opaque.test(value)) return quote;
    if (value === after) return `the ${noun} that was approved`;
    return value === before ? `the ${noun} as it was` : `another ${noun}`;
  });
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** What an action is about, for a person: "the task", or the SKU as it is. */
export function entityWords({ kind, entity }: Pick<Told, "kind" | "entity">): string {
  return /^(decision|file):/.test(entity) ? `this ${nounOf(kind)}` : entity;
}

/** The peer's own name for it, where that is another than the name of what was changed. */
export function refWords({ ref, entity, decision }: { ref: string; entity: string; decision: string }): string {
  return ref === entity || ref === decision ? "" : ref;
}
