package actions_test

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/services/actions"
)

// account is what the settings ask about.
type account struct{ standing actions.Standing }

func (account) Policies(context.Context) ([]actions.Policy, error) {
	return []actions.Policy{{Name: "rule", Title: "A rule", Kind: "bid", Noun: "SKU"}, {Name: "many", Title: "Many kinds"}}, nil
}

func (a account) Standing(context.Context, string) (actions.Standing, error) { return a.standing, nil }

func (account) Subjects(context.Context, string) (actions.Subjects, error) {
	return actions.Subjects{Proposed: []actions.Subject{{ID: "US/A", Label: "A thing"}}, Known: []actions.Subject{{ID: "US/B"}}}, nil
}

func (account) Asks(_ context.Context, decision string) (string, error) { return "of " + decision, nil }

func (account) Currencies() []core.Currency { return []core.Currency{"EUR", "USD"} }

func (w *world) api(st actions.Standing) *actions.API {
	a := &actions.API{}
	actions.Attach(context.Background(), a, w.s, account{st})
	return a
}

func TestListIsPaged(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.limits()
	for i := range 25 {
		e := fmt.Sprintf("US/%d", i)
		w.p.set(e, 100)
		w.approve(w.wish(e, 110))
		if i == 9 {
			w.clk.add(48 * time.Hour)
		}
	}
	a := w.api(actions.Standing{})
	seen := map[int64]bool{}
	below := int64(0)
	for pages := 1; ; pages++ {
		out, err := a.List(actions.ListInput{Below: below, Limit: 10})
		w.must(err)
		for _, x := range out.Actions {
			if seen[x.ID] || below != 0 && x.ID >= below {
				t.Fatalf("action %d is there twice or out of order", x.ID)
			}
			seen[x.ID], below = true, x.ID
		}
		if len(out.Actions) < 10 {
			if pages != 3 || len(seen) != 25 {
				t.Errorf("%d actions on %d pages", len(seen), pages)
			}
			break
		}
	}
	for in, want := range map[actions.ListInput]int{
		{}: 25, {To: "2026-11-25"}: 10, {From: "2026-11-26"}: 15, {From: "2026-11-25", To: "2026-11-25", Limit: 4}: 4, {From: "2026-11-26", To: "2026-11-26"}: 0,
		{Limit: -5}: 25, {Limit: 1 << 40}: 25,
	} {
		if out, err := a.List(in); err != nil || len(out.Actions) != want || out.Actions == nil {
			t.Errorf("%+v gives %d: %v", in, len(out.Actions), err)
		}
	}
	if _, err := a.List(actions.ListInput{From: "yesterday"}); code(err) != core.CodeInvalid {
		t.Errorf("an unreadable day: %v", err)
	}
}

func TestTrailTellsAll(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.limits()
	w.p.set("US/A", 100)
	id := w.approve(w.wish("US/A", 110))[0]
	w.run(held)
	a, err := w.api(actions.Standing{}).Get(actions.IDInput{ID: id})
	w.must(err)
	if a.KindTitle != "Set a bid" || a.Level != action.Outbound || a.Before != "100" || a.After != "110" || a.Seen != "110" || a.Receipt != "taken" || a.Ref == "" ||
		!a.Reversible || a.StateText == "" || a.Hash == "" || a.Payload == "" || a.Who != actions.Person || a.HeldMs != 0 {
		t.Errorf("%+v", a)
	}
	if a.ApprovedAt != "2026-11-25T07:00:00Z" || a.ExpiresAt != "2026-11-27T07:00:00Z" || a.NotBefore != "" || a.BeganAt != "2026-11-25T07:00:11Z" || a.EndedAt != a.BeganAt {
		t.Errorf("times %+v", a)
	}
	of, err := w.s.Of(t.Context(), "d-US/A-110")
	if err != nil || len(of) != 1 || of[0] != a {
		t.Errorf("of its decision: %+v %v", of, err)
	}
	if _, err := w.s.One(t.Context(), 99); code(err) != core.CodeNotFound {
		t.Errorf("nothing: %v", err)
	}
}

