import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useCommands } from "@/lib/command-context";
import { Day } from "@/ui/day/day";
import { InspectorSection } from "@/ui/inspector/inspector";
import { Kbd } from "@/ui/kbd/kbd";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows } from "@/ui/state-card/loading-rows";
import { explainQuery } from "../api/queries";
import type { ReportKind, Why } from "../api/types";
import { type CaseLine, caseTitle, type Explained, explainAll, type Verdict } from "../logic/explain";
import { sourceTitles } from "../logic/wording";
import classes from "./module.module.css";

type Props = { module: string; subject: string; asOf: string; kinds: ReportKind[] };

/** How each policy judged this subject, asked for when wanted. */
export function WhyNot({ module, subject, asOf, kinds }: Props) {
  const [open, setOpen] = useState(false);
  const commands = useMemo(
    () => [
      { id: "module.why", label: "Why, or why not", group: "List", keys: ["w"], run: () => setOpen((was) => !was) },
    ],
    [],
  );
  useCommands(commands);
  return (
    <InspectorSection title="What the policies say">
      <Button variant="default" aria-expanded={open} onClick={() => setOpen(!open)} rightSection={<Kbd keys="w" />}>
        {open ? "Hide" : "Why not?"}
      </Button>
      {open && <Explanations module={module} subject={subject} asOf={asOf} kinds={kinds} />}
    </InspectorSection>
  );
}

function Explanations({ module, subject, asOf, kinds }: Props) {
  const query = useQuery(explainQuery(module, subject, asOf));
  if (query.isPending) return <LoadingRows rows={5} label="Asking the policies" />;
  if (query.isError) {
    return (
      <ErrorState effect="The policies could not be asked." error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  if (query.data.length === 0) return <p className={classes.text}>No policy looks at this.</p>;
  return explainAll(query.data).map((one) => <Policy key={one.policy} explained={one} kinds={kinds} />);
}

function Policy({ explained, kinds }: { explained: Explained; kinds: ReportKind[] }) {
  return (
    <article className={classes.policy}>
      <h4>{explained.title}</h4>
      <p className={classes.text}>{explained.headline}</p>
      <ol className={classes.cases}>
        {explained.lines.map((line) => (
          <Case key={line.name} line={line} kinds={kinds} />
        ))}
      </ol>
      {explained.decided && explained.unknowns.length > 0 && (
        <p className={classes.note}>Not known on the way: {explained.unknowns.join("; ")}.</p>
      )}
    </article>
  );
}

const verdicts: Record<Verdict, { mark: string; word: string }> = {
  decided: { mark: "✓", word: "decides" },
  not_met: { mark: "–", word: "not met" },
  unknown: { mark: "?", word: "can't tell" },
  not_reached: { mark: "·", word: "not reached" },
};

function Case({ line, kinds }: { line: CaseLine; kinds: ReportKind[] }) {
  const { mark, word } = verdicts[line.verdict];
  return (
    <li data-verdict={line.verdict}>
      <span className={classes.verdict} aria-hidden="true">
        {mark}
      </span>
      <span className={classes.caseName}>{caseTitle(line.name)}</span>
      <span className={classes.word}>{word}</span>
      {(line.reasons.length > 0 || line.note !== "") && (
        <ul>
          {line.reasons.map((why) => (
            <Reason key={`${why.clause}/${why.text}`} why={why} kinds={kinds} />
          ))}
          {line.note !== "" && <li>{line.note}</li>}
        </ul>
      )}
    </li>
  );
}

function Reason({ why, kinds }: { why: Why; kinds: ReportKind[] }) {
  const source = why.source === "" ? "" : (sourceTitles([why.source], kinds)[0] ?? "");
  return (
    <li>
      {why.text}
      {why.note !== "" && `: ${why.note}`}
      {(source !== "" || why.as_of !== "") && (
        <span className={classes.from}>
          {source}
          {source !== "" && why.as_of !== "" && ", "}
          {why.as_of !== "" && <Day value={why.as_of} />}
        </span>
      )}
    </li>
  );
}
