import { Button, SegmentedControl, TextInput } from "@mantine/core";
import { IconArrowBackUp, IconArrowForwardUp } from "@tabler/icons-react";
import { toCallError } from "@/lib/call";
import { Kbd } from "@/ui/kbd/kbd";
import type { DraftState, DraftStore } from "../logic/draft-store";
import { type View, views } from "../logic/search";
import classes from "./studio.module.css";
import type { useSave } from "./use-save";

const titles: Record<View, string> = { builder: "Builder", cel: "CEL", yaml: "YAML" };

type Props = {
  store: DraftStore;
  state: DraftState;
  view: View;
  onView: (view: View) => void;
  saving: ReturnType<typeof useSave>;
  onSave: () => void;
  onDrop: () => void;
};

/** The views of the draft, and what can be done with it. */
export function SaveBar({ store, state, view, onView, saving, onSave, onDrop }: Props) {
  const { note, setNote, save } = saving;
  const failed = save.error ?? state.syncError;
  return (
    <div className={classes.save}>
      <SegmentedControl
        aria-label="View of the policy"
        data={views.map((value) => ({ value, label: titles[value] }))}
        value={view}
        onChange={(next) => {
          const found = views.find((one) => one === next);
          if (found) onView(found);
        }}
      />
      <Button
        variant="default"
        aria-label="Take back the last edit"
        aria-keyshortcuts="Control+Z"
        disabled={!store.canUndo()}
        onClick={store.undo}
      >
        <IconArrowBackUp size={15} stroke={1.6} aria-hidden="true" />
      </Button>
      <Button
        variant="default"
        aria-label="Do the edit again"
        aria-keyshortcuts="Control+Shift+Z"
        disabled={!store.canRedo()}
        onClick={store.redo}
      >
        <IconArrowForwardUp size={15} stroke={1.6} aria-hidden="true" />
      </Button>
      {store.dirty && (
        <Button variant="default" onClick={onDrop}>
          Drop the changes
        </Button>
      )}
      <TextInput
        className={classes.saveNote}
        aria-label="Why, for the list of versions"
        placeholder="Why (for the versions)"
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Button
        rightSection={<Kbd keys="mod+s" />}
        aria-keyshortcuts="Control+S"
        disabled={!store.dirty && !store.fresh}
        loading={save.isPending}
        onClick={onSave}
      >
        Save
      </Button>
      <span className={classes.state} role="status">
        {failed ? toCallError(failed).message : store.dirty ? "Not saved yet" : store.fresh ? "New" : "Saved"}
      </span>
    </div>
  );
}
