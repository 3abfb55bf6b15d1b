import { IconClipboardCheck } from "@tabler/icons-react";
import type { Feature } from "@/lib/feature";
import { auditsSearch } from "./logic/search";

/** Whether the shop is sound overall, and whether decisions were right: monthly reviews and checklists. */
export const feature: Feature = {
  name: "audits",
  nav: [{ name: "audits", title: "Audits", path: "/audits", icon: IconClipboardCheck, group: "judgement", chord: "q" }],
  routes: [
    {
      path: "/audits",
      load: () => import("./pages/audits-page").then((m) => ({ Page: m.AuditsPage })),
      search: auditsSearch,
    },
  ],
};
