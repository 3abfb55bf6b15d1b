import { queryOptions } from "@tanstack/react-query";
import { call } from "@/lib/call";
import type { Narrow, retention } from "@/lib/contract";

/** A class of data: how long it is kept, by which rule, what there is of it and what goes next. */
export type KeptClass = Narrow<retention.ClassOutput, { edit: "" | "days" | "law"; holdings: Holding[] }>;

/** What there is of a class from one origin. */
export type Holding = Narrow<retention.HoldingOutput>;

/** What a purge deleted, or would. */
export type PurgeRun = Narrow<retention.RunOutput>;

export type Kept = Narrow<retention.ClassesOutput, { classes: KeptClass[]; runs: PurgeRun[] }>;

/** What erasing everything would do. */
export type ErasePlan = Narrow<retention.EraseBeginOutput>;

/** What was erased, and what was not. */
export type Receipt = Narrow<retention.ReceiptOutput>;

/** Deleting takes as long as there is much of it. */
const longMs = 600_000;

export const keptQuery = queryOptions({
  queryKey: ["data", "kept"],
  queryFn: () => call<Kept>("retention.API.Classes"),
});

/** What a purge would delete now; asked anew each time, as it depends on the moment. */
export const purgePreviewQuery = queryOptions({
  queryKey: ["data", "kept", "preview"],
  queryFn: () => call<PurgeRun>("retention.API.Preview", undefined, longMs),
  gcTime: 0,
});

export const erasePlanQuery = queryOptions({
  queryKey: ["erase", "plan"],
  queryFn: () => call<ErasePlan>("retention.API.EraseBegin", undefined, longMs),
  gcTime: 0,
});

/** What was erased in this folder earlier, newest first. */
export const receiptsQuery = queryOptions({
  queryKey: ["erase", "receipts"],
  queryFn: () => call<{ receipts: Receipt[] }>("retention.API.Receipts").then((out) => out.receipts),
});

export const setClass = (input: retention.SetClassInput) => call<Kept>("retention.API.SetClass", input);

export const purge = () => call<PurgeRun>("retention.API.Purge", undefined, longMs);

export const erase = (word: string) => call<Receipt>("retention.API.Erase", { word }, longMs);

/** Opens a page of Amazon in the person's own browser. */
export const openLink = (url: string) => call<unknown>("app.API.OpenLink", { url });

/** Shows the data folder, with the receipts in it, in the system's file manager. */
export const openFolder = () => call<unknown>("app.API.OpenDataDir");
