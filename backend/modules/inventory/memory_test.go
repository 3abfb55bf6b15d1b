package inventory_test

import (
	"database/sql"
	"errors"
	"testing"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// What was read while an import was under way must not outlive its rollback, nor what was read before outlive its commit.
func TestMemoryFollowsTheDatabase(t *testing.T) {
	t.Parallel()
	m, h := start(t)
	h.Apply(t, m, stock(1, today-10, level("A", 3)), stock(2, today-9, level("A", 0)))
	p := core.LastDays(today-1, 9)
	want := func(what string, days int64) {
		t.Helper()
		if got, _ := measure(t, m, fact.SKU, p, today); got["US/A"] != days {
			t.Errorf("%s: %d days, want %d", what, got["US/A"], days)
		}
	}
	want("two reports", 8)
	undo := errors.New("undone")
	b := stock(3, today-4, level("A", 5))
	err := h.Write(t.Context(), func(tx *sql.Tx) error {
		if _, err := m.Apply(t.Context(), tx, b); err != nil {
			return err
		}
		if err := m.Settle(t.Context(), tx); err != nil {
			return err
		}
		want("not committed", 8)
		return undo
	})
	if !errors.Is(err, undo) {
		t.Fatal(err)
	}
	want("rolled back", 8)
	h.Apply(t, m, b)
	want("committed", 5)
	if err := h.Write(t.Context(), func(tx *sql.Tx) error { return m.Forget(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
	want("forgotten", 0)
}
