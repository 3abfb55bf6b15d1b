import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { useAppState } from "@/lib/app-state";
import { Day } from "@/ui/day/day";
import { Page } from "@/ui/page/page";
import { policiesQuery } from "../api/queries";
import { RecentDecisions } from "./recent-decisions";
import { RuleVerdicts } from "./rule-verdicts";
import { SubjectPicker } from "./subject-picker";
import classes from "./trace.module.css";
import { TraceView } from "./trace-view";
import { useTraceSearch } from "./use-trace-search";

/** Why a rule decided so about a subject, or why not: first the subject, then the rule, then each step. */
export function TracePage() {
  const [search, change] = useTraceSearch();
  const { subject = "", policy = "", as_of = "", step = "" } = search;
  const last = useAppState().data?.as_of ?? "";
  const title = useQuery(policiesQuery).data?.policies.find((one) => one.name === policy)?.title ?? policy;
  const onSubject = useCallback((next: string) => change({ subject: next, step: undefined }), [change]);
  const onPolicy = useCallback((next: string) => change({ policy: next || undefined, step: undefined }), [change]);
  const onDay = useCallback((day: string) => change({ as_of: day }), [change]);
  const onStep = useCallback((next: string) => change({ step: next }, true), [change]);
  return (
    <Page
      title={headingOf(subject, title)}
      lead={<Lead subject={subject} policy={policy} day={as_of === "" ? last : as_of} />}
      actions={
        <>
          <PolicyPicker value={policy} onChange={onPolicy} />
          <SubjectPicker label="Why not another subject" placeholder="Why not…?" onPick={onSubject} />
        </>
      }
    >
      {subject === "" && <Begin policy={policy} onSubject={onSubject} />}
      {subject !== "" && policy === "" && <RuleVerdicts subject={subject} as_of={as_of} />}
      {subject !== "" && policy !== "" && (
        <TraceView
          key={`${subject} ${policy}`}
          subject={subject}
          policy={policy}
          as_of={as_of}
          last={last}
          step={step}
          onStep={onStep}
          onDay={onDay}
          onSubject={onSubject}
        />
      )}
    </Page>
  );
}

function headingOf(subject: string, policy: string): string {
  if (subject === "") return policy === "" ? "Why, or why not" : `Why, or why not: ${policy}`;
  return policy === "" ? `How each rule judged ${subject}` : `${policy}: ${subject}`;
}

function Lead({ subject, policy, day }: { subject: string; policy: string; day: string }) {
  if (subject === "") return "Choose a subject; then each rule says what it made of it.";
  return (
    <>
      {day !== "" && (
        <>
          As of <Day value={day} />, on what was known then.{" "}
        </>
      )}
      {policy === "" ? (
        "Choose a rule to see its steps."
      ) : (
        <Link to="/rules/trace" search={{ subject }}>
          All rules about it
        </Link>
      )}
    </>
  );
}

/** Nothing is chosen: a subject by its name, or one that a decision is about. */
function Begin({ policy, onSubject }: { policy: string; onSubject: (subject: string) => void }) {
  return (
    <div className={classes.begin}>
      <h2>Which subject?</h2>
      <p>A SKU, a campaign or a search term, by words of its name.</p>
      <SubjectPicker label="Subject" placeholder="SKU, campaign or search term" onPick={onSubject} autoFocus />
      <RecentDecisions policy={policy} />
    </div>
  );
}

function PolicyPicker({ value, onChange }: { value: string; onChange: (policy: string) => void }) {
  const { data } = useQuery(policiesQuery);
  const choices = useMemo(
    () => (data?.policies ?? []).map((one) => ({ value: one.name, label: one.title === "" ? one.name : one.title })),
    [data],
  );
  return (
    <Select
      aria-label="Rule"
      placeholder="Every rule"
      data={choices}
      value={value === "" ? null : value}
      onChange={(next) => onChange(next ?? "")}
      searchable
      clearable
      clearButtonProps={{ "aria-label": "Every rule", "aria-hidden": false, tabIndex: 0, size: "24px" }}
      w={220}
      nothingFoundMessage="No rule has these words"
      comboboxProps={{ transitionProps: { duration: 0 } }}
    />
  );
}
