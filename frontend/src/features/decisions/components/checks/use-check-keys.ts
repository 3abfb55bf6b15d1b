import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { linkTo } from "@/lib/address";
import { useCommands } from "@/lib/command-context";
import type { Command } from "@/lib/commands";
import type { Check } from "@/lib/dashboards/types";
import { checkKey, rowsOfCheck } from "../../logic/checks";

/**
 * The number row opens the checks, and with Shift the rows behind them.
 * `active` is false while a menu or a field of the inbox takes numbers itself.
 */
export function useCheckKeys(checks: readonly Check[], active: boolean): void {
  const navigate = useNavigate();
  const commands = useMemo<Command[]>(() => {
    const when = () => active;
    const open = checks.map((check) => ({
      id: `check.${check.key}`,
      label: check.title,
      group: "Morning checks",
      keys: [checkKey(check)],
      when,
      run: () => void navigate(linkTo(check.link)),
    }));
    const rows = checks.flatMap((check) => {
      const search = rowsOfCheck(check);
      if (!search) return [];
      return {
        id: `check.${check.key}.rows`,
        label: check.title,
        group: "Rows behind the checks",
        keys: [`shift+${checkKey(check)}`],
        keyOnly: true,
        when,
        run: () => void navigate({ to: "/rows", search }),
      };
    });
    return [...open, ...rows];
  }, [checks, active, navigate]);
  useCommands(commands);
}
