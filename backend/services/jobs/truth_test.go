package jobs_test

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"purser/backend/core/source"
	"purser/backend/services/jobs"
)

// Fault 28: an empty report where there were rows before is not believed for three days.
// TestEmptyIsNotZero: a day without rows where there were rows before is not believed for three days.
func TestEmptyIsNotZero(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := trafficFeed()
		f.Again = nil
		r := newRig(t, f)
		r.start()
		time.Sleep(20*aDay + 40*time.Minute)
		synctest.Wait()
		empty := r.clock.Now().AddDate(0, 0, -2).Truncate(aDay) // the next day to come
		r.amz.sells(func(a source.Ask) int {
			if a.Day.Time().Equal(empty) {
				return 0
			}
			return 5
		})
		r.amz.forget()
		time.Sleep(aDay)
		synctest.Wait()
		s := r.stream(f.Name, "")
		if s.State != "late" || !strings.Contains(s.Text, "not believed") || s.CoveredUntil >= empty.AddDate(0, 0, 1).Format(time.RFC3339) {
			t.Errorf("%+v", s)
		}
		// The next days come all the same, but it does not count as covered.
		time.Sleep(aDay)
		synctest.Wait()
		s = r.stream(f.Name, "")
		if s.State != "late" || s.CoveredUntil >= empty.AddDate(0, 0, 1).Format(time.RFC3339) || s.Runs < 21 {
			t.Errorf("%+v", s)
		}
		r.end()
		r.start() // it is known after a restart
		time.Sleep(2 * aDay)
		synctest.Wait()
		n := 0
		for _, q := range r.amz.log() {
			if q.op == "createReport" && q.day.Time().Equal(empty) {
				n++
			}
		}
		if n != 13 {
			t.Errorf("asked for %d times, not once and 12 times more", n)
		}
		if s = r.stream(f.Name, ""); s.State != "fresh" {
			t.Errorf("%+v", s)
		}
		asks, err := r.api.Asks(jobs.AsksInput{Done: 50})
		if err != nil {
			t.Fatal(err)
		}
		noted := false
		for _, a := range asks.Asks {
			noted = noted || a.Day == empty.Format(time.DateOnly) && strings.Contains(a.Text, "counts as nothing")
		}
		if !noted {
			t.Error("no note that nothing came")
		}
		r.end()
	})
}

// Fault 28: an empty report that has rows later is read then.
func TestWhatComesLateIsTaken(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := trafficFeed()
		f.Again = nil
		r := newRig(t, f)
		r.start()
		time.Sleep(20*aDay + 40*time.Minute)
		synctest.Wait()
		came := r.clock.Now().Add(32 * time.Hour)
		r.amz.sells(func(source.Ask) int {
			if r.clock.Now().Before(came) {
				return 0
			}
			return 5
		})
		time.Sleep(60 * time.Hour)
		synctest.Wait()
		if s := r.stream(f.Name, ""); s.State != "fresh" || s.Rows != 5 {
			t.Errorf("%+v", s)
		}
		r.end()
	})
}

func TestAnEmptyHourOfASlowSellerIsBelieved(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, ordersFeed())
		r.client().pages["spapi.orders"] = 1
		r.amz.sells(func(a source.Ask) int { // six a day
			if a.To.Hour()%4 == 0 {
				return 1
			}
			return 0
		})
		r.start()
		time.Sleep(10 * aDay)
		synctest.Wait()
		if s := r.stream("spapi.orders", ""); s.State != "fresh" {
			t.Errorf("%+v", s)
		}
		if n := r.amz.asked("", ""); n > 250 {
			t.Errorf("%d requests", n)
		}
		// A whole day without any is something else.
		r.amz.sells(func(source.Ask) int { return 0 })
		r.end()
		r.clock.jump(23 * time.Hour)
		r.start()
		time.Sleep(time.Minute)
		synctest.Wait()
		if s := r.stream("spapi.orders", ""); s.State != "late" {
			t.Errorf("%+v", s)
		}
		r.end()
	})
}

// TestHoursAreJudgedByTheSameHours: nights without orders are believed, an afternoon without any is not.
func TestHoursAreJudgedByTheSameHours(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, ordersFeed())
		r.client().pages["spapi.orders"] = 1
		r.amz.sells(func(a source.Ask) int { // a hundred and twenty by day, none at night
			if a.To.Hour() >= 12 {
				return 10 * max(1, int(a.To.Sub(a.From).Hours()+0.5))
			}
			return 0
		})
		r.start()
		time.Sleep(10 * aDay) // it begins at nine in the morning
		synctest.Wait()
		if s := r.stream("spapi.orders", ""); s.State != "fresh" {
			t.Errorf("%+v", s)
		}
		r.amz.sells(func(source.Ask) int { return 0 })
		time.Sleep(2 * time.Hour)
		synctest.Wait()
		if s := r.stream("spapi.orders", ""); s.State != "fresh" {
			t.Errorf("in the morning %+v", s)
		}
		time.Sleep(4 * time.Hour)
		synctest.Wait()
		if s := r.stream("spapi.orders", ""); s.State != "late" || !strings.Contains(s.Text, "same hours") {
			t.Errorf("in the afternoon %+v", s)
		}
		r.end()
	})
}

