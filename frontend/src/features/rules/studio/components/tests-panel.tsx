import { Button, Select, TextInput } from "@mantine/core";
import { IconCircleCheck, IconCircleX } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useAnnounce } from "@/lib/announce";
import { toCallError } from "@/lib/call";
import { CodeEditor } from "@/ui/code-editor/code-editor";
import { studio } from "../../api/studio-calls";
import { testsQuery } from "../../api/studio-queries";
import type { TestResult, Tests } from "../../api/studio-types";
import classes from "./side.module.css";
import { useStudio } from "./studio-context";

/** The tests of the policy, run on the draft; and the way to make one of what is known about the example. */
export function TestsPanel() {
  const { policy, state, store } = useStudio();
  const saved = useQuery({ ...testsQuery(policy.name), enabled: !store.fresh });
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? saved.data?.text ?? "";
  const run = useQuery({
    queryKey: ["rules", "run-tests", policy.name, state.checked, text],
    queryFn: () => studio.runTests(policy.name, state.checked, text),
    enabled: text !== "" && state.problems.length === 0,
    gcTime: 60_000,
  });
  const client = useQueryClient();
  const announce = useAnnounce();
  const save = useMutation({
    mutationFn: () => studio.saveTests(policy.name, state.checked, text),
    onSuccess: (tests: Tests) => {
      if (tests.problems.length > 0) return announce("The tests were not saved: their text has a fault.");
      client.setQueryData(testsQuery(policy.name).queryKey, tests);
      setTyped(null);
      announce("The tests were saved.");
    },
  });
  const failed = saved.error ?? run.error ?? save.error;
  const problems = [...(run.data?.problems ?? []), ...(save.data?.problems ?? [])];
  const results = run.data?.results ?? [];
  const passed = results.filter((one) => one.passed).length;
  return (
    <div>
      <p className={classes.empty} aria-live="polite">
        {results.length === 0
          ? "No tests yet. A test keeps what you found right from changing unseen."
          : `${passed} of ${results.length} pass.`}
      </p>
      {failed && <p className={classes.error}>{toCallError(failed).message}</p>}
      {problems.length > 0 && (
        <p className={classes.error} role="alert">
          {problems.map(({ line, message }) => (line > 0 ? `Line ${line}: ${message}` : message)).join(". ")}
        </p>
      )}
      <ResultList results={results} />
      <MakeTest unsaved={typed !== null} onMade={(tests) => setTyped(tests.text)} />
      <details>
        <summary className={classes.pick}>The tests as text</summary>
        <CodeEditor label="Tests as text" language="yaml" value={text} onChange={setTyped} />
      </details>
      <div className={classes.buttons}>
        <Button disabled={typed === null || store.fresh} loading={save.isPending} onClick={() => save.mutate()}>
          Save the tests
        </Button>
        {typed !== null && (
          <Button variant="default" onClick={() => setTyped(null)}>
            Leave them as they were
          </Button>
        )}
      </div>
      {store.fresh && <p className={classes.small}>Tests can be kept once the policy itself is saved.</p>}
    </div>
  );
}

function ResultList({ results }: { results: readonly TestResult[] }) {
  return (
    <ul className={classes.list} aria-label="Tests">
      {results.map((one) => (
        <li key={one.name}>
          <span className={classes.outcome} data-passed={one.passed}>
            {one.passed ? (
              <IconCircleCheck size={15} stroke={1.8} aria-hidden="true" />
            ) : (
              <IconCircleX size={15} stroke={1.8} aria-hidden="true" />
            )}
            {one.name}
            <span className={classes.small}>{one.passed ? "passes" : "fails"}</span>
          </span>
          {one.wrong.map((wrong) => (
            <span key={wrong} className={classes.small}>
              {wrong}
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}

/** "With these figures this should come of it": from the example subject as it is known now. */
function MakeTest({ unsaved, onMade }: { unsaved: boolean; onMade: (tests: Tests) => void }) {
  const { policy, state, live, problems } = useStudio();
  const [name, setName] = useState("");
  const [wanted, setWanted] = useState<string | null>(null);
  const announce = useAnnounce();
  const expected = wanted ?? live?.case ?? "";
  const make = useMutation({
    mutationFn: (subject: string) =>
      studio.makeTest({ yaml: state.checked, subject, as_of: "", name: name.trim(), case: expected }),
    onSuccess: (tests) => {
      onMade(tests);
      setName("");
      announce("A test was made. Save the tests to keep it.");
    },
  });
  if (!live) return null;
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== "") make.mutate(live.subject);
      }}
    >
      <h3 className={classes.heading}>Make a test of {live.label}</h3>
      <TextInput
        label="Name of the test"
        placeholder="sells out before stock lands"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        label="What should come of it"
        data={[
          { value: "", label: "nothing" },
          ...policy.cases.map((one) => ({ value: one.name, label: `case ${one.name}` })),
        ]}
        value={expected}
        allowDeselect={false}
        onChange={setWanted}
      />
      {unsaved && <p className={classes.small}>Save the tests before you make another one.</p>}
      {make.error && <p className={classes.error}>{toCallError(make.error).message}</p>}
      <div className={classes.buttons}>
        <Button
          type="submit"
          variant="default"
          disabled={name.trim() === "" || problems.length > 0 || unsaved}
          loading={make.isPending}
        >
          Make a test of this
        </Button>
      </div>
    </form>
  );
}
