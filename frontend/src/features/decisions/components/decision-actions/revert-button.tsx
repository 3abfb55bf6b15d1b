import { useState } from "react";
import { TwoPress } from "@/ui/two-press/two-press";
import { useRevert } from "../../api/actions";
import type { Trail } from "../../api/types";

/** Takes an action back, in two presses. */
export function RevertButton({ trail }: { trail: Trail }) {
  const revert = useRevert();
  const [busy, setBusy] = useState(false);
  const confirm = async () => {
    setBusy(true);
    await revert(trail);
    setBusy(false);
  };
  return (
    <TwoPress label="Revert" again="Press again to take it back" disabled={busy} onConfirm={() => void confirm()} />
  );
}
