package sales_test

import (
	"database/sql"
	"testing"

	"github.com/google/go-cmp/cmp"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module"
	"purser/backend/core/source"
)

func TestImportingTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	d := day(t, "2026-11-20")
	b := orders(1, d+1, core.Period{}, line("US", "A", d, 1, 2, 3000), line("US", "B", d, 1, 1, 500), line("DE", "A", d, 2, 1, 999))
	if got := h.Apply(t, m, b); got != (module.Applied{Stored: 3}) {
		t.Fatalf("first: %+v", got)
	}
	before := export(t, m, "sales.daily")
	want := [][]any{
		{"2026-11-20", "DE", "A", int64(1), int64(999), "EUR"},
		{"2026-11-20", "US", "A", int64(2), int64(3000), "USD"},
		{"2026-11-20", "US", "B", int64(1), int64(500), "USD"},
	}
	if diff := cmp.Diff(want, before); diff != "" {
		t.Fatal(diff)
	}
	b.DocumentID = 2
	if got := h.Apply(t, m, b); got != (module.Applied{Unchanged: 3}) {
		t.Fatalf("again: %+v", got)
	}
	if diff := cmp.Diff(before, export(t, m, "sales.daily")); diff != "" {
		t.Fatal(diff)
	}
}

func TestOlderNeverOverwritesNewer(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	d := day(t, "2026-11-20")
	old, now := line("US", "A", d, 1, 1, 0), line("US", "A", d, 1, 1, 1500)
	old.Status, old.HasPrice = source.OrderPending, false
	now.UpdatedAt += 3600
	h.Apply(t, m, orders(1, d+2, core.Period{}, now))
	if got := h.Apply(t, m, orders(2, d+1, core.Period{}, old)); got != (module.Applied{Older: 1}) {
		t.Fatalf("older: %+v", got)
	}
	wantMoney(t, value(t, m, d+3, "sales.yesterday_sales", "US"), 0, "", fact.Missing)
	if got := export(t, m, "sales.daily"); got[0][4] != int64(1500) {
		t.Fatalf("got %v", got)
	}
	same := now
	same.ItemPrice = 7 // the same update time, but from an older document
	if got := h.Apply(t, m, orders(3, d+1, core.Period{}, same)); got != (module.Applied{Older: 1}) {
		t.Fatalf("older document, same update: %+v", got)
	}
}

func TestEqualKeysInOneBatchAreCountedOnce(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	d := day(t, "2026-11-20")
	a, b := line("US", "A", d, 1, 1, 100), line("US", "A", d, 1, 1, 200)
	b.UpdatedAt++
	got := h.Apply(t, m, orders(1, d+1, core.Period{}, b, a, b))
	if got != (module.Applied{Stored: 1, Unchanged: 1, Older: 1}) {
		t.Fatalf("got %+v", got)
	}
	if rows := export(t, m, "sales.daily"); rows[0][4] != int64(200) {
		t.Fatalf("got %v", rows)
	}
}

func TestWhatCountsAsSales(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	d := day(t, "2026-11-20")
	gone, open, mcf := line("US", "A", d, 2, 5, 9900), line("US", "A", d, 3, 4, 0), line("US", "A", d, 4, 7, 700)
	gone.Status = source.OrderCancelled
	open.Status, open.HasPrice = source.OrderPending, false
	mcf.Marketplace, mcf.OrderID = core.NonAmazon, "S01-1234567-1234567"
	two := line("US", "A", d, 1, 1, 1000)
	two.Seq = 1
	h.Apply(t, m, orders(1, d+1, core.LastDays(d, 7), line("US", "A", d, 1, 2, 2000), two, gone, open, mcf))
	wantNum(t, value(t, m, d+1, "sales.units_7d", "US/A"), 7, fact.Fresh)
	wantMoney(t, value(t, m, d+1, "sales.sales_7d", "US/A"), 3000, "USD", fact.Fresh)
	wantMoney(t, value(t, m, d+1, "sales.market_sales_7d", "US"), 3000, "USD", fact.Fresh)
	wantMoney(t, value(t, m, d+1, "sales.price", "US/A"), 1000, "USD", fact.Fresh)
	rows := export(t, m, "sales.market_daily")
	want := [][]any{
		{"2026-11-20", "US", int64(7), int64(3000), int64(2), int64(5), int64(4), "USD", "2026-11-21"},
		{"2026-11-20", "XX", int64(7), int64(700), int64(1), int64(0), int64(0), "USD", "2026-11-21"},
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Fatal(diff)
	}
	for _, it := range h.Items {
		if it.Marketplace == core.NonAmazon {
			t.Errorf("the catalog was told of %+v", it)
		}
	}
}

