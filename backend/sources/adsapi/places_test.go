package adsapi_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/sources/adsapi"
)

func TestPlaces(t *testing.T) {
	t.Parallel()
	p := newPeer(t)
	got, err := p.client().Places(t.Context(), "na")
	of := func(code, id, seller, store string) source.Place {
		return source.Place{Code: code, Profile: id, Seller: seller, Store: store}
	}
	want := source.Places{Marketplaces: []source.Place{
		of("US", profile, "A2SELLER", "Northwind"), of("CA", "22", "A3OTHER", "Southwind"), of("MX", "25", "A2SELLER", "Northwind"), of("MX", "26", "A2SELLER", "Northwind"),
	}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := p.client().Places(t.Context(), "eu"); err != nil || len(got.Marketplaces) != 0 {
		t.Errorf("%+v, %v", got, err)
	}
}

// TestProfileThatWasChosen: of two profiles of a marketplace the account says which. What it does not say, or what
// Amazon does not list now, is no answer about the window.
func TestProfileThatWasChosen(t *testing.T) {
	t.Parallel()
	for chosen, why := range map[string]string{"": "There are 2 advertiser profiles", "26": "", "99": "does not list the advertiser profile that was chosen"} {
		p := newPeer(t)
		p.made, p.report = "COMPLETED", []byte(`[]`)
		c := p.client(func(o *adsapi.Options) {
			o.Profile = func(context.Context, string, string) (string, error) { return chosen, nil }
		})
		a := ask("adsapi.sp_campaigns")
		a.Marketplace = "MX"
		if why != "" {
			var e *source.APIError
			if s, err := c.Step(t.Context(), a); !errors.As(err, &e) || e.Fault != source.FaultNotOffered || !strings.Contains(e.Message, why) || s.Done {
				t.Errorf("%q: %+v, %v", chosen, s, err)
			}
			continue
		}
		var s source.Step
		for s = on(t, c, &a); !s.Done; s = on(t, c, &a) {
			p.clock.move(time.Hour)
		}
		if len(s.Documents) != 1 {
			t.Fatalf("%q: %+v", chosen, s)
		}
		if head, _ := read(t, s.Documents[0]); head["profile"] != chosen || head["currency"] != "MXN" {
			t.Errorf("%v", head)
		}
	}
}

// TestProfileThatCannotBeRead: where the account cannot say which profile it is, nothing was fetched, and it is tried
// again soon.
func TestProfileThatCannotBeRead(t *testing.T) {
	t.Parallel()
	for _, cause := range []error{errors.New("disk full"), context.Canceled} {
		p := newPeer(t)
		ctx, stop := context.WithCancel(t.Context())
		c := p.client(func(o *adsapi.Options) {
			o.Profile = func(context.Context, string, string) (string, error) {
				stop()
				return "", cause
			}
		})
		var e *source.APIError
		s, err := c.Step(ctx, ask("adsapi.sp_campaigns"))
		if !errors.As(err, &e) || e.Fault != source.FaultUnavailable || !errors.Is(err, cause) || !strings.Contains(e.Message, "US") || s.Done || p.count("listProfiles") != 0 {
			t.Errorf("%v: %+v, %v", cause, s, err)
		}
		_, err = c.Actions().Bid(t.Context(), "US/keyword:31")
		if !errors.As(err, &e) || e.Fault != source.FaultUnavailable {
			t.Errorf("%v: a bid: %v", cause, err)
		}
	}
}

// TestListWithoutTheMarketplace: while Amazon lists no profile of a marketplace its past is not done; once it does, it is
// fetched.
func TestListWithoutTheMarketplace(t *testing.T) {
	t.Parallel()
	p := newPeer(t)
	p.made, p.report = "COMPLETED", []byte(`[]`)
	p.override = func(operation string, _ int) (int, http.Header, string) {
		if operation == "listProfiles" {
			return http.StatusOK, nil, `[]`
		}
		return 0, nil, ""
	}
	c, a := p.client(), ask("adsapi.sp_campaigns")
	var e *source.APIError
	if s, err := c.Step(t.Context(), a); !errors.As(err, &e) || e.Fault != source.FaultNotOffered || s.Done {
		t.Errorf("%+v, %v", s, err)
	}
	p.override = nil
	p.clock.move(24 * time.Hour)
	var s source.Step
	for s = on(t, c, &a); !s.Done; s = on(t, c, &a) {
		p.clock.move(time.Hour)
	}
	if len(s.Documents) != 1 || s.Covered.IsZero() {
		t.Errorf("%+v", s)
	}
}

// TestProfileThatWasNotChosen: the only profile of a marketplace may be another seller's, and nothing is done with it.
func TestProfileThatWasNotChosen(t *testing.T) {
	t.Parallel()
	p := newPeer(t)
	chosen := ""
	c := p.client(func(o *adsapi.Options) {
		o.Profile = func(context.Context, string, string) (string, error) { return chosen, nil }
	})
	var e *source.APIError
	if _, err := c.BudgetUsages(t.Context(), "CA", []string{"12"}); !errors.As(err, &e) || e.Fault != source.FaultNotOffered || p.calls["getBudgetUsage"] != 0 {
		t.Errorf("%v, %d calls", err, p.calls["getBudgetUsage"])
	}
	chosen = "22"
	if _, err := c.BudgetUsages(t.Context(), "CA", []string{"12"}); err != nil || p.calls["getBudgetUsage"] != 1 {
		t.Errorf("%v, %d calls", err, p.calls["getBudgetUsage"])
	}
}

func TestProbe(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]source.CapabilityState{0: source.Granted, 403: source.Denied, 401: source.Denied, 500: source.UnknownGrant} {
		p := newPeer(t)
		p.override = func(string, int) (int, http.Header, string) { return status, nil, `{"code":"x","details":"y"}` }
		got, err := p.client().Probe(t.Context(), "na", adsapi.CapabilityAds)
		if got.State != want || (err != nil) != (status == 500) || got.Name != "ads" || got.Title == "" || got.Role == "" {
			t.Errorf("%d: %+v, %v", status, got, err)
		}
	}
	if got, err := newPeer(t).client().Probe(t.Context(), "na", "orders"); err != nil || got.State != source.UnknownGrant {
		t.Errorf("%+v, %v", got, err)
	}
}

