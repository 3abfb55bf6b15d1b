import { IconAlertOctagon, IconAlertTriangle, IconCircleCheck, IconHelpCircle } from "@tabler/icons-react";
import type { Bullet, BulletState } from "@/lib/dashboards/types";
import { unknownMark } from "@/lib/format";
import classes from "./chart.module.css";
import type { ChartRef } from "./chart-props";
import { numbered } from "./numbered";

type Props = { bullets: readonly Bullet[]; onOpen?: (ref: ChartRef) => void };

export const bulletStates: Record<BulletState, { word: string; icon: typeof IconCircleCheck }> = {
  good: { word: "On target", icon: IconCircleCheck },
  warning: { word: "Near the limit", icon: IconAlertTriangle },
  critical: { word: "Missed", icon: IconAlertOctagon },
  unknown: { word: "Not known", icon: IconHelpCircle },
};

/** More rows than this would push each other out of a card; the table has them all. */
export const mostBullets = 6;

/** Values against their targets, one line each: bar, tick at the target, words, and the state by shape and word. */
export function Bullets({ bullets, onOpen }: Props) {
  return (
    <ul className={classes.bullets}>
      {numbered(bullets.slice(0, mostBullets)).map(({ id, item: bullet }) => (
        <li key={id} title={bullet.detail === "" ? bullet.label : `${bullet.label}: ${bullet.detail}`}>
          {onOpen && bullet.name !== "" ? (
            <button
              type="button"
              className={classes.bullet}
              onClick={() => onOpen({ name: bullet.name, subject: bullet.subject })}
            >
              <Row bullet={bullet} />
            </button>
          ) : (
            <div className={classes.bullet}>
              <Row bullet={bullet} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}

function Row({ bullet }: { bullet: Bullet }) {
  const { word, icon: Icon } = bulletStates[bullet.state];
  return (
    <>
      <span className={classes.label}>{bullet.label}</span>
      <span className={classes.track} aria-hidden="true">
        {bullet.value !== null && (
          <span
            className={classes.fill}
            data-state={bullet.state}
            style={{ width: `${share(bullet.value, bullet)}%` }}
          />
        )}
        {bullet.target !== null && (
          <span className={classes.target} style={{ insetInlineStart: `${share(bullet.target, bullet)}%` }} />
        )}
      </span>
      <span className={classes.against}>
        <b>{bullet.value === null && bullet.text === "" ? unknownMark : bullet.text}</b>
        {bullet.against !== "" && ` · ${bullet.against}`}
      </span>
      <span className={classes.state} data-state={bullet.state}>
        <Icon size={15} stroke={1.6} aria-hidden="true" />
        <span className={classes.word}>{word}</span>
        {bullet.detail !== "" && <span className="visually-hidden">, {bullet.detail}</span>}
      </span>
    </>
  );
}

/** Percent of the scale; a value beyond its end fills it. */
export function share(value: number, { max, target, value: own }: Pick<Bullet, "max" | "target" | "value">): number {
  const end = max > 0 ? max : Math.max(target ?? 0, own ?? 0) * 1.25 || 1;
  return Math.min(100, Math.max(0, (value / end) * 100));
}
