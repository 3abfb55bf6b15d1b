package spapi

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"slices"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
)

// state is how far an ask came; it is stored between two steps. There is no secret in it: an address of a document is
// asked for anew each time.
type state struct {
	Phase string `json:"phase"`
	// At is when this phase began, or the pass over pages: all its pages carry it as the moment they are of.
	At    int64  `json:"at,omitempty"`
	ID    string `json:"id,omitempty"`  // of the report; never given up for a second one while it is under way
	Doc   string `json:"doc,omitempty"` // of its document
	Made  int64  `json:"made,omitempty"`
	Polls int    `json:"polls,omitempty"`
	Gone  int    `json:"gone,omitempty"` // addresses that gave no document

	Next   string        `json:"next,omitempty"`
	Page   int           `json:"page,omitempty"`   // of the pass, for the names of its documents
	Turns  int           `json:"turns,omitempty"`  // pages of the list that is read now; a pass may have several lists
	Seen   []string      `json:"seen,omitempty"`   // marks of the tokens there were, and of reports; of pages the last ones
	Anchor string        `json:"anchor,omitempty"` // mark of a token further back
	Last   string        `json:"last,omitempty"`   // mark of what was on the page before
	Still  int           `json:"still,omitempty"`  // pages in a row that had nothing, or the same
	Lean   int           `json:"lean,omitempty"`   // how much that is optional is left out
	Rows   int           `json:"rows,omitempty"`
	After  string        `json:"after,omitempty"` // listings created before it were listed
	Queue  []listedEntry `json:"queue,omitempty"` // settlements to be fetched
}

// listedEntry is a report that was listed.
type listedEntry struct {
	ID   string `json:"id"`
	Doc  string `json:"doc"`
	Made int64  `json:"made"`
}

// The phases. A report is announced in one step and asked for in the next.
const (
	phaseCreate   = "create"
	phaseAdopt    = "adopt" // it may have been asked for: it is looked for first
	phasePoll     = "poll"
	phaseDocument = "document"
	phasePages    = "pages"
	phaseList     = "list"
)

const (
	// mostPages ends a short list that does not end by itself.
	mostPages = 500
	// mostTurns ends a long one: of stock and listings it has hundreds of thousands of SKUs then.
	mostTurns = 10_000
	// mostStill ends one whose pages bring nothing new.
	mostStill = 50
	// mostTokens is how many of the last tokens of a long list are remembered: what is remembered is stored at each page.
	mostTokens = 100
	// mostGone is how many addresses in a row may give no document.
	mostGone = 5
)

func (s state) text() []byte {
	b, err := json.Marshal(s)
	if err != nil {
		return nil // plain fields: cannot be
	}
	return b
}

// stateOf reads a state; one of another version is none, so that the ask begins anew.
func stateOf(b []byte) state {
	var s state
	if len(b) > 0 && json.Unmarshal(b, &s) != nil {
		return state{}
	}
	return s
}

// step makes a Step that goes on.
func (s state) step(wait time.Duration) source.Step { return source.Step{State: s.text(), Wait: wait} }

// mark notes something that must not come twice, and says whether it did.
func (s *state) mark(what string) (again bool) {
	m := markOf(what)
	if slices.Contains(s.Seen, m) {
		return true
	}
	s.Seen = append(slices.Clone(s.Seen), m)
	return false
}

// turned notes a page of a long list by the token of the next one, and says whether the list goes round or does not end.
// A circle that is longer than what is remembered comes back to the anchor, which is moved on ever more seldom.
func (s *state) turned(next string, rows entries) (endless bool) {
	if s.Still++; rows.n > 0 && rows.mark != s.Last {
		s.Still, s.Last = 0, rows.mark
	}
	m := markOf(next)
	if m == s.Anchor || slices.Contains(s.Seen, m) {
		return true
	}
	if s.Turns++; s.Turns&(s.Turns-1) == 0 { // a power of two
		s.Anchor = m
	}
	s.Seen = append(slices.Clone(s.Seen[max(0, len(s.Seen)-mostTokens+1):]), m)
	return s.Turns >= mostTurns || s.Still >= mostStill
}

func markOf(what string) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(what)) // never fails
	return fmt.Sprintf("%x", h.Sum64())
}

// task is an ask with what was found out about it.
type task struct {
	source.Ask
	market core.Marketplace // of a feed by marketplace
	state  state
}

// Step implements source.API.
func (c *Client) Step(ctx context.Context, a source.Ask) (source.Step, error) {
	s, err := c.step(ctx, a)
	if err != nil {
		if asAPI(err) == nil {
			err = &source.APIError{Fault: source.FaultInvalid, API: Name, Message: err.Error(), Err: err}
		}
		return source.Step{}, plain(err)
	}
	return s, nil
}

func (c *Client) step(ctx context.Context, a source.Ask) (source.Step, error) {
	t := task{Ask: a, state: stateOf(a.State)}
	if a.Feed == FeedSettlements {
		return c.settlements(ctx, t)
	}
	var err error
	if t.market, err = market(a.Marketplace); err != nil {
		return source.Step{}, err
	}
	if t.market.Region != a.Region {
		return source.Step{}, core.Invalid(Name, fmt.Sprintf("The marketplace %s is not in the region %q.", a.Marketplace, a.Region), "")
	}
	if r, ok := reportOf(a.Feed); ok {
		if r.days {
			t.From = dayBegins(t.From, t.market)
		}
		return c.report(ctx, t, r)
	}
	switch a.Feed {
	case FeedOrders:
		return c.orders(ctx, t)
	case FeedStock:
		return c.stock(ctx, t)
	case FeedListings:
		return c.listings(ctx, t)
	case FeedTransactions:
		return c.transactions(ctx, t)
	}
	return source.Step{}, core.Invalid(Name, fmt.Sprintf("There is no feed %q.", a.Feed), "")
}

// dayBegins is the first moment of the marketplace's day in which t lies. Windows that meet within a day would each have
// a part of it, and none the whole.
func dayBegins(t time.Time, m core.Marketplace) time.Time {
	return core.DayOf(t, m.Zone()).Start(m.Zone()).UTC()
}

// now is the time in seconds.
func (c *Client) now() int64 { return c.o.Clock.Now().Unix() }
