package actions_test

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/services/actions"
)

// Faults 33 and 34: what the seller changed meanwhile, a rule that was edited, an approval of 48 hours ago: nothing is done.
// Whatever changes after the approval, nothing is done, and each change is told in its own words.
func TestWhatChangedIsNotDone(t *testing.T) {
	t.Parallel()
	said := map[string]string{}
	for _, c := range []struct {
		name   string
		change func(w *world)
	}{
		{"payload", func(w *world) { w.sql(`UPDATE actions_action SET payload = replace(payload, '110', '111')`) }},
		{"peer", func(w *world) { w.p.set("US/A", 101) }},
		{"rule", func(w *world) { w.version++ }},
		{"rule off", func(w *world) { w.off = true }},
		{"48 h", func(w *world) { w.clk.add(48 * time.Hour) }},
		{"clock", func(w *world) { w.clk.add(-2 * time.Hour) }},
		{"limit", func(w *world) { w.must(w.s.SetLimit(context.Background(), "bid", action.ValueMax, "109", "")) }},
	} {
		w := newWorld(t)
		w.limits()
		w.p.set("US/A", 100)
		id := w.approve(w.wish("US/A", 110))[0]
		c.change(w)
		w.run(held)
		w.run(held)
		for range 4 {
			w.run(time.Hour)
		}
		a := w.want(id, action.Failed)
		if w.p.count() != 0 {
			t.Errorf("%s: begun", c.name)
		}
		for other, text := range said {
			if text == a.Reason {
				t.Errorf("%s and %s have the same words: %s", other, c.name, text)
			}
		}
		said[c.name] = a.Reason
		if w.moved["d-US/A-110"] != action.Failed {
			t.Errorf("%s: its decision was not told", c.name)
		}
	}
}

// Fault 34: an approval holds for 48 hours, to the second.
// One second before the 48 hours are over it is done, then not any more, also when the window was closed meanwhile.
func TestExpiryToTheSecond(t *testing.T) {
	t.Parallel()
	for wait, want := range map[time.Duration]action.State{48*time.Hour - time.Second: action.Verified, 48 * time.Hour: action.Failed, 49 * time.Hour: action.Failed} {
		w := newWorld(t)
		w.limits()
		w.p.set("US/A", 100)
		id := w.approve(w.wish("US/A", 110))[0]
		w.clk.add(wait)
		w.open()
		w.pass()
		w.want(id, want)
	}
}

// Fault 13: the clock is put back while something waits: its approval holds no longer for it.
// A clock that is put back while something waits does not make its approval hold for longer.
func TestClockPutBackWhileItWaits(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.limits()
	w.p.set("US/A", 100)
	w.handsOff["US/A"] = "an experiment runs"
	id := w.approve(w.wish("US/A", 110))[0]
	w.run(40 * time.Hour)
	w.want(id, action.Approved)
	w.clk.add(-30 * time.Hour)
	w.open()
	w.pass()
	if a := w.want(id, action.Failed); !strings.Contains(a.Reason, "put back") {
		t.Error(a.Reason)
	}
	w.handsOff["US/A"] = ""
	again := w.approve(w.wish("US/A", 110))[0]
	w.run(held)
	w.want(again, action.Verified)
	w.audited()
}

// A time server that sets the clock back by seconds ends nothing.
func TestClockSetBackBySeconds(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.limits()
	w.p.set("US/A", 100)
	id := w.approve(w.wish("US/A", 110))[0]
	w.run(5 * time.Second)
	w.clk.add(-4 * time.Second)
	w.pass()
	w.run(held)
	w.want(id, action.Verified)
}

// Fault 13: the clock is put back while something is done: it is not done twice.
// A clock that is put back during the tries does not make them wait for the time that was: a person is asked at once.
func TestClockPutBackDuringTries(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.limits()
	w.p.set("US/A", 100)
	w.p.mood = always(down)
	id := w.approve(w.wish("US/A", 110))[0]
	w.run(held)
	w.want(id, action.Sending)
	w.clk.add(-365 * 24 * time.Hour)
	w.p.mood = always(honest)
	w.run(2 * time.Second)
	if a := w.want(id, action.Unknown); strings.Contains(a.Reason, "Nothing was done") {
		t.Error(a.Reason)
	}
}

// Fault 33: the seller changes a value between the last look and the sending.
// What the peer has while the action is armed counts, not what it had a moment before.
func TestChangedBetweenLookingAndSending(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.limits()
	w.p.set("US/A", 100)
	id := w.approve(w.wish("US/A", 110))[0]
	reads := 0
	w.p.onValue = func(action.Request) {
		if reads++; reads == 2 {
			w.p.set("US/A", 90)
		}
	}
	w.run(held)
	if a := w.want(id, action.Failed); w.p.count() != 0 || !strings.Contains(a.Reason, `"90"`) {
		t.Errorf("begun %d times: %s", w.p.count(), a.Reason)
	}
	w.audited()
}

