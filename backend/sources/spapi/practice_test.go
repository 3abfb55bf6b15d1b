package spapi_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/platform/httpx"
	"purser/backend/platform/ratelimit"
	"purser/backend/sources/sellercentral"
	"purser/backend/sources/simulator"
	"purser/backend/sources/simulator/practice"
	"purser/backend/sources/spapi"
)

// account is a client at the practice Amazon.
type account struct {
	t      *testing.T
	s      *practice.Server
	c      *spapi.Client
	clock  *hands
	create int // reports asked for
}

func practise(t *testing.T, faults practice.Faults) *account {
	t.Helper()
	a := &account{t: t, clock: &hands{at: time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)}}
	models := modelsAtHand(t)
	s, err := practice.New(practice.Options{
		Clock: a.clock, Seed: 5, Quotas: true, Seller: simulator.Options{Seed: 7, SKUs: 12}, Faults: faults,
		Wait: func(context.Context, time.Duration) {},
		Validate: func(r *http.Request, body []byte) error {
			if r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/reports") {
				a.create++
			}
			if models == nil {
				return nil
			}
			return models.CheckRequest(r, body)
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s)
	t.Cleanup(srv.Close)
	t.Cleanup(func() {
		for _, p := range s.Problems() {
			t.Error(p)
		}
	})
	a.s = s
	base := map[string]string{}
	for _, r := range []string{"na", "eu", "fe"} {
		base[r] = srv.URL + "/spapi/" + r
	}
	a.c = spapi.New(spapi.Options{
		HTTP: httpx.New(httpx.Options{UserAgent: httpx.UserAgent("Purser", "test"), Timeout: 10 * time.Second, Clock: a.clock}), Limits: ratelimit.New(a.clock, nil), Clock: a.clock,
		Credentials: func(_ context.Context, region string) (spapi.Credentials, error) {
			c := s.Credentials("spapi", region)
			return spapi.Credentials{ClientID: c.ClientID, ClientSecret: c.ClientSecret, RefreshToken: c.RefreshToken}, nil
		},
		Endpoints: base, TokenURL: srv.URL + "/auth/o2/token",
		Seller: func(context.Context, string) (string, error) { return s.SellerID(), nil },
	})
	return a
}

// ask makes an ask as the engine would.
func (a *account) ask(f source.Feed, region, code string) source.Ask {
	out := source.Ask{Feed: f.Name, Region: region}
	zone := time.UTC
	if f.PerMarketplace {
		m, _ := core.MarketplaceByCode(code)
		out.Marketplace, zone = code, m.Zone()
	}
	end := a.clock.Now().Add(-f.Late)
	switch {
	case f.Snapshot:
	case f.DayByDay:
		out.Day = core.DayOf(end, zone) - 1
		out.From, out.To = out.Day.Start(zone).UTC(), (out.Day + 1).Start(zone).UTC()
	default:
		out.From, out.To = end.Add(-f.Slice), end
	}
	return out
}

// run does what the engine does with faults: it waits, tries again, begins anew.
func (a *account) run(ask source.Ask) (docs []source.Fetched, last source.Step) {
	a.t.Helper()
	for range 500 {
		s, err := a.c.Step(a.t.Context(), ask)
		e := asAPI(err)
		switch {
		case err == nil:
			docs = append(docs, s.Documents...)
			if s.Done {
				return docs, s
			}
			ask.State, ask.Resumed = s.State, false
			a.clock.pass(s.Wait)
		case e.Fault == source.FaultThrottled:
			a.clock.pass(max(e.After, time.Second))
		case e.Fault == source.FaultUnavailable, e.Fault == source.FaultOffline:
			ask.Resumed = ask.State != nil
			a.clock.pass(time.Minute)
		case e.Fault == source.FaultExpiredPage:
			ask.State, ask.Resumed, docs = nil, false, nil
			a.clock.pass(time.Second)
		default:
			a.t.Fatalf("%s of %s: %s: %v (%s)", ask.Feed, ask.Marketplace, e.Fault, err, e.Raw)
		}
	}
	a.t.Fatalf("%s does not end", ask.Feed)
	return nil, source.Step{}
}

// read reads a document as ingest would, and gives its rows as text.
func read(t *testing.T, f source.Feed, d source.Fetched) []string {
	t.Helper()
	sc := sellercentral.New()
	in, err := sc.Inspect(t.Context(), d.File, d.Options)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(f.Kinds, in.Kind) || in.BadRows > 0 || len(in.Needs) > 0 {
		t.Errorf("%s: kind %q, %d bad rows %+v, needs %v, %+v", d.File.Name, in.Kind, in.BadRows, in.Bad, in.Needs, in.Problems)
	}
	for _, p := range in.Problems {
		if p.Fatal {
			t.Errorf("%s: %+v", d.File.Name, p)
		}
	}
	var rows []string
	if _, err := sc.Read(t.Context(), d.File, in, func(b source.Batch) error {
		rows = append(rows, fmt.Sprint(b.Stream, b.Rows))
		return nil
	}, nil); err != nil {
		t.Errorf("%s: %v", d.File.Name, err)
	}
	return rows
}

