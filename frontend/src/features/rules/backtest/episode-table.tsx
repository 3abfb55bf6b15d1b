import { Link } from "@tanstack/react-router";
import { notApplicable } from "@/lib/format";
import { Day } from "@/ui/day/day";
import classes from "./backtest.module.css";
import type { Episode } from "./types";

type Props = {
  episodes: readonly Episode[];
  /** Whose trace an episode leads to; "": a draft has none. */
  policy: string;
  compared: boolean;
  /** All there are; the table holds the newest. */
  total: number;
};

/** Each time that it would have fired: on what, from when to when, what for, and what was done meanwhile. */
export function EpisodeTable({ episodes, policy, compared, total }: Props) {
  return (
    <section className={classes.part} aria-label="Episodes">
      <h3 className={classes.heading}>
        Episodes, newest first
        {total > episodes.length && (
          <span className={classes.aside}>
            {" "}
            the last {episodes.length} of {total}
          </span>
        )}
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
      <section className={classes.scroll} tabIndex={0} aria-label="Table of episodes">
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Subject</th>
              <th scope="col">Days</th>
              <th scope="col" data-align="end">
                Lasted
              </th>
              <th scope="col" data-align="end">
                At stake
              </th>
              <th scope="col">What you did</th>
              {compared && <th scope="col">Version before</th>}
            </tr>
          </thead>
          <tbody>
            {episodes.map((one) => (
              <EpisodeRow
                key={`${one.subject} ${one.case} ${one.from}`}
                one={one}
                policy={policy}
                compared={compared}
              />
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

function EpisodeRow({ one, policy, compared }: { one: Episode; policy: string; compared: boolean }) {
  const name = one.label === "" ? one.subject : one.label;
  return (
    <tr>
      <th scope="row">
        {policy === "" ? (
          <span className={classes.subject}>{name}</span>
        ) : (
          <Link
            to="/rules/trace"
            search={{ subject: one.subject, policy, as_of: one.from }}
            className={classes.subject}
            title={`Trace of ${name}`}
          >
            {name}
          </Link>
        )}
        <small>{one.title}</small>
      </th>
      <td className={classes.days}>
        <Day value={one.from} /> – {one.running ? "still fires" : <Day value={one.to} />}
        {one.unsettled && <small>can still change</small>}
        {one.held > 0 && (
          <small>
            held back {one.held < one.days ? `${one.held} of ${one.days} days` : "all along"}
            {one.held_by.length > 0 && ` by ${one.held_by.join(", ")}`}
          </small>
        )}
      </td>
      <td data-align="end">{one.days} d</td>
      <td data-align="end">{one.at_stake === "" ? notApplicable : one.at_stake}</td>
      <td>{one.did === "" ? <span className={classes.aside}>nothing</span> : one.did}</td>
      {compared && <td>{one.before ? "fired too" : "silent"}</td>}
    </tr>
  );
}
