import { call } from "@/lib/call";

/** Methods of rules.API that are not among the generated ones yet, so their names and shapes are given here. */
export const ask = call as unknown as <Answer>(
  method: `rules.API.${string}`,
  input?: unknown,
  timeoutMs?: number,
) => Promise<Answer>;
