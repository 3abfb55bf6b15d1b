package actiontest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"purser/backend/core/action"
)

// Bid is an executor in memory that sets a number at a Peer: the units of a wish become the bid of its subject.
type Bid struct {
	peer *Peer
	kind action.Kind
}

var _ action.Executor = (*Bid)(nil)

// BidKind is what a Bid does where nothing else is asked for: it can be read back and repeated.
func BidKind() action.Kind {
	return action.Kind{
		Name: "bid", Title: "Set a bid", Level: action.Outbound, Repeatable: true, Readable: true, Automatic: true,
		Needs: []string{action.PerDay, action.PerEntityDay, action.HoursBetween, action.StepPercent, action.ValueMin, action.ValueMax},
	}
}

// NewBid makes an executor of a kind on a peer; its switches Repeatable and Readable and its level are those of kind.
func NewBid(peer *Peer, kind action.Kind) *Bid { return &Bid{peer, kind} }

type bid struct {
	Entity string `json:"entity"`
	Set    string `json:"set"`
	Was    string `json:"was"`
}

func readBid(text string) (bid, error) {
	var b bid
	if err := json.Unmarshal([]byte(text), &b); err != nil {
		return b, fmt.Errorf("read a bid: %w", err)
	}
	if again, err := json.Marshal(b); err != nil || string(again) != text || b.Entity == "" {
		return b, errors.New("this is no bid")
	}
	return b, nil
}

// Kind implements action.Executor.
func (e *Bid) Kind() action.Kind { return e.kind }

// Prepare implements action.Executor.
func (e *Bid) Prepare(_ context.Context, w action.Wish) (action.Request, error) {
	b := bid{Entity: w.Subject, Set: strconv.Itoa(w.Units), Was: e.peer.Value(w.Subject)}
	text, err := json.Marshal(b)
	if err != nil {
		return action.Request{}, fmt.Errorf("prepare a bid: %w", err)
	}
	from := 0.0
	if b.Was != "" {
		if from, err = strconv.ParseFloat(b.Was, 64); err != nil {
			return action.Request{}, fmt.Errorf("the bid that is there is no number: %w", err)
		}
	}
	return action.Request{
		Kind: e.kind.Name, Decision: w.Decision, Policy: w.Policy, Version: w.Version, Entity: b.Entity, Field: "bid", Before: b.Was, After: b.Set,
		Payload: string(text), Size: action.Size{From: from, To: float64(w.Units)},
	}, nil
}

// Value implements action.Executor.
func (e *Bid) Value(_ context.Context, r action.Request) (string, error) {
	if !e.kind.Readable {
		return r.Before, nil
	}
	return e.peer.Value(r.Entity), nil
}

// Execute implements action.Executor.
func (e *Bid) Execute(ctx context.Context, r action.Request) (action.Receipt, error) {
	b, err := readBid(r.Payload)
	if err != nil || b.Entity != r.Entity || b.Set != r.After || b.Was != r.Before {
		return action.Receipt{}, action.Refuse("The bid cannot be read, so it was not set.", err)
	}
	if ctx.Err() != nil {
		return action.Receipt{}, action.Refuse("It was called off before it began.", ctx.Err())
	}
	if now := e.peer.Value(b.Entity); e.kind.Readable && now != r.Before && now != r.After {
		return action.Receipt{}, action.Refuse("The bid was changed meanwhile, so it was not set.", nil)
	}
	switch m := e.peer.take(Arrival{Key: r.Key, Body: r.Payload}); m {
	case Refuses:
		return action.Receipt{}, action.Refuse("The peer refused the bid.", nil)
	case Honest, Idle, Unseen:
		return action.Receipt{Ref: r.Key, Text: "The bid is " + b.Set + "."}, nil
	default:
		return action.Receipt{}, fmt.Errorf("no clear answer from the peer: %d", m)
	}
}

// Found implements action.Executor. It looks at the value, where that can be read.
func (e *Bid) Found(_ context.Context, r action.Request) (action.Fate, action.Receipt, error) {
	if !e.kind.Readable {
		return action.Open, action.Receipt{}, nil
	}
	switch e.peer.Value(r.Entity) {
	case r.After:
		return action.Done, action.Receipt{Ref: r.Key, Text: "The bid is " + r.After + "."}, nil
	case r.Before:
		return action.NotDone, action.Receipt{}, nil
	}
	return action.Open, action.Receipt{}, nil
}

// Reverse implements action.Executor.
func (e *Bid) Reverse(r action.Request) (action.Request, error) {
	if e.kind.Level == action.Final {
		return action.Request{}, action.ErrFinal
	}
	b, err := readBid(r.Payload)
	if err != nil {
		return action.Request{}, err
	}
	text, err := json.Marshal(bid{b.Entity, b.Was, b.Set})
	if err != nil {
		return action.Request{}, fmt.Errorf("take back a bid: %w", err)
	}
	r.Key, r.Payload = "", string(text)
	r.Before, r.After = r.After, r.Before
	r.Size.From, r.Size.To = r.Size.To, r.Size.From
	return r, nil
}
