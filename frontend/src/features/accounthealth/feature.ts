import { IconShield } from "@tabler/icons-react";
import { dashboardSearch } from "@/lib/dashboards/search";
import type { Feature } from "@/lib/feature";

/** Could the account be lost: rates against their targets lead, then the numbers. */
export const feature: Feature = {
  name: "accounthealth",
  nav: [{ name: "accounthealth", title: "Health", path: "/health", icon: IconShield, group: "work", chord: "h" }],
  routes: [
    {
      path: "/health",
      load: () => import("./pages/health-page").then((m) => ({ Page: m.HealthPage })),
      search: dashboardSearch,
    },
  ],
};