// TestWhatIsSparseMayBeEmpty: weeks without a settlement are nothing to doubt.
func TestWhatIsSparseMayBeEmpty(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := moneyFeed()
		f.Again, f.Sparse, f.Overlap = nil, true, time.Hour
		r := newRig(t, f)
		r.client().pages[f.Name] = 1
		r.amz.sells(func(a source.Ask) int {
			if a.To.Sub(a.From) > 2*aDay {
				return 500
			}
			return 0
		})
		r.start()
		time.Sleep(3 * aDay)
		synctest.Wait()
		if s := r.stream(f.Name, ""); s.State != "fresh" {
			t.Errorf("%+v", s)
		}
		r.end()
	})
}

func TestCoveredShortOfTheWindow(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := ordersFeed()
		f.History = 0
		c := &short{Feed: f}
		r := newRig(t)
		r.apis = []source.API{c}
		r.start()
		time.Sleep(3*time.Hour + time.Minute)
		synctest.Wait()
		if len(c.asks) != 4 {
			t.Fatalf("%d asks", len(c.asks))
		}
		for i, a := range c.asks[1:] {
			// Each begins where the one before really ended, less the overlap.
			if want := c.asks[i].To.Add(-20 * time.Minute); !a.From.Equal(want.Add(-10 * time.Minute)) {
				t.Errorf("ask %d is from %s, not ten minutes before %s", i+1, a.From, want)
			}
		}
		s := r.stream(f.Name, "")
		if want := c.asks[3].To.Add(-20 * time.Minute).Format(time.RFC3339); s.CoveredUntil != want {
			t.Errorf("covered until %s, not %s", s.CoveredUntil, want)
		}
		r.end()
	})
}

// short gives what is older than 20 minutes.
type short struct {
	source.Feed
	asks []source.Ask
}

func (c *short) Name() string         { return "spapi" }
func (c *short) Feeds() []source.Feed { return []source.Feed{c.Feed} }
func (c *short) Step(_ context.Context, a source.Ask) (source.Step, error) {
	c.asks = append(c.asks, a)
	return source.Step{Done: true, Covered: a.To.Add(-20 * time.Minute)}, nil
}

func (c *short) Places(context.Context, string) (source.Places, error) { return source.Places{}, nil }

func (c *short) Probe(context.Context, string, string) (source.Capability, error) {
	return source.Capability{}, nil
}

func TestDocumentsThatCannotBeStored(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, stockFeed(), allOrdersFeed())
		r.client().pages["spapi.stock"] = 1
		var full atomic.Bool
		full.Store(true)
		r.opts = func(o *jobs.Options) {
			o.Import = func(ctx context.Context, docs []source.Fetched) (jobs.Imported, error) {
				switch {
				case full.Load() && strings.HasPrefix(docs[0].File.Name, "spapi.stock"):
					return jobs.Imported{}, errors.New("the disk is full")
				case strings.HasPrefix(docs[0].File.Name, "spapi.all"):
					return jobs.Imported{Refused: []string{"a column is missing"}}, nil
				}
				return r.importing(ctx, docs)
			}
		}
		r.start()
		time.Sleep(2 * time.Hour)
		synctest.Wait()
		if s := r.stream("spapi.stock", ""); s.Failure == nil || !strings.Contains(s.Failure.Message, "the disk is full") || s.LastSuccess != "" {
			t.Errorf("%+v", s)
		}
		if s := r.stream("spapi.all_orders", ""); s.State != "held" || !strings.Contains(s.Failure.Message, "a column is missing") {
			t.Errorf("%+v", s)
		}
		full.Store(false)
		time.Sleep(time.Hour)
		synctest.Wait()
		if s := r.stream("spapi.stock", ""); s.State != "fresh" {
			t.Errorf("%+v", s)
		}
		if len(r.told()) != 1 {
			t.Errorf("%+v", r.told())
		}
		r.end()
	})
}

