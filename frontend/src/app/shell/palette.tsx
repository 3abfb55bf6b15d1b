import { useDebouncedValue } from "@mantine/hooks";
import {
  createSpotlight,
  Spotlight,
  type SpotlightActionData,
  type SpotlightActionGroupData,
} from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { linkTo } from "@/lib/address";
import { toCallError } from "@/lib/call";
import { useCommandList } from "@/lib/command-context";
import type { Command } from "@/lib/commands";
import type { Hit } from "@/lib/dashboards/types";
import { Kbd } from "@/ui/kbd/kbd";
import { grouped, matching } from "./command-groups";
import { hitGroups, searchQuery } from "./search";
import classes from "./shell.module.css";

const [store, palette] = createSpotlight();

/** What the palette looks for: everything, or only SKUs to open. */
export type PaletteScope = "all" | "skus";

export function openPalette(): void {
  palette.open();
}

const restMs = 120;

/** Commands by their words, each with its key so that it teaches it, and what the account has by that name. */
export function Palette({ scope = "all" }: { scope?: PaletteScope }) {
  const [query, setQuery] = useState("");
  const commands = useCommandList();
  const found = useHits(query.trim(), scope);
  const actions = [...(scope === "all" ? commandActions(matching(commands, query)) : []), ...found.actions];
  useFirstChosen(found.actions);
  const prompt = scope === "skus" ? "Find a SKU…" : "Search or run…";
  return (
    <Spotlight
      store={store}
      shortcut={null}
      query={query}
      onQueryChange={setQuery}
      actions={actions}
      filter={(_query, all) => all}
      nothingFound={found.words}
      highlightQuery
      scrollable
      classNames={{ actionsGroup: classes.group }}
      attributes={{ content: { "aria-label": prompt.replace("…", "") } }}
      maxHeight={420}
      scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}
      transitionProps={{ duration: 0 }}
      overlayProps={{ backgroundOpacity: 0.25 }}
      searchProps={{
        leftSection: <IconSearch size={15} stroke={1.6} aria-hidden="true" />,
        placeholder: prompt,
        "aria-label": prompt.replace("…", ""),
      }}
    />
  );
}

/** Asks the program once typing rests. What was found for other words is not offered: Enter would open it. */
function useHits(query: string, scope: PaletteScope) {
  const navigate = useNavigate();
  const [rested] = useDebouncedValue(query, restMs);
  const { data, error, isFetching } = useQuery(searchQuery(rested));
  const hits = (rested === query && data) || none;
  const shown = scope === "skus" ? hits.filter((hit) => hit.kind === "sku") : hits;
  const open = (hit: Hit) => void navigate(linkTo(hit.link));
  return { actions: hitActions(shown, open), words: wordsFor(query, scope, isFetching || rested !== query, error) };
}

const none: Hit[] = [];

function wordsFor(query: string, scope: PaletteScope, busy: boolean, error: unknown): string {
  if (query === "") return scope === "skus" ? "Type a SKU, an ASIN or words of its title" : "Type to search";
  if (busy) return "Searching…";
  if (error) return `Could not search. ${toCallError(error).message}`;
  return scope === "skus" ? "No SKU has these words" : "Nothing has these words";
}

function commandActions(commands: readonly Command[]): SpotlightActionGroupData[] {
  return grouped(commands).map(({ group, commands: members }) => ({
    group,
    actions: members.map((command): SpotlightActionData => {
      const keys = command.keys?.[0];
      return {
        id: command.id,
        label: command.label,
        onClick: command.run,
        rightSection: keys ? <Kbd keys={keys} /> : undefined,
      };
    }),
  }));
}

function hitActions(hits: readonly Hit[], open: (hit: Hit) => void): SpotlightActionGroupData[] {
  return hitGroups(hits).map(({ group, hits: members }) => ({
    group,
    actions: members.map((hit) => ({
      id: `${hit.kind} ${hit.link}`,
      label: hit.title,
      description: hit.detail,
      onClick: () => open(hit),
    })),
  }));
}

/** Where no command was chosen before the answer came, Enter opens the best hit. */
function useFirstChosen(actions: readonly SpotlightActionGroupData[]) {
  const first = actions[0]?.actions[0]?.id ?? "";
  useEffect(() => {
    const list = document.getElementById(store.getState().listId);
    if (first === "" || !list || list.querySelector("[data-selected]")) return;
    list.querySelector("[data-action]")?.setAttribute("data-selected", "true");
    store.updateState((state) => ({ ...state, selected: 0 }));
  }, [first]);
}
