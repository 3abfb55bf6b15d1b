import type { StopStatus } from "./stop-status";

/** A part of what the strip says; those with a state lead to these actions in the Journal. */
export type Part = { text: string; state?: "approved" | "sending" | "look" };

const counted = (n: number, one: string, many: string) => (n === 1 ? `1 ${one}` : `${n} ${many}`);

/** What waits, what is under way, and what nobody knows, while everything is stopped. */
export function partsOf({ waiting, sending, unknown, mismatch }: StopStatus): Part[] {
  const parts: Part[] = [
    waiting === 0
      ? { text: "Nothing waits." }
      : { text: `${counted(waiting, "approval waits", "approvals wait")}.`, state: "approved" },
  ];
  if (sending > 0) {
    const begun = counted(sending, "had begun and ends", "had begun and end");
    parts.push({ text: `${begun}; nothing else begins.`, state: "sending" });
  }
  const look = lookText({ unknown, mismatch });
  if (look !== "") parts.push({ text: `${look}.`, state: "look" });
  return parts;
}

/** What a person must look at: "1 of unknown fate, 2 not as approved"; "" for nothing. */
export function lookText({ unknown, mismatch }: Pick<StopStatus, "unknown" | "mismatch">): string {
  return [unknown > 0 ? `${unknown} of unknown fate` : "", mismatch > 0 ? `${mismatch} not as approved` : ""]
    .filter((text) => text !== "")
    .join(", ");
}

/** What Resume says before it is pressed the second time. */
export function resumeText({ waiting }: StopStatus): string {
  if (waiting === 0) return "Press again to resume";
  return `Press again: ${counted(waiting, "approval goes", "approvals go")} on`;
}
