package simulator_test

import (
	"bytes"
	"reflect"
	"testing"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/sources/simulator"
)

func living(ahead int) *simulator.Seller {
	return simulator.New(simulator.Options{Seed: 7, AsOf: asOf(), SKUs: 24, Ahead: ahead})
}

// However far ahead an account is simulated, what is known at a moment is the same.
func TestAhead_ThePastStays(t *testing.T) {
	t.Parallel()
	near, far := living(40), living(130)
	at := (asOf() + 30).Time().Add(15 * time.Hour)
	w := simulator.Span{From: near.First().Time(), To: at}
	for _, market := range []string{"US", "DE"} {
		compare(t, "orders", near.OrderLines(market, true, w, at), far.OrderLines(market, true, w, at))
		compare(t, "returns", near.Returns(market, w, at), far.Returns(market, w, at))
		compare(t, "feedback", near.Feedback(market, w, at), far.Feedback(market, w, at))
		compare(t, "postings", near.Postings(market, w, at), far.Postings(market, w, at))
		compare(t, "reimbursements", near.Reimbursements(market, w, at), far.Reimbursements(market, w, at))
		for d := asOf() - 20; d <= asOf()+30; d++ {
			compare(t, "stock", near.Stock(market, d), far.Stock(market, d))
			compare(t, "ads", near.AdResults(market, d, asOf()+31), far.AdResults(market, d, asOf()+31))
		}
		compare(t, "terms", near.AdTerms(market), far.AdTerms(market))
	}
}

func compare[T any](t *testing.T, what string, a, b []T) {
	t.Helper()
	if len(a) == 0 || !reflect.DeepEqual(a, b) {
		t.Errorf("%s: %d and %d, or others", what, len(a), len(b))
	}
}

// Up to its AsOf an account that lives on is the one that does not.
func TestAhead_BeginsAsTheDemo(t *testing.T) {
	t.Parallel()
	demo, live := living(0), living(60)
	morning := (asOf() - 3).Time().Add(6*time.Hour + 10*time.Minute)
	for _, kind := range []string{"fba-inventory", "all-listings", "stranded-inventory", "account-health", "fee-preview"} {
		a, ok := demo.FileAt(simulator.File{Kind: kind, Market: "DE"}, morning)
		b, _ := live.FileAt(simulator.File{Kind: kind, Market: "DE"}, morning)
		if !ok || !bytes.Equal(a, b) {
			t.Errorf("%s differs", kind)
		}
	}
}

// Orders go through their states; a price is known once they are paid.
func TestOrderLines_LiveOn(t *testing.T) {
	t.Parallel()
	s := living(30)
	day := simulator.Span{From: (asOf() + 3).Time(), To: (asOf() + 4).Time()}
	states := map[string]int{}
	for _, l := range s.OrderLines("US", false, day, day.To) {
		states[l.Status]++
		if (l.Status == source.OrderPending) == l.HasPrice && l.Status != source.OrderCancelled {
			t.Fatalf("%s with price: %v", l.Status, l.HasPrice)
		}
	}
	if states[source.OrderPending] == 0 || states["Unshipped"] == 0 {
		t.Fatalf("at the end of the day: %v", states)
	}
	for _, l := range s.OrderLines("US", false, day, day.To.Add(10*24*time.Hour)) {
		if l.Status != "Shipped" && l.Status != source.OrderCancelled {
			t.Fatalf("ten days later %s is %s", l.OrderID, l.Status)
		}
	}
}

func TestSetPrice_HoldsFromItsDayOn(t *testing.T) {
	t.Parallel()
	s := living(60)
	from := asOf() + 5
	before := s.OrderLines("US", false, simulator.Span{From: s.First().Time(), To: from.Time()}, from.Time())
	if !s.SetPrice("US", "SKU-104", from, 4242) || s.SetPrice("US", "SKU-999", from, 1) {
		t.Fatal("SetPrice does not know its offers")
	}
	compare(t, "orders before", before, s.OrderLines("US", false, simulator.Span{From: s.First().Time(), To: from.Time()}, from.Time()))
	us, _ := core.MarketplaceByCode("US")
	seen := 0
	after := (asOf() + 50).Time()
	for _, l := range s.OrderLines("US", false, simulator.Span{From: from.Start(us.Zone()), To: after}, after.Add(240*time.Hour)) {
		if l.SKU == "SKU-104" && l.HasPrice {
			if seen++; l.ItemPrice != 4242*int64(l.Quantity) {
				t.Fatalf("%s was sold at %d", l.OrderID, l.ItemPrice)
			}
		}
	}
	if seen == 0 {
		t.Fatal("nothing was sold")
	}
}

func TestStopAds_LeavesOutRowsAndCharges(t *testing.T) {
	t.Parallel()
	s := living(30)
	d := asOf() + 10
	spent := func() (sum int64) {
		for _, r := range s.AdResults("US", d, d+2) {
			sum += r.Spend
		}
		return sum
	}
	charged := func() (sum int64) {
		for _, p := range s.Postings("US", simulator.Span{From: d.Time(), To: (d + 1).Time()}, (d + 2).Time()) {
			if p.Text == "Cost of Advertising" {
				sum -= p.Other
			}
		}
		return sum
	}
	if spent() == 0 || spent() != charged() {
		t.Fatalf("%d spent, %d charged", spent(), charged())
	}
	all := spent()
	s.StopAds(func(a simulator.AdTerm, on core.Day) bool { return a.Auto && on >= d })
	if left := spent(); left == 0 || left >= all || left != charged() {
		t.Fatalf("of %d are left %d, %d charged", all, left, charged())
	}
}

// What an account that lives on reports settles: traffic in 72 hours, orders of adverts in 28 days.
func TestLiving_Restates(t *testing.T) {
	t.Parallel()
	s := living(60)
	d := asOf() + 10
	early, _ := s.Traffic("US", d, d+1)
	final, _ := s.Traffic("US", d, d+4)
	later, _ := s.Traffic("US", d, d+30)
	if early.UnitsOrdered >= final.UnitsOrdered || final != later {
		t.Errorf("traffic: %d, %d, %d units", early.UnitsOrdered, final.UnitsOrdered, later.UnitsOrdered)
	}
	orders := func(at core.Day) (n int32) {
		for x := d; x < d+20; x++ {
			for _, r := range s.AdResults("US", x, at+x-d) {
				n += r.Orders
			}
		}
		return n
	}
	if a, b, c := orders(d+1), orders(d+7), orders(d+28); a >= b || b >= c {
		t.Errorf("orders of adverts: %d, %d, %d", a, b, c)
	}
}
