import { useMutation } from "@tanstack/react-query";
import { call } from "@/lib/call";

/** Starts filling the demo shop; the answer names the job to follow. */
export function useStartDemo() {
  return useMutation({ mutationFn: () => call<{ job_id: string }>("app.API.StartDemo", undefined, 60_000) });
}
