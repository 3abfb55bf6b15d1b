import { useMemo } from "react";
import { useAppState } from "@/lib/app-state";

/**
 * Saves a chart from the page. Only a browser takes a download from a page: the window of the desktop has no place
 * for it, and there nothing is offered.
 */
export function useChartFiles(name: string) {
  const door = useAppState().data?.door;
  return useMemo(() => {
    if (door !== "web") return null;
    return {
      png: (dataUrl: string) => download(dataUrl, `${name}.png`),
      csv: (text: string) => {
        const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
        download(url, `${name}.csv`);
        URL.revokeObjectURL(url);
      },
    };
  }, [door, name]);
}

function download(url: string, name: string) {
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
}
