package actions_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/services/actions"
)

func (w *world) limit(name string) actions.Limit {
	w.t.Helper()
	all, err := w.s.Limits(context.Background(), []core.Currency{"EUR"})
	if err != nil {
		w.t.Fatal(err)
	}
	for _, l := range all {
		if l.Kind == w.p.kind.Name && l.Name == name {
			return l
		}
	}
	w.t.Fatalf("there is no limit %s", name)
	return actions.Limit{}
}

func TestSetLimit(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.p.limits = "source: a test\ndate: 2026-11-26\nlimits: [{name: per_day, value: 50}]"
	w.p.kind.Name = "webhook"
	w.open()
	shipped := w.limit(action.PerDay)
	if shipped.Value != 50 || shipped.Shipped != 50 || !strings.Contains(shipped.Source, "2026") {
		t.Fatalf("shipped as %+v", shipped)
	}
	for _, c := range []struct {
		name, value, typed string
		ok                 bool
		want               float64
	}{
		{action.PerDay, "51", "", false, 50}, // more needs the figure typed
		{action.PerDay, "51", "50", false, 50},
		{action.PerDay, "51", "51", true, 51},
		{action.PerDay, " 52 ", "52", true, 52},
		{action.PerDay, "20", "", true, 20}, // less does not
		{action.PerDay, "0", "0", false, 20},
		{action.PerDay, "-3", "-3", false, 20},
		{action.PerDay, "NaN", "NaN", false, 20},
		{action.PerDay, "Inf", "Inf", false, 20},
		{action.PerDay, "1e999", "1e999", false, 20},
		{action.PerDay, "many", "many", false, 20},
		{action.PerDay, "", "", true, 0}, // none: nothing of the kind is done
		{action.PerDay, "1", "", false, 0},
		{action.PerDay, "1", "1", true, 1},
		{action.PerDay, "shipped", "", true, 50},
		{action.HoursBetween, "72", "", false, 0},
		{action.HoursBetween, "72", "72", true, 72},
		{action.HoursBetween, "71", "", false, 72}, // a shorter pause allows more
		{action.HoursBetween, "80", "", true, 80},
		{action.ValueMin, "10", "10", true, 10},
		{action.ValueMin, "9", "", false, 10}, // so does a lower floor
		{action.ValueMin, "11", "", true, 11},
		{action.MoneyDay + ":EUR", "100", "100", true, 100},
	} {
		err := w.s.SetLimit(t.Context(), "webhook", c.name, c.value, c.typed)
		if c.ok != (err == nil) || !c.ok && code(err) != core.CodeInvalid {
			t.Errorf("%s to %q typed %q: %v", c.name, c.value, c.typed, err)
		}
		if l := w.limit(c.name); l.Value != c.want {
			t.Errorf("%s to %q typed %q: it is %v, want %v", c.name, c.value, c.typed, l.Value, c.want)
		}
	}
	for _, name := range []string{"nonsense", "", action.UnitsMax, action.MoneyDay, action.MoneyDay + ":", action.MoneyDay + ":eur", action.PerDay + ":EUR"} {
		if err := w.s.SetLimit(t.Context(), "webhook", name, "1", "1"); code(err) != core.CodeInvalid {
			t.Errorf("a limit named %q: %v", name, err)
		}
	}
	if err := w.s.SetLimit(t.Context(), "nothing", action.PerDay, "1", "1"); code(err) != core.CodeInvalid {
		t.Errorf("a limit of nothing: %v", err)
	}
	for _, r := range w.records() {
		if !strings.HasPrefix(r.Subject, "limit:webhook/") || r.Who != actions.Person || r.From == r.To {
			t.Errorf("the audit tells of %+v", r)
		}
	}
}

// 500 configurations in each of which one figure is blank, zero, negative, infinite or no number: nothing is begun.
func TestWithoutABoundNothingIsDone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.limits()
	r := rand.New(rand.NewPCG(1, 2))
	var names []string
	for name := range wide {
		names = append(names, name)
	}
	configs := 500
	if raced {
		configs = 50
	}
	for n := range configs {
		name := names[r.IntN(len(names))]
		bad := []any{nil, 0.0, -1.0, -r.Float64() * 1e6, "9e999", "-9e999", "nan"}[r.IntN(7)]
		w.sql(`DELETE FROM actions_limit WHERE name = ?`, name)
		switch bad {
		case "nan": // SQLite keeps no such thing: it is stored as blank
			w.sql(`INSERT INTO actions_limit (kind, name, value, set_at) VALUES ('bid', ?, 9e999 - 9e999, 0)`, name)
		case "9e999", "-9e999":
			w.sql(fmt.Sprintf(`INSERT INTO actions_limit (kind, name, value, set_at) VALUES ('bid', ?, %s, 0)`, bad), name)
		default:
			if bad != nil || r.IntN(2) == 0 {
				w.sql(`INSERT INTO actions_limit (kind, name, value, set_at) VALUES ('bid', ?, ?, 0)`, name, bad)
			}
		}
		e := fmt.Sprintf("US/%d", n)
		w.p.set(e, 100)
		drafts, err := w.s.Prepare(t.Context(), []action.Wish{w.wish(e, 90+r.IntN(30))})
		w.must(err)
		if len(drafts[0].Against) == 0 {
			t.Errorf("nothing speaks against it with %s at %v", name, bad)
		}
		ids, err := w.approveDrafts(actions.Person, drafts)
		w.must(err)
		w.run(held)
		if a := w.want(ids[0], action.Failed); w.p.count() != 0 || !strings.Contains(a.Reason, "limit") {
			t.Fatalf("begun with %s at %v: %s", name, bad, a.Reason)
		}
		w.sql(`DELETE FROM actions_limit WHERE name = ?`, name)
		w.must(w.s.SetLimit(t.Context(), "bid", name, wide[name], wide[name]))
	}
	w.p.set("US/A", 100)
	id := w.approve(w.wish("US/A", 110))[0]
	w.run(held)
	w.want(id, action.Verified)
}

