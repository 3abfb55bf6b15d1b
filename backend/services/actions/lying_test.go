package actions_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"purser/backend/core/action"
)

// Fault 30: a write is done and answered with an error, or not done and answered with a yes.
// Every lie of the peer, for every kind of executor: what becomes of the action, and how often it was really done.
func TestLyingPeer(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		mood                 mood
		repeatable, readable bool
		found                action.Fate // "": the peer tells the truth by key
		want                 action.State
		done                 int
	}{
		{honest, false, true, "", action.Verified, 1},
		{honest, false, false, "", action.Sent, 1},
		{refuses, false, true, "", action.Failed, 0},
		{refuses, true, false, "", action.Failed, 0},
		{didError, false, true, "", action.Verified, 1},
		{didError, false, false, action.Open, action.Unknown, 1},
		{didError, true, true, action.Open, action.Verified, 1},
		{didCut, false, true, "", action.Verified, 1},
		{didCut, false, true, action.NotDone, action.Unknown, 1},
		{didCut, true, true, action.NotDone, action.Verified, 1},
		{down, false, true, "", action.Unknown, 0},
		{down, true, true, "", action.Verified, 1},
		{late, false, true, "", action.Unknown, 1},
		{late, true, true, "", action.Verified, 1},
		{lateOK, false, true, "", action.Mismatch, 1},
		{lateOK, true, true, "", action.Mismatch, 1},
		{nothing, true, true, "", action.Mismatch, 0},
		{nothing, false, true, "", action.Mismatch, 0},
		{unseen, true, true, "", action.Mismatch, 1}, // of a kind that does not settle
		{panics, false, true, "", action.Verified, 1},
		{panics, false, false, action.Open, action.Unknown, 1},
	} {
		t.Run(fmt.Sprintf("%s repeatable %v readable %v found %s", c.mood, c.repeatable, c.readable, c.found), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.p.kind.Repeatable, w.p.kind.Readable = c.repeatable, c.readable
			w.limits()
			w.p.set("US/A", 100)
			w.p.mood = always(c.mood)
			w.p.found = func() (action.Fate, error) { return c.found, nil }
			id := w.approve(w.wish("US/A", 110))[0]
			w.run(held)
			w.p.mood = always(honest) // a later try is answered truly
			w.run(2 * time.Second)
			w.p.settle()
			w.run(5 * time.Minute)
			a := w.want(id, c.want)
			if n := w.p.done(w.key(id)); n != c.done {
				t.Errorf("done %d times, want %d", n, c.done)
			}
			st, err := w.s.Status(context.Background())
			if err != nil || c.want.Blocks() && (st.Counts[c.want] != 1 || a.Reason == "") || !c.want.Blocks() && st.Counts[action.Unknown] != 0 {
				t.Errorf("the status shows %v, the reason %q: %v", st.Counts, a.Reason, err)
			}
			w.audited()
		})
	}
}

// A peer that stays down is not asked for ever: what may be repeated ends as unknown, because it may still come to it.
func TestPeerStaysDown(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.limits()
	w.p.set("US/A", 100)
	w.p.mood = always(late)
	id := w.approve(w.wish("US/A", 110))[0]
	w.run(held)
	for range 40 {
		w.run(time.Hour)
	}
	if a := w.want(id, action.Unknown); w.p.count() != 8 || !strings.Contains(a.Reason, "tried 8 times") {
		t.Errorf("tried %d times: %s", w.p.count(), a.Reason)
	}
	w.p.settle()
	if n := w.p.done(w.key(id)); n != 1 {
		t.Errorf("done %d times", n)
	}
}

// What stays on this computer is believed when it says that nothing was done.
func TestLocalFailure(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.p.kind.Level = action.Local
	w.limits()
	w.p.set("US/A", 100)
	w.p.mood = always(down)
	id := w.approve(w.wish("US/A", 110))[0]
	if err := w.s.Drain(context.Background(), []int64{id}); err != nil {
		t.Fatal(err)
	}
	if a := w.want(id, action.Sending); a.Waits == "" {
		t.Error("it says nothing of what it waits for")
	}
	for range 40 {
		w.run(time.Hour)
	}
	w.want(id, action.Failed)
}

// A refusal after a try whose answer was lost says nothing of that try.
func TestRefusedOnALaterTry(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.limits()
	w.p.set("US/A", 100)
	w.p.mood = always(late)
	id := w.approve(w.wish("US/A", 110))[0]
	w.run(held)
	w.p.mood = always(refuses)
	w.run(2 * time.Second)
	w.want(id, action.Unknown)
	if w.p.count() != 2 {
		t.Errorf("asked %d times", w.p.count())
	}
}

