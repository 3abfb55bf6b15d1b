import { IconBox } from "@tabler/icons-react";
import { dashboardSearch } from "@/lib/dashboards/search";
import type { Feature } from "@/lib/feature";

/** What runs out and when to order: the projection of stock leads the charts. */
export const feature: Feature = {
  name: "inventory",
  nav: [{ name: "inventory", title: "Inventory", path: "/inventory", icon: IconBox, group: "work", chord: "i" }],
  routes: [
    {
      path: "/inventory",
      load: () => import("./pages/inventory-page").then((m) => ({ Page: m.InventoryPage })),
      search: dashboardSearch,
    },
  ],
};
