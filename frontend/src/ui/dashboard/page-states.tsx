import { IconAlertOctagon } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useAnnounce } from "@/lib/announce";
import { toCallError } from "@/lib/call";
import { retryModule, startDemo } from "@/lib/dashboards/actions";
import type { PageData } from "@/lib/dashboards/types";
import { useDisplay } from "@/lib/display";
import { FirstUse, StateCard } from "../state-card/state-card";

/** Nothing that the page rests on is in yet: what it answers, which reports it needs, and two ways to go on. */
export function NeedsReports({ page }: { page: PageData }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const announce = useAnnounce();
  const { demo } = useDisplay();
  const seeDemo = () =>
    startDemo(client)
      .then(() => navigate({ to: "/start" }))
      .catch((reason: unknown) => announce(toCallError(reason).message));
  return (
    <FirstUse
      title={page.question}
      action={{
        label: "Import report files",
        run: () => void navigate({ to: "/data/import", search: { paths: [], job: "" } }),
      }}
      second={demo ? undefined : { label: "See it in the demo shop", run: () => void seeDemo() }}
    >
      <p>This page answers it as soon as one of these reports is in:</p>
      <ul>
        {page.needs.map((need) => (
          <li key={need}>{need}</li>
        ))}
      </ul>
    </FirstUse>
  );
}

type Retry = { run: () => void; error: unknown };

/** Starts the module of a page again. Held by the page: what it shows changes meanwhile. */
export function useRetry(module: string): Retry {
  const client = useQueryClient();
  const { mutate, error } = useMutation({ mutationFn: () => retryModule(client, module) });
  return { run: () => mutate(), error };
}

/** The module of the page does not run: what that means, why, and what to do. */
export function PageDown({ page, retry }: { page: PageData; retry: Retry }) {
  if (page.state === "disabled") {
    return (
      <StateCard title={`${page.title} is switched off`}>
        Its figures are missing, and rules that read them say so.
      </StateCard>
    );
  }
  return (
    <StateCard
      tone="critical"
      icon={IconAlertOctagon}
      role="alert"
      title={`No figures of ${page.title.toLowerCase()} can be shown`}
      action={{ label: "Retry", run: retry.run }}
    >
      <p>{page.reason === "" ? "It stopped without saying why." : page.reason}</p>
      <p>Retry starts it again. Everything else goes on; rules that read its figures say that they can't tell.</p>
      {retry.error !== null && <p>{toCallError(retry.error).message}</p>}
    </StateCard>
  );
}
