import { keyCaps } from "@/lib/commands";
import classes from "./kbd.module.css";

/** The caps of a key or chord, for example keys="mod+k". Decoration: the control it stands in names the action. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span className={classes.keys} aria-hidden="true">
      {caps(keys).map(({ id, cap }) => (
        <kbd key={id} className={classes.cap}>
          {cap}
        </kbd>
      ))}
    </span>
  );
}

function caps(keys: string): { id: string; cap: string }[] {
  return keyCaps(keys).map((cap, index) => ({ id: `${index}${cap}`, cap }));
}
