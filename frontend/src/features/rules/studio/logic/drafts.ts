import { studio } from "../../api/studio-calls";
import { DraftStore } from "./draft-store";
import { copyText, newPolicyText } from "./policy";
import { draftKey, type StudioSearch } from "./search";

const drafts = new Map<string, DraftStore>();

/** The draft of an address; what was not saved of it is kept, wherever a person goes meanwhile. */
export function draftOf(search: StudioSearch, today: string): DraftStore {
  const key = draftKey(search);
  const known = drafts.get(key);
  if (known?.dirty || known?.get().phase === "loading") return known;
  const made = new DraftStore(beginning(search, today), search.policy === "");
  drafts.set(key, made);
  return made;
}

/** Forgets a draft: what was not saved of it is lost. */
export function dropDraft(search: StudioSearch): void {
  drafts.delete(draftKey(search));
}

function beginning({ policy, copy, new: kind }: StudioSearch, today: string): () => Promise<string> {
  if (policy !== "") return async () => (await studio.text(policy)).yaml;
  if (copy !== "") return async () => copyText((await studio.text(copy)).yaml);
  return async () => newPolicyText(kind === "" ? "sku" : kind, today);
}
