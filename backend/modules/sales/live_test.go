package sales_test

import (
	"database/sql"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module"
	"purser/backend/core/source"
)

// livePage is the last page of a window of the Finances API, observed at noon of a day.
func livePage(doc int64, observed core.Day, covers core.Period, rows ...source.Transaction) source.Batch {
	b := batch(source.TransactionsByAPI, doc, observed, true, rows...)
	if b.Covers = (source.Coverage{Marketplace: "US", Period: covers}); covers.Days() == 0 {
		b.Covers = source.Coverage{None: true}
	}
	return b
}

// told is one record of a refund as the API tells it.
func told(id string, part int32, sku string, d core.Day, minor int64) source.Transaction {
	r := refunded("", "o-"+id, sku, d, -minor, 1)
	r.ID, r.Part, r.Row = id, part, part+1
	return r
}

// sold makes SKU A known to the module.
func sold(d core.Day) source.Batch {
	return orders(99, d+1, core.LastDays(d, 120), line("US", "A", d, 1, 1, 100))
}

func TestLiveTransactionsFillDaysWithoutFiles(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	d := day(t, "2026-11-20")
	asOf := d + 1
	h.Apply(t, m, sold(d), livePage(1, asOf, core.LastDays(d, 10), told("T1", 0, "A", d-1, 500), told("T1", 1, "A", d-1, 70), told("T2", 0, "A", d-5, 300)))
	v := value(t, m, asOf, "sales.refunds_7d", "US/A")
	wantMoney(t, v, 870, "USD", fact.Fresh)
	if v.Source != "api_transactions" {
		t.Errorf("source %q", v.Source)
	}
	rows, err := m.Rows(t.Context(), fact.RowsQuery{Name: "sales.refunds_7d", Subject: "US/A", AsOf: asOf})
	if err != nil || rows.Total != 3 {
		t.Fatalf("%d rows, %v", rows.Total, err)
	}

	// The settlement comes and covers the days to d-2: it tells them alone, and says less of one and another of the other.
	h.Apply(t, m, batch(source.Settlements, 2, asOf+1, true,
		settled("S1", "Refund", "o-T2", "A", "ItemPrice", "Principal", d-5, -250, d-40, d-1, 2)))
	wantMoney(t, value(t, m, asOf+1, "sales.refunds_7d", "US/A"), 820, "USD", fact.Fresh)
	wantMoney(t, value(t, m, asOf, "sales.refunds_7d", "US/A"), 870, "USD", fact.Fresh) // as known then

	// A date-range report covers the rest.
	h.Apply(t, m, batch(source.Transactions, 3, asOf+1, true, refunded("S2", "o-T1", "A", d-1, -600, 9), refunded("S2", "o-T9", "A", d, 0, 10)))
	v = value(t, m, asOf+1, "sales.refunds_7d", "US/A")
	wantMoney(t, v, 850, "USD", fact.Fresh)
	if v.Source != "settlement" {
		t.Errorf("source %q", v.Source)
	}
}

func TestPagesThatCoverNothingMakeNoDayKnown(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	d := day(t, "2026-11-20")
	h.Apply(t, m, sold(d), livePage(1, d+1, core.Period{}, told("T1", 0, "A", d-30, 500), told("T2", 0, "A", d, 500)))
	wantMissing(t, value(t, m, d+1, "sales.refunds_7d", "US/A"))
	h.Apply(t, m, livePage(2, d+1, core.LastDays(d, 7)))
	wantMoney(t, value(t, m, d+1, "sales.refunds_7d", "US/A"), 500, "USD", fact.Fresh)
}

func TestTransactionIsKeptByItsID(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	d := day(t, "2026-11-20")
	whole := core.LastDays(d, 10)
	first := livePage(1, d+1, whole, told("T1", 0, "A", d, 500), told("T1", 1, "A", d, 70))
	h.Apply(t, m, sold(d))
	if got := h.Apply(t, m, first); got != (module.Applied{Stored: 2}) {
		t.Errorf("first %+v", got)
	}
	again := first
	again.DocumentID, again.ObservedAt = 2, noon(d+2)
	if got := h.Apply(t, m, again); got != (module.Applied{Unchanged: 2}) {
		t.Errorf("again %+v", got)
	}
	// Restated as one record: the second part is gone. Equal ones without an id are two.
	restated := livePage(3, d+4, whole, told("T1", 0, "A", d, 560), told("", 0, "A", d, 5), told("", 0, "A", d, 5))
	if got := h.Apply(t, m, restated); got != (module.Applied{Stored: 3}) {
		t.Errorf("restated %+v", got)
	}
	wantMoney(t, value(t, m, d+4, "sales.refunds_7d", "US/A"), 570, "USD", fact.Fresh)
	wantMoney(t, value(t, m, d+2, "sales.refunds_7d", "US/A"), 570, "USD", fact.Fresh)
	older := livePage(4, d+3, whole, told("T1", 0, "A", d, 555))
	if got := h.Apply(t, m, older); got != (module.Applied{Older: 1}) {
		t.Errorf("older %+v", got)
	}
	wantMoney(t, value(t, m, d+4, "sales.refunds_7d", "US/A"), 570, "USD", fact.Fresh)
	wantMoney(t, value(t, m, d+3, "sales.market_refunds_7d", "US"), 555, "USD", fact.Fresh)
}

