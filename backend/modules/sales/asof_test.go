package sales_test

import (
	"strings"
	"testing"
	"time"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/source"
)

func TestZeroOnlyWhereCovered(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	d := day(t, "2026-11-20")
	h.Apply(t, m, orders(1, d+1, core.LastDays(d, 30), line("US", "A", d-29, 1, 3, 3000), line("US", "B", d, 2, 1, 100), line("DE", "C", d, 3, 1, 100)))
	asOf := d + 1
	wantNum(t, value(t, m, asOf, "sales.units_7d", "US/A"), 0, fact.Fresh)
	wantNum(t, value(t, m, asOf, "sales.units_28d", "US/A"), 0, fact.Fresh)
	v := value(t, m, asOf, "sales.units_90d", "US/A")
	wantMissing(t, v)
	if !strings.Contains(v.Note, "2026-08-23 to 2026-10-21") {
		t.Errorf("the note does not name the gap: %s", v.Note)
	}
	if v := value(t, m, asOf, "sales.units_7d", "DE/A"); v.Known() {
		t.Errorf("A is not sold in DE, got %+v", v)
	}
	wantMissing(t, value(t, m, d-40, "sales.units_7d", "US/A"))
}

func TestTheAsOfDayAndHalfDaysNeverCount(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	d := day(t, "2026-11-20")
	// Made at noon of d: d itself is not over.
	h.Apply(t, m, orders(1, d, core.LastDays(d, 60), line("US", "A", d-1, 1, 1, 100), line("US", "A", d, 2, 10, 1000)))
	v := value(t, m, d, "sales.units_7d", "US/A")
	wantNum(t, v, 1, fact.Fresh)
	if v.AsOf != d-1 {
		t.Errorf("data through %s, want %s", v.AsOf, d-1)
	}
	// Two days on, the half day is still unknown: the window ends before it and says so.
	v = value(t, m, d+2, "sales.units_7d", "US/A")
	wantNum(t, v, 1, fact.Fresh)
	if v.AsOf != d-1 {
		t.Errorf("data through %s, want %s", v.AsOf, d-1)
	}
	wantMissing(t, value(t, m, d+2, "sales.yesterday_sales", "US"))
	got := series(t, m, "sales.units", "US/A", core.LastDays(d+2, 4), d+3)
	if p := got["US/A"]; len(p) != 1 || p[d-1].Num != 1 {
		t.Errorf("series %+v", got)
	}
	wantNum(t, value(t, m, d+9, "sales.units_7d", "US/A"), 1, fact.Stale)
}

func TestSettling(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.Kinds["all_orders"] = source.Kind{Name: "all_orders", Title: "All orders", Settles: 72 * time.Hour, StaleAge: 10 * 24 * time.Hour}
	d := day(t, "2026-11-20")
	h.Apply(t, m, orders(1, d+1, core.LastDays(d, 60), line("US", "A", d, 1, 1, 100)))
	for later, want := range map[core.Day]fact.Maturity{1: fact.Settling, 3: fact.Settling, 4: fact.Fresh, 12: fact.Stale} {
		if v := value(t, m, d+later, "sales.units_7d", "US/A"); v.Maturity != want || v.AsOf != d {
			t.Errorf("%d days later: %s of %s, want %s", later, v.Maturity, v.AsOf, want)
		}
	}
}

func TestGapsBetweenDocuments(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		gap  core.Day
		want fact.Maturity
	}{"NoGap": {0, fact.Fresh}, "QuietDays": {3, fact.Estimated}, "MissingFile": {4, fact.Missing}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, h := start(t)
			d := day(t, "2026-11-20")
			h.Apply(t, m,
				orders(1, d+1, core.LastDays(d, 3), line("US", "A", d, 1, 1, 100)),
				orders(2, d+1, core.LastDays(d-3-c.gap, 30), line("US", "A", d-3-c.gap, 2, 1, 100)))
			if v := value(t, m, d+1, "sales.units_7d", "US/A"); v.Maturity != c.want {
				t.Errorf("got %s: %s", v.Maturity, v.Note)
			}
		})
	}
}

