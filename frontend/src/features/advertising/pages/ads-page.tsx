import { DashboardPage } from "@/ui/dashboard/dashboard-page";
import type { Layout } from "@/ui/dashboard/layout";

const layout: Layout = {
  charts: [
    { name: "spend_sales", share: 5 },
    { name: "terms", share: 4 },
    { name: "campaigns", share: 4 },
  ],
  points: { terms: "terms" },
};

/** Where money is wasted, and what deserves more of it. */
export function AdsPage() {
  return <DashboardPage key="advertising" module="advertising" layout={layout} />;
}
