package listings_test

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
	"purser/backend/modules/listings"
)

// paged makes a page of an API of a report, some hours after noon: it names some listings and says nothing of the others.
func paged(b source.Batch, hours int) source.Batch {
	b.Kind, b.Snapshot = "api_listings", false
	b.ObservedAt = b.ObservedAt.Add(time.Duration(hours) * time.Hour)
	return b
}

func statuses(t *testing.T, m *listings.Module, asOf core.Day) map[string]string {
	t.Helper()
	out := map[string]string{}
	for id, v := range values(t, m, asOf, "listings.status") {
		out[id] = v.Text
	}
	return out
}

func TestPageChangesOnlyWhatItNames(t *testing.T) {
	t.Parallel()
	report := offers(1, today-1, offer("A", "Active"), offer("B", "Active"), offer("C", "Inactive"))
	trouble := hidden(2, today-1, source.Suppressed{SKU: "C", Reason: "x"})
	update := paged(offers(3, today, offer("B", "Inactive"), offer("D", "Active")), 1)
	issues := paged(hidden(3, today, source.Suppressed{SKU: "B", Reason: "y"}), 1)
	want := map[string]string{"US/A": "Active", "US/B": "Inactive", "US/C": "Inactive", "US/D": "Active"}
	for name, docs := range map[string][]source.Batch{
		"reports first": {report, trouble, update, issues}, "pages first": {update, issues, trouble, report},
		"again": {update, report, issues, trouble, update, report, issues, trouble},
	} {
		m, h := start(t)
		h.Apply(t, m, docs...)
		again := listings.New()
		if err := again.Init(t.Context(), h); err != nil {
			t.Fatal(err)
		}
		for _, m := range []*listings.Module{m, again} {
			if diff := cmp.Diff(want, statuses(t, m, today)); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
			for sku, is := range map[string]bool{"US/A": false, "US/B": true, "US/C": true} {
				if v := one(t, m, today, "listings.suppressed", sku); !v.Known() || v.Flag != is {
					t.Errorf("%s: %s suppressed %+v", name, sku, v)
				}
			}
			a, b := one(t, m, today, "listings.status", "US/A"), one(t, m, today, "listings.status", "US/B")
			if a.AsOf != today-1 || b.AsOf != today || a.Maturity != fact.Fresh {
				t.Errorf("%s: as of %s and %s", name, a.AsOf, b.AsOf)
			}
		}
		if got := statuses(t, m, today-1); got["US/B"] != "Active" || got["US/D"] != "Removed" {
			t.Errorf("%s: the day before %v", name, got)
		}
	}
}

func TestPageInTheDayOfAReport(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.Apply(t, m, offers(1, today, offer("A", "Active"), offer("B", "Active")))
	if got := h.Apply(t, m, paged(offers(2, today, offer("B", "Inactive")), 1)); got != (module.Applied{Stored: 1}) {
		t.Errorf("later %+v", got)
	}
	if got := h.Apply(t, m, paged(offers(3, today, offer("A", "Inactive"), offer("B", "Active")), -1)); got != (module.Applied{Older: 2}) {
		t.Errorf("earlier %+v", got)
	}
	if got := h.Apply(t, m, paged(offers(4, today, offer("B", "Inactive")), 2)); got != (module.Applied{Unchanged: 1}) {
		t.Errorf("the same %+v", got)
	}
	if diff := cmp.Diff(map[string]string{"US/A": "Active", "US/B": "Inactive"}, statuses(t, m, today)); diff != "" {
		t.Error(diff)
	}
	report := offers(5, today, offer("A", "Inactive"))
	report.ObservedAt = report.ObservedAt.Add(2 * time.Hour)
	h.Apply(t, m, report, paged(offers(6, today, offer("A", "Active")), 2)) // of equal moments the report counts
	if got := statuses(t, m, today); got["US/A"] != "Inactive" || got["US/B"] == "Active" || got["US/B"] == "Inactive" {
		t.Errorf("%v", got)
	}
	// A page without a row is no report of none.
	h.Apply(t, m, paged(hidden(7, today), 3))
	if v := one(t, m, today, "listings.suppressed", "US/A"); v.Maturity != fact.Missing {
		t.Errorf("%+v", v)
	}
}

// spoken works out the offers of the last day the plain way: reports and pages by time, each doing what it says.
func spoken(docs []source.Batch) map[string]string {
	sorted := slices.Clone(docs)
	slices.SortStableFunc(sorted, func(a, b source.Batch) int { return a.ObservedAt.Compare(b.ObservedAt) })
	out := map[string]string{}
	for _, b := range sorted {
		if b.Snapshot {
			clear(out)
		}
		for _, l := range b.Rows.([]source.Listing) {
			out["US/"+string(l.SKU)] = l.Status
		}
	}
	return out
}

// Reports and pages in any order, and again, give what they say one after the other.
func TestPagesAndReportsInAnyOrder(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	read := func(r *rapid.T, docs []source.Batch) map[string]string {
		if err := h.Write(t.Context(), func(tx *sql.Tx) error { return m.Forget(t.Context(), tx) }); err != nil {
			r.Fatal(err)
		}
		h.Apply(t, m, docs...)
		got := statuses(t, m, today)
		maps.DeleteFunc(got, func(_, s string) bool { return s == "Removed" })
		return got
	}
	rapid.Check(t, func(r *rapid.T) {
		var docs []source.Batch
		for i := range rapid.IntRange(1, 8).Draw(r, "docs") {
			var rows []source.Listing
			for _, sku := range []string{"A", "B", "C", "D"} {
				if s := rapid.SampledFrom([]string{"", "Active", "Inactive"}).Draw(r, "status"); s != "" {
					rows = append(rows, offer(sku, s))
				}
			}
			b := paged(offers(int64(i+1), today-core.Day(rapid.IntRange(0, 3).Draw(r, "ago")), rows...), 0)
			b.Snapshot = rapid.Bool().Draw(r, "report")
			b.ObservedAt = b.ObservedAt.Add(time.Duration(rapid.IntRange(-120, 120).Draw(r, "at"))*time.Minute + time.Duration(i)*time.Second)
			docs = append(docs, b)
		}
		shuffled := rapid.Permutation(docs).Draw(r, "order")
		shuffled = append(shuffled, rapid.Permutation(docs).Draw(r, "again")[:rapid.IntRange(0, len(docs)).Draw(r, "repeats")]...)
		if diff := cmp.Diff(spoken(docs), read(r, docs)); diff != "" {
			r.Fatal("in order: ", diff)
		}
		if diff := cmp.Diff(spoken(docs), read(r, shuffled)); diff != "" {
			r.Fatal("shuffled: ", diff)
		}
	})
}
