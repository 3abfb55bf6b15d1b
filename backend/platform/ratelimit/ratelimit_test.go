package ratelimit_test

import (
	"errors"
	"maps"
	"math"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"purser/backend/platform/ratelimit"
)

// hands is a clock that stands where it is put.
type hands struct {
	mu sync.Mutex
	at time.Time
}

func (h *hands) Now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.at
}

func (h *hands) move(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.at = h.at.Add(d)
}

// shelf is a store in memory.
type shelf struct {
	kept   map[string]ratelimit.Bucket
	noLoad bool
}

func (s *shelf) Load() (map[string]ratelimit.Bucket, error) {
	if s.noLoad {
		return nil, errors.New("unreadable")
	}
	return maps.Clone(s.kept), nil
}

func (s *shelf) Note(changed map[string]ratelimit.Bucket) {
	if s.kept == nil {
		s.kept = map[string]ratelimit.Bucket{}
	}
	maps.Copy(s.kept, changed)
}

var start = time.Date(2026, 11, 25, 8, 0, 0, 0, time.UTC)

func TestBurstThenOneAtATime(t *testing.T) {
	clk := &hands{at: start}
	l := ratelimit.New(clk, nil)
	rate := ratelimit.Rate{PerSecond: 0.0056, Burst: 20} // searchOrders
	for i := range 20 {
		if w := l.Take("orders", rate); w != 0 {
			t.Fatalf("call %d of the burst has to wait %v", i+1, w)
		}
	}
	wait := l.Take("orders", rate)
	if want := time.Duration(math.Ceil(float64(time.Second) / 0.0056)); wait < want-time.Microsecond || wait > want+time.Microsecond {
		t.Fatalf("wait = %v, want about %v", wait, want)
	}
	if w := l.Take("other", rate); w != 0 {
		t.Errorf("another bucket has to wait %v", w)
	}
	clk.move(wait)
	if w := l.Take("orders", rate); w != 0 {
		t.Errorf("after the wait it has to wait %v more", w)
	}
}

func TestARefusalEmptiesTheBucket(t *testing.T) {
	clk := &hands{at: start}
	l := ratelimit.New(clk, nil)
	rate := ratelimit.Rate{PerSecond: 2, Burst: 15}
	l.Take("k", rate)
	l.Throttled("k", 0)
	if w := l.Take("k", rate); w != 500*time.Millisecond {
		t.Errorf("wait = %v, want 500ms", w)
	}
	l.Throttled("k", 90*time.Second)
	if w := l.Take("k", rate); w != 90*time.Second {
		t.Errorf("wait = %v, want the 90s that were asked for", w)
	}
	l.Throttled("k", time.Second) // a shorter one does not shorten it
	if w := l.Take("k", rate); w != 90*time.Second {
		t.Errorf("wait = %v, want 90s still", w)
	}
	clk.move(90 * time.Second)
	if w := l.Take("k", rate); w != 0 {
		t.Errorf("wait = %v after it", w)
	}
	l.Throttled("never asked", time.Minute)
	if w := l.Take("never asked", rate); w < time.Second {
		t.Errorf("a bucket that was refused before its first use gives a token after %v", w)
	}
}

// After a restart a refusal may be the first that is heard of a bucket, before anybody has named its rate.
func TestARefusalDoesNotMakeUpARate(t *testing.T) {
	clk, s := &hands{at: start}, &shelf{}
	rate := ratelimit.Rate{PerSecond: 0.5, Burst: 1}
	ratelimit.New(clk, s).Take("k", rate)
	l := ratelimit.New(clk, s)
	l.Throttled("k", 0)
	clk.move(time.Second)
	l.Learn("k", 0.3)
	if w := l.Take("k", rate); w < time.Second {
		t.Errorf("wait = %v a second after the only token was taken, at one in two seconds", w)
	}
}

func TestLearnedRateReplacesThePublished(t *testing.T) {
	clk := &hands{at: start}
	s := &shelf{}
	l := ratelimit.New(clk, s)
	rate := ratelimit.Rate{PerSecond: 1, Burst: 2}
	l.Learn("k", 5) // nothing is known of it yet
	l.Take("k", rate)
	l.Take("k", rate)
	for _, nonsense := range []float64{0, -1, math.NaN(), math.Inf(1), 1e9} {
		l.Learn("k", nonsense)
	}
	if w := l.Take("k", rate); w != time.Second {
		t.Fatalf("wait = %v, want the published second", w)
	}
	l.Learn("k", 0.1)
	if w := l.Take("k", rate); w != 10*time.Second {
		t.Fatalf("wait = %v, want 10s as learned", w)
	}
	again := ratelimit.New(clk, s)
	if w := again.Take("k", rate); w != 10*time.Second {
		t.Errorf("after a restart wait = %v, want 10s", w)
	}
}

