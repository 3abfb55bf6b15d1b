import { Tooltip } from "@mantine/core";
import { type FocusEvent, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";

const delayMs = 300;

/** What an element needs so that its tip comes and goes. */
export type TipHandlers = {
  onPointerEnter: () => void;
  onPointerLeave: () => void;
  onFocus: (event: FocusEvent) => void;
  onBlur: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
};

type Props = {
  /** null where there is nothing to say. */
  tip: ReactNode;
  children: (handlers: TipHandlers | undefined, hold: (element: HTMLElement | null) => void) => ReactNode;
};

/** A tip on hover and focus that costs nothing until it is wanted: a table has hundreds of values. */
export function WithTip({ tip, children }: Props) {
  const element = useRef<HTMLElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [opened, setOpened] = useState(false);
  useEffect(() => () => clearTimeout(timer.current), []);
  const show = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOpened(true), delayMs);
  };
  const hide = () => {
    clearTimeout(timer.current);
    setOpened(false);
  };
  const handlers: TipHandlers = {
    onPointerEnter: show,
    onPointerLeave: hide,
    // A press gives the focus too, but means something else.
    onFocus: (event) => event.currentTarget.matches(":focus-visible") && show(),
    onBlur: hide,
    onKeyDown: (event) => {
      if (event.key !== "Escape" || !opened) return;
      event.stopPropagation();
      hide();
    },
  };
  return (
    <>
      {children(tip === null ? undefined : handlers, (held) => {
        element.current = held;
      })}
      {opened && tip !== null && <Tooltip target={element} opened label={tip} />}
    </>
  );
}
