package jobs_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/services/jobs"
)

// TestWholeDays: windows of a feed that tells days begin and end at midnights of the marketplace, also where clocks are
// changed, are never longer than a slice, and leave nothing out.
func TestWholeDays(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"US", "DE", "AU", "IN"} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				f := adsFeed()
				f.WholeDays, f.History = true, 95*aDay
				r := newRig(t, f)
				r.sites = []jobs.Site{site("adsapi", code)}
				c := r.client()
				c.name = "adsapi"
				r.start()
				time.Sleep(10 * aDay)
				synctest.Wait()
				if s := r.stream(f.Name, ""); s.State != "fresh" || s.Filled != 100 {
					t.Errorf("%+v", s)
				}
				m, _ := core.MarketplaceByCode(code)
				days := wholeWindows(t, r.amz.log(), m.Zone(), f)
				last := core.DayOf(r.clock.Now().Add(-f.Late), m.Zone()) - 1
				for d := core.DayOf(begin.Add(-f.History), m.Zone()) + 1; d <= last; d++ {
					if days[d] == 0 {
						t.Errorf("%s was not asked for", d)
					}
				}
				if n := r.amz.asked(f.Name, "createReport"); n > 4+10+2 {
					t.Errorf("%d reports", n)
				}
				r.end()
			})
		})
	}
}

func wholeWindows(t *testing.T, log []request, zone *time.Location, f source.Feed) map[core.Day]int {
	t.Helper()
	days := map[core.Day]int{}
	for _, q := range log {
		if q.op != "createReport" {
			continue
		}
		from, to := core.DayOf(q.from, zone), core.DayOf(q.to, zone)
		if !q.from.Equal(from.Start(zone)) || !q.to.Equal(to.Start(zone)) || time.Duration(to-from)*aDay > f.Slice {
			t.Errorf("asked for %s to %s", q.from.In(zone), q.to.In(zone))
		}
		for d := from; d < to; d++ {
			days[d]++
		}
	}
	return days
}

// TestWhatIsNeverReachedIsGivenUp: a window of which Amazon gives nothing is not asked for without end.
func TestWhatIsNeverReachedIsGivenUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := ordersFeed()
		f.Slice, f.History = aDay, 2*aDay
		c := &stubborn{short: short{Feed: f}, before: begin.Add(-aDay - time.Hour)}
		r := newRig(t)
		r.apis = []source.API{c}
		r.start()
		time.Sleep(5 * aDay)
		synctest.Wait()
		if c.vain == 0 || c.vain > 6 {
			t.Errorf("asked for %d times in vain", c.vain)
		}
		if s := r.stream(f.Name, ""); s.State != "fresh" {
			t.Errorf("%+v", s)
		}
		r.end()
	})
}

// stubborn gives nothing of what was before a moment.
type stubborn struct {
	short
	before time.Time
	vain   int
}

func (c *stubborn) Step(_ context.Context, a source.Ask) (source.Step, error) {
	if a.From.Before(c.before) {
		c.vain++
		return source.Step{Done: true, Covered: a.From}, nil
	}
	return source.Step{Done: true}, nil
}
