package decisions

import (
	"purser/backend/core/action"
	"purser/backend/core/fact"
)

// Tabs of the inbox.
const (
	TabNeeds     = "needs"
	TabWaiting   = "waiting"
	TabHeld      = "held" // held back by a guard
	TabRegressed = "regressed"
	TabObserved  = "observed" // found by a rule that is only watched
	TabDone      = "done"
)

// InboxInput asks for one tab of the inbox.
type InboxInput struct {
	Tab         string `json:"tab"`         // needs, waiting, held, regressed, observed or done; empty: needs
	Marketplace string `json:"marketplace"` // code; empty: all
}

// TabOutput is a tab with how many decisions it holds.
type TabOutput struct {
	Name  string `json:"name"`
	Count int    `json:"count"`
}

// InboxOutput is one tab in the order in which to deal with it.
type InboxOutput struct {
	AsOf           string       `json:"as_of"` // last day that was evaluated; "" before the first evaluation
	AppliedAt      string       `json:"applied_at"`
	Tab            string       `json:"tab"`
	Tabs           []TabOutput  `json:"tabs"`
	Items          []ItemOutput `json:"items"`        // at most 15 rows
	AlsoNoticed    []ItemOutput `json:"also_noticed"` // the rest
	OrderFormula   string       `json:"order_formula"`
	SecondsToClear int          `json:"seconds_to_clear"` // 12 for each row
}

// MoneyOutput is an amount; where one is not known, null stands for it.
type MoneyOutput struct {
	Minor    int64  `json:"minor"`
	Currency string `json:"currency"`
	Text     string `json:"text"` // "€412.00"
}

// ActionOutput is what is recommended.
type ActionOutput struct {
	Kind      string   `json:"kind"`
	Label     string   `json:"label"`
	Units     int      `json:"units"` // the figure that approving uses
	Proposed  int      `json:"proposed_units"`
	Link      string   `json:"link"`
	Checklist []string `json:"checklist"`
}

// ItemOutput is one row: a decision, or several of the same case folded into one.
type ItemOutput struct {
	ID          string           `json:"id"`
	IDs         []string         `json:"ids"` // what approving, rejecting or snoozing the row is about
	SubjectKind string           `json:"subject_kind"`
	Subject     string           `json:"subject"`
	Label       string           `json:"label"`
	Marketplace string           `json:"marketplace"`
	Policy      string           `json:"policy"`
	PolicyTitle string           `json:"policy_title"`
	Version     int              `json:"version"`
	Case        string           `json:"case"`
	Severity    string           `json:"severity"`
	Title       string           `json:"title"`
	Sentence    string           `json:"sentence"`
	Do          string           `json:"do"`
	IfYouWait   string           `json:"if_you_wait"`
	AtStake     *MoneyOutput     `json:"at_stake"`     // null: not known
	AtStakePer  string           `json:"at_stake_per"` // day or once; "" when not known
	Due         string           `json:"due"`          // YYYY-MM-DD; "" for none
	DueText     string           `json:"due_text"`
	DueDays     int              `json:"due_days"` // from today; negative is late
	Action      ActionOutput     `json:"action"`
	State       string           `json:"state"`
	StateText   string           `json:"state_text"` // "snoozed until 2 Dec", "dismissed: known"
	StateAt     string           `json:"state_at"`   // since when it is in that state, RFC 3339, UTC
	Regressed   bool             `json:"regressed"`
	Maturity    string           `json:"maturity"`
	Settled     string           `json:"settled"`
	AsOf        string           `json:"as_of"`
	AgeDays     int              `json:"age_days"`
	Unknown     []string         `json:"unknown"`
	HeldBy      []HeldOutput     `json:"held_by"`  // guards that hold it back; empty: it can be approved
	NotDone     string           `json:"not_done"` // why what was approved was not done; "" if it was
	Against     []OppositeOutput `json:"against"`  // what other policies want instead
	Members     []ItemOutput     `json:"members"`  // of a folded row; empty otherwise

	order order
}

