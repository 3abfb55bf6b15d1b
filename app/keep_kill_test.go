package app_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"purser/backend/services/retention"
)

// TestKilledPurge kills a purge at moments spread over its time, until one comes through: what is left and what the runs
// say went is what an undisturbed purge leaves and says.
func TestKilledPurge(t *testing.T) {
	t.Parallel()
	bin, err := program()
	if err != nil {
		t.Fatal(err)
	}
	text, err := exec.CommandContext(t.Context(), "go", "run", "purser/build/ci/genorders", "-lines", "20000", "-skus", "100").Output()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "orders.txt")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	fill := func() string {
		dir := t.TempDir()
		if _, err := purser(t.Context(), t, bin, dir, "import", file); err != nil {
			t.Fatal(err)
		}
		db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "market.db"))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = db.Close() }()
		// As if an API had given it half a year ago; all of its days but the newest are older than a person wants.
		if _, err := db.ExecContext(t.Context(), `UPDATE ingest_document SET origin = 'api', imported_at = imported_at - 180 * 86400`); err != nil {
			t.Fatal(err)
		}
		if _, err := purser(t.Context(), t, bin, dir, "retention", "set", "amazon_fact", "--days", "40"); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	state := func(dir string) (orders string, documents, rows int) {
		text, err := purser(t.Context(), t, bin, dir, "retention", "--json")
		if err != nil {
			t.Fatal(err)
		}
		var o retention.ClassesOutput
		if err := json.Unmarshal([]byte(text), &o); err != nil {
			t.Fatal(err)
		}
		for _, r := range o.Runs {
			documents, rows = documents+r.Documents, rows+r.Rows
		}
		orders, _ = purser(t.Context(), t, bin, dir, "export", "sales.daily", "--csv")
		return orders, documents, rows
	}
	whole := fill()
	began := time.Now()
	if _, err := purser(t.Context(), t, bin, whole, "retention", "purge"); err != nil {
		t.Fatal(err)
	}
	took := time.Since(began)
	want, documents, rows := state(whole)
	if documents != 1 || rows == 0 {
		t.Fatalf("undisturbed: %d documents, %d rows", documents, rows)
	}
	dir, cut := fill(), 0
	for i := range 6 {
		ctx, kill := context.WithTimeout(t.Context(), took*time.Duration(i+3)/9)
		if _, err := purser(ctx, t, bin, dir, "retention", "purge"); err != nil {
			cut++
		}
		kill()
	}
	if _, err := purser(t.Context(), t, bin, dir, "retention", "purge"); err != nil {
		t.Fatal(err)
	}
	got, d, r := state(dir)
	if got != want || d != documents || r != rows {
		t.Errorf("after %d kills: %d documents and %d rows went, want %d and %d; the tables are the same: %v", cut, d, r, documents, rows, got == want)
	}
	t.Logf("%d of 6 purges were cut, each of %v", cut, took)
}
