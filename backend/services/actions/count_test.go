package actions_test

import (
	"testing"
	"time"

	"purser/backend/core/action"
	"purser/backend/services/actions"
)

// What was done, taken back, or may have been done uses up a cap of one a day; each ends in its own time.
func TestWhatCounts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		first func(w *world, id int64) // what becomes of the first, which began at once
		wait  time.Duration            // after that, the second is tried
		want  action.State
	}{
		{"taken back", func(w *world, id int64) {
			_, err := w.s.Rollback(t.Context(), id, actions.Person)
			w.must(err)
			w.pass()
			w.want(id, action.RolledBack)
		}, 23 * time.Hour, action.Approved},
		{"done, by a part of a second", func(*world, int64) {}, 24*time.Hour - 400*time.Millisecond, action.Approved},
		{"done, a day later", func(*world, int64) {}, 24*time.Hour + 2*time.Second, action.Verified},
	} {
		w := newWorld(t)
		w.limits(action.PerDay, "1")
		w.clk.add(900 * time.Millisecond)
		w.p.set("US/A", 100)
		w.p.set("US/B", 100)
		first := w.approve(w.wish("US/A", 110))[0]
		w.run(held)
		w.want(first, action.Verified)
		c.first(w, first)
		second := w.approve(w.wish("US/B", 110))[0]
		w.run(c.wait)
		if got := w.state(second); got != c.want {
			t.Errorf("%s: the second is %s, want %s", c.name, got, c.want)
		}
	}
}

// What is of unknown fate counts until somebody looked, and then from that moment if it was done.
func TestUnknownCountsUntilSomebodyLooked(t *testing.T) {
	t.Parallel()
	for _, happened := range []bool{true, false} {
		w := newWorld(t)
		w.p.kind.Repeatable = false
		w.limits(action.PerDay, "1")
		w.p.set("US/A", 100)
		w.p.set("US/B", 100)
		w.p.mood = always(late)
		first := w.approve(w.wish("US/A", 110))[0]
		w.run(held)
		w.want(first, action.Unknown)
		w.p.mood = always(honest)
		w.run(20 * time.Hour)
		second := w.approve(w.wish("US/B", 110))[0]
		w.run(20 * time.Hour) // 40 hours after the first began
		w.want(second, action.Approved)
		if happened {
			w.p.settle()
		}
		w.must(w.s.Resolve(t.Context(), first, happened, ""))
		w.run(time.Second)
		if !happened {
			w.want(second, action.Verified)
			continue
		}
		w.want(second, action.Approved)
		w.run(24*time.Hour + time.Second)
		w.want(second, action.Verified)
	}
}

// What cannot be read back counts from the answer, not from the first try.
func TestLateAnswerCounts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.p.kind.Readable = false
	w.limits(action.PerDay, "1")
	w.p.mood = always(down)
	w.p.set("US/A", 100)
	w.p.set("US/B", 100)
	first := w.approve(w.wish("US/A", 110))[0]
	w.run(held)
	w.p.mood = always(honest)
	w.run(12 * time.Hour)
	w.want(first, action.Sent)
	second := w.approve(w.wish("US/B", 110))[0]
	w.run(13 * time.Hour)
	w.want(second, action.Approved)
}
