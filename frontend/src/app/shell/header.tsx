import { useDisplay } from "@/lib/display";
import { formatDay, formatInstant } from "@/lib/format";
import type { AppState, Freshness } from "@/lib/types";
import { FreshnessChip } from "@/ui/freshness-chip/freshness-chip";
import { Kbd } from "@/ui/kbd/kbd";
import { openPalette } from "./palette";
import classes from "./shell.module.css";

/** Whose numbers these are, how fresh they are, and the way to everything. */
export function Header({ state }: { state: AppState }) {
  const scope = [state.account, state.marketplaces.join(" · "), state.currency].filter((part) => part !== "");
  return (
    <header className={classes.header} data-region="">
      <div className={classes.brand}>
        <Mark />
        Purser
      </div>
      <ul className={classes.scope} aria-label="Shown for">
        {scope.map((part) => (
          <li key={part}>{part}</li>
        ))}
      </ul>
      <div className={classes.spring} />
      <div className={classes.chips}>
        {state.freshness.slice(0, 2).map((kind) => (
          <KindChip key={kind.kind} kind={kind} />
        ))}
      </div>
      <button type="button" className={classes.search} onClick={openPalette} aria-keyshortcuts="Control+K">
        Search or run…
        <Kbd keys="mod+k" />
      </button>
    </header>
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
