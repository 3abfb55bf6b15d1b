import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useCovered } from "@/lib/amounts";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows } from "@/ui/state-card/loading-rows";
import { StateCard } from "@/ui/state-card/state-card";
import { explanationsQuery } from "./queries";
import classes from "./trace.module.css";
import type { Explanation } from "./types";

type Props = { subject: string; as_of: string };

const outcomes: Record<string, { mark: string; word: string; tone: string }> = {
  decided: { mark: "✓", word: "decided", tone: "true" },
  cant_tell: { mark: "?", word: "cannot tell", tone: "unknown" },
  continue: { mark: "–", word: "nothing to do", tone: "plain" },
  excepted: { mark: "–", word: "you took it out", tone: "plain" },
  out_of_scope: { mark: "·", word: "does not look at it", tone: "plain" },
};

const order = ["decided", "cant_tell", "continue", "excepted", "out_of_scope"];

/** How each rule judged a subject, those that say something first; each leads to its trace. */
export function RuleVerdicts({ subject, as_of }: Props) {
  const query = useQuery(explanationsQuery({ subject, policy: "", as_of }));
  const explanations = useCovered(query.data);
  if (query.isPending) return <LoadingRows rows={8} label="Asking the rules" />;
  if (query.isError) {
    return (
      <ErrorState effect="The rules could not be asked." error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  if (!explanations || explanations.length === 0) {
    return (
      <StateCard title={`No rule looks at ${subject}`}>It is unknown here, or no rule reads a fact of it.</StateCard>
    );
  }
  const rank = (one: Explanation) => (order.includes(one.outcome) ? order.indexOf(one.outcome) : order.length);
  const sorted = [...explanations].sort((a, b) => rank(a) - rank(b) || a.title.localeCompare(b.title));
  return (
    <ul className={classes.verdicts} aria-label="How each rule judged it">
      {sorted.map((one) => {
        const { mark, word, tone } = outcomes[one.outcome] ?? { mark: "·", word: one.outcome, tone: "plain" };
        return (
          <li key={`${one.policy} ${one.subject}`}>
            <Link
              to="/rules/trace"
              search={{ subject: one.subject, policy: one.policy, as_of: as_of === "" ? undefined : as_of }}
            >
              <span className={classes.mark} data-result={tone} aria-hidden="true">
                {mark}
              </span>
              <span className={classes.what}>
                {one.title}
                <small>
                  {one.outcome === "decided" ? one.summary : wordsOf(word, one.summary)}
                  {one.subject !== subject && `, ${one.label === "" ? one.subject : one.label}`}
                </small>
              </span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

/** "cannot tell: reviews missing"; the summary may begin with the word itself. */
function wordsOf(word: string, summary: string): string {
  const more = summary.replace(/^(can't tell|out of scope|you took it out)(: )?/, "");
  return more === "" ? word : `${word}: ${more}`;
}
