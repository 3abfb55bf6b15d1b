import { Menu } from "@mantine/core";
import { IconMenu2 } from "@tabler/icons-react";
import { useCommandList } from "@/lib/command-context";
import type { Command } from "@/lib/commands";
import { Kbd } from "@/ui/kbd/kbd";
import { menusOf } from "./command-groups";
import classes from "./shell.module.css";

type Props = { opened: boolean; onChange: (opened: boolean) => void };

/** The menu bar of the window in one button: every command by its menu, with its key. */
export function WindowMenu({ opened, onChange }: Props) {
  const commands = useCommandList();
  return (
    <Menu opened={opened} onChange={onChange} position="bottom-start" offset={4} width={150}>
      <Menu.Target>
        <button type="button" className={classes.menu} aria-keyshortcuts="F10">
          <IconMenu2 size={15} stroke={1.6} aria-hidden="true" />
          Menu
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {menusOf(commands).map(({ group, commands: members }) => (
          <Menu.Sub key={group}>
            <Menu.Sub.Target>
              <Menu.Sub.Item className={classes.menuItem}>{group}</Menu.Sub.Item>
            </Menu.Sub.Target>
            <Menu.Sub.Dropdown className={classes.submenu}>
              {members.map((command) => (
                <Item key={command.id} command={command} />
              ))}
            </Menu.Sub.Dropdown>
          </Menu.Sub>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Item({ command }: { command: Command }) {
  const keys = command.keys?.[0];
  return (
    <Menu.Item
      className={classes.menuItem}
      disabled={!(command.when?.() ?? true)}
      onClick={command.run}
      rightSection={keys ? <Kbd keys={keys} /> : undefined}
    >
      {command.label}
    </Menu.Item>
  );
}
