import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { onEvent } from "@/lib/events";

/** What is audited changes with every action and decision. */
const topics = ["changed:actions", "changed:decisions"];

/** Reads audits again when what they are about has changed. */
export function useReadAgain(): void {
  const client = useQueryClient();
  useEffect(() => {
    const stops = topics.map((topic) => onEvent(topic, () => void client.invalidateQueries({ queryKey: ["audits"] })));
    return () => {
      for (const stop of stops) stop();
    };
  }, [client]);
}
