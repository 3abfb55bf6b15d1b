package action

import (
	"context"
	"errors"
)

// Executor carries out one kind of action. It keeps no state of its own: what was asked, sent and answered is
// stored by whoever calls it. Package actiontest holds what every executor must pass.
type Executor interface {
	Kind() Kind

	// Prepare is the dry run: it reads what is there now and says exactly what would be done, and changes nothing.
	// Preparing the same wish twice over the same state gives the same bytes. The key is left empty.
	Prepare(ctx context.Context, w Wish) (Request, error)

	// Value reads what the request's field is now, "" for nothing. Before the action it must equal Request.Before,
	// after it Request.After. A kind that is not readable gives Request.Before.
	Value(ctx context.Context, r Request) (string, error)

	// Execute does it. An error that is a RefusedError says that nothing was done; any other leaves that open.
	Execute(ctx context.Context, r Request) (Receipt, error)

	// Found looks for a request whose fate is open: what the peer knows under its key.
	Found(ctx context.Context, r Request) (Fate, Receipt, error)

	// Reverse is the request that takes it back: Before and After change places. ErrFinal where nothing does.
	Reverse(r Request) (Request, error)
}

// Limited is an executor that comes with figures for its limits. Without any, nothing of its kind is done until the seller
// sets some.
type Limited interface {
	// Limits is YAML: where the figures are from (source), since when (date, YYYY-MM-DD), and limits, a list of name and
	// value. Names are those of Kind.Needs, values as the seller would set them.
	Limits() []byte
}

// Fate is what became of a request that nobody saw end.
type Fate string

// The fates.
const (
	Done    Fate = "done"
	NotDone Fate = "not_done"
	Open    Fate = "open" // the peer cannot tell
)

// ErrFinal says that nothing takes an action back.
var ErrFinal = errors.New("this cannot be taken back")

// RefusedError is an error that is sure that nothing was done.
type RefusedError struct {
	Reason string // in words for a person: what was refused, and why
	Err    error  // cause; may be nil
}

// Error implements error.
func (e *RefusedError) Error() string { return e.Reason }

// Unwrap gives the cause.
func (e *RefusedError) Unwrap() error { return e.Err }

// Refuse says that nothing was done.
func Refuse(reason string, cause error) error { return &RefusedError{Reason: reason, Err: cause} }

// IsRefused says whether an error is sure that nothing was done.
func IsRefused(err error) bool {
	var r *RefusedError
	return errors.As(err, &r)
}

// KindStoppedError says that nothing of a kind is taken any more, whatever is asked for: no other action of the kind
// begins until a person lets it go on. It says nothing of whether this one was done; Refuse around it does.
type KindStoppedError struct {
	Reason string // in words for a person: who stopped it, and what to do
	Err    error  // cause; may be nil
}

// Error implements error.
func (e *KindStoppedError) Error() string { return e.Reason }

// Unwrap gives the cause.
func (e *KindStoppedError) Unwrap() error { return e.Err }

// KindStopped says that nothing of a kind is taken any more.
func KindStopped(reason string, cause error) error {
	return &KindStoppedError{Reason: reason, Err: cause}
}

// Draft is what would be done, exactly, and what speaks against it.
type Draft struct {
	Request Request
	Kind    Kind
	Subject string // what the decision is about: "US/SKU-104"; "" where no decision asked for it
	Title   string
	Hash    string   // of the request; an approval is bound to it
	Against []string // why it would be refused now; empty if it would not
	Note    string   // what is to be known before it is approved; ""
	Risk    float64  // for ordering the lines of a batch: larger is riskier
}

// Trail is an action as it stands, for people.
type Trail struct {
	ID         int64   `json:"id"`
	Decision   string  `json:"decision"`
	Title      string  `json:"title"`
	Policy     string  `json:"policy"`
	Version    int     `json:"version"`
	Kind       string  `json:"kind"`
	KindTitle  string  `json:"kind_title"`
	Level      Level   `json:"level"`
	Entity     string  `json:"entity"`
	Field      string  `json:"field"`
	Before     string  `json:"before"`
	After      string  `json:"after"`
	Seen       string  `json:"seen"` // what was read back
	Payload    string  `json:"payload"`
	Hash       string  `json:"hash"`
	State      State   `json:"state"`
	StateText  string  `json:"state_text"`
	Waits      string  `json:"waits"`   // why it has not begun or is tried again; "" if it is not waiting
	Reason     string  `json:"reason"`  // why it ended as it did
	Ref        string  `json:"ref"`     // the peer's own name for it
	Receipt    string  `json:"receipt"` // what the peer said
	Who        string  `json:"who"`     // person or purser
	Batch      string  `json:"batch"`
	Position   int     `json:"position"` // in the batch, from 0
	Reverses   int64   `json:"reverses"` // action it takes back; 0: none
	Reversible bool    `json:"reversible"`
	ApprovedAt string  `json:"approved_at"` // RFC 3339, UTC, as all times here
	ExpiresAt  string  `json:"expires_at"`
	NotBefore  string  `json:"not_before"` // held until then
	BeganAt    string  `json:"began_at"`   // "" if it has not
	EndedAt    string  `json:"ended_at"`   // "" if it has not
	HeldMs     int64   `json:"held_ms"`    // how much longer it can be taken back before it begins
	Risk       float64 `json:"risk"`
}
