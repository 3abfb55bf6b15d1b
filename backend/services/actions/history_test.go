package actions_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
	_ "time/tzdata"

	"pgregory.net/rapid"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/services/actions"
)

// The figures of the random histories. They are tight, so that most of what is approved meets one.
const (
	capDay, capEntity, capHours, capStep, capWeek, capMin, capMax = 6, 2, 5, 25, 40, 50, 200
	capMoneyDay, capMoneyMonth                                    = 700, 3000
)

// TestRandomHistories drives the outbox through random lives: approvals, batches, restarts, clocks put back and on, days
// on which daylight saving begins and ends, a lying peer, outside edits, the switch, roll-backs. Whatever the order, no
// cap, pause, lock or budget is crossed, and nothing is said to be done, or not, that is not so.
func TestRandomHistories(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	template := filepath.Join(dir, "template.db")
	w := makeWorld(t, dir, template)
	w.limits(action.PerDay, fmt.Sprint(capDay), action.PerEntityDay, fmt.Sprint(capEntity), action.HoursBetween, fmt.Sprint(capHours),
		action.StepPercent, fmt.Sprint(capStep), action.WeekPercent, fmt.Sprint(capWeek), action.ValueMin, fmt.Sprint(capMin), action.ValueMax, fmt.Sprint(capMax),
		action.MoneyDay+":EUR", fmt.Sprint(capMoneyDay), action.MoneyMonth+":EUR", fmt.Sprint(capMoneyMonth))
	if err := w.db.Close(); err != nil {
		t.Fatal(err)
	}
	blank, err := os.ReadFile(template)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	tally := map[action.State]int{}
	rapid.Check(t, func(rt *rapid.T) {
		n++
		path := filepath.Join(dir, fmt.Sprintf("%d.db", n))
		if err := os.WriteFile(path, blank, 0o600); err != nil {
			rt.Fatal(err)
		}
		h := newHistory(rt, dir, path)
		defer func() {
			_ = h.db.Close()
			for _, end := range []string{"", "-wal", "-shm"} {
				_ = os.Remove(path + end)
			}
			_ = os.Remove(h.stop)
		}()
		for range rapid.IntRange(5, 40).Draw(rt, "steps") {
			h.step(rapid.SampledFrom(verbs).Draw(rt, "verb"))
		}
		h.finish()
		for _, a := range h.all() {
			tally[a.State]++
		}
	})
	t.Logf("actions by state: %v", tally)
	if gate() && !raced && n < 10_000 && !t.Failed() { // rapid ends early where the time is short
		t.Errorf("only %d histories: give the test more time", n)
	}
	for _, s := range []action.State{action.Verified, action.Mismatch, action.Unknown, action.Failed, action.Cancelled, action.RolledBack} {
		if tally[s] == 0 && gate() && !raced && !t.Failed() { // a short run may miss one
			t.Errorf("no history led to %s", s)
		}
	}
}

var verbs = []string{
	"approve", "approve", "approve", "approve", "batch", "batch", "seconds", "seconds", "seconds", "seconds", "hours", "hours", "hours", "hours", "day", "days", "hour back",
	"year back", "year on", "restart", "mood", "mood", "mood", "honest", "honest", "settle", "edit", "stop", "resume", "resume", "resolve", "resolve", "roll back",
	"roll back", "cancel", "hands off", "policy", "value lost",
}

// history is a world with what is known of it from outside, to hold the outbox against.
type history struct {
	*world
	rt       *rapid.T
	mood     mood
	lost     bool // values cannot be read
	real     time.Duration
	agreed   map[string]time.Duration // real time of the approval, by hash
	reverse  map[string]bool          // keys that take something back
	bad      map[string]bool          // entities that a person must look at
	started  map[string]int           // how often a key was begun
	resolved map[int64]bool
}

