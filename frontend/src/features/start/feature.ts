import type { Feature } from "@/lib/feature";

/** The three doors of a new Purser. */
export const feature: Feature = {
  name: "start",
  nav: [],
  routes: [
    { path: "/start", load: () => import("./pages/start-page").then((module) => ({ Page: module.StartPage })) },
    {
      path: "/start/reports",
      load: () => import("./pages/reports-page").then((module) => ({ Page: module.ReportsPage })),
    },
  ],
};