// Amazon restates: the past keeps what was known then, in facts, series and totals.
func TestRestatement(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	d := day(t, "2026-11-10")
	p := core.LastDays(d, 60)
	first := line("US", "A", d, 1, 1, 1000)
	h.Apply(t, m, orders(1, d+1, p, first))
	second := first
	second.Status, second.UpdatedAt = source.OrderCancelled, second.UpdatedAt+5
	late := line("US", "B", d, 2, 4, 400) // appears only three days later
	h.Apply(t, m, orders(2, d+4, core.LastDays(d+3, 60), second, late))
	for asOf, want := range map[core.Day][3]int64{d + 1: {1, 0, 1000}, d + 4: {0, 4, 400}, d + 5: {0, 4, 400}} {
		// As of a later day the window moves on: ask for 28 days, which hold d.
		wantNum(t, value(t, m, asOf, "sales.units_28d", "US/A"), float64(want[0]), fact.Fresh)
		wantNum(t, value(t, m, asOf, "sales.units_28d", "US/B"), float64(want[1]), fact.Fresh)
		wantMoney(t, value(t, m, asOf, "sales.market_sales_28d", "US"), want[2], "USD", fact.Fresh)
		got := series(t, m, "sales.units", "", core.Period{From: d, To: d}, asOf)
		if a, b := got["US/A"][d].Num, got["US/B"][d].Num; int64(a) != want[0] || int64(b) != want[1] {
			t.Errorf("as of %s: series %v and %v, want %v", asOf, a, b, want)
		}
		mkt := series(t, m, "sales.market_sales", "US", core.Period{From: d, To: d}, asOf)
		if got := mkt["US"][d].Money.Minor; got != want[2] {
			t.Errorf("as of %s: market series %d, want %d", asOf, got, want[2])
		}
	}
}

func TestHistoryImportedLaterIsAnEstimate(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	d := day(t, "2026-10-10")
	seen := day(t, "2026-11-20")
	h.Apply(t, m, orders(1, seen, core.LastDays(seen-1, 200), line("US", "A", d, 1, 2, 1000)))
	v := value(t, m, d+1, "sales.units_7d", "US/A")
	wantNum(t, v, 2, fact.Estimated)
	if v.Note != "first known on 2026-11-20" {
		t.Errorf("note %q", v.Note)
	}
	// What changed after it became known stays out: the earliest known state is used.
	again := line("US", "A", d, 1, 9, 9000)
	again.UpdatedAt += 5
	h.Apply(t, m, orders(2, seen+3, core.LastDays(seen+2, 200), again))
	wantNum(t, value(t, m, d+1, "sales.units_7d", "US/A"), 2, fact.Estimated)
	wantNum(t, value(t, m, seen, "sales.units_90d", "US/A"), 2, fact.Fresh)
	wantNum(t, value(t, m, seen+3, "sales.units_90d", "US/A"), 9, fact.Fresh)
}

// A file loaded on a Los Angeles evening is tomorrow's in Berlin, and still of today.
func TestWestAndEastShareTheAsOfDay(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	d := day(t, "2026-11-20")
	b := orders(1, d+1, core.LastDays(d, 60), line("US", "A", d, 1, 1, 100), line("DE", "A", d, 2, 1, 100))
	b.ObservedAt = time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC) // 21 November, 18:00 in Los Angeles
	h.Apply(t, m, b)
	wantNum(t, value(t, m, d+1, "sales.units_7d", "US/A"), 1, fact.Fresh)
	wantNum(t, value(t, m, d+1, "sales.units_7d", "DE/A"), 1, fact.Fresh)
}

// A file made late in the evening tells that day, as an estimate, until a later one is in.
func TestEveningFiles(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	d := day(t, "2026-11-20")
	b := orders(1, d, core.LastDays(d, 60), line("US", "A", d, 1, 1, 100))
	b.ObservedAt = time.Date(2026, 11, 21, 5, 30, 0, 0, time.UTC) // 21:30 in Los Angeles
	h.Apply(t, m, b)
	v := value(t, m, d+1, "sales.yesterday_sales", "US")
	wantMoney(t, v, 100, "USD", fact.Estimated)
	if v.Note != "the file with 2026-11-20 was made on that evening" {
		t.Errorf("note %q", v.Note)
	}
	h.Apply(t, m, orders(2, d+1, core.LastDays(d, 60), line("US", "A", d, 1, 1, 100), line("US", "A", d, 2, 1, 50)))
	wantMoney(t, value(t, m, d+1, "sales.yesterday_sales", "US"), 150, "USD", fact.Fresh)
}
