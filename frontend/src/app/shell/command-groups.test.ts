import { describe, expect, it } from "vitest";
import type { Command } from "@/lib/commands";
import { matching, menusOf, sheetOf } from "./command-groups";

const command = (id: string, group: string, rest: Partial<Command> = {}): Command => ({
  id,
  label: id,
  group,
  run: () => {},
  ...rest,
});

const titles = (groups: { group: string; commands: Command[] }[]) =>
  groups.map(({ group, commands }) => [group, commands.map(({ label }) => label).join()]);

describe("one registry of commands", () => {
  const all = [
    command("Shortcuts", "Help", { keys: ["?"] }),
    command("Import", "File", { keys: ["mod+o"] }),
    command("Sales", "Go"),
    command("Next row", "List", { keys: ["j"], keyOnly: true }),
    command("Approve", "Today", { keys: ["a"] }),
  ];

  it("makes the menus: the window's as in a menu bar, the page's in one", () => {
    expect(titles(menusOf(all))).toEqual([
      ["File", "Import"],
      ["Go", "Sales"],
      ["Page", "Approve"],
      ["Help", "Shortcuts"],
    ]);
  });

  it("makes the sheet: all keys, the page's first", () => {
    expect(titles(sheetOf(all))).toEqual([
      ["List", "Next row"],
      ["Today", "Approve"],
      ["File", "Import"],
      ["Help", "Shortcuts"],
    ]);
  });

  it("shows a command of a page in the place of the window's of the same id", () => {
    const page = command("inspector", "View", { label: "Hide the details of the decision" });
    const menus = menusOf([command("inspector", "View", { label: "Hide the details" }), page]);
    expect(titles(menus)).toEqual([["View", "Hide the details of the decision"]]);
  });

  it("finds commands by any words of heading and label, and none that can't run", () => {
    const found = (query: string) => matching([...all, command("Undo", "File", { when: () => false })], query);
    expect(found("file im").map(({ id }) => id)).toEqual(["Import"]);
    expect(found("undo")).toEqual([]);
    expect(found("").map(({ id }) => id)).toEqual(["Shortcuts", "Import", "Sales", "Approve"]);
  });
});
