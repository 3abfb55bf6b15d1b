package inventory_test

import (
	"database/sql"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module"
	"purser/backend/core/source"
	"purser/backend/modules/inventory"
)

// apiPage is a page of the API, some hours after noon of a day: it names some SKUs and says nothing of the others.
func apiPage(doc int64, d core.Day, hours int, rows ...source.StockLevel) source.Batch {
	b := stock(doc, d, rows...)
	b.Kind, b.Snapshot = "api_inventory", false
	b.ObservedAt = b.ObservedAt.Add(time.Duration(hours) * time.Hour)
	return b
}

func onHand(t *testing.T, m fact.Provider, asOf core.Day) map[string]float64 {
	t.Helper()
	out := map[string]float64{}
	for id, v := range facts(t, m, fact.Query{AsOf: asOf, Names: []string{"inventory.on_hand"}})["inventory.on_hand"] {
		out[id] = v.Num
	}
	return out
}

func TestPageChangesOnlyWhatItNames(t *testing.T) {
	t.Parallel()
	report, update := stock(1, today-1, level("A", 3), level("B", 4), level("C", 5)), apiPage(2, today, 1, level("B", 9), level("D", 2))
	want := map[string]float64{"US/A": 3, "US/B": 9, "US/C": 5, "US/D": 2}
	for name, docs := range map[string][]source.Batch{"report first": {report, update}, "page first": {update, report}, "again": {update, report, update, report}} {
		m, h := start(t)
		h.Apply(t, m, docs...)
		if diff := cmp.Diff(want, onHand(t, m, today)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		// What was carried is as of its own day, and leads back to the report.
		if a, b := one(t, m, today, "inventory.on_hand", "US/A"), one(t, m, today, "inventory.on_hand", "US/B"); a.AsOf != today-1 || b.AsOf != today {
			t.Errorf("%s: as of %s and %s", name, a.AsOf, b.AsOf)
		}
		rows, err := m.Rows(t.Context(), fact.RowsQuery{Name: "inventory.on_hand", Subject: "US/A", AsOf: today})
		if err != nil || len(rows.Rows) != 1 || rows.Rows[0].Document != 1 || rows.Rows[0].Line != 2 {
			t.Errorf("%s: rows %+v, %v", name, rows, err)
		}
		// A start in between forgets nothing.
		again := inventory.New()
		if err := again.Init(t.Context(), h); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, onHand(t, again, today)); diff != "" {
			t.Errorf("%s, after a start: %s", name, diff)
		}
		if got := onHand(t, m, today-1); got["US/B"] != 4 || len(got) != 3 {
			t.Errorf("%s: the day before %v", name, got)
		}
	}
}

func TestPageInTheDayOfAReport(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.Apply(t, m, stock(1, today, level("A", 3), level("B", 4)))
	if got := h.Apply(t, m, apiPage(2, today, 1, level("B", 7))); got != (module.Applied{Stored: 1}) {
		t.Errorf("later %+v", got)
	}
	if got := h.Apply(t, m, apiPage(3, today, -1, level("A", 1), level("B", 1))); got != (module.Applied{Older: 2}) {
		t.Errorf("earlier %+v", got)
	}
	if got := h.Apply(t, m, apiPage(4, today, 2, level("B", 7))); got != (module.Applied{Unchanged: 1}) {
		t.Errorf("the same %+v", got)
	}
	if diff := cmp.Diff(map[string]float64{"US/A": 3, "US/B": 7}, onHand(t, m, today)); diff != "" {
		t.Error(diff)
	}
	// Of equal moments the report counts, and what a report does not name is gone.
	report := stock(5, today, level("A", 2))
	report.ObservedAt = noon(today).Add(2 * time.Hour)
	h.Apply(t, m, report)
	if got := onHand(t, m, today); got["US/A"] != 2 || got["US/B"] != 0 {
		t.Errorf("%v", got)
	}
	h.Apply(t, m, apiPage(6, today, 2, level("A", 8)))
	wantNum(t, "A", one(t, m, today, "inventory.on_hand", "US/A"), 2, fact.Fresh)
}

func TestWhatPagesDoNotRepeatGrowsStale(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.Apply(t, m, stock(1, today-9, level("A", 3), level("B", 4)), apiPage(2, today, 1, level("B", 7)))
	wantNum(t, "A", one(t, m, today, "inventory.on_hand", "US/A"), 3, fact.Stale)
	wantNum(t, "B", one(t, m, today, "inventory.on_hand", "US/B"), 7, fact.Fresh)
}

// newest works out the stock of the last day the plain way: reports and pages by time, each doing what it says.
func newest(docs []source.Batch) map[string]float64 {
	sorted := slices.Clone(docs)
	slices.SortStableFunc(sorted, func(a, b source.Batch) int { return a.ObservedAt.Compare(b.ObservedAt) })
	out := map[string]float64{}
	for _, b := range sorted {
		if b.Snapshot {
			for sku := range out {
				out[sku] = 0
			}
		}
		for _, l := range b.Rows.([]source.StockLevel) {
			out["US/"+string(l.SKU)] = float64(l.Fulfillable)
		}
	}
	maps.DeleteFunc(out, func(_ string, n float64) bool { return n == 0 })
	return out
}

// Reports and pages in any order, and again, give what they say one after the other.
func TestPagesAndReportsInAnyOrder(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	read := func(r *rapid.T, docs []source.Batch) (string, map[string]float64) {
		if err := h.Write(t.Context(), func(tx *sql.Tx) error { return m.Forget(t.Context(), tx) }); err != nil {
			r.Fatal(err)
		}
		h.Apply(t, m, docs...)
		got := onHand(t, m, today)
		maps.DeleteFunc(got, func(_ string, n float64) bool { return n == 0 })
		return table(t, h, `SELECT 'level', day, sku, on_hand, document_id FROM inventory_level
			UNION ALL SELECT 'change', day, sku, in_stock, 0 FROM inventory_change ORDER BY 1, 2, 3`), got
	}
	rapid.Check(t, func(r *rapid.T) {
		var docs []source.Batch
		for i := range rapid.IntRange(1, 8).Draw(r, "docs") {
			var rows []source.StockLevel
			for _, sku := range []string{"A", "B", "C", "D"} {
				if n := rapid.IntRange(-2, 3).Draw(r, "units"); n >= 0 {
					rows = append(rows, level(sku, int32(n)))
				}
			}
			b := apiPage(int64(i+1), today-core.Day(rapid.IntRange(0, 3).Draw(r, "ago")), 0, rows...)
			b.Snapshot = rapid.Bool().Draw(r, "report")
			b.ObservedAt = b.ObservedAt.Add(time.Duration(rapid.IntRange(-120, 120).Draw(r, "at"))*time.Minute + time.Duration(i)*time.Second)
			docs = append(docs, b)
		}
		shuffled := rapid.Permutation(docs).Draw(r, "order")
		shuffled = append(shuffled, rapid.Permutation(docs).Draw(r, "again")[:rapid.IntRange(0, len(docs)).Draw(r, "repeats")]...)
		a, want := read(r, docs)
		b, got := read(r, shuffled)
		if a != b {
			r.Fatalf("in order:\n%s\nshuffled:\n%s", a, b)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			r.Fatal("shuffled: ", diff)
		}
		if diff := cmp.Diff(newest(docs), got); diff != "" {
			r.Fatal("stock: ", diff)
		}
	})
}
