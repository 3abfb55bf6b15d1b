import { Button, Checkbox, Popover } from "@mantine/core";
import { IconColumns3 } from "@tabler/icons-react";
import type { FactColumn } from "../api/types";
import { type ShownColumn, toggleColumn } from "../logic/columns";
import classes from "./module.module.css";

type Props = { columns: FactColumn[]; shown: ShownColumn[]; onChange: (cols: string | undefined) => void };

/** Which facts the table shows. All of them are in the inspector. */
export function ColumnChooser({ columns, shown, onChange }: Props) {
  const names = shown.map(({ column }) => column.name);
  return (
    <Popover position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconColumns3 size={15} stroke={1.6} />}>
          Columns, {shown.length} of {columns.length}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.chooser} aria-label="Columns to show">
        {columns.map((column) => (
          <Checkbox
            key={column.name}
            label={column.title}
            description={column.meaning}
            checked={names.includes(column.name)}
            disabled={names.length === 1 && names[0] === column.name}
            onChange={() => onChange(toggleColumn(columns, shown, column.name) || undefined)}
          />
        ))}
        <Button variant="subtle" onClick={() => onChange(undefined)}>
          The first eight again
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
