import { Tabs } from "@mantine/core";
import type { ReactNode } from "react";
import { Page } from "@/ui/page/page";
import { AboutSection } from "../components/about-section";
import { CostsSection } from "../components/costs-section";
import { DisplaySection } from "../components/display-section";
import { StorageSection } from "../components/storage-section";
import { ThresholdsSection } from "../components/thresholds-section";
import { useSettingsSearch } from "../components/use-settings-search";
import { type Section, sections } from "../logic/search";
import classes from "./settings-page.module.css";

const titles: Record<Section, string> = {
  thresholds: "Thresholds",
  costs: "Costs and lead times",
  display: "Display",
  storage: "Data directory",
  about: "About",
};

const parts: Record<Section, () => ReactNode> = {
  thresholds: () => <ThresholdsSection />,
  costs: () => <CostsSection />,
  display: () => <DisplaySection />,
  storage: () => <StorageSection />,
  about: () => <AboutSection />,
};

/** What the seller decides once. Every change is saved at once and can be taken back. */
export function SettingsPage() {
  const [search, change] = useSettingsSearch();
  const current = search.section ?? "thresholds";
  return (
    <Page title="Settings" lead="Changes are saved at once.">
      <Tabs
        value={current}
        onChange={(value) => change({ section: sections.find((s) => s === value) })}
        className={classes.tabs}
        classNames={{ list: classes.list, panel: classes.panel }}
      >
        <Tabs.List aria-label="Parts of the settings">
          {sections.map((section) => (
            <Tabs.Tab key={section} value={section}>
              {titles[section]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {sections.map((section) => (
          <Tabs.Panel key={section} value={section}>
            {section === current && parts[section]()}
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  );
}
