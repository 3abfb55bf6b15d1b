import classes from "./connect.module.css";

type Props = { titles: readonly string[]; current: number; locked: boolean; onGo: (step: number) => void };

/** Where one is on the way; what lies behind can be gone back to. */
export function StepList({ titles, current, locked, onGo }: Props) {
  return (
    <ol className={classes.steps} aria-label="Steps">
      {titles.map((title, index) => (
        <li key={title} aria-current={index === current ? "step" : undefined}>
          <button type="button" disabled={locked || index > current} onClick={() => onGo(index)}>
            <span aria-hidden="true">{index < current ? "✓" : index + 1}</span>
            <span>
              {title}
              {index < current && <span className="visually-hidden"> (done)</span>}
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}
