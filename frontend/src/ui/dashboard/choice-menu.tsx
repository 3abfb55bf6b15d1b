import { Button, Menu } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import classes from "./controls.module.css";

type Choice = { value: string; title: string };

type Props = {
  /** Names the choice for screen readers: "Tag". */
  label: string;
  /** What is chosen, as the button says it. */
  shown: string;
  choices: readonly Choice[];
  value: string;
  onChange: (value: string) => void;
  /** Set where something other than the default is chosen. */
  active?: boolean;
};

/** One of a few, chosen from a menu. */
export function ChoiceMenu({ label, shown, choices, value, onChange, active = false }: Props) {
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <MenuTarget label={label} shown={shown} active={active} />
      </Menu.Target>
      <Menu.Dropdown className={classes.menu} aria-label={label}>
        <Menu.RadioGroup value={value} onChange={onChange}>
          {choices.map((choice) => (
            <Menu.RadioItem key={choice.value} value={choice.value} closeMenuOnClick>
              {choice.title}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}

type TargetProps = { label: string; shown: string; active: boolean } & React.ComponentProps<"button">;

/** The button of a menu: what it is about is heard, what is chosen is seen. */
export function MenuTarget({ label, shown, active, color: _color, ...rest }: TargetProps) {
  return (
    <Button
      {...rest}
      variant="default"
      size="compact-sm"
      className={classes.choice}
      data-active={active}
      aria-label={`${label}: ${shown}`}
      rightSection={<IconChevronDown size={13} stroke={1.6} aria-hidden="true" />}
    >
      <span className={classes.shown}>{shown}</span>
    </Button>
  );
}