// HeldOutput is a guard that holds a decision back.
type HeldOutput struct {
	Policy string `json:"policy"`
	Title  string `json:"title"`
	Why    string `json:"why"`
}

// OppositeOutput is what another policy wants about the same subject.
type OppositeOutput struct {
	Policy      string `json:"policy"`
	PolicyTitle string `json:"policy_title"`
	Case        string `json:"case"`
	Title       string `json:"title"`
	Do          string `json:"do"`
	Effect      string `json:"effect"`
}

// IDInput names a decision.
type IDInput struct {
	ID string `json:"id"`
}

// DetailOutput is a decision with everything that is known of it.
type DetailOutput struct {
	ItemOutput
	Why         []WhyOutput   `json:"why"`
	History     []AuditOutput `json:"history"`
	RestockLine *LineOutput   `json:"restock_line"` // draft line it made; null: none
	Task        *TaskOutput   `json:"task"`         // task it made; null: none
	Note        string        `json:"note"`         // what was said when it was dismissed
	Reason      string        `json:"reason"`
	Snooze      string        `json:"snooze"`
	Until       string        `json:"until"`
	// Actions are what its approvals led to, newest first.
	Actions []action.Trail `json:"actions"`
}

// WhyOutput is one line of the trace.
type WhyOutput struct {
	Case       string        `json:"case"`
	Clause     string        `json:"clause"`
	Expression string        `json:"expression"`
	Text       string        `json:"text"`
	Value      string        `json:"value"`
	Unit       string        `json:"unit"`
	Source     string        `json:"source"`
	AsOf       string        `json:"as_of"`
	Maturity   fact.Maturity `json:"maturity"`
	Result     string        `json:"result"`
	Depth      int           `json:"depth"`
	Note       string        `json:"note"`
}

// AuditOutput is one transition.
type AuditOutput struct {
	Seq    int64  `json:"seq"`
	At     string `json:"at"` // RFC 3339, UTC
	From   string `json:"from"`
	To     string `json:"to"`
	By     string `json:"by"`
	Reason string `json:"reason"`
	Hash   string `json:"hash"`
}

// ApproveInput approves one decision or several; units replaces the figure of a restock.
type ApproveInput struct {
	ID    string   `json:"id"`
	IDs   []string `json:"ids"`
	Units int      `json:"units"` // 0: as shown
	Seen  string   `json:"seen"`  // of the preview; needed for what leaves this computer
}

// BatchOutput is the dry run of an approval.
type BatchOutput struct {
	Seen     string        `json:"seen"`     // what the approval is bound to
	Lines    []LineDraft   `json:"lines"`    // in their order
	Riskiest []string      `json:"riskiest"` // decisions of the three riskiest lines, the worst first
	Level    action.Level  `json:"level"`    // the highest of all: 2 and 3 leave this computer
	Totals   []MoneyOutput `json:"totals"`   // committed, one for each currency
	Against  int           `json:"against"`  // lines that would be refused
	HoldS    int           `json:"hold_s"`   // seconds in which what leaves the computer can be taken back
	// ValidHours is for how long the approval holds: what has not begun by then is not done any more.
	ValidHours int `json:"valid_hours"`
}

// LineDraft is exactly what one decision would do.
type LineDraft struct {
	Decision  string       `json:"decision"`
	Title     string       `json:"title"`
	Label     string       `json:"label"` // of its subject
	Kind      string       `json:"kind"`
	KindTitle string       `json:"kind_title"`
	Level     action.Level `json:"level"`
	Entity    string       `json:"entity"`
	Before    string       `json:"before"`
	After     string       `json:"after"`
	Payload   string       `json:"payload"` // the bytes that will be sent
	Hash      string       `json:"hash"`
	Money     *MoneyOutput `json:"money"` // committed by it; null: none, or not known
	Units     int          `json:"units"`
	Against   []string     `json:"against"` // why it would be refused now
	Note      string       `json:"note"`    // what is to be known before it is approved; ""
}

// DelegateInput gives decisions to somebody.
type DelegateInput struct {
	ID    string   `json:"id"`
	IDs   []string `json:"ids"`
	Owner string   `json:"owner"`
	Due   string   `json:"due"` // YYYY-MM-DD; "": none
}

