package audits

import "purser/backend/core/action"

// MonthInput names a month.
type MonthInput struct {
	Month string `json:"month"` // YYYY-MM; "": the newest with something to look at
}

// ItemInput names one item of a month's review.
type ItemInput struct {
	Month string `json:"month"` // YYYY-MM
	ID    int64  `json:"id"`    // of the action
}

// MoneyOutput is an amount; where one is not known, null stands for it.
type MoneyOutput struct {
	Minor    int64  `json:"minor"`
	Currency string `json:"currency"`
	Text     string `json:"text"` // "€412.00"
}

// MonthsOutput lists the months, newest first.
type MonthsOutput struct {
	Months []MonthOutput `json:"months"`
}

// MonthOutput is how the review of a month stands.
type MonthOutput struct {
	Month     string `json:"month"` // YYYY-MM
	Title     string `json:"title"` // "November 2026"
	State     string `json:"state"` // empty, open, under_way or done
	StateText string `json:"state_text"`
	Over      bool   `json:"over"`     // false: the month goes on, and more may come
	Decided   int    `json:"decided"`  // what was dealt with in it, of all kinds
	ToLook    int    `json:"to_look"`  // items of the review
	Looked    int    `json:"looked"`   // of them, with a verdict
	Wrong     int    `json:"wrong"`    // of those looked at; critical ones are not among them
	Critical  int    `json:"critical"` // of those looked at
	DoneAt    string `json:"done_at"`  // RFC 3339, when the last item got its verdict; "" unless done
}

// MonthDetailOutput is a month with its items, in the order in which to look at them.
type MonthDetailOutput struct {
	MonthOutput
	Lots  []LotOutput     `json:"lots"` // one for each kind of action
	Items []ItemRowOutput `json:"items"`
	Next  int64           `json:"next"` // first item without a verdict; 0: none
}

// LotOutput is all that was dealt with of one kind of action in a month, and how much of it is looked at.
type LotOutput struct {
	Kind      string       `json:"kind"`
	KindTitle string       `json:"kind_title"`
	Lot       int          `json:"lot"`        // dealt with
	Must      int          `json:"must"`       // looked at for a reason of their own
	Rest      int          `json:"rest"`       // the others
	Sample    int          `json:"sample"`     // of the others, drawn by lot
	PlanPct   float64      `json:"plan_pct"`   // share of wrong ones that is found: 5 or 2 in 100
	PlanText  string       `json:"plan_text"`  // the plan in words, and why it is this one
	Seed      string       `json:"seed"`       // from which the sample was drawn
	SeedText  string       `json:"seed_text"`  // where the seed comes from
	Looked    int          `json:"looked"`     // with a verdict
	Wrong     int          `json:"wrong"`      // critical ones are not among them
	Critical  int          `json:"critical"`   //
	UpperPct  float64      `json:"upper_pct"`  // with 95 % certainty no more than this share of the lot is wrong; 100 where none was looked at
	UpperText string       `json:"upper_text"` // the same in words
	State     string       `json:"state"`      // open, under_way or done
	Blocked   string       `json:"blocked"`    // why nothing of the kind may act by itself now; "" if that is not kept back
	AtRisk    []RiskOutput `json:"at_risk"`    // one for each currency, and for what is spent and what is at stake
}

// RiskOutput is money that could be lost by decisions that are wrong as often as they may be.
type RiskOutput struct {
	Decided MoneyOutput `json:"decided"` // money of the whole lot, as far as it is known
	AtRisk  MoneyOutput `json:"at_risk"` // of it, at the upper bound
	What    string      `json:"what"`    // committed, at stake, or at stake a day
	Known   int         `json:"known"`   // decisions with such money in this currency
}

// ItemRowOutput is one item in the list of a month.
type ItemRowOutput struct {
	ID           int64        `json:"id"` // of the action
	Position     int          `json:"position"`
	Kind         string       `json:"kind"`
	KindTitle    string       `json:"kind_title"`
	Title        string       `json:"title"`
	Decision     string       `json:"decision"`
	Policy       string       `json:"policy"`
	PolicyTitle  string       `json:"policy_title"`
	Version      int          `json:"version"`
	Subject      string       `json:"subject"`
	Label        string       `json:"label"`
	Money        *MoneyOutput `json:"money"` // committed by it, else at stake; null: not known
	MoneyText    string       `json:"money_text"`
	State        string       `json:"state"` // of the action
	StateText    string       `json:"state_text"`
	Why          []string     `json:"why"`     // why it is looked at: "one of the five largest by money"
	Drawn        bool         `json:"drawn"`   // by lot; false: looked at for a reason of its own
	Verdict      string       `json:"verdict"` // right, wrong or critical; "": not looked at yet
	VerdictText  string       `json:"verdict_text"`
	DecidedAt    string       `json:"decided_at"` // RFC 3339, UTC
	DecidedBy    string       `json:"decided_by"` // person or purser
	LookAgain    bool         `json:"look_again"` // its kind was found critical after it was looked at
	LookAgainFor string       `json:"look_again_for"`
}

