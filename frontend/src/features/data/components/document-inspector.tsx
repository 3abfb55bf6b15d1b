import { Button } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { copyText } from "@/lib/copy-text";
import { useDisplay } from "@/lib/display";
import { formatNumber } from "@/lib/format";
import { Day } from "@/ui/day/day";
import { Inspector, InspectorSection } from "@/ui/inspector/inspector";
import { Kbd } from "@/ui/kbd/kbd";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows } from "@/ui/state-card/loading-rows";
import { documentsQuery, quarantineQuery } from "../api/queries";
import type { Document } from "../api/types";
import { sizeText } from "../logic/result-text";
import { BadRows, badRowsText } from "./bad-rows";
import { DocumentState } from "./document-state";
import { FactList } from "./fact-list";
import classes from "./inspector.module.css";

type Props = { id: number; onClose: () => void };

/** One file as it was taken in, and the rows of it that could not be read. */
export function DocumentInspector({ id, onClose }: Props) {
  const { data } = useInfiniteQuery(documentsQuery);
  const found = data?.pages.flatMap((page) => page.rows).find((row) => row.id === id);
  return (
    <Inspector label="File details" onClose={onClose}>
      {found && <Figures found={found} />}
      {found && <OpenRows id={id} />}
      <QuarantineSection id={id} />
    </Inspector>
  );
}

function Figures({ found }: { found: Document }) {
  const { locale } = useDisplay();
  return (
    <>
      <DocumentState document={found} />
      <h2 className={classes.title}>{found.file}</h2>
      <p className={classes.text}>
        {found.kind_title}
        {found.marketplace !== "" && `, ${found.marketplace}`}
      </p>
      <InspectorSection title="What came of it">
        <FactList
          facts={[
            ["Rows", formatNumber(found.rows, locale)],
            ["Stored", formatNumber(found.stored, locale)],
            ["In quarantine", formatNumber(found.quarantined, locale)],
            ["First day", <Day key="d" value={found.first_day} />],
            ["Last day", <Day key="d" value={found.last_day} />],
            ["Made by Amazon", <Day key="d" value={found.observed_at} />],
            ["Imported", <Day key="d" value={found.imported_at} />],
            ["Size", sizeText(found.size)],
            ["From", found.origin === "api" ? "Amazon's API" : "a file"],
          ]}
        />
        {found.cleared_at !== "" && (
          <p className={classes.text}>
            Its original was deleted on <Day value={found.cleared_at} /> by the rule on how long it is kept. The figures
            made of it stay.
          </p>
        )}
      </InspectorSection>
    </>
  );
}

/** The way to the rows as they stand in the file. */
function OpenRows({ id }: { id: number }) {
  const navigate = useNavigate();
  return (
    <div className={classes.actions}>
      <Button
        variant="default"
        rightSection={<Kbd keys="enter" />}
        onClick={() => void navigate({ to: "/rows/original", search: { document: id } })}
      >
        Open its rows
      </Button>
    </div>
  );
}

function QuarantineSection({ id }: { id: number }) {
  const query = useQuery(quarantineQuery(id));
  const [copied, setCopied] = useState(false);
  if (query.isPending) return <LoadingRows rows={3} label="Reading the quarantine" />;
  if (query.isError) {
    return (
      <ErrorState
        effect="The rows in quarantine could not be read."
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  }
  const { rows, total } = query.data;
  if (total === 0) {
    return (
      <InspectorSection title="Quarantine">
        <p className={classes.text}>Every row could be read.</p>
      </InspectorSection>
    );
  }
  return (
    <InspectorSection
      title={total > rows.length ? `Quarantine, first ${rows.length} of ${total}` : `Quarantine, ${total}`}
    >
      <p className={classes.text}>These rows could not be read and count in no figure. The rest of the file is in.</p>
      <BadRows rows={rows} document={id} />
      <div className={classes.actions}>
        <Button variant="default" onClick={() => setCopied(copyText(badRowsText(rows)))}>
          {copied ? "Copied" : "Copy rows"}
        </Button>
      </div>
    </InspectorSection>
  );
}
