package actions_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/services/actions"
)

// shown is a policy that may act by itself, and its mode.
func shown(w *world) (actions.Mode, actions.Standing) {
	band := actions.Band{PerDay: 2, UnitsMax: 150, Money: core.Money{Minor: 500, Currency: "EUR"}, Only: []string{"US/A", "US/B"}}
	return actions.Mode{Policy: "rule", Mode: actions.Auto, Consent: actions.ConsentTo("rule"), Band: band},
		actions.Standing{Looked: actions.CleanLooks, Clean: w.clk.Now().Add(-actions.CleanDays * 24 * time.Hour)}
}

func TestActingByItselfMustBeEarned(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for name, spoil := range map[string]func(m *actions.Mode, st *actions.Standing){
		"no consent":           func(m *actions.Mode, _ *actions.Standing) { m.Consent = "" },
		"another's consent":    func(m *actions.Mode, _ *actions.Standing) { m.Consent = actions.ConsentTo("other") },
		"no band":              func(m *actions.Mode, _ *actions.Standing) { m.Band = actions.Band{} },
		"nothing to touch":     func(m *actions.Mode, _ *actions.Standing) { m.Band.Only = nil },
		"a negative band":      func(m *actions.Mode, _ *actions.Standing) { m.Band.PerDay = -1 },
		"58 looked at":         func(_ *actions.Mode, st *actions.Standing) { st.Looked-- },
		"one wrong":            func(_ *actions.Mode, st *actions.Standing) { st.Wrong = 1 },
		"not 30 days":          func(_ *actions.Mode, st *actions.Standing) { st.Clean = st.Clean.Add(time.Second) },
		"nothing done yet":     func(_ *actions.Mode, st *actions.Standing) { st.Clean = time.Time{} },
		"a clock put back":     func(_ *actions.Mode, st *actions.Standing) { st.Clean = w.clk.Now().Add(time.Hour) },
		"a mode of no name":    func(m *actions.Mode, _ *actions.Standing) { m.Mode = "yolo" },
		"another kind":         func(*actions.Mode, *actions.Standing) {},
		"a kind that asks":     func(*actions.Mode, *actions.Standing) { w.p.kind.Automatic = false },
		"a kind that is final": func(*actions.Mode, *actions.Standing) { w.p.kind.Level = action.Final },
	} {
		w.p.kind.Automatic, w.p.kind.Level = true, action.Outbound
		m, st := shown(w)
		kind := "bid"
		if name == "another kind" {
			kind = "webhook"
		}
		spoil(&m, &st)
		if err := w.s.SetMode(t.Context(), m, kind, st); code(err) != core.CodeInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	w.p.kind.Automatic, w.p.kind.Level = true, action.Outbound
	if m, err := w.s.ModeOf(t.Context(), "rule"); err != nil || m.Mode != actions.Propose {
		t.Errorf("it came as %s: %v", m.Mode, err)
	}
	m, st := shown(w)
	w.must(w.s.SetMode(t.Context(), m, "bid", st))
	if m, err := w.s.ModeOf(t.Context(), "rule"); err != nil || m.Mode != actions.Auto || m.Band.UnitsMax != 150 || !m.Since.Equal(start) {
		t.Errorf("it is %+v: %v", m, err)
	}
	m.Mode = actions.Observe
	w.must(w.s.SetMode(t.Context(), m, "bid", st))
	if m, err := w.s.ModeOf(t.Context(), "rule"); err != nil || m.Mode != actions.Observe || m.Consent != "" || !reflect.DeepEqual(m.Band, actions.Band{}) {
		t.Errorf("taken back it is %+v: %v", m, err)
	}
	if rec := w.records(); len(rec) != 2 || rec[0].To != actions.Auto || rec[1].To != actions.Observe || rec[1].From != actions.Auto {
		t.Errorf("the audit tells of %+v", rec)
	}
}

func TestBand(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.limits()
	w.p.set("US/A", 100)
	m, st := shown(w)
	good := func() (actions.Mode, action.Draft) {
		d, err := w.s.Prepare(t.Context(), []action.Wish{w.wish("US/A", 110)})
		w.must(err)
		return m, d[0]
	}
	for name, spoil := range map[string]func(m *actions.Mode, d *action.Draft, done *int){
		"propose":          func(m *actions.Mode, _ *action.Draft, _ *int) { m.Mode = actions.Propose },
		"against a limit":  func(_ *actions.Mode, d *action.Draft, _ *int) { d.Against = []string{"no"} },
		"not automatic":    func(_ *actions.Mode, d *action.Draft, _ *int) { d.Kind.Automatic = false },
		"for good":         func(_ *actions.Mode, d *action.Draft, _ *int) { d.Kind.Level = action.Final },
		"enough for a day": func(_ *actions.Mode, _ *action.Draft, done *int) { *done = 2 },
		"no band":          func(m *actions.Mode, _ *action.Draft, _ *int) { m.Band = actions.Band{} },
		"no list":          func(m *actions.Mode, _ *action.Draft, _ *int) { m.Band.Only = nil },
		"another subject":  func(_ *actions.Mode, d *action.Draft, _ *int) { d.Subject = "US/C" },
		"no subject":       func(_ *actions.Mode, d *action.Draft, _ *int) { d.Subject = "" },
		"another entity":   func(_ *actions.Mode, d *action.Draft, _ *int) { d.Request.Entity = "US/C" },
		"an own of others": func(_ *actions.Mode, d *action.Draft, _ *int) { d.Request.Entity = action.OwnEntity("another") },
		"units":            func(_ *actions.Mode, d *action.Draft, _ *int) { d.Request.Size.Units = 151 },
		"negative units":   func(_ *actions.Mode, d *action.Draft, _ *int) { d.Request.Size.Units = -1 },
		"money":            func(_ *actions.Mode, d *action.Draft, _ *int) { d.Request.Size.Money.Minor = 501 },
		"negative money":   func(_ *actions.Mode, d *action.Draft, _ *int) { d.Request.Size.Money.Minor = -1 },
		"another currency": func(_ *actions.Mode, d *action.Draft, _ *int) { d.Request.Size.Money.Currency = "USD" },
		"stopped":          func(*actions.Mode, *action.Draft, *int) { w.must(w.s.Stop(t.Context(), true, actions.Person)) },
		"audit not whole":  func(*actions.Mode, *action.Draft, *int) { w.sound = actions.Broken },
		"audit not looked": func(*actions.Mode, *action.Draft, *int) { w.sound = actions.Unchecked },
	} {
		m, d := good()
		done := 1
		if why := w.s.InBand(m, d, done); why != "" {
			t.Fatalf("outside its band: %s", why)
		}
		spoil(&m, &d, &done)
		if why := w.s.InBand(m, d, done); why == "" {
			t.Errorf("%s: inside its band", name)
		}
		w.sound = actions.Whole
		w.must(w.s.Stop(t.Context(), false, actions.Person))
	}
	_ = st
}

// A mismatch takes the rule back to proposing, and what waits of it is not done any more.
func TestMismatchTakesItBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.limits()
	m, st := shown(w)
	w.must(w.s.SetMode(t.Context(), m, "bid", st))
	w.p.set("US/A", 100)
	w.p.set("US/B", 100)
	w.p.mood = always(nothing)
	draft := func(e string) action.Draft {
		d, err := w.s.Prepare(t.Context(), []action.Wish{w.wish(e, 110)})
		w.must(err)
		return d[0]
	}
	if on, err := w.s.ActsAlone(t.Context(), "rule"); err != nil || !on {
		t.Fatalf("acts alone: %v %v", on, err)
	}
	var ids []int64
	for _, e := range []string{"US/A", "US/B"} {
		d := draft(e)
		if why, err := w.s.MayAct(t.Context(), "rule", d); err != nil || why != "" {
			t.Fatalf("%s: %s %v", e, why, err)
		}
		made, err := w.approveDrafts(actions.Purser, []action.Draft{d})
		w.must(err)
		ids = append(ids, made...)
	}
	if why, err := w.s.MayAct(t.Context(), "rule", draft("US/A")); err != nil || why == "" {
		t.Errorf("a third in a day: %q %v", why, err)
	}
	w.clk.add(held)
	w.pass()
	w.want(ids[0], action.Mismatch)
	if a := w.want(ids[1], action.Failed); !strings.Contains(a.Reason, "by itself") || w.p.count() != 1 {
		t.Errorf("begun %d times: %s", w.p.count(), a.Reason)
	}
	now, err := w.s.ModeOf(t.Context(), "rule")
	if err != nil || now.Mode != actions.Propose || !strings.Contains(now.Why, fmt.Sprintf("action %d", ids[0])) {
		t.Errorf("it is %+v: %v", now, err)
	}
	w.audited()
}

