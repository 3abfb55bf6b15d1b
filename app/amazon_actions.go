package app

import (
	"context"
	"errors"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/executors/offers"
	"purser/backend/executors/reviewrequests"
	"purser/backend/sources/adsapi"
	"purser/backend/sources/spapi"
)

// What executors do at Amazon goes through the clients that there are at that moment. Where there is none, because nothing
// is connected, every action is refused in words and nothing was done.

// listed is offers.Listings.
type listed struct{ a *amazon }

// Offer implements offers.Listings.
func (l listed) Offer(ctx context.Context, marketplace, sku string) (offers.Offer, error) {
	c, err := l.a.spapi(ctx)
	if err != nil {
		return offers.Offer{}, err
	}
	o, err := c.Offer(ctx, marketplace, sku)
	return offers.Offer(o), err
}

// Validate implements offers.Listings.
func (l listed) Validate(ctx context.Context, marketplace, sku, body string) ([]string, error) {
	c, err := l.a.spapi(ctx)
	if err != nil {
		return nil, err
	}
	return c.Validate(ctx, marketplace, sku, body)
}

// Patch implements offers.Listings.
func (l listed) Patch(ctx context.Context, marketplace, sku, body string) (string, error) {
	c, err := l.a.spapi(ctx)
	if err != nil {
		return "", action.Refuse(err.Error(), err)
	}
	return c.Patch(ctx, marketplace, sku, body)
}

// solicitations is reviewrequests.Solicitations.
type solicitations struct{ a *amazon }

// Order implements reviewrequests.Solicitations.
func (s solicitations) Order(ctx context.Context, marketplace, order string) (reviewrequests.Order, error) {
	c, err := s.a.spapi(ctx)
	if err != nil {
		return reviewrequests.Order{}, err
	}
	o, err := c.Order(ctx, marketplace, order)
	out := reviewrequests.Order{Cancelled: o.Cancelled(), Replacement: o.Replacement()}
	out.Earliest, out.Latest = o.Delivery()
	return out, err
}

// Offered implements reviewrequests.Solicitations.
func (s solicitations) Offered(ctx context.Context, marketplace, order string) (bool, error) {
	c, err := s.a.spapi(ctx)
	if err != nil {
		return false, err
	}
	return c.Offered(ctx, marketplace, order)
}

// Ask implements reviewrequests.Solicitations.
func (s solicitations) Ask(ctx context.Context, marketplace, order string) (string, error) {
	c, err := s.a.spapi(ctx)
	if err != nil {
		return "", action.Refuse(err.Error(), err)
	}
	ref, err := c.Ask(ctx, marketplace, order)
	if errors.Is(err, spapi.ErrNotOffered) {
		return "", errors.Join(reviewrequests.ErrNotOffered, err)
	}
	return ref, err
}

// adverts is what the executors of adverts need, of the client that there is now.
type adverts struct{ a *amazon }

func (x adverts) now(ctx context.Context) (*adsapi.Actions, error) {
	c, err := x.a.adsapi(ctx)
	if err != nil {
		return nil, err
	}
	return c.Actions(), nil
}

// bodies makes bytes, which asks nobody.
func bodies() *adsapi.Actions { return adsapi.New(adsapi.Options{}).Actions() }

// through asks the present client.
func through[T any](ctx context.Context, x adverts, f func(*adsapi.Actions) (T, error)) (T, error) {
	c, err := x.now(ctx)
	if err != nil {
		var none T
		return none, err
	}
	return f(c)
}

// send has the present client do something; where there is none, nothing was done.
func send(ctx context.Context, x adverts, f func(*adsapi.Actions) (action.Receipt, error)) (action.Receipt, error) {
	c, err := x.now(ctx)
	if err != nil {
		return action.Receipt{}, action.Refuse(err.Error(), err)
	}
	return f(c)
}

// FindBid implements adbids.Bids.
func (x adverts) FindBid(ctx context.Context, kind, subject string) (string, error) {
	return through(ctx, x, func(c *adsapi.Actions) (string, error) { return c.FindBid(ctx, kind, subject) })
}

// Bid implements adbids.Bids.
func (x adverts) Bid(ctx context.Context, entity string) (core.Money, error) {
	return through(ctx, x, func(c *adsapi.Actions) (core.Money, error) { return c.Bid(ctx, entity) })
}

// BidBody implements adbids.Bids.
func (adverts) BidBody(entity string, bid core.Money) (string, error) {
	return bodies().BidBody(entity, bid)
}

// SetBid implements adbids.Bids.
func (x adverts) SetBid(ctx context.Context, entity, body string) (action.Receipt, error) {
	return send(ctx, x, func(c *adsapi.Actions) (action.Receipt, error) { return c.SetBid(ctx, entity, body) })
}

// FindCampaign implements adbudgets.Budgets.
func (x adverts) FindCampaign(ctx context.Context, kind, subject string) (string, error) {
	return through(ctx, x, func(c *adsapi.Actions) (string, error) { return c.FindCampaign(ctx, kind, subject) })
}

// Budget implements adbudgets.Budgets.
func (x adverts) Budget(ctx context.Context, entity string) (core.Money, error) {
	return through(ctx, x, func(c *adsapi.Actions) (core.Money, error) { return c.Budget(ctx, entity) })
}

// BudgetBody implements adbudgets.Budgets.
func (adverts) BudgetBody(entity string, budget core.Money) (string, error) {
	return bodies().BudgetBody(entity, budget)
}

// SetBudget implements adbudgets.Budgets.
func (x adverts) SetBudget(ctx context.Context, entity, body string) (action.Receipt, error) {
	return send(ctx, x, func(c *adsapi.Actions) (action.Receipt, error) { return c.SetBudget(ctx, entity, body) })
}

// FindPart implements adstates.States.
func (x adverts) FindPart(ctx context.Context, kind, subject string) (string, error) {
	return through(ctx, x, func(c *adsapi.Actions) (string, error) { return c.FindPart(ctx, kind, subject) })
}

// State implements adstates.States.
func (x adverts) State(ctx context.Context, entity string) (string, error) {
	return through(ctx, x, func(c *adsapi.Actions) (string, error) { return c.State(ctx, entity) })
}

// StateBody implements adstates.States.
func (adverts) StateBody(entity, state string) (string, error) {
	return bodies().StateBody(entity, state)
}

// SetState implements adstates.States.
func (x adverts) SetState(ctx context.Context, entity, body string) (action.Receipt, error) {
	return send(ctx, x, func(c *adsapi.Actions) (action.Receipt, error) { return c.SetState(ctx, entity, body) })
}

// FindScope implements adnegatives.Negatives.
func (x adverts) FindScope(ctx context.Context, kind, subject string) (entity, term string, err error) {
	c, err := x.now(ctx)
	if err != nil {
		return "", "", err
	}
	return c.FindScope(ctx, kind, subject)
}

// Negative implements adnegatives.Negatives.
func (x adverts) Negative(ctx context.Context, entity, match, term string) (string, error) {
	return through(ctx, x, func(c *adsapi.Actions) (string, error) { return c.Negative(ctx, entity, match, term) })
}

// NegativeBody implements adnegatives.Negatives.
func (adverts) NegativeBody(entity, match, term string) (string, error) {
	return bodies().NegativeBody(entity, match, term)
}

// AddNegative implements adnegatives.Negatives.
func (x adverts) AddNegative(ctx context.Context, entity, body string) (action.Receipt, error) {
	return send(ctx, x, func(c *adsapi.Actions) (action.Receipt, error) { return c.AddNegative(ctx, entity, body) })
}
