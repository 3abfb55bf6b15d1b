// Package drafts writes lines of the draft order.
//
// Input: how many units of a SKU to order.
// Output: one line for each SKU and marketplace, or the one that was there before. Nothing is ordered by it.
package drafts

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/core/fact"
)

// Book keeps the draft order.
type Book interface {
	// Line finds a line; nil: there is none.
	Line(ctx context.Context, marketplace, sku string) (*action.LineBody, error)
	// PutLine writes it; nil takes it away.
	PutLine(ctx context.Context, marketplace, sku string, l *action.LineBody) error
}

// Executor writes lines.
type Executor struct{ book Book }

var _ action.Executor = (*Executor)(nil)

// New makes an executor on a book.
func New(book Book) *Executor { return &Executor{book} }

// Kind implements action.Executor. It is never done without asking: an order costs money.
func (*Executor) Kind() action.Kind {
	return action.Kind{
		Name: action.Restock, Title: "Add to the draft order", Level: action.Local, Repeatable: true, Readable: true,
		Needs: []string{action.PerDay, action.UnitsMax},
	}
}

type payload struct {
	Set *action.LineBody `json:"set"`
	Was *action.LineBody `json:"was"`
}

// mostUnits keeps a slip of the hand out of the order.
const mostUnits = 1_000_000

// Prepare implements action.Executor.
func (e *Executor) Prepare(ctx context.Context, w action.Wish) (action.Request, error) {
	marketplace, sku := fact.SplitID(w.Subject)
	if w.Units < 1 || w.Units > mostUnits {
		return action.Request{}, core.Invalid("decisions", fmt.Sprintf("%d is not a number of units to order.", w.Units), "Say how many units, from 1 to 1,000,000.")
	}
	was, err := e.book.Line(ctx, marketplace, sku)
	if err != nil {
		return action.Request{}, err
	}
	set := &action.LineBody{Marketplace: marketplace, SKU: sku, Units: w.Units, Decision: w.Decision, Cost: w.Price}
	text, err := json.Marshal(payload{set, was})
	if err != nil {
		return action.Request{}, fmt.Errorf("prepare an order line: %w", err)
	}
	return action.Request{
		Kind: action.Restock, Decision: w.Decision, Policy: w.Policy, Version: w.Version, Entity: w.Subject, Field: "draft_line",
		Before: value(was), After: value(set), Payload: string(text),
		Size: action.Size{Units: w.Units, From: units(was), To: float64(w.Units), Money: core.Money{Minor: w.Price.Minor * int64(w.Units), Currency: w.Price.Currency}},
	}, nil
}

// value says what stands in the draft, and for which decision.
func value(l *action.LineBody) string {
	if l == nil {
		return ""
	}
	return strconv.Itoa(l.Units) + " for " + l.Decision
}

func units(l *action.LineBody) float64 {
	if l == nil {
		return 0
	}
	return float64(l.Units)
}

// Value implements action.Executor.
func (e *Executor) Value(ctx context.Context, r action.Request) (string, error) {
	marketplace, sku := fact.SplitID(r.Entity)
	l, err := e.book.Line(ctx, marketplace, sku)
	return value(l), err
}

// Execute implements action.Executor.
func (e *Executor) Execute(ctx context.Context, r action.Request) (action.Receipt, error) {
	var p payload
	if err := json.Unmarshal([]byte(r.Payload), &p); err != nil {
		return action.Receipt{}, action.Refuse("The order line cannot be read: "+err.Error(), err)
	}
	marketplace, sku := fact.SplitID(r.Entity)
	if err := e.book.PutLine(ctx, marketplace, sku, p.Set); err != nil {
		return action.Receipt{}, fmt.Errorf("store the order line: %w", err)
	}
	if p.Set == nil {
		return action.Receipt{Ref: r.Entity, Text: "The line was taken out of the draft order."}, nil
	}
	return action.Receipt{Ref: r.Entity, Text: fmt.Sprintf("%d units of %s are in the draft order.", p.Set.Units, sku)}, nil
}

// Found implements action.Executor.
func (e *Executor) Found(ctx context.Context, r action.Request) (action.Fate, action.Receipt, error) {
	v, err := e.Value(ctx, r)
	if err != nil {
		return action.Open, action.Receipt{}, err
	}
	if v == r.After {
		return action.Done, action.Receipt{Ref: r.Entity, Text: "The line is in the draft order."}, nil
	}
	return action.NotDone, action.Receipt{}, nil
}

// Reverse implements action.Executor.
func (*Executor) Reverse(r action.Request) (action.Request, error) {
	var p payload
	if err := json.Unmarshal([]byte(r.Payload), &p); err != nil {
		return action.Request{}, fmt.Errorf("read the order line: %w", err)
	}
	text, err := json.Marshal(payload{p.Was, p.Set})
	if err != nil {
		return action.Request{}, fmt.Errorf("write the order line: %w", err)
	}
	r.Key, r.Payload = "", string(text)
	r.Before, r.After = r.After, r.Before
	r.Size.From, r.Size.To = r.Size.To, r.Size.From
	return r, nil
}