// EditInput changes the units of a restock.
type EditInput struct {
	ID    string `json:"id"`
	Units int    `json:"units"`
}

// RejectInput dismisses decisions.
type RejectInput struct {
	ID     string   `json:"id"`
	IDs    []string `json:"ids"`
	Reason string   `json:"reason"` // wrong, known, not_worth_it, too_late
	Note   string   `json:"note"`
}

// SnoozeInput puts decisions off.
type SnoozeInput struct {
	ID    string   `json:"id"`
	IDs   []string `json:"ids"`
	Until string   `json:"until"` // tomorrow, monday, settled, worse, date
	Date  string   `json:"date"`  // YYYY-MM-DD, for date
}

// ChangeOutput is what changed, so that a page can be brought up to date at once.
type ChangeOutput struct {
	Already  bool         `json:"already"` // nothing changed: it was so before
	Title    string       `json:"title"`   // "Approved: SKU-104 sells out 12 Dec"
	Items    []ItemOutput `json:"items"`   // as they are now
	Lines    []LineOutput `json:"lines"`   // the whole draft as it is now
	Tabs     []TabOutput  `json:"tabs"`
	Undoable UndoOutput   `json:"undoable"`
}

// UndoOutput is the newest thing that can be undone.
type UndoOutput struct {
	Possible bool     `json:"possible"`
	Title    string   `json:"title"`
	Verb     string   `json:"verb"`
	At       string   `json:"at"`
	IDs      []string `json:"ids"`
}

// LineOutput is a line of the restock draft.
type LineOutput struct {
	Marketplace string       `json:"marketplace"`
	SKU         string       `json:"sku"`
	Label       string       `json:"label"`
	Units       int          `json:"units"`
	Decision    string       `json:"decision"`
	UnitCost    *MoneyOutput `json:"unit_cost"` // null: not known
	Total       *MoneyOutput `json:"total"`
	State       string       `json:"state"`
	CreatedAt   string       `json:"created_at"`
}

// LinesOutput is the restock draft with its totals, one for each currency.
type LinesOutput struct {
	Lines       []LineOutput  `json:"lines"`
	Totals      []MoneyOutput `json:"totals"`
	WithoutCost int           `json:"without_cost"` // lines that are in no total
}

// TaskOutput is a task.
type TaskOutput struct {
	Decision  string       `json:"decision"`
	Title     string       `json:"title"`
	Label     string       `json:"label"`
	Link      string       `json:"link"`
	Steps     []StepOutput `json:"steps"`
	Done      bool         `json:"done"`
	Owner     string       `json:"owner"` // who does it; "": you
	Due       string       `json:"due"`   // YYYY-MM-DD; "": none
	CreatedAt string       `json:"created_at"`
}

// StepOutput is a step of a task.
type StepOutput struct {
	Text string `json:"text"`
	Done bool   `json:"done"`
}

// TasksOutput lists tasks, oldest first.
type TasksOutput struct {
	Tasks []TaskOutput `json:"tasks"`
}

// CheckTaskInput ticks a step.
type CheckTaskInput struct {
	ID   string `json:"id"`   // of the decision
	Step int    `json:"step"` // from 0
	Done bool   `json:"done"`
}

// VerifyOutput is what checking the audit found.
type VerifyOutput struct {
	Sound    bool     `json:"sound"`
	Rows     int64    `json:"rows"`
	First    string   `json:"first"`    // time of its first row, RFC 3339, UTC; "" if it has none
	Last     string   `json:"last"`     // of its newest
	Head     string   `json:"head"`     // its newest row, to be written down: number, colon, hash; "" if it has none
	Anchored int64    `json:"anchored"` // newest row that is held in the file outside the database; 0: none
	Anchors  int      `json:"anchors"`  // rows that were held against that file
	Notes    int      `json:"notes"`    // rows that were held against what somebody had written down
	Anew     int      `json:"anew"`     // how often that file was begun anew
	Faults   []string `json:"faults"`
}
