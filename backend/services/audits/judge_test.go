package audits_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/platform/sqlite"
	"purser/backend/services/audits"
)

func TestAVerdictIsARowOfTheAudit(t *testing.T) {
	w := newWorld()
	a := w.decide(inMonth(11, 2), "bid", "bids", nil)
	s, _, db := open(t, w)
	out := judge(t, s, "2026-11", a.ID, audits.Right, "")
	if out.Item.Verdict != audits.Right || out.NextOpen != 0 || out.Month.Looked != 1 || len(out.Consequence.Text) != 0 {
		t.Errorf("%+v", out)
	}
	judge(t, s, "2026-11", a.ID, audits.Wrong, "")
	want := []audits.Record{
		{Subject: "review:2026-11/1", From: "", To: "right", Who: "person"},
		{Subject: "review:2026-11/1", From: "right", To: "wrong", Who: "person", Reason: "it was too much"},
	}
	for i := range w.records {
		if !strings.Contains(w.records[i].Content, "hash1") {
			t.Errorf("the audit does not say what was judged: %s", w.records[i].Content)
		}
		w.records[i].Content = ""
	}
	if diff := cmp.Diff(want, w.records); diff != "" {
		t.Error(diff)
	}
	i, err := s.Item(context.Background(), "2026-11", a.ID)
	if err != nil {
		t.Fatal(err)
	}
	if i.Review == nil || i.Review.Verdict != audits.Wrong || len(i.History) != 2 || i.History[1].Verdict != audits.Right {
		t.Errorf("%+v of %+v", i.Review, i.History)
	}
	for _, query := range []string{"DELETE FROM audits_review", "UPDATE audits_review SET verdict = 'right'"} {
		if err := exec(db, query); err == nil {
			t.Errorf("%s is let through", query)
		}
	}
}

func TestAVerdictThatIsNotAuditedIsNotGiven(t *testing.T) {
	w := newWorld()
	a := w.decide(inMonth(11, 2), "bid", "bids", nil)
	s, _, _ := open(t, w)
	in := verdict(t, s, "2026-11", a.ID, audits.Right, "")
	w.failing = errAudit
	if _, err := s.Judge(context.Background(), in); !errors.Is(err, errAudit) {
		t.Fatal(err)
	}
	w.failing = nil
	if m := month(t, s, "2026-11"); m.Looked != 0 || m.State != "open" {
		t.Errorf("%+v", m.MonthOutput)
	}
}

