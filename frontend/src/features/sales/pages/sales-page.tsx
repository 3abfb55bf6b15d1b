import { DashboardPage } from "@/ui/dashboard/dashboard-page";
import type { Layout } from "@/ui/dashboard/layout";

const layout: Layout = {
  charts: [
    { name: "sales", share: 4 },
    { name: "profit", share: 4 },
    { name: "year", share: 4 },
  ],
};

/** What was earned, why it changed, and on which SKU. */
export function SalesPage() {
  return <DashboardPage key="sales" module="sales" layout={layout} />;
}
