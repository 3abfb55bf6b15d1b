import classes from "./data-table.module.css";

type Props = {
  checked: boolean;
  mixed?: boolean;
  label?: string;
  /** Id of the cell that names the row. */
  labelledBy?: string;
  /** Without it the table listens. */
  onChange?: () => void;
};

/** A checkbox with a target as high as the row; rows take the focus, so only the one in the heading is a stop for Tab. */
export function TickBox({ checked, mixed = false, label, labelledBy, onChange }: Props) {
  return (
    <input
      type="checkbox"
      className={classes.tick}
      data-tick={onChange ? undefined : ""}
      checked={checked}
      aria-label={label}
      aria-labelledby={labelledBy}
      tabIndex={onChange ? 0 : -1}
      onChange={onChange ?? ignore}
      ref={(box) => {
        if (box) box.indeterminate = mixed;
      }}
    />
  );
}

function ignore() {}
