import { toCallError } from "@/lib/call";
import { ErrorState } from "@/ui/state-card/error-state";
import { StateCard } from "@/ui/state-card/state-card";

/** Said over what was read before, where reading it again failed. */
export const notReadAgain = "This could not be read again: what you see is the last that was read.";

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
