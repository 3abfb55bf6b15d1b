import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { copyText } from "@/lib/copy-text";
import { Kbd } from "@/ui/kbd/kbd";
import { stopStatusQuery, useStop } from "@/ui/stop-switch/stop-status";
import { focusResume } from "@/ui/stop-switch/stopped-strip";
import settings from "../settings.module.css";
import classes from "./guardrails.module.css";

/** The switch that stops everything, and the file that is the switch. */
export function SwitchPart() {
  const { data: status } = useQuery(stopStatusQuery);
  const { set, busy } = useStop();
  const [copied, setCopied] = useState(false);
  const stopped = status?.stopped ?? false;
  return (
    <section className={classes.part} aria-labelledby="guardrails-switch">
      <h2 id="guardrails-switch">The switch</h2>
      <p className={classes.about}>
        {stopped ? (
          <strong className={classes.stopped}>Everything is stopped.</strong>
        ) : (
          <span>What is approved is carried out.</span>
        )}{" "}
        Stopped, nothing else begins; what has begun ends. It stays so until you resume, also after a restart.
      </p>
      <div className={settings.row}>
        {stopped ? (
          <Button variant="default" onClick={focusResume}>
            To Resume
          </Button>
        ) : (
          <Button variant="default" disabled={busy} onClick={() => set(true)} rightSection={<Kbd keys="mod+shift+x" />}>
            Stop everything
          </Button>
        )}
      </div>
      {status && (
        <p className={classes.about}>
          The switch is a file: while <code className={settings.path}>{status.stop_file}</code> is there, nothing is
          done. Make it or remove it by hand, or run <code className={settings.path}>purser stop</code> and{" "}
          <code className={settings.path}>purser resume</code>.{" "}
          <Button variant="subtle" size="compact-xs" onClick={() => setCopied(copyText(status.stop_file))}>
            {copied ? "Copied" : "Copy the path"}
          </Button>
        </p>
      )}
    </section>
  );
}
