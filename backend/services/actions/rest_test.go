package actions_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"purser/backend/core/action"
	"purser/backend/core/source"
)

func throttled(after time.Duration) error {
	return &source.APIError{Fault: source.FaultThrottled, Status: 429, Message: "Amazon takes no more requests just now.", After: after}
}

// A peer that takes no more requests is not asked again before it said, whichever of the reads it refuses, and what was
// approved is done then. The wait for it is no time in which it is held to be taken back.
func TestPeerIsLeftAloneAsLongAsItAsks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		read          int // that is refused first
		after, quiet  time.Duration
		whole, passes time.Duration
	}{
		{1, 90 * time.Second, 89 * time.Second, 91 * time.Second, time.Second},
		{1, 0, 59 * time.Second, 61 * time.Second, time.Second},
		{1, 30 * time.Hour, 59 * time.Minute, time.Hour + time.Second, time.Minute},
		{2, 10 * time.Minute, 9 * time.Minute, 10*time.Minute + time.Second, 30 * time.Second},
	} {
		t.Run(fmt.Sprint(c.read, c.after), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.limits()
			w.p.set("US/A", 100)
			id := w.approve(w.wish("US/A", 110))[0]
			reads, open := 0, false
			w.p.valueErr = func(action.Request) error {
				if reads++; reads < c.read || open {
					return nil
				}
				return throttled(c.after)
			}
			w.run(held)
			if a := w.want(id, action.Approved); !strings.Contains(a.Waits, "no more requests") || a.HeldMs != 0 || reads != c.read {
				t.Errorf("it waits for %q, held for %d ms, read %d times", a.Waits, a.HeldMs, reads)
			}
			for gone := time.Duration(0); gone < c.quiet; gone += c.passes {
				w.run(c.passes)
			}
			if w.want(id, action.Approved); reads != c.read || w.p.count() != 0 {
				t.Errorf("read %d times in %v, begun %d times", reads, c.quiet, w.p.count())
			}
			open = true
			w.run(c.whole - c.quiet)
			w.want(id, action.Verified)
			w.audited()
		})
	}
}

// What is refused for that alone was surely not done and is done later under the same approval, also where it may not be
// repeated; it is tried seldom, and not once the approval is over.
func TestRefusedForNowIsDoneLater(t *testing.T) {
	t.Parallel()
	for _, repeatable := range []bool{true, false} {
		w, h, _ := stoppable(t)
		w.p.kind.Repeatable = repeatable
		w.s = withAlerts(t, w, h, nil)
		h.err = action.Refuse("Amazon takes no more requests of this kind just now.", throttled(time.Second))
		done, over := w.approve(w.wish("US/A", 110))[0], w.approve(w.wish("US/B", 110))[0]
		w.run(held)
		for range 290 {
			w.run(time.Second)
		}
		for _, id := range []int64{done, over} {
			if a := w.want(id, action.Approved); !strings.Contains(a.Waits, "no more requests") {
				t.Errorf("it waits for %q", a.Waits)
			}
		}
		if w.p.count() != 2 {
			t.Errorf("begun %d times in five minutes", w.p.count())
		}
		h.err = nil
		w.cancel(over)
		w.run(time.Minute)
		w.want(done, action.Verified)
		w.want(over, action.Cancelled)
		h.err = action.Refuse("Amazon takes no more requests of this kind just now.", throttled(0))
		late := w.approve(w.wish("US/C", 110))[0]
		for range 49 {
			w.run(time.Hour)
		}
		if a := w.want(late, action.Failed); !strings.Contains(a.Reason, "older than 48 hours") {
			t.Error(a.Reason)
		}
		w.audited()
	}
}

// waiting is a peer at which everything waits for its turn.
type waiting struct {
	*peer
	meanwhile func()
}

func (x *waiting) Execute(ctx context.Context, r action.Request) (action.Receipt, error) {
	if x.meanwhile != nil {
		x.meanwhile()
	}
	if err := action.MaySend(ctx); err != nil {
		return action.Receipt{}, err
	}
	return x.peer.Execute(ctx, r)
}

// The switch that is thrown while something waits for its turn at the peer keeps it from being sent; the approval stays.
func TestStoppedWhileItWaitsForItsTurn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.limits()
	w.p.set("US/A", 100)
	w.p.kind.Name = "waiting"
	x := &waiting{peer: w.p, meanwhile: func() { w.must(os.WriteFile(w.stop, nil, 0o600)) }}
	w.s = withAlerts(t, w, x, nil)
	w.limits()
	id := w.approve(w.wish("US/A", 110))[0]
	w.run(held)
	if a := w.want(id, action.Approved); w.p.count() != 0 || a.Waits == "" {
		t.Errorf("begun %d times, waits for %q", w.p.count(), a.Waits)
	}
	x.meanwhile = nil
	w.must(os.Remove(w.stop))
	w.run(time.Minute)
	w.want(id, action.Verified)
	w.audited()
}
