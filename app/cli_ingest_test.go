package app_test

import (
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"purser/app"
	"purser/backend/core"
	"purser/backend/platform/clock"
	"purser/backend/services/jobs"
	"purser/backend/sources/simulator"
	"purser/backend/sources/simulator/practice"
)

// TestIngestCommand fetches over real HTTP without a window: nothing while the vault is locked, all of it with its
// passphrase, and once more only what is due.
func TestIngestCommand(t *testing.T) {
	dir := t.TempDir()
	if status, _, errs := app.RunNow(t.Context(), "--data-dir", dir, "ingest"); status == 0 || !strings.Contains(errs, "Nothing is connected") {
		t.Fatalf("nothing is connected: %d %s", status, errs)
	}
	amazon, err := practice.New(practice.Options{
		Seller: simulator.Options{Seed: 104, SKUs: 20, AsOf: core.DayOf(time.Now(), time.UTC)}, Clock: clock.Real{}, Seed: 1, Speed: practice.MostSpeed,
	})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(amazon)
	defer server.Close()
	if err := app.ConnectTo(t.Context(), dir, server.URL, amazon); err != nil {
		t.Fatal(err)
	}
	status, out, errs := app.RunNow(t.Context(), "--data-dir", dir, "ingest", "--for", "2s")
	if status != 1 || !strings.Contains(out, "locked") && !strings.Contains(errs, "locked") {
		t.Errorf("the vault is locked: %d %s %s", status, out, errs)
	}
	t.Setenv("PURSER_PASSPHRASE", app.TestPassphrase)
	var a struct {
		Progress jobs.ProgressOutput `json:"progress"`
	}
	for runs := 1; a.Progress.Ready == 0; runs++ { // each goes on where the one before it was stopped
		status, out, errs = app.RunNow(t.Context(), "--data-dir", dir, "ingest", "--json", "--for", "3s")
		if err := json.Unmarshal([]byte(out), &a); err != nil || runs > 40 {
			t.Fatalf("%d %s %s %v", status, out, errs, err)
		}
	}
	if status, out, errs = app.RunNow(t.Context(), "--data-dir", dir, "brief"); status != 0 {
		t.Errorf("brief: %d %s %s", status, out, errs)
	}
}
