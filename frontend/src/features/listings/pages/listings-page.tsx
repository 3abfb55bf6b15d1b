import { DashboardPage } from "@/ui/dashboard/dashboard-page";
import type { Layout } from "@/ui/dashboard/layout";

const layout: Layout = {
  charts: [
    { name: "at_stake", share: 4 },
    { name: "reasons", share: 4 },
    { name: "issues", share: 4 },
  ],
};

/** What cannot be bought or found, and what that costs. */
export function ListingsPage() {
  return <DashboardPage key="listings" module="listings" layout={layout} />;
}
