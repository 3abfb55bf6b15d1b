import { Button, Menu, NumberInput } from "@mantine/core";
import { type KeyboardEvent, type ReactNode, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useCommands } from "@/lib/command-context";
import { Kbd } from "@/ui/kbd/kbd";
import type { Decision } from "../../api/types";
import { rejectChoices, snoozeChoices } from "../../logic/optimistic";
import { idsOf } from "../../logic/triage";
import { canEdit, type TriageControl } from "../use-triage";
import classes from "./action-bar.module.css";
import { DelegateForm } from "./delegate-form";
import { SnoozeDate } from "./snooze-date";

type Props = { item: Decision; triage: TriageControl };

/** What can be done about the decision, each with its key. */
export function ActionBar({ item, triage }: Props) {
  if (triage.mode === "edit" && canEdit(item)) return <EditUnits key={item.id} item={item} triage={triage} />;
  if (triage.mode === "date") return <SnoozeDate triage={triage} />;
  const approvable = triage.chosen.every(triage.mayApprove);
  if (triage.mode === "delegate" && approvable) return <DelegateForm triage={triage} />;
  const many = idsOf(triage.chosen).length;
  return (
    <section className={classes.bar} aria-label="Decide">
      {approvable && (
        <Button onClick={() => triage.approve()} rightSection={<Kbd keys="a" />} aria-keyshortcuts="a">
          {many > 1 ? `Approve ${many}` : "Approve"}
        </Button>
      )}
      {canEdit(item) && (
        <Button
          variant="default"
          onClick={() => triage.setMode("edit")}
          rightSection={<Kbd keys="e" />}
          aria-keyshortcuts="e"
        >
          Edit
        </Button>
      )}
      <NumberedMenu
        label="Snooze"
        letter="s"
        opened={triage.mode === "snooze"}
        onChange={(open) => triage.setMode(open ? "snooze" : "list")}
        choices={snoozeChoices.map(({ until, label }) => ({
          label,
          run: () => (until === "date" ? triage.setMode("date") : triage.snooze(until)),
        }))}
      />
      <NumberedMenu
        label="Dismiss"
        letter="d"
        opened={triage.mode === "dismiss"}
        onChange={(open) => triage.setMode(open ? "dismiss" : "list")}
        choices={rejectChoices.map(({ reason, label }) => ({ label, run: () => triage.reject(reason) }))}
      />
      {approvable && (
        <Button
          variant="default"
          onClick={() => triage.setMode("delegate")}
          rightSection={<Kbd keys="h" />}
          aria-keyshortcuts="h"
        >
          Hand over
        </Button>
      )}
    </section>
  );
}

type MenuProps = {
  label: string;
  letter: string;
  opened: boolean;
  onChange: (open: boolean) => void;
  choices: readonly { label: string; run: () => void }[];
};

/** A small menu whose choices also answer to 1, 2, 3… */
function NumberedMenu({ label, letter, opened, onChange, choices }: MenuProps) {
  // A quick hand presses the number before the focus is in the menu.
  const numbers = useMemo(
    () =>
      (opened ? choices : []).map((choice, index) => ({
        id: `today.${letter}.${index + 1}`,
        label: `${label}: ${choice.label}`,
        group: "Today",
        keys: [String(index + 1)],
        keyOnly: true,
        run: choice.run,
      })),
    [opened, choices, label, letter],
  );
  useCommands(numbers);
  const onKeyDown = (event: KeyboardEvent) => {
    const choice = choices[Number(event.key) - 1];
    if (!choice) return;
    event.preventDefault();
    event.stopPropagation();
    choice.run();
  };
  return (
    <Menu
      opened={opened}
      onChange={onChange}
      position="bottom-start"
      width={220}
      closeOnItemClick={false}
      // A key pressed outside is a number for it, or an arrow that goes on in the list.
      clickOutsideEvents={["mousedown", "touchstart"]}
      withinPortal={false}
      returnFocus={false}
    >
      <Menu.Target>
        <Button variant="default" rightSection={<Kbd keys={letter} />} aria-keyshortcuts={letter}>
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown onKeyDown={onKeyDown} aria-label={label}>
        {choices.map((choice, index) => (
          <Menu.Item key={choice.label} onClick={choice.run} rightSection={<Kbd keys={String(index + 1)} />}>
            {choice.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The number of units as a field: Enter keeps it, Ctrl+Enter approves with it. */
function EditUnits({ item, triage }: Props) {
  const field = useRef<HTMLInputElement>(null);
  // Selected in the same moment as it is there: what a quick hand types must replace the number, not lengthen it.
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const [units, setUnits] = useState(item.action.units);
  const valid = Number.isInteger(units) && units > 0;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      triage.setMode("list");
    } else if (event.key === "Enter" && valid) {
      event.preventDefault();
      if (event.ctrlKey || event.metaKey) triage.approve(units);
      else triage.edit(units);
    }
  };
  const keys: ReactNode = <Kbd keys="mod+enter" />;
  return (
    <section className={classes.edit} aria-label="Edit the units">
      <NumberInput
        label="Units"
        value={units}
        onChange={(value) => setUnits(typeof value === "number" ? value : Number.NaN)}
        onKeyDown={onKeyDown}
        min={1}
        max={1_000_000}
        allowDecimal={false}
        allowNegative={false}
        ref={field}
        w={84}
      />
      <Button disabled={!valid} onClick={() => triage.approve(units)} rightSection={keys}>
        Approve
      </Button>
      <Button variant="default" disabled={!valid} onClick={() => triage.edit(units)}>
        Keep
      </Button>
      <Button variant="subtle" onClick={() => triage.setMode("list")}>
        Cancel
      </Button>
    </section>
  );
}
