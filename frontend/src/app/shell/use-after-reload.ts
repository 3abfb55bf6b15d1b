import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { keysOf } from "@/lib/events";
import { type AfterReload, tellAfterReload } from "@/lib/in-order";

/** Tells the program what still waited when the window was reloaded, and says what became of it. */
export function useAfterReload(announce: (message: string) => void): void {
  const client = useQueryClient();
  useEffect(() => {
    void tellAfterReload()?.then((outcome) => {
      announce(afterReloadText(outcome));
      for (const key of keysOf("decisions")) void client.invalidateQueries({ queryKey: [key] });
    });
  }, [client, announce]);
}

function afterReloadText({ told, left, problems }: AfterReload): string {
  const parts = [
    told > 0 && `Done after the reload: ${counted(told)} that still waited.`,
    left > 0 && `Not done, since the window was left before: ${counted(left)}. Look again.`,
    ...problems.map((problem) => `Not done. ${problem}`),
  ];
  return parts.filter(Boolean).join(" ");
}

const counted = (n: number) => `${n} ${n === 1 ? "act" : "acts"}`;
