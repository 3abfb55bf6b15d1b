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
import { openPalette } from "./palette";
import { focusNextRegion } from "./regions";

type Props = { onShortcuts: () => void; onToggleRail: () => void };

/** The commands that work on every page. */
export function WindowCommands(props: Props) {
  useCommands(useGoTo());
  useCommands(useWindowKeys(props));
  useCommands(useDisplayCommands());
  return null;
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
          group: "Go to",
          keys: [...(entry.chord ? [`g ${entry.chord}`] : []), ...(entry.path === "/settings" ? ["mod+,"] : [])],
          run: () => void navigate({ to: entry.path }),
        })),
    [navigate],
  );
}

function useWindowKeys({ onShortcuts, onToggleRail }: Props): Command[] {
  const client = useQueryClient();
  const announce = useAnnounce();
  const navigate = useNavigate();
  const { history } = useRouter();
  const undo = useUndo();
  const undoable = useLastUndoable();
  return useMemo(() => {
    const importFiles = () =>
      chooseFiles()
        .then((paths) => {
          if (paths.length > 0) void navigate({ to: "/data/import", search: { paths } });
        })
        .catch((reason: unknown) => announce(toCallError(reason).message));
    return [
      { id: "palette", label: "Search or run", group: "Window", keys: ["mod+k"], keyOnly: true, run: openPalette },
      { id: "shortcuts", label: "Keyboard shortcuts", group: "Window", keys: ["?"], run: onShortcuts },
      { id: "import", label: "Import report files", group: "Window", keys: ["mod+o"], run: importFiles },
      {
        id: "undo",
        label: undoable === "" ? "Undo" : `Undo: ${undoable}`,
        group: "Window",
        keys: ["z", "mod+z"],
        when: () => undoable !== "",
        run: undo,
      },
      {
        id: "reread",
        label: "Read the data again",
        group: "Window",
        keys: ["mod+r"],
        run: () => {
          void client.invalidateQueries();
          announce("Read again");
        },
      },
      { id: "rail", label: "Show or hide the rail", group: "Window", keys: ["mod+b"], run: onToggleRail },
      {
        id: "region.next",
        label: "Next region",
        group: "Window",
        keys: ["f6"],
        keyOnly: true,
        run: () => focusNextRegion(1),
      },
      {
        id: "region.previous",
        label: "Previous region",
        group: "Window",
        keys: ["shift+f6"],
        keyOnly: true,
        run: () => focusNextRegion(-1),
      },
      { id: "back", label: "Back", group: "Window", keys: ["alt+arrowleft"], keyOnly: true, run: () => history.back() },
      {
        id: "forward",
        label: "Forward",
        group: "Window",
        keys: ["alt+arrowright"],
        keyOnly: true,
        run: () => history.forward(),
      },
    ];
  }, [client, announce, navigate, history, undo, undoable, onShortcuts, onToggleRail]);
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
      group: "Display",
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
