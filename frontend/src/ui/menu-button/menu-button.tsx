import { Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import classes from "./menu-button.module.css";
import { type MenuAction, MenuItems } from "./menu-items";

type Props = {
  /** Names the button: "More for Units a day". */
  label: string;
  actions: readonly MenuAction[];
};

/** Three dots that open a menu; nothing where there is nothing to do. */
export function MenuButton({ label, actions }: Props) {
  if (actions.length === 0) return null;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <button type="button" className={classes.button} aria-label={label}>
          <IconDots size={15} stroke={1.6} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <MenuItems actions={actions} />
      </Menu.Dropdown>
    </Menu>
  );
}
