import { Menu, Portal } from "@mantine/core";
import { useMemo } from "react";
import { type MenuAction, MenuItems } from "../menu-button/menu-items";

type Props = {
  /** Names the menu: "Actions for SKU-104". */
  label: string;
  /** The element it opens under, and which gets the focus back; null while closed. */
  anchor: HTMLElement | null;
  actions: readonly MenuAction[];
  onClose: () => void;
};

/** The actions for a row, each with its key; opened with "." or the right mouse button. */
export function ActionMenu({ label, anchor, actions, onClose }: Props) {
  const place = useMemo(() => {
    const box = anchor?.getBoundingClientRect();
    return box && { left: Math.max(8, box.left + Math.min(24, box.width)), top: box.bottom };
  }, [anchor]);
  if (!anchor || !place) return null;
  const close = () => {
    onClose();
    if (anchor.isConnected) anchor.focus();
  };
  return (
    <Portal>
      <Menu opened onClose={close} position="bottom-start" trapFocus returnFocus={false} withinPortal={false}>
        <Menu.Target>
          <span
            aria-hidden="true"
            style={{ position: "fixed", left: place.left, top: place.top, width: 1, height: 1 }}
          />
        </Menu.Target>
        <Menu.Dropdown aria-label={label}>
          <MenuItems actions={actions} />
        </Menu.Dropdown>
      </Menu>
    </Portal>
  );
}
