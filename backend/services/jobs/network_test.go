package jobs_test

import (
	"fmt"
	"math/rand/v2"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"purser/backend/core/source"
)

// Fault 15: the computer sleeps for a minute, an hour, a night, two days, two weeks: what is due then is fetched once, and
// not all at once. What is older comes with it or after it.
func TestFault15_AsleepForAnyTime(t *testing.T) {
	t.Parallel()
	for _, slept := range []time.Duration{time.Minute, time.Hour, 9 * time.Hour, 2 * aDay, 14 * aDay} {
		t.Run(slept.String(), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t, ordersFeed(), allOrdersFeed(), stockFeed())
				r.client().pages["spapi.orders"], r.client().pages["spapi.stock"] = 1, 1
				r.start()
				time.Sleep(3*aDay + 30*time.Minute)
				synctest.Wait()
				usual, before := perHour(r.amz, "createReport", "page"), map[string]int{}
				for _, s := range r.svc.Streams() {
					before[s.Feed] = s.Runs
				}
				r.amz.forget()
				r.clock.jump(slept) // timers stand still meanwhile
				time.Sleep(2 * time.Minute)
				synctest.Wait()
				for _, s := range r.svc.Streams() {
					n, every := s.Runs-before[s.Feed], map[string]time.Duration{"spapi.orders": time.Hour, "spapi.all_orders": aDay, "spapi.stock": 3 * time.Hour}[s.Feed]
					if n > 1 && (s.Feed != "spapi.orders" || n > 1+int(slept/aDay)+1) {
						t.Errorf("%s ran %d times", s.Feed, n)
					}
					if slept >= every && n == 0 {
						t.Errorf("%s was not caught up with", s.Feed)
					}
				}
				if n := perHour(r.amz, "createReport", "page"); n > usual {
					t.Errorf("%d asks after waking, at most %d in an hour before", n, usual)
				}
				time.Sleep(2 * time.Hour)
				synctest.Wait()
				for _, s := range r.svc.Streams() {
					if s.State != "fresh" {
						t.Errorf("%s is %s: %s", s.Feed, s.State, s.Text)
					}
				}
				if wrong := r.gaps("spapi.all_orders", r.stream("spapi.all_orders", "").CoveredFrom, r.stream("spapi.all_orders", "").CoveredUntil); len(wrong) > 0 {
					t.Error(wrong)
				}
				r.end()
			})
		})
	}
}

// onceFeeds are feeds of which every report is made once.
func onceFeeds() []source.Feed {
	traffic := trafficFeed()
	traffic.Again, traffic.History = nil, 10*aDay
	return []source.Feed{ordersFeed(), allOrdersFeed(), traffic, stockFeed()}
}

// Fault 16: it starts without a network, which then comes and goes every few minutes for a day: nothing is lost or made
// twice, and nobody is told.
func TestFault16_FlappingNetwork(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, onceFeeds()...)
		r.client().pages["spapi.orders"], r.client().pages["spapi.stock"] = 1, 2
		var off atomic.Bool
		off.Store(true)
		r.amz.script(func(_ source.Ask, op string) error {
			if off.Load() {
				return fault(source.FaultOffline, op)
			}
			return nil
		})
		r.start()
		time.Sleep(2 * time.Hour)
		synctest.Wait()
		if n := r.amz.asked("", ""); n > 3*40 {
			t.Errorf("%d tries in two hours without a network", n)
		}
		for _, s := range r.svc.Streams() {
			if s.State != "offline" && s.State != "waiting" && s.State != "never" && s.Failure == nil {
				t.Errorf("%s says %s", s.Feed, s.State)
			}
		}
		dice := rand.New(rand.NewPCG(16, 1))
		for until := r.clock.Now().Add(aDay); r.clock.Now().Before(until); {
			off.Store(!off.Load())
			time.Sleep(time.Duration(1+dice.IntN(15)) * time.Minute)
		}
		off.Store(false)
		time.Sleep(6*time.Hour + 40*time.Minute)
		synctest.Wait()
		if wrong := r.check("spapi.all_orders", "spapi.traffic"); len(wrong) > 0 {
			t.Error(wrong)
		}
		if len(r.told()) > 0 {
			t.Errorf("told: %v", r.told())
		}
		r.end()
	})
}

// Fault 20: a day in which seven of ten answers are 429, with and without a word on when to come back: no job is lost, and
// nothing is made twice.
func TestFault20_StormOf429(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, onceFeeds()...)
		r.client().pages["spapi.orders"], r.client().pages["spapi.stock"] = 1, 2
		storm := rand.New(rand.NewPCG(20, 1))
		r.amz.script(func(_ source.Ask, op string) error {
			if storm.IntN(10) >= 7 {
				return nil
			}
			e := &source.APIError{Fault: source.FaultThrottled, API: "spapi", Operation: op, Message: "Too many requests.", Status: 429}
			if storm.IntN(2) == 0 {
				e.After = time.Duration(1+storm.IntN(120)) * time.Second
			}
			return e
		})
		r.start()
		time.Sleep(aDay)
		r.amz.script(nil)
		time.Sleep(2*time.Hour + 40*time.Minute)
		synctest.Wait()
		if wrong := r.check("spapi.all_orders", "spapi.traffic"); len(wrong) > 0 {
			t.Error(wrong)
		}
		if len(r.told()) > 0 {
			t.Errorf("told: %v", r.told())
		}
		r.end()
	})
}

// Fault 18: names are not found, certificates are wrong, a proxy is dead for one API: the others do not notice.
func TestFault18_OnlyOneIsUnreachable(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		wholeAccount(r)
		n := 0
		r.amz.script(func(a source.Ask, op string) error {
			if a.Feed != "adsapi.search_terms" {
				return nil
			}
			n++
			return &source.APIError{Fault: source.FaultOffline, API: "adsapi", Operation: op, Message: fmt.Sprint("It could not be reached: ", []string{"no such host", "x509: unknown authority", "proxyconnect tcp: refused"}[n%3])}
		})
		r.start()
		time.Sleep(aDay + 40*time.Minute)
		synctest.Wait()
		for _, s := range r.svc.Streams() {
			if want := map[bool]string{true: "offline", false: "fresh"}[s.API == "adsapi"]; s.State != want {
				t.Errorf("%s is %s, not %s: %s", s.Feed, s.State, want, s.Text)
			}
		}
		if n == 0 || n > 200 {
			t.Errorf("%d tries", n)
		}
		r.end()
	})
}
