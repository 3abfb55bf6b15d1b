import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { definitionQuery, rowCountQuery } from "@/lib/dashboards/queries";
import { searchOf } from "@/lib/dashboards/search";
import type { Definition as Defined, Reference } from "@/lib/dashboards/types";
import { daysText, numberedValues } from "@/lib/dashboards/wording";
import { useDisplay } from "@/lib/display";
import { formatNumber } from "@/lib/format";
import { Day } from "../day/day";
import { Fact } from "../fact/fact";
import { MaturityMark } from "../freshness-chip/freshness-chip";
import { ErrorState } from "../state-card/error-state";
import { LoadingRows } from "../state-card/loading-rows";
import classes from "./definition.module.css";
import { DefinitionParts } from "./definition-parts";

type Props = {
  reference: Reference;
  /** A part was chosen: show what that is. Without it parts are only named. */
  onReference?: (reference: Reference) => void;
  /** The person goes to the rows. */
  onLeave?: () => void;
};

/** What a number is: value, meaning, formula, range, sources, parts, and the way to its rows. */
export function Definition({ reference, onReference, onLeave }: Props) {
  const query = useQuery(definitionQuery(reference));
  if (query.isPending) return <LoadingRows rows={6} label="Reading what the number is" />;
  if (query.isError) {
    return (
      <ErrorState
        effect="What this number is could not be read."
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  }
  return <Said definition={query.data} reference={reference} onReference={onReference} onLeave={onLeave} />;
}

function Said({ definition, reference, onReference, onLeave }: Props & { definition: Defined }) {
  const { locale, now, hide_amounts } = useDisplay();
  const notes = notesOf(definition, hide_amounts);
  return (
    <div className={classes.definition}>
      <h2 className={classes.title}>
        {definition.title}
        {definition.label !== "" && <span className={classes.label}> {definition.label}</span>}
      </h2>
      <ul className={classes.values} aria-label="Value">
        {numberedValues(definition.values).map(({ id, value }) => (
          <li key={id}>
            <Fact value={value} unit={shownUnit(definition.unit)} focusable={false} />
            <span className={classes.maturity}>{value.maturity}</span>
          </li>
        ))}
      </ul>
      {notes.length > 0 && (
        <ul className={classes.notes} aria-label="What to know of it">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      <dl className={classes.lines}>
        <Line name="Means">{definition.meaning}</Line>
        <Line name="Computed">{formulaText(definition)}</Line>
        <Line name="Range">{daysText(definition.from, definition.to, locale, now)}</Line>
        <Line name="As of">{asOf(definition)}</Line>
      </dl>
      <DefinitionParts definition={definition} reference={reference} onReference={onReference} />
      <Sources definition={definition} />
      {definition.has_rows && <RowsLink reference={reference} onLeave={onLeave} />}
    </div>
  );
}

/** Each thing to know once: the values of several currencies share most of them. */
function notesOf({ values }: Defined, hideAmounts: boolean): string[] {
  const told = values.filter((value) => !(hideAmounts && value.currency !== ""));
  return [...new Set(told.flatMap((value) => value.note.split("; ")))].filter((note) => note !== "");
}

/** The formula with the parts called as people see them. */
function formulaText({ formula, parts }: Defined): string {
  return parts.reduce((text, part) => text.replaceAll(part.name, part.title.toLowerCase()), formula);
}

function asOf({ values }: Defined): ReactNode {
  const days = [...new Set(values.map((value) => value.as_of).filter((day) => day !== ""))];
  return days.length === 0 ? "" : <Day value={days[0] ?? ""} />;
}

function shownUnit(unit: string): string {
  return unit === "%" ? "" : unit;
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  if (children === "") return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const states = new Set(["fresh", "settling", "stale", "missing"]);

function Sources({ definition }: { definition: Defined }) {
  if (definition.sources.length === 0) return null;
  return (
    <section>
      <h3 className={classes.heading}>From</h3>
      <ul className={classes.sources}>
        {definition.sources.map((source) => (
          <li key={source.kind}>
            {states.has(source.state) && <MaturityMark state={source.state as "fresh"} />}
            <span className={classes.source}>{source.title}</span>
            <span className={classes.state}>
              {source.as_of === "" ? source.state : <Day value={source.as_of} />}
              {source.as_of !== "" && source.state !== "fresh" && `, ${source.state}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The way to the rows of the original files; how many there are is said once it is known. */
function RowsLink({ reference, onLeave }: { reference: Reference; onLeave: (() => void) | undefined }) {
  const { locale } = useDisplay();
  const { data: count } = useQuery(rowCountQuery(reference));
  const rows = count === undefined ? "the rows" : count === 1 ? "the row" : `the ${formatNumber(count, locale)} rows`;
  return (
    <Link
      to="/rows"
      search={{ name: reference.name, subject: reference.subject || undefined, ...searchOf(reference.view) }}
      className={classes.rows}
      onClick={onLeave}
    >
      Show {rows} behind it
    </Link>
  );
}
