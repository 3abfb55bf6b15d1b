package jobs_test

import (
	"context"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"purser/backend/core/source"
	"purser/backend/services/jobs"
)

// Fault 21: a fifth of all answers are 500 for a day: all jobs finish, with at most half as many requests more.
func TestAFifthOfAllAnswersAre500ForADay(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		calm := newRig(t)
		wholeAccount(calm)
		calm.start()
		time.Sleep(25*time.Hour + 40*time.Minute)
		synctest.Wait()
		calm.end()

		r := newRig(t)
		wholeAccount(r)
		r.start()
		r.amz.script(dice(rand.New(rand.NewPCG(1, 2)), 0.2, source.FaultUnavailable))
		time.Sleep(aDay)
		r.amz.script(nil)
		time.Sleep(time.Hour + 40*time.Minute)
		synctest.Wait()
		for _, s := range r.svc.Streams() {
			if s.State != "fresh" {
				t.Errorf("%s %s is %s: %s", s.Feed, s.Marketplace, s.State, s.Text)
			}
		}
		if a, b := r.amz.asked("", ""), calm.amz.asked("", ""); float64(a) > 1.5*float64(b) {
			t.Errorf("%d requests instead of %d", a, b)
		}
		if len(r.amz.twice) > 0 {
			t.Errorf("made twice: %v", r.amz.twice)
		}
		if len(r.received()) != len(calm.received()) {
			t.Errorf("%d documents instead of %d", len(r.received()), len(calm.received()))
		}
		r.end()
	})
}

// always fails a feed.
func always(feed string, f source.APIFault) func(source.Ask, string) error {
	return func(a source.Ask, op string) error {
		if a.Feed == feed {
			return fault(f, op)
		}
		return nil
	}
}

// Fault 22: a request that is refused for good is made twice, and told once.
func TestWhatIsInvalidIsTriedTwiceAndToldOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, allOrdersFeed(), planningFeed())
		r.amz.script(always("spapi.planning", source.FaultInvalid))
		r.start()
		time.Sleep(6*aDay + 23*time.Hour)
		synctest.Wait()
		if n := r.amz.asked("spapi.planning", ""); n != 2 {
			t.Errorf("tried %d times", n)
		}
		s := r.stream("spapi.planning", "")
		if s.State != "held" || s.Failure == nil || s.Failure.RequestID != "amzn-1" || s.Failure.Raw == "" {
			t.Errorf("%+v", s)
		}
		r.end()
		r.start() // nobody is told again
		time.Sleep(10 * aDay)
		synctest.Wait()
		if n := r.amz.asked("spapi.planning", ""); n < 3 || n > 4 {
			t.Errorf("tried %d times in 17 days", n)
		}
		if len(r.told()) != 1 || !strings.Contains(r.told()[0].Text, "Amazon says invalid.") {
			t.Errorf("alerts: %+v", r.told())
		}
		if s := r.stream("spapi.all_orders", ""); s.State != "fresh" {
			t.Errorf("the others: %+v", s)
		}
		// A person who mended it has it fetched.
		r.amz.script(nil)
		out, err := r.api.RunNow(jobs.StreamInput{Feed: "spapi.planning"})
		if err != nil || out.Text != "It is fetched now." {
			t.Errorf("%q, %v", out.Text, err)
		}
		time.Sleep(10 * time.Minute)
		synctest.Wait()
		if s := r.stream("spapi.planning", ""); s.State != "fresh" || s.Failure != nil {
			t.Errorf("%+v", s)
		}
		r.end()
	})
}

func TestOldWindowsThatAmazonRefusesEndThePast(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, allOrdersFeed())
		r.amz.script(func(a source.Ask, op string) error {
			if begin.Sub(a.From) > 95*aDay {
				return fault(source.FaultInvalid, op)
			}
			return nil
		})
		r.start()
		time.Sleep(3*aDay + 40*time.Minute)
		synctest.Wait()
		s := r.stream("spapi.all_orders", "")
		if s.State != "fresh" || s.Filled != 100 || len(r.told()) != 0 {
			t.Errorf("%+v %v", s, r.told())
		}
		if n := r.amz.asked("spapi.all_orders", "createReport"); n != 3+2+3 {
			t.Errorf("%d reports", n)
		}
		r.end()
	})
}

