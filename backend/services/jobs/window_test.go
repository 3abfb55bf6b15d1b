package jobs_test

import (
	"testing"
	"testing/synctest"
	"time"

	"purser/backend/core"
	"purser/backend/services/jobs"
)

// Fault 14: changes of clocks and leap days in every marketplace.
// TestNoDayIsMissingAndNoneComesTwice follows every marketplace day by day over five years with all changes of clocks.
func TestNoDayIsMissingAndNoneComesTwice(t *testing.T) {
	t.Parallel()
	for _, m := range core.Marketplaces() {
		t.Run(m.Code, func(t *testing.T) {
			t.Parallel()
			zone := m.Zone()
			first, last := core.Date(2026, 1, 1), core.Date(2030, 12, 31)
			seen := map[core.Day]int{}
			var until time.Time
			for _, w := range jobs.DaysForTest(zone, first, last) {
				seen[w.Day]++
				if core.DayOf(w.From, zone) != w.Day || core.DayOf(w.From.Add(-1), zone) != w.Day-1 || core.DayOf(w.To, zone) != w.Day+1 {
					t.Errorf("%s is from %s to %s", w.Day, w.From.In(zone), w.To.In(zone))
				}
				if d := w.To.Sub(w.From); d < 23*time.Hour || d > 25*time.Hour {
					t.Errorf("%s is %s long", w.Day, d)
				}
				if !until.IsZero() && !w.To.Equal(until) {
					t.Errorf("a gap between %s and %s", w.To, until)
				}
				until = w.From
			}
			for d := first; d <= last; d++ {
				if seen[d] != 1 {
					t.Errorf("%s came %d times", d, seen[d])
				}
			}
		})
	}
}

// Fault 14: the engine runs over changes of clocks.
// TestDaysAcrossTheChangeOfClocks runs the engine over both changes of a year in three zones.
func TestDaysAcrossTheChangeOfClocks(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"US", "EG", "DE", "AU", "IN"} {
		for _, month := range []time.Month{time.March, time.April, time.October, time.November} {
			t.Run(code+month.String(), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					f := trafficFeed()
					f.Again, f.History, f.Late, f.Every = nil, 5*aDay, 3*time.Hour, 6*time.Hour
					r := newRig(t, f)
					r.sites = []jobs.Site{site("spapi", code)}
					r.clock.set(time.Date(2027, month, 1, 12, 0, 0, 0, time.UTC))
					r.start()
					time.Sleep(31 * aDay)
					synctest.Wait()
					days := map[core.Day]int{}
					for _, q := range r.amz.log() {
						if q.op == "createReport" {
							days[q.day]++
						}
					}
					first := core.Date(2027, month, 1)
					for d := first - 4; d <= first+29; d++ {
						if days[d] != 1 {
							t.Errorf("%s was asked for %d times", d, days[d])
						}
					}
					r.end()
				})
			})
		}
	}
}
