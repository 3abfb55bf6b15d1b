import { type RefObject, useCallback, useMemo, useRef } from "react";
import { useCommands } from "@/lib/command-context";
import type { Command } from "@/lib/commands";
import type { ChecklistActs } from "../../api/mutations";
import type { Check, Checklist, Checklists as Lists } from "../../api/types";
import { useItemKeys } from "../months/use-item-keys";
import { Checklists } from "./checklists";

type Props = {
  lists: Lists;
  chosen: string;
  acts: ChecklistActs;
  refreshing: boolean;
  onChoose: (check: string | undefined) => void;
};

/** The checklists with their keys. */
export function ChecklistsTab({ lists, chosen, acts, refreshing, onChoose }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useItemKeys(box);
  useListKeys(lists, chosen, acts, onChoose);
  return (
    <div ref={box as RefObject<HTMLDivElement>}>
      <Checklists lists={lists} chosen={chosen} acts={acts} refreshing={refreshing} onChoose={onChoose} />
    </div>
  );
}

function useListKeys(lists: Lists, chosen: string, acts: ChecklistActs, onChoose: Props["onChoose"]) {
  const { run, task } = acts;
  const runAll = run.mutate;
  const makeTask = task.mutate;
  const found = findCheck(lists, chosen);
  const close = useCallback(() => onChoose(undefined), [onChoose]);
  useCommands(
    useMemo<Command[]>(() => {
      const group = "Checklists";
      return [
        { id: "audits.run", label: "Run all checks", group, keys: ["r"], run: () => runAll("") },
        {
          id: "audits.task",
          label: "Make the finding a task",
          group,
          keys: ["m"],
          when: () => found?.check.result === "failed" && found.check.task_at === "",
          run: () => found && makeTask({ list: found.list.name, check: found.check.name }),
        },
        {
          id: "audits.close",
          label: "Close the details",
          group,
          keys: ["escape"],
          keyOnly: true,
          when: () => found !== undefined,
          run: close,
        },
      ];
    }, [runAll, makeTask, found, close]),
  );
}

/** The check that an address names: "list/check". */
export function findCheck(lists: Lists, key: string): { list: Checklist; check: Check } | undefined {
  const [of = "", name = ""] = key.split("/");
  const list = lists.lists.find((one) => one.name === of);
  const check = list?.checks.find((one) => one.name === name);
  return list && check && { list, check };
}
