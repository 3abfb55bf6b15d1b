import { IconListDetails } from "@tabler/icons-react";
import { dashboardSearch } from "@/lib/dashboards/search";
import type { Feature } from "@/lib/feature";

/** What cannot be bought or found, and what that costs. */
export const feature: Feature = {
  name: "listings",
  nav: [{ name: "listings", title: "Listings", path: "/listings", icon: IconListDetails, group: "work", chord: "l" }],
  routes: [
    {
      path: "/listings",
      load: () => import("./pages/listings-page").then((m) => ({ Page: m.ListingsPage })),
      search: dashboardSearch,
    },
  ],
};
