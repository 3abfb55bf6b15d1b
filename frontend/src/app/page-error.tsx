import type { ErrorComponentProps } from "@tanstack/react-router";
import { Page } from "@/ui/page/page";
import { ErrorState } from "@/ui/state-card/error-state";

/** Stands where a page broke; the rest of the window goes on. */
export function PageError({ error, reset }: ErrorComponentProps) {
  return (
    <Page title="This page broke" quietTitle>
      <ErrorState effect="This page could not be shown." error={error} onRetry={reset} />
    </Page>
  );
}
