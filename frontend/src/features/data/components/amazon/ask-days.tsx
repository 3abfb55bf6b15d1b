import { Day } from "@/ui/day/day";
import type { Ask } from "../../api/types";
import { askDays } from "../../logic/ask-words";

/** The window of an ask. */
export function AskDays({ ask }: { ask: Ask }) {
  const { first, last } = askDays(ask);
  if (first === "" && last === "") return "—";
  if (first === last) return <Day value={first} />;
  return (
    <>
      <Day value={first} /> – <Day value={last} />
    </>
  );
}
