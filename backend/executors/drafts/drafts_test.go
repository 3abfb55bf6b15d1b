package drafts_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/core/action/actiontest"
	"purser/backend/core/fact"
	"purser/backend/executors/drafts"
)

type book struct {
	mu  sync.Mutex
	all map[string]action.LineBody
}

func (b *book) Line(_ context.Context, marketplace, sku string) (*action.LineBody, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	l, ok := b.all[fact.SubjectID(marketplace, sku)]
	if !ok {
		return nil, nil
	}
	return &l, nil
}

func (b *book) PutLine(_ context.Context, marketplace, sku string, l *action.LineBody) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if l == nil {
		delete(b.all, fact.SubjectID(marketplace, sku))
		return nil
	}
	b.all[fact.SubjectID(marketplace, sku)] = *l
	return nil
}

func (b *book) state() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return fmt.Sprintf("%+v", b.all)
}

func wish() action.Wish {
	return action.Wish{
		Kind: action.Restock, Decision: "d1", Policy: "low_cover", Version: 4, Subject: "US/SKU/1", Title: "Cover is low", Label: "Approve order of 480",
		Units: 480, Price: core.Money{Minor: 1250, Currency: "USD"},
	}
}

func TestConformance(t *testing.T) {
	t.Parallel()
	actiontest.Run(t, func(*testing.T) actiontest.Subject {
		b := &book{all: map[string]action.LineBody{"US/SKU-9": {Marketplace: "US", SKU: "SKU-9", Units: 5, Decision: "d9"}}}
		return actiontest.Subject{
			Make: func() action.Executor { return drafts.New(b) }, Wish: wish(), State: b.state,
			Edit: func() {
				if err := b.PutLine(t.Context(), "US", "SKU/1", &action.LineBody{Marketplace: "US", SKU: "SKU/1", Units: 7, Decision: "mine"}); err != nil {
					t.Error(err)
				}
			},
		}
	})
}

func TestSizeIsWhatLimitsNeed(t *testing.T) {
	t.Parallel()
	b := &book{all: map[string]action.LineBody{"US/SKU/1": {Marketplace: "US", SKU: "SKU/1", Units: 100, Decision: "d0"}}}
	r, err := drafts.New(b).Prepare(t.Context(), wish())
	if err != nil {
		t.Fatal(err)
	}
	want := action.Size{Units: 480, Money: core.Money{Minor: 600000, Currency: "USD"}, From: 100, To: 480}
	if r.Size != want || r.Before != "100 for d0" || r.After != "480 for d1" {
		t.Errorf("%+v", r)
	}
	back, err := drafts.New(b).Reverse(r)
	if err != nil || back.Size.From != 480 || back.Size.To != 100 {
		t.Errorf("%+v, %v", back, err)
	}
}

func TestUnitsThatAreNone(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, -1, 1_000_001} {
		w := wish()
		w.Units = n
		if _, err := drafts.New(&book{}).Prepare(t.Context(), w); err == nil {
			t.Errorf("prepared %d units", n)
		}
	}
}

// TestLineStaysAtItsPlace: a payload for one SKU is not written for another.
func TestLineStaysAtItsPlace(t *testing.T) {
	t.Parallel()
	b := &book{all: map[string]action.LineBody{}}
	e := drafts.New(b)
	r, err := e.Prepare(t.Context(), wish())
	if err != nil {
		t.Fatal(err)
	}
	r.Entity = "US/SKU-2"
	if _, err := e.Execute(t.Context(), r); !action.IsRefused(err) || len(b.all) != 0 {
		t.Errorf("%v, %+v", err, b.all)
	}
}
