import { Button } from "@mantine/core";
import { useState } from "react";
import { copyText } from "@/lib/copy-text";
import { Day } from "@/ui/day/day";
import { InspectorSection } from "@/ui/inspector/inspector";
import type { Failure } from "../../api/types";
import { answerText } from "../../logic/answer-text";
import { FactList } from "../fact-list";
import inspector from "../inspector.module.css";
import classes from "./amazon.module.css";

type Props = {
  failure: Failure;
  /** What stands above it already, and need not be said twice. */
  told: string;
};

/** The last answer that was none: in words, then what Amazon's support asks for, then as it came. */
export function LastAnswer({ failure, told }: Props) {
  const [copied, setCopied] = useState(false);
  return (
    <InspectorSection title="Last error">
      {!told.includes(failure.message) && <p className={inspector.text}>{failure.message}</p>}
      <FactList
        facts={[
          ["At", <Day key="d" value={failure.at} />],
          ["Asked", failure.operation || "—"],
          ["Answer", failure.status === 0 ? "none" : `HTTP ${failure.status}`],
          ["Request id", failure.request_id || "—"],
        ]}
      />
      {failure.raw !== "" && (
        <details className={classes.folded}>
          <summary>What Amazon answered</summary>
          <pre className={classes.raw}>{failure.raw}</pre>
        </details>
      )}
      <div className={inspector.actions}>
        <Button variant="default" onClick={() => setCopied(copyText(answerText(failure)))}>
          {copied ? "Copied" : "Copy answer and request id"}
        </Button>
      </div>
    </InspectorSection>
  );
}
