import { Modal } from "@mantine/core";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useCovered } from "@/lib/amounts";
import { useAnnounce } from "@/lib/announce";
import { keyName, placeOf } from "@/lib/commands";
import { useDisplay } from "@/lib/display";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows } from "@/ui/state-card/loading-rows";
import { StateCard } from "@/ui/state-card/state-card";
import type { Batch, Tab } from "../../api/types";
import type { Looked } from "../use-approval";
import classes from "./approval-sheet.module.css";
import { BatchFoot } from "./batch-foot";
import { BatchHead } from "./batch-head";
import { BatchTable } from "./batch-table";
import { moveLine } from "./move-line";
import { type BatchControl, useBatch } from "./use-batch";

type Props = { tab: Tab; looked: Looked; onApproved: () => void; onClose: () => void };

/** What approving would do, line by line, the riskiest first; nothing else than what is seen here is approved. */
export function ApprovalSheet({ tab, looked, onApproved, onClose }: Props) {
  const announce = useAnnounce();
  const [counting, setCounting] = useState(false);
  const batch = useBatch(tab, looked, (done) => {
    announce(approvedWords(done, looked));
    onApproved();
  });
  const { ready, kept } = batch;
  useFirstFocus(kept);
  useFocusAfter();
  const approve = () => {
    if (!ready) return;
    // What nothing takes back is asked twice.
    if (kept?.level === 3 && !counting) setCounting(true);
    else batch.approve();
  };
  const onKeyDown = useSheetKeys(batch, approve);
  return (
    <Modal.Root
      opened
      onClose={onClose}
      size="min(1080px, 96vw)"
      closeOnEscape={!counting}
      closeOnClickOutside={false}
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay backgroundOpacity={0.25} />
      <Modal.Content>
        <Modal.Body className={classes.sheet} onKeyDown={onKeyDown}>
          <div className={classes.head}>
            <Modal.Title className={classes.heading}>{titleOf(looked, batch)}</Modal.Title>
            <Modal.CloseButton aria-label="Close" />
          </div>
          <Look batch={batch} />
          {batch.all && batch.all.lines.length > 0 && (
            <BatchFoot
              batch={batch}
              counting={counting}
              onApprove={approve}
              onBack={() => setCounting(false)}
              onClose={onClose}
            />
          )}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function Look({ batch }: { batch: BatchControl }) {
  const { all } = batch;
  const failed = useCovered(batch.failed && { message: batch.failed.message, hint: batch.failed.hint });
  if (batch.unread) {
    return <ErrorState effect="What would be done could not be read." error={batch.unread} onRetry={batch.readAgain} />;
  }
  if (!all) return <LoadingRows rows={4} label="Reading what would be done" />;
  if (all.lines.length === 0) {
    return (
      <>
        {failed && <Failed {...failed} />}
        <StateCard title="Nothing is left to approve">What was chosen has been dealt with meanwhile.</StateCard>
      </>
    );
  }
  return (
    <>
      {failed && <Failed {...failed} />}
      <BatchHead all={all} batch={batch} />
      <BatchTable all={all} batch={batch} />
    </>
  );
}

function Failed({ message, hint }: { message: string; hint: string }) {
  return (
    <p className={classes.failed} role="alert">
      <span aria-hidden="true">✗ </span>
      {message} {hint}
    </p>
  );
}

/** Puts the focus on the button once there is one; what leaves for good has to be gone to. */
function useFirstFocus(batch: Batch | undefined): void {
  const done = useRef(false);
  useEffect(() => {
    if (!batch || done.current) return;
    done.current = true;
    document.querySelector<HTMLElement>(batch.level === 3 ? "[data-lines]" : "[data-approve]")?.focus();
  }, [batch]);
}

/** Afterwards work goes on at the row under the cursor: the one that had the focus may be gone. */
function useFocusAfter(): void {
  useEffect(
    () => () => {
      setTimeout(() => {
        if (placeOf(document.activeElement) !== "page") return;
        document.querySelector<HTMLElement>('[data-decisions] [data-cursor="true"] [data-title]')?.focus();
      });
    },
    [],
  );
}

/** Keys of the sheet; the window's own rest while it is open. */
function useSheetKeys(batch: BatchControl, approve: () => void): (event: KeyboardEvent<HTMLElement>) => void {
  const { single_keys } = useDisplay();
  return (event) => {
    const name = keyName(event);
    const typing = event.target instanceof HTMLInputElement && event.target.type === "text";
    const letters: Record<string, () => void> = {
      j: () => moveLine(event.currentTarget, 1),
      k: () => moveLine(event.currentTarget, -1),
      x: () => lineOf(event.target, batch.toggle),
      l: batch.leaveRefused,
    };
    const keys: Record<string, () => void> = {
      "mod+enter": approve,
      ...(typing
        ? {}
        : { arrowdown: () => moveLine(event.currentTarget, 1), arrowup: () => moveLine(event.currentTarget, -1) }),
      ...(single_keys && !typing ? letters : {}),
    };
    const run = keys[name];
    if (!run) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  };
}

function lineOf(target: EventTarget, act: (decision: string) => void): void {
  const line = target instanceof Element ? target.closest<HTMLElement>("[data-line]")?.dataset.line : undefined;
  if (line !== undefined) act(line);
}

function titleOf({ ids, name }: Looked, { kept, all }: BatchControl): string {
  if (ids.length === 1) return `Approve this: ${name}?`;
  const count = kept?.lines.length ?? all?.lines.length ?? ids.length;
  return count === 1 ? "Approve this one?" : `Approve these ${count} together?`;
}

function approvedWords(batch: Batch, { ids, name }: Looked): string {
  const count = batch.lines.length;
  const what = ids.length === 1 ? name : `${count} ${count === 1 ? "decision" : "decisions"}`;
  const leaving = batch.lines.filter((line) => line.level >= 2).length;
  if (leaving === 0) return `Approved: ${what}. Z takes it back.`;
  return `Approved: ${what}. ${leaving} ${leaving === 1 ? "leaves" : "leave"} this computer in ${batch.hold_s} s, Z takes it back until then.`;
}
