// Package adbudgets sets the daily budgets of Sponsored Products campaigns.
//
// Input: a campaign and what its budget is to become: an amount, or a step from what it is.
// Output: the budget at Amazon, or the one that was there before. It is set only over the budget that was seen.
package adbudgets

import (
	"context"
	"fmt"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/core/action"
)

// Name is the kind of action: what policies write.
const Name = "ads.budget"

// Budgets reads and sets daily budgets at an advertiser account. An entity is its own name for a campaign,
// marketplace first: "US/campaign:123".
type Budgets interface {
	// FindCampaign names the one campaign that a subject means; subjects of several are an error that says so.
	FindCampaign(ctx context.Context, kind, subject string) (entity string, err error)
	// Budget reads the daily budget; no currency: it has none.
	Budget(ctx context.Context, entity string) (core.Money, error)
	// BudgetBody makes the bytes that set a daily budget; it asks nobody.
	BudgetBody(entity string, budget core.Money) (string, error)
	// SetBudget sends them. A RefusedError says that nothing was done; any other error leaves that open.
	SetBudget(ctx context.Context, entity, body string) (action.Receipt, error)
}

// settles is for how long Amazon's lists may go on showing what was there before. Source: the project's own reading,
// 2026-11; Amazon documents none.
const settles = 10 * time.Minute

// Executor sets budgets.
type Executor struct {
	action.Field
	budgets Budgets
}

var _ action.Executor = (*Executor)(nil)

// New makes an executor on an account.
func New(budgets Budgets) *Executor {
	return &Executor{budgets: budgets, Field: action.Field{
		Read: func(ctx context.Context, r action.Request) (string, error) {
			now, err := budgets.Budget(ctx, r.Entity)
			return text(now), err
		},
		Body: func(r action.Request, value string) (string, error) {
			budget, err := amount(value)
			if err != nil {
				return "", err
			}
			return budgets.BudgetBody(r.Entity, budget)
		},
		Send: func(ctx context.Context, r action.Request) (action.Receipt, error) {
			return budgets.SetBudget(ctx, r.Entity, r.Payload)
		},
		Check: func(r action.Request) error {
			budget, err := amount(r.After)
			if err == nil {
				err = within(r.Entity, budget)
			}
			if err != nil {
				return action.Refuse(err.Error()+" Nothing was done.", err)
			}
			return nil
		},
		Said: func(r action.Request) string { return "The daily budget is " + r.After + "." },
	}}
}

// Kind implements action.Executor. It is never done without asking: what a larger budget spent does not come back.
func (*Executor) Kind() action.Kind {
	return action.Kind{
		Name: Name, Title: "Set a daily budget", Level: action.Outbound, Repeatable: true, Readable: true,
		Settles: settles,
		Needs: []string{
			action.PerDay, action.PerEntityDay, action.HoursBetween, action.StepPercent, action.WeekPercent, action.ValueMin, action.ValueMax,
		},
	}
}

// Prepare implements action.Executor: a step becomes an amount here, and stays that amount.
func (e *Executor) Prepare(ctx context.Context, w action.Wish) (action.Request, error) {
	entity, err := e.budgets.FindCampaign(ctx, w.SubjectKind, w.Subject)
	if err != nil {
		return action.Request{}, err
	}
	now, err := e.budgets.Budget(ctx, entity)
	if err != nil {
		return action.Request{}, err
	}
	if now.Currency == "" {
		return action.Request{}, core.Invalid("actions", "The campaign has no daily budget.", "Look at it in the campaign manager.")
	}
	set, err := action.Aim(w.Target, now)
	if err == nil {
		err = within(entity, set)
	}
	if err != nil {
		return action.Request{}, err
	}
	return e.Fill(action.Request{
		Kind: Name, Decision: w.Decision, Policy: w.Policy, Version: w.Version, Entity: entity, Field: "daily_budget",
		Size: action.Size{From: float64(now.Minor), To: float64(set.Minor)},
	}, text(now), text(set))
}

// text writes a budget as a value: "25.00 USD"; "" for none.
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
		err = fmt.Errorf("%q is not how a budget is written", value)
	}
	return m, err
}
