package inventory_test

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
	"purser/backend/core/module/moduletest"
	"purser/backend/core/source"
)

func TestSameFileTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	b := stock(1, today, level("A", 3), level("B", 4))
	if got, want := h.Apply(t, m, b), (module.Applied{Stored: 2}); got != want {
		t.Errorf("first: %+v", got)
	}
	b.DocumentID = 2
	if got, want := h.Apply(t, m, b), (module.Applied{Unchanged: 2}); got != want {
		t.Errorf("second: %+v", got)
	}
	wantNum(t, "A", one(t, m, today, "inventory.on_hand", "US/A"), 3, fact.Fresh)
	older := stock(3, today, level("A", 9))
	older.ObservedAt = b.ObservedAt.Add(-time.Hour)
	if got, want := h.Apply(t, m, older), (module.Applied{Older: 1}); got != want {
		t.Errorf("older: %+v", got)
	}
	wantNum(t, "A", one(t, m, today, "inventory.on_hand", "US/A"), 3, fact.Fresh)
}

func TestNewerSnapshotInSeveralBatchesReplacesTheDay(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.Apply(t, m, stock(1, today, level("A", 3), level("B", 4), level("C", 5)))
	first, second := stock(2, today, level("A", 3)), stock(2, today, level("C", 6))
	first.ObservedAt = first.ObservedAt.Add(time.Hour)
	second.ObservedAt = first.ObservedAt
	first.Last = false
	got := h.Apply(t, m, first, second)
	if want := (module.Applied{Stored: 1, Unchanged: 1}); got != want {
		t.Errorf("got %+v", got)
	}
	values := facts(t, m, fact.Query{AsOf: today, Names: []string{"inventory.on_hand"}})["inventory.on_hand"]
	units := map[string]float64{}
	for id, v := range values {
		units[id] = v.Num
	}
	if d := cmp.Diff(map[string]float64{"US/A": 3, "US/C": 6}, units); d != "" {
		t.Error(d)
	}
}

func TestOneMarketplaceLeavesTheOthers(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	de := level("A", 7)
	de.Marketplace = "DE"
	h.Apply(t, m, stock(1, today, level("A", 3), de))
	h.Apply(t, m, stock(2, today+1, level("A", 4)))
	wantNum(t, "US", one(t, m, today+1, "inventory.on_hand", "US/A"), 4, fact.Fresh)
	wantNum(t, "DE", one(t, m, today+1, "inventory.on_hand", "DE/A"), 7, fact.Fresh)
}

func TestRowWithoutMarketplaceIsRefused(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	b := stock(1, today, level("A", 3))
	b.Marketplace = ""
	b.Rows.([]source.StockLevel)[0].Marketplace = ""
	err := h.Write(t.Context(), func(tx *sql.Tx) error {
		_, err := m.Apply(t.Context(), tx, b)
		return err
	})
	if e := core.AsError(err); e == nil || e.Code != core.CodeInvalid || e.Hint == "" {
		t.Errorf("got %v", err)
	}
}

func TestCatalogKeepsTheNewestWords(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.Apply(t, m, stock(1, today, level("A", 3)))
	old := level("A", 3)
	old.Title, old.Price = "Old title", 1
	h.Apply(t, m, stock(2, today-30, old, level("B", 1)))
	want := []module.Item{
		{Marketplace: "US", SKU: "A", ASIN: "B0A", Title: "Item A", Price: core.Money{Minor: 1999, Currency: "USD"}},
		{Marketplace: "US", SKU: "B"},
	}
	if d := cmp.Diff(want, h.Items); d != "" {
		t.Error(d)
	}
}

func TestForgetAndDailyAndExports(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.Apply(t, m, stock(1, today-2, level("A", 3), level("B", 1)), stock(2, today-1, level("B", 2)), stock(3, today, level("A", 5), level("B", 2)))
	series, err := m.Daily(t.Context(), "inventory.on_hand", "US/A", core.LastDays(today, 5), today)
	if err != nil {
		t.Fatal(err)
	}
	want := []fact.Series{{Name: "inventory.on_hand", Subject: "US/A", Unit: "units", Points: []fact.Point{
		{Day: today - 2, Num: 3, Maturity: fact.Fresh}, {Day: today - 1, Maturity: fact.Fresh}, {Day: today, Num: 5, Maturity: fact.Fresh},
	}}}
	if d := cmp.Diff(want, series); d != "" {
		t.Error(d)
	}
	var rows [][]any
	export := m.Exports()[0]
	err = export.Rows(t.Context(), core.LastDays(today-1, 2), func(r []any) error { rows = append(rows, r); return nil })
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 3 || len(rows[0]) != len(export.Columns) || rows[0][0] != (today-2).String() || rows[2][3] != int64(2) {
		t.Errorf("exported %v", rows)
	}
	stamps, err := m.Stamps(t.Context())
	if err != nil || len(stamps) != 1 || stamps[0].Through != today {
		t.Errorf("stamps %v, %v", stamps, err)
	}
	if err := h.Write(t.Context(), func(tx *sql.Tx) error { return m.Forget(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
	if left := facts(t, m, fact.Query{AsOf: today}); len(left["inventory.on_hand"]) != 0 {
		t.Errorf("left %v", left)
	}
}

// Whatever the order in which reports are imported, the newest of each day wins, and the
// roll-up of stock changes is the same.
func TestOrderOfImportDoesNotMatter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		var docs []source.Batch
		for i := range rapid.IntRange(1, 7).Draw(r, "docs") {
			var rows []source.StockLevel
			for _, sku := range []string{"A", "B", "C"} {
				if n := rapid.IntRange(-1, 2).Draw(r, "units"); n >= 0 {
					rows = append(rows, level(sku, int32(n)))
				}
			}
			b := stock(int64(i+1), today-core.Day(rapid.IntRange(0, 3).Draw(r, "ago")), rows...)
			b.ObservedAt = b.ObservedAt.Add(time.Duration(i) * time.Minute)
			docs = append(docs, b)
		}
		in, shuffled := docs, rapid.Permutation(docs).Draw(r, "order")
		if a, b := dump(t, in), dump(t, shuffled); a != b {
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
	return table(t, h, `SELECT 'level', day, sku, on_hand, document_id FROM inventory_level
		UNION ALL SELECT 'change', day, sku, in_stock, 0 FROM inventory_change ORDER BY 1, 2, 3`)
}

func table(t *testing.T, h *moduletest.Host, query string) string {
	t.Helper()
	rows, err := h.DB().QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	out := ""
	for rows.Next() {
		var v [5]any
		if err := rows.Scan(&v[0], &v[1], &v[2], &v[3], &v[4]); err != nil {
			t.Fatal(err)
		}
		out += fmt.Sprintln(v[:]...)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}
