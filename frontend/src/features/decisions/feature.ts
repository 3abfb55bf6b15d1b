import { IconInbox } from "@tabler/icons-react";
import type { Feature } from "@/lib/feature";

export const feature: Feature = {
  name: "decisions",
  nav: [{ name: "decisions", title: "Today", path: "/today", icon: IconInbox, group: "work", chord: "t" }],
  routes: [{ path: "/today", load: () => import("./pages/today-page"), search: todaySearch }],
};

const tabs = ["needs", "waiting", "held", "regressed", "observed", "done"];

/** The address holds the tab and the row under the cursor, which other pages call "sel". */
function todaySearch(raw: Record<string, unknown>): Record<string, unknown> {
  const tab = typeof raw.tab === "string" && tabs.includes(raw.tab) ? raw.tab : undefined;
  const item = [raw.item, raw.sel].map((id) => (typeof id === "number" ? String(id) : id));
  return { tab, item: item.find((id) => typeof id === "string" && id !== "") };
}
