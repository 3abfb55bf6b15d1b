import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useAnnounce } from "@/lib/announce";
import { studio } from "../../api/studio-calls";
import type { Draft } from "../../api/studio-types";
import type { DraftStore } from "../logic/draft-store";

/** Saves a draft with its note. A refusal shows its problems at their place and keeps everything as it is. */
export function useSave(store: DraftStore, onSaved: (draft: Draft) => void) {
  const [note, setNote] = useState("");
  const client = useQueryClient();
  const announce = useAnnounce();
  const save = useMutation({
    mutationFn: async () => {
      await store.flush();
      const { yaml, policy } = store.get();
      return studio.save(yaml, note.trim(), store.fresh && policy !== null);
    },
    onSuccess: (draft) => {
      if (draft.problems.length > 0) {
        store.refused(draft.problems);
        const count = draft.problems.length;
        announce(`Not saved: ${count === 1 ? "one thing" : `${count} things`} to mend first.`);
        document.querySelector<HTMLElement>("[aria-label='Problems'] button")?.focus();
        return;
      }
      store.saved(draft);
      setNote("");
      announce(`Saved${draft.policy ? ` as version ${draft.policy.version}` : ""}. Everything is judged anew.`);
      for (const key of ["rules", "decisions", "app", "settings"]) void client.invalidateQueries({ queryKey: [key] });
      onSaved(draft);
    },
  });
  return { note, setNote, save };
}
