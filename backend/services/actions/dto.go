package actions

import (
	"purser/backend/core"
	"purser/backend/core/action"
)

// StatusOutput is how the executor stands.
type StatusOutput struct {
	Stopped  bool   `json:"stopped"`
	StopFile string `json:"stop_file"` // the file whose existence stops everything
	Waiting  int    `json:"waiting"`   // approved, not begun
	Sending  int    `json:"sending"`   // under way, or not read back yet
	Unknown  int    `json:"unknown"`   // a person must find out
	Mismatch int    `json:"mismatch"`  // a person must look
	// StoppedKinds are of which nothing more begins although not everything is stopped; see ResumeKind.
	StoppedKinds []StoppedKindOutput `json:"stopped_kinds"`
}

// StopInput throws the switch, or takes it back.
type StopInput struct {
	Stop bool `json:"stop"`
}

// ListInput asks for actions, newest first.
type ListInput struct {
	From  string `json:"from"`  // first day, YYYY-MM-DD; "": 90 days ago
	To    string `json:"to"`    // last day; "": today
	Below int64  `json:"below"` // id to go on from; 0: from the newest
	Limit int    `json:"limit"` // 0: 100, at most 1,000
}

// ListOutput lists actions.
type ListOutput struct {
	Actions []action.Trail `json:"actions"`
}

// IDInput names an action.
type IDInput struct {
	ID int64 `json:"id"`
}

// ResolveInput says what a person found out about an action of unknown fate.
type ResolveInput struct {
	ID       int64  `json:"id"`
	Happened bool   `json:"happened"`
	Note     string `json:"note"`
}

// KindOutput is a kind of action with its limits.
type KindOutput struct {
	action.Kind
	Limits  []LimitOutput      `json:"limits"`
	Stopped *StoppedKindOutput `json:"stopped,omitempty"` // nothing of it is done until a person lets it go on; none: it runs
}

// LimitOutput is one figure.
type LimitOutput struct {
	Name    string  `json:"name"`
	Words   string  `json:"words"`
	Value   float64 `json:"value"`   // 0: none is set, and nothing of the kind is done
	Shipped float64 `json:"shipped"` // 0: none is shipped
	Source  string  `json:"source"`
}

// LimitsOutput lists the kinds of action.
type LimitsOutput struct {
	Kinds []KindOutput `json:"kinds"`
}

// SetLimitInput sets a figure; see Service.SetLimit.
type SetLimitInput struct {
	Kind  string `json:"kind"`
	Name  string `json:"name"`
	Value string `json:"value"` // a number, "" for none, or shipped
	Typed string `json:"typed"` // the number once more, when it is raised
}

// BandOutput is within what a policy acts by itself.
type BandOutput struct {
	PerDay   int    `json:"per_day"`
	UnitsMax int    `json:"units_max"`
	Minor    int64  `json:"minor"` // money of one action, in minor units
	Currency string `json:"currency"`
	// Only are the subjects it may touch, "US/SKU-104", at most 10,000; empty: none, and everything waits for a person.
	Only []string `json:"only"`
}

// SubjectsInput asks what a list of a policy may hold.
type SubjectsInput struct {
	Policy string `json:"policy"`
}

// SubjectsOutput is what a list of a policy may hold, as of now.
type SubjectsOutput struct {
	Proposed []SubjectOutput `json:"proposed"` // what it has proposed something for, sorted
	Known    []SubjectOutput `json:"known"`    // what else there is of its kind, sorted
}

// SubjectOutput is one of them.
type SubjectOutput struct {
	ID    string `json:"id"`    // "US/SKU-104"
	Label string `json:"label"` // how a person knows it; "" where that is its id
}

// AsksInput names a decision.
type AsksInput struct {
	Decision string `json:"decision"`
}

// AsksOutput is why a decision waits for a person although its policy acts by itself.
type AsksOutput struct {
	Why string `json:"why"` // "" where its policy does not, or it would be done
}

// ModeOutput is how a policy may act.
type ModeOutput struct {
	Policy  string     `json:"policy"`
	Title   string     `json:"title"`
	Kind    string     `json:"kind"`  // of its action; "" where it has several
	Noun    string     `json:"noun"`  // what it is about, one of them: "SKU", "search term"
	Mode    string     `json:"mode"`  // observe, propose or auto
	Since   string     `json:"since"` // RFC 3339; "" for as it came
	Why     string     `json:"why"`   // why it was taken back to proposing
	Band    BandOutput `json:"band"`
	Consent string     `json:"consent"` // what is typed to let it act by itself
	Against string     `json:"against"` // why it may not act by itself now; "" if it may
	Looked  int        `json:"looked"`  // decisions of it that were looked at in audits
	Wrong   int        `json:"wrong"`
}

// ModesOutput lists all policies.
type ModesOutput struct {
	Modes []ModeOutput `json:"modes"`
}

// SetModeInput sets how a policy may act.
type SetModeInput struct {
	Policy  string     `json:"policy"`
	Mode    string     `json:"mode"`
	Consent string     `json:"consent"` // typed, for auto
	Band    BandOutput `json:"band"`
}

func (b BandOutput) band() Band {
	return Band{PerDay: b.PerDay, UnitsMax: b.UnitsMax, Money: core.Money{Minor: b.Minor, Currency: core.Currency(b.Currency)}, Only: b.Only}
}

func bandOutput(b Band) BandOutput {
	return BandOutput{PerDay: b.PerDay, UnitsMax: b.UnitsMax, Minor: b.Money.Minor, Currency: string(b.Money.Currency), Only: append([]string{}, b.Only...)}
}
