import { toCallError } from "@/lib/call";
import { ErrorState } from "@/ui/state-card/error-state";
import { StateCard } from "@/ui/state-card/state-card";

type Props = { effect: string; error: unknown; onRetry: () => void };

/** Fetching that does not run yet is no failure; anything else is. */
export function NotFetching({ effect, error, onRetry }: Props) {
  const { code, message } = toCallError(error);
  if (code !== "unavailable") return <ErrorState effect={effect} error={error} onRetry={onRetry} />;
  return (
    <StateCard title={message} role="status" action={{ label: "Look again", run: onRetry }}>
      What was imported from files is all here.
    </StateCard>
  );
}
