import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useAnnounce } from "@/lib/announce";
import { call, toCallError } from "@/lib/call";
import { keysOf } from "@/lib/events";
import type { Trail } from "./types";

type Answer = { id: number; happened: boolean; note: string };

/** Takes an action back by another one, and says what became of one that nobody saw end. */
export function useActs() {
  const client = useQueryClient();
  const announce = useAnnounce();
  const onSettled = () => {
    for (const key of keysOf("actions")) void client.invalidateQueries({ queryKey: [key] });
  };
  const onError = (reason: unknown) => announce(`Not done. ${toCallError(reason).message}`);
  const revert = useMutation({
    mutationFn: (id: number) => call<Trail>("actions.API.Rollback", { id }),
    onSuccess: (back) =>
      announce(
        back.state === "verified"
          ? `Taken back: ${back.title.replace(/^Take back: /, "")}`
          : `Taking it back: ${back.state_text}`,
      ),
    onError,
    onSettled,
  });
  const resolve = useMutation({
    mutationFn: (answer: Answer) => call<Trail>("actions.API.Resolve", answer),
    onSuccess: (trail) => announce(`Kept: ${trail.title} is ${trail.state_text}`),
    onError,
    onSettled,
  });
  return { revert, resolve };
}
