import { useMutation } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useAnnounce } from "@/lib/announce";
import { toCallError } from "@/lib/call";
import { type ExportFormat, exportFile } from "@/lib/dashboards/actions";
import type { Exported, TableInput } from "@/lib/dashboards/types";
import { useDisplay } from "@/lib/display";
import { formatNumber } from "@/lib/format";

export type PageExport = {
  run: (format: ExportFormat, subjects?: readonly string[]) => void;
  print: () => void;
  busy: boolean;
  /** The file written last; undefined before. */
  written: Exported | undefined;
  failed: unknown;
  dismiss: () => void;
};

type Wish = { format: ExportFormat; subjects: readonly string[] };

/** Writes the table that is shown, or its page, to a file and says where it is. */
export function usePageExport(table: TableInput): PageExport {
  const announce = useAnnounce();
  const { locale } = useDisplay();
  const { mutate, isPending, data, error, reset } = useMutation({
    mutationFn: ({ format, subjects }: Wish) => exportFile(format, table, subjects),
    onSuccess: (file) => announce(fileText(file, locale)),
    onError: (reason) => announce(toCallError(reason).message),
  });
  const run = useCallback(
    (format: ExportFormat, subjects: readonly string[] = []) => mutate({ format, subjects }),
    [mutate],
  );
  return useMemo(
    () => ({ run, print, busy: isPending, written: data, failed: error, dismiss: reset }),
    [run, isPending, data, error, reset],
  );
}

/** "sales.csv written, 412 rows". */
export function fileText(file: Exported, locale: string): string {
  if (file.rows === 0) return `${file.name} written`;
  return `${file.name} written, ${formatNumber(file.rows, locale)} ${file.rows === 1 ? "row" : "rows"}`;
}

function print() {
  window.print();
}
