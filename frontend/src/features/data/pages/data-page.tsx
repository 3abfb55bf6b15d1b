import { Button } from "@mantine/core";
import { IconFileImport } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { streamsQuery } from "@/lib/fetching/queries";
import { FirstFill } from "@/ui/first-fill/first-fill";
import { Kbd } from "@/ui/kbd/kbd";
import { Page } from "@/ui/page/page";
import { Tabbed } from "@/ui/tabbed/tabbed";
import { workQuery } from "../api/jobs";
import { keptQuery } from "../api/kept";
import { freshnessQuery } from "../api/queries";
import { FetchTools } from "../components/amazon/fetch-tools";
import { FetchNotices } from "../components/amazon/notices";
import { StreamInspector } from "../components/amazon/stream-inspector";
import { StreamsTable } from "../components/amazon/streams-table";
import { DocumentInspector } from "../components/document-inspector";
import { DocumentsTable } from "../components/documents-table";
import { FreshnessTable } from "../components/freshness-table";
import { AskInspector } from "../components/jobs/ask-inspector";
import { JobCentre } from "../components/jobs/job-centre";
import { ClassInspector } from "../components/kept/class-inspector";
import { KeptTab } from "../components/kept/kept-tab";
import { KindInspector } from "../components/kind-inspector";
import { useDataCommands } from "../components/use-data-commands";
import { useDataSearch } from "../components/use-data-search";
import { freshnessSentence } from "../logic/freshness";
import { keptSentence } from "../logic/kept";
import { streamsSentence } from "../logic/streams";
import classes from "./data-page.module.css";

/** What has been imported and fetched, how fresh it is, what is under way, and which rows could not be read. */
export function DataPage() {
  const navigate = useNavigate();
  useDataCommands();
  return (
    <Page
      title="Data"
      lead={<Lead />}
      actions={
        <Button
          leftSection={<IconFileImport size={15} stroke={1.6} />}
          rightSection={<Kbd keys="i" />}
          onClick={() => void navigate({ to: "/data/import", search: { paths: [], job: "" } })}
        >
          Import files
        </Button>
      }
      inspector={<DataInspector />}
    >
      <FirstFill />
      <FetchNotices />
      <div className={classes.tabs}>
        <DataTabs />
      </div>
    </Page>
  );
}

function Lead() {
  const [{ tab }] = useDataSearch();
  const freshness = useQuery(freshnessQuery);
  const streams = useQuery(streamsQuery);
  const kept = useQuery({ ...keptQuery, enabled: tab === "kept" });
  if (tab === "kept") return kept.data ? keptSentence(kept.data) : "What is kept, for how long and by which rule.";
  if ((tab === "amazon" || tab === "jobs") && streams.data) return streamsSentence(streams.data);
  return freshness.data ? freshnessSentence(freshness.data) : "What has been imported and how fresh it is.";
}

function DataTabs() {
  const [search, change] = useDataSearch();
  const freshness = useQuery(freshnessQuery);
  const streams = useQuery(streamsQuery);
  const work = useQuery(workQuery);
  const files = freshness.data?.reduce((sum, k) => sum + k.documents, 0) ?? 0;
  const open = work.data?.filter((ask) => ask.status !== "done").length;
  return (
    <Tabbed
      label="Parts of the data"
      tabs={[
        { value: "reports", title: "Reports" },
        { value: "files", title: "Files", count: files },
        { value: "amazon", title: "From Amazon", count: streams.data?.length || undefined },
        { value: "jobs", title: "Jobs", count: open || undefined },
        { value: "kept", title: "Kept" },
      ]}
      value={search.tab}
      tools={(search.tab === "amazon" || search.tab === "jobs") && <FetchTools />}
      onChange={(tab) => change({ tab, kind: "", doc: 0, stream: "", ask: 0, keep: "" })}
    >
      {search.tab === "reports" && (
        <FreshnessTable query={freshness} selected={search.kind} onSelect={(kind) => change({ kind })} />
      )}
      {search.tab === "files" && <DocumentsTable selected={search.doc} onSelect={(doc) => change({ doc })} />}
      {search.tab === "amazon" && (
        <StreamsTable query={streams} selected={search.stream} onSelect={(stream) => change({ stream })} />
      )}
      {search.tab === "kept" && <Kept selected={search.keep} onSelect={(keep) => change({ keep })} />}
      {search.tab === "jobs" && <JobCentre selected={search.ask} onSelect={(ask) => change({ ask })} />}
    </Tabbed>
  );
}

/** Read only while it is looked at: counting all there is takes a while. */
function Kept(props: { selected: string; onSelect: (name: string) => void }) {
  return <KeptTab query={useQuery(keptQuery)} {...props} />;
}

function DataInspector() {
  const [{ tab, kind, doc, stream, ask, keep }, change] = useDataSearch();
  switch (tab) {
    case "reports":
      return kind === "" ? null : <KindInspector kind={kind} onClose={() => change({ kind: "" })} />;
    case "files":
      return doc === 0 ? null : <DocumentInspector id={doc} onClose={() => change({ doc: 0 })} />;
    case "amazon":
      return stream === "" ? null : (
        <StreamInspector key={stream} stream={stream} onClose={() => change({ stream: "" })} />
      );
    case "kept":
      return keep === "" ? null : <ClassInspector key={keep} name={keep} onClose={() => change({ keep: "" })} />;
    case "jobs":
      return ask === 0 ? null : (
        <AskInspector
          key={ask}
          id={ask}
          onClose={() => change({ ask: 0 })}
          onStream={(key) => change({ tab: "amazon", ask: 0, stream: key })}
        />
      );
  }
}
