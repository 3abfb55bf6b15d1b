import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useAnnounce } from "@/lib/announce";
import { useCommands } from "@/lib/command-context";
import type { Command } from "@/lib/commands";
import { copyText } from "@/lib/copy-text";
import { progressQuery, streamsQuery } from "@/lib/fetching/queries";
import { workQuery } from "../api/jobs";
import type { Failure } from "../api/types";
import { answerText } from "../logic/answer-text";
import { stoppable } from "../logic/ask-words";
import { type DataTab, tabs } from "../logic/search";
import { streamKey } from "../logic/streams";
import { useFetchActs } from "./amazon/use-fetch-acts";
import { useDataSearch } from "./use-data-search";

const tabLabels: Record<DataTab, string> = {
  reports: "Show the reports",
  files: "Show the files",
  amazon: "Show what comes from Amazon",
  jobs: "Show the jobs",
  kept: "Show what is kept, and for how long",
};

/** What can be done on the Data page, by key and from the palette. */
export function useDataCommands() {
  const [{ tab, stream, ask }, change] = useDataSearch();
  const navigate = useNavigate();
  const acts = useFetchActs();
  const announce = useAnnounce();
  const streams = useQuery(streamsQuery).data;
  const paused = useQuery(progressQuery).data?.paused === true;
  const work = useQuery(workQuery).data;
  const one = tab === "amazon" ? streams?.find((s) => streamKey(s) === stream) : undefined;
  const job = tab === "jobs" ? work?.find((a) => a.id === ask) : undefined;
  const connected = streams !== undefined && streams.length > 0;

  const commands = useMemo<Command[]>(() => {
    const copy = (failure: Failure) => {
      if (copyText(answerText(failure))) announce("The answer is copied.");
    };
    const failure = one?.failure ?? job?.failure ?? null;
    return [
      command(
        "import",
        "Import report files",
        ["i"],
        () => void navigate({ to: "/data/import", search: { paths: [], job: "" } }),
      ),
      command("connect", "Connect an Amazon account", [], () => void navigate({ to: "/connect" })),
      ...tabs.map((name, index) =>
        command(`tab.${name}`, tabLabels[name], [String(index + 1)], () =>
          change({ tab: name, kind: "", doc: 0, stream: "", ask: 0, keep: "" }),
        ),
      ),
      ...(one
        ? [
            command("fetch", `Fetch ${one.title} now`, ["r"], () => acts.fetch(one)),
            ...(paused
              ? []
              : [
                  command("pause", `${one.state === "paused" ? "Resume" : "Pause"} ${one.title}`, ["p"], () =>
                    acts.pause(one),
                  ),
                ]),
          ]
        : []),
      ...(job && stoppable(job) ? [command("cancel", `Cancel ${job.title}`, ["c"], () => acts.cancel(job))] : []),
      ...(failure ? [command("copy", "Copy what Amazon answered", ["y"], () => copy(failure))] : []),
      ...(connected
        ? [
            command("fetch-all", "Fetch everything from Amazon now", ["shift+r"], acts.fetchAll),
            command(
              "pause-all",
              paused ? "Resume everything from Amazon" : "Pause everything from Amazon",
              ["shift+p"],
              acts.pauseAll,
            ),
          ]
        : []),
    ];
  }, [one, job, paused, connected, navigate, change, acts, announce]);
  useCommands(commands);
}

function command(id: string, label: string, keys: readonly string[], run: () => void): Command {
  return { id: `data.${id}`, label, group: "Data", keys, run };
}
