import { useMutation, useQueryClient } from "@tanstack/react-query";
import { call } from "@/lib/call";
import type { Threshold } from "./types";

type Change = { policy: string; name: string; value: string };

/** Changes a threshold, or returns it to its default; everything is then judged anew. */
export function useThreshold() {
  const client = useQueryClient();
  const onSettled = () => {
    for (const key of ["rules", "decisions", "app", "settings"]) void client.invalidateQueries({ queryKey: [key] });
  };
  const set = useMutation({
    mutationFn: (change: Change) => call<Threshold>("rules.API.SetThreshold", change),
    onSettled,
  });
  const reset = useMutation({
    mutationFn: (which: Omit<Change, "value">) => call<Threshold>("rules.API.ResetThreshold", which),
    onSettled,
  });
  return { set, reset };
}
