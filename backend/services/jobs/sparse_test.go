package jobs_test

import (
	"testing"
	"testing/synctest"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/services/jobs"
)

// TestNothingOfWhatComesSeldomIsBelieved: much every two weeks, and nothing on the days between.
func TestNothingOfWhatComesSeldomIsBelieved(t *testing.T) {
	t.Parallel()
	for _, sparse := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			f := moneyFeed()
			f.Sparse, f.Again, f.Overlap, f.History = sparse, nil, 0, 28*aDay
			r := newRig(t, f)
			r.amz.sells(func(a source.Ask) int {
				n := 0
				for d := core.DayOf(a.From, time.UTC); d < core.DayOf(a.To, time.UTC); d++ {
					if d%14 == 0 {
						n += 500
					}
				}
				return n
			})
			r.start()
			time.Sleep(9*aDay + 30*time.Minute)
			synctest.Wait()
			if s := r.stream(f.Name, ""); (s.State == "fresh") != sparse {
				t.Errorf("sparse %v: %+v", sparse, s)
			}
			r.end()
		})
	}
}

// TestTheFirstFillIsNoLimitToWhatIsNew: little of the past is wanted, and the computer was off for longer than that.
func TestTheFirstFillIsNoLimitToWhatIsNew(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := allOrdersFeed()
		f.Again = nil
		r := newRig(t, f)
		r.opts = func(o *jobs.Options) { o.History = func(source.Feed) time.Duration { return 4 * aDay } }
		r.start()
		time.Sleep(2 * aDay)
		synctest.Wait()
		r.clock.jump(20 * aDay)
		time.Sleep(aDay)
		synctest.Wait()
		s := r.stream(f.Name, "")
		if wrong := r.gaps(f.Name, s.CoveredFrom, s.CoveredUntil); len(wrong) > 0 || s.CoveredUntil < r.clock.Now().Add(-2*aDay).Format(time.RFC3339) {
			t.Errorf("%v of %+v", wrong, s)
		}
		r.end()
	})
}

// TestDaysThatAgedWhileTheComputerWasOff are asked for once more when nothing of them is restated any longer.
func TestDaysThatAgedWhileTheComputerWasOff(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := trafficFeed()
		f.History, f.Again = 30*aDay, []source.Again{{Every: aDay, Past: 8 * aDay}}
		r := newRig(t, f)
		r.start()
		time.Sleep(10 * aDay)
		synctest.Wait()
		off := r.clock.Now()
		r.clock.jump(12 * aDay)
		r.amz.forget()
		time.Sleep(2 * aDay)
		synctest.Wait()
		asked := map[core.Day]bool{}
		for _, q := range r.amz.log() {
			if q.op == "createReport" {
				asked[q.day] = true
			}
		}
		today := core.DayOf(off, time.UTC)
		for d := today - 7; d <= today+10; d++ { // the first were seven days old when it was switched off, and still restated
			if !asked[d] {
				t.Errorf("%s was not asked for again", d)
			}
		}
		r.end()
	})
}

// TestRowsThatAllWindowsShareSayNothing: one row in thirty days is in every window of thirty days; when it is in none
// any more that is no wonder.
func TestRowsThatAllWindowsShareSayNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := allOrdersFeed()
		f.Again, f.Every, f.Overlap, f.History = nil, aDay, 30*aDay, 60*aDay
		r := newRig(t, f)
		row := begin.Add(-10 * aDay)
		r.amz.sells(func(a source.Ask) int {
			if row.Before(a.From) || !row.Before(a.To) {
				return 0
			}
			return 1
		})
		r.start()
		for range 24 {
			time.Sleep(aDay)
			synctest.Wait()
			if s := r.stream(f.Name, ""); s.State == "late" {
				t.Fatalf("%+v", s)
			}
		}
		r.end()
	})
}
