package spapi

import (
	"context"
	"fmt"
	"time"

	"purser/backend/core/source"
	"purser/backend/platform/httpx"
)

// begin gives the state of a pass over pages, new or going on.
func (c *Client) begin(t task) task {
	if t.state.Phase != phasePages {
		t.state = state{Phase: phasePages, At: c.now()}
	}
	t.state.Page++
	return t
}

// at is the moment of the pass.
func (t task) at() time.Time { return time.Unix(t.state.At, 0).UTC() }

// expiredPage tells the refusal of a page token, with which a pass begins anew, from one that speaks against the request.
func expiredPage(err error, token string) error {
	if e := asAPI(err); badRequest(e) && token != "" {
		e.Fault, e.Message = source.FaultExpiredPage, "Amazon no longer takes the mark of the next page. The pages are read again from the first."
	}
	return err
}

// endless is a pass whose pages come round again or do not end.
func endless(operation string) error {
	return &source.APIError{
		Fault: source.FaultExpiredPage, API: Name, Operation: operation,
		Message: "Amazon's pages come round again, so that nobody knows whether all were seen. They are read again from the first.",
	}
}

// turn takes the token of the next page, and makes the step that a page ends with. A page without rows that is not the
// last is no document.
func (t task) turn(operation, what string, res *httpx.Response, at time.Time, all entries, next text) (source.Step, error) {
	if !all.given { // an answer that forgot its list must not pass for nothing
		return source.Step{}, unreadable(call{operation: operation}, res, errNoList)
	}
	rows := all.n
	var docs []source.Fetched
	if rows > 0 || next == "" {
		d, err := t.page(operation, what, res, at)
		if err != nil {
			return source.Step{}, err
		}
		docs = []source.Fetched{d}
	}
	t.state.Rows += rows
	if t.state.Next = string(next); next != "" && t.state.turned(string(next), all) {
		return source.Step{}, endless(operation)
	}
	return source.Step{State: t.state.text(), Documents: docs, Done: next == ""}, nil
}

// orders reads a page of the orders that changed in the window.
func (c *Client) orders(ctx context.Context, t task) (source.Step, error) {
	t = c.begin(t)
	sets := included()
	t.state.Lean = min(t.state.Lean, len(sets)-1)
	got, res, err := ask[orderPage](ctx, c, searchOrders(t.Region, OrderSearch{
		Marketplaces: []string{string(t.market.ID)}, From: t.From, To: t.To, Included: sets[t.state.Lean], Next: t.state.Next,
	}))
	if e := asAPI(err); badRequest(e) && t.state.Next == "" && t.state.Lean < len(sets)-1 {
		t.state.Lean++ // it may be what is included: the same with less
		t.state.Page--
		return t.state.step(0), nil
	}
	if err != nil {
		return source.Step{}, expiredPage(err, t.state.Next)
	}
	s, err := t.turn("searchOrders", "Orders", res, res.At, got.Orders, got.Pagination.Next)
	if until := got.Until.time(); s.Done && !until.IsZero() && until.Before(t.To) {
		s.Covered = until
	}
	return s, err
}

// stock reads two pages of the FBA stock, if there are two: the mark of the next page is good for half a minute.
func (c *Client) stock(ctx context.Context, t task) (source.Step, error) {
	t.From, t.To = time.Time{}, time.Time{}
	var all []source.Fetched
	for {
		t = c.begin(t)
		got, res, err := ask[stockPage](ctx, c, inventorySummaries(t.Region, string(t.market.ID), t.state.Next))
		if e := asAPI(err); e != nil && e.Fault == source.FaultThrottled && len(all) > 0 {
			t.state.Page--
			return source.Step{State: t.state.text(), Documents: all, Wait: max(e.After, time.Millisecond)}, nil
		}
		if err != nil {
			return source.Step{}, expiredPage(err, t.state.Next)
		}
		s, err := t.turn("getInventorySummaries", "FBA stock", res, t.at(), got.Payload.Summaries, got.Pagination.Next)
		if err != nil {
			return source.Step{}, err
		}
		all = append(all, s.Documents...)
		if s.Documents = all; s.Done || len(all) >= 2 || t.state.Page%2 == 0 {
			return s, nil
		}
		t.state = stateOf(s.State)
	}
}

// transactions reads a page of what was posted in the window; of a longer one only as much as is asked for at once.
func (c *Client) transactions(ctx context.Context, t task) (source.Step, error) {
	var covered time.Time
	if end := t.From.Add(transactionsSlice); end.Before(t.To) {
		t.To, covered = end, end
	}
	t.From = dayBegins(t.From, t.market)
	t = c.begin(t)
	got, res, err := ask[moneyPage](ctx, c, listTransactions(t.Region, string(t.market.ID), t.From, t.To, t.state.Next))
	if err != nil {
		return source.Step{}, expiredPage(err, t.state.Next)
	}
	if got.Payload == nil {
		return source.Step{}, unreadable(call{operation: "listTransactions"}, res, errNoList)
	}
	// The model does not ask for the list where it is empty.
	s, err := t.turn("listTransactions", "Transactions", res, t.at(), entries{true, got.Payload.Transactions.n, got.Payload.Transactions.mark}, got.Payload.Next)
	if s.Done {
		s.Covered = covered
	}
	return s, err
}

// listings reads a page of the listings. Amazon ends a list at about a thousand: those created later are a list of
// their own then.
func (c *Client) listings(ctx context.Context, t task) (source.Step, error) {
	t.From, t.To = time.Time{}, time.Time{}
	seller, err := c.seller(ctx, t.Region, "searchListingsItems")
	if err != nil {
		return source.Step{}, err
	}
	t = c.begin(t)
	got, res, err := ask[listingPage](ctx, c, searchListings(t.Region, ListingSearch{
		Seller: seller, Marketplace: string(t.market.ID), Created: text(t.state.After).time(), Next: t.state.Next,
	}))
	if err != nil {
		return source.Step{}, expiredPage(err, t.state.Next)
	}
	var last time.Time
	if got.Items == nil {
		return source.Step{}, unreadable(call{operation: "searchListingsItems"}, res, errNoList)
	}
	for _, i := range *got.Items {
		for _, s := range i.Summaries {
			if at := s.Created.time(); at.After(last) {
				last = at
			}
		}
	}
	all := entries{true, len(*got.Items), markOf(fmt.Sprint(*got.Items))}
	s, err := t.turn("searchListingsItems", "Listings", res, t.at(), all, got.Pagination.Next)
	if err != nil || !s.Done {
		return s, err
	}
	return t.later(s, all.n, count(got.Count), last), nil
}

// later begins the list of what was created later, where a list ended before all that it counts were named. Whether its
// pages end is asked anew; that there are ever more such lists cannot be, because each begins at a later second.
func (t task) later(s source.Step, here, counted int, last time.Time) source.Step {
	named := t.state.Rows + here
	last = last.Truncate(time.Second) // as it is asked for
	if named >= counted || last.IsZero() || !last.After(text(t.state.After).time()) {
		return s
	}
	t.state.After, t.state.Next, t.state.Rows = moment(last), "", 0
	t.state.Turns, t.state.Seen, t.state.Anchor, t.state.Last, t.state.Still = 0, nil, "", "", 0
	s.State, s.Done = t.state.text(), false
	return s
}
