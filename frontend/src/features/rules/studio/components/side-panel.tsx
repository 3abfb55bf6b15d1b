import { Tabbed } from "@/ui/tabbed/tabbed";
import type { Draft, Preview } from "../../api/studio-types";
import { BacktestPanel } from "../../backtest/backtest-panel";
import type { SideTab, StudioSearch } from "../logic/search";
import { ExceptionsPanel } from "./exceptions-panel";
import { NowPanel } from "./now-panel";
import classes from "./studio.module.css";
import { useStudio } from "./studio-context";
import { TestsPanel } from "./tests-panel";
import { VersionsPanel } from "./versions-panel";

const tabs = [
  { value: "now", title: "Now" },
  { value: "backtest", title: "Backtest" },
  { value: "tests", title: "Tests" },
  { value: "exceptions", title: "Exceptions" },
  { value: "versions", title: "Versions" },
] as const;

type Props = {
  search: StudioSearch;
  set: (change: Partial<StudioSearch>) => void;
  preview: { preview: Preview | undefined; old: boolean; error: unknown };
  onRestored: (draft: Draft, version: number) => void;
  onAsk: (go: () => void) => void;
};

/** What the draft does, did, and should do, beside it or below it. */
export function SidePanel({ search, set, preview, onRestored, onAsk }: Props) {
  const { state, store } = useStudio();
  return (
    <aside className={classes.side} aria-label="What the policy does" data-region="" tabIndex={-1}>
      <Tabbed<SideTab> label="What the policy does" tabs={tabs} value={search.tab} onChange={(tab) => set({ tab })}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
        <div className={classes.panel} tabIndex={0}>
          {search.tab === "now" && (
            <NowPanel {...preview} subject={search.subject} onSubject={(subject) => set({ subject })} />
          )}
          {search.tab === "backtest" && (
            <BacktestPanel policy={store.fresh ? "" : search.policy} yaml={state.checked} />
          )}
          {search.tab === "tests" && <TestsPanel />}
          {search.tab === "exceptions" && <ExceptionsPanel subject={search.subject} />}
          {search.tab === "versions" && <VersionsPanel onRestored={onRestored} onAsk={onAsk} />}
        </div>
      </Tabbed>
    </aside>
  );
}
