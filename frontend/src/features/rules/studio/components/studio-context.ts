import { createContext, use } from "react";
import type { CaseModel, Live, PolicyModel, Problem, Vocabulary } from "../../api/studio-types";
import type { DraftState, DraftStore } from "../logic/draft-store";

/** What every part of the studio works on. */
export type Studio = {
  store: DraftStore;
  state: DraftState;
  /** The policy as it is shown: the draft's, or the last that had no fault in its text. */
  policy: PolicyModel;
  /** The text has a fault, so the builder shows the last good state and takes no edits. */
  readOnly: boolean;
  problems: readonly Problem[];
  vocabulary: Vocabulary | undefined;
  /** How the conditions stand for the example subject; null while there is none. */
  live: Live | null;
  subject: string;
};

const StudioContext = createContext<Studio | null>(null);

export const StudioProvider = StudioContext.Provider;

export function useStudio(): Studio {
  const studio = use(StudioContext);
  if (!studio) throw new Error("A part of the studio stands outside of it.");
  return studio;
}

/** Changes fields of the policy itself. */
export function useEditPolicy() {
  const { store } = useStudio();
  return (change: Partial<PolicyModel>) =>
    store.edit((policy) => ({ ...policy, ...change }), `policy:${Object.keys(change).join()}`);
}

/** Changes fields of one case. */
export function useEditCase(index: number) {
  const { store } = useStudio();
  return (change: Partial<CaseModel>) =>
    store.edit(
      (policy) => ({
        ...policy,
        cases: policy.cases.map((one, at) => (at === index ? { ...one, ...change } : one)),
      }),
      `case:${index}:${Object.keys(change).join()}`,
    );
}
