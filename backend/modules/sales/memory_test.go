package sales_test

import (
	"database/sql"
	"errors"
	"testing"

	"purser/backend/core"
	"purser/backend/core/source"
)

// TestRolledBackNamesAreForgotten stores after a transaction that came to nothing: the numbers it
// gave to names belong to others now.
func TestRolledBackNamesAreForgotten(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	d := day(t, "2026-11-20")
	batch := func(doc int64, sku string, order, qty int) source.Batch {
		return orders(doc, d+1, core.Period{From: d, To: d}, line("US", sku, d, order, qty, 1000))
	}
	h.Apply(t, m, batch(1, "FIRST", 1, 1))
	undone := errors.New("undone")
	err := h.File.Write(t.Context(), func(tx *sql.Tx) error {
		if _, err := m.Apply(t.Context(), tx, batch(2, "GONE", 2, 2)); err != nil {
			return err
		}
		return undone
	})
	if !errors.Is(err, undone) {
		t.Fatal(err)
	}
	h.Apply(t, m, batch(3, "SECOND", 3, 3))
	h.Apply(t, m, batch(4, "GONE", 4, 4))
	got := map[string]int64{}
	for _, r := range export(t, m, "sales.daily") { // day, marketplace, SKU, units …
		sku, _ := r[2].(string)
		got[sku], _ = r[3].(int64)
	}
	for sku, units := range map[string]int64{"FIRST": 1, "SECOND": 3, "GONE": 4} {
		if got[sku] != units {
			t.Errorf("%s sold %d, want %d", sku, got[sku], units)
		}
	}
}