func newHistory(rt *rapid.T, dir, path string) *history {
	w := makeWorld(rt, dir, path)
	starts := []time.Time{start, time.Date(2026, 3, 28, 20, 0, 0, 0, time.UTC), time.Date(2026, 10, 24, 19, 30, 0, 0, time.UTC), time.Date(2026, 10, 31, 23, 0, 0, 0, time.UTC)}
	zone, err := time.LoadLocation(rapid.SampledFrom([]string{"UTC", "Europe/Berlin", "America/New_York"}).Draw(rt, "zone"))
	if err != nil {
		rt.Fatal(err)
	}
	w.clk.now = rapid.SampledFrom(starts).Draw(rt, "start").In(zone)
	w.p.kind.Repeatable = rapid.Bool().Draw(rt, "repeatable")
	w.p.kind.Settles = rapid.SampledFrom([]time.Duration{0, 10 * time.Minute, 24 * time.Hour}).Draw(rt, "settles")
	h := &history{
		world: w, rt: rt, mood: honest, agreed: map[string]time.Duration{}, reverse: map[string]bool{}, bad: map[string]bool{}, started: map[string]int{},
		resolved: map[int64]bool{},
	}
	for _, e := range entities {
		w.p.set(e, 100)
	}
	w.p.real = func() time.Duration { return h.real }
	w.p.mood = func() mood { return h.mood }
	w.p.valueErr = func(action.Request) error {
		if h.lost {
			return fmt.Errorf("no answer")
		}
		return nil
	}
	w.p.onBegin = h.begins
	w.open()
	return h
}

var entities = []string{"US/A", "US/B", "DE/C"}

func (h *history) step(verb string) {
	ctx := context.Background()
	switch verb {
	case "approve":
		h.agree(h.draw())
	case "batch":
		wishes := make([]action.Wish, rapid.IntRange(2, 9).Draw(h.rt, "n"))
		for i := range wishes {
			wishes[i] = h.draw()
		}
		h.agree(wishes...)
	case "seconds":
		h.goes(time.Duration(rapid.IntRange(1, 90).Draw(h.rt, "s")) * time.Second)
	case "hours":
		h.goes(time.Duration(rapid.IntRange(10, 600).Draw(h.rt, "m")) * time.Minute)
	case "day":
		h.goes(24*time.Hour - time.Duration(rapid.IntRange(-2, 2).Draw(h.rt, "s"))*time.Second)
	case "days":
		h.goes(time.Duration(rapid.IntRange(2, 9).Draw(h.rt, "d")) * 24 * time.Hour)
	case "hour back":
		h.jumps(-time.Hour)
	case "year back":
		h.jumps(-365 * 24 * time.Hour)
	case "year on":
		h.jumps(365 * 24 * time.Hour)
	case "restart":
		h.open()
	case "mood":
		h.mood = rapid.SampledFrom([]mood{refuses, down, didError, didCut, late, lateOK, unseen, nothing, panics}).Draw(h.rt, "mood")
	case "honest":
		h.mood, h.lost, h.handsOff = honest, false, map[string]string{}
	case "settle":
		h.p.settle()
	case "edit":
		h.p.set(rapid.SampledFrom(entities).Draw(h.rt, "entity"), float64(rapid.IntRange(60, 150).Draw(h.rt, "to"))+0.5)
	case "stop":
		h.must(h.s.Stop(ctx, true, actions.Person))
	case "resume":
		h.must(h.s.Stop(ctx, false, actions.Person))
	case "resolve":
		h.resolve()
	case "roll back":
		h.rollBack()
	case "cancel":
		h.each(action.Approved, func(a action.Trail) { h.cancel(a.ID) })
	case "hands off":
		e := rapid.SampledFrom(entities).Draw(h.rt, "entity")
		if h.handsOff[e] != "" {
			h.handsOff[e] = ""
		} else {
			h.handsOff[e] = "an experiment runs"
		}
	case "policy":
		if h.off = rapid.Bool().Draw(h.rt, "off"); !h.off {
			h.version++
		}
		h.works()
		h.off = false
	case "value lost":
		h.lost = !h.lost
	}
	h.works()
}

