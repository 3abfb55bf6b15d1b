import { Button } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate, useRouter, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { useAnnounce } from "@/lib/announce";
import { useCommands } from "@/lib/command-context";
import type { Command } from "@/lib/commands";
import { copyText } from "@/lib/copy-text";
import { useDisplay } from "@/lib/display";
import { formatNumber } from "@/lib/format";
import { Day } from "@/ui/day/day";
import { Kbd } from "@/ui/kbd/kbd";
import { Page } from "@/ui/page/page";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows, RefreshingBar } from "@/ui/state-card/loading-rows";
import { StateCard } from "@/ui/state-card/state-card";
import { type Original, originalQuery } from "../api/original";
import { LineField } from "../components/line-field";
import { OriginalRow } from "../components/original-row";
import { originalSearch } from "../logic/search";

/** One row as it stands in the file that Amazon gave, with its neighbours. */
export function OriginalPage() {
  const search = originalSearch(useSearch({ strict: false }));
  // The line before stays in sight until the next one is read.
  const query = useQuery({ ...originalQuery(search.document, search.line), placeholderData: keepPreviousData });
  const found = query.data;
  const go = useGo();
  useOriginalKeys(found, go);
  if (search.document === 0) {
    return (
      <Page title="Original row">
        <StateCard title="No file was named">Open a row behind a number, or a file under Data.</StateCard>
      </Page>
    );
  }
  return (
    <Page
      title={found ? `${found.file}, line ${found.line}` : "Original row"}
      lead={found && <Lead found={found} />}
      actions={
        <>
          <LineField key={search.line} line={search.line} onGo={go} />
          {found && <CopyLine raw={found.raw} />}
        </>
      }
    >
      <RefreshingBar active={query.isFetching && !query.isPending} />
      {query.isPending && <LoadingRows rows={10} label="Reading the file" />}
      {query.isError && (
        <ErrorState
          effect="The row could not be read from its file."
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      )}
      {found && <OriginalRow found={found} counts={search.counts} />}
    </Page>
  );
}

function Lead({ found }: { found: Original }) {
  const { locale } = useDisplay();
  return (
    <>
      {found.kind_title}, line {formatNumber(found.line, locale)} of {formatNumber(found.lines, locale)}. Imported{" "}
      <Day value={found.imported_at} />
      {found.as_of !== "" && (
        <>
          , as of <Day value={found.as_of} />
        </>
      )}
      .
    </>
  );
}

function CopyLine({ raw }: { raw: string }) {
  const announce = useAnnounce();
  return (
    <Button
      variant="default"
      rightSection={<Kbd keys="c" />}
      onClick={() => announce(copyText(raw) ? "Copied" : "The line could not be copied.")}
    >
      Copy the line
    </Button>
  );
}

/** Goes to another line of the file; Back still leads to where the file was opened from. */
function useGo() {
  const navigate = useNavigate();
  return useCallback(
    (line: number) =>
      void navigate({
        to: "/rows/original",
        search: (before: Record<string, unknown>) => ({ ...before, line }),
        replace: true,
      }),
    [navigate],
  );
}

function useOriginalKeys(found: Original | undefined, go: (line: number) => void) {
  const announce = useAnnounce();
  const { history } = useRouter();
  const next = found?.after[0]?.line;
  const previous = found?.before.at(-1)?.line;
  const last = found?.lines;
  const raw = found?.raw ?? "";
  const commands = useMemo<Command[]>(() => {
    const group = "Original row";
    const move = (id: string, label: string, keys: string[], line: number | undefined): Command => ({
      id: `original.${id}`,
      label,
      group,
      keys,
      when: () => line !== undefined,
      run: () => line !== undefined && go(line),
    });
    return [
      move("next", "Next row", ["j", "arrowdown"], next),
      move("previous", "Previous row", ["k", "arrowup"], previous),
      move("last", "Last row", ["end"], last),
      {
        id: "original.copy",
        label: "Copy the line",
        group,
        keys: ["c"],
        when: () => raw !== "",
        run: () => announce(copyText(raw) ? "Copied" : "The line could not be copied."),
      },
      { id: "original.back", label: "Back to the rows", group, keys: ["escape"], run: () => history.back() },
    ];
  }, [go, next, previous, last, raw, announce, history]);
  useCommands(commands);
}
