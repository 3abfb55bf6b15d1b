import { IconListDetails } from "@tabler/icons-react";
import type { Feature } from "@/lib/feature";

export const feature: Feature = {
  name: "rules",
  nav: [{ name: "rules", title: "Rules", path: "/rules", icon: IconListDetails, group: "judgement", chord: "u" }],
  routes: [
    {
      path: "/rules",
      load: () => import("./policies/policies"),
      search: (raw) => ({ policy: typeof raw.policy === "string" ? raw.policy : undefined }),
    },
  ],
};
