package jobs_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sort"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"purser/backend/core/source"
	"purser/backend/services/jobs"
)

// life is one account with faults and crashes at random.
type life struct {
	seed    uint64
	share   float64 // of requests that fail
	crashes int
	polite  bool // crashes are closings
	jump    time.Duration
}

// TestEveryWindowComesOnceWhateverHappens has random faults, unknown results, crashes and clocks.
func TestEveryWindowComesOnceWhateverHappens(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		l := life{
			seed:    rapid.Uint64().Draw(rt, "seed"),
			share:   rapid.Float64Range(0, 0.4).Draw(rt, "share"),
			crashes: rapid.IntRange(0, 6).Draw(rt, "crashes"),
			polite:  rapid.Bool().Draw(rt, "polite"),
			jump:    rapid.SampledFrom([]time.Duration{0, 0, 5 * time.Minute, -5 * time.Minute, -4 * time.Minute}).Draw(rt, "jump"),
		}
		var faults []string
		synctest.Test(t, func(t *testing.T) { faults = live(t, l) })
		if len(faults) > 0 {
			rt.Fatalf("%s", strings.Join(faults, "\n"))
		}
	})
}

// live lets an account live for some days and says what is wrong at the end.
func live(t *testing.T, l life) (wrong []string) {
	t.Helper()
	rng := rand.New(rand.NewPCG(l.seed, 1))
	traffic := trafficFeed()
	traffic.Again, traffic.History = nil, 10*aDay
	orders := ordersFeed()
	orders.Overlap, orders.Every = 0, 3*time.Hour
	r := newRig(t, orders, allOrdersFeed(), traffic, stockFeed())
	r.client().pages["spapi.orders"], r.client().pages["spapi.stock"] = 3, 2
	r.amz.script(dice(rand.New(rand.NewPCG(l.seed, 2)), l.share, source.FaultUnavailable, source.FaultThrottled, source.FaultOffline, source.FaultUnavailable))
	r.start()
	for range l.crashes {
		time.Sleep(time.Duration(rng.Int64N(int64(20 * time.Hour))))
		if l.polite {
			r.end()
		} else {
			r.crash(rng)
		}
		r.clock.jump(time.Duration(rng.Int64N(int64(30 * time.Hour))))
		r.start()
		r.clock.jump(l.jump)
	}
	r.amz.script(nil)
	time.Sleep(4*aDay + 40*time.Minute)
	synctest.Wait()
	wrong = r.check(orders.Name, "spapi.all_orders", traffic.Name)
	r.end()
	return wrong
}

// crash loses the database under the engine, somewhere in the middle of a step.
func (r *rig) crash(rng *rand.Rand) {
	r.t.Helper()
	steps := rng.IntN(4)
	hit := make(chan struct{})
	r.client().hook(func(context.Context, source.Ask) {
		if steps--; steps == -1 {
			_ = r.db.Close()
			close(hit)
		}
	})
	select {
	case <-hit:
	case <-time.After(12 * time.Hour):
	}
	r.stop()
	<-r.done
	r.client().hook(nil)
	_ = r.db.Close()
}

// check says what is wrong: reports that were made twice, windows that are missing or came twice.
func (r *rig) check(feeds ...string) (wrong []string) {
	if len(r.amz.twice) > 0 {
		wrong = append(wrong, fmt.Sprintf("made while one was under way: %v", r.amz.twice))
	}
	for k, n := range r.amz.made() {
		if n > 1 && !strings.HasPrefix(k, "spapi.stock") {
			wrong = append(wrong, fmt.Sprintf("%s was made %d times", k, n))
		}
	}
	for _, s := range r.svc.Streams() {
		if s.State != "fresh" && s.State != "running" {
			wrong = append(wrong, fmt.Sprintf("%s is %s: %s", s.Feed, s.State, s.Text))
		}
	}
	for _, feed := range feeds {
		s := r.stream(feed, "")
		wrong = append(wrong, r.gaps(feed, s.CoveredFrom, s.CoveredUntil)...)
	}
	return wrong
}

// gaps compares the documents of a feed with what is said to be covered.
func (r *rig) gaps(feed, from, until string) (wrong []string) {
	spans := map[string]string{}
	for name := range r.received() {
		if p := strings.Split(name, "|"); p[0] == feed {
			spans[p[3]] = max(spans[p[3]], p[4])
		}
	}
	var begins []string
	for b := range spans {
		begins = append(begins, b)
	}
	sort.Strings(begins)
	at := from
	for _, b := range begins {
		if b < from {
			continue
		}
		if b > at {
			wrong = append(wrong, fmt.Sprintf("%s: nothing from %s to %s", feed, at, b))
		}
		if b < at && feed != "spapi.all_orders" { // which has an overlap
			wrong = append(wrong, fmt.Sprintf("%s: twice from %s to %s", feed, b, at))
		}
		at = max(at, spans[b])
	}
	if at < until {
		wrong = append(wrong, fmt.Sprintf("%s: nothing after %s, said to be covered until %s", feed, at, until))
	}
	return wrong
}

