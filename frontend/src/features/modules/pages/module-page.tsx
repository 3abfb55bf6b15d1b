import { useQuery } from "@tanstack/react-query";
import { Page } from "@/ui/page/page";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows } from "@/ui/state-card/loading-rows";
import { StateCard } from "@/ui/state-card/state-card";
import { modulesQuery } from "../api/queries";
import type { ModuleStatus } from "../api/types";
import { ModuleFacts } from "../components/module-facts";
import { ModuleDown, ModuleStateBadge, RetryingNotice, useRetry } from "../components/module-state";
import { SubjectInspector } from "../components/subject-inspector";
import { useModuleView } from "../components/use-module-search";

/** One module: what it takes in and gives, how it does, and all its facts. */
export function ModulePage() {
  const view = useModuleView();
  const modules = useQuery(modulesQuery);
  if (modules.isPending) {
    return (
      <Page title="Module" quietTitle>
        <LoadingRows rows={10} />
      </Page>
    );
  }
  if (modules.isError) {
    return (
      <Page title="Module" quietTitle>
        <ErrorState
          effect="How the modules are doing could not be read."
          error={modules.error}
          onRetry={() => void modules.refetch()}
        />
      </Page>
    );
  }
  const status = modules.data.find((m) => m.name === view.module);
  if (!status) {
    return (
      <Page title="No such module">
        <StateCard title={`There is no module "${view.module}"`}>Choose one in the rail on the left.</StateCard>
      </Page>
    );
  }
  return <KnownModule key={status.name} status={status} />;
}

function KnownModule({ status }: { status: ModuleStatus }) {
  const { search, change } = useModuleView();
  const retry = useRetry(status.name);
  const down = status.state === "failed" || status.state === "disabled";
  return (
    <Page
      title={status.title}
      lead={`${status.input} → ${status.output}`}
      actions={<ModuleStateBadge state={status.state} />}
      inspector={
        search.sel !== undefined && !down ? (
          <SubjectInspector
            key={search.sel}
            module={status.name}
            search={search}
            onChange={change}
            onClose={() => change({ sel: undefined })}
          />
        ) : null
      }
    >
      {status.state === "retrying" && <RetryingNotice status={status} retry={retry} />}
      {down && <ModuleDown status={status} retry={retry} />}
      {status.state === "starting" && <LoadingRows rows={10} label={`${status.title} is starting`} />}
      {(status.state === "running" || status.state === "retrying") && (
        <ModuleFacts status={status} search={search} onChange={change} />
      )}
    </Page>
  );
}
