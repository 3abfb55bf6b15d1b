import { DashboardPage } from "@/ui/dashboard/dashboard-page";
import type { Layout } from "@/ui/dashboard/layout";

const layout: Layout = {
  charts: [
    { name: "projection", share: 5 },
    { name: "cover", share: 5 },
    { name: "age", share: 3 },
  ],
};

/** What runs out and when to order: the projection of stock leads the charts. */
export function InventoryPage() {
  return <DashboardPage key="inventory" module="inventory" layout={layout} />;
}
