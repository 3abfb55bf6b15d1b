package inventory_test

import (
	"database/sql"
	"io/fs"
	"path/filepath"
	"testing"
	"testing/fstest"

	"purser/backend/core"
	"purser/backend/core/module/moduletest"
	"purser/backend/modules/inventory"
	"purser/backend/platform/sqlite"
)

// A file of the first version, filled, answers the totals of its snapshots after the upgrade.
func TestUpgradeAddsUpWhatIsThere(t *testing.T) {
	t.Parallel()
	m := inventory.New()
	files := m.Manifest().Migrations
	first, err := fs.ReadFile(files, "00001_tables.sql")
	if err != nil {
		t.Fatal(err)
	}
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "market.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := db.Migrate(t.Context(), "inventory", fstest.MapFS{"00001_tables.sql": {Data: first}}); err != nil {
		t.Fatal(err)
	}
	err = db.Write(t.Context(), func(tx *sql.Tx) error {
		_, err := tx.ExecContext(t.Context(), `INSERT INTO inventory_snapshot VALUES ('fba_inventory', 'US', ?1, 1, 7, 0), ('fba_inventory', 'US', ?1 - 1, 1, 6, 0);
			INSERT INTO inventory_level VALUES ('fba_inventory', 'US', ?1, 'A', '', '', ?1, 5, 0, 2, 0, 0, 0, 7, 2), ('fba_inventory', 'US', ?1, 'B', '', '', ?1, 4, 0, 1, 0, 0, 0, 7, 3)`, today)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Migrate(t.Context(), "inventory", files); err != nil {
		t.Fatal(err)
	}
	if err := m.Init(t.Context(), &moduletest.Host{File: db}); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][2]float64{"inventory.units_on_hand": {0, 9}, "inventory.inbound_units_total": {0, 3}} {
		series, err := m.Daily(t.Context(), name, "US", core.LastDays(today, 2), today)
		if err != nil || len(series) != 1 || len(series[0].Points) != 2 {
			t.Fatalf("%s: %v, %v", name, series, err)
		}
		if got := [2]float64{series[0].Points[0].Num, series[0].Points[1].Num}; got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}
