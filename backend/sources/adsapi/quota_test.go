package adsapi_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/core/source"
	"purser/backend/executors/adbids"
	"purser/backend/executors/adbudgets"
	"purser/backend/executors/adnegatives"
	"purser/backend/platform/clock"
	"purser/backend/platform/ratelimit"
	"purser/backend/sources/adsapi"
)

// paced is a client that keeps to its quota in real time.
func (p *peer) paced() *adsapi.Client {
	return p.client(func(o *adsapi.Options) { o.Limits = ratelimit.New(clock.Real{}, nil) })
}

// many gives a campaign so many more keywords, "word 0" and so on.
func (p *peer) many(n int, state string) {
	for i := range n {
		p.of["keywords"] = append(p.of["keywords"], thing{
			"keywordId": fmt.Sprint(1000 + len(p.of["keywords"])), "campaignId": "12", "adGroupId": "21", "keywordText": fmt.Sprint("word ", i),
			"matchType": "EXACT", "state": state, "bid": 0.5,
		})
	}
}

// TestLongListsAreReadToTheirEnd: more pages than the quota gives at once take a while, and fail nothing.
func TestLongListsAreReadToTheirEnd(t *testing.T) {
	t.Parallel()
	p := newPeer(t)
	p.many(26, "ENABLED") // 14 pages with that of before, beside one of campaigns
	a := p.paced().Actions()
	if id, err := a.FindBid(t.Context(), "search_term", "US/Spring/flasks/word 25"); err != nil || id == "" {
		t.Errorf("%q, %v after %d pages", id, err, p.count("listKeywords"))
	}
	// What would last longer than there is time is told at once, with how long it is.
	if _, err := a.Bid(t.Context(), "US/keyword:31"); err != nil {
		t.Error(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	_, err := a.Bid(ctx, "US/keyword:31")
	var api *source.APIError
	if !errors.As(err, &api) || api.Fault != source.FaultThrottled || api.After <= 0 || api.After > time.Second || api.Status != 0 {
		t.Errorf("%+v", err)
	}
}

// TestABatchLooksOnce: fifty lines of a batch read what they have in common once, and each line is right.
func TestABatchLooksOnce(t *testing.T) {
	t.Parallel()
	p := newPeer(t)
	p.page = 100
	p.many(50, "ENABLED")
	c := p.client() // its clock stands: nothing comes back of what it takes
	ctx := action.DryRun(t.Context())
	bids := adbids.New(c.Actions())
	for i := range 50 {
		w := kinds()["keyword's bid"].wish
		w.Subject, w.Target = fmt.Sprint("US/Spring/flasks/word ", i), "+10%"
		if r, err := bids.Prepare(ctx, w); err != nil || r.Before != "0.50 USD" || r.After != "0.55 USD" || r.Entity == "" {
			t.Fatalf("line %d: %+v, %v", i+1, r, err)
		}
	}
	budgets, negatives := adbudgets.New(c.Actions()), adnegatives.New(c.Actions())
	for i := range 50 {
		w := kinds()["budget"].wish
		w.Target = fmt.Sprint(13, ".", 10+i)
		if r, err := budgets.Prepare(ctx, w); err != nil || r.Before != "12.50 USD" {
			t.Fatalf("line %d: %+v, %v", i+1, r, err)
		}
		w = kinds()["negative of a campaign"].wish
		w.Subject = fmt.Sprint("US/Spring/tin cup ", i)
		if r, err := negatives.Prepare(ctx, w); err != nil || r.Before != "" {
			t.Fatalf("line %d: %+v, %v", i+1, r, err)
		}
	}
	for _, operation := range []string{"listCampaigns", "listKeywords", "listCampaignNegativeKeywords"} {
		if n := p.count(operation); n != 1 {
			t.Errorf("%s was asked for %d times", operation, n)
		}
	}
}

// TestOnlyDryRunsRemember: what is compared right before something is set is what is there at that moment; a dry run sees
// a change of others a little later, one of its own at once, and that nobody answers any more.
func TestOnlyDryRunsRemember(t *testing.T) {
	t.Parallel()
	p := newPeer(t)
	a := p.eager().Actions()
	ctx, w := action.DryRun(t.Context()), kinds()["keyword's bid"].wish
	e := adbids.New(a)
	r, err := e.Prepare(ctx, w)
	if err != nil {
		t.Fatal(err)
	}
	dry := func() string {
		t.Helper()
		r, err := e.Prepare(ctx, w)
		if err != nil {
			t.Fatal(err)
		}
		return r.Before
	}
	p.edit("keywords", "31", thing{"bid": 0.99})
	if m, err := a.Bid(t.Context(), "US/keyword:31"); err != nil || m != (core.Money{Minor: 99, Currency: "USD"}) {
		t.Errorf("read anew: %v, %v", m, err)
	}
	if got := dry(); got != "0.50 USD" {
		t.Errorf("a moment later: %s", got)
	}
	r.Key = "k1"
	if _, err := e.Execute(t.Context(), r); !action.IsRefused(err) || len(p.bodies()) != 0 {
		t.Errorf("%v, sent %q", err, p.bodies())
	}
	p.clock.move(20 * time.Second)
	if got := dry(); got != "0.99 USD" {
		t.Errorf("a while later: %s", got)
	}
	if r, err = e.Prepare(ctx, w); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Execute(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	if got := dry(); got != "0.90 USD" {
		t.Errorf("after it was set: %s", got)
	}
	p.close()
	if _, err := a.Bid(t.Context(), "US/keyword:31"); err == nil {
		t.Error("nobody answers, and there is a bid")
	}
	if r, err := e.Prepare(ctx, w); err == nil {
		t.Errorf("nobody answers, and a dry run says %q", r.Before)
	}
}

// TestArchivedIsNotListed: what was archived long ago costs no pages.
func TestArchivedIsNotListed(t *testing.T) {
	t.Parallel()
	p := newPeer(t)
	p.many(200, "ARCHIVED")
	if _, err := p.eager().Actions().FindBid(t.Context(), "search_term", "US/Spring/flasks/steel flask"); err != nil {
		t.Error(err)
	}
	if n := p.count("listKeywords"); n != 1 {
		t.Errorf("%d pages for one keyword", n)
	}
}

// TestReadsAreAskedAgain: a read that Amazon takes no more of is asked again after a while, twice; a write never, and a
// feed's call neither.
func TestReadsAreAskedAgain(t *testing.T) {
	t.Parallel()
	refusing := func(operation string, times int) *peer {
		p := newPeer(t)
		p.override = func(o string, n int) (int, http.Header, string) {
			if o == operation && n <= times {
				return http.StatusTooManyRequests, http.Header{"Retry-After": {"7"}}, `{"code":"429"}`
			}
			return 0, nil, ""
		}
		return p
	}
	if m, err := refusing("listKeywords", 2).eager().Actions().Bid(t.Context(), "US/keyword:31"); err != nil || m.Minor != 50 {
		t.Errorf("%v, %v", m, err)
	}
	p := refusing("listKeywords", 3)
	_, err := p.eager().Actions().Bid(t.Context(), "US/keyword:31")
	var api *source.APIError
	if !errors.As(err, &api) || api.Fault != source.FaultThrottled || api.After != 7*time.Second || p.count("listKeywords") != 3 {
		t.Errorf("%+v after %d", err, p.count("listKeywords"))
	}
	p = refusing("listProfiles", 1)
	_, err = p.eager().Profiles(t.Context(), "na")
	if api = nil; !errors.As(err, &api) || api.Fault != source.FaultThrottled || p.count("listProfiles") != 1 {
		t.Errorf("%+v after %d", err, p.count("listProfiles"))
	}
}

// TestStoppedWhileItWaits: what everything was stopped for while it waited for its turn is not sent, and that is known.
func TestStoppedWhileItWaits(t *testing.T) {
	t.Parallel()
	for name, k := range kinds() {
		p := newPeer(t)
		e := k.make(p.eager().Actions())
		r, err := e.Prepare(t.Context(), k.wish)
		if err != nil {
			t.Fatal(err)
		}
		r.Key = "k1"
		why := "Stopped."
		ctx := action.WithLastCheck(t.Context(), func() string { return why })
		if _, err := e.Execute(ctx, r); !action.IsRefused(err) || !errors.Is(err, action.ErrHalted) || len(p.bodies()) != 0 {
			t.Errorf("%s: %v, sent %q", name, err, p.bodies())
		}
		why = ""
		if _, err := e.Execute(ctx, r); err != nil || len(p.bodies()) != 1 {
			t.Errorf("%s, let go on: %v, sent %q", name, err, p.bodies())
		}
	}
}

// TestAChangeWaitsNoLonger than what was read right before it stays new.
func TestAChangeWaitsNoLonger(t *testing.T) {
	t.Parallel()
	p := newPeer(t)
	p.override = func(operation string, n int) (int, http.Header, string) {
		if operation == "updateKeywords" && n == 1 {
			return http.StatusTooManyRequests, http.Header{"Retry-After": {"20"}}, `{"code":"429"}`
		}
		return 0, nil, ""
	}
	a := p.paced().Actions()
	e := adbids.New(a)
	r, err := e.Prepare(t.Context(), kinds()["keyword's bid"].wish)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 2 {
		_, err := a.SetBid(t.Context(), r.Entity, r.Payload)
		var api *source.APIError
		if !errors.As(err, &api) || api.Fault != source.FaultThrottled || api.After < 15*time.Second || action.IsRefused(err) || p.count("updateKeywords") != 1 {
			t.Errorf("%d: %v, sent %d times", i, err, p.count("updateKeywords"))
		}
	}
}
