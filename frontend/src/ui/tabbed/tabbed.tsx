import { Tabs } from "@mantine/core";
import type { ReactNode } from "react";
import { useDisplay } from "@/lib/display";
import { formatNumber } from "@/lib/format";
import classes from "./tabbed.module.css";

export type Tab<Value extends string = string> = { value: Value; title: string; count?: number };

type Props<Value extends string> = {
  /** Names the strip for screen readers: "Parts of the settings". */
  label: string;
  tabs: readonly Tab<Value>[];
  value: Value;
  onChange: (value: Value) => void;
  /** At the end of the strip. */
  tools?: ReactNode;
  children: ReactNode;
};

/** A strip of tabs over the one part that is shown; arrows move between tabs. */
export function Tabbed<Value extends string>({ label, tabs, value, onChange, tools, children }: Props<Value>) {
  const { locale } = useDisplay();
  const pick = (next: string | null) => {
    const found = tabs.find((tab) => tab.value === next);
    if (found && found.value !== value) onChange(found.value);
  };
  return (
    <Tabs value={value} onChange={pick} className={classes.root} classNames={{ panel: classes.panel }}>
      <div className={classes.strip}>
        <Tabs.List aria-label={label} className={classes.list}>
          {tabs.map((tab) => (
            <Tabs.Tab key={tab.value} value={tab.value} className={classes.tab}>
              {tab.title}
              {tab.count !== undefined && <span className={classes.count}> {formatNumber(tab.count, locale)}</span>}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {tools && <div className={classes.tools}>{tools}</div>}
      </div>
      {tabs.map((tab) => (
        // A tab names its panel, so every panel stands there; only the shown one is filled.
        <Tabs.Panel key={tab.value} value={tab.value}>
          {tab.value === value && children}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
