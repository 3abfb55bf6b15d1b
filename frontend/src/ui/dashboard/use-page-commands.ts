import { useMemo } from "react";
import { useAnnounce } from "@/lib/announce";
import { useCommands } from "@/lib/command-context";
import type { Command } from "@/lib/commands";
import { comparisonChoices, nextComparison, rangeChoices, stepRange, toPreset } from "@/lib/dashboards/ranges";
import { useDashboard } from "./dashboard-context";
import type { PageExport } from "./use-export";

type Input = { exporting: PageExport; onViews: () => void };

/** The keys of every page: range, comparison, views, files. */
export function usePageCommands({ exporting, onViews }: Input): void {
  const { page, search, change } = useDashboard();
  const announce = useAnnounce();
  const { run, print } = exporting;
  const commands = useMemo(() => {
    const command = (id: string, label: string, keys: string[], does: () => void): Command => ({
      id: `page.${id}`,
      label,
      group: page.title,
      keys,
      run: does,
    });
    const step = (by: 1 | -1) => () => {
      const next = stepRange(page, by);
      if (next) change(next);
      else announce("There is no later day that is over");
    };
    const ranges = rangeChoices.map(({ preset, title, key }) =>
      command(`range.${preset}`, title, key ? [key] : [], () => {
        change(toPreset(preset));
        announce(title);
      }),
    );
    const compare = () => {
      const next = nextComparison(search);
      change({ compare: next });
      announce(`Compared with: ${comparisonChoices.find((choice) => choice.compare === next)?.title ?? next}`);
    };
    return [
      ...ranges,
      command("earlier", "Previous period", ["["], step(-1)),
      command("later", "Next period", ["]"], step(1)),
      command("compare", "Compare with something else", ["c"], compare),
      command("views", "Saved views", ["v"], onViews),
      command("export", "Export the table as CSV", ["mod+e"], () => run("csv")),
      command("export.xlsx", "Export the table as Excel file", [], () => run("xlsx")),
      command("export.pdf", "Export the page as PDF", [], () => run("pdf")),
      command("print", "Print this page", ["mod+p"], print),
      command("charts", search.charts === "none" ? "Show charts" : "Fold charts", [], () =>
        change({ charts: search.charts === "none" ? undefined : "none" }),
      ),
    ];
  }, [page, search, change, announce, run, print, onViews]);
  useCommands(commands);
}
