import type { ingest, Narrow } from "@/lib/contract";
import type { FreshState } from "@/lib/types";

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