// ItemOutput is one item as a person judges it.
type ItemOutput struct {
	ItemRowOutput
	Month     string           `json:"month"`
	Of        int              `json:"of"`       // items of the month
	Previous  int64            `json:"previous"` // 0: none
	Next      int64            `json:"next"`     // 0: none
	NextOpen  int64            `json:"next_open"`
	Sentence  string           `json:"sentence"`
	Do        string           `json:"do"`
	Inputs    []InputOutput    `json:"inputs"`     // as they were when it was agreed to
	InputsAt  string           `json:"inputs_at"`  // day that they are of
	InputsWas bool             `json:"inputs_was"` // they were kept when it was agreed to; false: they are of later
	InputText string           `json:"input_text"` // what is to be known about them
	Action    action.Trail     `json:"action"`
	RuleText  string           `json:"rule_text"` // the rule's own words in that version; "" where they are gone
	RuleNote  string           `json:"rule_note"`
	Rerun     RerunOutput      `json:"rerun"`
	Now       NowOutput        `json:"now"`
	Log       []LogOutput      `json:"log"` // rows of the audit about its decision, oldest first
	Questions []QuestionOutput `json:"questions"`
	Review    *ReviewOutput    `json:"review"`  // the verdict that counts; null: none yet
	History   []ReviewOutput   `json:"history"` // all verdicts, newest first
}

// InputOutput is one line of what the rule rested on.
type InputOutput struct {
	Case       string `json:"case"`
	Clause     string `json:"clause"`
	Expression string `json:"expression"`
	Text       string `json:"text"`
	Value      string `json:"value"`
	Unit       string `json:"unit"`
	Source     string `json:"source"`
	AsOf       string `json:"as_of"`
	Maturity   string `json:"maturity"`
	Result     string `json:"result"` // true, false, unknown or not_needed
	Depth      int    `json:"depth"`
	Note       string `json:"note"`
}

// RerunOutput is what the rule says of the same inputs now.
type RerunOutput struct {
	State string `json:"state"` // same, different or cannot
	Text  string `json:"text"`
}

// NowOutput is what stands at the place that was changed now.
type NowOutput struct {
	Known bool   `json:"known"`
	Value string `json:"value"`
	Same  bool   `json:"same"` // as it was written
	Text  string `json:"text"`
}

// LogOutput is a row of the audit.
type LogOutput struct {
	Seq    int64  `json:"seq"`
	At     string `json:"at"`
	From   string `json:"from"`
	To     string `json:"to"`
	By     string `json:"by"`
	Reason string `json:"reason"`
}

// QuestionOutput is one question about an item.
type QuestionOutput struct {
	Name     string `json:"name"`
	Text     string `json:"text"`
	Help     string `json:"help"`
	Evidence string `json:"evidence"` // what Purser can say about it
	Points   string `json:"points"`   // to what the evidence points: yes, no or ""; the answer is the person's
	Asked    bool   `json:"asked"`    // false: it cannot be answered yet
	NotYet   string `json:"not_yet"`  // why it is not asked
	Critical bool   `json:"critical"` // an honest No makes it critical
	Answer   string `json:"answer"`   // yes, no or unsure; "": none yet
}

// AnswerInput answers a question.
type AnswerInput struct {
	Question string `json:"question"`
	Answer   string `json:"answer"` // yes, no or unsure
}

// JudgeInput is a verdict on an item.
type JudgeInput struct {
	Month   string        `json:"month"`
	ID      int64         `json:"id"`
	Answers []AnswerInput `json:"answers"` // to every question that is asked
	Verdict string        `json:"verdict"` // right, wrong or critical
	Cause   string        `json:"cause"`   // of critical: entity, amount, cap, unapproved or unlogged
	Note    string        `json:"note"`    // needed for wrong and critical
}

// ReviewOutput is a verdict as it was given.
type ReviewOutput struct {
	ID          int64         `json:"id"`
	At          string        `json:"at"` // RFC 3339, UTC
	Verdict     string        `json:"verdict"`
	VerdictText string        `json:"verdict_text"`
	Cause       string        `json:"cause"`
	Note        string        `json:"note"`
	Answers     []AnswerInput `json:"answers"`
}

// JudgeOutput is what a verdict led to.
type JudgeOutput struct {
	Month       MonthOutput       `json:"month"`
	Item        ItemRowOutput     `json:"item"`
	NextOpen    int64             `json:"next_open"` // the next item to look at; 0: all have a verdict
	Consequence ConsequenceOutput `json:"consequence"`
}

// ConsequenceOutput is what follows from a verdict that is not right.
type ConsequenceOutput struct {
	Text      []string        `json:"text"`       // in words, for a person; empty where nothing follows
	Demoted   []string        `json:"demoted"`    // policies that acted by themselves and propose again
	LookAgain []ItemRowOutput `json:"look_again"` // all like it since the last audit, to be looked at again
}

