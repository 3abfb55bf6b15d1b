import { FreshnessChip } from "@/ui/freshness-chip/freshness-chip";
import type { FreshState } from "../api/types";

/** How fresh a kind of report is. The mark already says the word to screen readers. */
export function StateChip({ state }: { state: FreshState }) {
  return (
    <FreshnessChip state={state}>
      <span aria-hidden="true">{state}</span>
    </FreshnessChip>
  );
}
