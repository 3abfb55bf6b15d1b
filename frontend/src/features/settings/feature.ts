import { IconSettings } from "@tabler/icons-react";
import type { Feature } from "@/lib/feature";
import { settingsSearch } from "./logic/search";

/** What the seller decides once: thresholds, costs and lead times, how things look, where data lies. */
export const feature: Feature = {
  name: "settings",
  nav: [{ name: "settings", title: "Settings", path: "/settings", icon: IconSettings, group: "machine", chord: "," }],
  routes: [
    {
      path: "/settings",
      load: () => import("./pages/settings-page").then((m) => ({ Page: m.SettingsPage })),
      search: settingsSearch,
    },
  ],
  topics: ["rules", "catalog"],
};
