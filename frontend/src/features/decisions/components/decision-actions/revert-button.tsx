import { Button } from "@mantine/core";
import { useState } from "react";
import { useRevert } from "../../api/actions";
import type { Trail } from "../../api/types";

/** Takes an action back, in two presses; leaving the button after the first asks anew. */
export function RevertButton({ trail }: { trail: Trail }) {
  const revert = useRevert();
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const press = async () => {
    if (!asked) return setAsked(true);
    setBusy(true);
    await revert(trail);
    setBusy(false);
    setAsked(false);
  };
  return (
    <Button
      variant="default"
      color={asked ? "critical" : undefined}
      loading={busy}
      onClick={() => void press()}
      onBlur={() => setAsked(false)}
    >
      {asked ? "Press again to take it back" : "Revert"}
    </Button>
  );
}
