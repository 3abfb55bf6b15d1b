import type { Completion } from "@codemirror/autocomplete";
import { setDiagnostics } from "@codemirror/lint";
import { EditorView } from "@codemirror/view";
import { useEffect, useId, useRef } from "react";
import classes from "./code-editor.module.css";
import { diagnosticsOf, type Fault, fromOutside, type Language, makeState, type Wiring } from "./editor-state";

type Props = {
  /** Names the field for screen readers: "Condition of restock". */
  label: string;
  value: string;
  language: Language;
  onChange: (value: string) => void;
  /** What is wrong and where, from 0 in UTF-16 units; shown at its place and below. */
  faults?: readonly Fault[];
  /** Names that are offered while typing. */
  words?: readonly Completion[];
  readOnly?: boolean;
  /** The faults are listed elsewhere. */
  quietFaults?: boolean;
};

const none: readonly never[] = [];

/** A field for code: highlighting, completion, faults at their place. Tab moves on, so that no one is trapped. */
export function CodeEditor(props: Props) {
  const { label, value, language, faults = none, words = none, readOnly = false, quietFaults = false } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const faultsId = useId();
  const wiring = useRef<Wiring>({ onChange: props.onChange, words });
  wiring.current.onChange = props.onChange;
  wiring.current.words = words;
  const start = useRef(value);
  useEffect(() => {
    const parent = host.current;
    if (!parent) return;
    const made = new EditorView({
      parent,
      state: makeState({ doc: start.current, label, language, readOnly, faultsId, wiring: wiring.current }),
    });
    view.current = made;
    return () => {
      start.current = made.state.doc.toString();
      made.destroy();
    };
  }, [label, language, readOnly, faultsId]);
  useEffect(() => {
    if (view.current) show(view.current, value);
    start.current = value;
  }, [value]);
  useEffect(() => {
    const shown = view.current;
    if (shown) shown.dispatch(setDiagnostics(shown.state, diagnosticsOf(shown.state, faults)));
  }, [faults]);
  return (
    <div>
      <div ref={host} className={classes.editor} data-invalid={faults.length > 0} />
      <ul className={quietFaults ? "visually-hidden" : classes.faults} id={faultsId} hidden={faults.length === 0}>
        {faults.map((fault) => (
          <li key={`${fault.from}:${fault.message}`}>{fault.message}</li>
        ))}
      </ul>
    </div>
  );
}

/** Takes a text from outside: only what differs is replaced, so the caret stays where it was. */
function show(view: EditorView, next: string) {
  const now = view.state.doc.toString();
  if (now === next) return;
  const most = Math.min(now.length, next.length);
  let from = 0;
  while (from < most && now[from] === next[from]) from++;
  let tail = 0;
  while (tail < most - from && now.at(-1 - tail) === next.at(-1 - tail)) tail++;
  view.dispatch({
    changes: { from, to: now.length - tail, insert: next.slice(from, next.length - tail) },
    annotations: fromOutside.of(true),
  });
}
