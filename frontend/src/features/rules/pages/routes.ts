import type { FeatureRoute } from "@/lib/feature";
import { traceSearch } from "../trace/search";
import { backtestSearch, rulesSearch } from "./search";

/** The list of rules, what each would have done, and why it did or did not. */
export const pageRoutes: readonly FeatureRoute[] = [
  { path: "/rules", load: () => import("./rules-page").then((m) => ({ Page: m.RulesPage })), search: rulesSearch },
  {
    path: "/rules/backtest",
    load: () => import("./backtest-page").then((m) => ({ Page: m.BacktestPage })),
    search: backtestSearch,
  },
  {
    path: "/rules/trace",
    load: () => import("../trace/trace-page").then((m) => ({ Page: m.TracePage })),
    search: traceSearch,
  },
];
