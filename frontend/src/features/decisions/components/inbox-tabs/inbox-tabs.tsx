import { Popover } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import type { Tab } from "../../api/types";
import classes from "./inbox-tabs.module.css";

const titles: Record<Tab, string> = {
  needs: "Needs you",
  waiting: "Waiting",
  held: "Held back",
  regressed: "Regressed",
  observed: "Observed",
  done: "Done",
};

type Props = {
  tabs: readonly { name: Tab; count: number }[];
  current: Tab;
  onChoose: (tab: Tab) => void;
  /** How the list is ordered, in words. */
  formula: string;
  aside: string;
};

/** The piles of decisions with their counts, and how the shown one is ordered. What is only watched shows up with its first find. */
export function InboxTabs({ tabs, current, onChoose, formula, aside }: Props) {
  const shown = ({ name, count }: { name: Tab; count: number }) => name !== "observed" || count > 0 || current === name;
  return (
    <div className={classes.bar}>
      <nav className={classes.tabs} aria-label="Decisions">
        {tabs.filter(shown).map(({ name, count }) => (
          <button
            key={name}
            type="button"
            className={classes.tab}
            aria-current={name === current ? "page" : undefined}
            onClick={() => onChoose(name)}
          >
            {titles[name]}
            {count > 0 && <span className={classes.count}>{count}</span>}
          </button>
        ))}
      </nav>
      {aside !== "" && <span className={classes.aside}>{aside}</span>}
      {formula !== "" && (
        <Popover width={280} position="bottom-end" withRoles={false}>
          <Popover.Target>
            <button type="button" className={classes.how} aria-label="How the list is ordered">
              <IconInfoCircle size={15} stroke={1.6} aria-hidden="true" />
            </button>
          </Popover.Target>
          <Popover.Dropdown>
            <p className={classes.formula}>
              <strong>Order</strong>
              <br />
              {formula}
            </p>
          </Popover.Dropdown>
        </Popover>
      )}
    </div>
  );
}
