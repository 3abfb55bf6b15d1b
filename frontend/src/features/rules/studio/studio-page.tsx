import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useReducer, useState, useSyncExternalStore } from "react";
import { useAnnounce } from "@/lib/announce";
import { useDisplay } from "@/lib/display";
import { Page } from "@/ui/page/page";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows } from "@/ui/state-card/loading-rows";
import { vocabularyQuery } from "../api/studio-queries";
import type { Draft, PolicyModel } from "../api/studio-types";
import { BuilderView } from "./components/builder-view";
import { CelView } from "./components/cel-view";
import { DropDialog } from "./components/drop-dialog";
import { ProblemList } from "./components/problem-list";
import { SaveBar } from "./components/save-bar";
import { SidePanel } from "./components/side-panel";
import classes from "./components/studio.module.css";
import { StudioProvider } from "./components/studio-context";
import { usePreview } from "./components/use-preview";
import { useSave } from "./components/use-save";
import { useStudioCommands } from "./components/use-studio-commands";
import { useStudioSearch } from "./components/use-studio-search";
import { WatchedLine } from "./components/watched-line";
import { YamlView } from "./components/yaml-view";
import type { DraftStore } from "./logic/draft-store";
import { draftOf, dropDraft } from "./logic/drafts";
import { draftKey, type StudioSearch, type View } from "./logic/search";

/** Where a policy is written: three views of its text, and beside it what it would do. */
export function StudioPage() {
  const { search, set } = useStudioSearch();
  const { now } = useDisplay();
  const [turn, again] = useReducer((count: number) => count + 1, 0);
  const key = draftKey(search);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a draft belongs to its key; tabs and views are not part of it.
  const store = useMemo(() => draftOf(search, now.slice(0, 10)), [key, turn]);
  const drop = () => {
    dropDraft(search);
    again();
  };
  return <StudioOf key={`${key}/${turn}`} store={store} search={search} set={set} onDrop={drop} />;
}

type Props = {
  store: DraftStore;
  search: StudioSearch;
  set: (change: Partial<StudioSearch>) => void;
  onDrop: () => void;
};

function StudioOf({ store, search, set, onDrop }: Props) {
  const state = useSyncExternalStore(store.subscribe, store.get);
  const announce = useAnnounce();
  const [asked, setAsked] = useState<(() => void) | null>(null);
  const ask = (go: () => void) => (store.dirty ? setAsked(() => go) : go());
  const saving = useSave(store, (draft) => {
    if (!draft.policy || search.policy === draft.policy.name) return;
    dropDraft(search);
    set({ policy: draft.policy.name, copy: "", new: "" });
  });
  const { mutate } = saving.save;
  const save = useCallback(() => {
    if (store.get().phase === "ready") mutate();
  }, [store, mutate]);
  const show = useCallback(
    (change: Partial<StudioSearch>) => {
      // Text and fields are one before another view shows them.
      void store.flush();
      set(change);
    },
    [store, set],
  );
  useStudioCommands(store, save, show);
  const restored = (draft: Draft, version: number) => {
    announce(`Version ${version} is in force again, as version ${draft.policy?.version ?? ""}.`);
    onDrop();
  };
  const policy = state.policy ?? state.good;
  return (
    <Page
      title={policy?.title || (search.policy === "" ? "New policy" : search.policy)}
      dense
      lead={state.phase === "ready" && policy ? lead(policy, store.fresh) : undefined}
      actions={
        state.phase === "ready" && (
          <SaveBar
            store={store}
            state={state}
            view={search.view}
            onView={(view) => show({ view })}
            saving={saving}
            onSave={save}
            onDrop={() => ask(onDrop)}
          />
        )
      }
    >
      {state.phase === "loading" && <LoadingRows rows={10} label="Reading the policy" />}
      {state.phase === "failed" && (
        <ErrorState effect="The policy could not be opened." error={state.error} onRetry={() => void store.load()} />
      )}
      {state.phase === "ready" && !store.fresh && policy && <WatchedLine policy={policy.name} />}
      {state.phase === "ready" && (
        <Body store={store} search={search} set={set} policy={policy} onRestored={restored} onAsk={ask} />
      )}
      <DropDialog
        open={asked !== null}
        onKeep={() => setAsked(null)}
        onDrop={() => {
          asked?.();
          setAsked(null);
        }}
      />
    </Page>
  );
}

type BodyProps = Omit<Props, "onDrop"> & {
  policy: PolicyModel | null;
  onRestored: (draft: Draft, version: number) => void;
  onAsk: (go: () => void) => void;
};

function Body({ store, search, set, policy, onRestored, onAsk }: BodyProps) {
  const state = useSyncExternalStore(store.subscribe, store.get);
  const shown = policy ?? nothing;
  const vocabulary = useQuery({ ...vocabularyQuery(shown.subject), enabled: shown.subject !== "" }).data;
  const preview = usePreview(state, search.subject);
  const live = preview.preview?.live ?? null;
  const studio = useMemo(
    () => ({
      store,
      state,
      policy: shown,
      readOnly: state.policy === null,
      problems: state.problems,
      vocabulary,
      live,
      subject: search.subject,
    }),
    [store, state, shown, vocabulary, live, search.subject],
  );
  // A text that never was a policy has nothing to show but itself.
  const view: View = policy === null ? "yaml" : search.view;
  return (
    <StudioProvider value={studio}>
      <div className={classes.studio}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
        <div className={classes.main} tabIndex={0}>
          <ProblemList problems={state.problems} warnings={state.warnings} />
          {view === "builder" && <BuilderView />}
          {view === "cel" && <CelView />}
          {view === "yaml" && <YamlView />}
        </div>
        <SidePanel search={search} set={set} preview={preview} onRestored={onRestored} onAsk={onAsk} />
      </div>
    </StudioProvider>
  );
}

function lead(policy: PolicyModel, fresh: boolean): string {
  const version = fresh ? "not saved yet" : `version ${policy.version}`;
  return `${policy.name}, ${version}${policy.off ? ", switched off" : ""}`;
}

const nothing: PolicyModel = {
  name: "",
  title: "",
  version: 0,
  subject: "",
  topic: "",
  off: false,
  stage: "",
  priority: 0,
  description: "",
  source: "",
  date: "",
  scope: { text: "", tree: null },
  accepts: [],
  accepts_stale: [],
  min_age: 0,
  unknown: "",
  thresholds: [],
  clauses: [],
  cases: [],
  otherwise: "",
};
