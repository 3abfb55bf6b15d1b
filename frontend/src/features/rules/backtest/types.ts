import type { Narrow, rules } from "@/lib/contract";

export type BacktestDays = 30 | 90 | 365;

/** `yaml` "": the saved policy. `against`: the version to compare with; 0: the one in force, when yaml is given. */
export type BacktestInput = rules.BacktestInput;

export type Week = rules.WeekOutput;
export type Summary = rules.SummaryOutput;
export type Episode = rules.EpisodeOutput;
export type Overlap = rules.OverlapOutput;
export type Problem = rules.ProblemOutput;

/** Days were judged on what was known on each; `skipped` lie before the first data. */
export type Backtest = Narrow<rules.BacktestOutput>;

export type Version = rules.VersionOutput;
