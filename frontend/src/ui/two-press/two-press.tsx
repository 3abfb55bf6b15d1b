import { Button, type ButtonProps } from "@mantine/core";
import { type KeyboardEvent, useState } from "react";

type Props = Omit<ButtonProps, "children" | "onClick"> & {
  /** What the button says at first: "Revert". */
  label: string;
  /** What it says once pressed, so that nobody presses again without having read it: "Press again to revert". */
  again: string;
  id?: string;
  onConfirm: () => void;
};

/** A button that acts on its second press. Leaving it, or Esc, takes the first press back. */
export function TwoPress({ label, again, onConfirm, variant = "default", ...rest }: Props) {
  const [asked, setAsked] = useState(false);
  const press = () => {
    setAsked(!asked);
    if (asked) onConfirm();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !asked) return;
    event.preventDefault();
    event.stopPropagation();
    setAsked(false);
  };
  return (
    <Button
      {...rest}
      variant={asked ? "filled" : variant}
      onClick={press}
      onBlur={() => setAsked(false)}
      onKeyDown={onKeyDown}
    >
      <span aria-live="polite">{asked ? again : label}</span>
    </Button>
  );
}
