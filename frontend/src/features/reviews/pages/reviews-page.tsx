import { DashboardPage } from "@/ui/dashboard/dashboard-page";
import type { Layout } from "@/ui/dashboard/layout";

const layout: Layout = {
  charts: [
    { name: "returns", share: 5 },
    { name: "reasons", share: 4 },
    { name: "skus", share: 4 },
  ],
};

/** What buyers complain about, and whether it is new. */
export function ReviewsPage() {
  return <DashboardPage key="reviews" module="reviews" layout={layout} />;
}
