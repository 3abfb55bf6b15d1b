import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useAnnounce } from "@/lib/announce";
import { toCallError } from "@/lib/call";
import { copyText } from "@/lib/copy-text";
import { Day } from "@/ui/day/day";
import { openFolder, type Receipt, receiptsQuery } from "../../api/kept";
import classes from "./kept.module.css";
import { AtAmazon, Outside } from "./outside";

type Props = {
  receipt: Receipt;
  /** Of what was just erased: it takes the focus, as the form that had it is gone. */
  fresh?: boolean;
};

/** What was erased, what was not and what is still to do elsewhere; saved as a file beside what Purser begins anew. */
export function ReceiptCard({ receipt, fresh = false }: Props) {
  const [copied, setCopied] = useState(false);
  const announce = useAnnounce();
  const head = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (fresh) head.current?.focus();
  }, [fresh]);
  const clean = receipt.left.length === 0;
  return (
    <div className={classes.receipt}>
      <p ref={head} tabIndex={-1} role={fresh ? "status" : undefined} className={classes.done} data-clean={clean}>
        <span aria-hidden="true">{clean ? "✓ " : "▲ "}</span>
        {receipt.demo ? "The demo shop was erased" : "Everything was erased"}
        {!clean && ", except for what is named below"}.
      </p>
      <Outside title="Not erased" all={receipt.left} />
      <AtAmazon all={receipt.amazon} />
      <Outside title="Purser knows of this and does not touch it" all={receipt.outside} />
      <details className={classes.fold}>
        <summary>The receipt</summary>
        <pre className={classes.text}>{receipt.text}</pre>
      </details>
      {receipt.text_path !== "" && (
        <p className={classes.small}>
          Saved as <code>{receipt.text_path}</code>
        </p>
      )}
      <div className={classes.actions}>
        <Button variant="default" onClick={() => setCopied(copyText(receipt.text))}>
          {copied ? "Copied" : "Copy the receipt"}
        </Button>
        <Button
          variant="default"
          onClick={() => openFolder().catch((reason: unknown) => announce(toCallError(reason).message))}
        >
          Show it in its folder
        </Button>
      </div>
    </div>
  );
}

/** Receipts of what was erased in this folder earlier. */
export function EarlierReceipts() {
  const { data } = useQuery(receiptsQuery);
  if (!data || data.length === 0) return null;
  return (
    <details className={classes.fold}>
      <summary>Receipts of earlier</summary>
      {data.map((receipt) => (
        <div key={receipt.at} className={classes.earlier}>
          <h3>
            <Day value={receipt.at} />
          </h3>
          <ReceiptCard receipt={receipt} />
        </div>
      ))}
    </details>
  );
}
