package listings_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module"
	"purser/backend/core/module/moduletest"
	"purser/backend/core/source"
	"purser/backend/modules/listings"
)

const today = core.Day(20782) // 2026-11-25

func start(tb testing.TB) (*listings.Module, *moduletest.Host) {
	tb.Helper()
	m := listings.New()
	return m, moduletest.Start(tb, m)
}

// whole is a whole report of the US made at noon of a day.
func whole[R any](stream source.Stream, doc int64, d core.Day, rows ...R) source.Batch {
	return source.Batch{
		Stream: stream, DocumentID: doc, ObservedAt: d.Time().Add(20 * time.Hour), Marketplace: "US",
		Rows: rows, Len: len(rows), Snapshot: true, Last: true,
	}
}

func offers(doc int64, d core.Day, rows ...source.Listing) source.Batch {
	return whole(source.Listings, doc, d, rows...)
}

func hidden(doc int64, d core.Day, rows ...source.Suppressed) source.Batch {
	return whole(source.SuppressedListing, doc, d, rows...)
}

func stray(doc int64, d core.Day, rows ...source.StrandedItem) source.Batch {
	return whole(source.Stranded, doc, d, rows...)
}

func offer(sku, status string) source.Listing {
	return source.Listing{
		Row: 2, SKU: core.SKU(sku), ASIN: "B0" + core.ASIN(sku), Title: "Item " + sku, Status: status, FBA: true, Currency: "USD", Price: 2499,
	}
}

func values(tb testing.TB, m fact.Provider, asOf core.Day, name string) map[string]fact.Value {
	tb.Helper()
	cols, err := m.Facts(tb.Context(), fact.Query{AsOf: asOf, Names: []string{name}})
	if err != nil {
		tb.Fatal(err)
	}
	return cols[0].Values
}

func one(tb testing.TB, m fact.Provider, asOf core.Day, name, subject string) fact.Value {
	tb.Helper()
	cols, err := m.Facts(tb.Context(), fact.Query{AsOf: asOf, Names: []string{name}, Subject: subject})
	if err != nil {
		tb.Fatal(err)
	}
	got, ok := cols[0].Values[subject]
	if !ok {
		return fact.Value{Maturity: fact.Missing, Note: "absent"}
	}
	if all := values(tb, m, asOf, name)[subject]; all != got {
		tb.Errorf("%s of %s: alone %+v, among all %+v", name, subject, got, all)
	}
	return got
}

func wantNum(t *testing.T, what string, v fact.Value, want float64, m fact.Maturity) {
	t.Helper()
	if v.Maturity != m || (m != fact.Missing && v.Num != want) {
		t.Errorf("%s: got %v (%s, %q), want %v (%s)", what, v.Num, v.Maturity, v.Note, want, m)
	}
}

func wantFlag(t *testing.T, what string, v fact.Value, want bool, m fact.Maturity) {
	t.Helper()
	if v.Maturity != m || v.Flag != want {
		t.Errorf("%s: got %v (%s, %q), want %v (%s)", what, v.Flag, v.Maturity, v.Note, want, m)
	}
}

// stocked answers inventory.on_hand.
func stocked(units map[string]float64) func(fact.Query) []fact.Column {
	return func(q fact.Query) []fact.Column {
		c := fact.Column{Name: "inventory.on_hand", Values: map[string]fact.Value{}}
		for id, n := range units {
			c.Values[id] = fact.Value{Num: n, Maturity: fact.Fresh, AsOf: q.AsOf}
		}
		return []fact.Column{c}
	}
}

