import { type RefObject, useMemo } from "react";
import { useCommands } from "@/lib/command-context";
import type { Command } from "@/lib/commands";

/** J and K go from one link of a list to the next; Enter opens it by itself. */
export function useItemKeys(list: RefObject<HTMLElement | null>): void {
  useCommands(
    useMemo<Command[]>(() => {
      const go = (by: 1 | -1) => () => {
        const links: Element[] = [...(list.current?.querySelectorAll("[data-row]") ?? [])];
        const at = document.activeElement ? links.indexOf(document.activeElement) : -1;
        const next = at < 0 ? links[by > 0 ? 0 : links.length - 1] : links[at + by];
        if (!(next instanceof HTMLElement)) return;
        next.focus();
        next.scrollIntoView({ block: "nearest" });
      };
      const group = "List";
      return [
        { id: "audits.row.next", label: "Next row", group, keys: ["j", "arrowdown"], keyOnly: true, run: go(1) },
        { id: "audits.row.previous", label: "Previous row", group, keys: ["k", "arrowup"], keyOnly: true, run: go(-1) },
      ];
    }, [list]),
  );
}
