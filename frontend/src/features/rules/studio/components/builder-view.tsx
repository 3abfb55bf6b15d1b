import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useDisplay } from "@/lib/display";
import { rowsOf } from "../logic/condition";
import { freeName, newCase, newThreshold } from "../logic/policy";
import { CaseCard } from "./case-card";
import { ClauseCard } from "./clause-card";
import { PolicyHead } from "./policy-head";
import classes from "./studio.module.css";
import { useStudio } from "./studio-context";
import { ThresholdCard } from "./threshold-card";

/** The policy in fields. With a fault in the text it shows the last good state and takes no edits. */
export function BuilderView() {
  const { policy, readOnly } = useStudio();
  return (
    <>
      {readOnly && (
        <p className={classes.notice} role="status">
          The text has a fault, so this shows how it stood before. Mend the text under YAML, or take the last edit back.
        </p>
      )}
      <fieldset className={classes.builder} disabled={readOnly} aria-label="Builder">
        <PolicyHead />
        {policy.cases.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the name of a case can be edited, its place is what stays.
          <CaseCard key={index} one={one} index={index} />
        ))}
        <AddCase />
        <Figures />
        <Named />
      </fieldset>
    </>
  );
}

function AddCase() {
  const { store, readOnly } = useStudio();
  const add = () =>
    store.edit((policy) => {
      const made = newCase(
        policy.cases.map(({ name }) => name),
        policy.stage === "guard",
      );
      return { ...policy, cases: [...policy.cases, made] };
    });
  return (
    <div className={classes.sectionHead}>
      <Button variant="default" leftSection={<IconPlus size={14} stroke={1.8} />} disabled={readOnly} onClick={add}>
        Another case
      </Button>
    </div>
  );
}

function Figures() {
  const { store, policy, readOnly } = useStudio();
  const { now } = useDisplay();
  const add = () =>
    store.edit((before) => {
      const made = newThreshold(
        before.thresholds.map(({ name }) => name),
        now.slice(0, 10),
      );
      return { ...before, thresholds: [...before.thresholds, made] };
    });
  return (
    <section aria-label="Figures">
      <div className={classes.sectionHead}>
        <h2>Figures</h2>
        <Button variant="default" leftSection={<IconPlus size={14} stroke={1.8} />} disabled={readOnly} onClick={add}>
          Figure
        </Button>
      </div>
      {policy.thresholds.length === 0 && (
        <p className={classes.note}>
          A figure has a name and bounds, so that it can be tuned without touching conditions.
        </p>
      )}
      {policy.thresholds.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the name of a figure can be edited, its place is what stays.
        <ThresholdCard key={index} one={one} index={index} />
      ))}
    </section>
  );
}

function Named() {
  const { store, policy, readOnly } = useStudio();
  const add = () =>
    store.edit((before) => {
      const name = freeName(
        "condition",
        before.clauses.map((clause) => clause.name),
      );
      const when = { text: "", tree: rowsOf({ text: "", tree: null }) };
      return { ...before, clauses: [...before.clauses, { name, title: "", when, words: "" }] };
    });
  return (
    <section aria-label="Named conditions">
      <div className={classes.sectionHead}>
        <h2>Named conditions</h2>
        <Button variant="default" leftSection={<IconPlus size={14} stroke={1.8} />} disabled={readOnly} onClick={add}>
          Named condition
        </Button>
      </div>
      {policy.clauses.length === 0 && (
        <p className={classes.note}>Name a condition to use it in several cases, and to say it in your own words.</p>
      )}
      {policy.clauses.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the name of a condition can be edited, its place is what stays.
        <ClauseCard key={index} one={one} index={index} />
      ))}
    </section>
  );
}