func TestOrderDirectory(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	d := day(t, "2026-11-20")
	mcf := line("US", "C", d, 4, 1, 700)
	mcf.Marketplace, mcf.OrderID = core.NonAmazon, "S01-1234567-1234567"
	twice := line("US", "A", d, 1, 1, 100)
	twice.Seq = 1
	h.Apply(t, m, orders(1, d+1, core.Period{}, line("US", "A", d, 1, 1, 100), twice, line("US", "B", d, 1, 1, 100), mcf))
	got, err := m.OrderSKUs(t.Context(), []string{"111-0000000-0000001", "S01-1234567-1234567", "999-0000000-0000000", "nonsense"})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]module.OrderItem{
		"111-0000000-0000001": {{Marketplace: "US", SKU: "A"}, {Marketplace: "US", SKU: "B"}},
		"S01-1234567-1234567": {{Marketplace: "XX", SKU: "C"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatal(diff)
	}
}

// A killed import leaves marks but no roll-ups: the next start brings them up to date, and
// what a half document covers is not taken for zero.
func TestKilledImportHeals(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	d := day(t, "2026-11-20")
	b := orders(1, d+1, core.LastDays(d, 30), line("US", "A", d, 1, 2, 2000))
	b.Last = false
	err := h.File.Write(t.Context(), func(tx *sql.Tx) error {
		_, err := m.Apply(t.Context(), tx, b) // and no Settle: the program is killed here
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if rows := export(t, m, "sales.daily"); len(rows) != 0 {
		t.Fatalf("rolled up without Settle: %v", rows)
	}
	if err := m.Init(t.Context(), h); err != nil {
		t.Fatal(err)
	}
	if rows := export(t, m, "sales.daily"); len(rows) != 1 || rows[0][4] != int64(2000) {
		t.Fatalf("not healed: %v", rows)
	}
	wantMissing(t, value(t, m, d+1, "sales.units_7d", "US/A"))
	b.Last = true
	h.Apply(t, m, b)
	wantNum(t, value(t, m, d+1, "sales.units_7d", "US/A"), 2, fact.Fresh)
}

func TestALineThatMovesLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	d := day(t, "2026-11-20")
	a := line("US", "A", d, 1, 2, 2000)
	h.Apply(t, m, orders(1, d+1, core.Period{}, a))
	a.Marketplace, a.UpdatedAt = "CA", a.UpdatedAt+1
	h.Apply(t, m, orders(2, d+2, core.Period{}, a))
	want := [][]any{
		{"2026-11-20", "CA", "A", int64(2), int64(2000), "USD"},
		{"2026-11-20", "US", "A", int64(0), int64(0), "USD"},
	}
	if diff := cmp.Diff(want, export(t, m, "sales.daily")); diff != "" {
		t.Fatal(diff)
	}
}

func TestForgetAndReloadGivesTheSame(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	d := day(t, "2026-11-20")
	b := orders(1, d+1, core.Period{}, line("US", "A", d, 1, 2, 2000), line("JP", "B", d, 2, 1, 1200))
	h.Apply(t, m, b)
	want := export(t, m, "sales.daily")
	if err := h.Write(t.Context(), func(tx *sql.Tx) error { return m.Forget(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
	if rows := export(t, m, "sales.daily"); len(rows) != 0 {
		t.Fatalf("left after Forget: %v", rows)
	}
	h.Apply(t, m, b)
	if diff := cmp.Diff(want, export(t, m, "sales.daily")); diff != "" {
		t.Fatal(diff)
	}
}