// TestARefusalOfABrokenStepIsNone: what an import says that took too long says nothing of Amazon's document.
func TestARefusalOfABrokenStepIsNone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, allOrdersFeed())
		slow := 4
		r.opts = func(o *jobs.Options) {
			o.Import = func(ctx context.Context, docs []source.Fetched) (jobs.Imported, error) {
				if slow--; slow >= 0 {
					<-ctx.Done()
					return jobs.Imported{Refused: []string{"it could not be read"}}, nil
				}
				return r.importing(ctx, docs)
			}
		}
		r.start()
		time.Sleep(50 * time.Minute)
		synctest.Wait()
		if s := r.stream("spapi.all_orders", ""); s.State == "held" || s.Failure == nil || s.Failure.Fault != string(source.FaultUnavailable) {
			t.Errorf("%+v", s)
		}
		time.Sleep(20 * time.Hour)
		synctest.Wait()
		if s := r.stream("spapi.all_orders", ""); s.State != "fresh" || len(r.told()) > 0 || slow >= 0 {
			t.Errorf("%d, %+v, %+v", slow, s, r.told())
		}
		for key, n := range r.amz.made() {
			if n != 1 {
				t.Errorf("%s was made %d times", key, n)
			}
		}
		r.end()
	})
}

func TestAStepThatPanicsFailsAlone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, stockFeed(), allOrdersFeed())
		r.client().pages["spapi.stock"] = 1
		r.client().before = func(_ context.Context, a source.Ask) {
			if a.Feed == "spapi.stock" {
				panic("boom")
			}
		}
		r.start()
		time.Sleep(3 * time.Hour)
		synctest.Wait()
		if s := r.stream("spapi.stock", ""); s.State != "unavailable" || !strings.Contains(s.Failure.Message, "boom") {
			t.Errorf("%+v", s)
		}
		if s := r.stream("spapi.all_orders", ""); s.State != "fresh" {
			t.Errorf("%+v", s)
		}
		r.end()
	})
}

// Mode 24 and Fault 29: what Amazon restates is asked for again for a week, and a month.
func TestWhatIsRestatedIsAskedForAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, trafficFeed())
		r.start()
		time.Sleep(20 * aDay)
		r.amz.forget()
		time.Sleep(28 * aDay)
		synctest.Wait()
		byDay := map[string]int{}
		for _, q := range r.amz.log() {
			if q.op == "createReport" {
				byDay[q.day.String()]++
			}
		}
		// A day comes once as new, four times with those of each day less the one that a week's takes in, twice with a week's.
		for d := range 14 {
			if day := begin.AddDate(0, 0, 20+d).Format(time.DateOnly); byDay[day] < 5 || byDay[day] > 7 {
				t.Errorf("%s came %d times", day, byDay[day])
			}
		}
		if n := r.amz.asked("", "createReport"); n < 28+24*3+4*13 || n > 29+25*4+5*14 {
			t.Errorf("%d reports in four weeks", n)
		}
		r.end()
	})
}

// TestWhatIsCoveredStaysCovered: the overlap of a window that is not here yet takes nothing back.
func TestWhatIsCoveredStaysCovered(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, allOrdersFeed())
		r.start()
		time.Sleep(20 * time.Hour)
		synctest.Wait()
		before := r.stream("spapi.all_orders", "").CoveredUntil
		r.amz.script(always("spapi.all_orders", source.FaultUnavailable))
		time.Sleep(10 * time.Hour)
		synctest.Wait()
		s := r.stream("spapi.all_orders", "")
		if s.CoveredUntil != before || s.Open != 1 || s.Failure == nil {
			t.Errorf("%s became %+v", before, s)
		}
		r.end()
	})
}

// TestWhatCouldNotBeNotedIsLookedFor: a report was made and the disk was full.
func TestWhatCouldNotBeNotedIsLookedFor(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, planningFeed())
		exec := func(query string) {
			err := r.db.Write(t.Context(), func(tx *sql.Tx) error {
				_, err := tx.ExecContext(t.Context(), query)
				return err
			})
			if err != nil {
				t.Error(err)
			}
		}
		r.client().hook(func(_ context.Context, a source.Ask) {
			if strings.Contains(string(a.State), "create") && !a.Resumed {
				exec(`CREATE TRIGGER full BEFORE UPDATE ON jobs_ask BEGIN SELECT RAISE(ABORT, 'disk full'); END`)
				r.client().hook(nil)
			}
		})
		r.start()
		time.Sleep(10 * time.Minute)
		synctest.Wait()
		exec(`DROP TRIGGER full`)
		time.Sleep(2 * time.Hour)
		synctest.Wait()
		if s := r.stream("spapi.planning", ""); s.State != "fresh" {
			t.Errorf("%+v", s)
		}
		if n := r.amz.asked("", "createReport"); n != 1 || r.amz.asked("", "getReports") == 0 {
			t.Errorf("made %d times", n)
		}
		r.end()
	})
}
