import { useDisplay } from "@/lib/display";
import { notApplicable } from "@/lib/format";
import type { Money as Amount } from "@/lib/types";

/** An amount as Go wrote it; covered when amounts are hidden for screen sharing. */
export function Money({ amount }: { amount: Amount | null | undefined }) {
  const { hide_amounts } = useDisplay();
  if (!amount || amount.currency === "") return <span>{notApplicable}</span>;
  if (hide_amounts) return <HiddenAmount />;
  return <span>{amount.text}</span>;
}

export function HiddenAmount() {
  return (
    <span>
      <span aria-hidden="true">•••</span>
      <span className="visually-hidden">amount hidden</span>
    </span>
  );
}
