import { IconNotebook } from "@tabler/icons-react";
import type { Feature } from "@/lib/feature";
import { journalSearch } from "./logic/search";

/** What was decided, what was done of it, and what became of that. */
export const feature: Feature = {
  name: "journal",
  nav: [{ name: "journal", title: "Journal", path: "/journal", icon: IconNotebook, group: "judgement", chord: "j" }],
  routes: [
    {
      path: "/journal",
      load: () => import("./pages/journal-page").then((m) => ({ Page: m.JournalPage })),
      search: journalSearch,
    },
  ],
};
