import { Checkbox, MultiSelect } from "@mantine/core";
import type { CaseModel, Vocabulary } from "../../api/studio-types";
import { errorAt, type Place, placeKey } from "../logic/problems";
import { ChoiceField, DaysField, TextField } from "./field";
import classes from "./studio.module.css";
import { useEditCase, useStudio } from "./studio-context";

type Props = { one: CaseModel; index: number };

const severities = [
  { value: "critical", label: "Critical" },
  { value: "warning", label: "Warning" },
  { value: "info", label: "Information" },
];

const at = (one: CaseModel, field: string): Place => ({ kind: "case", name: one.name, field });

/** For how long a condition must hold, and how long the case stays quiet once it was dealt with. */
export function TimeFields({ one, index }: Props) {
  const edit = useEditCase(index);
  return (
    <div className={classes.fields}>
      <DaysField
        place={at(one, "hold")}
        label="For"
        description="days in a row; 0: one day is enough"
        value={one.hold}
        max={30}
        onChange={(hold) => edit({ hold })}
      />
      <DaysField
        place={at(one, "cooldown")}
        label="Cool-down"
        description="quiet after it was dealt with"
        value={one.cooldown}
        max={365}
        onChange={(cooldown) => edit({ cooldown })}
      />
      <TextField
        place={at(one, "keep")}
        label="Stay while"
        description="goes on while this is true (CEL)"
        mono
        value={one.keep}
        onChange={(keep) => edit({ keep })}
      />
    </div>
  );
}

/** What a person is told and what they should do. */
export function ThenFields({ one, index }: Props) {
  const edit = useEditCase(index);
  const { policy, vocabulary } = useStudio();
  const guard = policy.stage === "guard";
  const formats = vocabulary?.formats ?? [];
  return (
    <>
      <h4 className={classes.part}>{guard ? "Then hold back" : "Then"}</h4>
      {guard && (
        <EffectsField one={one} index={index} field="blocks" label="What is held back" vocabulary={vocabulary} />
      )}
      <div className={classes.fields}>
        {!guard && (
          <ChoiceField
            place={at(one, "severity")}
            label="Severity"
            data={severities}
            value={one.severity}
            onChange={(severity) => edit({ severity })}
          />
        )}
        {!guard && (
          <ChoiceField
            place={at(one, "action_kind")}
            label="What it leads to"
            data={(vocabulary?.action_kinds ?? ["task"]).map((kind) => ({
              value: kind,
              label: kindWords[kind] ?? kind,
            }))}
            value={one.action_kind}
            onChange={(action_kind) => edit({ action_kind })}
          />
        )}
        {!guard && (
          <TextField
            place={at(one, "action_label")}
            label="Words of the button"
            value={one.action_label}
            onChange={(action_label) => edit({ action_label })}
          />
        )}
        <div className={classes.wide}>
          <TextField
            place={at(one, "title")}
            label="Title"
            description={`{fact} puts a value in, {fact | format} says how (${formats.join(", ") || "money, days, percent"}); [[…]] falls away when something in it is missing`}
            value={one.title}
            onChange={(title) => edit({ title })}
          />
        </div>
        <div className={classes.wide}>
          <TextField
            place={at(one, "sentence")}
            label="Why, in a sentence"
            lines={2}
            value={one.sentence}
            onChange={(sentence) => edit({ sentence })}
          />
        </div>
        {!guard && (
          <>
            <div className={classes.wide}>
              <TextField
                place={at(one, "do")}
                label="What to do"
                value={one.do}
                onChange={(text) => edit({ do: text })}
              />
            </div>
            <div className={classes.wide}>
              <TextField
                place={at(one, "if_you_wait")}
                label="If you wait"
                value={one.if_you_wait}
                onChange={(if_you_wait) => edit({ if_you_wait })}
              />
            </div>
          </>
        )}
      </div>
    </>
  );
}

const kindWords: Record<string, string> = {
  task: "A task with steps",
  "inventory.restock": "A restock order",
  note: "A note kept with it",
  notify: "A notification here",
  webhook: "A signed message",
  file: "A file to upload",
};

const periods = [
  { value: "", label: "no money" },
  { value: "day", label: "a day" },
  { value: "once", label: "once" },
];

