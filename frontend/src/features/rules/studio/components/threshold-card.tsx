import { ActionIcon, NumberInput, Select, Slider } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import type { ThresholdModel } from "../../api/studio-types";
import { errorAt, looseProblems } from "../logic/problems";
import conditionClasses from "./conditions.module.css";
import { TextField } from "./field";
import classes from "./studio.module.css";
import { useStudio } from "./studio-context";
import { SweepCurve } from "./sweep-curve";

/** A named figure: a slider that tells what each value would do, and where the figure comes from. */
export function ThresholdCard({ one, index }: { one: ThresholdModel; index: number }) {
  const { store, problems, readOnly, vocabulary } = useStudio();
  const [curve, setCurve] = useState(false);
  const edit = (change: Partial<ThresholdModel>) =>
    store.edit(
      (policy) => ({
        ...policy,
        thresholds: policy.thresholds.map((each, at) => (at === index ? { ...each, ...change } : each)),
      }),
      `threshold:${index}:${Object.keys(change).join()}`,
    );
  const at = (field: string) => ({ kind: "threshold" as const, name: one.name, field });
  const title = one.title || one.name;
  const wrong = [
    errorAt(problems, at("value")),
    ...looseProblems(problems, "threshold", one.name).map((p) => p.message),
  ]
    .filter((text) => text !== "")
    .join(". ");
  const step = stepOf(one);
  return (
    <section className={classes.card} aria-label={`Figure ${title}`} data-place={`threshold ${one.name}/`}>
      <div className={classes.cardHead}>
        <h3 className={classes.cardTitle}>
          {title}
          <span className={classes.note}>{one.meaning}</span>
        </h3>
        <ActionIcon
          variant="subtle"
          size={24}
          aria-label={`Remove figure ${title}`}
          disabled={readOnly}
          onClick={() => store.edit((policy) => ({ ...policy, thresholds: policy.thresholds.toSpliced(index, 1) }))}
        >
          <IconTrash size={15} stroke={1.6} />
        </ActionIcon>
      </div>
      {one.value === null ? (
        <p className={classes.note}>
          Comes from {vocabulary?.facts.find(({ name }) => name === one.from)?.title ?? one.from}, for each subject its
          own.
        </p>
      ) : (
        <div className={classes.slider} data-place={`threshold ${one.name}/value`}>
          <Slider
            aria-label={title}
            thumbLabel={title}
            value={one.value}
            min={one.min}
            max={one.max}
            step={step}
            label={(value) => `${value} ${one.unit}`}
            size="sm"
            disabled={readOnly}
            onFocusCapture={() => setCurve(true)}
            onChange={(value) => {
              setCurve(true);
              edit({ value: rounded(value) });
            }}
          />
          <NumberInput
            aria-label={`Value of ${title}`}
            size="xs"
            value={one.value}
            step={step}
            suffix={one.unit === "" ? undefined : ` ${one.unit}`}
            error={wrong === "" ? undefined : wrong}
            onChange={(value) => typeof value === "number" && edit({ value })}
          />
        </div>
      )}
      {curve && one.value !== null && <SweepCurve threshold={one} />}
      <details className={classes.more}>
        <summary>Name, unit, bounds, source</summary>
        <div className={classes.fields}>
          <TextField
            place={at("name")}
            label="Name"
            value={one.name}
            onChange={(name) => edit({ name: name.replaceAll(/\W+/g, "_") })}
          />
          <TextField place={at("title")} label="Title" value={one.title} onChange={(text) => edit({ title: text })} />
          <TextField place={at("unit")} label="Unit" value={one.unit} onChange={(unit) => edit({ unit })} />
          <NumberInput
            size="xs"
            label="Lowest"
            value={one.min}
            onChange={(min) => typeof min === "number" && edit({ min })}
          />
          <NumberInput
            size="xs"
            label="Highest"
            value={one.max}
            onChange={(max) => typeof max === "number" && edit({ max })}
          />
          <Select
            label="Comes from a fact"
            data={(vocabulary?.facts ?? []).map(({ name, title: label }) => ({ value: name, label }))}
            value={one.from === "" ? null : one.from}
            placeholder="no, it is a figure"
            searchable
            clearable
            limit={60}
            disabled={readOnly}
            onChange={(from) => edit(from === null ? { from: "", value: one.min } : { from, value: null })}
          />
          <div className={classes.wide}>
            <TextField
              place={at("meaning")}
              label="Meaning"
              value={one.meaning}
              onChange={(meaning) => edit({ meaning })}
            />
          </div>
          <TextField place={at("source")} label="Source" value={one.source} onChange={(source) => edit({ source })} />
          <TextField place={at("date")} label="As of" value={one.date} onChange={(date) => edit({ date })} />
        </div>
      </details>
      {one.value === null && wrong !== "" && <p className={conditionClasses.faults}>{wrong}</p>}
    </section>
  );
}

/** About a hundred steps over the range, round in tens: 0.01, 0.1, 1, 10. */
function stepOf({ min, max }: ThresholdModel): number {
  const span = max - min;
  return span > 0 ? 10 ** Math.floor(Math.log10(span / 50)) : 1;
}

/** Steps of a slider add up to 0.30000000000000004. */
const rounded = (value: number) => Number(value.toPrecision(12));
