// Package decision holds the words between rules, decisions and what shows them.
//
// Input: nothing; types only.
// Output: proposals with their trace, and the states a decision passes through.
package decision

import (
	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/core/fact"
)

// Severity of a decision.
type Severity string

// The severities, worst first.
const (
	Critical Severity = "critical"
	Warning  Severity = "warning"
	Info     Severity = "info"
)

// State of a decision.
type State string

// The states of the first version.
const (
	Proposed State = "proposed"
	Approved State = "approved"
	Rejected State = "rejected"
	Snoozed  State = "snoozed"
	Expired  State = "expired"
)

// Result of one sub-expression.
type Result string

// The results.
const (
	True      Result = "true"
	False     Result = "false"
	Unknown   Result = "unknown"
	NotNeeded Result = "not_needed" // short-circuited
)

// Why is one line of a trace: a fact or a sub-expression with what it came to.
type Why struct {
	Case       string        `json:"case"`
	Clause     string        `json:"clause"` // named clause it belongs to; may be empty
	Expression string        `json:"expression"`
	Text       string        `json:"text"` // the same in words: "Cover 19.0 days is below lead time 28 + 7"
	Value      string        `json:"value"`
	Unit       string        `json:"unit"`
	Source     string        `json:"source"`
	AsOf       string        `json:"as_of"`
	Maturity   fact.Maturity `json:"maturity"`
	Result     Result        `json:"result"`
	Depth      int           `json:"depth"` // 0: the clause; deeper: its parts
	Note       string        `json:"note"`
}

// Proposal is what a rule wants a person to decide.
type Proposal struct {
	Policy      string
	Version     int
	Case        string
	SubjectKind fact.SubjectKind
	Subject     string
	Severity    Severity
	Title       string // the finding, one sentence
	Sentence    string // what is behind it, one or two sentences with the numbers
	Do          string // what to do, with the figures
	IfYouWait   string
	AtStake     core.Money // a day unless AtStakePer says otherwise; zero currency: not known
	AtStakePer  string     // "day", "once"
	Due         core.Day   // 0: none
	DueFixed    bool       // Due counts from when it was first seen: later evaluations do not put it off
	Action      action.Action
	Why         []Why
	Unknown     []string // what could not be told on the way: "reviews missing"
	Maturity    fact.Maturity
	AsOf        core.Day
	// Worse is the figure that "until worse" watches; larger is worse.
	Worse float64
	// Effects are what doing it changes, "bids.down"; see rules.Effect.
	Effects []string
	// HeldBy are the guards that hold it back; it can be done when there are none.
	HeldBy []HeldBack
	// Against are the proposals of other policies that want the opposite; this decision stands for all of them.
	Against []Opposite
	// Cooldown is for how many days after it was dealt with it is not proposed again.
	Cooldown int
	// Settled is the day on which all that it rests on is settled; 0: it is.
	Settled core.Day
}

// HeldBack is a guard that holds a proposal back.
type HeldBack struct {
	Policy string
	Title  string
	Why    string // what the guard found, or what it cannot tell
}

// Opposite is a proposal that another one stands for, because it wants the opposite.
type Opposite struct {
	Policy      string
	PolicyTitle string
	Case        string
	Title       string
	Do          string
	Effect      string // in words: "raise bids"
}

// ID is the stable identity of what a proposal is about: evaluating again updates it.
func (p Proposal) ID() string { return p.Policy + ":" + p.Case + ":" + p.Subject }