// The members of a batch are counted together, and what cannot be approved uses up nothing.
func TestPrepareCountsTheBatch(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.limits(action.PerDay, "2", action.StepPercent, "20")
	var wishes []action.Wish
	for i, to := range []int{110, 190, 110, 110} { // the second steps too far
		e := fmt.Sprintf("US/%d", i)
		w.p.set(e, 100)
		wishes = append(wishes, w.wish(e, to))
	}
	drafts, err := w.s.Prepare(t.Context(), wishes)
	w.must(err)
	for i, want := range []bool{true, false, true, false} {
		if ok := len(drafts[i].Against) == 0; ok != want {
			t.Errorf("number %d: %q", i+1, drafts[i].Against)
		}
	}
	for i, d := range drafts {
		if i != 1 && d.Risk >= drafts[1].Risk {
			t.Errorf("number %d is as risky (%g) as the long step (%g)", i+1, d.Risk, drafts[1].Risk)
		}
	}
}

// A cap that only time lifts is waited for, as long as the approval holds.
func TestWaitsForAWindow(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.limits(action.PerDay, "1")
	w.p.set("US/A", 100)
	w.p.set("US/B", 100)
	first := w.approve(w.wish("US/A", 110))[0]
	second := w.approve(w.wish("US/B", 110))[0]
	w.run(held)
	w.want(first, action.Verified)
	w.run(24*time.Hour - time.Second)
	if a := w.want(second, action.Approved); !strings.Contains(a.Waits, "allowed") {
		t.Errorf("it waits for %q", a.Waits)
	}
	w.run(3 * time.Second)
	w.want(second, action.Verified)
}

// A try that ends long after it began counts from when it was known to be done.
func TestLateEffectCountsFromWhenItWasKnown(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.limits(action.PerDay, "1")
	w.p.set("US/A", 100)
	w.p.set("US/B", 100)
	w.p.mood = always(down)
	first := w.approve(w.wish("US/A", 110))[0]
	w.run(held)
	w.run(6 * time.Hour)
	w.p.mood = always(honest)
	w.run(6 * time.Hour)
	w.want(first, action.Verified)
	second := w.approve(w.wish("US/B", 110))[0]
	w.run(13 * time.Hour) // 25 hours after the first try
	w.want(second, action.Approved)
	w.run(12 * time.Hour)
	w.want(second, action.Verified)
}

// A pause longer than a month is kept too.
func TestLongPause(t *testing.T) {
	t.Parallel()
	for _, hours := range []string{"1000", "1e300"} {
		w := newWorld(t)
		w.limits(action.HoursBetween, hours)
		w.p.set("US/A", 100)
		w.approve(w.wish("US/A", 110))
		w.run(held)
		w.run(40 * 24 * time.Hour)
		id := w.approve(w.wish("US/A", 120))[0]
		w.run(held)
		if w.want(id, action.Approved); w.p.count() != 1 {
			t.Errorf("%s hours: begun", hours)
		}
	}
}

// What an executor comes with is refused as a whole where it does not say where it is from, or names no limit of its kind.
func TestShippedLimitsAreChecked(t *testing.T) {
	t.Parallel()
	const head = "source: a test\ndate: 2026-11-26\n"
	for _, text := range []string{
		"limits: [{name: per_day, value: 5}]", "source: a test\nlimits: []", "source: a test\ndate: lately\n",
		head + "limits: [{name: per_day, value: 0}]", head + "limits: [{name: per_day, value: -1}]", head + "limits: [{name: per_day, value: .nan}]",
		head + "limits: [{name: per_day, value: .inf}]",
		head + "limits: [{name: per_week, value: 5}]", head + "limits: [{kind: webhook, name: per_day, value: 5}]", head + "more: 1",
	} {
		w := newWorld(t)
		w.p.limits = text
		if s, err := w.tryOpen(); err == nil {
			t.Errorf("%q was taken: %v", text, s)
		}
	}
}
