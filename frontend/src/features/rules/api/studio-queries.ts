import { queryOptions } from "@tanstack/react-query";
import { studio } from "./studio-calls";

/** Answers about a draft are asked for anew with every edit; old ones need not be kept long. */
const draftGcMs = 60_000;

export const vocabularyQuery = (subject: string) =>
  queryOptions({ queryKey: ["rules", "vocabulary", subject], queryFn: () => studio.vocabulary(subject) });

export const previewQuery = (yaml: string, subject: string) =>
  queryOptions({
    queryKey: ["rules", "preview", subject, yaml],
    queryFn: () => studio.preview(yaml, subject),
    gcTime: draftGcMs,
  });

export const sweepQuery = (yaml: string, threshold: string, days: number) =>
  queryOptions({
    queryKey: ["rules", "sweep", threshold, days, yaml],
    queryFn: () => studio.sweep(yaml, threshold, days),
    gcTime: draftGcMs,
  });

export const versionsQuery = (policy: string) =>
  queryOptions({ queryKey: ["rules", "versions", policy], queryFn: () => studio.versions(policy) });

export const exceptionsQuery = (policy: string) =>
  queryOptions({ queryKey: ["rules", "exceptions", policy], queryFn: () => studio.exceptions(policy) });

export const testsQuery = (policy: string) =>
  queryOptions({ queryKey: ["rules", "tests", policy], queryFn: () => studio.tests(policy) });