// sold answers sales.sales of 10 USD a day up to a day and nothing after, and the marketplace's days.
func sold(until core.Day) func(string, string, core.Period, core.Day) []fact.Series {
	return func(series, subject string, p core.Period, _ core.Day) []fact.Series {
		one := fact.Series{Name: series, Subject: subject}
		for d := p.From; d <= p.To; d++ {
			if series == "sales.sales" && d <= until {
				one.Points = append(one.Points, fact.Point{Day: d, Money: core.Money{Minor: 1000, Currency: "USD"}, Maturity: fact.Fresh})
			}
			if series == "sales.market_sales" {
				one.Points = append(one.Points, fact.Point{Day: d, Money: core.Money{Minor: 99999, Currency: "USD"}, Maturity: fact.Fresh})
			}
		}
		return []fact.Series{one}
	}
}

func TestContract(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("queries.sql")
	if err != nil {
		t.Fatal(err)
	}
	moduletest.Run(t, func() module.Module { return listings.New() }, string(text))
}

func TestSuppressedListing(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.DailyFn = sold(today - 7)
	h.Apply(t, m,
		offers(1, today, offer("A", "Active"), offer("B", "Active")),
		hidden(2, today,
			source.Suppressed{Row: 2, SKU: "A", Reason: "Missing image", ChangedDay: today - 6},
			source.Suppressed{Row: 3, SKU: "A", Reason: "Title too long", ChangedDay: today - 2}),
		stray(3, today),
	)
	wantFlag(t, "A", one(t, m, today, "listings.suppressed", "US/A"), true, fact.Fresh)
	wantFlag(t, "B", one(t, m, today, "listings.suppressed", "US/B"), false, fact.Fresh)
	if v := one(t, m, today, "listings.suppressed_reason", "US/A"); v.Text != "Missing image; Title too long" {
		t.Errorf("reason %q", v.Text)
	}
	if v := one(t, m, today, "listings.suppressed_since", "US/A"); v.Text != (today-6).String() || v.Maturity != fact.Fresh {
		t.Errorf("since %+v", v)
	}
	wantNum(t, "days", one(t, m, today, "listings.suppressed_days", "US/A"), 6, fact.Fresh)
	wantNum(t, "days of B", one(t, m, today, "listings.suppressed_days", "US/B"), 0, fact.Fresh)
	wantFlag(t, "A not sellable", one(t, m, today, "listings.not_sellable", "US/A"), true, fact.Fresh)
	wantFlag(t, "B sellable", one(t, m, today, "listings.not_sellable", "US/B"), false, fact.Fresh)
	stake := one(t, m, today, "listings.daily_sales_at_stake", "US/A")
	if stake.Money != (core.Money{Minor: 1000, Currency: "USD"}) || stake.Maturity != fact.Fresh {
		t.Errorf("at stake %+v", stake)
	}
	if v := one(t, m, today, "listings.daily_sales_at_stake", "US/B"); v.Money != (core.Money{Currency: "USD"}) || v.Maturity != fact.Fresh {
		t.Errorf("nothing at stake: %+v", v)
	}
	wantNum(t, "count", one(t, m, today, "listings.suppressed_count", "US"), 1, fact.Fresh)
	wantNum(t, "offers", one(t, m, today, "listings.count", "US"), 2, fact.Fresh)
	if v := one(t, m, today, "listings.price", "US/A"); v.Money != (core.Money{Minor: 2499, Currency: "USD"}) {
		t.Errorf("price %+v", v)
	}
}

// Days with known sales on which this SKU sold nothing lower the mean; the days after the trouble began don't.
func TestStakeCountsDaysWithoutSales(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.DailyFn = sold(today - 15) // 14 of the 28 days before the trouble
	h.Apply(t, m, hidden(1, today, source.Suppressed{SKU: "A", Reason: "x", ChangedDay: today}))
	if v := one(t, m, today, "listings.daily_sales_at_stake", "US/A"); v.Money.Minor != 500 || v.Maturity != fact.Fresh {
		t.Errorf("got %+v", v)
	}
	h.DailyFn = nil
	if v := one(t, m, today, "listings.daily_sales_at_stake", "US/A"); v.Maturity != fact.Missing || v.Note == "" {
		t.Errorf("without sales: %+v", v)
	}
}

