package app_test

import (
	"context"
	"maps"
	"os"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"purser/app"
	"purser/backend/platform/clock"
	"purser/backend/services/jobs"
	"purser/backend/sources/simulator"
	"purser/backend/sources/simulator/practice"
)

// live runs fn on a new data folder that is connected to a practice Amazon with the published quotas, in simulated time
// from the afternoon of 25 November 2026. It fetches no more than past, where that is not 0.
func live(t *testing.T, seller simulator.Options, past time.Duration, fn func(t *testing.T, l *app.Live, amazon *practice.Server)) {
	t.Helper()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(time.Date(2026, 11, 25, 15, 0, 0, 0, time.UTC)))
		amazon, err := practice.New(practice.Options{Seller: seller, Clock: clock.Real{}, Seed: 1, Quotas: true})
		if err != nil {
			t.Fatal(err)
		}
		l, err := app.OpenLive(context.Background(), dir, amazon, past)
		if err != nil {
			t.Fatal(err)
		}
		fn(t, l, amazon)
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
}

// refusals are all requests, and how many of them were more than Amazon allows.
func refusals(amazon *practice.Server) (all, refused int) {
	for _, c := range amazon.Counts() {
		all += c.Requests
		refused += c.Throttled
	}
	return all, refused
}

// TestFirstFill: a new account has its first decisions within three minutes, and asks for no more than Amazon allows.
func TestFirstFill(t *testing.T) {
	t.Parallel()
	live(t, simulator.Options{Seed: 104, SKUs: 20}, 0, func(t *testing.T, l *app.Live, amazon *practice.Server) {
		t.Helper()
		time.Sleep(3 * time.Minute)
		synctest.Wait()
		if n := l.Decisions(t); n == 0 {
			t.Error("no decision after three minutes")
		}
		p, err := l.Jobs.Progress()
		if err != nil || p.Ready < p.Streams/2 {
			t.Errorf("%+v %v", p, err)
		}
		all, refused := refusals(amazon)
		if refused != 0 {
			t.Errorf("%d of %d requests were refused", refused, all)
		}
		t.Logf("after 3 min: %d decisions, %d of %d streams, %d requests", l.Decisions(t), p.Ready, p.Streams, all)
	})
}

// TestBackfill: the past of 400 days and more comes in whole, with less than one request in 200 refused; then the account
// takes as many reports a day as the plan says.
func TestBackfill(t *testing.T) {
	if os.Getenv("PURSER_GATE") == "" {
		t.Skip("a whole backfill takes minutes: make gate runs it")
	}
	live(t, simulator.Options{Seed: 104, SKUs: 20, Ahead: 10}, 0, func(t *testing.T, l *app.Live, amazon *practice.Server) {
		t.Helper()
		begun := time.Now()
		whole := func() bool {
			p, err := l.Jobs.Progress()
			return err == nil && p.Streams > 0 && p.Percent == 100 && p.Whole == p.Streams
		}
		for !whole() && time.Since(begun) < 5*24*time.Hour {
			time.Sleep(time.Hour)
			synctest.Wait()
		}
		all, refused := refusals(amazon)
		p, err := l.Jobs.Progress()
		t.Logf("after %s: %+v %v; %d of %d requests refused", time.Since(begun), p, err, refused, all)
		if !whole() {
			t.Error("the past is not whole")
			st, _ := l.Jobs.Streams()
			for _, s := range st.Streams {
				if s.Filled < 100 || s.State != "fresh" {
					t.Errorf("%s %s %s: %s %d %% %s", s.Feed, s.Region, s.Marketplace, s.State, s.Filled, s.Text)
				}
			}
		}
		time.Sleep(3 * 24 * time.Hour)
		synctest.Wait()
		all, refused = refusals(amazon)
		if float64(refused) >= 0.005*float64(all) {
			t.Errorf("%d of %d requests were refused", refused, all)
		}
		q, err := l.Jobs.Quota(jobs.DaysInput{Days: 10})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range q.Days {
			t.Logf("%s %s %s %-12s begun %4d of %4d planned, %5d requests", d.Day, d.API, d.Region, d.Group, d.Begun, d.Planned, d.Requests)
		}
		counts := amazon.Counts()
		for _, op := range slices.Sorted(maps.Keys(counts)) {
			t.Logf("%-32s %6d requests, %d refused", op, counts[op].Requests, counts[op].Throttled)
		}
	})
}
