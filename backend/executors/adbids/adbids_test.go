package adbids_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"strings"
	"sync"
	"testing"

	"gopkg.in/yaml.v3"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/core/action/actiontest"
	"purser/backend/executors/adbids"
)

// account holds amounts by entity.
type account struct {
	mu   sync.Mutex
	of   map[string]core.Money
	seen []string
	late map[string]core.Money // what is shown later; nil: all is shown at once
}

func newAccount() *account {
	return &account{of: map[string]core.Money{"US/7": {Minor: 50, Currency: "USD"}, "JP/8": {Minor: 50, Currency: "JPY"}, "US/9": {}, "US/10": {Minor: 50, Currency: "EUR"}, "XX/11": {Minor: 50, Currency: "USD"}}}
}

func (a *account) FindBid(_ context.Context, kind, subject string) (string, error) {
	if kind != "search_term" {
		return "", core.NotFound("test", "There is none.")
	}
	return subject, nil
}

func (a *account) Bid(_ context.Context, entity string) (core.Money, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.of[entity], nil
}

type body struct {
	Entity string
	Set    core.Money
}

func (a *account) BidBody(entity string, m core.Money) (string, error) {
	text, err := json.Marshal(body{entity, m})
	return string(text), err
}

func (a *account) SetBid(_ context.Context, entity, text string) (action.Receipt, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.seen = append(a.seen, text)
	var b body
	if err := json.Unmarshal([]byte(text), &b); err != nil || b.Entity != entity {
		return action.Receipt{}, fmt.Errorf("%s for %s: %w", text, entity, err)
	}
	if a.late != nil {
		a.late[entity] = b.Set
		return action.Receipt{Text: "Taken."}, nil
	}
	a.of[entity] = b.Set
	return action.Receipt{Text: "Taken."}, nil
}

func (a *account) state() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return fmt.Sprint(a.of)
}

func wish(subject, target string) action.Wish {
	return action.Wish{Kind: adbids.Name, Decision: "d1", Policy: "p", Version: 2, Subject: subject, SubjectKind: "search_term", Title: "t", Target: target}
}

func TestConformance(t *testing.T) {
	t.Parallel()
	actiontest.Run(t, func(*testing.T) actiontest.Subject {
		a := newAccount()
		return actiontest.Subject{
			Make: func() action.Executor { return adbids.New(a) }, Wish: wish("US/7", "+20%"), State: a.state,
			Seen: func() []string { a.mu.Lock(); defer a.mu.Unlock(); return append([]string(nil), a.seen...) },
			Edit: func() {
				_, _ = a.SetBid(t.Context(), "US/7", `{"Entity":"US/7","Set":{"minor":77777,"currency":"USD"}}`)
				a.seen = nil
			},
			Late: func() (show func()) { a.late = map[string]core.Money{}; return func() { maps.Copy(a.of, a.late) } },
		}
	})
}

// TestSteps become amounts when they are prepared, and limits see both.
func TestSteps(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		subject, target string
		to              float64
	}{{"US/7", "-10%", 50 * 0.9}, {"US/7", "+20 %", 50 * 1.2}, {"JP/8", "+20%", 50 * 1.2}} {
		r, err := adbids.New(newAccount()).Prepare(t.Context(), wish(c.subject, c.target))
		if err != nil || r.Size != (action.Size{From: 50, To: c.to}) || r.Entity != c.subject || strings.Contains(r.Payload, "%") {
			t.Errorf("%s %s: %+v, %v", c.subject, c.target, r, err)
		}
	}
}

// TestWhatIsNeverPrepared.
func TestWhatIsNeverPrepared(t *testing.T) {
	t.Parallel()
	for _, c := range [][2]string{
		{"US/7", ""},
		{"US/7", "0.001"},
		{"US/7", "0"},
		{"US/7", "1001"},
		{"US/7", "-100%"},
		{"US/7", "5 EUR"},
		{"US/9", "5"},
		{"US/10", "5"},
		{"XX/11", "5"},
		{"JP/8", "0.5"},
	} {
		if r, err := adbids.New(newAccount()).Prepare(t.Context(), wish(c[0], c[1])); err == nil {
			t.Errorf("%s %s: %+v", c[0], c[1], r)
		}
	}
	w := wish("US/7", "5")
	w.SubjectKind = "sku"
	if _, err := adbids.New(newAccount()).Prepare(t.Context(), w); err == nil {
		t.Error("prepared for a SKU")
	}
}

// TestOutsideAmazonsBoundsIsRefused also where it was prepared otherwise.
func TestOutsideAmazonsBoundsIsRefused(t *testing.T) {
	t.Parallel()
	for _, after := range []string{"0.01 USD", "1001.00 USD", "5.00 EUR", "5 USD", "x"} {
		a := newAccount()
		m := core.Money{Currency: "USD"}
		if number, code, _ := strings.Cut(after, " "); code != "" {
			m, _ = action.Amount(number, core.Currency(code))
		}
		text, _ := a.BidBody("US/7", m)
		before, _ := a.Bid(t.Context(), "US/7")
		r := action.Request{Kind: adbids.Name, Entity: "US/7", Field: "bid", Before: before.String(), After: after, Payload: text}
		if _, err := adbids.New(a).Execute(t.Context(), r); !action.IsRefused(err) || len(a.seen) > 0 {
			t.Errorf("%s: %v, %q", after, err, a.seen)
		}
	}
}

// TestBounds: every marketplace has figures, with where they are from.
func TestBounds(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("bounds.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]any
	if err := yaml.Unmarshal(text, &all); err != nil || all["source"] == "" || all["date"] == nil {
		t.Fatal(err, all)
	}
	for _, m := range core.Marketplaces() {
		a := newAccount()
		a.of = map[string]core.Money{m.Code + "/1": {Minor: 500000, Currency: m.Currency}}
		_, low := adbids.New(a).Prepare(t.Context(), wish(m.Code+"/1", "0"))
		_, high := adbids.New(a).Prepare(t.Context(), wish(m.Code+"/1", "99000000"))
		for _, err := range []error{low, high} {
			if err == nil || !strings.Contains(err.Error(), "outside what Amazon takes in "+m.Code) {
				t.Errorf("%s: %v", m.Code, err)
			}
		}
	}
}