// Fault 13: the clock is set a year back, a year ahead, by minutes and hours, while it runs and between two runs.
func TestClocksThatAreSet(t *testing.T) {
	t.Parallel()
	for _, jump := range []time.Duration{-365 * aDay, 365 * aDay, 5 * time.Minute, -5 * time.Minute, -2 * time.Hour} {
		for _, restart := range []bool{false, true} {
			t.Run(fmt.Sprint(jump, restart), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					traffic := trafficFeed()
					traffic.Again, traffic.History = nil, 10*aDay
					r := newRig(t, ordersFeed(), traffic, stockFeed())
					r.client().pages["spapi.orders"], r.client().pages["spapi.stock"] = 1, 1
					r.start()
					again := func() {
						if restart {
							r.end()
							r.start()
						}
					}
					time.Sleep(3*aDay + 40*time.Minute)
					synctest.Wait()
					was := r.clock.Now()
					before := r.stream("spapi.orders", "").CoveredUntil
					r.amz.forget()
					r.clock.jump(jump)
					again()
					time.Sleep(5 * time.Hour)
					synctest.Wait()
					if jump == -365*aDay {
						if n := r.amz.asked("", ""); n != 0 {
							t.Errorf("%d requests while the clock is a year behind", n)
						}
						if s := r.stream("spapi.orders", ""); s.State != "clock" {
							t.Errorf("%+v", s)
						}
					}
					r.clock.jump(-jump)
					again()
					time.Sleep(2*aDay + 40*time.Minute)
					synctest.Wait()
					for _, s := range r.svc.Streams() {
						if s.State != "fresh" {
							t.Errorf("%s is %s: %s", s.Feed, s.State, s.Text)
						}
					}
					s := r.stream("spapi.orders", "")
					if s.CoveredUntil <= before || s.CoveredUntil > r.clock.Now().Format(time.RFC3339) {
						t.Errorf("covered until %s, it is %s", s.CoveredUntil, r.clock.Now())
					}
					// What was new while the clock was wrong was asked for at a time when it was there.
					real := map[string]bool{}
					for _, q := range r.amz.log() {
						if q.feed == "spapi.traffic" && q.op == "createReport" {
							real[q.day.String()] = true
						}
					}
					for d := 0; d < 2; d++ {
						if day := was.AddDate(0, 0, d-2).Format(time.DateOnly); !real[day] {
							t.Errorf("%s is missing", day)
						}
					}
					if len(r.amz.twice) > 0 {
						t.Errorf("made twice: %v", r.amz.twice)
					}
					r.end()
				})
			})
		}
	}
}

func TestCommandsOfAPerson(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		wholeAccount(r)
		r.start()
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		if _, err := r.api.Pause(jobs.StreamInput{}); err != nil {
			t.Fatal(err)
		}
		r.end()
		r.start() // it is still paused
		time.Sleep(time.Minute)
		r.amz.forget()
		time.Sleep(5 * time.Hour)
		synctest.Wait()
		if n := r.amz.asked("", ""); n != 0 {
			t.Errorf("%d requests while paused", n)
		}
		if out, err := r.api.RunNow(jobs.StreamInput{Feed: "spapi.stock"}); err != nil || out.Text != "It is paused: resume it first." {
			t.Errorf("%+v %v", out, err)
		}
		p, err := r.api.Progress()
		if err != nil || !p.Paused || !strings.Contains(p.Text, "Paused") {
			t.Errorf("%+v %v", p, err)
		}
		if _, err := r.api.Resume(jobs.StreamInput{}); err != nil {
			t.Fatal(err)
		}
		if _, err := r.api.Pause(jobs.StreamInput{Feed: "spapi.stock"}); err != nil {
			t.Fatal(err)
		}
		synctest.Wait() // what began between the two has ended
		r.amz.forget()
		time.Sleep(4 * time.Hour)
		synctest.Wait()
		if n := r.amz.asked("spapi.stock", ""); n != 0 {
			t.Errorf("%d requests for what is paused", n)
		}
		if n := r.amz.asked("spapi.orders", ""); n == 0 {
			t.Error("nothing goes on")
		}
		if _, err := r.api.Pause(jobs.StreamInput{Feed: "nothing"}); err == nil {
			t.Error("what is not there was paused")
		}
		r.end()
	})
}

func TestCancelAndFetchAfterAll(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, allOrdersFeed())
		began := make(chan struct{}, 1)
		r.client().before = func(ctx context.Context, a source.Ask) {
			select {
			case began <- struct{}{}:
				<-ctx.Done()
			default:
			}
		}
		r.start()
		<-began
		asks, err := r.api.Asks(jobs.AsksInput{})
		if err != nil || len(asks.Asks) != 1 || asks.Asks[0].Status != "running" {
			t.Fatalf("%+v %v", asks, err)
		}
		if _, err := r.api.Cancel(jobs.AskInput{ID: asks.Asks[0].ID}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Hour)
		synctest.Wait()
		for k := range r.amz.made() {
			if strings.Contains(k, asks.Asks[0].To) {
				t.Errorf("%s was made after it was stopped", k)
			}
		}
		if s := r.stream("spapi.all_orders", ""); s.State != "stopped" || s.CoveredUntil != asks.Asks[0].From {
			t.Errorf("%+v", s)
		}
		if out, err := r.api.RunNow(jobs.StreamInput{Feed: "spapi.all_orders"}); err != nil || out.Text != "It is fetched now." {
			t.Errorf("%v %v", out, err)
		}
		time.Sleep(3 * time.Hour)
		synctest.Wait()
		if s := r.stream("spapi.all_orders", ""); s.State != "fresh" {
			t.Errorf("%+v", s)
		}
		if _, err := r.api.Cancel(jobs.AskInput{ID: asks.Asks[0].ID}); err == nil {
			t.Error("what is done was stopped")
		}
		for k, n := range r.amz.made() {
			if n != 1 {
				t.Errorf("%s was made %d times", k, n)
			}
		}
		r.end()
	})
}