// Where the peer cannot be asked what became of it, it is asked again before a person is.
func TestPeerCannotBeAsked(t *testing.T) {
	t.Parallel()
	for _, back := range []bool{true, false} {
		w := newWorld(t)
		w.p.kind.Repeatable = false
		w.limits()
		w.p.set("US/A", 100)
		w.p.mood = always(didCut)
		w.p.found = func() (action.Fate, error) { return "", errors.New("no line") }
		id := w.approve(w.wish("US/A", 110))[0]
		w.run(held)
		w.want(id, action.Sending)
		if back {
			w.p.found = nil
		}
		for range 6 {
			w.run(5 * time.Minute)
		}
		want := action.Unknown
		if back {
			want = action.Verified
		}
		w.want(id, want)
		if w.p.count() != 1 {
			t.Errorf("begun %d times", w.p.count())
		}
	}
}

// A later try is an execution like the first: everything must speak for it.
func TestLaterTryIsHeldAgainstEverything(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(w *world){
		"expired":       func(w *world) { w.sql(`UPDATE actions_action SET expires_at = ?`, w.clk.Now().Unix()) },
		"bytes":         func(w *world) { w.sql(`UPDATE actions_action SET payload = payload || ' '`) },
		"rule off":      func(w *world) { w.off = true },
		"rule changed":  func(w *world) { w.version++ },
		"outside edit":  func(w *world) { w.p.set("US/A", 77) },
		"limit gone":    func(w *world) { w.must(w.s.SetLimit(context.Background(), "bid", action.PerDay, "", "")) },
		"hands off":     func(w *world) { w.handsOff["US/A"] = "an experiment runs" },
		"stopped":       func(w *world) { w.must(w.s.Stop(context.Background(), true, "person")) },
		"value unknown": func(w *world) { w.p.valueErr = func(action.Request) error { return errors.New("no line") } },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.limits()
			w.p.set("US/A", 100)
			w.p.mood = always(down)
			id := w.approve(w.wish("US/A", 110))[0]
			w.run(held)
			if w.want(id, action.Sending); w.p.count() != 1 {
				t.Fatalf("begun %d times", w.p.count())
			}
			change(w)
			w.p.mood = always(honest)
			w.run(3 * time.Second)
			w.run(3 * time.Second)
			if w.p.count() != 1 {
				t.Errorf("tried again although it should not: %d", w.p.count())
			}
			switch name {
			case "hands off", "stopped", "value unknown":
				if a := w.want(id, action.Sending); a.Waits == "" {
					t.Error("it says nothing of what it waits for")
				}
			default:
				w.want(id, action.Unknown)
			}
			for range 30 {
				w.run(time.Hour)
			}
			w.want(id, action.Unknown)
			w.audited()
		})
	}
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// What was under way when the program ended is looked at when it starts.
func TestRecovery(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name       string
		repeatable bool
		effect     bool
		want       action.State
	}{
		{"done before the end", true, true, action.Verified},
		{"done, not repeatable", false, true, action.Verified},
		{"not done, repeatable", true, false, action.Verified},
		{"not done, not repeatable", false, false, action.Unknown},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.p.kind.Repeatable = c.repeatable
			w.limits()
			w.p.set("US/A", 100)
			id := w.approve(w.wish("US/A", 110))[0]
			key := w.key(id)
			w.sql(`UPDATE actions_action SET state = 'sending', tries = 1, began_at = ?, not_before = 0`, w.clk.Now().Unix())
			w.sql(`INSERT INTO test_audit VALUES (?, 'approved', 'sending', '', '')`, fmt.Sprintf("action:%d", id))
			if c.effect {
				w.p.effect(action.Request{Key: key, Entity: "US/A", Size: action.Size{To: 110}})
			}
			w.open()
			w.pass()
			w.run(2 * time.Second)
			w.run(2 * time.Second)
			w.want(id, c.want)
			if n := w.p.done(key); n > 1 || c.want == action.Verified && n != 1 {
				t.Errorf("done %d times", n)
			}
			w.audited()
		})
	}
}

// Two services on one ledger, as two processes would be, do everything once.
func TestTwoServicesOnOneLedger(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.p.kind.Repeatable = false
	w.limits()
	other := w.another()
	var ids []int64
	for i := range 40 {
		e := fmt.Sprintf("US/%d", i)
		w.p.set(e, 100)
		ids = append(ids, w.approve(w.wish(e, 110))...)
	}
	w.clk.add(held)
	errs := make(chan error, 2)
	for _, s := range []interface {
		Pass(ctx context.Context, outbound bool) error
	}{w.s, other} {
		go func() { errs <- errors.Join(s.Pass(context.Background(), true), s.Pass(context.Background(), true)) }()
	}
	if err := errors.Join(<-errs, <-errs); err != nil {
		t.Fatal(err)
	}
	w.run(time.Hour)
	for _, id := range ids {
		if n := w.p.done(w.key(id)); n != 1 {
			t.Errorf("action %d was done %d times", id, n)
		}
		if s := w.state(id); s != action.Verified && s != action.Unknown {
			t.Errorf("action %d is %s", id, s)
		}
	}
	w.audited()
}
