import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useAppState } from "@/lib/app-state";
import { toCallError } from "@/lib/call";
import { copyText } from "@/lib/copy-text";
import { openDataDir } from "../api/mutations";
import classes from "./settings.module.css";

/** Where everything lies on this computer. */
export function StorageSection() {
  const { data: state } = useAppState();
  const open = useMutation({ mutationFn: openDataDir });
  const [copied, setCopied] = useState(false);
  if (!state) return null;
  return (
    <div className={classes.prose}>
      <h2>Where it is</h2>
      <p>
        <code className={classes.path}>{state.data_dir}</code>
      </p>
      <div className={classes.row}>
        {state.door === "desktop" && (
          <Button onClick={() => open.mutate()} loading={open.isPending}>
            Open the folder
          </Button>
        )}
        <Button variant="default" onClick={() => setCopied(copyText(state.data_dir))}>
          {copied ? "Copied" : "Copy the path"}
        </Button>
        {open.isError && (
          <span role="alert" className={classes.problem}>
            {toCallError(open.error).message}
          </span>
        )}
      </div>
      <h2>What is in it</h2>
      <p>
        <strong>market.db</strong> holds what Amazon can give again: the reports you imported and what was read from
        them.
      </p>
      <p>
        <strong>ledger.db</strong> holds what only you have: costs, lead times, thresholds, decisions. Keep a copy of
        this one.
      </p>
      <h2>To move it</h2>
      <p>
        Quit Purser, move the folder, and start Purser with <code className={classes.path}>--data-dir</code> and the new
        place, or set <code className={classes.path}>PURSER_DATA_DIR</code>.
      </p>
    </div>
  );
}
