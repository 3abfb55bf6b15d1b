// Package adbids sets the bids of keywords and targets of Sponsored Products.
//
// Input: a subject and what its bid is to become: an amount, or a step from what it is.
// Output: the bid at Amazon, or the one that was there before. It is set only over the bid that was seen.
package adbids

import (
	"context"
	"fmt"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/core/action"
)

// Name is the kind of action: what policies write.
const Name = "ads.bid"

// Bids reads and sets bids at an advertiser account. An entity is its own name for a keyword or target, marketplace
// first: "US/keyword:123".
type Bids interface {
	// FindBid names the one keyword or target that a subject means; subjects of several are an error that says so.
	FindBid(ctx context.Context, kind, subject string) (entity string, err error)
	// Bid reads the bid; no currency: it has none of its own and takes that of its ad group.
	Bid(ctx context.Context, entity string) (core.Money, error)
	// BidBody makes the bytes that set a bid; it asks nobody.
	BidBody(entity string, bid core.Money) (string, error)
	// SetBid sends them. A RefusedError says that nothing was done; any other error leaves that open.
	SetBid(ctx context.Context, entity, body string) (action.Receipt, error)
}

// settles is for how long Amazon's lists may go on showing what was there before. Source: the project's own reading,
// 2026-11; Amazon documents none.
const settles = 10 * time.Minute

// Executor sets bids.
type Executor struct {
	action.Field
	bids Bids
}

var _ action.Executor = (*Executor)(nil)

// New makes an executor on an account.
func New(bids Bids) *Executor {
	return &Executor{bids: bids, Field: action.Field{
		Read: func(ctx context.Context, r action.Request) (string, error) {
			now, err := bids.Bid(ctx, r.Entity)
			return text(now), err
		},
		Body: func(r action.Request, value string) (string, error) {
			bid, err := amount(value)
			if err != nil {
				return "", err
			}
			return bids.BidBody(r.Entity, bid)
		},
		Send: func(ctx context.Context, r action.Request) (action.Receipt, error) {
			return bids.SetBid(ctx, r.Entity, r.Payload)
		},
		Check: func(r action.Request) error {
			bid, err := amount(r.After)
			if err == nil {
				err = within(r.Entity, bid)
			}
			if err != nil {
				return action.Refuse(err.Error()+" Nothing was done.", err)
			}
			return nil
		},
		Said: func(r action.Request) string { return "The bid is " + r.After + "." },
	}}
}

// Kind implements action.Executor. An absolute bid may be sent again: it changes nothing more.
func (*Executor) Kind() action.Kind {
	return action.Kind{
		Name: Name, Title: "Set a bid", Level: action.Outbound, Repeatable: true, Readable: true, Automatic: true,
		Settles: settles,
		Needs: []string{
			action.PerDay, action.PerEntityDay, action.HoursBetween, action.StepPercent, action.WeekPercent, action.ValueMin, action.ValueMax,
		},
	}
}

// Prepare implements action.Executor: a step becomes an amount here, and stays that amount.
func (e *Executor) Prepare(ctx context.Context, w action.Wish) (action.Request, error) {
	entity, err := e.bids.FindBid(ctx, w.SubjectKind, w.Subject)
	if err != nil {
		return action.Request{}, err
	}
	now, err := e.bids.Bid(ctx, entity)
	if err != nil {
		return action.Request{}, err
	}
	if now.Currency == "" {
		return action.Request{}, core.Invalid("actions", "It has no bid of its own: the default bid of its ad group holds.", "Give it a bid in the campaign manager first.")
	}
	set, err := action.Aim(w.Target, now)
	if err == nil {
		err = within(entity, set)
	}
	if err != nil {
		return action.Request{}, err
	}
	return e.Fill(action.Request{
		Kind: Name, Decision: w.Decision, Policy: w.Policy, Version: w.Version, Entity: entity, Field: "bid",
		Size: action.Size{From: float64(now.Minor), To: float64(set.Minor)},
	}, text(now), text(set))
}

// text writes a bid as a value: "0.55 USD"; "" for none.
func text(m core.Money) string {
	if m.Currency == "" {
		return ""
	}
	return m.String()
}

// amount reads what text writes, and nothing else.
func amount(value string) (core.Money, error) {
	_, code, _ := strings.Cut(value, " ")
	m, err := action.Amount(value, core.Currency(code))
	if err == nil && text(m) != value {
		err = fmt.Errorf("%q is not how a bid is written", value)
	}
	return m, err
}
