import { useMemo } from "react";
import { CodeEditor } from "@/ui/code-editor/code-editor";
import type { Problem } from "../../api/studio-types";
import { placeWords } from "../logic/problems";
import classes from "./studio.module.css";
import { useStudio } from "./studio-context";

/** The whole text, which is the truth; comments and order stay as they are written. */
export function YamlView() {
  const { state, store, problems } = useStudio();
  const faults = useMemo(() => faultsOf(state.yaml, problems), [state.yaml, problems]);
  return (
    <section aria-label="Policy as YAML" data-view="yaml">
      <CodeEditor
        label="Policy as YAML"
        language="yaml"
        value={state.yaml}
        faults={faults}
        quietFaults
        readOnly={state.ahead}
        onChange={(text) => store.type(text)}
      />
      <p className={classes.note}>Tab leaves the field. Faults are marked at their line and listed above.</p>
    </section>
  );
}

/** Problems with a line, as places in the text. */
export function faultsOf(yaml: string, problems: readonly Problem[]) {
  const starts = [0];
  for (let at = yaml.indexOf("\n"); at >= 0; at = yaml.indexOf("\n", at + 1)) starts.push(at + 1);
  return problems.map((problem) => {
    const line = starts[Math.max(0, problem.line - 1)] ?? 0;
    const from = line + Math.max(0, problem.column - 1);
    return { from, to: from, message: `${placeWords(problem)}: ${problem.message}` };
  });
}
