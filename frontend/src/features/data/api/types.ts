import type { ingest, jobs, Narrow } from "@/lib/contract";
import type { Failure } from "@/lib/fetching/types";
import type { FreshState } from "@/lib/types";

export type { Failure, Progress, Stream } from "@/lib/fetching/types";
export type { FreshState } from "@/lib/types";

/** What a person adds to a file that does not say it itself. Empty strings: not given. */
export type FileOptions = ingest.OptionInput;

export type ImportInput = ingest.FilesInput;

/** A report file that has been taken in: importing, stored, or waiting for the modules that `waiting` names. */
export type Document = ingest.DocumentRow;

export type Documents = ingest.DocumentsOutput;

/** How fresh one kind of report is, where to get it and what it is good for; `through` is the last day covered. */
export type KindFreshness = Narrow<ingest.KindFreshness, { state: FreshState }>;

export type Quarantine = ingest.QuarantineOutput;

/** One piece of work: a window of a stream that waits, is under way or was done. */
export type Ask = Narrow<jobs.AskOutput, { failure: Failure | null }>;

/** What was asked of a group of operations in one UTC day, and how much a usual day asks. */
export type Quota = jobs.QuotaOutput;

/** Names a stream; empty parts name all. */
export type StreamName = jobs.StreamInput;
