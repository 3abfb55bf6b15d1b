import { Navigate, Outlet, useRouterState } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import { AnnounceContext } from "@/lib/announce";
import { useAppState } from "@/lib/app-state";
import type { AppState } from "@/lib/types";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows } from "@/ui/state-card/loading-rows";
import { StoppedStrip } from "@/ui/stop-switch/stopped-strip";
import { DropZone } from "./drop-zone";
import { Header } from "./header";
import { KeyListener } from "./key-listener";
import { openPalette, Palette, type PaletteScope } from "./palette";
import { Rail } from "./rail";
import classes from "./shell.module.css";
import { ShortcutSheet } from "./shortcut-sheet";
import { StatusBar } from "./status-bar";
import { useAfterReload } from "./use-after-reload";
import { WindowCommands } from "./window-commands";

/** The window: rail, header, page, status bar, and what is the same on every page. */
export function Shell() {
  const { data: state, error, refetch } = useAppState();
  if (error && !state) {
    return <ErrorState effect="Purser could not be reached." error={error} onRetry={() => void refetch()} />;
  }
  if (!state) return <LoadingRows rows={8} label="Starting" />;
  return <Window state={state} />;
}

function Window({ state }: { state: AppState }) {
  const [message, setMessage] = useState("");
  const [sheet, setSheet] = useState(false);
  const [rail, setRail] = useState(true);
  const [menu, setMenu] = useState(false);
  const [scope, setScope] = useState<PaletteScope>("all");
  const path = useRouterState({ select: (router) => router.location.pathname });
  const details = useDetails(path, setMessage);
  useAfterReload(setMessage);
  const find = useCallback((what: PaletteScope) => {
    setScope(what);
    openPalette();
  }, []);
  const onSearch = useCallback(() => find("all"), [find]);
  const onFindSku = useCallback(() => find("skus"), [find]);
  const closeSheet = useCallback(() => setSheet(false), []);
  const openSheet = useCallback(() => setSheet(true), []);
  const openMenu = useCallback(() => setMenu(true), []);
  const toggleRail = useCallback(() => setRail((shown) => !shown), []);
  const making = state.demo && !state.demo_ready;
  const starting = path === "/start" && (state.first_run || making);
  if (path === "/today" && (making || (state.first_run && !state.demo))) return <Navigate to="/start" replace />;
  if (path === "/start" && state.demo_ready) return <Navigate to="/today" replace />;
  return (
    <AnnounceContext value={setMessage}>
      <button type="button" className={classes.skip} onClick={focusMain}>
        Skip to the page
      </button>
      <div className={classes.window} data-details={details.hidden ? "hidden" : undefined}>
        <Header state={state} menu={menu} onMenu={setMenu} onSearch={onSearch} />
        <StoppedStrip />
        {rail && !starting && <Rail counts={state.counts} />}
        <main id="main" className={classes.main} tabIndex={-1} data-region="">
          <Outlet />
        </main>
        <StatusBar state={state} message={message} onShortcuts={openSheet} />
      </div>
      <KeyListener />
      <WindowCommands
        onSearch={onSearch}
        onFindSku={onFindSku}
        onMenu={openMenu}
        onShortcuts={openSheet}
        onToggleRail={toggleRail}
        onToggleDetails={details.toggle}
      />
      <Palette scope={scope} />
      <ShortcutSheet opened={sheet} onClose={closeSheet} />
      <DropZone />
    </AnnounceContext>
  );
}

/** Whether the inspector of this page is hidden; another page shows its own again. */
function useDetails(path: string, announce: (message: string) => void) {
  const [hiddenAt, setHiddenAt] = useState("");
  const hidden = hiddenAt === path;
  const toggle = useCallback(() => {
    setHiddenAt(hidden ? "" : path);
    announce(hidden ? "Details are shown again" : "Details are hidden on this page. Ctrl+I shows them.");
  }, [hidden, path, announce]);
  return { hidden, toggle };
}

function focusMain() {
  document.getElementById("main")?.focus();
}
