import { useNavigate, useRouter } from "@tanstack/react-router";
import { useMemo } from "react";
import { useCommands } from "@/lib/command-context";
import type { Command } from "@/lib/commands";
import { rangeChoices, stepRange, toPreset } from "@/lib/dashboards/ranges";
import type { DashboardSearch } from "@/lib/dashboards/search";
import { ordersOf, whyOf } from "./ways";

type Options = {
  subject: string;
  search: DashboardSearch;
  change: (change: DashboardSearch) => void;
  /** The days shown, and the last day that there can be; null while not known. */
  shown: { from: string; to: string; as_of: string } | null;
};

/** Ranges by the keys that they have on every page, and the ways on. */
export function useSkuKeys({ subject, search, change, shown }: Options): void {
  const navigate = useNavigate();
  const { history } = useRouter();
  const commands = useMemo<Command[]>(() => {
    const group = "SKU";
    const step = (by: 1 | -1) => (shown ? stepRange(shown, by) : null);
    const stepping = (id: string, label: string, key: string, by: 1 | -1): Command => ({
      id,
      label,
      group,
      keys: [key],
      when: () => step(by) !== null,
      run: () => change(step(by) ?? {}),
    });
    const ranges = rangeChoices.flatMap(({ preset, title, key }) =>
      key ? [{ id: `sku.${preset}`, label: title, group, keys: [key], run: () => change(toPreset(preset)) }] : [],
    );
    return [
      {
        id: "sku.orders",
        label: "Orders of this SKU",
        group,
        keys: ["o"],
        run: () => go("/rows", ordersOf(subject, search)),
      },
      {
        id: "sku.why",
        label: "Why, and why not",
        group,
        keys: ["w"],
        run: () => go("/inventory", whyOf(subject, search)),
      },
      ...ranges,
      stepping("sku.earlier", "Days before", "[", -1),
      stepping("sku.later", "Days after", "]", 1),
      { id: "sku.back", label: "Back", group, keys: ["escape"], keyOnly: true, run: () => history.back() },
    ];

    function go(to: string, view: Record<string, unknown>) {
      void navigate({ to, search: view });
    }
  }, [subject, search, change, shown, navigate, history]);
  useCommands(commands);
}
