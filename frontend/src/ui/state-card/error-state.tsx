import { Button } from "@mantine/core";
import { IconAlertOctagon } from "@tabler/icons-react";
import { useState } from "react";
import { toCallError } from "@/lib/call";
import classes from "./state-card.module.css";

type Props = {
  /** What the person cannot see or do now: "The decisions could not be read." */
  effect: string;
  error: unknown;
  onRetry?: () => void;
};

/** Effect, cause, fix; one action; the details can be copied. */
export function ErrorState({ effect, error, onRetry }: Props) {
  const reason = toCallError(error);
  return (
    <div className={classes.card} data-tone="critical" role="alert">
      <IconAlertOctagon size={18} stroke={1.6} className={classes.icon} aria-hidden="true" />
      <div className={classes.body}>
        <p className={classes.title}>{effect}</p>
        <div className={classes.text}>
          <p>{reason.message}</p>
          {reason.hint !== "" && <p>{reason.hint}</p>}
        </div>
        <div className={classes.actions}>
          {onRetry && <Button onClick={onRetry}>Try again</Button>}
          <CopyDetails effect={effect} error={error} />
          <span className={classes.code}>Code {reason.code}</span>
        </div>
      </div>
    </div>
  );
}

function CopyDetails({ effect, error }: { effect: string; error: unknown }) {
  const [copied, setCopied] = useState(false);
  const copy = () => {
    const { code, module, message, hint, method } = toCallError(error);
    copyText(JSON.stringify({ effect, code, module, message, hint, method }, null, 2)).then(setCopied);
  };
  return (
    <Button variant="default" onClick={copy}>
      {copied ? "Copied" : "Copy details"}
    </Button>
  );
}

async function copyText(text: string): Promise<boolean> {
  const area = document.createElement("textarea");
  area.value = text;
  area.setAttribute("readonly", "");
  area.className = "visually-hidden";
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  return copied;
}
