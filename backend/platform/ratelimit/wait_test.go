package ratelimit_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"purser/backend/platform/clock"
	"purser/backend/platform/ratelimit"
)

// Who can wait gets every token, each as soon as it is there, however many wait at once.
func TestWaitGetsATokenInTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l, rate, from := ratelimit.New(clock.Real{}, nil), ratelimit.Rate{PerSecond: 2, Burst: 10}, time.Now()
		for i := range 30 {
			if w := l.Wait(t.Context(), "k", rate, 30*time.Second); w != 0 {
				t.Fatalf("call %d was told to wait %v", i, w)
			}
		}
		if d := time.Since(from); d < 10*time.Second || d > 10*time.Second+time.Millisecond {
			t.Errorf("30 calls took %v, want 10 s for the 20 beyond the burst", d)
		}
		got := make(chan time.Duration, 20)
		for range 20 {
			go func() { got <- l.Wait(t.Context(), "k", rate, 30*time.Second) }()
		}
		for range 20 {
			if w := <-got; w != 0 {
				t.Errorf("one of twenty at once was told to wait %v", w)
			}
		}
		if d := time.Since(from); d > 21*time.Second {
			t.Errorf("all took %v", d)
		}
	})
}

// What would last longer than the caller has is told at once, and takes nothing.
func TestWaitTellsAtOnceWhatIsTooLong(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l, rate, from := ratelimit.New(clock.Real{}, nil), ratelimit.Rate{PerSecond: 0.1, Burst: 1}, time.Now()
		short, done := context.WithTimeout(t.Context(), 9*time.Second)
		defer done()
		over, end := context.WithCancel(t.Context())
		end()
		l.Take("k", rate)
		for name, wait := range map[string]time.Duration{
			"its context ends": l.Wait(short, "k", rate, time.Minute), "most": l.Wait(t.Context(), "k", rate, 9*time.Second), "over": l.Wait(over, "k", rate, time.Minute),
		} {
			if wait != 10*time.Second || time.Since(from) != 0 {
				t.Errorf("%s: told to wait %v after %v", name, wait, time.Since(from))
			}
		}
		long, done := context.WithTimeout(t.Context(), 11*time.Second)
		defer done()
		if wait := l.Wait(long, "k", rate, time.Minute); wait != 0 || time.Since(from) != 10*time.Second {
			t.Errorf("told to wait %v after %v", wait, time.Since(from))
		}
	})
}

// A caller that is called off goes at once and takes nothing.
func TestWaitIsCalledOff(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l, rate, from := ratelimit.New(clock.Real{}, nil), ratelimit.Rate{PerSecond: 0.1, Burst: 1}, time.Now()
		l.Take("k", rate)
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(3*time.Second, cancel)
		if wait := l.Wait(ctx, "k", rate, time.Minute); wait != 10*time.Second || time.Since(from) != 3*time.Second {
			t.Errorf("told to wait %v after %v", wait, time.Since(from))
		}
		time.Sleep(7 * time.Second)
		if wait := l.Take("k", rate); wait != 0 {
			t.Errorf("the token is gone: %v", wait)
		}
	})
}

// A clock that stands still must not keep anybody for ever.
func TestWaitEndsWhereTheClockStands(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l, rate, from := ratelimit.New(&hands{at: start}, nil), ratelimit.Rate{PerSecond: 1, Burst: 1}, time.Now()
		l.Take("k", rate)
		if wait := l.Wait(t.Context(), "k", rate, 30*time.Second); wait != time.Second || time.Since(from) != 30*time.Second {
			t.Errorf("told to wait %v after %v", wait, time.Since(from))
		}
	})
}
