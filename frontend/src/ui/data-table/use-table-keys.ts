import { type KeyboardEvent, type RefObject, useEffect, useMemo, useRef } from "react";
import { useCommands } from "@/lib/command-context";
import { type Command, isSingleCharacter, keyName, placeOf } from "@/lib/commands";
import { type Intent, tableIntent } from "./table-intent";

type Input = {
  scroller: RefObject<HTMLElement | null>;
  /** Whether there is anything that keys do here. */
  enabled: boolean;
  ticks: boolean;
  actions: boolean;
  index: number;
  count: number;
  /** Does it; says whether it meant anything for the row. */
  act: (intent: Intent) => boolean;
};

/** The keys of a table. Letters are commands, so that they work from anywhere on the page and can be switched off. */
export function useTableKeys(input: Input) {
  const latest = useRef(input);
  useEffect(() => {
    latest.current = input;
  });
  const { scroller, enabled, ticks, actions } = input;
  useCommands(
    useMemo(
      () => (enabled ? letters({ scroller, ticks, actions, press: (name) => press(latest.current, name) }) : none),
      [scroller, enabled, ticks, actions],
    ),
  );
  return (event: KeyboardEvent) => {
    if (!enabled || event.defaultPrevented || !(event.target instanceof Element)) return;
    const place = placeOf(event.target);
    const name = keyName(event);
    if (isSingleCharacter(name) && name !== "mod+a") return;
    if (place === "text" || place === "overlay") return;
    if (place === "control" && (name === "enter" || name === "space")) return;
    if (!press(latest.current, name)) return;
    event.preventDefault();
    event.stopPropagation();
  };
}

const none: readonly Command[] = [];

function press({ index, count, act }: Input, name: string): boolean {
  const intent = tableIntent(name, index, count);
  return intent !== null && act(intent);
}

type Letters = Pick<Input, "scroller" | "ticks" | "actions"> & { press: (name: string) => void };

function letters({ scroller, ticks, actions, press }: Letters): readonly Command[] {
  // Of several tables on a page the one with the focus has the keys, else the newest.
  const when = () => {
    const focused = document.activeElement?.closest("[data-table]");
    return !focused || focused === scroller.current;
  };
  const command = (id: string, label: string, key: string): Command => ({
    id: `list.${id}`,
    label,
    group: "List",
    keys: [key],
    keyOnly: true,
    when,
    run: () => press(key),
  });
  return [
    command("next", "Next row", "j"),
    command("previous", "Previous row", "k"),
    ...(ticks
      ? [
          command("tick", "Select the row", "x"),
          command("extend-down", "Select this row and the next", "shift+j"),
          command("extend-up", "Select this row and the one before", "shift+k"),
        ]
      : []),
    ...(actions ? [command("actions", "Actions for the row", ".")] : []),
  ];
}