// Fault 23: the access was revoked: one request finds it out, one place is told, all else goes on.
func TestReconnect(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		wholeAccount(r)
		r.sites = append(r.sites, site("spapi", "DE"))
		r.start()
		time.Sleep(aDay)
		r.amz.script(func(a source.Ask, op string) error {
			if a.Region == "na" && a.Feed != "adsapi.search_terms" {
				return fault(source.FaultReconnect, op)
			}
			return nil
		})
		r.amz.forget()
		time.Sleep(3 * aDay)
		r.end()
		r.start()
		time.Sleep(aDay)
		synctest.Wait()
		bad := 0
		for _, q := range r.amz.log() {
			if q.failed {
				bad++
			}
		}
		if bad != 1 || len(r.relink) != 1 || r.relink[0] != "spapi/na" {
			t.Errorf("%d requests after the first refusal, told %v", bad, r.relink)
		}
		for _, s := range r.svc.Streams() {
			if want := s.API == "spapi" && s.Region == "na"; (s.State == "reconnect") != want {
				t.Errorf("%s %s is %s", s.Feed, s.Region, s.State)
			}
		}
		if out, err := r.api.RunNow(jobs.StreamInput{Feed: "spapi.stock", Region: "na"}); err != nil || out.Text != "Connect the account anew first." {
			t.Errorf("%v %v", out, err)
		}
		r.amz.script(nil)
		if err := r.svc.Reconnected(t.Context(), "spapi", "na"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(3 * time.Hour)
		synctest.Wait()
		for _, s := range r.svc.Streams() {
			if s.State != "fresh" && s.State != "running" {
				t.Errorf("%s %s is %s: %s", s.Feed, s.Region, s.State, s.Text)
			}
		}
		r.end()
	})
}

// Fault 23: a role is missing: what needs it waits, all else goes on.
func TestDeniedPausesWhatNeedsTheCapability(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, stockFeed(), planningFeed(), allOrdersFeed())
		var mu sync.Mutex
		known := source.UnknownGrant
		var told []string
		r.opts = func(o *jobs.Options) {
			o.Capability = func(_ context.Context, _, _, name string) source.CapabilityState {
				mu.Lock()
				defer mu.Unlock()
				if name == "inventory" {
					return known
				}
				return source.Granted
			}
			o.Denied = func(_ context.Context, api, region, name string, _ *source.APIError) {
				mu.Lock()
				defer mu.Unlock()
				told = append(told, api+"/"+region+"/"+name)
				known = source.Denied
			}
		}
		r.amz.script(func(a source.Ask, op string) error {
			if a.Feed != "spapi.all_orders" {
				return fault(source.FaultDenied, op)
			}
			return nil
		})
		r.start()
		time.Sleep(20 * time.Hour)
		synctest.Wait()
		mu.Lock()
		if n := r.amz.asked("spapi.stock", "") + r.amz.asked("spapi.planning", ""); n != 1 || len(told) != 1 || told[0] != "spapi/na/inventory" {
			t.Errorf("%d requests, told %v", n, told)
		}
		mu.Unlock()
		if s := r.stream("spapi.stock", ""); s.State != "denied" || s.Text == "" {
			t.Errorf("%+v", s)
		}
		if s := r.stream("spapi.all_orders", ""); s.State != "fresh" {
			t.Errorf("%+v", s)
		}
		mu.Lock()
		known = source.Granted
		mu.Unlock()
		r.amz.script(nil)
		if err := r.svc.Reconnected(t.Context(), "spapi", "na"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Hour)
		synctest.Wait()
		for _, s := range r.svc.Streams() {
			if s.State != "fresh" {
				t.Errorf("%s is %s: %s", s.Feed, s.State, s.Text)
			}
		}
		r.end()
	})
}

