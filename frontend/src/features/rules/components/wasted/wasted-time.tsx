import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { toCallError } from "@/lib/call";
import { dismissedSentence, statsQuery } from "@/lib/decision-stats";
import { useExceptionOffers } from "@/lib/exception-offers";
import { OfferList } from "@/ui/exception-offer/exception-offer";
import { InspectorSection } from "@/ui/inspector/inspector";
import type { Listed } from "../list/listed";
import classes from "./wasted.module.css";
import { WastedMark } from "./wasted-mark";

type Props = { policy: Listed; onSwitch: (policy: Listed) => void };

/** What the seller did with what a rule found, when some of it was dismissed, and what could be taken out of it. */
export function WastedTime({ policy, onSwitch }: Props) {
  const { data, error } = useQuery(statsQuery);
  const navigate = useNavigate();
  const stats = data?.policies.find((one) => one.policy === policy.name);
  const repeats = useMemo(
    () => data?.repeats.filter((one) => one.policy === policy.name) ?? [],
    [data?.repeats, policy.name],
  );
  const control = useExceptionOffers(repeats);
  const dismissed = stats && stats.dismissed > 0;
  if (error && !data) return <p className={classes.failed}>What you did with it: {toCallError(error).message}</p>;
  if (!data || (!dismissed && control.offers.length === 0)) return null;
  return (
    <InspectorSection title="What you did with it">
      {dismissed && (
        <p className={classes.sentence}>
          {stats.wasted && (
            <>
              <WastedMark /> ·{" "}
            </>
          )}
          {dismissedSentence(stats, data.days)}
        </p>
      )}
      {stats?.wasted && (
        <div className={classes.ways}>
          <Button
            variant="subtle"
            onClick={() => void navigate({ to: "/rules/edit", search: { policy: policy.name } })}
          >
            Edit this rule
          </Button>
          {!policy.off && (
            <Button variant="subtle" onClick={() => onSwitch(policy)}>
              Switch it off
            </Button>
          )}
        </div>
      )}
      <OfferList control={control} />
    </InspectorSection>
  );
}
