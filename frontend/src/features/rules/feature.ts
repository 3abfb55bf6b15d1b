import { IconScale } from "@tabler/icons-react";
import type { Feature } from "@/lib/feature";
import { pageRoutes } from "./pages/routes";
import { studioSearch } from "./studio/logic/search";

/** What is watched, how it is judged, what is wrong with a policy that does not run, and where policies are written. */
export const feature: Feature = {
  name: "rules",
  nav: [{ name: "rules", title: "Rules", path: "/rules", icon: IconScale, group: "judgement", chord: "u" }],
  routes: [
    ...pageRoutes,
    {
      path: "/rules/edit",
      load: () => import("./studio/studio-page").then((module) => ({ Page: module.StudioPage })),
      search: studioSearch,
    },
  ],
};
