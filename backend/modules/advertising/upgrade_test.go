package advertising_test

import (
	"database/sql"
	"path/filepath"
	"testing"
	"testing/fstest"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module/moduletest"
	"purser/backend/core/source"
	"purser/backend/modules/advertising"
	"purser/backend/platform/sqlite"
)

// TestUpgrade: what the first version stored is answered by this one, without an import.
func TestUpgrade(t *testing.T) {
	t.Parallel()
	m := advertising.New()
	mf := m.Manifest()
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "market.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	first, err := mf.Migrations.Open("00001_sheets.sql")
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	text := make([]byte, 1<<16)
	n, err := first.Read(text)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Migrate(t.Context(), mf.Name, fstest.MapFS{"00001_sheets.sql": {Data: text[:n]}}); err != nil {
		t.Fatal(err)
	}
	// One row: campaign 1, SKU 2, currency 3, 20 impressions, 5 clicks, spend 1.00.
	packed := []byte{1, 1, 0, 0, 0, 0, 2, 0, 0, 3, 40, 10, 0, 0, 200, 1, 0, 0}
	day, p := asOf()-10, core.LastDays(asOf()-1, 60)
	err = db.Write(t.Context(), func(tx *sql.Tx) error {
		for query, args := range map[string][]any{
			`INSERT INTO advertising_names (id, name) VALUES (1, 'c'), (2, 'A'), (3, 'USD')`:                                                               nil,
			`INSERT INTO advertising_contents (id, hash, data) VALUES (1, zeroblob(32), ?)`:                                                                {packed},
			`INSERT INTO advertising_documents VALUES ('US', ?, 1, 'sp_advertised_products', ?, ?, ?, 1)`:                                                  {string(source.AdProducts), noon(asOf()).Unix(), int64(p.From), int64(p.To)},
			`INSERT INTO advertising_sheets (market, stream, start_day, end_day, document, content, clicks, lines) VALUES ('US', ?, ?, ?, 1, 1, 5, x'04')`: {string(source.AdProducts), int64(day), int64(day)},
		} {
			if _, err := tx.ExecContext(t.Context(), query, args...); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Migrate(t.Context(), mf.Name, mf.Migrations); err != nil {
		t.Fatal(err)
	}
	if err := m.Init(t.Context(), &moduletest.Host{File: db, Clock: noon(asOf()), Kinds: map[string]source.Kind{}}); err != nil {
		t.Fatal(err)
	}
	if got, _ := frame(t, m, fact.SKU, p, asOf(), "advertising.spend"); got["advertising.spend"]["US/A"] != 1_00 {
		t.Errorf("after the upgrade: %v", got)
	}
	if rows := rowsOf(t, m, "advertising.spend", "US/A", p); len(rows) != 1 || rows[0].texts["campaign"] != "c" {
		t.Errorf("rows after the upgrade: %v", rows)
	}
}
