package app_test

import (
	"maps"
	"os"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"purser/app"
	"purser/backend/services/jobs"
	"purser/backend/sources/simulator"
	"purser/backend/sources/simulator/practice"
)

// outage is one part of Amazon that is gone.
type outage struct {
	name string
	on   []string // see practice.Fault
	hit  func(jobs.StreamOutput) bool
	// pages that rest on it, by name; what adverts cost is part of profit.
	pages []string
}

// TestOneAPIDown, fault 19: while a part of Amazon is gone for 48 hours every other stream stays as fresh as it was the day before,
// and the part that is gone is told, and asked for seldom. When it is back everything is there again.
func TestOneAPIDown(t *testing.T) {
	t.Parallel()
	outages := []outage{{"adverts", []string{"ads"}, func(s jobs.StreamOutput) bool { return s.API == "adsapi" }, []string{"advertising", "sales"}}}
	if os.Getenv("PURSER_GATE") != "" {
		outages = append(outages, outage{"reports", []string{"reports"}, func(s jobs.StreamOutput) bool {
			return s.Group == "reports" || s.Group == "traffic" || s.Group == "settlements"
		}, []string{"accounthealth", "advertising", "inventory", "listings", "reviews", "sales"}})
	}
	for _, o := range outages {
		t.Run(o.name, func(t *testing.T) {
			t.Parallel()
			live(t, simulator.Options{Seed: 104, SKUs: 20, Ahead: 7}, 3*24*time.Hour, func(t *testing.T, l *app.Live, amazon *practice.Server) {
				t.Helper()
				lagsOver(t, l, time.Hour) // the first fill
				usual := lagsOver(t, l, 24*time.Hour)
				before, _ := refusals(amazon)
				if err := amazon.SetFaults(practice.Faults{{Name: practice.ServerError, On: o.on}}); err != nil {
					t.Fatal(err)
				}
				then := lagsOver(t, l, 48*time.Hour)
				compare(t, o, usual, then)
				for _, s := range streams(t, l) {
					if o.hit(s) && s.State != "unavailable" {
						t.Errorf("%s %s is told as %s: %s", s.Feed, s.Marketplace, s.State, s.Text)
					}
				}
				told := staleOf(t, l.Pages)
				if !slices.Equal(slices.Sorted(maps.Keys(told)), o.pages) {
					t.Errorf("it is told on %v: %v", slices.Sorted(maps.Keys(told)), told)
				}
				all, _ := refusals(amazon)
				t.Logf("%d requests before the outage, %d in it", before, all-before)
				if err := amazon.SetFaults(nil); err != nil {
					t.Fatal(err)
				}
				lagsOver(t, l, 3*time.Hour)
				for _, s := range streams(t, l) {
					if s.State != "fresh" {
						t.Errorf("after it %s %s is %s: %s", s.Feed, s.Marketplace, s.State, s.Text)
					}
				}
			})
		})
	}
}

// behind is how far a stream was behind at most.
type behind struct {
	jobs.StreamOutput
	most time.Duration
}

func streams(t *testing.T, l *app.Live) []jobs.StreamOutput {
	t.Helper()
	out, err := l.Jobs.Streams()
	if err != nil {
		t.Fatal(err)
	}
	return out.Streams
}

// lagsOver lets time pass and gives for each stream, by name, how far it was behind at most, looked at twice an hour.
func lagsOver(t *testing.T, l *app.Live, d time.Duration) map[string]behind {
	t.Helper()
	out := map[string]behind{}
	for end := time.Now().Add(d); time.Now().Before(end); {
		time.Sleep(30 * time.Minute)
		synctest.Wait()
		for _, s := range streams(t, l) {
			if until, err := time.Parse(time.RFC3339, s.CoveredUntil); err == nil {
				k := s.Feed + " " + s.Region + " " + s.Marketplace
				out[k] = behind{s, max(out[k].most, time.Since(until))}
			}
		}
	}
	return out
}

// compare judges how far streams were behind in an outage by how far they were before.
func compare(t *testing.T, o outage, usual, then map[string]behind) {
	t.Helper()
	same, late := 0, 0
	for k, was := range usual {
		now := then[k]
		if o.hit(was.StreamOutput) {
			late++
			if now.most < 47*time.Hour {
				t.Errorf("%s was had in the outage: %s behind", k, now.most)
			}
			continue
		}
		same++
		if now.most > was.most+30*time.Minute {
			t.Errorf("%s: %s behind in the outage, %s before", k, now.most, was.most)
		}
	}
	t.Logf("%d streams as fresh as before, %d behind", same, late)
	if same == 0 || late == 0 {
		t.Error("nothing to compare")
	}
}
