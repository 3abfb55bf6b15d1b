import type { Command } from "@/lib/commands";

/** The window's own groups, in the order of a menu bar; all others are the page's. */
export const windowGroups = ["File", "View", "Go", "Help"] as const;

export type CommandGroup = { group: string; commands: Command[] };

/** What can be chosen by name: of commands with one id the newest, in the order in which they are offered. */
export function offered(commands: readonly Command[]): Command[] {
  const newest = new Map(commands.map((command) => [command.id, command]));
  return [...newest.values()].filter((command) => !command.keyOnly);
}

/** The commands under their headings, the page's before the window's. */
export function grouped(commands: readonly Command[]): CommandGroup[] {
  const groups = new Map<string, Command[]>();
  for (const command of commands) groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
  const own = [...groups.keys()].filter((group) => !isWindowGroup(group));
  const order = [...own, "Go", "File", "View", "Help"];
  return order.flatMap((group) => {
    const members = groups.get(group);
    return members ? [{ group, commands: members }] : [];
  });
}

/** The menus of the window: File, View, Go, what the page offers, Help. Empty ones are left out. */
export function menusOf(commands: readonly Command[]): CommandGroup[] {
  const all = offered(commands);
  const of = (group: string) => ({ group, commands: all.filter((command) => command.group === group) });
  const page = { group: "Page", commands: all.filter((command) => !isWindowGroup(command.group)) };
  return [of("File"), of("View"), of("Go"), page, of("Help")].filter((menu) => menu.commands.length > 0);
}

/** Every command with a key, under its heading; the sheet of shortcuts. */
export function sheetOf(commands: readonly Command[]): CommandGroup[] {
  const newest = new Map(commands.map((command) => [command.id, command]));
  return grouped([...newest.values()].filter((command) => (command.keys?.length ?? 0) > 0));
}

/** Commands that can run now and have all of the words. */
export function matching(commands: readonly Command[], query: string): Command[] {
  const words = query.toLowerCase().split(/\s+/);
  return offered(commands).filter((command) => {
    const text = `${command.group} ${command.label}`.toLowerCase();
    return (command.when?.() ?? true) && words.every((word) => text.includes(word));
  });
}

function isWindowGroup(group: string): boolean {
  return windowGroups.some((one) => one === group);
}
