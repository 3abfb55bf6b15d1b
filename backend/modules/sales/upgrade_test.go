package sales_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module/moduletest"
	"purser/backend/core/source"
	"purser/backend/modules/sales"
	"purser/backend/platform/sqlite"
)

// A file of the first version has days that do not count their lines: they are counted once more,
// and what was known of them on earlier days stays.
func TestDaysOfTheFirstVersion(t *testing.T) {
	t.Parallel()
	first, err := os.ReadFile("migrations/00001_sales.sql")
	if err != nil {
		t.Fatal(err)
	}
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "market.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := db.Migrate(t.Context(), "sales", fstest.MapFS{"00001_sales.sql": {Data: first}}); err != nil {
		t.Fatal(err)
	}
	d := day(t, "2026-11-20")
	pack := []byte{1, 1, 2, 2, 2 * 3, 2 * 2, 2 * 9, 2 * 1, 0, 0, 0} // SKU 1, currency 1, known 3 days later, 2 units, 9 minor, 1 order
	err = db.Write(t.Context(), func(tx *sql.Tx) error {
		for _, s := range []struct {
			query string
			args  []any
		}{
			{`INSERT INTO sales_marketplace(id, name) VALUES (1, 'US')`, nil},
			{`INSERT INTO sales_sku(id, name) VALUES (1, 'A')`, nil},
			{`INSERT INTO sales_word(id, name) VALUES (1, 'USD'), (2, 'Shipped')`, nil},
			{`INSERT INTO sales_order_line VALUES (?1, 7, 1, 0, 1, 5, 6, 7, 2, 0, 1, 2, 1, 1, 9, 0, 3, 4)`, []any{int64(d)}},
			{`INSERT INTO sales_daily(day, mkt, observed_day, data) VALUES (?1, 1, ?1 + 3, ?2)`, []any{int64(d), pack}},
			{`INSERT INTO sales_daily_was VALUES (?1, 1, 1, 1, ?1 + 1, 1, 5, 1, 0, 0, 5)`, []any{int64(d)}},
			{`INSERT INTO sales_market_daily VALUES (1, ?1, 1, ?1 + 1, 1, 5, 1, 0, 0), (1, ?1, 1, ?1 + 3, 2, 9, 1, 0, 0)`, []any{int64(d)}},
			{`INSERT INTO sales_coverage VALUES ('orders', 1, 3, ?1, 0, 'all_orders', ?2, ?2, 1)`, []any{noon(d + 1).Unix(), int64(d)}},
		} {
			if _, err := tx.ExecContext(t.Context(), s.query, s.args...); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	m := sales.New()
	h := &moduletest.Host{File: db, Clock: noon(d + 5), Kinds: map[string]source.Kind{}}
	if err := db.Migrate(t.Context(), "sales", m.Manifest().Migrations); err != nil {
		t.Fatal(err)
	}
	if err := m.Init(t.Context(), h); err != nil {
		t.Fatal(err)
	}
	for asOf, want := range map[core.Day]int64{d + 1: 1, d + 3: 2} {
		for _, kind := range []fact.SubjectKind{fact.SKU, fact.Marketplace} {
			got := measure(t, m, kind, core.LastDays(d, 1), asOf, "", "sales.units")
			if len(got.Subjects) != 1 || got.by["sales.units"][got.Subjects[0]].n != want {
				t.Errorf("as of %s: %+v, want %d", asOf, got.by, want)
			}
		}
	}
	if got := list(t, m, fact.RowsQuery{Name: "sales.orders"}); got.Total != 1 || len(got.Rows) != 1 || got.Rows[0].Document != 3 || got.Rows[0].Line != 4 {
		t.Errorf("lines %+v", got)
	}
}
