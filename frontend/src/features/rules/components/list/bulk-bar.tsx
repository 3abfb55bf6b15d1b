import { Button } from "@mantine/core";
import classes from "./list.module.css";
import type { Listed } from "./listed";

type Props = {
  policies: readonly Listed[];
  busy: boolean;
  onSwitch: (on: boolean) => void;
  onExport: () => void;
  onDelete: () => void;
  onClear: () => void;
};

/** What can be done with the ticked policies; there only while there are any. */
export function BulkBar({ policies, busy, onSwitch, onExport, onDelete, onClear }: Props) {
  if (policies.length === 0) return null;
  const own = policies.filter((policy) => policy.own).length;
  return (
    <section className={classes.bulk} aria-label="Selected rules">
      <strong>{policies.length} selected</strong>
      <Button variant="default" size="compact-sm" disabled={busy} onClick={() => onSwitch(true)}>
        Switch on
      </Button>
      <Button variant="default" size="compact-sm" disabled={busy} onClick={() => onSwitch(false)}>
        Switch off
      </Button>
      <Button variant="default" size="compact-sm" onClick={onExport}>
        Export
      </Button>
      {own > 0 && (
        <Button variant="default" size="compact-sm" disabled={busy} onClick={onDelete}>
          {own === policies.length ? "Delete" : `Delete ${own} of yours`}
        </Button>
      )}
      <span className={classes.spring} />
      <Button variant="subtle" size="compact-sm" onClick={onClear}>
        Clear selection
      </Button>
    </section>
  );
}
