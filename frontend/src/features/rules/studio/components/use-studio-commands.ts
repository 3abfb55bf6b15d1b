import { useMemo } from "react";
import { useAnnounce } from "@/lib/announce";
import { useCommands } from "@/lib/command-context";
import type { DraftStore } from "../logic/draft-store";
import { type StudioSearch, views } from "../logic/search";

const names = { builder: "builder", cel: "conditions as CEL", yaml: "text as YAML" };

/** Keys of the studio: save, take back, do again, and the three views. */
export function useStudioCommands(store: DraftStore, save: () => void, set: (change: Partial<StudioSearch>) => void) {
  const announce = useAnnounce();
  useCommands(
    useMemo(() => {
      const group = "Rules";
      return [
        { id: "rules.studio.save", label: "Save the policy", group, keys: ["mod+s"], run: save },
        {
          id: "rules.studio.undo",
          label: "Take back the last edit of the policy",
          group,
          keys: ["mod+z"],
          // While a policy is written this key never takes back a decision.
          run: () => announce(store.undo() ? "Edit taken back" : "Nothing to take back here"),
        },
        {
          id: "rules.studio.redo",
          label: "Do the edit of the policy again",
          group,
          keys: ["mod+shift+z", "mod+y"],
          run: () => announce(store.redo() ? "Edit done again" : "Nothing to do again here"),
        },
        ...views.map((view, index) => ({
          id: `rules.studio.${view}`,
          label: `Show the ${names[view]}`,
          group,
          keys: [`mod+alt+${index + 1}`],
          run: () => set({ view }),
        })),
      ];
    }, [store, save, set, announce]),
  );
}
