import { IconMessage } from "@tabler/icons-react";
import { dashboardSearch } from "@/lib/dashboards/search";
import type { Feature } from "@/lib/feature";

/** What buyers complain about, and whether it is new. */
export const feature: Feature = {
  name: "reviews",
  nav: [{ name: "reviews", title: "Reviews", path: "/reviews", icon: IconMessage, group: "work", chord: "r" }],
  routes: [
    {
      path: "/reviews",
      load: () => import("./pages/reviews-page").then((m) => ({ Page: m.ReviewsPage })),
      search: dashboardSearch,
    },
  ],
};
