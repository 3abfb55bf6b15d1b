package sqlite_test

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"purser/backend/platform/sqlite"
)

func open(t *testing.T) *sqlite.DB {
	t.Helper()
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "a.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func migrate(t *testing.T, db *sqlite.DB) {
	t.Helper()
	files := fstest.MapFS{"00001_first.sql": {Data: []byte("-- +goose Up\nCREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT);\n")}}
	if err := db.Migrate(t.Context(), "t", files); err != nil {
		t.Fatal(err)
	}
}

func TestBulk(t *testing.T) {
	t.Parallel()
	db := open(t)
	migrate(t, db)
	type row struct {
		a int64
		b string
	}
	rows := []row{{1, "x"}, {2, "y"}, {3, "z"}}
	values := func(r *row, col int) any {
		if col == 0 {
			return r.a
		}
		return r.b
	}
	const q = `INSERT INTO t(a, b) SELECT c0, c1 FROM temp.bulk WHERE handle = ?1
		ON CONFLICT(a) DO UPDATE SET b = excluded.b WHERE b IS NOT excluded.b`
	for i, want := range []int{3, 0} {
		err := db.Write(t.Context(), func(tx *sql.Tx) error {
			n, err := sqlite.Bulk(t.Context(), tx, q, sqlite.RowsOf(rows, values))
			if n != want {
				t.Errorf("round %d changed %d rows, want %d", i, n, want)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	var s string
	if err := db.Reader().QueryRowContext(t.Context(), `SELECT group_concat(b, '') FROM t`).Scan(&s); err != nil || s != "xyz" {
		t.Fatalf("got %q, %v", s, err)
	}
}

func TestWriteRollsBack(t *testing.T) {
	t.Parallel()
	db := open(t)
	migrate(t, db)
	boom := errors.New("boom")
	err := db.Write(t.Context(), func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(t.Context(), `INSERT INTO t VALUES (1, 'a')`); err != nil {
			return err
		}
		return boom
	})
	if !errors.Is(err, boom) {
		t.Fatalf("got %v", err)
	}
	var n int
	if err := db.Reader().QueryRowContext(t.Context(), `SELECT count(*) FROM t`).Scan(&n); err != nil || n != 0 {
		t.Fatalf("%d rows survived, %v", n, err)
	}
}

func TestFilesArePrivate(t *testing.T) {
	t.Parallel()
	db := open(t)
	migrate(t, db)
	st, err := os.Stat(db.Path())
	if err != nil {
		t.Fatal(err)
	}
	if got := st.Mode().Perm(); got != 0o600 {
		t.Fatalf("mode %o", got)
	}
}

func TestParseQueriesRefuses(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"SQLWithoutName": "SELECT 1;",
		"NameTwice":      "-- name: A\nSELECT 1;\n-- name: A\nSELECT 2;",
		"Empty":          "-- name: A\n-- name: B\nSELECT 1;",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := sqlite.ParseQueries(text); err == nil {
				t.Fatal("accepted")
			}
		})
	}
}

func TestNewerSchemaIsRefused(t *testing.T) {
	t.Parallel()
	db := open(t)
	migrate(t, db)
	if err := db.Migrate(t.Context(), "t", fstest.MapFS{}); err == nil {
		t.Fatal("an older program accepted a newer schema")
	}
}
