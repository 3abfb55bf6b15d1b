import { Button } from "@mantine/core";
import { IconFileImport } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useCommands } from "@/lib/command-context";
import { Kbd } from "@/ui/kbd/kbd";
import { Page } from "@/ui/page/page";
import { Tabbed } from "@/ui/tabbed/tabbed";
import { freshnessQuery } from "../api/queries";
import { DocumentInspector } from "../components/document-inspector";
import { DocumentsTable } from "../components/documents-table";
import { FreshnessTable } from "../components/freshness-table";
import { KindInspector } from "../components/kind-inspector";
import { useDataSearch } from "../components/use-data-search";
import { freshnessSentence } from "../logic/freshness";

/** What has been imported, how fresh each kind of report is, and which rows could not be read. */
export function DataPage() {
  const [search, change] = useDataSearch();
  const navigate = useNavigate();
  const freshness = useQuery(freshnessQuery);
  const commands = useMemo(
    () => [
      {
        id: "data.import",
        label: "Import report files",
        group: "Data",
        keys: ["i"],
        run: () => void navigate({ to: "/data/import", search: { paths: [], job: "" } }),
      },
    ],
    [navigate],
  );
  useCommands(commands);
  const files = freshness.data?.reduce((sum, k) => sum + k.documents, 0) ?? 0;
  return (
    <Page
      title="Data"
      lead={freshness.data ? freshnessSentence(freshness.data) : "What has been imported and how fresh it is."}
      actions={
        <Button
          leftSection={<IconFileImport size={15} stroke={1.6} />}
          rightSection={<Kbd keys="i" />}
          onClick={commands[0]?.run}
        >
          Import files
        </Button>
      }
      inspector={<DataInspector />}
    >
      <Tabbed
        label="Reports or files"
        tabs={[
          { value: "reports", title: "Reports" },
          { value: "files", title: "Files", count: files },
        ]}
        value={search.view}
        onChange={(view) => change({ view, kind: "", doc: 0 })}
      >
        {search.view === "reports" ? (
          <FreshnessTable query={freshness} selected={search.kind} onSelect={(kind) => change({ kind, doc: 0 })} />
        ) : (
          <DocumentsTable selected={search.doc} onSelect={(doc) => change({ doc, kind: "" })} />
        )}
      </Tabbed>
    </Page>
  );
}

function DataInspector() {
  const [search, change] = useDataSearch();
  if (search.view === "files" && search.doc > 0) {
    return <DocumentInspector id={search.doc} onClose={() => change({ doc: 0 })} />;
  }
  if (search.view === "reports" && search.kind !== "") {
    return <KindInspector kind={search.kind} onClose={() => change({ kind: "" })} />;
  }
  return null;
}
