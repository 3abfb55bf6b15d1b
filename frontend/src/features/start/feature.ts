import type { Feature } from "@/lib/feature";

export const feature: Feature = {
  name: "start",
  nav: [],
  routes: [
    { path: "/start", load: () => import("./first-run/first-run") },
    { path: "/start/connect", load: () => import("./connect/connect") },
  ],
};
