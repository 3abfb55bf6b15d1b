import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useDisplay } from "@/lib/display";
import { Day } from "@/ui/day/day";
import { Fact } from "@/ui/fact/fact";
import { Inspector, InspectorSection } from "@/ui/inspector/inspector";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows } from "@/ui/state-card/loading-rows";
import { StateCard } from "@/ui/state-card/state-card";
import { factTableQuery, reportKindsQuery } from "../api/queries";
import type { FactTable, ReportKind } from "../api/types";
import { factsOf, type SubjectFact, seriesChoices } from "../logic/columns";
import type { ModuleSearch } from "../logic/search";
import { shownCell, sourceTitles, subjectTexts, withUnit } from "../logic/wording";
import classes from "./module.module.css";
import { SubjectSeries } from "./subject-series";
import { WhyNot } from "./why-not";

type Props = {
  module: string;
  search: ModuleSearch;
  onChange: (change: ModuleSearch) => void;
  onClose: () => void;
};

/** Everything known of one subject: facts with their origin, the days behind them, and why rules decide so. */
export function SubjectInspector({ module, search, onChange, onClose }: Props) {
  const subject = search.sel ?? "";
  const query = useQuery(
    factTableQuery({
      module,
      subject_kind: search.kind ?? "",
      filter: "",
      sort: "",
      desc: false,
      offset: 0,
      limit: 1,
      as_of: "",
      subject,
    }),
  );
  return (
    <Inspector label={`Details of ${query.data?.rows[0]?.label ?? subject}`} onClose={onClose}>
      <Body query={query} module={module} subject={subject} search={search} onChange={onChange} />
    </Inspector>
  );
}

type BodyProps = {
  query: UseQueryResult<FactTable>;
  module: string;
  subject: string;
  search: ModuleSearch;
  onChange: (change: ModuleSearch) => void;
};

function Body({ query, module, subject, search, onChange }: BodyProps) {
  const kinds = useQuery(reportKindsQuery).data ?? [];
  if (query.isPending) return <LoadingRows rows={8} label="Reading the facts" />;
  if (query.isError) {
    return (
      <ErrorState effect="The facts could not be read." error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  const row = query.data.rows.find((r) => r.subject === subject);
  if (!row) {
    return (
      <StateCard title={`Nothing is known of ${subject}`}>
        It may have left the reports, or belong to another tab.
      </StateCard>
    );
  }
  const named = subjectTexts(row);
  return (
    <>
      <h2 className={classes.title}>{named.label}</h2>
      {named.detail !== "" && <p className={classes.text}>{named.detail}</p>}
      <InspectorSection title="Facts">
        <ul className={classes.facts}>
          {factsOf(row, query.data.columns).map((fact) => (
            <FactLine key={fact.column.name} fact={fact} kinds={kinds} />
          ))}
        </ul>
      </InspectorSection>
      <SubjectSeries
        module={module}
        subject={subject}
        asOf={query.data.as_of}
        choices={seriesChoices(query.data.columns)}
        search={search}
        onChange={onChange}
      />
      <WhyNot module={module} subject={subject} asOf={query.data.as_of} kinds={kinds} />
    </>
  );
}

function FactLine({ fact: { column, cell }, kinds }: { fact: SubjectFact; kinds: ReportKind[] }) {
  const { hide_amounts, locale, now } = useDisplay();
  const plain = shownCell(cell, column, locale, now);
  const shown = { ...plain, text: withUnit(plain.text, column) };
  const sources = sourceTitles(cell.source === "" ? column.sources : [cell.source], kinds).join(", ");
  const noted = cell.note !== "" && !(hide_amounts && column.type === "money");
  return (
    <li>
      <details className={classes.fact}>
        <summary>
          <span>{column.title}</span>
          <span className={classes.value}>
            <Fact value={shown} type={column.type === "money" ? "money" : undefined} />
          </span>
        </summary>
        <dl className={classes.origin}>
          <Line name="Means">{column.meaning}</Line>
          {column.formula !== "" && <Line name="Computed">{column.formula}</Line>}
          {sources !== "" && <Line name="From">{sources}</Line>}
          <Line name="As of">
            <Day value={cell.as_of} />, {cell.maturity}
          </Line>
        </dl>
      </details>
      {noted && <p className={classes.note}>{cell.note}</p>}
    </li>
  );
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
