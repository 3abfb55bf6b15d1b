import { Button } from "@mantine/core";
import { useCallback, useMemo } from "react";
import { useDisplay } from "@/lib/display";
import { formatNumber } from "@/lib/format";
import { Kbd } from "@/ui/kbd/kbd";
import { Page } from "@/ui/page/page";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows, RefreshingBar } from "@/ui/state-card/loading-rows";
import { FirstUse, NoMatch, StaleNotice } from "@/ui/state-card/state-card";
import { actionsPage, mostDecided } from "../api/queries";
import { AuditButton, AuditFaults, useAuditCheck } from "../components/audit-check";
import { EntryInspector } from "../components/inspector/entry-inspector";
import classes from "../components/journal.module.css";
import { JournalTable } from "../components/journal-table";
import { JournalTools } from "../components/journal-tools";
import { useEntries } from "../components/use-entries";
import { useJournalFile } from "../components/use-journal-file";
import { useJournalSearch } from "../components/use-journal-search";
import { choicesOf, matches } from "../logic/rows";

/** What was decided, and what happened. */
export function JournalPage() {
  const [search, change] = useJournalSearch();
  const read = useEntries(search.days ?? 90);
  const { entries } = read;
  const check = useAuditCheck();
  const shown = useMemo(() => entries.filter((entry) => matches(entry, search)), [entries, search]);
  const filtered = [search.state, search.kind, search.rule, search.q].some((one) => one !== undefined);
  const file = useJournalFile({
    shown,
    all: entries,
    name: ["journal", read.from, read.to, filtered ? "filtered" : ""].filter(Boolean).join(" "),
    older: read.more !== undefined,
  });
  const chosen = entries.find((entry) => entry.key === search.sel);
  const onOpen = useCallback((sel: string | undefined) => change({ sel }), [change]);
  const onClose = useCallback(() => change({ sel: undefined }), [change]);
  const onClear = () => change({ state: undefined, kind: undefined, rule: undefined, q: undefined, days: undefined });
  return (
    <Page
      title="Journal"
      lead="What did I decide, and what happened?"
      actions={
        <>
          <Button
            variant="default"
            loading={file.saving}
            disabled={!file.can}
            rightSection={<Kbd keys="mod+e" />}
            onClick={file.save}
          >
            Save as CSV
          </Button>
          <AuditButton check={check} />
        </>
      }
      inspector={chosen && <EntryInspector key={chosen.key} entry={chosen} onClose={onClose} onOpen={onOpen} />}
    >
      <RefreshingBar active={read.fetching && read.known} />
      <AuditFaults check={check} />
      {read.error && !read.known && (
        <ErrorState effect="The journal could not be read." error={read.error} onRetry={read.again} />
      )}
      {read.error && read.known && (
        <StaleNotice>The journal could not be read again. What you see is the last that was read.</StaleNotice>
      )}
      {read.pending && !read.error && <LoadingRows rows={10} label="Reading the journal" />}
      {read.known && (
        <>
          <JournalTools
            search={search}
            kinds={choicesOf(entries, "kind")}
            rules={choicesOf(entries, "rule")}
            onChange={change}
          />
          {shown.length > 0 && (
            <JournalTable shown={shown} all={entries} selected={search.sel} onSelect={onOpen} onClose={onClose} />
          )}
          {shown.length === 0 && filtered && (
            <NoMatch filters="Nothing in this period has this state, kind, rule and these words." onClear={onClear} />
          )}
          {shown.length === 0 && !filtered && <Nothing days={search.days ?? 90} onClear={onClear} />}
          <Limits shown={shown.length} decided={read.decided} more={read.more} />
        </>
      )}
    </Page>
  );
}

function Nothing({ days, onClear }: { days: number; onClear: () => void }) {
  return (
    <FirstUse
      title={days === 90 ? "Nothing was decided yet" : "Nothing was decided in this period"}
      action={days === 90 ? undefined : { label: "Show 90 days", run: onClear }}
    >
      What you approve, dismiss or put off under Today is kept here, with what was done of it and what was read back.
    </FirstUse>
  );
}

type LimitsProps = { shown: number; decided: number; more: (() => void) | undefined };

/** How much is shown, and what is not. */
function Limits({ shown, decided, more }: LimitsProps) {
  const { locale } = useDisplay();
  return (
    <footer className={classes.limits}>
      <span>
        {formatNumber(shown, locale)} {shown === 1 ? "entry" : "entries"}
      </span>
      {more && (
        <Button variant="subtle" size="compact-sm" onClick={more}>
          Read {formatNumber(actionsPage, locale)} older actions
        </Button>
      )}
      {decided >= mostDecided && (
        <span>
          Of decisions without an action, only the newest {formatNumber(mostDecided, locale)} are here; all are in the
          audit.
        </span>
      )}
    </footer>
  );
}
