// Package drafts writes lines of the draft order.
//
// Input: how many units of a SKU to order.
// Output: one line for each SKU and marketplace, or the one that was there before. Nothing is ordered by it.
package drafts

import (
	"context"
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
type Executor struct {
	action.Place[action.LineBody]
}

var _ action.Executor = (*Executor)(nil)

// New makes an executor on a book.
func New(book Book) *Executor {
	return &Executor{action.Place[action.LineBody]{
		Read: func(ctx context.Context, r action.Request) (*action.LineBody, error) {
			marketplace, sku := fact.SplitID(r.Entity)
			return book.Line(ctx, marketplace, sku)
		},
		Write: func(ctx context.Context, r action.Request, set *action.LineBody) error {
			marketplace, sku := fact.SplitID(r.Entity)
			return book.PutLine(ctx, marketplace, sku, set)
		},
		Sign: value, Said: said, Check: check,
	}}
}

// Kind implements action.Executor. It is never done without asking: an order costs money.
func (*Executor) Kind() action.Kind {
	return action.Kind{
		Name: action.Restock, Title: "Add to the draft order", Level: action.Local, Repeatable: true, Readable: true,
		Needs: []string{action.PerDay, action.UnitsMax},
	}
}

// mostUnits keeps a slip of the hand out of the order.
const mostUnits = 1_000_000

// Prepare implements action.Executor.
func (e *Executor) Prepare(ctx context.Context, w action.Wish) (action.Request, error) {
	marketplace, sku := fact.SplitID(w.Subject)
	if w.Units < 1 || w.Units > mostUnits {
		return action.Request{}, core.Invalid("decisions", fmt.Sprintf("%d is not a number of units to order.", w.Units), "Say how many units, from 1 to 1,000,000.")
	}
	r := action.Request{
		Kind: action.Restock, Decision: w.Decision, Policy: w.Policy, Version: w.Version, Entity: w.Subject, Field: "draft_line",
		Size: action.Size{Units: w.Units, To: float64(w.Units), Money: core.Money{Minor: w.Price.Minor * int64(w.Units), Currency: w.Price.Currency}},
	}
	was, err := e.Read(ctx, r)
	if err != nil {
		return action.Request{}, err
	}
	if was != nil {
		r.Size.From = float64(was.Units)
	}
	return e.Fill(ctx, r, &action.LineBody{Marketplace: marketplace, SKU: sku, Units: w.Units, Decision: w.Decision, Cost: w.Price})
}

// value says what stands in the draft, and for which decision.
func value(l *action.LineBody) string {
	if l == nil {
		return ""
	}
	return strconv.Itoa(l.Units) + " for " + l.Decision
}

// check keeps a line at its own place.
func check(r action.Request, set *action.LineBody) error {
	if set != nil && fact.SubjectID(set.Marketplace, set.SKU) != r.Entity {
		return action.Refuse("The order line is for another SKU than was prepared. Nothing was done.", nil)
	}
	return nil
}

func said(r action.Request, set *action.LineBody) string {
	if set == nil {
		return "The line was taken out of the draft order."
	}
	_, sku := fact.SplitID(r.Entity)
	return fmt.Sprintf("%d units of %s are in the draft order.", set.Units, sku)
}
