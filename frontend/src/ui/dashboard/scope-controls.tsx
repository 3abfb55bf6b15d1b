import { Menu } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { memo } from "react";
import { readList, toggled, writeList } from "@/lib/dashboards/address";
import { scopesQuery } from "@/lib/dashboards/queries";
import type { Scopes } from "@/lib/dashboards/types";
import { ChoiceMenu, MenuTarget } from "./choice-menu";
import classes from "./controls.module.css";
import { useDashboard } from "./dashboard-context";

/** What the page is narrowed to. A choice that there is nothing to choose from is not offered. */
export const ScopeControls = memo(function ScopeControls() {
  const { search, change } = useDashboard();
  const { data: scopes } = useQuery(scopesQuery);
  if (!scopes) return null;
  const tags = withChosen(scopes.tags, search.tag);
  const groups = withChosen(scopes.groups, search.group);
  const currencies = withChosen(scopes.currencies, search.currency);
  return (
    <>
      {scopes.marketplaces.length > 1 && (
        <Marketplaces
          scopes={scopes}
          chosen={readList(search.marketplaces)}
          onChange={(codes) => change({ marketplaces: writeList(codes) })}
        />
      )}
      {tags.length > 0 && (
        <ChoiceMenu
          label="Tag"
          shown={search.tag ? `Tag: ${search.tag}` : "All tags"}
          active={search.tag !== undefined}
          value={search.tag ?? ""}
          choices={[{ value: "", title: "All tags" }, ...tags.map(itself)]}
          onChange={(tag) => change({ tag: tag || undefined })}
        />
      )}
      {groups.length > 0 && (
        <ChoiceMenu
          label="Product group"
          shown={search.group ?? "All groups"}
          active={search.group !== undefined}
          value={search.group ?? ""}
          choices={[{ value: "", title: "All groups" }, ...groups.map(itself)]}
          onChange={(group) => change({ group: group || undefined })}
        />
      )}
      {currencies.length > 0 && (
        <ChoiceMenu
          label="Currency"
          shown={search.currency ? `All in ${search.currency}` : "Own currencies"}
          active={search.currency !== undefined}
          value={search.currency ?? ""}
          choices={[
            { value: "", title: "Each in its own currency" },
            ...currencies.map((code) => ({ value: code, title: `All in ${code}, at dated rates` })),
          ]}
          onChange={(currency) => change({ currency: currency || undefined })}
        />
      )}
    </>
  );
});

const itself = (value: string) => ({ value, title: value });

/** What is chosen stays in the list, even when nothing has it any more. */
function withChosen(offered: readonly string[], chosen: string | undefined): readonly string[] {
  return chosen === undefined || offered.includes(chosen) ? offered : [...offered, chosen];
}

type MarketplacesProps = { scopes: Scopes; chosen: string[]; onChange: (codes: string[]) => void };

function Marketplaces({ scopes, chosen, onChange }: MarketplacesProps) {
  const all = scopes.marketplaces.length;
  const shown =
    chosen.length === 0 ? "All marketplaces" : chosen.length > 3 ? `${chosen.length} marketplaces` : chosen.join(", ");
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <MenuTarget label="Marketplaces" shown={shown} active={chosen.length > 0} />
      </Menu.Target>
      <Menu.Dropdown className={classes.menu} aria-label="Marketplaces">
        <Menu.CheckboxItem checked={chosen.length === 0} onChange={() => onChange([])}>
          All marketplaces
        </Menu.CheckboxItem>
        {scopes.marketplaces.map(({ code, name, currency }) => (
          <Menu.CheckboxItem
            key={code}
            checked={chosen.includes(code)}
            onChange={() => onChange(several(toggled(chosen, code), all))}
            rightSection={<span className={classes.aside}>{currency}</span>}
          >
            {name}
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** All of them is the same as none: the account. */
function several(codes: string[], all: number): string[] {
  return codes.length === all ? [] : codes;
}
