import { useQuery } from "@tanstack/react-query";
import { readFilters } from "@/lib/dashboards/address";
import { filterText } from "@/lib/dashboards/filters";
import { columnsQuery } from "@/lib/dashboards/queries";
import { useDisplay } from "@/lib/display";
import { formatDay } from "@/lib/format";
import { EmptyGood, NoMatch, StateCard } from "../state-card/state-card";
import { useDashboard } from "./dashboard-context";
import type { TableState } from "./use-table-state";

/** No row: because there is nothing to see to, because filters hide all, or because there is none in scope. */
export function NothingFound({ state }: { state: TableState }) {
  const { page, search, change } = useDashboard();
  const { locale, now } = useDisplay();
  const { data: columns = [] } = useQuery(columnsQuery(page.name, state.spec.name));
  const preset = state.spec.presets.find((candidate) => candidate.name === search.preset);
  const filters = readFilters(search.filters);
  const narrowed = search.tag !== undefined || search.group !== undefined || search.marketplaces !== undefined;
  const noun = state.spec.title;
  if (search.q === undefined && filters.length === 0 && preset && isTrouble(page.tiles, preset.name)) {
    return (
      <EmptyGood
        title={`${preset.title}: none`}
        action={{ label: `Show all ${noun}`, run: () => change({ preset: undefined }) }}
      >
        Looked at as of {formatDay(page.as_of, locale, now)}
        {narrowed ? ", in the scope above." : ", in all of the account."}
      </EmptyGood>
    );
  }
  if (search.q !== undefined || filters.length > 0 || preset) {
    const said = [
      preset?.title,
      ...filters.map((filter) => filterText(filter, columns)),
      search.q === undefined ? undefined : `with "${search.q}"`,
    ].filter((text) => text !== undefined);
    return (
      <NoMatch
        filters={`No ${noun}: ${said.join("; ")}.`}
        onClear={() => change({ preset: undefined, filters: undefined, q: undefined })}
      />
    );
  }
  return (
    <StateCard
      title={`There are no ${noun} here`}
      action={
        narrowed
          ? {
              label: "Look at all of the account",
              run: () => change({ tag: undefined, group: undefined, marketplaces: undefined }),
            }
          : undefined
      }
    >
      {narrowed ? "The marketplaces, tag or group chosen above have none." : "The reports that are in name none."}
    </StateCard>
  );
}

/** A ready-made view that a number of the page counts is a list of what needs seeing to. */
function isTrouble(tiles: readonly { preset: string }[], preset: string): boolean {
  return tiles.some((tile) => tile.preset === preset);
}