// ReportOutput is the report of a month.
type ReportOutput struct {
	MonthOutput
	Sentence  string          `json:"sentence"` // "Looked at 23 of 61. 1 wrong, 0 critical."
	Lots      []LotOutput     `json:"lots"`
	Found     []ItemRowOutput `json:"found"`      // wrong and critical ones
	LookAgain []ItemRowOutput `json:"look_again"` // still to be looked at again
	Effects   []string        `json:"effects"`    // what followed
	Rerun     RerunsOutput    `json:"rerun"`
}

// RerunsOutput counts what running the rules again came to.
type RerunsOutput struct {
	Same      int `json:"same"`
	Different int `json:"different"`
	Cannot    int `json:"cannot"`
}

// ChecklistsOutput is all checklists with their last results.
type ChecklistsOutput struct {
	Lists  []ChecklistOutput `json:"lists"`
	Counts CountsOutput      `json:"counts"`
	Trend  []TrendOutput     `json:"trend"` // oldest first
}

// CountsOutput counts results; together they are all checks.
type CountsOutput struct {
	Checks     int `json:"checks"`
	Passed     int `json:"passed"`
	Failed     int `json:"failed"`
	CannotTell int `json:"cannot_tell"`
	Crashed    int `json:"crashed"`
	ByHand     int `json:"by_hand"` // waits for a person to look
	NotRun     int `json:"not_run"`
	Stale      int `json:"stale"` // of those that passed or failed, on inputs that are old
}

// TrendOutput is what the results of a day came to, the last of each check by then.
type TrendOutput struct {
	Day string `json:"day"`
	CountsOutput
}

// ChecklistOutput is a list of checks.
type ChecklistOutput struct {
	Name      string        `json:"name"`
	Title     string        `json:"title"`
	Question  string        `json:"question"`
	Every     string        `json:"every"` // weekly, monthly or quarterly
	EveryText string        `json:"every_text"`
	DueOn     string        `json:"due_on"` // YYYY-MM-DD; today where it never ran
	DueText   string        `json:"due_text"`
	Late      bool          `json:"late"`
	LastRun   string        `json:"last_run"` // RFC 3339, UTC; "": never
	Checks    []CheckOutput `json:"checks"`
	Counts    CountsOutput  `json:"counts"`
	Source    string        `json:"source"`
	Date      string        `json:"date"` // of the source
}

// CheckOutput is one check with its last result.
type CheckOutput struct {
	Name        string           `json:"name"`
	Title       string           `json:"title"` // the question
	Why         string           `json:"why"`
	How         string           `json:"how"` // facts, rules, data or hand
	HowText     string           `json:"how_text"`
	Fix         string           `json:"fix"`
	Link        string           `json:"link"`        // page of Purser: "/listings"; may be empty
	Seller      string           `json:"seller"`      // address of Seller Central; may be empty
	Result      string           `json:"result"`      // passed, failed, cannot_tell, crashed, by_hand or not_run
	ResultText  string           `json:"result_text"` // "3 of 412 SKUs", "cannot tell: no fee report"
	Evidence    []EvidenceOutput `json:"evidence"`    // at most 50
	EvidenceAll int              `json:"evidence_all"`
	Checked     int              `json:"checked"` // subjects it could tell about
	Unknown     int              `json:"unknown"` // subjects it could not
	Stale       bool             `json:"stale"`   // it rests on inputs that are old
	StaleText   string           `json:"stale_text"`
	LastRun     string           `json:"last_run"` // RFC 3339, UTC; "": never
	Source      string           `json:"source"`
	Date        string           `json:"date"`
	Note        string           `json:"note"`    // of a check by hand
	TaskAt      string           `json:"task_at"` // when its finding was made a task; "": it was not
	TaskNote    string           `json:"task_note"`
}

// EvidenceOutput is one finding of a check.
type EvidenceOutput struct {
	Subject  string `json:"subject"`
	Label    string `json:"label"`
	Text     string `json:"text"` // "Hidden for: 6 days"
	AsOf     string `json:"as_of"`
	Maturity string `json:"maturity"`
}

// RunInput says what to run.
type RunInput struct {
	List string `json:"list"` // "": all
}

// CheckInput names a check.
type CheckInput struct {
	List  string `json:"list"`
	Check string `json:"check"`
}

// AnswerCheckInput is what a person found who looked by hand.
type AnswerCheckInput struct {
	List   string `json:"list"`
	Check  string `json:"check"`
	Result string `json:"result"` // passed, failed or cannot_tell
	Note   string `json:"note"`   // needed unless it passed
}

// ScheduleInput says how often a list is due.
type ScheduleInput struct {
	List  string `json:"list"`
	Every string `json:"every"` // weekly, monthly or quarterly
}

// FindingTaskOutput is the task that a finding was made.
type FindingTaskOutput struct {
	Action int64       `json:"action"` // that opened it
	Title  string      `json:"title"`
	Text   string      `json:"text"` // "Opened: ...", or why it was not
	Check  CheckOutput `json:"check"`
}