func TestAPI(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.p.kind.Level = action.Local
	w.limits()
	w.p.set("US/A", 100)
	a := w.api(actions.Standing{Looked: 60, Clean: start.Add(-100 * 24 * time.Hour)})
	w.p.mood = always(nothing)
	id := w.approve(w.wish("US/A", 110))[0]
	w.must(w.s.Drain(t.Context(), []int64{id}))
	st, err := a.Status()
	if err != nil || st.Mismatch != 1 || st.Waiting+st.Sending+st.Unknown != 0 || st.Stopped || st.StopFile != w.stop {
		t.Errorf("status %+v %v", st, err)
	}
	if got, err := a.Resolve(actions.ResolveInput{ID: id, Note: "looked"}); err != nil || got.State != action.Failed || got.Reason != "looked at: it was not done: looked" {
		t.Errorf("resolved to %+v %v", got, err)
	}
	if _, err := a.Resolve(actions.ResolveInput{ID: id}); code(err) != core.CodeConflict {
		t.Errorf("resolved twice: %v", err)
	}
	w.p.mood = nil
	id = w.approve(w.wish("US/A", 120))[0]
	w.must(w.s.Drain(t.Context(), []int64{id}))
	if got, err := a.Rollback(actions.IDInput{ID: id}); err != nil || got.State != action.Verified || got.Reverses != id || w.state(id) != action.RolledBack || w.p.values["US/A"] != 100 {
		t.Errorf("taken back by %+v %v", got, err)
	}
	if st, err := a.Stop(actions.StopInput{Stop: true}); err != nil || !st.Stopped {
		t.Errorf("stop %+v %v", st, err)
	}
	if st, err := a.Stop(actions.StopInput{}); err != nil || st.Stopped {
		t.Errorf("resume %+v %v", st, err)
	}
	limits, err := a.Limits()
	if err != nil || len(limits.Kinds) != 1 || len(limits.Kinds[0].Limits) != len(w.p.kind.Needs)+2 { // two of money, in two currencies
		t.Errorf("limits %+v %v", limits, err)
	}
	if _, err := a.SetLimit(actions.SetLimitInput{Kind: "bid", Name: action.PerDay, Value: "7"}); err != nil || w.limit(action.PerDay).Value != 7 {
		t.Errorf("set: %v", err)
	}
	modes, err := a.Modes()
	if err != nil || len(modes.Modes) != 2 || modes.Modes[0].Against != "" || modes.Modes[1].Against == "" || modes.Modes[0].Mode != actions.Propose || modes.Modes[0].Noun != "SKU" || modes.Modes[0].Looked != 60 {
		t.Errorf("modes %+v %v", modes, err)
	}
	modes, err = a.SetMode(actions.SetModeInput{Policy: "rule", Mode: actions.Auto, Consent: modes.Modes[0].Consent, Band: actions.BandOutput{PerDay: 3, UnitsMax: 9, Minor: 5, Currency: "EUR", Only: []string{"US/B", "US/A", "US/B"}}})
	if err != nil || modes.Modes[0].Mode != actions.Auto || modes.Modes[0].Band.Minor != 5 || strings.Join(modes.Modes[0].Band.Only, " ") != "US/A US/B" || modes.Modes[0].Since == "" {
		t.Errorf("set to %+v %v", modes, err)
	}
	if _, err := a.SetMode(actions.SetModeInput{Policy: "gone", Mode: actions.Observe}); code(err) != core.CodeNotFound {
		t.Errorf("of a policy that is not there: %v", err)
	}
	if got, err := a.Subjects(actions.SubjectsInput{Policy: "rule"}); err != nil || len(got.Proposed) != 1 || got.Proposed[0].Label != "A thing" || got.Known[0].ID != "US/B" {
		t.Errorf("subjects %+v %v", got, err)
	}
	if got, err := a.Asks(actions.AsksInput{Decision: "d"}); err != nil || got.Why != "of d" {
		t.Errorf("asks %+v %v", got, err)
	}
	w.audited()
}

func TestBeforeAttach(t *testing.T) {
	t.Parallel()
	a := &actions.API{}
	for name, call := range map[string]func() error{
		"status": func() error { _, err := a.Status(); return err }, "stop": func() error { _, err := a.Stop(actions.StopInput{}); return err },
		"list": func() error { _, err := a.List(actions.ListInput{}); return err }, "get": func() error { _, err := a.Get(actions.IDInput{}); return err },
		"resolve": func() error { _, err := a.Resolve(actions.ResolveInput{}); return err }, "roll back": func() error { _, err := a.Rollback(actions.IDInput{}); return err },
		"limits": func() error { _, err := a.Limits(); return err }, "set limit": func() error { _, err := a.SetLimit(actions.SetLimitInput{}); return err },
		"modes": func() error { _, err := a.Modes(); return err }, "set mode": func() error { _, err := a.SetMode(actions.SetModeInput{}); return err },
		"subjects": func() error { _, err := a.Subjects(actions.SubjectsInput{}); return err }, "asks": func() error { _, err := a.Asks(actions.AsksInput{}); return err },
	} {
		if err := call(); code(err) != core.CodeUnavailable {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestOpenNeedsItsParts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	record := func(context.Context, *sql.Tx, actions.Record) error { return nil }
	good := actions.Options{DB: w.db, Clock: w.clk, Log: slog.New(slog.DiscardHandler), Record: record, StopFile: filepath.Join(t.TempDir(), "STOP")}
	if _, err := actions.Open(t.Context(), good); err != nil {
		t.Fatal(err)
	}
	for i, spoil := range []func(o *actions.Options){
		func(o *actions.Options) { o.DB = nil }, func(o *actions.Options) { o.Clock = nil }, func(o *actions.Options) { o.Log = nil },
		func(o *actions.Options) { o.Record = nil }, func(o *actions.Options) { o.StopFile = "" },
		func(o *actions.Options) { o.Executors = []action.Executor{w.p, w.p} },
	} {
		o := good
		spoil(&o)
		if _, err := actions.Open(t.Context(), o); err == nil {
			t.Errorf("opened without part %d", i)
		}
	}
}

// What nothing carries out any more waits and expires, or is unknown; it keeps nothing else from its turn.
func TestExecutorThatIsGone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.limits()
	w.p.set("US/A", 100)
	w.p.mood = always(down)
	under := w.approve(w.wish("US/A", 110))[0]
	w.run(held)
	w.want(under, action.Sending)
	waits := w.approve(w.wish("US/B", 110))[0]
	w.p.kind.Name = "other"
	w.open()
	w.pass()
	w.want(under, action.Unknown)
	if a := w.want(waits, action.Approved); a.Waits == "" {
		t.Error("it says nothing of what it waits for")
	}
	w.run(48 * time.Hour)
	w.want(waits, action.Failed)
	w.audited()
}
