// @vitest-environment jsdom
import { describe, expect, it, vi } from "vitest";
import {
  type Command,
  CommandRegistry,
  isSingleCharacter,
  keyCaps,
  keyName,
  keyNames,
  mayAct,
  placeOf,
} from "./commands";

const press = (key: string, modifiers: Partial<KeyboardEvent> = {}) =>
  keyName({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...modifiers });

const command = (keys: string[], run = vi.fn(), rest: Partial<Command> = {}) => ({
  command: { id: keys.join(), label: keys.join(), group: "Test", keys, run, ...rest },
  run,
});

describe("key names", () => {
  it.each([
    ["j", {}, "j"],
    ["K", { ctrlKey: true }, "mod+k"],
    ["k", { metaKey: true }, "mod+k"],
    ["?", { shiftKey: true }, "?"],
    ["H", { ctrlKey: true, shiftKey: true }, "mod+shift+h"],
    ["F6", { shiftKey: true }, "shift+f6"],
    ["ArrowDown", {}, "arrowdown"],
    [",", { ctrlKey: true }, "mod+,"],
  ])("%s with %o is %s", (key, modifiers, name) => {
    expect(press(key, modifiers)).toBe(name);
  });

  it.each([
    ["4", "Digit4", false, ["4", "4"]],
    ["$", "Digit4", true, ["shift+4", "$"]], // American
    ["4", "Digit4", true, ["shift+4", "4"]], // French: the digit needs Shift
    ["'", "Digit4", false, ["4", "'"]], // French
    ["/", "Digit7", true, ["shift+7", "/"]], // German
    ["_", "Minus", true, ["shift+-", "_"]],
    ["_", "Slash", true, ["shift+-", "_"]], // German
    ["+", "Equal", true, ["shift+=", "+"]],
    ["+", "BracketRight", false, ["+"]], // German
    ["A", "KeyA", true, ["shift+a"]],
  ])("%s on %s with Shift %s is called %j", (key, code, shiftKey, names) => {
    const none = { ctrlKey: false, metaKey: false, altKey: false };
    expect(keyNames({ key, code, shiftKey, ...none })).toEqual(names);
    expect(keyNames({ key, code, shiftKey, ...none, ctrlKey: true })).toHaveLength(1);
  });

  it("knows the keys that type something", () => {
    expect(["j", "?", "g t", "shift+j"].every(isSingleCharacter)).toBe(true);
    expect(["f6", "mod+k", "arrowdown", "enter"].some(isSingleCharacter)).toBe(false);
  });

  it("draws caps", () => {
    expect(keyCaps("mod+shift+h")).toEqual(["Ctrl", "Shift", "H"]);
    expect(keyCaps("g t")).toEqual(["G", "T"]);
    expect(keyCaps("?")).toEqual(["?"]);
  });
});

describe("where a key may act", () => {
  it.each([
    ["a", "page", true, true],
    ["a", "control", true, true],
    ["a", "text", true, false],
    ["a", "page", false, false],
    ["g t", "page", false, false],
    ["mod+k", "text", false, true],
    ["mod+enter", "text", true, true],
    ["arrowdown", "text", true, false],
    ["escape", "text", true, true],
    ["enter", "control", true, false],
    ["f6", "text", true, true],
    ["a", "overlay", true, false],
    ["mod+z", "overlay", true, false],
  ] as const)("%s in %s with single keys %s: %s", (name, place, singleKeys, acts) => {
    expect(mayAct(name, place, singleKeys)).toBe(acts);
  });

  it("tells text fields, controls and overlays apart", () => {
    document.body.innerHTML = `<input id="text"><input id="box" type="checkbox"><button id="button"></button>
      <div role="dialog"><button id="inside"></button></div><p id="page"></p>`;
    const place = (id: string) => placeOf(document.getElementById(id));
    expect(["text", "box", "button", "inside", "page"].map(place)).toEqual([
      "text",
      "control",
      "control",
      "overlay",
      "page",
    ]);
  });
});

describe("the registry", () => {
  it("runs a chord and forgets its first key after a while", () => {
    const registry = new CommandRegistry();
    const { command: go, run } = command(["g t"]);
    registry.register([go]);
    expect(registry.press("g", "page", true, 0)).toBe(true);
    expect(registry.press("t", "page", true, 500)).toBe(true);
    expect(run).toHaveBeenCalledTimes(1);
    registry.press("g", "page", true, 1000);
    expect(registry.press("t", "page", true, 9000)).toBe(false);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it("lets the newest registration win and gives the key back afterwards", () => {
    const registry = new CommandRegistry();
    const window = command(["a"]);
    const page = command(["a"]);
    registry.register([window.command]);
    const leave = registry.register([page.command]);
    registry.press("a", "page", true, 0);
    leave();
    registry.press("a", "page", true, 1);
    expect([page.run.mock.calls.length, window.run.mock.calls.length]).toEqual([1, 1]);
  });

  it("keeps the window's commands below the page's, whichever came last", () => {
    const registry = new CommandRegistry();
    const page = command(["mod+e"]);
    const window = command(["mod+e"]);
    registry.register([page.command], "page");
    const leave = registry.register([window.command], "window");
    registry.press("mod+e", "page", true, 0);
    leave();
    registry.register([window.command], "window");
    registry.press("mod+e", "page", true, 1);
    expect([page.run.mock.calls.length, window.run.mock.calls.length]).toEqual([2, 0]);
    expect(registry.list().at(-1)).toBe(page.command);
  });

  it("passes over a command that has nothing to do now", () => {
    const registry = new CommandRegistry();
    const { command: off, run } = command(["a"], vi.fn(), { when: () => false });
    registry.register([off]);
    expect(registry.press("a", "page", true, 0)).toBe(false);
    expect(run).not.toHaveBeenCalled();
  });

  it("tells listeners about changes and keeps the list stable between them", () => {
    const registry = new CommandRegistry();
    const heard = vi.fn();
    registry.subscribe(heard);
    registry.register([command(["a"]).command]);
    expect(heard).toHaveBeenCalledTimes(1);
    expect(registry.list()).toBe(registry.list());
  });
});
