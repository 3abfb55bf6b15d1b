package offers_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/core/action/actiontest"
	"purser/backend/executors/offers"
)

// amazon is the Listings API of one account, as it behaves: what it accepts it may apply later, or never.
type amazon struct {
	mu     sync.Mutex
	offers map[string]offers.Offer
	sent   []string
	mood   string // "", "lost", "failed", "invalid", "later", "never"
	faults []string
	queue  []func()
	down   bool
}

func newAmazon() *amazon {
	return &amazon{
		offers: map[string]offers.Offer{
			"US/SKU-1": {ProductType: "PAN", Price: usd(1999), Quantity: 5, HasQuantity: true},
			"US/FBA-1": {ProductType: "PAN", Price: usd(1999), FBA: true},
			"US/SALE":  {ProductType: "PAN", Price: usd(1999), OnSale: true},
			"US/NONE":  {ProductType: "PAN"},
			"US/TYPE":  {Price: usd(1999)},
			"JP/SKU-1": {ProductType: "PAN", Price: core.Money{Minor: 1980, Currency: "JPY"}, Quantity: 0, HasQuantity: true},
		},
	}
}

func usd(minor int64) core.Money { return core.Money{Minor: minor, Currency: "USD"} }

func (a *amazon) Offer(ctx context.Context, marketplace, sku string) (offers.Offer, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	o, ok := a.offers[marketplace+"/"+sku]
	switch {
	case ctx.Err() != nil:
		return o, ctx.Err()
	case a.down:
		return o, errors.New("nothing was reached")
	case !ok:
		return o, core.NotFound("spapi", "There is no such offer.")
	}
	return o, nil
}

func (a *amazon) Validate(context.Context, string, string, string) ([]string, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.faults, nil
}

// body is what a patch says, as Amazon reads it.
type body struct {
	ProductType string `json:"productType"`
	Patches     []struct {
		Op    string `json:"op"`
		Path  string `json:"path"`
		Value []struct {
			Marketplace string `json:"marketplace_id"`
			Currency    string `json:"currency"`
			Price       []struct {
				Schedule []struct {
					Value json.Number `json:"value_with_tax"`
				} `json:"schedule"`
			} `json:"our_price"`
			Channel  string `json:"fulfillment_channel_code"`
			Quantity int    `json:"quantity"`
		} `json:"value"`
	} `json:"patches"`
}

func (a *amazon) Patch(_ context.Context, marketplace, sku, text string) (string, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	var b body
	if json.Unmarshal([]byte(text), &b) != nil || len(b.Patches) != 1 || len(b.Patches[0].Value) != 1 || a.mood == "invalid" {
		return "", action.Refuse("Amazon says that this is not valid.", nil)
	}
	a.sent = append(a.sent, text)
	apply := func() {
		o, v := a.offers[marketplace+"/"+sku], b.Patches[0].Value[0]
		if strings.HasSuffix(b.Patches[0].Path, "purchasable_offer") {
			m, err := action.Amount(v.Price[0].Schedule[0].Value.String(), core.Currency(v.Currency))
			if err != nil {
				panic(err)
			}
			o.Price = m
		} else {
			o.Quantity = v.Quantity
		}
		a.offers[marketplace+"/"+sku] = o
	}
	switch a.mood {
	case "later":
		a.queue = append(a.queue, apply)
	case "never":
	case "failed":
		return "", errors.New("503")
	case "lost":
		apply()
		return "", errors.New("the line was cut")
	default:
		apply()
	}
	return fmt.Sprintf("submission-%d", len(a.sent)), nil
}

// later has Amazon apply what it accepts only when it settles.
func (a *amazon) later() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.mood = "later"
}

func (a *amazon) settle() {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, f := range a.queue {
		f()
	}
	a.queue = nil
}

func (a *amazon) state() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return fmt.Sprint(a.offers)
}

func (a *amazon) seen() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return append([]string(nil), a.sent...)
}

func (a *amazon) edit(key string, price int64, quantity int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	o := a.offers[key]
	o.Price.Minor, o.Quantity = price, quantity
	a.offers[key] = o
}

func wish(kind, target string) action.Wish {
	return action.Wish{Kind: kind, Decision: "d1", Policy: "p", Version: 2, Subject: "US/SKU-1", SubjectKind: "sku", Title: "Too dear", Label: "Set it", Target: target}
}