func (h *history) must(err error) {
	if err != nil {
		h.rt.Fatal(err)
	}
}

// draw is a wish near what is there now.
func (h *history) draw() action.Wish {
	e := rapid.SampledFrom(entities).Draw(h.rt, "entity")
	w := h.wish(e, int(h.p.values[e]*float64(rapid.IntRange(75, 127).Draw(h.rt, "percent"))/100)+1)
	w.Price = core.Money{Minor: int64(rapid.IntRange(0, 300).Draw(h.rt, "price")), Currency: "EUR"}
	return w
}

func (h *history) agree(wishes ...action.Wish) {
	drafts, err := h.s.Prepare(context.Background(), wishes)
	h.must(err)
	if _, err := h.approveDrafts(actions.Person, drafts); err != nil {
		if code(err) != core.CodeConflict {
			h.rt.Fatal(err)
		}
		return
	}
	for _, d := range drafts {
		h.agreed[d.Hash] = h.real
	}
	if rapid.IntRange(0, 3).Draw(h.rt, "soon") > 0 {
		h.goes(held)
	}
}

// goes lets time go by as it does, the worker at work.
func (h *history) goes(d time.Duration) {
	h.clk.add(d)
	h.real += d
	h.works()
}

// jumps sets the clock while the worker is at work.
func (h *history) jumps(d time.Duration) {
	h.works()
	h.clk.add(d)
}

func (h *history) works() {
	h.pass()
	h.pass()
	for _, a := range h.all() {
		if a.State.Blocks() {
			h.bad[a.Entity] = true
		}
	}
}

func (h *history) each(s action.State, f func(a action.Trail)) {
	for _, a := range h.all() {
		if a.State == s && rapid.Bool().Draw(h.rt, "this") {
			f(a)
		}
	}
}

// resolve tells the truth of what is of unknown fate, after everything has come that was still to come.
func (h *history) resolve() {
	h.p.settle()
	for _, s := range []action.State{action.Unknown, action.Mismatch} {
		h.each(s, func(a action.Trail) {
			h.must(h.s.Resolve(context.Background(), a.ID, h.p.done(h.key(a.ID)) > 0, "looked"))
			h.resolved[a.ID] = true
		})
	}
	h.bad = map[string]bool{}
}

func (h *history) rollBack() {
	h.each(action.Verified, func(a action.Trail) {
		if a.Reverses != 0 {
			return
		}
		id, err := h.s.Rollback(context.Background(), a.ID, actions.Person)
		if err != nil {
			if code(err) != core.CodeConflict && !h.lost {
				h.rt.Fatal(err)
			}
			return
		}
		h.reverse[h.key(id)] = true
		h.agreed[h.one(id).Hash] = h.real
	})
}

// finish looks at everything once the peer is honest and time has gone by.
func (h *history) finish() {
	h.mood, h.lost, h.handsOff = honest, false, map[string]string{}
	h.must(h.s.Stop(context.Background(), false, actions.Person))
	h.p.settle()
	for range 12 {
		h.goes(3 * time.Hour)
		h.p.settle()
	}
	for range 8 {
		h.goes(9 * time.Hour)
	}
	h.audited()
	for _, a := range h.all() {
		n := h.p.done(h.key(a.ID))
		switch a.State {
		case action.Verified, action.RolledBack:
			if n == 0 && a.Before != a.After { // what was so already is so, also where the peer did nothing
				h.rt.Fatalf("%q is %s and was never done", a.Title, a.State)
			}
		case action.Failed, action.Cancelled:
			if n != 0 {
				h.rt.Fatalf("%q is %s (%s) and was done", a.Title, a.State, a.Reason)
			}
		case action.Unknown, action.Mismatch:
		default:
			h.rt.Fatalf("%q is still %s: %s", a.Title, a.State, a.Waits)
		}
		if n > 1 {
			h.rt.Fatalf("%q was done %d times", a.Title, n)
		}
	}
}
