import {
  createSpotlight,
  Spotlight,
  type SpotlightActionData,
  type SpotlightActionGroupData,
} from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { useCommandList } from "@/lib/command-context";
import type { Command } from "@/lib/commands";
import { Kbd } from "@/ui/kbd/kbd";
import classes from "./shell.module.css";

const [store, palette] = createSpotlight();

export function openPalette(): void {
  palette.open();
}

/** Every command that can be run now, by its words; each shows its key and so teaches it. */
export function Palette() {
  const commands = useCommandList();
  return (
    <Spotlight
      store={store}
      shortcut={null}
      actions={paletteGroups(commands)}
      nothingFound="No command has these words"
      highlightQuery
      scrollable
      classNames={{ actionsGroup: classes.group }}
      attributes={{ content: { "aria-label": "Search or run" } }}
      maxHeight={420}
      scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}
      transitionProps={{ duration: 0 }}
      overlayProps={{ backgroundOpacity: 0.25 }}
      searchProps={{
        leftSection: <IconSearch size={15} stroke={1.6} aria-hidden="true" />,
        placeholder: "Search or run…",
        "aria-label": "Search or run",
      }}
    />
  );
}

function paletteGroups(commands: readonly Command[]): SpotlightActionGroupData[] {
  const groups = new Map<string, SpotlightActionData[]>();
  const seen = new Set<string>();
  for (const command of [...commands].reverse()) {
    if (command.keyOnly || seen.has(command.id) || !(command.when?.() ?? true)) continue;
    seen.add(command.id);
    const keys = command.keys?.[0];
    const action: SpotlightActionData = {
      id: command.id,
      label: command.label,
      onClick: command.run,
      rightSection: keys ? <Kbd keys={keys} /> : undefined,
    };
    groups.set(command.group, [action, ...(groups.get(command.group) ?? [])]);
  }
  return [...groups].map(([group, actions]) => ({ group, actions }));
}
