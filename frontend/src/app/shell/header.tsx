import { useRouterState } from "@tanstack/react-router";
import { useAnnounce } from "@/lib/announce";
import { useDisplay } from "@/lib/display";
import { formatDay, formatInstant } from "@/lib/format";
import type { AppState, Freshness } from "@/lib/types";
import { FreshnessChip } from "@/ui/freshness-chip/freshness-chip";
import { Kbd } from "@/ui/kbd/kbd";
import { StopSwitch } from "@/ui/stop-switch/stop-switch";
import { WindowMenu } from "./menu";
import { focusScope, scopeParts } from "./scope";
import classes from "./shell.module.css";

type Props = { state: AppState; menu: boolean; onMenu: (opened: boolean) => void; onSearch: () => void };

/** Whose numbers these are, how fresh they are, the way to everything, and the switch that stops everything. */
export function Header({ state, menu, onMenu, onSearch }: Props) {
  return (
    <header className={classes.header} data-region="">
      <div className={classes.brand}>
        <Mark />
        <span className={classes.entryTitle}>Purser</span>
      </div>
      <WindowMenu opened={menu} onChange={onMenu} />
      <Scope state={state} />
      <div className={classes.spring} />
      <div className={classes.chips}>
        {state.freshness.slice(0, 2).map((kind) => (
          <KindChip key={kind.kind} kind={kind} />
        ))}
      </div>
      <button type="button" className={classes.search} onClick={onSearch} aria-keyshortcuts="Control+K">
        Search or run…
        <Kbd keys="mod+k" />
      </button>
      <StopSwitch />
    </header>
  );
}

/** What the page is about; it leads to the control with which the page narrows it. */
function Scope({ state }: { state: AppState }) {
  const announce = useAnnounce();
  const search = useRouterState({ select: (router) => router.location.search as Record<string, unknown> });
  const go = () => {
    if (!focusScope()) announce("This page is about the whole account.");
  };
  const parts = scopeParts(state, search);
  return (
    <button type="button" className={classes.scope} title={parts.map(({ text }) => text).join(", ")} onClick={go}>
      <span className="visually-hidden">Shown for </span>
      {parts.map(({ key, text }) => (
        <span key={key}>{text}</span>
      ))}
    </button>
  );
}

function KindChip({ kind }: { kind: Freshness }) {
  const { locale, now } = useDisplay();
  const when =
    kind.state === "settling"
      ? `settled to ${formatDay(kind.settled_through, locale, now)}`
      : formatInstant(kind.as_of, locale, now);
  return (
    <FreshnessChip state={kind.state} explanation={kind.text}>
      {kind.title} {kind.state === "missing" ? "missing" : when}
    </FreshnessChip>
  );
}

function Mark() {
  return (
    <svg
      width="15"
      height="15"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="3"
      aria-hidden="true"
    >
      <path d="M4 21V4h11a5.5 5.5 0 0 1 0 11H8" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
