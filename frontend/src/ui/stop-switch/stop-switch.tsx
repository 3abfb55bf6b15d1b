import { IconHandStop } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo } from "react";
import { useAnnounce } from "@/lib/announce";
import { useCommands } from "@/lib/command-context";
import { type Command, keyName, placeOf } from "@/lib/commands";
import { stopStatusQuery, useStop } from "./stop-status";
import classes from "./stop-switch.module.css";
import { focusResume } from "./stopped-strip";

/** Written so that it is the same key on every keyboard; "." with Shift is not. */
const stopKey = "mod+shift+x";

/** The button that stops everything at one press, on every page. Once stopped it leads to Resume. */
export function StopSwitch() {
  const { data } = useQuery(stopStatusQuery);
  const { set, busy } = useStop();
  const announce = useAnnounce();
  const stopped = data?.stopped ?? false;
  const stop = useCallback(() => {
    if (stopped) announce("Everything is stopped already.");
    else set(true);
  }, [stopped, set, announce]);
  useCommands(useStopCommands(stopped, stop), "window");
  useKeyOverDialogs(stop);
  if (stopped) {
    return (
      <button type="button" className={classes.switch} data-stopped="" onClick={focusResume}>
        <IconHandStop size={15} stroke={1.8} aria-hidden="true" />
        Stopped
        <span className="visually-hidden">: how to go on</span>
      </button>
    );
  }
  return (
    <button
      type="button"
      className={classes.switch}
      aria-label="Stop everything"
      aria-keyshortcuts="Control+Shift+X"
      title="Nothing else of what was approved begins (Ctrl+Shift+X)"
      disabled={busy}
      onClick={stop}
    >
      <IconHandStop size={15} stroke={1.8} aria-hidden="true" />
      <span>
        Stop<span className={classes.everything}> everything</span>
      </span>
    </button>
  );
}

function useStopCommands(stopped: boolean, stop: () => void): Command[] {
  return useMemo(
    () => [
      { id: "stop", label: "Stop everything", group: "File", keys: [stopKey], run: stop },
      { id: "resume", label: "Resume what is stopped", group: "File", when: () => stopped, run: focusResume },
    ],
    [stopped, stop],
  );
}

/** Keys of commands do nothing inside dialogs and menus. This one must. */
function useKeyOverDialogs(stop: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (keyName(event) !== stopKey || placeOf(event.target) !== "overlay") return;
      event.preventDefault();
      event.stopPropagation();
      stop();
    };
    window.addEventListener("keydown", onKeyDown, true);
    return () => window.removeEventListener("keydown", onKeyDown, true);
  }, [stop]);
}
