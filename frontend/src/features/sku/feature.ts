import { dashboardSearch, scopeAndRange } from "@/lib/dashboards/search";
import type { Feature } from "@/lib/feature";

/** Everything about one SKU on one page; reached by search and from wherever a SKU is named. */
export const feature: Feature = {
  name: "sku",
  nav: [],
  routes: [
    {
      path: "/sku/$subject",
      load: () => import("./pages/sku-page").then((m) => ({ Page: m.SkuPage })),
      search: (raw) => scopeAndRange(dashboardSearch(raw)),
    },
  ],
};
