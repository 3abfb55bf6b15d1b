import type { Feature } from "@/lib/feature";
import { moduleSearch } from "./logic/search";

/** All facts of any module, by subject, and why rules decide as they do: where the pages of the account lead on to. */
export const feature: Feature = {
  name: "modules",
  nav: [],
  routes: [
    {
      path: "/m/$module",
      load: () => import("./pages/module-page").then((m) => ({ Page: m.ModulePage })),
      search: moduleSearch,
    },
  ],
  topics: ["accounthealth", "sales", "inventory", "advertising", "listings", "reviews"],
};
