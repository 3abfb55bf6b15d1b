import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useRouter } from "@tanstack/react-router";
import { useMemo } from "react";
import { useAnnounce } from "@/lib/announce";
import { setDisplay } from "@/lib/app-state";
import { toCallError } from "@/lib/call";
import { useCommands } from "@/lib/command-context";
import type { Command } from "@/lib/commands";
import { useDisplay } from "@/lib/display";
import { chooseFiles } from "@/lib/files";
import type { DisplaySettings } from "@/lib/types";
import { useLastUndoable, useUndo } from "@/lib/undo";
import { features } from "../features";
import { focusNextRegion } from "./regions";

type Props = {
  onSearch: () => void;
  onFindSku: () => void;
  onMenu: () => void;
  onShortcuts: () => void;
  onToggleRail: () => void;
  onToggleDetails: () => void;
};

/** The commands that work on every page. */
export function WindowCommands(props: Props) {
  useCommands(useFileCommands(), "window");
  useCommands(useViewCommands(props), "window");
  useCommands(useDisplayCommands(), "window");
  useCommands(useGoTo(), "window");
  useCommands(useWays(props), "window");
  useCommands(useHelp(props), "window");
  return null;
}

function useFileCommands(): Command[] {
  const client = useQueryClient();
  const announce = useAnnounce();
  const navigate = useNavigate();
  const undo = useUndo();
  const undoable = useLastUndoable();
  return useMemo(() => {
    const group = "File";
    const importFiles = () =>
      chooseFiles()
        .then((paths) => {
          if (paths.length > 0) void navigate({ to: "/data/import", search: { paths } });
        })
        .catch((reason: unknown) => announce(toCallError(reason).message));
    return [
      { id: "import", label: "Import report files", group, keys: ["mod+o"], run: importFiles },
      {
        // A page with something to export offers its own command on this key.
        id: "export",
        label: "Export this view",
        group,
        keys: ["mod+e"],
        keyOnly: true,
        run: () => announce("This page has nothing to export."),
      },
      { id: "print", label: "Print this page", group, keys: ["mod+p"], run: () => window.print() },
      {
        id: "undo",
        label: undoable === "" ? "Undo" : `Undo: ${undoable}`,
        group,
        keys: ["z", "mod+z"],
        when: () => undoable !== "",
        run: undo,
      },
      {
        id: "reread",
        label: "Read the data again",
        group,
        keys: ["mod+r"],
        run: () => {
          void client.invalidateQueries();
          announce("Read again");
        },
      },
    ];
  }, [client, announce, navigate, undo, undoable]);
}

function useViewCommands({ onToggleRail, onToggleDetails }: Props): Command[] {
  return useMemo(
    () => [
      { id: "rail", label: "Show or hide the rail", group: "View", keys: ["mod+b"], run: onToggleRail },
      { id: "inspector", label: "Show or hide the details", group: "View", keys: ["mod+i"], run: onToggleDetails },
    ],
    [onToggleRail, onToggleDetails],
  );
}

function useGoTo(): Command[] {
  const navigate = useNavigate();
  return useMemo(
    () =>
      features
        .flatMap((feature) => feature.nav)
        .map((entry) => ({
          id: `go.${entry.name}`,
          label: entry.title,
          group: "Go",
          keys: [...(entry.chord ? [`g ${entry.chord}`] : []), ...(entry.path === "/settings" ? ["mod+,"] : [])],
          run: () => void navigate({ to: entry.path }),
        })),
    [navigate],
  );
}

/** Ways through the window that are no pages: search, regions, back and forward. */
function useWays({ onSearch, onFindSku, onMenu }: Props): Command[] {
  const { history } = useRouter();
  const navigate = useNavigate();
  return useMemo(() => {
    const group = "Go";
    const key = (id: string, label: string, keys: string, run: () => void): Command => ({
      id,
      label,
      group,
      keys: [keys],
      keyOnly: true,
      run,
    });
    return [
      { id: "go.sku", label: "Find a SKU", group, keys: ["g p"], run: onFindSku },
      { id: "go.whynot", label: "Why not…?", group, keys: ["g w"], run: () => void navigate({ to: "/rules/trace" }) },
      key("palette", "Search or run", "mod+k", onSearch),
      key("menu", "Open the menu", "f10", onMenu),
      key("region.next", "Next region", "f6", () => focusNextRegion(1)),
      key("region.previous", "Previous region", "shift+f6", () => focusNextRegion(-1)),
      key("back", "Back", "alt+arrowleft", () => history.back()),
      key("forward", "Forward", "alt+arrowright", () => history.forward()),
    ];
  }, [history, navigate, onSearch, onFindSku, onMenu]);
}

function useHelp({ onShortcuts }: Props): Command[] {
  return useMemo(
    () => [{ id: "shortcuts", label: "Keyboard shortcuts", group: "Help", keys: ["?"], run: onShortcuts }],
    [onShortcuts],
  );
}

function useDisplayCommands(): Command[] {
  const client = useQueryClient();
  const announce = useAnnounce();
  const { hide_amounts } = useDisplay();
  return useMemo(() => {
    const set = (change: Partial<DisplaySettings>) => () => {
      setDisplay(client, change).catch((reason: unknown) => announce(toCallError(reason).message));
    };
    const command = (id: string, label: string, change: Partial<DisplaySettings>, keys?: string[]): Command => ({
      id,
      label,
      group: "View",
      keys,
      run: set(change),
    });
    return [
      command("amounts", hide_amounts ? "Show amounts" : "Hide amounts", { hide_amounts: !hide_amounts }, [
        "mod+shift+h",
      ]),
      command("theme.light", "Light colours", { theme: "light" }),
      command("theme.dark", "Dark colours", { theme: "dark" }),
      command("theme.system", "Colours of the system", { theme: "system" }),
      command("density.comfortable", "Comfortable rows", { density: "comfortable" }),
      command("density.default", "Normal rows", { density: "default" }),
      command("density.compact", "Compact rows", { density: "compact" }),
    ];
  }, [client, announce, hide_amounts]);
}
