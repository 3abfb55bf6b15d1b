import { TextInput } from "@mantine/core";
import { useState } from "react";
import { practiceEndpoint } from "../../logic/practice";
import classes from "../connect.module.css";
import type { Shown } from "./shown";

type Props = { shown: Shown; fault: string | undefined; onShown: (change: Partial<Shown>) => void };

/** A made-up Amazon on this computer, to see the whole way before an own application is approved. */
export function PracticeField({ shown, fault, onShown }: Props) {
  const [initially] = useState(shown.address !== "");
  const endpoint = practiceEndpoint(shown.address, shown.api, shown.region);
  return (
    <details className={classes.fold} open={initially || undefined}>
      <summary>Practise first</summary>
      <p className={classes.prose}>
        Purser can talk to a practice Amazon on this computer instead, with a made-up seller. Nothing leaves the
        computer then, and the connection says that it is practice wherever it is shown.
      </p>
      <TextInput
        label="Address on this computer"
        description="Empty: Amazon itself. Only 127.0.0.1 or localhost"
        placeholder="http://127.0.0.1:8765"
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        w={320}
        value={shown.address}
        error={fault}
        onChange={(event) => onShown({ address: event.currentTarget.value })}
      />
      {endpoint !== null && endpoint.base !== "" && (
        <p className={classes.small}>
          Asked at <code>{endpoint.base}</code>, access from <code>{endpoint.token}</code>
        </p>
      )}
    </details>
  );
}
