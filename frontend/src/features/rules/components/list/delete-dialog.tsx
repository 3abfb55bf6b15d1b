import { Button, Modal } from "@mantine/core";
import classes from "./list.module.css";
import type { Listed } from "./listed";

type Props = { policies: readonly Listed[]; onDelete: () => void; onClose: () => void };

/** Asks before own policies are deleted: nothing brings them back. */
export function DeleteDialog({ policies, onDelete, onClose }: Props) {
  const [only] = policies;
  return (
    <Modal
      opened
      onClose={onClose}
      title={policies.length === 1 ? `Delete “${only?.title}”?` : `Delete ${policies.length} rules?`}
      closeButtonProps={{ "aria-label": "Close" }}
      transitionProps={{ duration: 0 }}
    >
      <p className={classes.text}>
        All versions, tests and exceptions go with {policies.length === 1 ? "it" : "them"}. Decisions made so far stay
        in the history. To keep a copy, export first; to only silence {policies.length === 1 ? "it" : "them"}, switch
        off.
      </p>
      {policies.length > 1 && (
        <ul className={classes.list}>
          {policies.map((policy) => (
            <li key={policy.name}>{policy.title}</li>
          ))}
        </ul>
      )}
      <div className={classes.dialogFoot}>
        <Button color="critical" onClick={onDelete}>
          Delete
        </Button>
        <Button variant="default" onClick={onClose} data-autofocus>
          Keep
        </Button>
      </div>
    </Modal>
  );
}
