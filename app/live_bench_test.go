package app_test

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"purser/app"
	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/platform/clock"
	"purser/backend/platform/httpx"
	"purser/backend/platform/ratelimit"
	"purser/backend/services/jobs"
	"purser/backend/sources/simulator"
	"purser/backend/sources/simulator/practice"
	"purser/backend/sources/spapi"
)

// TestFetchingBudget measures what a report costs over HTTP against the same bytes from the disk, in alternation; make
// bench runs it. PURSER_ORDERS names the file.
func TestFetchingBudget(t *testing.T) {
	path := os.Getenv("PURSER_ORDERS")
	if path == "" {
		t.Skip("PURSER_ORDERS names no file of orders: make bench gives one")
	}
	amazon := oneReport(t, path)
	var ratios []float64
	for range 3 {
		var took [2]time.Duration
		rows := 0
		for i, get := range []func(*testing.T) []source.Fetched{func(t *testing.T) []source.Fetched { t.Helper(); return download(t, amazon) }, func(t *testing.T) []source.Fetched { t.Helper(); return onDisk(t, path) }} {
			began := time.Now()
			n, err := app.OpenDesk(t, t.TempDir(), time.Date(2026, 11, 25, 20, 0, 0, 0, time.UTC)).Fetched(t.Context(), get(t))
			if err != nil || n == 0 {
				t.Fatalf("%d rows: %v", n, err)
			}
			took[i], rows = time.Since(began), n
		}
		t.Logf("%d lines: over HTTP %5.1f s, %6.0f rows/s; from disk %5.1f s, %6.0f rows/s; %.2f x", rows, took[0].Seconds(),
			float64(rows)/took[0].Seconds(), took[1].Seconds(), float64(rows)/took[1].Seconds(), took[0].Seconds()/took[1].Seconds())
		ratios = append(ratios, took[0].Seconds()/took[1].Seconds())
	}
	slices.Sort(ratios)
	t.Logf("over HTTP / from disk  %.2f x (median)", ratios[1])
}

// oneReport serves one report as Amazon does, packed.
func oneReport(t *testing.T, path string) string {
	t.Helper()
	packed := filepath.Join(t.TempDir(), "orders.gz")
	in, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	out, err := os.Create(packed)
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(out)
	if _, err := io.Copy(z, in); err != nil {
		t.Fatal(err)
	}
	for _, c := range []io.Closer{z, out, in} {
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
	}
	mux := http.NewServeMux()
	say := func(pattern string, answer func(base string) any) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_ = json.NewEncoder(w).Encode(answer("http://" + r.Host))
		})
	}
	say("POST /auth/o2/token", func(string) any {
		return map[string]any{"access_token": "Atza|bench", "token_type": "bearer", "expires_in": 3600}
	})
	say("POST /reports/2021-06-30/reports", func(string) any { return map[string]string{"reportId": "1"} })
	say("GET /reports/2021-06-30/reports/1", func(string) any {
		return map[string]string{
			"reportId": "1", "reportType": "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL", "processingStatus": "DONE",
			"reportDocumentId": "2", "createdTime": "2026-11-25T20:00:00Z", "processingEndTime": "2026-11-25T20:00:00Z",
		}
	})
	say("GET /reports/2021-06-30/documents/2", func(base string) any {
		return map[string]string{"reportDocumentId": "2", "url": base + "/document", "compressionAlgorithm": "GZIP"}
	})
	mux.HandleFunc("GET /document", func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, packed) })
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s.URL
}

// download has the client make the report, wait for it and fetch it.
func download(t *testing.T, amazon string) []source.Fetched {
	t.Helper()
	c := spapi.New(spapi.Options{
		HTTP: httpx.New(httpx.Options{UserAgent: "bench", Clock: clock.Real{}}), Limits: ratelimit.New(clock.Real{}, nil), Clock: clock.Real{},
		Endpoints: map[string]string{"na": amazon}, TokenURL: amazon + "/auth/o2/token",
		Credentials: func(context.Context, string) (spapi.Credentials, error) {
			return spapi.Credentials{ClientID: "id", ClientSecret: "secret", RefreshToken: "token"}, nil
		},
	})
	to := time.Date(2026, 11, 25, 20, 0, 0, 0, time.UTC)
	a := source.Ask{Feed: "spapi.all_orders", Region: "na", Marketplace: "US", From: to.AddDate(0, 0, -29), To: to}
	for range 10 {
		s, err := c.Step(t.Context(), a)
		if err != nil {
			t.Fatal(err)
		}
		if s.Done {
			return s.Documents
		}
		a.State = s.State
	}
	t.Fatal("the report did not come")
	return nil
}

func onDisk(t *testing.T, path string) []source.Fetched {
	t.Helper()
	st, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return []source.Fetched{{
		File:    source.File{Name: "orders.txt", Size: st.Size(), ModTime: st.ModTime(), Open: func() (io.ReadCloser, error) { return os.Open(path) }},
		Options: source.Options{Marketplace: "US"},
	}}
}

// TestRequestsOfADay lists what an account that is whole asks for in a simulated day, against the plan; make bench runs it.
func TestRequestsOfADay(t *testing.T) {
	if os.Getenv("PURSER_ORDERS") == "" {
		t.Skip("make bench runs it")
	}
	live(t, simulator.Options{Seed: 104, SKUs: 20, Ahead: 7}, 3*24*time.Hour, func(t *testing.T, l *app.Live, amazon *practice.Server) {
		t.Helper()
		time.Sleep(57 * time.Hour) // over the first fill, to a midnight in UTC
		before := amazon.Counts()
		time.Sleep(24 * time.Hour)
		today := core.DayOf(time.Now().Add(-time.Minute), time.UTC).String()
		q, err := l.Jobs.Quota(jobs.DaysInput{Days: 2})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range q.Days {
			if d.Day == today {
				t.Logf("%-6s %s %-12s %3d asks begun, %3d planned, %4d requests", d.API, d.Region, d.Group, d.Begun, d.Planned, d.Requests)
			}
		}
		counts := amazon.Counts()
		for _, op := range slices.Sorted(maps.Keys(counts)) {
			t.Logf("%-32s %5d requests a day, %d refused", op, counts[op].Requests-before[op].Requests, counts[op].Throttled-before[op].Throttled)
		}
	})
}