func TestVerdictsThatAreNotOne(t *testing.T) {
	w := newWorld()
	a := w.decide(inMonth(11, 1), "bid", "bids", nil)
	s, _, _ := open(t, w)
	for name, c := range map[string]struct {
		change func(*audits.JudgeInput)
		says   string
	}{
		"no verdict":             {func(in *audits.JudgeInput) { in.Verdict = "" }, "no verdict"},
		"wrong without a note":   {func(in *audits.JudgeInput) { in.Verdict = audits.Wrong; in.Note = "  " }, "few words"},
		"critical, no cause":     {func(in *audits.JudgeInput) { in.Verdict, in.Note = audits.Critical, "x" }, "cause"},
		"right with a cause":     {func(in *audits.JudgeInput) { in.Cause = "cap" }, "Only a critical"},
		"a question left out":    {func(in *audits.JudgeInput) { in.Answers = in.Answers[1:] }, "has no answer"},
		"an unknown answer":      {func(in *audits.JudgeInput) { in.Answers[0].Answer = "perhaps" }, "no answer"},
		"an unknown question":    {func(in *audits.JudgeInput) { in.Answers[0].Question = "colour" }, "no answer"},
		"right though no":        {func(in *audits.JudgeInput) { in.Answers[1].Answer = audits.No }, "was not right"},
		"wrong though critical":  {func(in *audits.JudgeInput) { in.Answers[0].Answer = audits.No; in.Verdict, in.Note = audits.Wrong, "x" }, "is critical"},
		"an item of another day": {func(in *audits.JudgeInput) { in.Month = "2026-10" }, ""},
	} {
		in := verdict(t, s, "2026-11", a.ID, audits.Right, "")
		c.change(&in)
		_, err := s.Judge(context.Background(), in)
		if name == "an item of another day" {
			refused(t, err, core.CodeNotFound, "")
			continue
		}
		if e := core.AsError(err); e == nil || e.Code != core.CodeInvalid || !strings.Contains(e.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(w.records) != 0 {
		t.Errorf("%d rows of the audit", len(w.records))
	}
	in := verdict(t, s, "2026-11", a.ID, audits.Right, "")
	in.Answers[0].Answer = audits.Unsure
	if _, err := s.Judge(context.Background(), in); err != nil {
		t.Errorf("not sure is an answer: %v", err)
	}
}

func TestWrongTakesItsRuleBack(t *testing.T) {
	w := newWorld()
	w.auto["bids"], w.auto["budgets"] = true, true
	a := w.decide(inMonth(11, 2), "bid", "bids", nil)
	s, _, _ := open(t, w)
	out := judge(t, s, "2026-11", a.ID, audits.Wrong, "")
	if diff := cmp.Diff([]string{"bids"}, out.Consequence.Demoted); diff != "" || !w.auto["budgets"] || len(out.Consequence.LookAgain) != 0 {
		t.Errorf("%s, %v", diff, out.Consequence)
	}
}

func TestCriticalTakesItsWholeKindBack(t *testing.T) {
	w := newWorld()
	w.auto["bids"], w.auto["budgets"], w.auto["notes"] = true, true, true
	for m := 8; m <= 11; m++ {
		for range 3 {
			w.decide(inMonth(m, 3), "bid", "bids", nil)
		}
		w.decide(inMonth(m, 4), "note", "notes", nil)
	}
	s, c, _ := open(t, w)
	judgeAll(t, s, "2026-08") // the last audit that was done
	judge(t, s, "2026-10", 9, audits.Right, "")
	out := judge(t, s, "2026-10", 10, audits.Critical, "amount")
	if diff := cmp.Diff([]string{"bids", "budgets"}, out.Consequence.Demoted); diff != "" || !w.auto["notes"] {
		t.Errorf("%s, notes by itself: %v", diff, w.auto["notes"])
	}
	var again []int64
	for _, i := range out.Consequence.LookAgain {
		again = append(again, i.ID)
	}
	if diff := cmp.Diff([]int64{5, 6, 7, 9, 11, 13, 14, 15}, again); diff != "" {
		t.Errorf("to be looked at again: %s", diff)
	}
	if m := month(t, s, "2026-10"); m.Lots[0].State != "under_way" || !m.Items[0].LookAgain || m.Items[0].Verdict != audits.Right {
		t.Errorf("%+v", m.Items[0])
	}
	judge(t, s, "2026-10", 9, audits.Right, "")
	if m := month(t, s, "2026-10"); m.Items[0].LookAgain {
		t.Error("what was looked at again is to be looked at again")
	}
	standing := func() audits.Standing {
		st, err := s.Standing(context.Background(), "bids", 1, "bid")
		if err != nil {
			t.Fatal(err)
		}
		return st
	}
	if st := standing(); st.Wrong != 1 || st.Blocked == "" || !st.Clean.IsZero() || st.Looked != 5 {
		t.Errorf("%+v", st)
	}
	if st, err := s.Standing(context.Background(), "budgets", 1, "bid"); err != nil || st.Blocked == "" {
		t.Errorf("a rule of the kind that did nothing yet: %+v, %v", st, err)
	}
	c.now = inMonth(12, 4)
	judgeAll(t, s, "2026-09")
	judgeAll(t, s, "2026-10")
	if st := standing(); st.Blocked == "" {
		t.Error("the month of the finding ends what it keeps back")
	}
	judgeAll(t, s, "2026-11")
	if st := standing(); st.Blocked != "" || st.Clean.IsZero() {
		t.Errorf("a later clean month does not end it: %+v", st)
	}
	if st, err := s.Standing(context.Background(), "bids", 2, "bid"); err != nil || st.Looked != 0 || st.Wrong != 0 {
		t.Errorf("another version: %+v, %v", st, err)
	}
}

func TestAChangedVerdictTakesBackWhatItKeptBack(t *testing.T) {
	w := newWorld()
	a := w.decide(inMonth(11, 2), "bid", "bids", nil)
	w.decide(inMonth(11, 2), "bid", "bids", nil)
	s, _, _ := open(t, w)
	out := judge(t, s, "2026-11", a.ID, audits.Critical, "entity")
	if !slices.Contains(out.Consequence.Text, "Nothing of this kind acts by itself; it goes on proposing.") || len(out.Consequence.LookAgain) != 1 {
		t.Errorf("%+v", out.Consequence)
	}
	if m := month(t, s, "2026-11"); m.Lots[0].Blocked == "" || m.Critical != 1 {
		t.Errorf("%+v", m.Lots[0])
	}
	judge(t, s, "2026-11", a.ID, audits.Right, "")
	if m := month(t, s, "2026-11"); m.Lots[0].Blocked != "" || m.Critical != 0 || m.Items[1].LookAgain {
		t.Errorf("%+v", m.Lots[0])
	}
}

func TestWhatFollowsIsDoneAfterACrash(t *testing.T) {
	w := newWorld()
	w.auto["bids"] = true
	a := w.decide(inMonth(11, 2), "bid", "bids", nil)
	s, c, db := open(t, w)
	in := verdict(t, s, "2026-11", a.ID, audits.Critical, "cap")
	w.failing = errors.New("the power went")
	if _, err := s.Judge(context.Background(), in); err == nil || !strings.Contains(err.Error(), "the verdict is stored") {
		t.Fatal(err)
	}
	w.failing = nil
	s = service(t, db, w, c)
	for range 2 {
		if err := s.Enforce(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	if w.auto["bids"] {
		t.Error("it still acts by itself")
	}
	r, err := s.Report(context.Background(), "2026-11")
	if err != nil || len(r.Effects) != 2 || r.Critical != 1 {
		t.Errorf("%v, %v, %d critical", err, r.Effects, r.Critical)
	}
}

func TestCleanSince(t *testing.T) {
	w := newWorld()
	w.decide(inMonth(9, 1), "bid", "bids", nil)
	w.decide(inMonth(10, 5), "bid", "bids", func(t *action.Trail) { t.State = action.Mismatch })
	w.decide(inMonth(11, 1), "bid", "bids", nil)
	s, c, _ := open(t, w)
	clean := func() time.Time {
		st, err := s.Standing(context.Background(), "bids", 1, "bid")
		if err != nil {
			t.Fatal(err)
		}
		return st.Clean
	}
	if got := clean(); !got.Equal(inMonth(10, 5)) {
		t.Errorf("clean since %s", got)
	}
	judge(t, s, "2026-11", 3, audits.Wrong, "")
	if got := clean(); !got.Equal(c.now) {
		t.Errorf("clean since %s", got)
	}
	if st, err := s.Standing(context.Background(), "nothing", 1, ""); err != nil || !st.Clean.IsZero() {
		t.Errorf("nothing was done: %+v, %v", st, err)
	}
}

func TestTheReport(t *testing.T) {
	w := newWorld()
	w.decide(inMonth(9, 1), "bid", "bids", nil)
	for i := range 100 {
		t := w.decide(inMonth(10, 1).Add(time.Duration(i)*time.Minute), "bid", "bids", nil)
		w.money[t.ID] = core.Money{Minor: 1000, Currency: core.Currency([]string{"EUR", "USD"}[i%2])}
	}
	s, _, _ := open(t, w)
	open := month(t, s, "2026-10")
	if got := open.Lots[0].UpperPct; got != 100 {
		t.Errorf("of what nobody looked at, %g in 100 can be wrong", got)
	}
	w.rerun = audits.Rerun{Text: "the rule is gone"}
	judge(t, s, "2026-10", open.Next, audits.Wrong, "")
	w.rerun = audits.Rerun{Possible: true, Text: "something else"}
	judge(t, s, "2026-10", month(t, s, "2026-10").Next, audits.Right, "")
	w.rerun = audits.Rerun{Possible: true, Same: true, Text: "the same"}
	judgeAll(t, s, "2026-10")
	r, err := s.Report(context.Background(), "2026-10")
	if err != nil {
		t.Fatal(err)
	}
	l := r.Lots[0]
	// Ten by money are looked at, one of them wrong; of the other 90 a sample, none of it wrong.
	sample := audits.SampleSize(90, 0.05, 0.95)
	want := 100 * (1 + 90*audits.UpperShare(0, sample, 0.95)) / 100
	if l.Must != 10 || l.Sample != sample || l.UpperPct < want-1e-9 || l.UpperPct > want+1e-9 {
		t.Errorf("must %d, sample %d, upper %g; want %g", l.Must, l.Sample, l.UpperPct, want)
	}
	if r.State != "done" || r.Wrong != 1 || len(r.Found) != 1 || r.Sentence != fmt.Sprintf("Looked at %d of 100 decided. 1 wrong, 0 critical.", 10+sample) {
		t.Errorf("%s: %s", r.State, r.Sentence)
	}
	if r.Rerun.Cannot != 1 || r.Rerun.Different != 1 || r.Rerun.Same != 8+sample {
		t.Errorf("%+v", r.Rerun)
	}
	for i, c := range []string{"EUR", "USD"} {
		k := l.AtRisk[i]
		if k.Decided.Currency != c || k.Decided.Minor != 50_000 || k.Known != 50 || k.AtRisk.Minor != int64(50_000*want/100+0.5) {
			t.Errorf("%+v", k)
		}
	}
}

func TestAllLookedAtIsCertain(t *testing.T) {
	w := newWorld()
	for range 4 {
		w.decide(inMonth(10, 1), "bid", "bids", nil)
	}
	s, _, _ := open(t, w)
	judge(t, s, "2026-10", 1, audits.Wrong, "")
	judgeAll(t, s, "2026-10")
	if l := month(t, s, "2026-10").Lots[0]; l.UpperPct != 25 {
		t.Errorf("%g: %s", l.UpperPct, l.UpperText)
	}
}

func exec(db *sqlite.DB, query string) error {
	return db.Write(context.Background(), func(tx *sqlTx) error {
		_, err := tx.Exec(query)
		return err
	})
}
