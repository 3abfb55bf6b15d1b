import { DashboardPage } from "@/ui/dashboard/dashboard-page";
import type { Layout } from "@/ui/dashboard/layout";

const layout: Layout = {
  lead: "charts",
  charts: [
    { name: "targets", share: 5 },
    { name: "history", share: 4 },
    { name: "violations", share: 3 },
  ],
};

/** Could the account be lost: rates against their targets lead, then the numbers. */
export function HealthPage() {
  return <DashboardPage key="accounthealth" module="accounthealth" layout={layout} />;
}