func maker(kind string, a *amazon) *offers.Executor {
	if kind == offers.Price {
		return offers.NewPrices(a)
	}
	return offers.NewQuantities(a)
}

func TestConformance(t *testing.T) {
	t.Parallel()
	for kind, targets := range map[string][2]string{offers.Price: {"-5%", "21.50"}, offers.Quantity: {"12", "0 units"}} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			actiontest.Run(t, func(t *testing.T) actiontest.Subject {
				t.Helper()
				a := newAmazon()
				return actiontest.Subject{
					Make: func() action.Executor { return maker(kind, a) }, Wish: wish(kind, targets[0]), Other: wish(kind, targets[1]),
					State: a.state, Seen: a.seen, Edit: func() { a.edit("US/SKU-1", 4242, 77) },
					Late: func() (show func()) { a.later(); return a.settle },
				}
			})
		})
	}
}

func TestBytesAreWhatAmazonTakes(t *testing.T) {
	t.Parallel()
	a := newAmazon()
	for _, c := range []struct{ kind, subject, target, before, after, body string }{
		{
			offers.Price, "US/SKU-1", "-5%", "19.99 USD", "19.00 USD", `{"productType":"PAN","patches":[{"op":"merge","path":"/attributes/purchasable_offer","value":` +
				`[{"marketplace_id":"ATVPDKIKX0DER","currency":"USD","audience":"ALL","our_price":[{"schedule":[{"value_with_tax":19.00}]}]}]}]}`,
		},
		{
			offers.Price, "JP/SKU-1", "2000", "1980 JPY", "2000 JPY", `{"productType":"PAN","patches":[{"op":"merge","path":"/attributes/purchasable_offer","value":` +
				`[{"marketplace_id":"A1VC38T7YXB528","currency":"JPY","audience":"ALL","our_price":[{"schedule":[{"value_with_tax":2000}]}]}]}]}`,
		},
		{
			offers.Quantity, "JP/SKU-1", "7", "0 units", "7 units", `{"productType":"PAN","patches":[{"op":"merge","path":"/attributes/fulfillment_availability","value":` +
				`[{"fulfillment_channel_code":"DEFAULT","quantity":7}]}]}`,
		},
		{offers.Price, "US/FBA-1", "20", "19.99 USD", "20.00 USD", ""}, // a price may be set whoever sends it
	} {
		w := wish(c.kind, c.target)
		w.Subject = c.subject
		r, err := maker(c.kind, a).Prepare(t.Context(), w)
		if err != nil || r.Before != c.before || r.After != c.after || c.body != "" && r.Payload != c.body {
			t.Errorf("%s %s: %v\n%+v", c.subject, c.target, err, r)
		}
	}
}

func TestWhatIsNotPrepared(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ kind, subject, target, says string }{
		{offers.Price, "US/SALE", "20", "sale price"},
		{offers.Price, "US/NONE", "20", "no price of its own"},
		{offers.Price, "US/TYPE", "20", "type of product"},
		{offers.Price, "US/GONE", "20", "no such offer"},
		{offers.Price, "US", "20", "names no offer"},
		{offers.Price, "XY/SKU-1", "20", "names no offer"},
		{offers.Price, "GB/SKU-1", "20", "names no offer"},
		{offers.Price, "US/SKU-1", "", "not said"},
		{offers.Price, "US/SKU-1", "0", "more than nothing"},
		{offers.Price, "US/SKU-1", "20 EUR", "not in USD"},
		{offers.Price, "US/SKU-1", "19.995", "no amount"},
		{offers.Price, "US/SKU-1", "19.99", "already"},
		{offers.Quantity, "US/FBA-1", "7", "Amazon sends"},
		{offers.Quantity, "US/NONE", "7", "no quantity"},
		{offers.Quantity, "US/SKU-1", "-1", "no number"},
		{offers.Quantity, "US/SKU-1", "+1", "no number"},
		{offers.Quantity, "US/SKU-1", "1.5", "no number"},
		{offers.Quantity, "US/SKU-1", "1000001", "no number"},
		{offers.Quantity, "US/SKU-1", "5", "already"},
	} {
		a, w := newAmazon(), wish(c.kind, c.target)
		w.Subject = c.subject
		_, err := maker(c.kind, a).Prepare(t.Context(), w)
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s %s to %q: %v", c.kind, c.subject, c.target, err)
		}
	}
	a := newAmazon()
	a.faults = []string{"The price is above the maximum."}
	if _, err := maker(offers.Price, a).Prepare(t.Context(), wish(offers.Price, "20")); err == nil || !strings.Contains(err.Error(), "above the maximum") {
		t.Errorf("a preview with issues: %v", err)
	}
}

