import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useCovered } from "@/lib/amounts";
import { useAnnounce } from "@/lib/announce";
import { useUndo } from "@/lib/undo";
import { Kbd } from "@/ui/kbd/kbd";
import { undoableIdsQuery } from "../../api/queries";
import classes from "./held-bar.module.css";
import { type Held, useHeld } from "./use-held";

/** What is about to leave this computer, how long it can still be taken back, and the way to do so. */
export function HeldBar() {
  const held = useCovered(useHeld());
  useTold(held);
  return (
    <div className={classes.room} data-held={held.length > 0}>
      {held.length > 0 && <Bar held={held} />}
    </div>
  );
}

function Bar({ held }: { held: readonly Held[] }) {
  const undo = useUndo();
  const { data: undoable = [] } = useQuery(undoableIdsQuery);
  const newest = held.some(({ trail }) => undoable.includes(trail.decision));
  const [only] = held;
  const title = held.length === 1 ? (only?.trail.title ?? "") : "";
  return (
    <section className={classes.bar} aria-label="About to be sent">
      <span className={classes.what}>
        <span aria-hidden="true">◷ </span>
        Sending {title === "" ? held.length : title}
      </span>
      <span className={classes.seconds}>in {soonest(held)} s</span>
      <button type="button" onClick={undo} className={classes.undo} aria-keyshortcuts="z">
        {newest ? "Undo" : "Undo what came after it first"}
        <Kbd keys="z" />
      </button>
    </section>
  );
}

/** Says once that something is about to be sent; the seconds are not read out. */
function useTold(held: readonly Held[]): void {
  const announce = useAnnounce();
  const [told, setTold] = useState<readonly number[]>([]);
  useEffect(() => {
    const fresh = held.filter(({ trail }) => !told.includes(trail.id));
    if (fresh.length === 0) return;
    setTold([...told, ...fresh.map(({ trail }) => trail.id)]);
    const what = fresh.length === 1 ? (fresh[0]?.trail.title ?? "") : `${fresh.length} actions`;
    announce(`Sending ${what} in ${soonest(fresh)} seconds. Z takes it back.`);
  }, [held, told, announce]);
}

function soonest(held: readonly Held[]): number {
  return Math.min(...held.map(({ seconds }) => seconds));
}
