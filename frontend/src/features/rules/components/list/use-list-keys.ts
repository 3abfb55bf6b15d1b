import { useNavigate } from "@tanstack/react-router";
import { type RefObject, useEffect, useMemo } from "react";
import { useCommands } from "@/lib/command-context";
import type { Command } from "@/lib/commands";
import type { Listed } from "./listed";

type Options = {
  chosen: Listed | undefined;
  onSwitch: (policy: Listed) => void;
  onClose: () => void;
  onImport: () => void;
};

/** New, edit, backtest, trace and switch, of the policy under the cursor. */
export function useListKeys({ chosen, onSwitch, onClose, onImport }: Options): void {
  const navigate = useNavigate();
  useCommands(
    useMemo<Command[]>(() => {
      const group = "Rules";
      const name = chosen?.name ?? "";
      const go = (to: string, search: Record<string, unknown>) => () => void navigate({ to, search });
      const of = (id: string, label: string, keys: string[], run: () => void): Command => ({
        id: `rules.${id}`,
        label,
        group,
        keys,
        when: () => name !== "",
        run,
      });
      return [
        { id: "rules.new", label: "New rule", group, keys: ["n"], run: go("/rules/edit", {}) },
        { id: "rules.import", label: "Import rules", group, run: onImport },
        of("edit", "Edit rule", ["e"], go("/rules/edit", { policy: name })),
        of("copy", "Duplicate and edit", ["shift+e"], go("/rules/edit", { copy: name })),
        of("backtest", "Backtest", ["b"], go("/rules/backtest", { policy: name })),
        of("trace", "Trace", ["w"], go("/rules/trace", { policy: name })),
        of("switch", "Switch on or off", ["space"], () => chosen && onSwitch(chosen)),
        { id: "rules.close", label: "Close the details", group, keys: ["escape"], keyOnly: true, run: onClose },
      ];
    }, [chosen, onSwitch, onClose, onImport, navigate]),
  );
}

/** In this list Space switches the policy of the row, instead of ticking it; X ticks. */
export function useSpaceSwitches(box: RefObject<HTMLElement | null>, onSpace: () => void): void {
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== " " || !(event.target instanceof HTMLTableRowElement)) return;
      event.preventDefault();
      event.stopPropagation();
      onSpace();
    };
    element.addEventListener("keydown", onKeyDown, true);
    return () => element.removeEventListener("keydown", onKeyDown, true);
  }, [box, onSpace]);
}
