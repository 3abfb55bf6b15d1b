import { HighlightStyle, type StreamParser, syntaxHighlighting } from "@codemirror/language";
import { tags } from "@lezer/highlight";

/** Conditions in CEL: names, figures, texts and signs. */
export const cel: StreamParser<null> = {
  startState: () => null,
  token: (stream) => {
    if (stream.eatSpace()) return null;
    if (stream.match(/^(["'])(?:[^"'\\]|\\.)*\1/)) return "string";
    if (stream.match(/^\d+(\.\d+)?/)) return "number";
    if (stream.match(/^(true|false|null|in)\b/)) return "keyword";
    if (stream.match(/^threshold\.\w+/)) return "atom";
    if (stream.match(/^[A-Za-z_][\w.]*(?=\s*\()/)) return "function";
    if (stream.match(/^[A-Za-z_][\w.]*/)) return "variableName";
    if (stream.match(/^(&&|\|\||[<>=!]=?|[-+*/%?:])/)) return "operator";
    stream.next();
    return null;
  },
};

/** Policies in YAML: keys, texts, figures and comments. */
export const yaml: StreamParser<null> = {
  startState: () => null,
  token: (stream) => {
    if (stream.eatSpace()) return null;
    if (stream.match(/^#.*/)) return "comment";
    if (stream.match(/^-(?=\s)/)) return "operator";
    if (stream.match(/^[\w.]+(?=:(\s|$))/)) return "propertyName";
    if (stream.match(/^"(?:[^"\\]|\\.)*"|^'[^']*'/)) return "string";
    if (stream.match(/^-?\d+(\.\d+)?(?=\s|$|,|\])/)) return "number";
    if (stream.match(/^(true|false|null)\b/)) return "keyword";
    stream.next();
    stream.match(/^[^\s#:,[\]{}]+/);
    return null;
  },
};

export const highlighting = syntaxHighlighting(
  HighlightStyle.define([
    { tag: tags.comment, color: "var(--ink-3)" },
    { tag: tags.propertyName, color: "var(--accent)" },
    { tag: [tags.string, tags.special(tags.string)], color: "var(--good)" },
    { tag: tags.number, color: "var(--info)" },
    { tag: [tags.keyword, tags.atom], color: "var(--warning)" },
    { tag: tags.function(tags.variableName), color: "var(--info)" },
    { tag: tags.operator, color: "var(--ink-2)" },
  ]),
);
