import { Link } from "@tanstack/react-router";
import { notApplicable } from "@/lib/format";
import { Day } from "@/ui/day/day";
import type { GlanceRow } from "../../logic/glance";
import { secretText } from "../../logic/glance";
import { Mark, type Tone } from "../mark";
import styles from "./glance.module.css";
import { secretTones } from "./secret-line";

type Props = {
  rows: readonly GlanceRow[];
  /** When something last came could not be read. */
  failed?: boolean;
};

const tones: Record<GlanceRow["state"], Tone> = {
  connected: "good",
  reconnect: "critical",
  paused: "neutral",
  none: "neutral",
};

const words: Record<GlanceRow["state"], string> = {
  connected: "connected",
  reconnect: "connect anew",
  paused: "paused",
  none: "not connected",
};

/** All connections in one table: what is read where, what is allowed, how old secrets are, when something last came. */
export function Glance({ rows, failed = false }: Props) {
  return (
    <div className={styles.glance}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
      <section className={styles.scroll} tabIndex={0} aria-label="Connections at a glance">
        <table className={styles.table} aria-label="Connections">
          <thead>
            <tr>
              <th scope="col">Region</th>
              <th scope="col">Access</th>
              <th scope="col">State</th>
              <th scope="col">Marketplaces</th>
              <th scope="col">Allowed</th>
              <th scope="col">Client secret</th>
              <th scope="col" data-align="end">
                Last data
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <Row key={row.key} row={row} first={rows[index - 1]?.region !== row.region} failed={failed} />
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}

function Row({ row, first, failed }: { row: GlanceRow; first: boolean; failed: boolean }) {
  const none = row.state === "none";
  return (
    <tr data-first={first} data-none={none}>
      <td>{first ? row.region : <span className="visually-hidden">{row.region}</span>}</td>
      <th scope="row">
        {none ? (
          row.title
        ) : (
          <button type="button" className={styles.title} onClick={() => goTo(row.part)}>
            {row.title}
          </button>
        )}
        {row.practice && <span className={styles.practice}> ◆ practice</span>}
      </th>
      <td className={styles.nowrap}>
        <Mark tone={tones[row.state]}>{words[row.state]}</Mark>
      </td>
      {none ? <NotConnected row={row} /> : <Cells row={row} failed={failed} />}
    </tr>
  );
}

function NotConnected({ row }: { row: GlanceRow }) {
  const [api = "", region = ""] = row.key.split(" ");
  return (
    <td colSpan={4}>
      <Link to="/connect" search={{ do: "add", api, region }} className={styles.link}>
        Connect<span className="visually-hidden"> the {row.title}</span>
      </Link>
    </td>
  );
}

function Cells({ row, failed }: { row: GlanceRow; failed: boolean }) {
  return (
    <>
      <td>
        {row.places.length === 0 && "none"}
        {row.places.map(({ code, suspended }, index) => (
          <span key={code}>
            {index > 0 && ", "}
            {code}
            {suspended && (
              <span className={styles.suspended}>
                <span aria-hidden="true">▲</span>
                <span className="visually-hidden"> suspended</span>
              </span>
            )}
          </span>
        ))}
      </td>
      <td>
        {row.granted} of {row.asked}
        {row.missing.length > 0 && (
          <span className={styles.small} title={row.missing.join(", ")}>
            without {row.missing.slice(0, 2).join(", ")}
            {row.missing.length > 2 && ` and ${row.missing.length - 2} more`}
          </span>
        )}
      </td>
      <td className={styles.nowrap} title={row.secret.text}>
        <Mark tone={secretTones[row.age]}>{secretText(row)}</Mark>
      </td>
      <td data-align="end">
        <Last last={row.last} failed={failed} />
      </td>
    </>
  );
}

function Last({ last, failed }: { last: string | null; failed: boolean }) {
  if (last === null) return failed ? "not known" : notApplicable;
  return last === "" ? "nothing yet" : <Day value={last} />;
}

/** Leads to the part of the page about a connection, with the keyboard. */
function goTo(part: string) {
  const heading = document.getElementById(part);
  heading?.scrollIntoView({ block: "start" });
  heading?.focus({ preventScroll: true });
}
