import type { ReactNode } from "react";
import { Page } from "@/ui/page/page";
import { Tabbed } from "@/ui/tabbed/tabbed";
import { AboutSection } from "../components/about-section";
import { CostsSection } from "../components/costs-section";
import { DisplaySection } from "../components/display-section";
import { GuardrailsSection } from "../components/guardrails/guardrails-section";
import { NotificationsSection } from "../components/notifications-section";
import { RatesSection } from "../components/rates-section";
import { StorageSection } from "../components/storage-section";
import { ThresholdsSection } from "../components/thresholds-section";
import { useSettingsSearch } from "../components/use-settings-search";
import { type Section, sections } from "../logic/search";

const titles: Record<Section, string> = {
  thresholds: "Thresholds",
  guardrails: "Guardrails",
  costs: "Costs and lead times",
  rates: "Rates of exchange",
  notifications: "Notifications",
  display: "Display",
  storage: "Data directory",
  about: "About",
};

const parts: Record<Section, () => ReactNode> = {
  thresholds: () => <ThresholdsSection />,
  guardrails: () => <GuardrailsSection />,
  costs: () => <CostsSection />,
  rates: () => <RatesSection />,
  notifications: () => <NotificationsSection />,
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
      <Tabbed
        label="Parts of the settings"
        tabs={sections.map((value) => ({ value, title: titles[value] }))}
        value={current}
        onChange={(section) => change({ section })}
      >
        {parts[current]()}
      </Tabbed>
    </Page>
  );
}