func TestWhatWasTakenIsStored(t *testing.T) {
	clk := &hands{at: start}
	s := &shelf{}
	l := ratelimit.New(clk, s)
	rate := ratelimit.Rate{PerSecond: 0.01, Burst: 3}
	l.Take("a", rate)
	l.Take("a", rate)
	l.Take("b", rate)
	again := ratelimit.New(clk, s)
	if left, _ := again.Left("a", rate); math.Abs(left-1) > 1e-9 {
		t.Errorf("left of a = %v, want 1", left)
	}
	if left, full := again.Left("b", rate); math.Abs(left-2) > 1e-9 || full.Round(time.Second) != 100*time.Second {
		t.Errorf("left of b = %v, full in %v, want 2 and 1m40s", left, full)
	}
}

func TestUnreadableStoreBeginsEmpty(t *testing.T) {
	clk := &hands{at: start}
	l := ratelimit.New(clk, &shelf{noLoad: true})
	if w := l.Take("k", ratelimit.Rate{PerSecond: 1, Burst: 20}); w != time.Second {
		t.Errorf("wait = %v, want 1s: nobody knows what was used", w)
	}
}

func TestARateOfNothingWaitsADay(t *testing.T) {
	l := ratelimit.New(&hands{at: start}, nil)
	l.Take("k", ratelimit.Rate{})
	if w := l.Take("k", ratelimit.Rate{}); w != 24*time.Hour {
		t.Errorf("wait = %v, want 24h", w)
	}
}

// Fault 20: there are never more requests than burst and rate allow, however limits change.
// Over any stretch of calls, those let through are at most the burst and what came back while the clock went forward;
// clocks that jump back, restarts change nothing of it.
func TestNeverMoreThanBurstAndRate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		clk := &hands{at: start}
		s := &shelf{}
		l := ratelimit.New(clk, s)
		rate := ratelimit.Rate{
			PerSecond: rapid.Float64Range(0.001, 5).Draw(t, "rate"),
			Burst:     rapid.IntRange(1, 20).Draw(t, "burst"),
		}
		var forward float64    // seconds that the clock went forward in all
		var taken []float64    // forward at each call let through
		most := rate.PerSecond // the highest rate that held
		for range rapid.IntRange(1, 300).Draw(t, "steps") {
			switch rapid.IntRange(0, 9).Draw(t, "what") {
			case 0: // back, by seconds or a year
				clk.move(-time.Duration(rapid.Int64Range(0, int64(400*24*time.Hour)).Draw(t, "back")))
			case 1, 2, 3:
				d := time.Duration(rapid.Int64Range(0, int64(2*time.Minute)).Draw(t, "on"))
				clk.move(d)
				forward += d.Seconds()
			case 4:
				l = ratelimit.New(clk, s)
			case 5:
				per := rapid.Float64Range(0.001, 5).Draw(t, "learned")
				if len(taken) > 0 {
					l.Learn("k", per)
					most = max(most, per)
				}
			case 6:
				l.Throttled("k", time.Duration(rapid.Int64Range(0, int64(time.Minute)).Draw(t, "after")))
			default:
				wait := l.Take("k", rate)
				if wait == 0 {
					taken = append(taken, forward)
				} else if wait < 0 {
					t.Fatalf("waits %v", wait)
				}
			}
		}
		for i := range taken {
			for j := i; j < len(taken); j++ {
				if n, limit := float64(j-i+1), float64(rate.Burst)+most*(taken[j]-taken[i]); n > limit+1e-3 {
					t.Fatalf("%v calls within %.3fs of %+v, at most %.3f", n, taken[j]-taken[i], rate, limit)
				}
			}
		}
	})
}

// What it says to wait is enough, whatever came before.
func TestTheWaitIsEnough(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		clk := &hands{at: start}
		l := ratelimit.New(clk, nil)
		rate := ratelimit.Rate{PerSecond: rapid.Float64Range(0.001, 50).Draw(t, "rate"), Burst: rapid.IntRange(1, 5).Draw(t, "burst")}
		for range 60 {
			clk.move(time.Duration(rapid.Int64Range(0, int64(time.Second)).Draw(t, "on")))
			if wait := l.Take("k", rate); wait > 0 {
				clk.move(wait)
				if more := l.Take("k", rate); more != 0 {
					t.Fatalf("waited %v, then %v more", wait, more)
				}
			}
		}
	})
}

func TestManyAtOnceGetTheBurst(t *testing.T) {
	l := ratelimit.New(&hands{at: start}, &shelf{})
	var wg sync.WaitGroup
	var mu sync.Mutex
	let := 0
	for range 200 {
		wg.Go(func() {
			if l.Take("k", ratelimit.Rate{PerSecond: 1, Burst: 15}) == 0 {
				mu.Lock()
				let++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if let != 15 {
		t.Errorf("%d calls of 200 at once were let through, want 15", let)
	}
}
