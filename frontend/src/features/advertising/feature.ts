import { IconSpeakerphone } from "@tabler/icons-react";
import { dashboardSearch } from "@/lib/dashboards/search";
import type { Feature } from "@/lib/feature";

/** Where money is wasted, and what deserves more of it. */
export const feature: Feature = {
  name: "advertising",
  nav: [{ name: "advertising", title: "Ads", path: "/ads", icon: IconSpeakerphone, group: "work", chord: "a" }],
  routes: [
    {
      path: "/ads",
      load: () => import("./pages/ads-page").then((m) => ({ Page: m.AdsPage })),
      search: dashboardSearch,
    },
  ],
};
