package actions_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"purser/backend/core/action"
)

// settling is a world in which one bid was taken that its peer shows late, if ever.
func settling(t *testing.T, settles time.Duration, m mood) (*world, int64) {
	t.Helper()
	w := newWorld(t)
	w.p.kind.Settles = settles
	w.limits()
	w.p.set("US/A", 100)
	w.p.mood = always(m)
	id := w.approve(w.wish("US/A", 110))[0]
	w.run(held)
	if a := w.want(id, action.Sent); !strings.HasPrefix(a.Waits, "Amazon has accepted it and does not show it yet; read again at 25 Nov, 07:05 UTC") {
		t.Errorf("it waits: %q", a.Waits)
	}
	return w, id
}

// Fault 32: what was accepted and is not there when its time is over is a mismatch, and waits for a person.
// What is not shown yet is read again at its times, over restarts, and only then is it not as it should be.
func TestShownLate(t *testing.T) {
	t.Parallel()
	for settles, times := range map[time.Duration][]time.Duration{
		10 * time.Minute: {5 * time.Minute, 10 * time.Minute},
		24 * time.Hour:   {5 * time.Minute, 15 * time.Minute, time.Hour, 4 * time.Hour, 24 * time.Hour},
		36 * time.Hour:   {5 * time.Minute, 15 * time.Minute, time.Hour, 4 * time.Hour, 24 * time.Hour, 36 * time.Hour},
	} {
		for shown := range times { // it is shown just before that look
			w, id := settling(t, settles, unseen)
			gone := time.Duration(0)
			for _, at := range times[:shown] {
				w.run(at - gone - 2*time.Second)
				gone = at
				reads := 0
				w.p.onValue = func(action.Request) { reads++ }
				w.pass()
				w.open()
				w.run(2 * time.Second)
				if w.p.onValue = nil; reads != 1 || w.state(id) != action.Sent {
					t.Errorf("of %s, at %s: read %d times, %s", settles, at, reads, w.state(id))
				}
			}
			w.p.settle()
			w.run(times[shown] - gone - 2*time.Second)
			w.want(id, action.Sent)
			w.run(2 * time.Second)
			w.want(id, action.Verified)
			if w.p.count() != 1 {
				t.Errorf("begun %d times", w.p.count())
			}
			w.audited()
		}
		w, id := settling(t, settles, nothing)
		w.run(settles - 2*time.Second)
		w.want(id, action.Sent)
		w.run(2 * time.Second)
		if a := w.want(id, action.Mismatch); !strings.Contains(a.Reason, `"110" was to be there, and there is "100".`) || a.Seen != "100" {
			t.Errorf("it says %q, seen %q", a.Reason, a.Seen)
		}
	}
}

// A third value is seen at once, however long a kind takes.
func TestShownLateAndEdited(t *testing.T) {
	t.Parallel()
	w, id := settling(t, 24*time.Hour, unseen)
	w.p.set("US/A", 77)
	w.run(5 * time.Minute)
	w.want(id, action.Mismatch)
}

// However often it cannot be read, it is not given up before it has settled.
func TestUnreadableWhileItSettles(t *testing.T) {
	t.Parallel()
	for _, back := range []bool{true, false} {
		w, id := settling(t, 24*time.Hour, unseen)
		w.p.valueErr = func(action.Request) error { return errors.New("no line") }
		for range 23 * 4 {
			w.run(15 * time.Minute)
			w.want(id, action.Sent)
		}
		want := action.Unknown
		if back {
			w.p.valueErr, want = nil, action.Verified
			w.p.settle()
		}
		w.run(3 * time.Hour)
		w.want(id, want)
	}
}

// A clock that was put back makes nothing wait longer than its kind takes from then on.
func TestClockPutBackWhileItSettles(t *testing.T) {
	t.Parallel()
	for _, by := range []time.Duration{30 * time.Second, time.Hour, 400 * 24 * time.Hour} {
		w, id := settling(t, 24*time.Hour, nothing)
		w.run(5 * time.Minute)
		w.clk.add(-by)
		w.open()
		w.pass()
		w.pass()
		w.want(id, action.Sent)
		for range 24*12 + 1 {
			w.run(5 * time.Minute)
		}
		w.want(id, action.Mismatch)
		w.audited()
	}
}

// While it settles it counts as happening now, and keeps others off its field: it may be applied at any moment until it
// is read.
func TestWhatSettlesCounts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.p.kind.Settles = 24 * time.Hour
	w.limits(action.PerDay, "1")
	w.p.set("US/A", 100)
	w.p.set("US/B", 100)
	w.p.mood = always(lateOK)
	w.handsOff["US/B"] = "an experiment runs"
	other := w.approve(w.wish("US/B", 105))[0] // has its turn first
	id := w.approve(w.wish("US/A", 110))[0]
	field := w.approve(w.wish("US/A", 105))[0]
	w.run(held)
	w.want(id, action.Sent)
	w.run(23 * time.Hour)
	w.p.settle()
	delete(w.handsOff, "US/B")
	for _, d := range []time.Duration{50 * time.Minute, 10*time.Minute + 2*time.Second, time.Second, 10 * time.Hour} {
		w.run(d)
		for _, waiting := range []int64{field, other} {
			if a := w.one(waiting); a.State == action.Approved && a.Waits == "" {
				t.Errorf("%s says nothing of what it waits for", a.Title)
			}
		}
		if w.p.count() != 1 {
			t.Fatalf("begun %d times", w.p.count())
		}
	}
	w.want(id, action.Verified)
	w.want(other, action.Approved)
	w.want(field, action.Approved)
}
