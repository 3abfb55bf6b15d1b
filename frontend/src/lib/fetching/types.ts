import type { jobs, Narrow } from "../contract";

/** The last answer of Amazon that was none: in words, and as it came. `at` is an instant. */
export type Failure = jobs.FailureOutput;

/** Kind of data at a place, how far it reaches and what stands in its way. Empty instants: not yet, or not at all. */
export type Stream = Narrow<jobs.StreamOutput, { failure: Failure | null }>;

/** How far the first fill is. */
export type Progress = jobs.ProgressOutput;
