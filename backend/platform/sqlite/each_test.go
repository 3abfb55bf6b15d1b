package sqlite_test

import (
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"testing"

	"purser/backend/platform/sqlite"
)

// fill stores pairs (i, text of i) and gives their number.
func fill(t *testing.T, db *sqlite.DB, n int) {
	t.Helper()
	migrate(t, db)
	rows := make([]int64, n)
	for i := range rows {
		rows[i] = int64(i)
	}
	err := db.Write(t.Context(), func(tx *sql.Tx) error {
		got, err := sqlite.Bulk(t.Context(), tx, `INSERT INTO t(a, b) SELECT c0, ?2 || c0 FROM temp.bulk WHERE handle = ?1`,
			sqlite.RowsOf(rows, func(r *int64, _ int) any { return *r }), "n")
		if got != n {
			t.Errorf("stored %d of %d rows", got, n)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestEach(t *testing.T) {
	t.Parallel()
	db := open(t)
	fill(t, db, 1000)
	next := int64(990)
	err := db.Write(t.Context(), func(tx *sql.Tx) error {
		return sqlite.Each(t.Context(), tx, `SELECT count(take(?1, a, b)) FROM t WHERE a >= ?2`, func(row []driver.Value) error {
			if len(row) != 2 || row[0] != next || row[1] != fmt.Sprint("n", next) {
				t.Errorf("row %d is %v", next, row)
			}
			next++
			return nil
		}, next)
	})
	if err != nil || next != 1000 {
		t.Fatalf("got to %d, %v", next, err)
	}
}

func TestEachStopsAtAnError(t *testing.T) {
	t.Parallel()
	db := open(t)
	fill(t, db, 10)
	seen := 0
	err := db.Write(t.Context(), func(tx *sql.Tx) error {
		return sqlite.Each(t.Context(), tx, `SELECT count(take(?1, a)) FROM t`, func([]driver.Value) error {
			seen++
			return errors.New("boom")
		})
	})
	if err == nil || seen != 1 {
		t.Fatalf("saw %d rows, %v", seen, err)
	}
}

func TestTakingOnlyWhatACaseLetsThrough(t *testing.T) {
	t.Parallel()
	db := open(t)
	fill(t, db, 10)
	taken := 0
	err := db.Write(t.Context(), func(tx *sql.Tx) error {
		return sqlite.Taking(func([]driver.Value) error { taken++; return nil }, func(h int64) error {
			r, err := tx.ExecContext(t.Context(), `UPDATE t SET b = '' WHERE CASE WHEN a < 3 THEN take(?1) ELSE a > 5 END`, h)
			if err != nil {
				return err
			}
			if n, err := r.RowsAffected(); n != 4 || err != nil {
				t.Errorf("changed %d rows, %v", n, err)
			}
			return nil
		})
	})
	if err != nil || taken != 3 {
		t.Fatalf("took %d rows, %v", taken, err)
	}
}

func TestTakeWithoutAHandle(t *testing.T) {
	t.Parallel()
	db := open(t)
	var n int
	for _, q := range []string{`SELECT take()`, `SELECT take(0)`, `SELECT take('x', 1)`} {
		if err := db.Reader().QueryRowContext(t.Context(), q).Scan(&n); err == nil {
			t.Errorf("%s was answered", q)
		}
	}
}