// Taken back in the very moment in which the worker notes that it waits, it stays taken back.
func TestTakenBackWhileTheWorkerLooks(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.limits()
	w.p.set("US/A", 100)
	id := w.approve(w.wish("US/A", 110))[0]
	w.p.onValue = func(action.Request) { w.cancel(id) }
	w.p.valueErr = func(action.Request) error { return fmt.Errorf("no line") }
	w.run(held)
	w.want(id, action.Cancelled)
	w.p.onValue, w.p.valueErr = nil, nil
	w.run(time.Minute)
	w.want(id, action.Cancelled)
	w.audited()
}

// While it is held it can be taken back, and nothing begins a moment sooner.
func TestHold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.limits()
	w.clk.add(900 * time.Millisecond) // times are stored in whole seconds
	w.p.set("US/A", 100)
	w.p.set("US/B", 100)
	ids := append(w.approve(w.wish("US/A", 110)), w.approve(w.wish("US/B", 110))...)
	if ms := w.one(ids[0]).HeldMs; ms < 10_000 || ms > 11_000 {
		t.Errorf("held for %d ms", ms)
	}
	w.run(9999 * time.Millisecond)
	if w.p.count() != 0 {
		t.Error("begun while it was held")
	}
	if !w.cancel(ids[1]) || w.cancel(ids[1]) {
		t.Error("taken back not once")
	}
	w.run(2 * time.Second)
	w.want(ids[0], action.Verified)
	w.want(ids[1], action.Cancelled)
	if w.cancel(ids[0]) {
		t.Error("what was done was taken back")
	}
}

// The same approved twice is done once.
func TestApprovedTwice(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.p.kind.Repeatable, w.p.kind.Readable = false, false
	w.limits(action.HoursBetween, "1")
	w.p.set("US/A", 100)
	drafts, err := w.s.Prepare(t.Context(), []action.Wish{w.wish("US/A", 110)})
	w.must(err)
	if _, err := w.approveDrafts(actions.Person, append(drafts, drafts...)); code(err) != core.CodeConflict {
		t.Errorf("twice in one batch: %v", err)
	}
	_, err = w.approveDrafts(actions.Person, drafts)
	w.must(err)
	if _, err := w.approveDrafts(actions.Person, drafts); code(err) != core.CodeConflict {
		t.Errorf("twice: %v", err)
	}
	w.run(held)
	if len(w.all()) != 1 || len(w.p.effects) != 1 {
		t.Errorf("%d actions, done %d times", len(w.all()), len(w.p.effects))
	}
}

// A draft whose hash is another's, and one whose figures are no numbers, are not stored.
func TestApproveRefusesWhatItCannotBind(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.limits()
	drafts, err := w.s.Prepare(t.Context(), []action.Wish{w.wish("US/A", 110)})
	w.must(err)
	bad := drafts[0]
	bad.Request.Payload += " "
	if _, err := w.approveDrafts(actions.Person, []action.Draft{bad}); err == nil {
		t.Error("stored under another's hash")
	}
	w.p.set("US/A", math.NaN())
	if drafts, err = w.s.Prepare(t.Context(), []action.Wish{w.wish("US/A", 110)}); err == nil {
		if _, err = w.approveDrafts(actions.Person, drafts); err == nil {
			t.Error("stored without a number")
		}
	}
	if len(w.all()) != 0 {
		t.Error("something was stored")
	}
}

// The bytes that reach the peer are those of the dry run, whatever they are; and one byte more or less is found.
func TestDryRunIsTheRealThing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.p.kind.Level = action.Local
	w.limits()
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		entity := fmt.Sprintf("US/%d", n)
		w.p.set(entity, 100)
		wish := w.wish(entity, rapid.IntRange(1, 900).Draw(rt, "to"))
		drafts, err := w.s.Prepare(context.Background(), []action.Wish{wish})
		if err != nil {
			rt.Fatal(err)
		}
		payload := string(rapid.SliceOfN(rapid.Byte(), 1, 40).Draw(rt, "payload"))
		drafts[0].Request.Payload = payload
		drafts[0].Hash = actions.HashOf(drafts[0].Request)
		ids, err := w.approveDrafts(actions.Person, drafts)
		if err != nil {
			rt.Fatal(err)
		}
		changed := rapid.Bool().Draw(rt, "changed")
		if changed {
			at := rapid.IntRange(0, len(payload)-1).Draw(rt, "at")
			other := []byte(payload)
			other[at] ^= byte(rapid.IntRange(1, 255).Draw(rt, "bits"))
			w.sql(`UPDATE actions_action SET payload = ? WHERE id = ?`, string(other), ids[0])
		}
		before := w.p.count()
		if err := w.s.Drain(context.Background(), ids); err != nil {
			rt.Fatal(err)
		}
		switch {
		case changed && (w.p.count() != before || w.state(ids[0]) != action.Failed):
			rt.Fatalf("%q was changed by a byte and begun", payload)
		case !changed && (w.p.count() != before+1 || w.p.begins[before].Request.Payload != payload):
			rt.Fatalf("%q reached the peer as something else", payload)
		case !changed && actions.HashOf(w.p.begins[before].Request) != drafts[0].Hash:
			rt.Fatalf("the peer got another request than the one of the dry run")
		}
	})
}

