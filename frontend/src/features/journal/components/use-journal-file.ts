import { useMutation } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useAnnounce } from "@/lib/announce";
import { useAppState } from "@/lib/app-state";
import { toCallError } from "@/lib/call";
import { useCommands } from "@/lib/command-context";
import { copyText } from "@/lib/copy-text";
import { exportAddress, saveSheet } from "@/lib/dashboards/files";
import { useDisplay } from "@/lib/display";
import { formatNumber } from "@/lib/format";
import { fetchFile } from "@/ui/dashboard/chart-files";
import type { Entry } from "../logic/entry";
import { rowsOf } from "../logic/rows";
import { sheetOf, sheetText } from "../logic/sheet";
import { changeText } from "./journal-columns";

const nothing: ReadonlySet<string> = new Set();

type Input = {
  shown: readonly Entry[];
  all: readonly Entry[];
  /** What the file is called after: "journal 2026-08-27 2026-11-25 filtered". */
  name: string;
  /** Older actions are there that were not read. */
  older: boolean;
};

/** Keeps what the Journal shows as a file, and copies it for a spreadsheet. */
export function useJournalFile({ shown, all, name, older }: Input) {
  const { locale, now, hide_amounts } = useDisplay();
  const announce = useAnnounce();
  const web = useAppState().data?.door === "web";
  const sheet = useCallback(
    () =>
      sheetOf(rowsOf(shown, all, nothing), {
        change: (entry) => changeText(entry, locale, now),
        hidden: hide_amounts,
      }),
    [shown, all, locale, now, hide_amounts],
  );
  const save = useMutation({
    mutationFn: () => saveSheet(name, sheet()),
    onSuccess: (file) => {
      if (web) fetchFile(exportAddress(file.name), file.name);
      const count = `${formatNumber(shown.length, locale)} ${shown.length === 1 ? "entry" : "entries"}`;
      announce(`${count} saved in ${file.path}${older ? "; older actions, which were not read, are not in it" : ""}`);
    },
    onError: (reason) => announce(`Not saved. ${toCallError(reason).message} ${toCallError(reason).hint}`.trim()),
  });
  const { mutate, isPending } = save;
  const copy = useCallback(
    () => announce(copyText(sheetText(sheet())) ? "Copied; paste it into a spreadsheet" : "It could not be copied"),
    [announce, sheet],
  );
  const can = shown.length > 0 && !isPending;
  useCommands(
    useMemo(() => {
      const group = "Journal";
      const when = () => can;
      return [
        { id: "journal.save", label: "Save the journal as CSV", group, keys: ["mod+e"], when, run: () => mutate() },
        { id: "journal.copy", label: "Copy the journal for a spreadsheet", group, keys: [], when, run: copy },
      ];
    }, [can, mutate, copy]),
  );
  return { save: () => mutate(), can, saving: isPending };
}