/** Money, effects, order and the rest, which many cases do without. */
export function MoreFields({ one, index }: Props) {
  const edit = useEditCase(index);
  const { policy, vocabulary, readOnly } = useStudio();
  return (
    <div className={classes.fields}>
      <TextField
        place={at(one, "money")}
        label="Money at stake"
        description="CEL, in the subject's currency"
        mono
        value={one.money}
        onChange={(money) => edit({ money, per: money === "" ? "" : one.per || "day" })}
      />
      <ChoiceField
        place={at(one, "per")}
        label="Per"
        data={periods}
        value={one.per}
        onChange={(per) => edit({ per })}
      />
      <TextField
        place={at(one, "due")}
        label="Due in days"
        description="CEL, from the day it is judged"
        mono
        value={one.due}
        onChange={(due) => edit({ due })}
      />
      <TextField
        place={at(one, "critical_when")}
        label="Critical when"
        description="CEL"
        mono
        value={one.critical_when}
        onChange={(critical_when) => edit({ critical_when })}
      />
      <TextField
        place={at(one, "worse")}
        label="Worse is more of"
        description="CEL; empty: money at stake"
        mono
        value={one.worse}
        onChange={(worse) => edit({ worse })}
      />
      <TextField
        place={at(one, "units")}
        label="Units of an order"
        description="CEL"
        mono
        value={one.units}
        onChange={(units) => edit({ units })}
      />
      <TextField
        place={at(one, "group")}
        label="Several of them"
        description="after their number: SKUs sell out"
        value={one.group}
        onChange={(group) => edit({ group })}
      />
      <TextField
        place={at(one, "link")}
        label="Link"
        description="path in Seller Central or a whole address"
        value={one.link}
        onChange={(link) => edit({ link })}
      />
      <div className={classes.wide}>
        <TextField
          place={at(one, "checklist")}
          label="Checklist, a step a line"
          lines={2}
          value={one.checklist.join("\n")}
          onChange={(text) => edit({ checklist: text === "" ? [] : text.split("\n") })}
        />
      </div>
      {policy.stage !== "guard" && (
        <EffectsField one={one} index={index} field="effects" label="What doing it changes" vocabulary={vocabulary} />
      )}
      <MultiSelect
        className={classes.wide}
        size="xs"
        label="Silent while these hold"
        data={inhibitors(vocabulary, policy.name, one.inhibited_by)}
        value={one.inhibited_by}
        searchable
        disabled={readOnly}
        onChange={(inhibited_by) => edit({ inhibited_by })}
      />
      <Checkbox
        className={classes.wide}
        label="Stop here when it cannot be told"
        checked={one.needed}
        onChange={(event) => edit({ needed: event.currentTarget.checked })}
      />
      <Checkbox
        className={classes.wide}
        label="The due day stays that of the first time"
        checked={one.due_fixed}
        onChange={(event) => edit({ due_fixed: event.currentTarget.checked })}
      />
    </div>
  );
}

type EffectsProps = Props & { field: "effects" | "blocks"; label: string; vocabulary: Vocabulary | undefined };

function EffectsField({ one, index, field, label, vocabulary }: EffectsProps) {
  const edit = useEditCase(index);
  const { problems, readOnly } = useStudio();
  const known = (vocabulary?.effects ?? [])
    .filter(({ effect }) => field === "blocks" || effect !== "growth")
    .map(({ effect, words }) => ({ value: effect, label: words }));
  const rest = one[field].filter((effect) => !known.some(({ value }) => value === effect));
  const error = errorAt(problems, at(one, field));
  return (
    <MultiSelect
      className={classes.wide}
      size="xs"
      label={label}
      data={[...known, ...rest.map((value) => ({ value, label: value }))]}
      value={one[field]}
      disabled={readOnly}
      error={error === "" ? undefined : error}
      data-place={placeKey(`case ${one.name}`, field)}
      onChange={(effects) => edit({ [field]: effects })}
    />
  );
}

function inhibitors(vocabulary: Vocabulary | undefined, self: string, chosen: readonly string[]) {
  const known = (vocabulary?.policies ?? [])
    .filter(({ name }) => name !== self)
    .flatMap(({ name, title, cases }) => [
      { value: name, label: title },
      ...cases.map((one) => ({ value: `${name}:${one}`, label: `${title}: ${one}` })),
    ]);
  const rest = chosen.filter((name) => !known.some(({ value }) => value === name));
  return [...known, ...rest.map((value) => ({ value, label: value }))];
}
