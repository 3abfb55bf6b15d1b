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

/** Looking through a year of days may take a while on a large account. */
const longMs = 120_000;

export const studio = {
  read: (yaml: string) => call<Draft>("rules.API.Read", { yaml, policy: null }),
  /** With both, the comments and the order of the text are kept. */
  write: (yaml: string, policy: PolicyModel) => call<Draft>("rules.API.Write", { yaml, policy }),
  text: (policy: string) => call<{ yaml: string; name: string }>("rules.API.Text", { policy }),
  vocabulary: (subject: string) => call<Vocabulary>("rules.API.Vocabulary", { subject }),
  preview: (yaml: string, subject: string) =>
    call<Preview>("rules.API.Preview", { yaml, subject, as_of: "", limit: 50 }, longMs),
  sweep: (yaml: string, threshold: string, days: number) =>
    call<Sweep>("rules.API.Sweep", { yaml, threshold, days }, longMs),
  save: (yaml: string, note: string, isNew: boolean) => call<Draft>("rules.API.Save", { yaml, note, new: isNew }),
  versions: (policy: string) => call<Versions>("rules.API.Versions", { policy }),
  restore: (policy: string, version: number, shipped: boolean) =>
    call<Draft>("rules.API.Restore", { policy, version, shipped }),
  exceptions: (policy: string) => call<Exceptions>("rules.API.Exceptions", { policy }),
  addException: (input: NewException) => call<Exceptions>("rules.API.AddException", input),
  removeException: (input: NewException) => call<Exceptions>("rules.API.RemoveException", input),
  tests: (policy: string) => call<Tests>("rules.API.Tests", { policy, yaml: "", tests: "" }),
  runTests: (policy: string, yaml: string, tests: string) =>
    call<Tests>("rules.API.RunTests", { policy, yaml, tests }, longMs),
  saveTests: (policy: string, yaml: string, tests: string) =>
    call<Tests>("rules.API.SaveTests", { policy, yaml, tests }, longMs),
  makeTest: (input: { yaml: string; subject: string; as_of: string; name: string; case: string }) =>
    call<Tests>("rules.API.MakeTest", input),
};
