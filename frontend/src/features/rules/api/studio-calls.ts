import { call } from "@/lib/call";
import type {
  Draft,
  Exceptions,
  NewException,
  PolicyModel,
  Preview,
  Sweep,
  Tests,
  Versions,
  Vocabulary,
} from "./studio-types";

type Ask = <Answer>(method: string, input: unknown, timeoutMs?: number) => Promise<Answer>;
// The names of these methods join the generated contract with the next bindings; their types are those of the contract.
const ask = call as unknown as Ask;

/** Looking through a year of days may take a while on a large account. */
const longMs = 120_000;

export const studio = {
  read: (yaml: string) => ask<Draft>("rules.API.Read", { yaml, policy: null }),
  /** With both, the comments and the order of the text are kept. */
  write: (yaml: string, policy: PolicyModel) => ask<Draft>("rules.API.Write", { yaml, policy }),
  text: (policy: string) => ask<{ yaml: string; name: string }>("rules.API.Text", { policy }),
  vocabulary: (subject: string) => ask<Vocabulary>("rules.API.Vocabulary", { subject }),
  preview: (yaml: string, subject: string) =>
    ask<Preview>("rules.API.Preview", { yaml, subject, as_of: "", limit: 50 }, longMs),
  sweep: (yaml: string, threshold: string, days: number) =>
    ask<Sweep>("rules.API.Sweep", { yaml, threshold, days }, longMs),
  save: (yaml: string, note: string, isNew: boolean) => ask<Draft>("rules.API.Save", { yaml, note, new: isNew }),
  versions: (policy: string) => ask<Versions>("rules.API.Versions", { policy }),
  restore: (policy: string, version: number) => ask<Draft>("rules.API.Restore", { policy, version }),
  exceptions: (policy: string) => ask<Exceptions>("rules.API.Exceptions", { policy }),
  addException: (input: NewException) => ask<Exceptions>("rules.API.AddException", input),
  removeException: (input: NewException) => ask<Exceptions>("rules.API.RemoveException", input),
  tests: (policy: string) => ask<Tests>("rules.API.Tests", { policy, yaml: "", tests: "" }),
  runTests: (policy: string, yaml: string, tests: string) =>
    ask<Tests>("rules.API.RunTests", { policy, yaml, tests }, longMs),
  saveTests: (policy: string, yaml: string, tests: string) =>
    ask<Tests>("rules.API.SaveTests", { policy, yaml, tests }, longMs),
  makeTest: (input: { yaml: string; subject: string; as_of: string; name: string; case: string }) =>
    ask<Tests>("rules.API.MakeTest", input),
};