func TestStrandedStock(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.Apply(t, m, stray(1, today,
		source.StrandedItem{Row: 2, SKU: "A", FNSKU: "X1", Reason: "Listing closed", StrandedDay: today - 20, RemovalDay: today + 10, Fulfillable: 30, Unfulfillable: 2, Reserved: 9},
		source.StrandedItem{Row: 3, SKU: "A", FNSKU: "X2", Reason: "Listing closed", StrandedDay: today - 25, Fulfillable: 4},
		source.StrandedItem{Row: 4, SKU: "B", FNSKU: "X3", Fulfillable: 1, StrandedDay: today - 1}))
	wantFlag(t, "stranded", one(t, m, today, "listings.stranded", "US/A"), true, fact.Fresh)
	wantNum(t, "units", one(t, m, today, "listings.stranded_units", "US/A"), 36, fact.Fresh)
	wantNum(t, "days", one(t, m, today, "listings.stranded_days", "US/A"), 25, fact.Fresh)
	wantNum(t, "removal", one(t, m, today, "listings.removal_in_days", "US/A"), 10, fact.Fresh)
	wantNum(t, "no removal", one(t, m, today, "listings.removal_in_days", "US/B"), 0, fact.Missing)
	if v := one(t, m, today, "listings.stranded_reason", "US/A"); v.Text != "Listing closed" {
		t.Errorf("reason %q", v.Text)
	}
	wantNum(t, "SKUs", one(t, m, today, "listings.stranded_count", "US"), 2, fact.Fresh)
	wantNum(t, "all units", one(t, m, today, "listings.stranded_units_total", "US"), 37, fact.Fresh)
}

func TestFalseOnlyWhereAReportSaysSo(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.Kinds["suppressed_listings"] = source.Kind{Name: "suppressed_listings", Title: "Suppressed listings"}
	h.Apply(t, m, offers(1, today, offer("A", "Active")))
	v := one(t, m, today, "listings.suppressed", "US/A")
	if v.Maturity != fact.Missing || !strings.Contains(v.Note, "Suppressed listings") {
		t.Errorf("never imported: %+v", v)
	}
	wantNum(t, "count", one(t, m, today, "listings.suppressed_count", "US"), 0, fact.Missing)
	wantFlag(t, "not sellable", one(t, m, today, "listings.not_sellable", "US/A"), false, fact.Missing)
	wantNum(t, "at stake", one(t, m, today, "listings.daily_sales_at_stake", "US/A"), 0, fact.Missing)
	h.Apply(t, m, hidden(2, today), stray(3, today))
	wantFlag(t, "empty report", one(t, m, today, "listings.suppressed", "US/A"), false, fact.Fresh)
	wantFlag(t, "not sellable", one(t, m, today, "listings.not_sellable", "US/A"), false, fact.Fresh)
	wantNum(t, "units", one(t, m, today, "listings.stranded_units", "US/A"), 0, fact.Fresh)
	wantFlag(t, "stale", one(t, m, today+9, "listings.stranded", "US/A"), false, fact.Stale)
	h.Items = append(h.Items, module.Item{Marketplace: "DE", SKU: "A"})
	wantFlag(t, "another marketplace", one(t, m, today, "listings.suppressed", "DE/A"), false, fact.Missing)
}

func TestEmptyReportClears(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.Apply(t, m, hidden(1, today-1, source.Suppressed{SKU: "A", Reason: "x", ChangedDay: today - 3}))
	empty := hidden(2, today)
	empty.Marketplace, empty.Rows = "", nil
	h.Apply(t, m, empty) // the only marketplace it can be
	wantFlag(t, "cleared", one(t, m, today, "listings.suppressed", "US/A"), false, fact.Fresh)
	wantFlag(t, "the day before", one(t, m, today-1, "listings.suppressed", "US/A"), true, fact.Fresh)
	series, err := m.Daily(t.Context(), "listings.suppressed_count", "US", core.LastDays(today, 5), today)
	if err != nil || len(series) != 1 || len(series[0].Points) != 2 || series[0].Points[0].Num != 1 || series[0].Points[1].Num != 0 {
		t.Errorf("series %+v, %v", series, err)
	}
}

