import { useNavigate } from "@tanstack/react-router";
import { Page } from "@/ui/page/page";
import { StateCard } from "@/ui/state-card/state-card";

export function NotFound() {
  const navigate = useNavigate();
  return (
    <Page title="Not found">
      <StateCard
        title="There is no page at this address"
        action={{ label: "Go to Today", run: () => void navigate({ to: "/today" }) }}
      >
        It may have been an address of another version.
      </StateCard>
    </Page>
  );
}