// Mode 28 and Fault 32: a listing patch that was ACCEPTED and is not applied, or is rejected later, is told as such.
// TestAcceptedIsNotApplied: between acceptance and application the old value is told as it is shown, for as long as the
// kind says; then what is there.
func TestAcceptedIsNotApplied(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{offers.Price, offers.Quantity} {
		a := newAmazon()
		a.mood = "later"
		e := maker(kind, a)
		if k := e.Kind(); k.Settles != 24*time.Hour || !k.Readable || !k.Repeatable || k.Level != action.Outbound || k.Automatic {
			t.Errorf("%+v", k)
		}
		r, err := e.Prepare(t.Context(), wish(kind, "21"))
		if err != nil {
			t.Fatal(err)
		}
		r.Key = "k1"
		rc, err := e.Execute(t.Context(), r)
		if err != nil || rc.Ref != "submission-1" || !strings.Contains(rc.Text, "accepted") {
			t.Fatalf("%v, %+v", err, rc)
		}
		for _, want := range []string{r.Before, r.After} {
			if v, err := maker(kind, a).Value(t.Context(), r); v != want || err != nil {
				t.Errorf("%s: %q, %v, want %q", kind, v, err, want)
			}
			a.settle()
		}
		a.edit("US/SKU-1", 1, 1)
		if v, err := e.Value(t.Context(), r); v == r.Before || v == r.After || err != nil {
			t.Errorf("somebody else's value: %q, %v", v, err)
		}
	}
}

// TestLyingPeers: only what cannot have been done is refused, and what was done is found.
func TestLyingPeers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		mood    string
		refused bool
		fate    action.Fate
	}{{"invalid", true, action.NotDone}, {"failed", false, action.NotDone}, {"lost", false, action.Done}} {
		a := newAmazon()
		e := maker(offers.Price, a)
		r, err := e.Prepare(t.Context(), wish(offers.Price, "21.50"))
		if err != nil {
			t.Fatal(err)
		}
		r.Key, a.mood = "k1", c.mood
		if _, err := e.Execute(t.Context(), r); err == nil || action.IsRefused(err) != c.refused {
			t.Errorf("%s: %v", c.mood, err)
		}
		if fate, _, err := e.Found(t.Context(), r); err != nil || fate != c.fate {
			t.Errorf("%s: found %s, %v", c.mood, fate, err)
		}
	}
	a := newAmazon()
	e := maker(offers.Price, a)
	r, err := e.Prepare(t.Context(), wish(offers.Price, "21.50"))
	if err != nil {
		t.Fatal(err)
	}
	a.down = true
	if _, err := e.Execute(t.Context(), r); err == nil || len(a.seen()) > 0 {
		t.Errorf("offline: %v, %q", err, a.seen())
	}
	if fate, _, err := e.Found(t.Context(), r); err == nil || fate != action.Open {
		t.Errorf("offline: found %s, %v", fate, err)
	}
}

// Fault 33: the seller changes the price of an offer between approval and run.
// TestTheOfferChangedMeanwhile: a request is for the offer that was seen, and no other.
func TestTheOfferChangedMeanwhile(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*offers.Offer){
		"type": func(o *offers.Offer) { o.ProductType = "POT" },
		"sale": func(o *offers.Offer) { o.OnSale = true },
	} {
		a := newAmazon()
		e := maker(offers.Price, a)
		r, err := e.Prepare(t.Context(), wish(offers.Price, "21.50"))
		if err != nil {
			t.Fatal(err)
		}
		o := a.offers["US/SKU-1"]
		change(&o)
		a.offers["US/SKU-1"] = o
		if _, err := e.Execute(t.Context(), r); !action.IsRefused(err) || len(a.seen()) > 0 {
			t.Errorf("%s: %v, %q", name, err, a.seen())
		}
	}
}
