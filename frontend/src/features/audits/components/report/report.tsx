import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { useCovered } from "@/lib/amounts";
import { useAnnounce } from "@/lib/announce";
import { useCommands } from "@/lib/command-context";
import type { Command } from "@/lib/commands";
import { copyText } from "@/lib/copy-text";
import { useDisplay } from "@/lib/display";
import { formatNumber } from "@/lib/format";
import { Kbd } from "@/ui/kbd/kbd";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows, RefreshingBar } from "@/ui/state-card/loading-rows";
import { reportQuery } from "../../api/queries";
import type { Report } from "../../api/types";
import { reportText } from "../../logic/report-text";
import { ItemList } from "../months/item-list";
import { LotList } from "../months/lot-list";
import months from "../months/months.module.css";
import classes from "./report.module.css";

/** What the review of a month came to, to be read, copied and printed. */
export function ReportOfMonth({ month }: { month: string }) {
  const query = useQuery(reportQuery(month));
  const report = useCovered(query.data);
  if (query.error && !report) {
    return (
      <ErrorState
        effect="The report of this month could not be read."
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  }
  if (!report) return <LoadingRows rows={8} label="Reading the report" />;
  return (
    <div className={months.detail}>
      <RefreshingBar active={query.isFetching} />
      <Content report={report} />
    </div>
  );
}

function Content({ report }: { report: Report }) {
  const { copy, back } = useWays(report);
  return (
    <>
      <div className={months.head}>
        <div>
          <h2>{report.sentence}</h2>
          <p>
            {report.title}: {report.state_text}
            {report.over ? "" : ", and the month goes on"}
          </p>
        </div>
        <div className={months.ways}>
          <Button variant="default" onClick={back} rightSection={<Kbd keys="escape" />}>
            The review
          </Button>
          <Button variant="default" onClick={copy} rightSection={<Kbd keys="y" />}>
            Copy as text
          </Button>
          <Button onClick={() => window.print()} rightSection={<Kbd keys="mod+p" />}>
            Print
          </Button>
        </div>
      </div>
      <LotList lots={report.lots} />
      <Reruns rerun={report.rerun} />
      <Part title="What followed">
        {report.effects.length === 0 ? (
          <p>Nothing followed.</p>
        ) : (
          <ul>
            {[...new Set(report.effects)].map((effect) => (
              <li key={effect}>{effect}</li>
            ))}
          </ul>
        )}
      </Part>
      <h3 className={months.heading}>Wrong and critical ones</h3>
      {report.found.length === 0 ? (
        <p className={classes.none}>{report.looked === 0 ? "None was looked at yet." : "None was found."}</p>
      ) : (
        <ItemList month={report.month} items={report.found} />
      )}
      {report.look_again.length > 0 && (
        <>
          <h3 className={months.heading}>Still to be looked at again</h3>
          <ItemList items={report.look_again} />
        </>
      )}
    </>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section className={classes.part}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Reruns({ rerun: { same, different, cannot } }: Pick<Report, "rerun">) {
  const { locale } = useDisplay();
  const number = (value: number) => formatNumber(value, locale);
  return (
    <Part title="The same inputs, run again">
      <p>
        {number(same)} gave the same decision, {number(different)} another one, {number(cannot)} could not be run again.
      </p>
    </Part>
  );
}

function useWays(report: Report) {
  const navigate = useNavigate();
  const announce = useAnnounce();
  const { locale, now } = useDisplay();
  const { month } = report;
  const back = useCallback(() => void navigate({ to: "/audits", search: { month } }), [navigate, month]);
  const copy = useCallback(
    () =>
      announce(copyText(reportText(report, locale, now)) ? "The report is copied." : "The report could not be copied."),
    [announce, report, locale, now],
  );
  useCommands(
    useMemo<Command[]>(() => {
      const group = "Audits";
      return [
        { id: "audits.copy", label: "Copy the report as text", group, keys: ["y"], run: copy },
        { id: "audits.review", label: "Back to the review", group, keys: ["escape"], run: back },
      ];
    }, [copy, back]),
  );
  return { copy, back };
}