// No two requests that differ anywhere have one hash.
func TestHashTellsEverythingApart(t *testing.T) {
	t.Parallel()
	base := action.Request{Kind: "bid", Decision: "d", Policy: "p", Version: 1, Entity: "ab", Field: "c", Before: "1", After: "2", Payload: "x\xff", Size: action.Size{Units: 1, Money: eur, From: 1, To: 2}}
	seen := map[string]int{actions.HashOf(base): -1}
	for i, change := range []func(r *action.Request){
		func(r *action.Request) { r.Kind = "bie" }, func(r *action.Request) { r.Decision = "" }, func(r *action.Request) { r.Policy = "q" },
		func(r *action.Request) { r.Version = 2 }, func(r *action.Request) { r.Entity, r.Field = "a", "bc" }, func(r *action.Request) { r.Before, r.After = "12", "" },
		func(r *action.Request) { r.Payload = "x\xfe" }, func(r *action.Request) { r.Payload = "x\uFFFD" }, func(r *action.Request) { r.Size.Units = 2 },
		func(r *action.Request) { r.Size.Money.Minor = 101 }, func(r *action.Request) { r.Size.Money.Currency = "USD" },
		func(r *action.Request) { r.Size.From = math.Nextafter(1, 2) }, func(r *action.Request) { r.Size.To = -2 },
	} {
		r := base
		change(&r)
		h := actions.HashOf(r)
		if other, twice := seen[h]; twice {
			t.Errorf("changes %d and %d have one hash", other, i)
		}
		seen[h] = i
	}
	base.Key = "k"
	if _, same := seen[actions.HashOf(base)]; !same {
		t.Error("the key is part of the hash")
	}
}

// 200 actions and their roll-backs bring the peer back to what it was; what was changed since is not taken back.
func TestRollbacks(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.limits(action.PerDay, "200", action.HoursBetween, "72") // neither holds a roll-back back
	first := map[string]float64{}
	var ids []int64
	for i := range 200 {
		e := fmt.Sprintf("US/%d", i)
		first[e] = float64(100 + i)
		w.p.set(e, first[e])
		ids = append(ids, w.approve(w.wish(e, 110+i))...)
	}
	w.run(held)
	for i, id := range ids {
		w.want(id, action.Verified)
		edited := i%10 == 3
		if edited {
			w.p.set(fmt.Sprintf("US/%d", i), 55)
			first[fmt.Sprintf("US/%d", i)] = 55
		}
		back, err := w.s.Rollback(t.Context(), id, actions.Person)
		if edited != (code(err) == core.CodeConflict) || !edited && err != nil {
			t.Fatalf("roll-back of %d: %v", id, err)
		}
		if edited {
			continue
		}
		if _, err := w.s.Rollback(t.Context(), id, actions.Person); code(err) != core.CodeConflict {
			t.Errorf("taken back twice: %v", err)
		}
		if i%10 == 7 { // changed after the roll-back was asked for
			w.p.set(fmt.Sprintf("US/%d", i), 44)
			first[fmt.Sprintf("US/%d", i)] = 44
			w.pass()
			w.want(back, action.Failed)
			w.want(id, action.Verified)
			continue
		}
		w.pass()
		w.want(back, action.Verified)
		w.want(id, action.RolledBack)
		if _, err := w.s.Rollback(t.Context(), back, actions.Person); code(err) != core.CodeConflict {
			t.Errorf("a roll-back was taken back: %v", err)
		}
	}
	for e, v := range first {
		if w.p.values[e] != v {
			t.Errorf("%s is %v, and was %v", e, w.p.values[e], v)
		}
	}
	w.audited()
}

// A roll-back whose fate a person found out ends what it took back too.
func TestRollbackOfUnknownFate(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.p.kind.Repeatable = false
	w.limits()
	w.p.set("US/A", 100)
	id := w.approve(w.wish("US/A", 110))[0]
	w.run(held)
	w.p.mood = always(late)
	back, err := w.s.Rollback(t.Context(), id, actions.Person)
	w.must(err)
	w.pass()
	w.want(back, action.Unknown)
	w.p.settle()
	w.must(w.s.Resolve(t.Context(), back, true, "looked"))
	w.want(back, action.Verified)
	w.want(id, action.RolledBack)
	if err := w.s.Resolve(t.Context(), back, true, ""); code(err) != core.CodeConflict {
		t.Errorf("found out twice: %v", err)
	}
	w.audited()
}

func TestFinalIsNotTakenBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.p.final = true
	w.limits()
	w.p.set("US/A", 100)
	id := w.approve(w.wish("US/A", 110))[0]
	if _, err := w.s.Rollback(t.Context(), id, actions.Person); code(err) != core.CodeConflict {
		t.Errorf("taken back before it was done: %v", err)
	}
	w.run(held)
	if _, err := w.s.Rollback(t.Context(), id, actions.Person); code(err) != core.CodeConflict || w.one(id).Reversible {
		t.Errorf("taken back: %v", err)
	}
	if _, err := w.s.Rollback(t.Context(), 99, actions.Person); code(err) != core.CodeNotFound {
		t.Errorf("of nothing: %v", err)
	}
}
