import { autocompletion, type Completion, type CompletionContext, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap } from "@codemirror/commands";
import { bracketMatching, StreamLanguage } from "@codemirror/language";
import { type Diagnostic, lintGutter } from "@codemirror/lint";
import { Annotation, EditorState, type Extension } from "@codemirror/state";
import { EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { cel, highlighting, yaml } from "./languages";

export type Language = "cel" | "yaml";

/** What is wrong with a text, from 0 in UTF-16 units; where from is not before to, the line of from is meant. */
export type Fault = { from: number; to: number; message: string };

/** What changes while an editor lives. */
export type Wiring = {
  onChange: (value: string) => void;
  words: readonly Completion[];
};

type Input = {
  doc: string;
  label: string;
  language: Language;
  readOnly: boolean;
  faultsId: string;
  wiring: Wiring;
};

/** Marks a text that came from outside, which the page knows already. */
export const fromOutside = Annotation.define<boolean>();

export function makeState({ doc, label, language, readOnly, faultsId, wiring }: Input): EditorState {
  const tall = language === "yaml";
  return EditorState.create({
    doc,
    extensions: [
      tall ? [lineNumbers(), highlightActiveLine(), lintGutter()] : [],
      StreamLanguage.define(tall ? yaml : cel),
      highlighting,
      bracketMatching(),
      EditorView.lineWrapping,
      EditorState.readOnly.of(readOnly),
      EditorState.tabSize.of(2),
      autocompletion({ override: [(context) => complete(context, wiring.words)], icons: false }),
      keymap.of([...completionKeymap, ...defaultKeymap.filter(({ key }) => key !== "Mod-Enter")]),
      EditorView.contentAttributes.of({ "aria-label": label, "aria-describedby": faultsId, spellcheck: "false" }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged && !update.transactions.some((one) => one.annotation(fromOutside))) {
          wiring.onChange(update.state.doc.toString());
        }
      }),
      look(tall),
    ],
  });
}

/** Faults as marks on a text. */
export function diagnosticsOf(state: EditorState, faults: readonly Fault[]): Diagnostic[] {
  const end = state.doc.length;
  return faults.map(({ from, to, message }) => {
    const start = Math.min(Math.max(from, 0), end);
    const stop = Math.min(Math.max(to, start), end);
    if (stop > start) return { from: start, to: stop, severity: "error", message };
    const line = state.doc.lineAt(start);
    return { from: line.from, to: line.to, severity: "error", message };
  });
}

function complete(context: CompletionContext, words: readonly Completion[]) {
  const word = context.matchBefore(/[\w.]*/);
  if (!word || words.length === 0 || (word.from === word.to && !context.explicit)) return null;
  return { from: word.from, options: [...words], validFor: /^[\w.]*$/ };
}

const look = (tall: boolean): Extension =>
  EditorView.theme({
    "&": { backgroundColor: "transparent", color: "var(--ink)", fontSize: "12.5px" },
    "&.cm-focused": { outline: "none" },
    ".cm-scroller": {
      fontFamily: "var(--mantine-font-family-monospace)",
      lineHeight: "19px",
      minHeight: tall ? "320px" : "30px",
    },
    ".cm-content": { padding: tall ? "8px 0" : "5px 0", caretColor: "var(--ink)" },
    ".cm-line": { padding: "0 8px" },
    ".cm-cursor": { borderLeftColor: "var(--ink)" },
    ".cm-gutters": { backgroundColor: "var(--canvas)", color: "var(--ink-3)", borderRight: "1px solid var(--line)" },
    ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--selection) 60%, transparent)" },
    ".cm-activeLineGutter": { backgroundColor: "var(--selection)" },
    "&.cm-focused .cm-selectionBackground, .cm-selectionBackground, ::selection": {
      backgroundColor: "var(--accent-wash)",
    },
    "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--accent-wash)", color: "var(--ink)" },
    ".cm-tooltip": {
      backgroundColor: "var(--surface)",
      color: "var(--ink)",
      border: "1px solid var(--line-strong)",
      borderRadius: "6px",
      maxWidth: "420px",
    },
    ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "inherit", maxHeight: "240px" },
    ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "3px 8px", lineHeight: "18px" },
    ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--accent-ink)" },
    ".cm-completionDetail": { fontStyle: "normal", color: "var(--ink-3)" },
    "li[aria-selected] .cm-completionDetail": { color: "inherit" },
    ".cm-completionInfo": { padding: "6px 8px" },
    ".cm-diagnostic": { borderLeft: "3px solid var(--critical)", fontFamily: "inherit" },
    ".cm-lintRange-error": {
      backgroundImage: "none",
      textDecoration: "underline wavy var(--critical)",
      textUnderlineOffset: "3px",
    },
  });