// Every feed of an account in two regions, at Amazon's own quotas: each document is of the kind that its feed promises,
// and is read without a bad row.
func TestEveryFeedAtThePracticeAmazon(t *testing.T) {
	t.Parallel()
	a := practise(t, nil)
	places, err := a.c.Places(t.Context(), "na")
	if err != nil || places.Plan != "PROFESSIONAL" || len(places.Marketplaces) == 0 {
		t.Fatalf("%+v, %v", places, err)
	}
	total := map[string]int{}
	for _, at := range [][2]string{{"na", "US"}, {"eu", "DE"}} {
		for _, f := range a.c.Feeds() {
			if !f.PerMarketplace && at[0] != "na" {
				continue
			}
			docs, last := a.run(a.ask(f, at[0], at[1]))
			if len(docs) == 0 && last.Nothing == "" {
				t.Errorf("%s gave nothing and does not say why", f.Name)
			}
			for _, d := range docs {
				total[f.Name] += len(read(t, f, d))
			}
		}
	}
	for _, f := range a.c.Feeds() {
		if total[f.Name] == 0 && f.Name != "spapi.stranded_inventory" && f.Name != "spapi.suppressed_listings" {
			t.Errorf("%s gave no rows anywhere", f.Name)
		}
	}
	for _, name := range []string{"sellers", "orders", "traffic", "inventory", "finances", "listings", "account_health", "seller_feedback"} {
		a.clock.pass(time.Hour)
		if c, err := a.c.Probe(t.Context(), "na", name); err != nil || c.State != source.Granted {
			t.Errorf("%s: %+v, %v", name, c, err)
		}
	}
}

// Whatever goes wrong on the way, what is brought is the same in the end, and no report is asked for twice.
func TestTheSameInSpiteOfFaults(t *testing.T) {
	t.Parallel()
	names := []string{spapi.FeedOrders, spapi.FeedStock, spapi.FeedTransactions, spapi.FeedSettlements, "spapi.all_orders", "spapi.merchant_listings", "spapi.sales_and_traffic"}
	calm := practise(t, nil)
	asks, want, begun := map[string]source.Ask{}, map[string][]string{}, map[string]time.Time{}
	for _, name := range names {
		begun[name] = calm.clock.Now()
		ask := calm.ask(feed(t, name), "na", "US")
		if span := 4 * 24 * time.Hour; name != spapi.FeedSettlements && ask.To.Sub(ask.From) > span {
			ask.From = ask.To.Add(-span)
		}
		asks[name], want[name] = ask, rowsOf(t, feed(t, name), calm, ask)
		calm.clock.pass(time.Hour)
	}
	for kind, faults := range map[string]practice.Faults{
		"busy":  {{Name: practice.ServerError, Rate: 0.2}, {Name: practice.ThrottledBare, Rate: 0.1}, {Name: practice.NoRateHeader}},
		"net":   {{Name: practice.Reset, Rate: 0.15}, {Name: practice.CutBody, Rate: 0.1}, {Name: practice.CaptivePortal, Rate: 0.05}},
		"token": {{Name: practice.TokenExpired, Rate: 0.1}},
		"pages": {{Name: practice.SmallPages}, {Name: practice.EmptyPage, Rate: 0.3}, {Name: practice.PageExpired, Rate: 0.2, Times: 6}, {Name: practice.RepeatedToken, Rate: 0.2, Times: 6}},
		"files": {{Name: practice.GzipPlain, Rate: 0.5}, {Name: practice.GzipUnsaid, Rate: 0.3}, {Name: practice.GzipCut, Rate: 0.2}, {Name: practice.DocumentGone, Rate: 0.3}},
		"lost":  {{Name: practice.DoneBut503, On: []string{"createReport"}, Rate: 0.5}, {Name: practice.DoneButCut, On: []string{"createReport"}, Rate: 0.5}},
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			wild := practise(t, faults)
			for _, name := range names {
				wild.clock.pass(begun[name].Sub(wild.clock.Now()))
				before := wild.create
				if got := rowsOf(t, feed(t, name), wild, asks[name]); len(got) == 0 || !slices.Equal(want[name], got) {
					t.Errorf("%s: %d rows, want %d", name, len(got), len(want[name]))
				}
				if kind == "lost" && wild.create > before+1 {
					t.Errorf("%s: %d reports were asked for", name, wild.create-before)
				}
			}
		})
	}
}

// rowsOf gives the rows that an ask brings, each once, in order.
func rowsOf(t *testing.T, f source.Feed, a *account, ask source.Ask) []string {
	t.Helper()
	sc := sellercentral.New()
	seen := map[string]bool{}
	docs, _ := a.run(ask)
	for _, d := range docs {
		in, err := sc.Inspect(t.Context(), d.File, d.Options)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(f.Kinds, in.Kind) {
			t.Errorf("%s is %q: %+v", d.File.Name, in.Kind, in.Problems)
			continue
		}
		_, err = sc.Read(t.Context(), d.File, in, func(b source.Batch) error {
			for _, r := range keys(b) {
				seen[r] = true
			}
			return nil
		}, nil)
		if err != nil {
			t.Errorf("%s: %v", d.File.Name, err)
		}
	}
	out := []string{}
	for r := range seen {
		out = append(out, r)
	}
	slices.Sort(out)
	return out
}

// keys writes records without where they stand in their documents.
func keys(b source.Batch) []string {
	var out []string
	switch rows := b.Rows.(type) {
	case []source.OrderLine:
		for _, r := range rows {
			r.Row = 0
			out = append(out, fmt.Sprintf("%+v", r))
		}
	case []source.StockLevel:
		for _, r := range rows {
			r.Row = 0
			out = append(out, fmt.Sprintf("%+v", r))
		}
	case []source.Transaction:
		for _, r := range rows {
			r.Row = 0
			out = append(out, fmt.Sprintf("%+v", r))
		}
	case []source.SettlementLine:
		for _, r := range rows {
			out = append(out, fmt.Sprintf("%+v", r))
		}
	case []source.Listing:
		for _, r := range rows {
			out = append(out, fmt.Sprintf("%+v", r))
		}
	default:
		out = append(out, fmt.Sprint(b.Stream, b.Len))
	}
	return out
}