// A band or its list that was made narrower, or an audit that broke, holds what waits already.
func TestBandIsHeldAgainstWhatWaits(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(w *world, m actions.Mode, st actions.Standing){
		"units": func(w *world, m actions.Mode, st actions.Standing) {
			m.Band.UnitsMax = 100
			w.must(w.s.SetMode(t.Context(), m, "bid", st))
		},
		"list": func(w *world, m actions.Mode, st actions.Standing) {
			m.Band.Only = []string{"US/B"}
			w.must(w.s.SetMode(t.Context(), m, "bid", st))
		},
		"audit": func(w *world, _ actions.Mode, _ actions.Standing) { w.sound = actions.Broken },
		"demoted": func(w *world, _ actions.Mode, _ actions.Standing) {
			out, err := w.s.Demote(t.Context(), []string{"other", "rule"}, "wrong")
			w.must(err)
			if len(out) != 1 || out[0] != "rule" {
				t.Errorf("demoted %v", out)
			}
		},
	} {
		w := newWorld(t)
		w.limits()
		m, st := shown(w)
		w.must(w.s.SetMode(t.Context(), m, "bid", st))
		w.p.set("US/A", 100)
		ids, err := w.tryApprove(actions.Purser, w.wish("US/A", 110))
		w.must(err)
		change(w, m, st)
		w.run(held)
		if w.want(ids[0], action.Failed); w.p.count() != 0 {
			t.Errorf("%s: begun", name)
		}
	}
}

// What acts by itself waits for the first check of the audit after a start, and says so; then it is done, or not.
func TestWhatWaitsIsHeldUntilTheAuditWasChecked(t *testing.T) {
	t.Parallel()
	for found, want := range map[actions.Soundness]action.State{actions.Whole: action.Verified, actions.Broken: action.Failed} {
		w := newWorld(t)
		w.limits()
		m, st := shown(w)
		w.must(w.s.SetMode(t.Context(), m, "bid", st))
		w.p.set("US/A", 100)
		ids, err := w.tryApprove(actions.Purser, w.wish("US/A", 110))
		w.must(err)
		w.sound = actions.Unchecked
		w.run(held)
		if got := w.want(ids[0], action.Approved); !strings.Contains(got.Waits, "is being checked") || w.p.count() != 0 {
			t.Errorf("it waits since %q, done %d times", got.Waits, w.p.count())
		}
		w.sound = found
		w.run(held)
		if got := w.want(ids[0], want); want == action.Failed && !strings.Contains(got.Reason, "not whole") {
			t.Errorf("it ended since %q", got.Reason)
		}
	}
}
