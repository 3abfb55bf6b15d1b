import {
  IconBox,
  IconChartLine,
  IconListDetails,
  IconMessage,
  IconShield,
  IconSpeakerphone,
} from "@tabler/icons-react";
import type { Feature } from "@/lib/feature";
import { moduleSearch } from "./logic/search";

/** One page for every module of the account: its facts by subject, and why rules decide as they do. */
export const feature: Feature = {
  name: "modules",
  nav: [
    { name: "accounthealth", title: "Health", path: "/m/accounthealth", icon: IconShield, group: "work", chord: "h" },
    { name: "sales", title: "Sales", path: "/m/sales", icon: IconChartLine, group: "work", chord: "s" },
    { name: "inventory", title: "Inventory", path: "/m/inventory", icon: IconBox, group: "work", chord: "i" },
    { name: "advertising", title: "Ads", path: "/m/advertising", icon: IconSpeakerphone, group: "work", chord: "a" },
    { name: "listings", title: "Listings", path: "/m/listings", icon: IconListDetails, group: "work", chord: "l" },
    { name: "reviews", title: "Reviews", path: "/m/reviews", icon: IconMessage, group: "work", chord: "r" },
  ],
  routes: [
    {
      path: "/m/$module",
      load: () => import("./pages/module-page").then((m) => ({ Page: m.ModulePage })),
      search: moduleSearch,
    },
  ],
  topics: ["accounthealth", "sales", "inventory", "advertising", "listings", "reviews"],
};
