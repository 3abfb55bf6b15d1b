import { createContext, use, useEffect, useSyncExternalStore } from "react";
import { type Command, type CommandFloor, CommandRegistry } from "./commands";

export const CommandContext = createContext(new CommandRegistry());

/** Offers commands while the component is on screen. Give a memoised list. */
export function useCommands(commands: readonly Command[], floor: CommandFloor = "page"): void {
  const registry = use(CommandContext);
  useEffect(() => registry.register(commands, floor), [registry, commands, floor]);
}

/** All commands that are offered now. */
export function useCommandList(): readonly Command[] {
  const registry = use(CommandContext);
  return useSyncExternalStore(registry.subscribe, registry.list);
}
