import { useNavigate } from "@tanstack/react-router";
import { FirstUse } from "@/ui/state-card/state-card";

/** No account is connected: what connecting brings, and what works without. */
export function NothingConnected() {
  const navigate = useNavigate();
  return (
    <FirstUse
      title="No Amazon account is connected"
      action={{ label: "Connect an account", run: () => void navigate({ to: "/connect" }) }}
      second={{
        label: "Import files",
        run: () => void navigate({ to: "/data/import", search: { paths: [], job: "" } }),
      }}
    >
      Connected, Purser fetches your reports by itself and keeps them up to date. Files you import work without it, and
      go on working beside it.
    </FirstUse>
  );
}
