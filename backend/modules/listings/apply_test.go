package listings_test

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module"
	"purser/backend/core/source"
)

func TestImportingTwiceAndOlder(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	docs := []source.Batch{
		offers(1, today, offer("A", "Active"), offer("B", "Inactive")),
		hidden(2, today, source.Suppressed{SKU: "A", Reason: "x"}, source.Suppressed{SKU: "A", Reason: "y"}),
		stray(3, today, source.StrandedItem{SKU: "B", FNSKU: "X", Fulfillable: 2}),
	}
	if got, want := h.Apply(t, m, docs...), (module.Applied{Stored: 5}); got != want {
		t.Errorf("first: %+v", got)
	}
	for i := range docs {
		docs[i].DocumentID += 10
	}
	if got, want := h.Apply(t, m, docs...), (module.Applied{Unchanged: 5}); got != want {
		t.Errorf("second: %+v", got)
	}
	older := offers(20, today, offer("A", "Inactive"))
	older.ObservedAt = older.ObservedAt.Add(-time.Hour)
	if got, want := h.Apply(t, m, older), (module.Applied{Older: 1}); got != want {
		t.Errorf("older: %+v", got)
	}
	if v := one(t, m, today, "listings.status", "US/A"); v.Text != "Active" {
		t.Errorf("status %+v", v)
	}
}

func TestEmptyReportOfManyMarketplacesIsRefused(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.Apply(t, m, stray(1, today, source.StrandedItem{Marketplace: "US", SKU: "A"}, source.StrandedItem{Marketplace: "DE", SKU: "A"}))
	b := stray(2, today)
	b.Marketplace = ""
	err := h.Write(t.Context(), func(tx *sql.Tx) error {
		_, err := m.Apply(t.Context(), tx, b)
		return err
	})
	if e := core.AsError(err); e == nil || e.Code != core.CodeInvalid || e.Hint == "" {
		t.Errorf("got %v", err)
	}
}

func TestReportInSeveralBatches(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.Apply(t, m, offers(1, today, offer("A", "Active"), offer("B", "Active"), offer("C", "Active")))
	first, second, last := offers(2, today, offer("A", "Active")), offers(2, today, offer("C", "Inactive")), offers(2, today)
	for _, b := range []*source.Batch{&first, &second, &last} {
		b.ObservedAt = b.ObservedAt.Add(time.Hour)
		b.Marketplace = ""
	}
	for _, b := range []source.Batch{first, second} {
		for i := range b.Rows.([]source.Listing) {
			b.Rows.([]source.Listing)[i].Marketplace = "US"
		}
	}
	first.Last, second.Last = false, false
	h.Apply(t, m, first, second, last)
	got := map[string]string{}
	for id, v := range values(t, m, today, "listings.status") {
		got[id] = v.Text
	}
	if d := cmp.Diff(map[string]string{"US/A": "Active", "US/B": "Removed", "US/C": "Inactive"}, got); d != "" {
		t.Error(d)
	}
}

func TestCatalogKeepsTheNewestWords(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.Apply(t, m, offers(1, today, offer("A", "Active")))
	old := offer("A", "Active")
	old.Title, old.Price = "Old title", 1
	h.Apply(t, m, offers(2, today-30, old))
	want := []module.Item{{Marketplace: "US", SKU: "A", ASIN: "B0A", Title: "Item A", Price: core.Money{Minor: 2499, Currency: "USD"}}}
	if d := cmp.Diff(want, h.Items); d != "" {
		t.Error(d)
	}
}

