import { use, useEffect } from "react";
import { CommandContext } from "@/lib/command-context";
import { keyName, keyNames, placeOf } from "@/lib/commands";
import { useDisplay } from "@/lib/display";

/** Turns key presses anywhere in the window into commands. */
export function KeyListener() {
  const registry = use(CommandContext);
  const { single_keys } = useDisplay();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.repeat === undefined) return;
      if (["Control", "Shift", "Alt", "Meta"].includes(event.key)) return;
      const name = keyName(event);
      // The web view's own reload and print of the whole page are never wanted here.
      if (name === "mod+r" || name === "f5") event.preventDefault();
      const place = placeOf(event.target);
      const acted = keyNames(event).some((key) => registry.press(key, place, single_keys, event.timeStamp));
      if (acted) event.preventDefault();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [registry, single_keys]);
  return null;
}
