// Package adstates pauses campaigns, keywords and targets of Sponsored Products, and lets them run again.
//
// Input: a subject and the state that it is to have: PAUSED or ENABLED.
// Output: that state at Amazon, or the one that was there before. There is no other state: nothing is archived.
package adstates

import (
	"context"
	"fmt"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/core/action"
)

// Name is the kind of action: what policies write.
const Name = "ads.state"

// The states that can be set, as Amazon names them.
const (
	Enabled = "ENABLED"
	Paused  = "PAUSED"
)

// States reads and sets states at an advertiser account. An entity is its own name for a part of it, marketplace
// first: "US/campaign:123", "US/keyword:456", "US/target:789".
type States interface {
	// FindPart names the one campaign, keyword or target that a subject means; subjects of several are an error that
	// says so.
	FindPart(ctx context.Context, kind, subject string) (entity string, err error)
	// State reads the state, as Amazon names it.
	State(ctx context.Context, entity string) (string, error)
	// StateBody makes the bytes that set a state; it asks nobody.
	StateBody(entity, state string) (string, error)
	// SetState sends them. A RefusedError says that nothing was done; any other error leaves that open.
	SetState(ctx context.Context, entity, body string) (action.Receipt, error)
}

// settles is for how long Amazon's lists may go on showing what was there before. Source: the project's own reading,
// 2026-11; Amazon documents none.
const settles = 10 * time.Minute

// Executor sets states.
type Executor struct {
	action.Field
	states States
}

var _ action.Executor = (*Executor)(nil)

// New makes an executor on an account.
func New(states States) *Executor {
	return &Executor{states: states, Field: action.Field{
		Read: func(ctx context.Context, r action.Request) (string, error) { return states.State(ctx, r.Entity) },
		Body: func(r action.Request, value string) (string, error) {
			if value != Enabled && value != Paused {
				return "", fmt.Errorf("%q is no state that is ever set", value)
			}
			return states.StateBody(r.Entity, value)
		},
		Send: func(ctx context.Context, r action.Request) (action.Receipt, error) {
			return states.SetState(ctx, r.Entity, r.Payload)
		},
		Said: func(r action.Request) string {
			if r.After == Paused {
				return "It is paused."
			}
			return "It runs."
		},
	}}
}

// Kind implements action.Executor. It is never done without asking: what runs again spends, and what stops sells nothing.
func (*Executor) Kind() action.Kind {
	return action.Kind{
		Name: Name, Title: "Pause or start again", Level: action.Outbound, Repeatable: true, Readable: true,
		Settles: settles,
		Needs:   []string{action.PerDay, action.PerEntityDay, action.HoursBetween},
	}
}

// Prepare implements action.Executor.
func (e *Executor) Prepare(ctx context.Context, w action.Wish) (action.Request, error) {
	set := strings.ToUpper(strings.TrimSpace(w.Target))
	if set != Enabled && set != Paused {
		return action.Request{}, core.Invalid("actions", fmt.Sprintf("%q is no state that can be set.", w.Target), "Write ENABLED or PAUSED.")
	}
	entity, err := e.states.FindPart(ctx, w.SubjectKind, w.Subject)
	if err != nil {
		return action.Request{}, err
	}
	now, err := e.states.State(ctx, entity)
	if err != nil {
		return action.Request{}, err
	}
	if now != Enabled && now != Paused {
		return action.Request{}, core.Invalid("actions", fmt.Sprintf("It is %s at Amazon, and that cannot be changed.", now), "")
	}
	return e.Fill(action.Request{
		Kind: Name, Decision: w.Decision, Policy: w.Policy, Version: w.Version, Entity: entity, Field: "state",
	}, now, set)
}