// Mode 5: what Amazon does not make for an account is asked for another day, and nobody is told.
func TestNotOfferedIsAskedForOnceADay(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, stockFeed())
		r.client().pages["spapi.stock"] = 1
		r.amz.script(always("spapi.stock", source.FaultNotOffered))
		r.start()
		time.Sleep(5*aDay - time.Hour)
		synctest.Wait()
		if n := r.amz.asked("", ""); n != 5 || len(r.told()) != 0 {
			t.Errorf("%d requests, %v", n, r.told())
		}
		if s := r.stream("spapi.stock", ""); s.State != "not_offered" || !strings.Contains(s.Text, "does not make this") {
			t.Errorf("%+v", s)
		}
		r.end()
	})
}

// Modes 1 and 2: a report that ends FATAL is not asked for in a loop, and after three days only once a week.
func TestFatalReportsAreMadeThreeTimesADayAtMost(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, planningFeed())
		r.amz.script(func(_ source.Ask, op string) error {
			if op == "getReport" {
				return fault(source.FaultFatal, op)
			}
			return nil
		})
		r.start()
		time.Sleep(2*aDay - time.Hour)
		synctest.Wait()
		var made []time.Time
		for _, q := range r.amz.log() {
			if q.op == "createReport" {
				made = append(made, q.at)
			}
		}
		if len(made) != 6 || made[1].Sub(made[0]) < 4*time.Hour || made[3].Sub(made[0]) < aDay {
			t.Errorf("made at %v", made)
		}
		time.Sleep(10 * aDay)
		synctest.Wait()
		if n := r.amz.asked("", "createReport"); n != 10 || len(r.told()) != 1 {
			t.Errorf("made %d times in twelve days, %d alerts", n, len(r.told()))
		}
		r.end()
	})
}

// Mode 22 and Fault 25: a page token that is no longer good begins the window anew, and not for ever.
func TestAnExpiredPageBeginsTheWindowAnew(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, moneyFeed())
		r.client().pages["spapi.transactions"] = 3
		n := 0
		r.amz.script(func(_ source.Ask, op string) error {
			if n++; n == 3 || n > 40 {
				return fault(source.FaultExpiredPage, op)
			}
			return nil
		})
		r.start()
		time.Sleep(time.Minute)
		synctest.Wait()
		asks, err := r.api.Asks(jobs.AsksInput{Done: 500})
		if err != nil {
			t.Fatal(err)
		}
		done := 0
		for _, a := range asks.Asks {
			if a.Status == "done" {
				done++
			}
		}
		// 40 requests gave 38 pages of windows with three, of which two were asked for twice.
		if done != 12 {
			t.Errorf("%d windows are done", done)
		}
		// It does not go on for ever.
		r.amz.forget()
		time.Sleep(aDay)
		synctest.Wait()
		if n := r.amz.asked("", ""); n > 60 {
			t.Errorf("%d requests in a day", n)
		}
		r.end()
	})
}

// Fault 20: fifty times 429 in a row: each wait is as long as was asked for.
func TestThrottledWaitsAsLongAsAmazonSays(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, stockFeed())
		r.client().pages["spapi.stock"] = 1
		n := 0
		r.amz.script(func(_ source.Ask, op string) error {
			if n++; n <= 50 {
				return &source.APIError{Fault: source.FaultThrottled, API: "spapi", Operation: op, Message: "Too many requests.", Status: 429, After: time.Minute}
			}
			return nil
		})
		r.start()
		time.Sleep(20 * time.Minute)
		synctest.Wait()
		if s := r.stream("spapi.stock", ""); s.State != "throttled" {
			t.Errorf("%+v", s)
		}
		time.Sleep(2 * time.Hour)
		synctest.Wait()
		q := r.amz.log()
		for i := 1; i <= 50; i++ {
			if gap := q[i].at.Sub(q[i-1].at); gap < time.Minute || gap > 76*time.Second {
				t.Errorf("waited %s", gap)
			}
		}
		if s := r.stream("spapi.stock", ""); s.State != "fresh" {
			t.Errorf("%+v", s)
		}
		r.end()
	})
}
