import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { useAnnounce } from "@/lib/announce";
import { call, toCallError } from "@/lib/call";
import { keysOf } from "@/lib/events";
import { checklistsQuery } from "./queries";
import type { Checklists, Every, FindingTask, HandAnswer, Judged, Judgement } from "./types";

/** Running all checks reads every fact of the account. */
const longMs = 120_000;

function refresh(client: QueryClient): void {
  for (const key of new Set(["audits", ...keysOf("actions"), ...keysOf("decisions"), "rules"])) {
    void client.invalidateQueries({ queryKey: [key] });
  }
}

/** Gives a verdict. A refusal is the caller's to show. */
export function useJudge() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (judgement: Judgement) => call<Judged>("audits.API.Judge", judgement),
    onSuccess: () => refresh(client),
  });
}

/** What can be done with checklists. What failed is announced in the program's words. */
export function useChecklistActs() {
  const client = useQueryClient();
  const announce = useAnnounce();
  const failed = (reason: unknown) => {
    const { message, hint } = toCallError(reason);
    announce(`Not done. ${message} ${hint}`.trim());
  };
  const taken = (lists: Checklists) => client.setQueryData(checklistsQuery.queryKey, lists);
  const run = useMutation({
    mutationFn: (list: string) => call<Checklists>("audits.API.RunChecks", { list }, longMs),
    onSuccess: (lists, list) => {
      taken(lists);
      announce(list === "" ? "All checks have run." : "The checks of the list have run.");
    },
    onError: failed,
  });
  const answer = useMutation({
    mutationFn: (input: HandAnswer) => call<Checklists>("audits.API.AnswerCheck", input),
    onSuccess: (lists) => {
      taken(lists);
      announce("Kept.");
    },
    onError: failed,
  });
  const schedule = useMutation({
    mutationFn: (input: { list: string; every: Every }) => call<Checklists>("audits.API.SetSchedule", input),
    onSuccess: taken,
    onError: failed,
  });
  const task = useMutation({
    mutationFn: (input: { list: string; check: string }) => call<FindingTask>("audits.API.TurnIntoTask", input),
    onSuccess: (made) => announce(made.text),
    onError: failed,
    onSettled: () => refresh(client),
  });
  return { run, answer, schedule, task };
}

export type ChecklistActs = ReturnType<typeof useChecklistActs>;
