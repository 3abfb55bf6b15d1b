import { createContext, use } from "react";
import type { DashboardSearch } from "@/lib/dashboards/search";
import type { PageData, ViewInput } from "@/lib/dashboards/types";

/** The page that is shown, and how it is looked at. */
export type Dashboard = {
  page: PageData;
  search: DashboardSearch;
  view: ViewInput;
  change: (change: DashboardSearch) => void;
};

export const DashboardContext = createContext<Dashboard | null>(null);

/** The page around; only inside of one. */
export function useDashboard(): Dashboard {
  const dashboard = use(DashboardContext);
  if (!dashboard) throw new Error("There is no page around this part of a page.");
  return dashboard;
}
