import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type CallError, toCallError } from "@/lib/call";
import { useApproveSeen } from "../../api/mutations";
import { previewQuery } from "../../api/queries";
import type { Batch, Tab } from "../../api/types";
import { refused } from "../../logic/batch";
import type { Looked } from "../use-approval";

export type BatchControl = {
  /** Everything that was asked about, as it would be done; undefined until it is read. */
  all: Batch | undefined;
  /** What is left of it and would be approved now; undefined while it is read again. */
  kept: Batch | undefined;
  /** Decisions that were left out. */
  out: readonly string[];
  /** Why nothing can be shown. */
  unread: CallError | null;
  /** Why it was not approved. */
  failed: CallError | null;
  busy: boolean;
  ready: boolean;
  toggle: (decision: string) => void;
  /** Leaves out every line that would be refused. */
  leaveRefused: () => void;
  readAgain: () => void;
  approve: () => void;
};

/** The dry run of an approval, what is left out of it, and the approval itself. */
export function useBatch(tab: Tab, { ids, units }: Looked, onApproved: (batch: Batch) => void): BatchControl {
  const [out, setOut] = useState<readonly string[]>([]);
  const [failed, setFailed] = useState<CallError | null>(null);
  const [busy, setBusy] = useState(false);
  const left = ids.filter((id) => !out.includes(id));
  const all = useQuery(previewQuery(ids, units));
  const kept = useQuery(previewQuery(left, units));
  const approveSeen = useApproveSeen(tab);
  const batch = left.length > 0 && !kept.isFetching ? kept.data : undefined;
  const ready = batch !== undefined && batch.lines.length > 0 && batch.against === 0 && !busy;
  const readAgain = () => {
    void all.refetch();
    if (out.length > 0) void kept.refetch();
  };
  const leave = (next: readonly string[]) => {
    setOut(next);
    setFailed(null);
  };
  const approve = async () => {
    if (!ready) return;
    setBusy(true);
    setFailed(null);
    try {
      await approveSeen(
        batch.lines.map((line) => line.decision),
        units,
        batch.seen,
      );
      onApproved(batch);
    } catch (reason) {
      setFailed(toCallError(reason));
      readAgain();
    } finally {
      setBusy(false);
    }
  };
  const error = all.error ?? kept.error;
  return {
    all: all.data,
    kept: batch,
    out,
    unread: error ? toCallError(error) : null,
    failed,
    busy,
    ready,
    toggle: (decision) => leave(out.includes(decision) ? out.filter((one) => one !== decision) : [...out, decision]),
    leaveRefused: () => leave([...new Set([...out, ...refused(batch?.lines ?? all.data?.lines ?? [])])]),
    readAgain,
    approve: () => void approve(),
  };
}
