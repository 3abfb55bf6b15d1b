package actions_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"purser/backend/core/action"
	"purser/backend/services/actions"
)

func (w *world) batch(n int) []int64 {
	w.t.Helper()
	wishes := make([]action.Wish, n)
	for i := range wishes {
		e := fmt.Sprintf("US/%d", i)
		w.p.set(e, 100)
		wishes[i] = w.wish(e, 110)
	}
	return w.approve(wishes...)
}

// One goes first, then five, then the rest; what is at fault holds back all that come after it.
func TestBatchStopsAtTheFirstFault(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		bad   int // which one is at fault
		mood  mood
		begun int
		state action.State
	}{
		{0, nothing, 1, action.Mismatch},
		{0, late, 1, action.Unknown},
		{3, nothing, 4, action.Mismatch},
		{9, nothing, 10, action.Mismatch},
	} {
		w := newWorld(t)
		w.p.kind.Repeatable = false
		w.limits()
		ids := w.batch(12)
		w.p.mood = func() mood {
			if len(w.p.begins) == c.bad {
				return c.mood
			}
			return honest
		}
		w.run(held)
		w.run(time.Hour)
		if w.p.count() != c.begun {
			t.Errorf("%d were begun after number %d was %s, want %d", w.p.count(), c.bad+1, c.state, c.begun)
		}
		a := w.want(ids[c.bad], c.state)
		last := w.want(ids[11], action.Approved)
		if !strings.Contains(last.Waits, fmt.Sprintf("Number %d ", c.bad+1)) || !strings.Contains(last.Waits, a.Title) {
			t.Errorf("it waits for %q", last.Waits)
		}
		w.must(w.s.Resolve(t.Context(), ids[c.bad], false, ""))
		w.run(time.Second)
		w.want(ids[11], action.Verified)
		w.want(ids[c.bad], action.Failed)
		w.audited()
	}
}

// While the first is not confirmed, no other begins; while the first six are not, no seventh.
func TestBatchGoesInSteps(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.limits()
	ids := w.batch(9)
	unread := "US/0" // what was taken and is not read back
	w.p.valueErr = func(r action.Request) error {
		if n := len(w.p.begins); n > 0 && r.Entity == unread && w.p.begins[n-1].Request.Entity == unread {
			return errors.New("no line")
		}
		return nil
	}
	w.run(held)
	w.want(ids[0], action.Sent)
	if w.want(ids[1], action.Approved); w.p.count() != 1 {
		t.Fatalf("%d were begun", w.p.count())
	}
	unread = "US/5"
	w.run(2 * time.Second)
	w.want(ids[5], action.Sent)
	if w.want(ids[6], action.Approved); w.p.count() != 6 {
		t.Fatalf("%d were begun", w.p.count())
	}
	unread = ""
	w.run(time.Minute)
	w.run(time.Minute)
	for _, id := range ids {
		w.want(id, action.Verified)
	}
}

// What was refused, or taken back before it began, shows nothing: the next one goes alone in its place.
func TestRefusedIsNoProof(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.p.kind.Repeatable = false
	w.limits()
	ids := w.batch(10)
	w.cancel(ids[0])
	w.p.mood = func() mood {
		switch len(w.p.begins) {
		case 0:
			return refuses
		case 1:
			return nothing
		}
		return honest
	}
	w.run(held)
	w.run(time.Minute)
	w.want(ids[1], action.Failed)
	w.want(ids[2], action.Mismatch)
	w.want(ids[3], action.Approved)
	if w.p.count() != 2 {
		t.Errorf("%d were begun", w.p.count())
	}
}

// Members of another kind, whose effect cannot be read back, keep nobody waiting once they are sent.
func TestBatchOfTwoKinds(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.limits()
	mail := newPeer(w.clk.Now)
	mail.kind.Name, mail.kind.Readable, mail.kind.Needs = "mail", false, []string{action.PerDay}
	w.s = w.another(mail)
	w.must(w.s.SetLimit(t.Context(), "mail", action.PerDay, "10", "10"))
	w.p.set("US/A", 100)
	first := w.wish("US/B", 1)
	first.Kind = "mail"
	ids := w.approve(first, w.wish("US/A", 110))
	w.run(held)
	w.want(ids[0], action.Sent)
	w.want(ids[1], action.Verified)
	w.audited()
}

// What is at fault on a thing keeps everything else away from it, also of another field; what is under way its own field.
func TestFaultBlocksTheEntity(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.limits()
	w.p.set("US/A", 100)
	w.p.mood = always(nothing)
	bad := w.approve(w.wish("US/A", 110))[0]
	w.run(held)
	w.want(bad, action.Mismatch)
	w.p.mood = always(honest)
	drafts, err := w.s.Prepare(t.Context(), []action.Wish{w.wish("US/A", 120)})
	w.must(err)
	if !strings.Contains(fmt.Sprint(drafts[0].Against), "look at it first") {
		t.Errorf("the dry run says %q", drafts[0].Against)
	}
	drafts[0].Request.Field = "budget"
	drafts[0].Hash = actions.HashOf(drafts[0].Request)
	ids, err := w.approveDrafts(actions.Person, drafts)
	w.must(err)
	w.run(held)
	if a := w.want(ids[0], action.Approved); !strings.Contains(a.Waits, "look at it first") {
		t.Errorf("it waits for %q", a.Waits)
	}
	w.must(w.s.Resolve(t.Context(), bad, false, ""))
	w.run(time.Second)
	w.want(ids[0], action.Verified)
}

// What was sent and cannot be read back is over: it keeps nothing away, and the worker does not look at it again.
func TestSentIsOverWhereNothingCanBeRead(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.p.kind.Readable = false
	w.limits()
	w.p.set("US/A", 100)
	first := w.approve(w.wish("US/A", 110))[0]
	w.run(held)
	if a := w.want(first, action.Sent); a.EndedAt == "" {
		t.Error("it has no end")
	}
	w.clk.add(time.Hour)
	second := w.approve(w.wish("US/A", 120))[0]
	w.run(held)
	w.want(second, action.Sent)
	st, err := w.s.Status(t.Context())
	if err != nil || len(st.Counts) != 0 {
		t.Errorf("still open: %v %v", st.Counts, err)
	}
}
