package audits_test

import (
	"context"
	"testing"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/services/audits"
)

func item(tb testing.TB, s *audits.Service, month string, id int64) audits.ItemOutput {
	tb.Helper()
	out, err := s.Item(context.Background(), month, id)
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

func questionOf(tb testing.TB, i audits.ItemOutput, name string) audits.QuestionOutput {
	tb.Helper()
	for _, q := range i.Questions {
		if q.Name == name {
			return q
		}
	}
	tb.Fatalf("there is no question %s", name)
	return audits.QuestionOutput{}
}

func TestInputsAreThoseOfTheDecision(t *testing.T) {
	w := newWorld()
	a := w.decide(inMonth(11, 2), "bid", "bids", nil)
	s, _, _ := open(t, w)
	if err := s.Keep(context.Background()); err != nil {
		t.Fatal(err)
	}
	d := w.decisions[a.Decision]
	d.Sentence, d.AsOf = "Later.", "2026-11-27"
	d.Inputs = []audits.InputOutput{{Text: "A is below B", Value: "1"}}
	w.decisions[a.Decision] = d
	if err := s.Keep(context.Background()); err != nil {
		t.Fatal(err)
	}
	i := item(t, s, "2026-11", a.ID)
	if !i.InputsWas || i.Sentence != "Because." || i.InputsAt != "2026-11-24" || len(i.Inputs) != 1 || i.Inputs[0].Value != "3" {
		t.Errorf("%v: %s, %v", i.InputsWas, i.Sentence, i.Inputs)
	}
	if i.Subject != "US/SKU-1" || i.Label != "Label of US/SKU-1" || i.RuleText == "" || i.RuleNote != "" || len(i.Log) != 2 {
		t.Errorf("%+v", i)
	}
}

func TestInputsFromBeforeTheyWereKeptSaySo(t *testing.T) {
	w := newWorld()
	a := w.decide(inMonth(10, 30), "bid", "bids", nil)
	s, _, _ := open(t, w)
	if i := item(t, s, "2026-10", a.ID); i.InputsWas || i.InputText == "" {
		t.Errorf("%v: %s", i.InputsWas, i.InputText)
	}
}

func TestRunningItAgain(t *testing.T) {
	w := newWorld()
	a := w.decide(inMonth(11, 2), "bid", "bids", func(t *action.Trail) { t.Version = 9 })
	s, _, _ := open(t, w)
	for _, c := range []struct {
		r             audits.Rerun
		state, points string
	}{
		{audits.Rerun{Text: "version 9 is gone"}, "cannot", ""},
		{audits.Rerun{Possible: true, Text: "case other decides"}, "different", "no"},
		{audits.Rerun{Possible: true, Same: true, Text: "the same"}, "same", "yes"},
	} {
		w.rerun = c.r
		i := item(t, s, "2026-11", a.ID)
		q := questionOf(t, i, "rule")
		if i.Rerun.State != c.state || i.Rerun.Text != c.r.Text || q.Points != c.points || q.Evidence != c.r.Text {
			t.Errorf("%+v, %+v", i.Rerun, q)
		}
		if i.RuleText != "" || i.RuleNote == "" {
			t.Errorf("the text of a version that is gone: %q, %q", i.RuleText, i.RuleNote)
		}
	}
}

func TestWhatStandsThereNow(t *testing.T) {
	w := newWorld()
	a := w.decide(inMonth(11, 2), "bid", "bids", nil)
	s, _, _ := open(t, w)
	if i := item(t, s, "2026-11", a.ID); !i.Now.Known || !i.Now.Same || questionOf(t, i, "payload").Points != "yes" {
		t.Errorf("%+v", i.Now)
	}
	w.now[a.ID] = "by hand"
	if i := item(t, s, "2026-11", a.ID); i.Now.Same || i.Now.Value != "by hand" || questionOf(t, i, "payload").Points != "no" {
		t.Errorf("%+v", i.Now)
	}
	w.actions[0].State = action.RolledBack
	s.Touched()
	if i := item(t, s, "2026-11", a.ID); questionOf(t, i, "payload").Points != "yes" {
		t.Errorf("what was taken back stands there no more: %+v", questionOf(t, i, "payload"))
	}
	delete(w.now, a.ID)
	if i := item(t, s, "2026-11", a.ID); i.Now.Known || questionOf(t, i, "payload").Points != "" {
		t.Errorf("what cannot be read: %+v", i.Now)
	}
}

func TestImmatureInputsPointToNo(t *testing.T) {
	for maturity, want := range map[string]string{"fresh": "yes", "estimated": "yes", "": "yes", "settling": "", "stale": "no", "missing": "no"} {
		w := newWorld()
		a := w.decide(inMonth(11, 2), "bid", "bids", nil)
		w.decisions[a.Decision].Inputs[0].Maturity = maturity
		s, _, _ := open(t, w)
		if q := questionOf(t, item(t, s, "2026-11", a.ID), "data"); q.Points != want {
			t.Errorf("%q points to %q: %s", maturity, q.Points, q.Evidence)
		}
	}
}

func TestAnApprovalThatIsNotInTheAudit(t *testing.T) {
	w := newWorld()
	a := w.decide(inMonth(11, 2), "bid", "bids", nil)
	s, _, _ := open(t, w)
	if q := questionOf(t, item(t, s, "2026-11", a.ID), "approval"); q.Points != "yes" {
		t.Errorf("%+v", q)
	}
	d := w.decisions[a.Decision]
	d.Log = d.Log[:1]
	w.decisions[a.Decision] = d
	if q := questionOf(t, item(t, s, "2026-11", a.ID), "approval"); q.Points != "no" {
		t.Errorf("%+v", q)
	}
}

func TestADecisionThatIsGone(t *testing.T) {
	w := newWorld()
	a := w.decide(inMonth(11, 2), "bid", "bids", nil)
	delete(w.decisions, a.Decision)
	s, _, _ := open(t, w)
	if err := s.Keep(context.Background()); err != nil {
		t.Fatal(err)
	}
	i := item(t, s, "2026-11", a.ID)
	if len(i.Inputs) != 0 || questionOf(t, i, "approval").Points != "no" || questionOf(t, i, "data").Points != "" {
		t.Errorf("%+v", i.Questions)
	}
}

func TestHarmIsAskedAfterTwoWeeks(t *testing.T) {
	w := newWorld()
	a := w.decide(inMonth(11, 2), "bid", "bids", nil)
	s, c, _ := open(t, w)
	c.now = inMonth(11, 15)
	if q := questionOf(t, item(t, s, "2026-11", a.ID), "harm"); q.Asked || q.NotYet == "" {
		t.Errorf("%+v", q)
	}
	c.now = inMonth(11, 16)
	if q := questionOf(t, item(t, s, "2026-11", a.ID), "harm"); !q.Asked || q.NotYet != "" {
		t.Errorf("%+v", q)
	}
}

func TestGoingThroughAMonth(t *testing.T) {
	w := newWorld()
	for range 3 {
		w.decide(inMonth(11, 2), "bid", "bids", nil)
	}
	s, _, _ := open(t, w)
	if i := item(t, s, "2026-11", 2); i.Previous != 1 || i.Next != 3 || i.NextOpen != 3 || i.Of != 3 || i.Position != 2 {
		t.Errorf("%d, %d, %d of %d", i.Previous, i.Next, i.NextOpen, i.Of)
	}
	if out := judge(t, s, "2026-11", 3, audits.Right, ""); out.NextOpen != 1 {
		t.Errorf("after the last comes %d", out.NextOpen)
	}
	if i := item(t, s, "2026-11", 3); i.Next != 0 || questionOf(t, i, "entity").Answer != audits.Yes {
		t.Errorf("%d, %+v", i.Next, questionOf(t, i, "entity"))
	}
	_, err := s.Item(context.Background(), "2026-11", 99)
	refused(t, err, core.CodeNotFound, "not looked at")
}

// TestTheLedgerIsReadOnce: the settings ask for the standing of every rule.
func TestTheLedgerIsReadOnce(t *testing.T) {
	w := newWorld()
	w.decide(inMonth(11, 1), "bid", "bids", nil)
	s, _, _ := open(t, w)
	for range 60 {
		if _, err := s.Standing(context.Background(), "bids", 1, "bid"); err != nil {
			t.Fatal(err)
		}
	}
	if w.asked != 1 {
		t.Errorf("the ledger was read %d times", w.asked)
	}
	s.Touched()
	w.decide(inMonth(11, 2), "bid", "bids", nil)
	if m := month(t, s, "2026-11"); w.asked != 2 || m.Decided != 2 {
		t.Errorf("what moved on is not seen: read %d times, %d decided", w.asked, m.Decided)
	}
}
