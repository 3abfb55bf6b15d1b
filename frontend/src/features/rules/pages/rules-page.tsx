import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";
import { useDisplay } from "@/lib/display";
import { formatDay } from "@/lib/format";
import { ChoiceMenu } from "@/ui/dashboard/choice-menu";
import { FilterField } from "@/ui/filter-field/filter-field";
import { Kbd } from "@/ui/kbd/kbd";
import { Page } from "@/ui/page/page";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows, RefreshingBar } from "@/ui/state-card/loading-rows";
import { Tabbed } from "@/ui/tabbed/tabbed";
import { policiesQuery } from "../api/queries";
import { ImportDialog } from "../components/list/import-dialog";
import classes from "../components/list/list.module.css";
import {
  inTab,
  type Listed,
  listTabs,
  matches,
  ordered,
  tabTitles,
  topicsOf,
  topicTitle,
} from "../components/list/listed";
import { PolicyList } from "../components/list/policy-list";
import { useListKeys } from "../components/list/use-list-keys";
import { usePolicyActs } from "../components/list/use-policy-acts";
import { useRulesSearch } from "../components/list/use-rules-search";
import { PolicyInspector } from "../components/policy-inspector";
import { TracesTab } from "../trace/traces-tab";

/** What is watched, what each rule found, and which are on. */
export function RulesPage() {
  const [search, change] = useRulesSearch();
  const { tab = "mine", q = "", topic = "" } = search;
  const navigate = useNavigate();
  const query = useQuery(policiesQuery);
  const acts = usePolicyActs();
  const [importing, setImporting] = useState(false);
  const all = useMemo(() => ordered(query.data?.policies ?? []), [query.data]);
  const shown = useMemo(
    () => all.filter((policy) => inTab(tab, policy) && matches(policy, q, topic)),
    [all, tab, q, topic],
  );
  const chosen = all.find((policy) => policy.name === search.policy);
  const { switchTo } = acts;
  const onSwitch = useCallback((policy: Listed) => switchTo([policy], policy.off), [switchTo]);
  const onChoose = useCallback((policy?: string) => change({ policy }), [change]);
  const onClose = useCallback(() => change({ policy: undefined }), [change]);
  const onImport = useCallback(() => setImporting(true), []);
  const onWords = useCallback((words: string) => change({ q: words || undefined }), [change]);
  useListKeys({ chosen, onSwitch, onClose, onImport });
  const edit = (policy?: string) =>
    void navigate({ to: "/rules/edit", search: policy === undefined ? {} : { policy } });
  return (
    <Page
      title="Rules"
      lead={<Lead asOf={query.data?.as_of ?? ""} />}
      actions={
        <>
          <Button variant="default" onClick={onImport}>
            Import
          </Button>
          <Button
            leftSection={<IconPlus size={15} stroke={1.8} aria-hidden="true" />}
            rightSection={<Kbd keys="n" />}
            onClick={() => edit()}
          >
            New rule
          </Button>
        </>
      }
      inspector={
        chosen &&
        tab !== "traces" && <PolicyInspector key={chosen.name} policy={chosen} onClose={onClose} onSwitch={onSwitch} />
      }
    >
      <RefreshingBar active={(query.isFetching && query.data !== undefined) || acts.busy} />
      {query.error && !query.data && (
        <ErrorState effect="The rules could not be read." error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.isPending && <LoadingRows rows={10} label="Reading the rules" />}
      {query.data && (
        <div className={classes.section}>
          <Tabbed
            label="Kinds of rules"
            tabs={listTabs.map((value) => ({ value, title: tabTitles[value], count: countOf(all, value) }))}
            value={tab}
            onChange={(next) => change({ tab: next })}
            tools={
              tab !== "traces" && (
                <>
                  <TopicMenu all={all} topic={topic} onTopic={(next) => change({ topic: next || undefined })} />
                  <FilterField label="Filter rules" value={q} onChange={onWords} />
                </>
              )
            }
          >
            {tab === "traces" ? (
              <TracesTab />
            ) : (
              <PolicyList
                key={tab}
                tab={tab}
                policies={shown}
                filtered={q !== "" || topic !== ""}
                chosen={chosen}
                acts={acts}
                onChoose={onChoose}
                onOpen={edit}
                onSwitch={onSwitch}
                onClear={() => change({ q: undefined, topic: undefined })}
              />
            )}
          </Tabbed>
        </div>
      )}
      {importing && <ImportDialog onClose={() => setImporting(false)} />}
    </Page>
  );
}

function countOf(all: readonly Listed[], tab: (typeof listTabs)[number]): number | undefined {
  return tab === "traces" ? undefined : all.filter((policy) => inTab(tab, policy)).length;
}

function Lead({ asOf }: { asOf: string }) {
  const { locale, now } = useDisplay();
  const words = "Of each rule the first case that holds decides.";
  return asOf === "" ? words : `${words} Judged on data to ${formatDay(asOf, locale, now)}.`;
}

type TopicProps = { all: readonly Listed[]; topic: string; onTopic: (topic: string) => void };

function TopicMenu({ all, topic, onTopic }: TopicProps) {
  const topics = topicsOf(all);
  if (topics.length === 0) return null;
  return (
    <ChoiceMenu
      label="Topic"
      shown={topic === "" ? "Every topic" : topicTitle(topic)}
      choices={[{ value: "", title: "Every topic" }, ...topics.map((value) => ({ value, title: topicTitle(value) }))]}
      value={topic}
      onChange={onTopic}
      active={topic !== ""}
    />
  );
}
