import { Button, Modal } from "@mantine/core";
import classes from "./side.module.css";

type Props = { open: boolean; onKeep: () => void; onDrop: () => void };

/** Asks before what was not saved is lost. */
export function DropDialog({ open, onKeep, onDrop }: Props) {
  return (
    <Modal
      opened={open}
      onClose={onKeep}
      title="Drop the changes that are not saved?"
      centered
      transitionProps={{ duration: 0 }}
    >
      <p className={classes.empty}>The policy in force stays as it is. What you wrote since then is gone.</p>
      <div className={classes.buttons}>
        <Button data-autofocus onClick={onKeep}>
          Keep writing
        </Button>
        <Button variant="outline" color="critical" onClick={onDrop}>
          Drop them
        </Button>
      </div>
    </Modal>
  );
}
