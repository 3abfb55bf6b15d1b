import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useDisplay } from "@/lib/display";
import { Page } from "@/ui/page/page";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows } from "@/ui/state-card/loading-rows";
import { FirstUse } from "@/ui/state-card/state-card";
import { overviewQuery } from "../api/queries";
import type { Overview } from "../api/types";
import { ConnectionList } from "../components/connections/connection-list";
import { InDemo } from "../components/in-demo";
import { Reconnect } from "../components/reconnect";
import { VaultSection } from "../components/vault/vault-section";
import { Wizard } from "../components/wizard";
import { type ConnectSearch, connectSearch } from "../logic/search";

/** What is connected, and the way to connect. */
export function ConnectPage() {
  const search = connectSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const { demo } = useDisplay();
  const { data, error, refetch } = useQuery(overviewQuery);
  const none = data === undefined || data.connections.length === 0;
  const add = () => void navigate({ to: "/connect", search: { do: "add" } });
  const { title, lead } = headings[search.do];
  const button =
    search.do === "" ? (
      !none && <Button onClick={add}>Connect another</Button>
    ) : (
      <Button variant="default" onClick={() => void navigate({ to: none ? "/start" : "/connect" })}>
        {none ? "Back to the start" : "What is connected"}
      </Button>
    );
  return (
    <Page title={title} lead={lead} actions={!(demo && none) && button}>
      {demo && none ? <InDemo /> : body({ search, overview: data, error, add, again: () => void refetch() })}
    </Page>
  );
}

const headings: Record<ConnectSearch["do"], { title: string; lead: string }> = {
  "": { title: "Connections", lead: "What Purser reads of your own account, with your own keys." },
  add: { title: "Connect Amazon", lead: "With an application of your own: its keys stay on this computer." },
  reconnect: { title: "Reconnect", lead: "A new secret or token in the place of the old one." },
};

type BodyProps = {
  search: ConnectSearch;
  overview: Overview | undefined;
  error: unknown;
  add: () => void;
  again: () => void;
};

function body({ search, overview, error, add, again }: BodyProps): ReactNode {
  if (!overview) {
    if (error) return <ErrorState effect="The connections could not be read." error={error} onRetry={again} />;
    return <LoadingRows rows={6} label="Reading the connections" />;
  }
  if (search.do === "add") return <Wizard overview={overview} api={search.api} region={search.region} />;
  const named = overview.connections.find(({ api, region }) => api === search.api && region === search.region);
  if (search.do === "reconnect" && named) return <Reconnect overview={overview} connection={named} />;
  if (overview.connections.length > 0) return <ConnectionList overview={overview} />;
  const there = overview.vault.state !== "none";
  return (
    <>
      <FirstUse title="Nothing is connected yet" action={{ label: "Connect Amazon", run: add }}>
        <p>
          Purser reads orders, stock, listings, money and adverts from your own account then, and asks Amazon for what
          is new by itself. Report files go on working beside it.
        </p>
      </FirstUse>
      {there && <VaultSection vault={overview.vault} />}
    </>
  );
}
