// Package action is the contract of what a decision leads to.
//
// Input: a recommendation of a rule, and what a person agreed to.
// Output: the kinds of action, what each would change exactly, and what became of it.
package action

import (
	"time"

	"purser/backend/core"
)

// How approvals hold. Source: the project's own guardrails, 2026-11.
const (
	ValidFor = 48 * time.Hour   // what has not begun by then is not done any more
	HeldFor  = 10 * time.Second // in which what leaves the computer can still be taken back
)

// The kinds of action that policies may name. What no executor carries out is refused, never done as something else.
const (
	Restock = "inventory.restock" // a line of the draft order
	Task    = "task"              // a checklist for a person
	Note    = "note"              // a sentence kept with a SKU, a campaign, a metric
	Notify  = "notify"            // a notification on this computer
	Webhook = "webhook"           // a signed message to an address of the seller's
	File    = "file"              // a file to upload in Seller Central
)

// Action is what is recommended.
type Action struct {
	Kind      string   `json:"kind"`
	Label     string   `json:"label"`     // on the button: "Approve order of 480"
	Checklist []string `json:"checklist"` // steps of a task; empty for a restock
	Units     int      `json:"units"`     // of a restock
	Link      string   `json:"link"`      // page of Seller Central where it is done; may be empty
	Target    string   `json:"target"`    // the value to set, see Wish; "" where the kind has none
}

// Level says how an action is taken back.
type Level int

// The ladder of undoing.
const (
	Viewed   Level = iota // a view or a mark: at once, undone at once
	Local                 // on this computer: at once, undone also after a restart
	Outbound              // leaves the computer and can be reverted: held for some seconds first
	Final                 // leaves the computer for good: asked twice, nothing takes it back
)

// Kind describes what an executor does.
type Kind struct {
	Name  string `json:"name"`
	Title string `json:"title"` // "Open a task"
	Level Level  `json:"level"`
	// Repeatable: carrying out the same key again changes nothing more.
	Repeatable bool `json:"repeatable"`
	// Readable: what it changed can be read back. Where it cannot, the receipt is all there is.
	Readable bool `json:"readable"`
	// Automatic: it may be done without asking, within a band; only ever for what can be reverted.
	Automatic bool `json:"automatic"`
	// Settles is for how long the value before may still be shown after the action was taken; 0: at once it is another.
	// Only of what is readable.
	Settles time.Duration `json:"-"`
	// Needs are the limits that must be set before any action of the kind is done; see Limit.
	Needs []string `json:"needs"`
}

// Names of limits. A figure that is missing, zero, negative or no number means that nothing is done.
const (
	PerDay       = "per_day"        // actions of a kind in any 24 hours
	PerMonth     = "per_month"      // actions of a kind in any 30 days
	PerEntityDay = "per_entity_day" // actions on one entity in any 24 hours
	HoursBetween = "hours_between"  // hours between two changes of one field of one entity
	StepPercent  = "step_percent"   // how far one change may go, in percent of what it was
	WeekPercent  = "week_percent"   // how far all changes of a field may go up in any 7 days, in percent
	ValueMin     = "value_min"      // lowest value that may be set, in minor units or as it is
	ValueMax     = "value_max"      // highest
	UnitsMax     = "units_max"      // units of one action
	MoneyOnce    = "money_once"     // money of one action; a limit of its own for each currency, in minor units
	MoneyDay     = "money_day"      // money in any 24 hours
	MoneyMonth   = "money_month"    // money in any 30 days
)

// Wish is what is to be done, before it is known what that changes.
type Wish struct {
	Kind        string
	Decision    string // its id; "" where no decision asked for it
	Policy      string
	Version     int
	Subject     string // "US/SKU-104"
	SubjectKind string
	Title       string // the finding
	Label       string
	Checklist   []string
	Units       int
	Target      string // what a value becomes: "0.85", "-10%", "PAUSED"; see Aim; "" for kinds that set none
	Link        string
	Owner       string   // of a task that somebody else does
	Due         core.Day // of it; 0: none
	Price       core.Money
}

// Request is exactly what will be done. Whoever approves it approves these bytes.
type Request struct {
	Key      string `json:"key"` // the same key is the same effect, whatever happens in between
	Kind     string `json:"kind"`
	Decision string `json:"decision"`
	Policy   string `json:"policy"`
	Version  int    `json:"version"`
	Entity   string `json:"entity"` // what is changed: "US/SKU-104"
	Field    string `json:"field"`  // what of it: "draft_units"
	Before   string `json:"before"` // its value when this was prepared; "" for none
	After    string `json:"after"`  // the value it will have, never a difference
	Payload  string `json:"payload"`
	Size     Size   `json:"size"`
}

// OwnEntity is the entity of what Purser keeps with a decision, such as a task or a note: nothing of the account changes.
func OwnEntity(decision string) string { return "decision:" + decision }

// Size is what limits are held against.
type Size struct {
	Units int        `json:"units"`
	Money core.Money `json:"money"` // committed by it; zero currency: none
	From  float64    `json:"from"`  // the number that changes; both 0 where nothing numeric does
	To    float64    `json:"to"`
}

// Receipt is what the peer said when it took the action.
type Receipt struct {
	Ref  string `json:"ref"`  // its own name for it
	Text string `json:"text"` // in words, for a person
}

// State of an action.
type State string

// The states of an action. Each change is one transaction with its row of the audit.
const (
	Approved   State = "approved"    // agreed to, not begun
	Sending    State = "sending"     // stored before anything is done: found so after a crash, nobody knows
	Sent       State = "sent"        // the peer has taken it
	Verified   State = "verified"    // read back, and so
	Mismatch   State = "mismatch"    // read back, and something else
	Unknown    State = "unknown"     // it may have been done; a person must look
	Failed     State = "failed"      // nothing was done
	Cancelled  State = "cancelled"   // taken back before it began
	RolledBack State = "rolled_back" // done, and taken back since
)

// Blocks says whether an action in this state keeps others away from its entity until a person looked.
func (s State) Blocks() bool { return s == Unknown || s == Mismatch }

// Over says whether nothing more happens by itself.
func (s State) Over() bool { return s != Approved && s != Sending && s != Sent }

// Effective says whether it changed something, or may have: limits count it.
func (s State) Effective() bool {
	return s != Approved && s != Failed && s != Cancelled
}