func export(t *testing.T, m module.Exporter, i int) [][]any {
	t.Helper()
	var rows [][]any
	e := m.Exports()[i]
	err := e.Rows(t.Context(), core.LastDays(today, 30), func(r []any) error {
		if len(r) != len(e.Columns) {
			t.Errorf("%d values for %d columns", len(r), len(e.Columns))
		}
		rows = append(rows, r)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestExportsStampsForget(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.Apply(t, m,
		offers(1, today-1, offer("A", "Active")), offers(2, today, offer("A", "Active")),
		hidden(3, today, source.Suppressed{SKU: "A", Reason: "x", Issue: "why", ChangedDay: today - 3}),
		stray(4, today, source.StrandedItem{SKU: "B", FNSKU: "X", Reason: "closed", Message: "m", Fulfillable: 2, RemovalDay: today + 5}))
	want := [][]any{
		{(today - 1).String(), "US", "A", "Active", nil, nil, int64(2499), "USD"},
		{today.String(), "US", "A", "Active", int64(1), int64(0), int64(2499), "USD"},
	}
	if d := cmp.Diff(want, export(t, m, 0)); d != "" {
		t.Error(d)
	}
	want = [][]any{
		{today.String(), "US", "A", "suppressed", "x", "why", (today - 3).String(), nil, nil},
		{today.String(), "US", "B", "stranded", "closed", "m", nil, int64(2), (today + 5).String()},
	}
	if d := cmp.Diff(want, export(t, m, 1)); d != "" {
		t.Error(d)
	}
	stamps, err := m.Stamps(t.Context())
	if err != nil || len(stamps) != 3 || stamps[0].Kind != "merchant_listings" || stamps[0].Through != today {
		t.Errorf("stamps %v, %v", stamps, err)
	}
	if err := h.Write(t.Context(), func(tx *sql.Tx) error { return m.Forget(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
	if rows := append(export(t, m, 0), export(t, m, 1)...); len(rows) != 0 {
		t.Errorf("left %v", rows)
	}
}

// Whatever the order in which reports are imported, the newest of each day wins.
func TestOrderOfImportDoesNotMatter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		var docs []source.Batch
		for i := range rapid.IntRange(1, 6).Draw(r, "docs") {
			ago := core.Day(rapid.IntRange(0, 2).Draw(r, "ago"))
			var rows []source.StrandedItem
			for _, sku := range []core.SKU{"A", "B"} {
				if n := rapid.IntRange(-1, 3).Draw(r, "units"); n >= 0 {
					rows = append(rows, source.StrandedItem{SKU: sku, FNSKU: "X", Fulfillable: int32(n)})
				}
			}
			b := stray(int64(i+1), today-ago, rows...)
			b.ObservedAt = b.ObservedAt.Add(time.Duration(i) * time.Minute)
			docs = append(docs, b)
		}
		if a, b := dump(t, docs), dump(t, rapid.Permutation(docs).Draw(r, "order")); a != b {
			r.Fatalf("in order:\n%s\nshuffled:\n%s", a, b)
		}
	})
}

func dump(t *testing.T, docs []source.Batch) string {
	t.Helper()
	m, h := start(t)
	defer func() { _ = h.File.Close() }()
	for _, b := range docs {
		h.Apply(t, m, b)
	}
	var out strings.Builder
	for _, r := range export(t, m, 1) {
		_, _ = fmt.Fprintln(&out, r...)
	}
	series, err := m.Daily(t.Context(), "listings.stranded_count", "", core.LastDays(today, 9), today)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = fmt.Fprintln(&out, series)
	return out.String()
}

// BenchmarkFacts answers every fact of 2 000 SKUs: 30 daily reports, 40 hidden, 40 stranded, 400 inactive offers.
func BenchmarkFacts(b *testing.B) {
	m, h := start(b)
	const skus = 2000
	units := map[string]float64{}
	for ago := core.Day(30); ago >= 0; ago-- {
		var (
			rows []source.Listing
			dark []source.Suppressed
			lost []source.StrandedItem
		)
		for i := range skus {
			sku := fmt.Sprintf("SKU-%04d", i)
			status := "Active"
			if i%5 == 0 {
				status = "Inactive"
			}
			rows = append(rows, offer(sku, status))
			units["US/"+sku] = float64(i % 10)
			switch i % 50 {
			case 1:
				dark = append(dark, source.Suppressed{SKU: core.SKU(sku), Reason: "x"})
			case 2:
				lost = append(lost, source.StrandedItem{SKU: core.SKU(sku), FNSKU: "X", Fulfillable: 3})
			}
		}
		h.Items = nil // the fake catalog is a list; it is not what is measured
		h.Apply(b, m, offers(1+int64(ago), today-ago, rows...), hidden(100+int64(ago), today-ago, dark...), stray(200+int64(ago), today-ago, lost...))
	}
	h.FactsFn, h.DailyFn = stocked(units), sold(today)
	b.ResetTimer()
	for b.Loop() {
		if _, err := m.Facts(b.Context(), fact.Query{AsOf: today}); err != nil {
			b.Fatal(err)
		}
	}
}
