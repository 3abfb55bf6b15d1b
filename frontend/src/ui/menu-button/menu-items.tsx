import { Menu } from "@mantine/core";
import type { TablerIcon } from "@tabler/icons-react";
import { Kbd } from "../kbd/kbd";
import classes from "./menu-items.module.css";

export type MenuAction = {
  id: string;
  label: string;
  icon?: TablerIcon;
  /** The key that does the same without the menu. */
  keys?: string;
  disabled?: boolean;
  /** Begins a part of the menu under this heading. */
  heading?: string;
  run: () => void;
};

/** The lines of a menu, each with its key. */
export function MenuItems({ actions }: { actions: readonly MenuAction[] }) {
  return actions.map(({ id, label, icon: Icon, keys, disabled, heading, run }) => [
    heading && <Menu.Label key={`${id} heading`}>{heading}</Menu.Label>,
    <Menu.Item
      key={id}
      className={classes.item}
      disabled={disabled}
      onClick={run}
      leftSection={Icon && <Icon size={15} stroke={1.6} aria-hidden="true" />}
      rightSection={keys && <Kbd keys={keys} />}
    >
      {label}
    </Menu.Item>,
  ]);
}
