import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useAnnounce } from "@/lib/announce";
import { toCallError } from "@/lib/call";
import { progressQuery } from "@/lib/fetching/queries";
import { cancelAsk, everything, fetchNow, setPaused } from "../../api/jobs";
import type { Ask, Stream } from "../../api/types";
import { nameOf } from "../../logic/streams";

/** What can be done with what is fetched; each says what came of it. */
export function useFetchActs() {
  const client = useQueryClient();
  const announce = useAnnounce();
  const { mutate } = useMutation({
    mutationFn: (act: () => Promise<string>) => act(),
    onSuccess: announce,
    onError: (reason) => announce(words(reason)),
    onSettled: () => client.invalidateQueries({ queryKey: ["jobs"] }),
  });
  return useMemo(
    () => ({
      fetch: (stream: Stream) => mutate(() => fetchNow(nameOf(stream))),
      fetchAll: () => mutate(() => fetchNow(everything)),
      pause: (stream: Stream) => {
        const paused = stream.state !== "paused";
        const said = paused ? `${stream.title} is paused.` : `${stream.title} goes on.`;
        mutate(() => setPaused(nameOf(stream), paused).then(() => said));
      },
      pauseAll: () => {
        const paused = !client.getQueryData(progressQuery.queryKey)?.paused;
        const said = paused ? "Everything from Amazon is paused." : "Everything goes on.";
        mutate(() => setPaused(everything, paused).then(() => said));
      },
      cancel: (ask: Ask) =>
        mutate(() => cancelAsk(ask.id).then(() => `${ask.title} is stopped. What was stored stays.`)),
    }),
    [client, mutate],
  );
}

function words(reason: unknown): string {
  const { message, hint } = toCallError(reason);
  return hint === "" ? message : `${message} ${hint}`;
}
