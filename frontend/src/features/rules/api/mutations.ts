import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/lib/call";
import type { rules } from "@/lib/contract";
import type { Threshold } from "./types";

/** Changes a threshold, or returns it to its default; everything is then judged anew. */
export function useThreshold() {
  const client = useQueryClient();
  const onSettled = () => {
    for (const key of ["rules", "decisions", "app", "settings"]) void client.invalidateQueries({ queryKey: [key] });
  };
  const set = useMutation({
    mutationFn: (change: rules.SetThresholdInput) => call<Threshold>("rules.API.SetThreshold", change),
    onSettled,
  });
  const reset = useMutation({
    mutationFn: (which: rules.ThresholdInput) => call<Threshold>("rules.API.ResetThreshold", which),
    onSettled,
  });
  return { set, reset };
}