// money draws settlements, a date-range report and pages of the API that tell the same refunds of thirty days.
func money(rt *rapid.T, d core.Day) []source.Batch {
	var out []source.Batch
	type fund struct {
		id    string
		day   core.Day
		minor int64
	}
	var all []fund
	for i := range rapid.IntRange(1, 15).Draw(rt, "refunds") {
		all = append(all, fund{fmt.Sprint("T", i), d - core.Day(rapid.IntRange(0, 29).Draw(rt, "ago")), int64(rapid.IntRange(1, 999).Draw(rt, "minor"))})
	}
	doc := int64(0)
	next := func() int64 { doc++; return doc }
	end := d + 1
	for range rapid.IntRange(0, 2).Draw(rt, "settlements") {
		end -= core.Day(rapid.IntRange(0, 15).Draw(rt, "later"))
		id, from := fmt.Sprint("S", doc), end-core.Day(rapid.IntRange(2, 14).Draw(rt, "length"))
		rows := []source.SettlementLine{settled(id, "Order", "x", "A", "ItemPrice", "Principal", from, 1, from, end, 2)}
		for _, r := range all {
			if r.day >= from && r.day < end {
				rows = append(rows, settled(id, "Refund", "o-"+r.id, "A", "ItemPrice", "Principal", r.day, -r.minor, from, end, int32(len(rows)+2)))
			}
		}
		out, end = append(out, batch(source.Settlements, next(), d+1, true, rows...)), from
	}
	if rapid.Bool().Draw(rt, "report") {
		to := d - core.Day(rapid.IntRange(0, 20).Draw(rt, "to"))
		from := to - core.Day(rapid.IntRange(0, 9).Draw(rt, "days"))
		rows := []source.Transaction{refunded("", "o-a", "A", from, 0, 1), refunded("", "o-b", "A", to, 0, 2)}
		for _, r := range all {
			if r.day >= from && r.day <= to {
				rows = append(rows, refunded("", "o-"+r.id, "A", r.day, -r.minor, int32(len(rows)+1)))
			}
		}
		out = append(out, batch(source.Transactions, next(), d+1, true, rows...))
	}
	for i := range rapid.IntRange(1, 4).Draw(rt, "windows") {
		p := core.LastDays(d-core.Day(rapid.IntRange(0, 20).Draw(rt, "until")), rapid.IntRange(1, 29).Draw(rt, "window"))
		var in []source.Transaction
		for _, r := range all {
			if p.Contains(r.day) {
				in = append(in, told(r.id, 0, "A", r.day, r.minor))
			}
		}
		cut := rapid.IntRange(0, len(in)).Draw(rt, "page")
		page, last := livePage(next(), d+1, core.Period{}, in[:cut]...), livePage(next(), d+1, p, in[cut:]...)
		page.ObservedAt = page.ObservedAt.Add(time.Duration(i) * time.Minute)
		last.ObservedAt = page.ObservedAt
		out = append(out, page, last)
	}
	return out
}

// refundedByDay is what documents say was refunded, each refund once.
func refundedByDay(docs []source.Batch) map[core.Day]int64 {
	out, seen := map[core.Day]int64{}, map[string]bool{}
	add := func(order string, d core.Day, minor int64) {
		if !seen[order] {
			seen[order], out[d] = true, out[d]+minor
		}
	}
	for _, b := range docs {
		switch rows := b.Rows.(type) {
		case []source.Transaction:
			for _, r := range rows {
				add(r.OrderID, r.Day, -r.ProductSales)
			}
		case []source.SettlementLine:
			for _, r := range rows {
				if r.TransactionType == "Refund" {
					add(r.OrderID, r.Day, -r.Amount)
				}
			}
		}
	}
	return out
}

// Settlements, date-range reports and pages give the same days and refunds in whatever order they come, and again; no
// day has more than was refunded on it.
func TestMoneyIsTheSameInAnyOrder(t *testing.T) {
	t.Parallel()
	d := day(t, "2026-11-20")
	m, h := start(t)
	rapid.Check(t, func(rt *rapid.T) {
		docs := money(rt, d)
		shuffled := rapid.Permutation(docs).Draw(rt, "order")
		shuffled = append(shuffled, rapid.Permutation(docs).Draw(rt, "again")[:rapid.IntRange(0, len(docs)).Draw(rt, "repeats")]...)
		read := func(in []source.Batch) map[core.Day]fact.Point {
			if err := h.Write(t.Context(), func(tx *sql.Tx) error { return m.Forget(t.Context(), tx) }); err != nil {
				rt.Fatal(err)
			}
			h.Apply(t, m, sold(d))
			h.Apply(t, m, in...)
			return series(t, m, "sales.refunds", "US/A", core.LastDays(d, 60), d+1)["US/A"]
		}
		got, want := read(shuffled), read(docs)
		if diff := cmp.Diff(want, got); diff != "" {
			rt.Fatal(diff)
		}
		truth := refundedByDay(docs)
		for at, p := range got {
			if p.Money.Minor != truth[at] && p.Maturity == fact.Fresh {
				rt.Fatalf("%s: %d refunded, %d counted", at, truth[at], p.Money.Minor)
			}
			if p.Money.Minor > truth[at] {
				rt.Fatalf("%s: %d refunded, %d counted: doubled", at, truth[at], p.Money.Minor)
			}
		}
	})
}
