import { IconScale } from "@tabler/icons-react";
import type { Feature } from "@/lib/feature";

/** What is watched, how it is judged, and what is wrong with a policy that does not run. */
export const feature: Feature = {
  name: "rules",
  nav: [{ name: "rules", title: "Rules", path: "/rules", icon: IconScale, group: "judgement", chord: "u" }],
  routes: [
    {
      path: "/rules",
      load: () => import("./pages/rules-page").then((module) => ({ Page: module.RulesPage })),
      search: (raw) => ({ policy: typeof raw.policy === "string" ? raw.policy : undefined }),
    },
  ],
};
