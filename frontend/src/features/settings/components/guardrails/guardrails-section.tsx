import { useQuery } from "@tanstack/react-query";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows, RefreshingBar } from "@/ui/state-card/loading-rows";
import { limitsQuery, modesQuery } from "../../api/guardrails";
import settings from "../settings.module.css";
import classes from "./guardrails.module.css";
import { LimitsPart } from "./limits-part";
import { ModesPart } from "./modes-part";
import { StoppedPart } from "./stopped-part";
import { SwitchPart } from "./switch-part";
import { WebhookPart } from "./webhook-part";

/** What keeps every action within bounds: the switch, the limits of each kind, and which rules may act by themselves. */
export function GuardrailsSection() {
  const limits = useQuery(limitsQuery);
  const modes = useQuery(modesQuery);
  const error = limits.error ?? modes.error;
  const again = () => void Promise.all([limits.refetch(), modes.refetch()]);
  return (
    <>
      <RefreshingBar active={(limits.isFetching || modes.isFetching) && limits.data !== undefined} />
      <div className={`${settings.scroll} ${classes.scroll}`}>
        <SwitchPart />
        <StoppedPart />
        {error && !(limits.data && modes.data) && (
          <ErrorState effect="The guardrails could not be read." error={error} onRetry={again} />
        )}
        {!error && !(limits.data && modes.data) && <LoadingRows rows={8} label="Reading the guardrails" tall />}
        {limits.data && <LimitsPart kinds={limits.data} />}
        {limits.data?.some(({ name }) => name === "webhook") && <WebhookPart />}
        {limits.data && modes.data && <ModesPart modes={modes.data} kinds={limits.data} />}
      </div>
    </>
  );
}
