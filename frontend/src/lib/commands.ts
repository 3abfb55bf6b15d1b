/**
 * One list of commands drives the keys, the palette, the menus and the sheet of shortcuts.
 * A key is written as "j", "?", "arrowdown", "f6", "mod+k", "mod+shift+h"; a chord as "g t".
 */
export type Command = {
  id: string;
  label: string;
  /** Heading in the palette, the menu and the sheet: one of the window's ("File", "View", "Go", "Help"), else the page's. */
  group: string;
  keys?: readonly string[];
  run: () => void;
  /** Whether it does anything now; absent means always. */
  when?: () => boolean;
  /** Kept out of the palette because it only makes sense as a key ("Next row"). */
  keyOnly?: boolean;
};

/** The parts of a keyboard event that matter here. */
export type KeyPress = {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  /** The key by its place, which stays "Digit4" whatever Shift makes of it. */
  code?: string;
};

/** Where the key was pressed: letters must stay letters in a text field. */
export type KeyPlace = "page" | "control" | "text" | "overlay";

export const chordTimeoutMs = 1500;

/** The written form of a key press: "mod+shift+h", "j", "?". */
export function keyName(press: KeyPress): string {
  const key = press.key === " " ? "space" : press.key.toLowerCase();
  const printable = key.length === 1;
  const parts: string[] = [];
  if (press.ctrlKey || press.metaKey) parts.push("mod");
  if (press.altKey) parts.push("alt");
  // Shift makes "?" out of "/" by itself; it counts only with letters and named keys.
  if (press.shiftKey && (!printable || /[a-z]/.test(key))) parts.push("shift");
  parts.push(key);
  return parts.join("+");
}

/**
 * What a key press may be called, most telling first. A key of the number row is called by its place ("4",
 * "shift+4"), because what it types differs from keyboard to keyboard; then by what it types.
 */
export function keyNames(press: KeyPress): string[] {
  const typed = keyName(press);
  if (press.ctrlKey || press.metaKey || press.altKey) return [typed];
  const digit = /^Digit(\d)$/.exec(press.code ?? "")?.[1];
  const placed = digit ?? (press.shiftKey ? { _: "-", "+": "=" }[press.key] : undefined);
  if (placed === undefined) return [typed];
  return [press.shiftKey ? `shift+${placed}` : placed, typed];
}

/** Keys that type a character; they can be switched off and never work inside a text field. */
export function isSingleCharacter(name: string): boolean {
  return name.split(" ").some((part) => part.replace(/^shift\+/, "").length === 1);
}

/** Whether a key written so may act when pressed in that place. */
export function mayAct(name: string, place: KeyPlace, singleKeys: boolean): boolean {
  if (place === "overlay") return false;
  if (isSingleCharacter(name)) return singleKeys && place !== "text";
  const plain = !name.includes("mod+") && !/^f\d+$/.test(name);
  if (plain && place === "text") return name === "escape";
  // Enter and Space already press the control that has the focus.
  if (place === "control" && (name === "enter" || name === "space")) return false;
  return true;
}

/** The place of an event's target. */
export function placeOf(target: EventTarget | null): KeyPlace {
  if (!(target instanceof Element)) return "page";
  if (target.closest('[role="dialog"], [role="menu"], [role="listbox"], [data-own-keys]')) return "overlay";
  const field = target.closest("input, textarea, select, [contenteditable='true']");
  if (field) {
    const type = field instanceof HTMLInputElement ? field.type : "";
    return type === "checkbox" || type === "radio" || type === "button" ? "control" : "text";
  }
  return target.closest("button, a[href], summary, [role='tab'], [role='button']") ? "control" : "page";
}

/** Who offers commands: the window itself, or the page in it, which comes first. */
export type CommandFloor = "window" | "page";

/** Holds what is registered now. Of a key, a page's command wins over the window's, and the newest over older ones. */
export class CommandRegistry {
  private sets: Record<CommandFloor, (readonly Command[])[]> = { window: [], page: [] };
  private snapshot: readonly Command[] = [];
  private listeners = new Set<() => void>();
  private pending: { keys: string; at: number } | null = null;

  register(commands: readonly Command[], floor: CommandFloor = "page"): () => void {
    this.sets[floor] = [...this.sets[floor], commands];
    this.changed();
    return () => {
      this.sets[floor] = this.sets[floor].filter((set) => set !== commands);
      this.changed();
    };
  }

  /** All commands, the window's first, then the oldest registration; the same array until something changes. */
  list = (): readonly Command[] => this.snapshot;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Runs what the key press means; says whether it meant anything. */
  press(name: string, place: KeyPlace, singleKeys: boolean, now: number): boolean {
    const chord = this.pending && now - this.pending.at <= chordTimeoutMs ? `${this.pending.keys} ${name}` : "";
    this.pending = null;
    if (chord !== "") {
      const command = this.find(chord);
      if (command && mayAct(chord, place, singleKeys)) {
        command.run();
        return true;
      }
    }
    if (!mayAct(name, place, singleKeys)) return false;
    const command = this.find(name);
    if (command) {
      command.run();
      return true;
    }
    if (this.startsChord(name)) {
      this.pending = { keys: name, at: now };
      return true;
    }
    return false;
  }

  private find(keys: string): Command | undefined {
    for (let i = this.snapshot.length - 1; i >= 0; i--) {
      const command = this.snapshot[i];
      if (command?.keys?.includes(keys) && (command.when?.() ?? true)) return command;
    }
    return undefined;
  }

  private startsChord(name: string): boolean {
    return this.snapshot.some((command) => command.keys?.some((keys) => keys.startsWith(`${name} `)));
  }

  private changed() {
    this.snapshot = [...this.sets.window, ...this.sets.page].flat();
    for (const listener of this.listeners) listener();
  }
}

const keyWords: Record<string, string> = {
  mod: "Ctrl",
  shift: "Shift",
  alt: "Alt",
  arrowup: "↑",
  arrowdown: "↓",
  arrowleft: "←",
  arrowright: "→",
  enter: "Enter",
  escape: "Esc",
  home: "Home",
  end: "End",
  space: "Space",
};

/** The caps to draw for a key: "mod+k" gives Ctrl and K, "g t" gives G and T. */
export function keyCaps(keys: string): string[] {
  return keys
    .split(" ")
    .flatMap((part) => (part === "+" ? ["+"] : part.split("+")))
    .map((part) => keyWords[part] ?? part.toUpperCase());
}
