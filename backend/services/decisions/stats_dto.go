package decisions

// StatsInput asks what became of what policies proposed.
type StatsInput struct {
	Days int `json:"days"` // 30, 90 or 365, today included; 0: 90
}

// StatsOutput says what became of it.
type StatsOutput struct {
	Days     int                 `json:"days"`
	Since    string              `json:"since"`    // YYYY-MM-DD, the first day that counts
	Policies []PolicyStatsOutput `json:"policies"` // that had something to decide; those that wasted time first
	Repeats  []RepeatOutput      `json:"repeats"`  // of the last 365 days, most often first
	Limits   LimitsOutput        `json:"limits"`
}

// CountsOutput counts what was proposed by what became of it: proposed = approved + dismissed + snoozed + cleared + open.
type CountsOutput struct {
	Proposed       int      `json:"proposed"` // each time it was asked for
	Approved       int      `json:"approved"`
	Dismissed      int      `json:"dismissed"` // wrong + known + not_worth_it + too_late
	Wrong          int      `json:"wrong"`
	Known          int      `json:"known"`
	NotWorthIt     int      `json:"not_worth_it"`
	TooLate        int      `json:"too_late"`
	Snoozed        int      `json:"snoozed"`         // put off now
	Cleared        int      `json:"cleared"`         // by itself, before it was dealt with
	Open           int      `json:"open"`            // waits for a person, or is held back
	DismissedShare *float64 `json:"dismissed_share"` // 0 to 1, of approved and dismissed; null: neither
}

// PolicyStatsOutput is what became of what a policy proposed.
type PolicyStatsOutput struct {
	CountsOutput
	Policy string            `json:"policy"`
	Title  string            `json:"title"`
	Wasted bool              `json:"wasted"` // enough was dealt with, and most of it dismissed other than as too late
	Cases  []CaseStatsOutput `json:"cases"`  // they add up to the policy
}

// CaseStatsOutput is the same of one case.
type CaseStatsOutput struct {
	CountsOutput
	Case string `json:"case"`
}

// RepeatOutput is something that came back and was dismissed again and again with one reason,
// and that no exception takes out yet.
type RepeatOutput struct {
	Decision    string `json:"decision"`
	Policy      string `json:"policy"`
	PolicyTitle string `json:"policy_title"`
	Case        string `json:"case"`
	Subject     string `json:"subject"`
	Label       string `json:"label"`
	Times       int    `json:"times"`  // since it was last approved
	Reason      string `json:"reason"` // wrong, known, not_worth_it
}

// LimitsOutput is from what figures on something wasted time, and where they come from.
type LimitsOutput struct {
	WastedDealt int     `json:"wasted_dealt"` // at least so many were approved or dismissed
	WastedShare float64 `json:"wasted_share"` // and at least this share dismissed, 0 to 1
	RepeatTimes int     `json:"repeat_times"` // dismissed so often: an exception is offered
	Source      string  `json:"source"`
	Date        string  `json:"date"` // YYYY-MM-DD
}
