package jobs_test

import (
	"testing"
	"testing/synctest"
	"time"

	"purser/backend/core/source"
	"purser/backend/services/jobs"
)

type jobsSite = jobs.Site

func TestTheFirstFill(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, allOrdersFeed(), trafficFeed())
		r.start()
		time.Sleep(6 * time.Hour)
		synctest.Wait()
		for _, s := range r.svc.Streams() {
			if s.State != "fresh" || s.Filled != 100 || s.Failure != nil {
				t.Errorf("%s: %+v", s.Feed, s)
			}
		}
		p := r.svc.Progress()
		if p.Percent != 100 || p.Whole != 2 || p.Left != "" {
			t.Errorf("progress: %+v", p)
		}
		// Each of the 12 windows and 40 days came once, the newest first.
		if n := r.amz.asked("spapi.all_orders", "createReport"); n != 12 {
			t.Errorf("%d windows of orders", n)
		}
		if n := r.amz.asked("spapi.traffic", "createReport"); n < 37 || n > 38 {
			t.Errorf("%d days of traffic", n)
		}
		var last time.Time
		for _, q := range r.amz.log() {
			if q.feed != "spapi.traffic" || q.op != "createReport" {
				continue
			}
			if !last.IsZero() && !q.to.Equal(last) {
				t.Errorf("after the day from %s came the one until %s", last, q.to)
			}
			last = q.from
		}
		for k, n := range r.amz.made() {
			if n != 1 {
				t.Errorf("%s was made %d times", k, n)
			}
		}
		r.end()
	})
}

func TestAYear(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		wholeAccount(r)
		r.opts = func(o *jobs.Options) { o.Pace, o.Burst = 0, 0 }
		r.start()
		time.Sleep(365*aDay + 40*time.Minute)
		synctest.Wait()
		for feed, every := range map[string]time.Duration{
			"spapi.orders": time.Hour, "spapi.all_orders": aDay, "spapi.traffic": aDay, "spapi.stock": 3 * time.Hour, "spapi.planning": aDay,
			"spapi.transactions": aDay, "adsapi.search_terms": aDay,
		} {
			s := r.stream(feed, "")
			want := int(365 * aDay / every)
			if s.Runs < want-want/200-1 || s.Runs > want+1 {
				t.Errorf("%s ran %d times, not %d", feed, s.Runs, want)
			}
			if s.State != "fresh" {
				t.Errorf("%s is %s: %s", feed, s.State, s.Text)
			}
		}
		if len(r.amz.twice) > 0 || len(r.told()) > 0 {
			t.Errorf("made twice: %v, alerts: %v", r.amz.twice, r.told())
		}
		q, err := r.svc.Quota(t.Context(), 30)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range q {
			if d.Begun > d.Planned+35 { // a week's look back is on one day
				t.Errorf("%s %s: %d asks began, %d were planned", d.Day, d.Group, d.Begun, d.Planned)
			}
		}
		r.end()
	})
}

// Fault 15: asleep for 14 days.
func TestAsleepFor14Days(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		wholeAccount(r)
		r.client().pages["spapi.stock"] = 1
		r.opts = func(o *jobs.Options) { o.Pace, o.Burst = 2*time.Minute, 3 }
		r.start()
		time.Sleep(10 * aDay)
		synctest.Wait()
		usual := perHour(r.amz, "createReport", "page")
		before := map[string]int{}
		for _, s := range r.svc.Streams() {
			before[s.Feed+s.Marketplace] = s.Runs
		}
		r.amz.forget()
		// Timers stand still while the computer sleeps.
		r.clock.jump(14 * aDay)
		time.Sleep(50 * time.Minute)
		synctest.Wait()
		for _, s := range r.svc.Streams() {
			if n := s.Runs - before[s.Feed+s.Marketplace]; n != 1 && (s.Feed != "spapi.orders" || n > 2) {
				t.Errorf("%s %s ran %d times", s.Feed, s.Marketplace, n)
			}
		}
		time.Sleep(20 * time.Hour)
		synctest.Wait()
		for _, s := range r.svc.Streams() {
			if s.State != "fresh" {
				t.Errorf("%s %s is %s: %s", s.Feed, s.Marketplace, s.State, s.Text)
			}
		}
		// Every day that was slept through is there.
		days := map[string]bool{}
		for _, q := range r.amz.log() {
			if q.feed == "spapi.traffic" && q.marketplace == "US" {
				days[q.day.String()] = true
			}
		}
		for d := 9; d <= 22; d++ {
			if day := begin.AddDate(0, 0, d-2).Format(time.DateOnly); !days[day] {
				t.Errorf("%s is missing", day)
			}
		}
		if n, most := perHour(r.amz, "createReport", "page"), max(usual, 30+3+2); n > most { // what the pace lets through, and two pages of stock
			t.Errorf("%d asks in an hour after waking, at most %d were to be", n, most)
		}
		r.end()
	})
}

// perHour is the most requests of some operations in any hour.
func perHour(a *amazon, ops ...string) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	var times []time.Time
	for _, q := range a.requests {
		for _, op := range ops {
			if q.op == op {
				times = append(times, q.at)
			}
		}
	}
	most, i := 0, 0
	for j := range times {
		for times[j].Sub(times[i]) >= time.Hour {
			i++
		}
		most = max(most, j-i+1)
	}
	return most
}

// Fault 19: one API is down for 48 hours: the others stay as fresh, and it is tried every ten minutes at most.
func TestOneAPIDownFor48Hours(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for _, f := range []source.APIFault{source.FaultUnavailable, source.FaultOffline} {
			r := newRig(t)
			wholeAccount(r)
			r.start()
			time.Sleep(3 * aDay)
			down := r.clock.Now()
			r.amz.script(func(a source.Ask, op string) error {
				if a.Feed == "adsapi.search_terms" {
					return fault(f, op)
				}
				return nil
			})
			time.Sleep(2*aDay + 40*time.Minute)
			synctest.Wait()
			for _, s := range r.svc.Streams() {
				switch {
				case s.API == "adsapi":
					if s.State != string(f) || s.Failure == nil || s.Failure.Raw == "" {
						t.Errorf("%s: %+v", s.Feed, s)
					}
				case s.State != "fresh":
					t.Errorf("%s is %s: %s", s.Feed, s.State, s.Text)
				default:
					when, err := time.Parse(time.RFC3339, s.LastSuccess)
					if every := map[string]time.Duration{"spapi.orders": time.Hour, "spapi.stock": 3 * time.Hour}[s.Feed]; err != nil ||
						r.clock.Now().Sub(when) > max(every, aDay*map[bool]time.Duration{true: 1}[every == 0])+15*time.Minute {
						t.Errorf("%s was last fetched %s", s.Feed, s.LastSuccess)
					}
				}
			}
			var fails []time.Time
			for _, q := range r.amz.log() {
				if q.failed && !q.at.Before(down) {
					fails = append(fails, q.at)
				}
			}
			if len(fails) < 20 {
				t.Errorf("only %d tries in two days", len(fails))
			}
			for i := 5; i < len(fails); i++ {
				if gap := fails[i].Sub(fails[i-1]); gap < 10*time.Minute {
					t.Errorf("try %d came %s after the one before", i, gap)
				}
			}
			r.amz.script(nil)
			time.Sleep(2 * time.Hour)
			synctest.Wait()
			if s := r.stream("adsapi.search_terms", ""); s.State != "fresh" {
				t.Errorf("afterwards: %s: %s", s.State, s.Text)
			}
			r.end()
		}
	})
}
