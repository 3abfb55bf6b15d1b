import { Button, Checkbox, Popover, TextInput } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconColumns3 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { memo, useState } from "react";
import { toggled, writeList } from "@/lib/dashboards/address";
import { columnsQuery } from "@/lib/dashboards/queries";
import type { Column, Table, TableSpec } from "@/lib/dashboards/types";
import classes from "./column-picker.module.css";
import { useDashboard } from "./dashboard-context";

type Props = { spec: TableSpec; table: Table | undefined };

/** Which columns the table shows, and in which order; all that there are, by the part of the account they are from. */
export const ColumnPicker = memo(function ColumnPicker({ spec, table }: Props) {
  const [opened, setOpened] = useState(false);
  const shown = table?.columns ?? [];
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus returnFocus width={360}>
      <Popover.Target>
        <Button
          variant="default"
          size="compact-sm"
          className={classes.button}
          leftSection={<IconColumns3 size={14} stroke={1.6} aria-hidden="true" />}
          onClick={() => setOpened(!opened)}
        >
          Columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.picker}>{opened && <Choice spec={spec} shown={shown} />}</Popover.Dropdown>
    </Popover>
  );
});

function Choice({ spec, shown }: { spec: TableSpec; shown: readonly Column[] }) {
  const { page, change } = useDashboard();
  const { data: all = [] } = useQuery(columnsQuery(page.name, spec.name));
  const [needle, setNeedle] = useState("");
  const names = shown.map((column) => column.name);
  const set = (next: readonly string[]) => change({ cols: writeList(next) });
  const found = all.filter(
    (column) =>
      !names.includes(column.name) && `${column.title} ${column.meaning}`.toLowerCase().includes(needle.toLowerCase()),
  );
  const parts = [...new Set(found.map((column) => column.part))];
  return (
    <>
      <TextInput
        aria-label="Find a column"
        placeholder="Find a column"
        value={needle}
        onChange={(event) => setNeedle(event.currentTarget.value)}
        data-autofocus
      />
      <div className={classes.lists}>
        {needle === "" && (
          <fieldset className={classes.part}>
            <legend>Shown, in this order</legend>
            {shown.map((column, index) => (
              <ShownColumn
                key={column.name}
                column={column}
                only={shown.length === 1}
                first={index === 0}
                last={index === shown.length - 1}
                onHide={() => set(toggled(names, column.name))}
                onMove={(by) => set(swapped(names, index, by))}
              />
            ))}
          </fieldset>
        )}
        {parts.map((part) => (
          <fieldset key={part} className={classes.part}>
            <legend>{part === "" ? "Others" : part}</legend>
            {found
              .filter((column) => column.part === part)
              .map((column) => (
                <Checkbox
                  key={column.name}
                  checked={false}
                  label={column.title}
                  description={column.meaning}
                  onChange={() => set([...names, column.name])}
                />
              ))}
          </fieldset>
        ))}
        {found.length === 0 && needle !== "" && <p className={classes.none}>No further column is called so.</p>}
      </div>
      <Button variant="subtle" onClick={() => change({ cols: undefined })}>
        The columns as they were
      </Button>
    </>
  );
}

type ShownProps = {
  column: Column;
  only: boolean;
  first: boolean;
  last: boolean;
  onHide: () => void;
  onMove: (by: -1 | 1) => void;
};

function ShownColumn({ column, only, first, last, onHide, onMove }: ShownProps) {
  return (
    <div className={classes.shown}>
      <Checkbox checked label={column.title} disabled={only} onChange={onHide} />
      <span>
        <button
          type="button"
          disabled={first}
          aria-label={`Move ${column.title} to the left`}
          onClick={() => onMove(-1)}
        >
          <IconArrowUp size={14} stroke={1.6} aria-hidden="true" />
        </button>
        <button
          type="button"
          disabled={last}
          aria-label={`Move ${column.title} to the right`}
          onClick={() => onMove(1)}
        >
          <IconArrowDown size={14} stroke={1.6} aria-hidden="true" />
        </button>
      </span>
    </div>
  );
}

function swapped(names: readonly string[], index: number, by: -1 | 1): string[] {
  const next = [...names];
  const [here, there] = [next[index], next[index + by]];
  if (here === undefined || there === undefined) return next;
  next[index] = there;
  next[index + by] = here;
  return next;
}
