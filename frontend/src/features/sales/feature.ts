import { IconChartLine } from "@tabler/icons-react";
import { dashboardSearch } from "@/lib/dashboards/search";
import type { Feature } from "@/lib/feature";

/** What was earned, why it changed, and on which SKU. */
export const feature: Feature = {
  name: "sales",
  nav: [{ name: "sales", title: "Sales", path: "/sales", icon: IconChartLine, group: "work", chord: "s" }],
  routes: [
    {
      path: "/sales",
      load: () => import("./pages/sales-page").then((m) => ({ Page: m.SalesPage })),
      search: dashboardSearch,
    },
  ],
};
