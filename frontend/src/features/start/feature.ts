import type { Feature } from "@/lib/feature";

/** The three doors of a new Purser. */
export const feature: Feature = {
  name: "start",
  nav: [],
  routes: [
    { path: "/start", load: () => import("./pages/start-page").then((module) => ({ Page: module.StartPage })) },
    {
      path: "/start/connect",
      load: () => import("./pages/connect-page").then((module) => ({ Page: module.ConnectPage })),
    },
  ],
};
