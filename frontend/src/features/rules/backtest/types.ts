/** What Go's rules.API.Backtest takes and gives. Days are "YYYY-MM-DD"; money is text with its currency. */

export type BacktestDays = 30 | 90 | 365;

export type BacktestInput = {
  /** "": the saved policy. */
  yaml: string;
  policy: string;
  /** Version to compare with; 0: the one in force, when yaml is given. */
  against: number;
  days: number;
  as_of: string;
};

export type Week = { from: string; episodes: number; before: number; unsettled: boolean };

export type Summary = {
  episodes: number;
  subjects: number;
  per_week: number;
  seconds_per_week: number;
  cleared: number;
  running: number;
  acted: number;
  dismissed: number;
  median_days: number;
  pointed_at: string[];
  busiest: number;
};

export type Episode = {
  subject: string;
  label: string;
  case: string;
  title: string;
  from: string;
  to: string;
  days: number;
  at_stake: string;
  running: boolean;
  did: string;
  unsettled: boolean;
  before: boolean;
};

export type Overlap = { policy: string; title: string; share: number };

export type Problem = {
  where: string;
  field: string;
  line: number;
  column: number;
  from: number;
  to: number;
  message: string;
};

/** Days were judged on what was known on each; `skipped` lie before the first data. */
export type Backtest = {
  from: string;
  to: string;
  days: number;
  skipped: number;
  unsettled: number;
  weeks: Week[];
  summary: Summary;
  before: Summary | null;
  only: number;
  only_before: number;
  both: number;
  episodes: Episode[];
  overlaps: Overlap[];
  problems: Problem[];
  took_ms: number;
};

export type Version = {
  version: number;
  at: string;
  note: string;
  yaml: string;
  current: boolean;
  shipped: boolean;
};
