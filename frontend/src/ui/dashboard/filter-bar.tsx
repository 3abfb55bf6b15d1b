import { Button, Popover } from "@mantine/core";
import { IconFilter, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { memo } from "react";
import { readFilters, writeFilters } from "@/lib/dashboards/address";
import { filterText } from "@/lib/dashboards/filters";
import { columnsQuery } from "@/lib/dashboards/queries";
import type { TableSpec } from "@/lib/dashboards/types";
import { useDashboard } from "./dashboard-context";
import classes from "./filter-bar.module.css";
import { FilterForm } from "./filter-form";

type Props = {
  spec: TableSpec;
  /** Column that a filter is being made for; "" for any; null when none is made. */
  building: string | null;
  onBuilding: (column: string | null) => void;
};

/** The ready-made views as chips, the filters in force, and a way to add one. */
export const FilterBar = memo(function FilterBar({ spec, building, onBuilding }: Props) {
  const { page, search, change } = useDashboard();
  const { data: columns = [] } = useQuery(columnsQuery(page.name, spec.name));
  const filters = readFilters(search.filters);
  const presets = spec.presets;
  return (
    <div className={classes.bar}>
      {presets.length > 0 && (
        <ul className={classes.chips} aria-label="Ready-made views">
          <Chip title="All" on={search.preset === undefined} onClick={() => change({ preset: undefined })} />
          {presets.map((preset) => (
            <Chip
              key={preset.name}
              title={preset.title}
              on={search.preset === preset.name}
              onClick={() => change({ preset: search.preset === preset.name ? undefined : preset.name })}
            />
          ))}
        </ul>
      )}
      {filters.map((filter, index) => (
        <span key={`${filter.column} ${filter.op} ${filter.value}`} className={classes.filter}>
          {filterText(filter, columns)}
          <button
            type="button"
            aria-label={`Remove filter: ${filterText(filter, columns)}`}
            onClick={() => change({ filters: writeFilters(filters.filter((_, at) => at !== index)) })}
          >
            <IconX size={13} stroke={1.8} aria-hidden="true" />
          </button>
        </span>
      ))}
      <Popover
        opened={building !== null}
        onChange={(opened) => onBuilding(opened ? "" : null)}
        position="bottom-start"
        trapFocus
        returnFocus
        width={320}
      >
        <Popover.Target>
          <Button
            variant="subtle"
            size="compact-sm"
            className={classes.add}
            leftSection={<IconFilter size={14} stroke={1.6} aria-hidden="true" />}
            onClick={() => onBuilding(building === null ? "" : null)}
          >
            Add filter
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          {building !== null && (
            <FilterForm
              key={building}
              columns={columns}
              column={building}
              onFilter={(filter) => {
                change({ filters: writeFilters([...filters, filter]) });
                onBuilding(null);
              }}
            />
          )}
        </Popover.Dropdown>
      </Popover>
    </div>
  );
});

function Chip({ title, on, onClick }: { title: string; on: boolean; onClick: () => void }) {
  return (
    <li>
      <button type="button" className={classes.chip} aria-pressed={on} onClick={onClick}>
        {title}
      </button>
    </li>
  );
}
