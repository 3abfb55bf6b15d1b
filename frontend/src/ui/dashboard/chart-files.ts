import { useMemo } from "react";
import { useAnnounce } from "@/lib/announce";
import { useAppState } from "@/lib/app-state";
import { toCallError } from "@/lib/call";
import { exportAddress, savePicture } from "@/lib/dashboards/files";

/** What a chart can be saved as; what is absent cannot be offered at this door. */
export type ChartFiles = { png: (dataUrl: string) => void; csv?: (text: string) => void };

/**
 * Saves a chart. The picture goes to the folder of exports; a browser then fetches it. Numbers as text only a
 * browser takes from a page: in the window of the desktop the table of the page is exported instead.
 */
export function useChartFiles(name: string): ChartFiles {
  const announce = useAnnounce();
  const web = useAppState().data?.door === "web";
  return useMemo(
    () => ({
      png: (dataUrl) => {
        savePicture(name, dataUrl)
          .then((file) => {
            if (web) fetchFile(exportAddress(file.name), file.name);
            announce(`${file.name} saved in ${file.path}`);
          })
          .catch((reason: unknown) => announce(toCallError(reason).message));
      },
      csv: web
        ? (text) => {
            const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
            fetchFile(url, `${name}.csv`);
            URL.revokeObjectURL(url);
          }
        : undefined,
    }),
    [announce, web, name],
  );
}

/** Lets the browser save what is at an address. */
export function fetchFile(url: string, name: string): void {
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
}