// Where the report gives no day, the trouble began with the first report of the unbroken run.
func TestSinceFromHistory(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	a := source.Suppressed{SKU: "A", Reason: "x"}
	h.Apply(t, m, hidden(1, today-6, a), hidden(2, today-5), hidden(3, today-4, a), hidden(4, today-2, a), hidden(5, today, a))
	v := one(t, m, today, "listings.suppressed_since", "US/A")
	if v.Text != (today-4).String() || v.Maturity != fact.Estimated || !strings.Contains(v.Note, "first seen") {
		t.Errorf("since %+v", v)
	}
	wantNum(t, "days", one(t, m, today, "listings.suppressed_days", "US/A"), 4, fact.Estimated)
	wantNum(t, "as of then", one(t, m, today-3, "listings.suppressed_days", "US/A"), 1, fact.Estimated)
}

func TestInactiveWithStock(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.FactsFn = stocked(map[string]float64{"US/A": 40, "US/B": 0})
	h.DailyFn = sold(today - 7)
	own := offer("D", "Inactive")
	own.FBA, own.HasQuantity, own.Quantity = false, true, 5
	rows := []source.Listing{offer("A", "Inactive"), offer("B", "Inactive"), offer("C", "Inactive"), own, offer("E", "Active")}
	before := []source.Listing{offer("A", "Active"), offer("B", "Inactive"), offer("C", "Inactive"), own, offer("E", "Active")}
	h.Apply(t, m, offers(1, today-7, before...), offers(2, today, rows...), hidden(3, today), stray(4, today))
	for id, want := range map[string]bool{"US/A": true, "US/B": false, "US/C": false, "US/D": true, "US/E": false} {
		wantFlag(t, id, one(t, m, today, "listings.not_sellable", id), want, fact.Fresh)
		wantFlag(t, id, one(t, m, today, "listings.inactive", id), id != "US/E", fact.Fresh)
	}
	if v := one(t, m, today, "listings.daily_sales_at_stake", "US/A"); v.Money.Minor != 1000 || v.Maturity != fact.Fresh {
		t.Errorf("A was active a week ago: %+v", v)
	}
	if v := one(t, m, today, "listings.daily_sales_at_stake", "US/D"); v.Maturity != fact.Estimated || !strings.Contains(v.Note, "or earlier") {
		t.Errorf("D never was active: %+v", v)
	}
	wantNum(t, "inactive", one(t, m, today, "listings.inactive_count", "US"), 4, fact.Fresh)
	h.FactsFn = nil
	wantFlag(t, "stock not known", one(t, m, today, "listings.not_sellable", "US/A"), false, fact.Missing)
}

func TestRemovedOffer(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.Apply(t, m, offers(1, today-1, offer("A", "Active"), offer("B", "Active")), offers(2, today, offer("B", "Incomplete")))
	if v := one(t, m, today, "listings.status", "US/A"); v.Text != "Removed" || v.Note == "" {
		t.Errorf("A %+v", v)
	}
	if v := one(t, m, today, "listings.status", "US/B"); v.Text != "Incomplete" || v.AsOf != today || v.Source != "merchant_listings" {
		t.Errorf("B %+v", v)
	}
	if v := one(t, m, today-1, "listings.status", "US/A"); v.Text != "Active" {
		t.Errorf("A then %+v", v)
	}
	if v := one(t, m, today-9, "listings.status", "US/A"); v.Text != "Active" || v.Maturity != fact.Estimated || v.Note != "first known on "+(today-1).String() {
		t.Errorf("A before %+v", v)
	}
}
