import { Button, CloseButton, Drawer } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { definitionQuery, rowCountQuery } from "@/lib/dashboards/queries";
import { searchOf } from "@/lib/dashboards/search";
import type { Definition as Defined, Part, Reference } from "@/lib/dashboards/types";
import { daysText } from "@/lib/dashboards/wording";
import { useDisplay } from "@/lib/display";
import { formatNumber } from "@/lib/format";
import { Day } from "../day/day";
import { Fact } from "../fact/fact";
import { MaturityMark } from "../freshness-chip/freshness-chip";
import { ErrorState } from "../state-card/error-state";
import { LoadingRows } from "../state-card/loading-rows";
import classes from "./definition.module.css";

const over = "Where this number comes from";

type DrawerProps = { reference: Reference | null; onClose: () => void };

/** What a number is, over the page it was asked on. Esc closes it; parts lead one level down, and back. */
export function DefinitionDrawer({ reference, onClose }: DrawerProps) {
  return (
    <Drawer.Root
      opened={reference !== null}
      onClose={onClose}
      position="right"
      size={420}
      transitionProps={{ duration: 0 }}
    >
      <Drawer.Overlay backgroundOpacity={0.12} />
      <Drawer.Content aria-label={over}>
        <Drawer.Body className={classes.drawer}>
          <div className={classes.head}>
            <span className={classes.over}>{over}</span>
            <CloseButton aria-label="Close" onClick={onClose} />
          </div>
          {reference && <Trail key={`${reference.name} ${reference.subject}`} start={reference} onLeave={onClose} />}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

/** The numbers gone through, from the one that was asked about. */
function Trail({ start, onLeave }: { start: Reference; onLeave: () => void }) {
  const [trail, setTrail] = useState<readonly Reference[]>([start]);
  const at = trail.at(-1) ?? start;
  return (
    <>
      {trail.length > 1 && (
        <Button
          variant="subtle"
          className={classes.back}
          leftSection={<IconArrowLeft size={14} stroke={1.6} aria-hidden="true" />}
          onClick={() => setTrail(trail.slice(0, -1))}
        >
          Back
        </Button>
      )}
      <Definition reference={at} onReference={(next) => setTrail([...trail, next])} onLeave={onLeave} />
    </>
  );
}

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
  const notes = definition.values.filter((value) => value.note !== "" && !(hide_amounts && value.currency !== ""));
  return (
    <div className={classes.definition}>
      <h2 className={classes.title}>
        {definition.title}
        {definition.label !== "" && <span className={classes.label}> {definition.label}</span>}
      </h2>
      <ul className={classes.values} aria-label="Value">
        {definition.values.map((value) => (
          <li key={`${value.currency} ${value.text}`}>
            <Fact value={value} unit={shownUnit(definition.unit)} focusable={false} />
            <span className={classes.maturity}>{value.maturity}</span>
          </li>
        ))}
      </ul>
      {notes.map((value) => (
        <p key={`${value.currency} ${value.note}`} className={classes.note}>
          {value.note}
        </p>
      ))}
      <dl className={classes.lines}>
        <Line name="Means">{definition.meaning}</Line>
        <Line name="Computed">{definition.formula}</Line>
        <Line name="Range">{daysText(definition.from, definition.to, locale, now)}</Line>
        <Line name="As of">{asOf(definition)}</Line>
      </dl>
      <Sources definition={definition} />
      <Parts definition={definition} reference={reference} onReference={onReference} />
      {definition.has_rows && <RowsLink reference={reference} onLeave={onLeave} />}
    </div>
  );
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

function Parts({ definition, reference, onReference }: Props & { definition: Defined }) {
  if (definition.parts.length === 0) return null;
  return (
    <section>
      <h3 className={classes.heading}>Made of</h3>
      <ul className={classes.parts}>
        {definition.parts.map((part) => (
          <li key={`${part.sign} ${part.name} ${part.subject}`}>
            <span className={classes.sign}>{part.sign}</span>
            <PartName
              part={part}
              onOpen={
                onReference && (() => onReference({ name: part.name, subject: part.subject, view: reference.view }))
              }
            />
            <span className={classes.amount}>
              <Fact value={part.value} focusable={false} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function PartName({ part, onOpen }: { part: Part; onOpen: (() => void) | undefined }) {
  const name = part.label === "" ? part.title : `${part.title}, ${part.label}`;
  if (!onOpen) return <span>{name}</span>;
  return (
    <button type="button" className={classes.part} onClick={onOpen}>
      {name}
    </button>
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
