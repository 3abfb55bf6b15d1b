package app_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"purser/app"
	"purser/backend/platform/clock"
	"purser/backend/sources/simulator"
	"purser/backend/sources/simulator/practice"
)

func TestFirstFill(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(time.Date(2026, 11, 25, 15, 0, 0, 0, time.UTC)))
		amazon, err := practice.New(practice.Options{Seller: simulator.Options{Seed: 104, Days: 430}, Clock: clock.Real{}, Seed: 1, Quotas: true})
		if err != nil {
			t.Fatal(err)
		}
		l, err := app.OpenLive(context.Background(), dir, amazon)
		if err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		for range 40 {
			time.Sleep(30 * time.Second)
			synctest.Wait()
			p, _ := l.Jobs.Progress()
			t.Logf("%s: %+v decisions %d", time.Since(begun), p, l.Decisions(t))
		}
		st, err := l.Jobs.Streams()
		for _, s := range st.Streams {
			t.Logf("%s %s %s: %+v", s.Feed, s.Region, s.Marketplace, s)
		}
		for k, c := range amazon.Counts() {
			t.Logf("%s %+v", k, c)
		}
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
}
