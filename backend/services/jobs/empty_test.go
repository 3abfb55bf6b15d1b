package jobs_test

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/services/jobs"
)

// wholeDays is a feed of advertising as it is asked for: reports over whole days, the last 31 again each week.
func wholeDays() source.Feed {
	f := adsFeed()
	f.API, f.WholeDays, f.History = "spapi", true, 95*aDay
	return f
}

// TestNothingOfWhatHadRowsIsNotBelieved: a window that had rows is asked for again and comes empty, also where it is the
// oldest there is.
func TestNothingOfWhatHadRowsIsNotBelieved(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := wholeDays()
		f.Again = []source.Again{{Every: 7 * aDay, Past: 62 * aDay}}
		r := newRig(t, f)
		r.opts = func(o *jobs.Options) { o.History = func(source.Feed) time.Duration { return 40 * aDay } }
		var empty atomic.Bool
		told := map[core.Day]bool{} // with rows, once empty is over
		r.amz.sells(func(a source.Ask) int {
			if empty.Load() {
				return 0
			}
			for d := core.DayOf(a.From, time.UTC); d < core.DayOf(a.To, time.UTC); d++ {
				told[d] = true
			}
			return 50
		})
		r.start()
		time.Sleep(6 * aDay)
		synctest.Wait()
		empty.Store(true)
		clear(told)
		time.Sleep(2 * aDay) // the re-pull of the week falls into it
		synctest.Wait()
		empty.Store(false)
		time.Sleep(aDay)
		synctest.Wait()
		for d := core.DayOf(begin, time.UTC) - 38; d < core.DayOf(begin, time.UTC)+5; d++ {
			if !told[d] {
				t.Errorf("%s was not told again", d)
			}
		}
		r.end()
	})
}

// TestAnEmptyWindowOfThePastIsAskedForOnceMore: beside it there were rows.
func TestAnEmptyWindowOfThePastIsAskedForOnceMore(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := allOrdersFeed()
		f.History = 90 * aDay
		r := newRig(t, f)
		edge := begin.Add(-50 * aDay)
		asked := 0
		r.amz.sells(func(a source.Ask) int {
			if a.To.Sub(a.From) >= 2*aDay && a.To.Before(begin.Add(-20*aDay)) && a.To.After(edge) {
				if asked++; asked == 1 {
					return 0
				}
			}
			return 300
		})
		r.start()
		time.Sleep(aDay + 5*time.Hour)
		synctest.Wait()
		if asked != 2 {
			t.Errorf("it was asked for %d times", asked)
		}
		if s := r.stream(f.Name, "US"); s.State != "fresh" {
			t.Errorf("%+v", s)
		}
		r.end()
	})
}

// TestAWindowThatHasAgedIsCut: while it waited Amazon began to forget its first days, and refuses all of it.
func TestAWindowThatHasAgedIsCut(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := wholeDays()
		r := newRig(t, f)
		var down atomic.Bool
		down.Store(true)
		r.amz.script(func(a source.Ask, _ string) error {
			old := a.From.Before(r.clock.Now().Add(-f.History).Truncate(aDay))
			switch {
			case old:
				return &source.APIError{Fault: source.FaultInvalid, API: "spapi", Message: "startDate is too old"}
			case down.Load() && a.To.Before(begin.Add(-40*aDay)):
				return &source.APIError{Fault: source.FaultUnavailable, API: "spapi", Message: "503"}
			}
			return nil
		})
		r.start()
		time.Sleep(5 * aDay)
		synctest.Wait()
		down.Store(false)
		time.Sleep(2 * aDay)
		synctest.Wait()
		s := r.stream(f.Name, "US")
		if s.Filled != 100 || s.State != "fresh" || len(r.told()) > 0 {
			t.Errorf("%+v %+v", s, r.told())
		}
		first := begin.Add(-f.History + 8*aDay)
		told := false
		for _, q := range r.amz.log() {
			told = told || !q.failed && q.op == "createReport" && !q.from.After(first) && q.at.After(begin.Add(5*aDay))
		}
		if !told {
			t.Error("what Amazon still told of the oldest window was not asked for")
		}
		r.end()
	})
}

// TestAPassingRefusalEndsNoPast: what is old was refused twice; a week later it is asked for again, and all that is older.
func TestAPassingRefusalEndsNoPast(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := allOrdersFeed()
		r := newRig(t, f)
		var refusing atomic.Bool
		refusing.Store(true)
		r.amz.script(func(a source.Ask, _ string) error {
			if refusing.Load() && a.To.Before(begin.Add(-60*aDay)) {
				return &source.APIError{Fault: source.FaultInvalid, API: "spapi", Message: "400"}
			}
			return nil
		})
		r.start()
		time.Sleep(2 * aDay)
		synctest.Wait()
		refusing.Store(false)
		before := r.stream(f.Name, "US")
		time.Sleep(8 * aDay)
		synctest.Wait()
		after := r.stream(f.Name, "US")
		if from := begin.Add(-f.History + 15*aDay).Format(time.RFC3339); before.CoveredFrom < from || after.CoveredFrom > from || after.Filled != 100 {
			t.Errorf("%+v, then %+v", before, after)
		}
		r.end()
	})
}