// TestBudgetUsagesByIndex: answers stand in another order than questions.
func TestBudgetUsagesByIndex(t *testing.T) {
	t.Parallel()
	p := newPeer(t)
	got, err := p.client().BudgetUsages(t.Context(), "US", []string{"99", "12", "13"})
	want := []adsapi.BudgetUsage{
		{CampaignID: "99", Fault: "NOT_FOUND: campaign not found"},
		{CampaignID: "12", Budget: core.Money{Minor: 1250, Currency: "USD"}, Percent: "80.5", At: time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)},
		{CampaignID: "13", Fault: "Amazon did not say."},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	for _, n := range []int{0, 101} {
		if _, err := p.client().BudgetUsages(t.Context(), "US", make([]string, n)); err == nil {
			t.Errorf("%d campaigns", n)
		}
	}
}

// TestAmounts: what Amazon writes as a number is money to the minor unit, or an error.
func TestAmounts(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int64{
		"0.5": 50, "25": 2500, "0.30000001192092896": 30, "12.345": 1235, "0": 0, "null": -2, "1e3": -1, "-1": -1, `"0.5"`: 50, `"x"`: -1, "99999999999999999999": -1,
	} {
		p := newPeer(t)
		p.override = func(operation string, _ int) (int, http.Header, string) {
			if operation == "listKeywords" {
				return 200, nil, fmt.Sprintf(`{"keywords":[{"keywordId":"31","bid":%s}]}`, text)
			}
			return 0, nil, ""
		}
		got, err := p.client().Actions().Bid(t.Context(), "US/keyword:31")
		switch {
		case want == -1 && err == nil, want == -2 && got.Currency != "", want >= 0 && (err != nil || got != core.Money{Minor: want, Currency: "USD"}):
			t.Errorf("%s: %+v, %v", text, got, err)
		}
	}
}

// TestFeeds: what the engine relies on.
func TestFeeds(t *testing.T) {
	t.Parallel()
	seen, rates := map[string]bool{}, adsapi.Rates()
	for _, f := range adsapi.New(adsapi.Options{}).Feeds() {
		if seen[f.Name] || f.Title == "" || f.API != adsapi.Name || f.Group == "" || len(f.Kinds) != 1 || f.Needs != adsapi.CapabilityAds || !f.PerMarketplace || f.Every <= 0 || f.Keep == "" {
			t.Errorf("%+v", f)
		}
		seen[f.Name] = true
		if !f.Snapshot && (f.Slice > 31*24*time.Hour || f.Overlap < 3*24*time.Hour || f.History < 60*24*time.Hour || len(f.Again) == 0) {
			t.Errorf("%+v", f)
		}
	}
	if len(seen) != 4 || len(rates) != 7 {
		t.Errorf("%d feeds, %d rates", len(seen), len(rates))
	}
	for name, r := range rates {
		if r.PerSecond <= 0 || r.Burst < 1 {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

// TestNothingReached is told as such, and a login that ended asks for a person.
func TestNothingReached(t *testing.T) {
	t.Parallel()
	p := newPeer(t)
	var e *source.APIError
	c := p.client(func(o *adsapi.Options) { o.Endpoints = map[string]string{"na": "http://127.0.0.1:1/ads/na"} })
	if _, err := c.Profiles(t.Context(), "na"); !errors.As(err, &e) || e.Fault != source.FaultOffline {
		t.Errorf("%v", err)
	}
	c = p.client(func(o *adsapi.Options) {
		o.Credentials = func(context.Context, string) (adsapi.Credentials, error) { return adsapi.Credentials{}, nil }
	})
	if _, err := c.Profiles(t.Context(), "na"); !errors.As(err, &e) || e.Fault != source.FaultReconnect {
		t.Errorf("%v", err)
	}
	c = p.client(func(o *adsapi.Options) { o.Endpoints = map[string]string{"na": "http://example.com/ads/na"} })
	if _, err := c.Profiles(t.Context(), "na"); !errors.As(err, &e) || e.Fault != source.FaultInvalid {
		t.Errorf("plain http to another computer: %v", err)
	}
}
