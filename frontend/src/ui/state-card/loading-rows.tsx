import { useEffect, useState } from "react";
import classes from "./state-card.module.css";

const quietMs = 200;

type Props = { rows?: number; label?: string; tall?: boolean };

/** Nothing for the first 200 ms, then skeletons in the shape of the rows to come. */
export function LoadingRows({ rows = 6, label = "Reading", tall = false }: Props) {
  const late = useLate(quietMs);
  return (
    <div className={classes.skeleton} role="status" data-tall={tall}>
      {late && (
        <>
          <span className="visually-hidden">{label}</span>
          {Array.from({ length: rows }, (_, index) => index).map((row) => (
            <div key={row} className={classes.bone} aria-hidden="true" />
          ))}
        </>
      )}
    </div>
  );
}

/** A thin bar over data that stays while it is read again. */
export function RefreshingBar({ active }: { active: boolean }) {
  return (
    <div className={classes.refreshing} data-active={active}>
      {active && <span className="visually-hidden">Updating</span>}
    </div>
  );
}

function useLate(ms: number): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return late;
}
