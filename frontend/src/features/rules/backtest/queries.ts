import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { call } from "@/lib/call";
import type { Backtest, BacktestInput, Version } from "./types";

/** A year of a large account takes its time. */
const backtestTimeoutMs = 5 * 60_000;

/** What a policy or a draft would have done. */
export const backtestQuery = (input: BacktestInput) =>
  queryOptions({
    queryKey: ["rules", "backtest", input],
    queryFn: () => call<Backtest>("rules.API.Backtest", input, backtestTimeoutMs),
    enabled: input.policy !== "" || input.yaml !== "",
    placeholderData: keepPreviousData,
  });

/** Versions of a policy, newest first. */
export const policyVersionsQuery = (policy: string) =>
  queryOptions({
    queryKey: ["rules", "backtest", "versions", policy],
    queryFn: async () =>
      (await call<{ policy: string; versions: Version[] }>("rules.API.Versions", { policy })).versions,
    enabled: policy !== "",
  });
