package decisions_test

import (
	"context"
	"errors"
	"testing"

	"pgregory.net/rapid"

	"purser/backend/core"
	"purser/backend/core/decision"
	"purser/backend/platform/sqlite"
	"purser/backend/services/decisions"
)

func stats(tb testing.TB, s *decisions.Service, days int) decisions.StatsOutput {
	tb.Helper()
	out, err := s.Stats(context.Background(), days)
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

// dismissed lets a decision come, be dismissed and clear, so often; a day passes each time.
func dismissed(tb testing.TB, s *decisions.Service, c *ticking, p decision.Proposal, times int, reason string) {
	tb.Helper()
	for range times {
		apply(tb, s, always, p)
		if _, err := s.Reject(context.Background(), []string{decisions.ID(p.ID())}, reason, "said before"); err != nil {
			tb.Fatal(err)
		}
		apply(tb, s, always)
		c.days(1)
	}
}

func only(tb testing.TB, out decisions.StatsOutput) decisions.PolicyStatsOutput {
	tb.Helper()
	if len(out.Policies) != 1 {
		tb.Fatalf("policies %+v, want one", out.Policies)
	}
	return out.Policies[0]
}

// Each end of an episode is counted once, under its reason, by policy and by case.
func TestStatsCountEachEnd(t *testing.T) {
	t.Parallel()
	s, _, clk := fresh(t)
	ctx := t.Context()
	names := []string{"approved", "wrong", "known", "worthless", "late", "snoozed", "cleared", "open"}
	var ps, still []decision.Proposal
	for _, n := range names {
		ps = append(ps, restock(n, 10))
		if n != "cleared" {
			still = append(still, restock(n, 10))
		}
	}
	ps, still = append(ps, task("other")), append(still, task("other"))
	apply(t, s, always, ps...)
	id := func(i int) []string { return []string{decisions.ID(ps[i].ID())} }
	do := func(_ decisions.Change, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	do(s.Approve(ctx, decisions.Agreement{IDs: id(0)}))
	for i, reason := range []string{decisions.ReasonWrong, decisions.ReasonKnown, decisions.ReasonNotWorthIt, decisions.ReasonTooLate} {
		do(s.Reject(ctx, id(i+1), reason, ""))
	}
	do(s.Snooze(ctx, id(5), decisions.SnoozeWorse, 0))
	do(s.Edit(ctx, decisions.ID(ps[0].ID()), 7))
	apply(t, s, always, still...)
	clk.days(1)
	got := only(t, stats(t, s, 0))
	c := got.CountsOutput
	if got.DismissedShare == nil || *got.DismissedShare != 0.8 {
		t.Errorf("dismissed share %v, want 0.8", got.DismissedShare)
	}
	c.DismissedShare = nil
	want := decisions.CountsOutput{Proposed: 9, Approved: 1, Dismissed: 4, Wrong: 1, Known: 1, NotWorthIt: 1, TooLate: 1, Snoozed: 1, Cleared: 1, Open: 2}
	if c != want {
		t.Errorf("counts %+v, want %+v", c, want)
	}
	if len(got.Cases) != 2 || got.Cases[0].Case != "restock" || got.Cases[0].Proposed != 8 || got.Cases[1].Open != 1 || got.Cases[1].DismissedShare != nil {
		t.Errorf("cases %+v", got.Cases)
	}
	if got.Title != "Policy default" {
		t.Errorf("title %q", got.Title)
	}
}

// What was undone counts as what it is again.
func TestStatsLeaveOutWhatWasUndone(t *testing.T) {
	t.Parallel()
	s, _, _ := fresh(t)
	ctx := t.Context()
	p := restock("A", 10)
	id := []string{decisions.ID(p.ID())}
	apply(t, s, always, p)
	if _, err := s.Snooze(ctx, id, decisions.SnoozeWorse, 0); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Reject(ctx, id, decisions.ReasonKnown, ""); err != nil {
		t.Fatal(err)
	}
	if got := only(t, stats(t, s, 30)); got.Known != 1 || got.Snoozed != 0 {
		t.Fatalf("before: %+v", got)
	}
	for _, want := range []decisions.CountsOutput{{Proposed: 1, Snoozed: 1}, {Proposed: 1, Open: 1}} {
		if _, err := s.Undo(ctx); err != nil {
			t.Fatal(err)
		}
		if got := only(t, stats(t, s, 30)); got.CountsOutput != want {
			t.Errorf("after undoing: %+v, want %+v", got.CountsOutput, want)
		}
	}
}

// A range counts what was settled in its days and what still waits, however old that is.
func TestStatsOverARange(t *testing.T) {
	t.Parallel()
	s, _, clk := fresh(t)
	waits := restock("WAITS", 10)
	apply(t, s, never, waits)
	p := restock("A", 10)
	for range 2 {
		apply(t, s, never, p, waits)
		if _, err := s.Reject(t.Context(), []string{decisions.ID(p.ID())}, decisions.ReasonKnown, ""); err != nil {
			t.Fatal(err)
		}
		apply(t, s, func(_, _, subject string) string {
			if subject == waits.Subject {
				return ""
			}
			return "cleared by itself"
		})
		clk.days(29)
	}
	// The first dismissal is 58 days old, the second 29: the first of 30 days.
	for days, known := range map[int]int{30: 1, 90: 2, 365: 2} {
		if got := only(t, stats(t, s, days)); got.Known != known || got.Open != 1 {
			t.Errorf("%d days: %+v, want %d known and 1 open", days, got.CountsOutput, known)
		}
	}
	clk.days(1)
	if got := only(t, stats(t, s, 30)); got.Known != 0 || got.Open != 1 {
		t.Errorf("30 days, a day later: %+v", got.CountsOutput)
	}
	if since := stats(t, s, 30).Since; since != "2026-12-25" {
		t.Errorf("since %s", since) // 23 January, the day itself included
	}
	var wrong *core.Error
	if _, err := s.Stats(t.Context(), 7); !errors.As(err, &wrong) || wrong.Code != core.CodeInvalid || wrong.Hint == "" {
		t.Errorf("7 days: %v", err)
	}
}

// Five dealt with and three of them dismissed is waste; too late is none.
func TestWastedTime(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		approved, known, late int
		want                  bool
	}{
		"three of five":           {2, 3, 0, true},
		"two of five":             {3, 2, 0, false},
		"four are too few":        {0, 4, 0, false},
		"too late does not count": {0, 2, 3, false},
		"nearly":                  {5, 7, 0, false},
		"all":                     {0, 6, 0, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, _, clk := fresh(t)
			dismissed(t, s, clk, restock("K", 10), tt.known, decisions.ReasonKnown)
			dismissed(t, s, clk, restock("L", 10), tt.late, decisions.ReasonTooLate)
			for range tt.approved {
				apply(t, s, always, restock("A", 10))
				p := restock("A", 10)
				if _, err := s.Approve(t.Context(), decisions.Agreement{IDs: []string{decisions.ID(p.ID())}}); err != nil {
					t.Fatal(err)
				}
				apply(t, s, always)
			}
			if got := only(t, stats(t, s, 90)); got.Wasted != tt.want {
				t.Errorf("wasted %v of %+v, want %v", got.Wasted, got.CountsOutput, tt.want)
			}
		})
	}
}

// What is dismissed three times with one reason is a repeat, unless it was approved since or cannot be taken out.
func TestRepeats(t *testing.T) {
	t.Parallel()
	s, _, clk := fresh(t)
	p := restock("SKU-104", 10)
	dismissed(t, s, clk, p, 2, decisions.ReasonKnown)
	dismissed(t, s, clk, p, 1, decisions.ReasonWrong)
	dismissed(t, s, clk, restock("LATE", 10), 4, decisions.ReasonTooLate)
	if got := stats(t, s, 90).Repeats; len(got) != 0 {
		t.Fatalf("twice known and once wrong: %+v", got)
	}
	dismissed(t, s, clk, p, 1, decisions.ReasonKnown)
	want := decisions.RepeatOutput{
		Decision: decisions.ID(p.ID()), Policy: "default", PolicyTitle: "Policy default", Case: "restock",
		Subject: "DE/SKU-104", Label: "SKU-104", Times: 3, Reason: decisions.ReasonKnown,
	}
	if got := stats(t, s, 90).Repeats; len(got) != 1 || got[0] != want {
		t.Fatalf("repeats %+v, want %+v", got, want)
	}
	clk.days(60)
	if got := stats(t, s, 30).Repeats; len(got) != 1 {
		t.Errorf("two months later, asked for 30 days: %+v; repeats are of a year", got)
	}
	apply(t, s, always, p)
	if _, err := s.Approve(t.Context(), decisions.Agreement{IDs: []string{decisions.ID(p.ID())}}); err != nil {
		t.Fatal(err)
	}
	if got := stats(t, s, 90).Repeats; len(got) != 0 {
		t.Errorf("once approved it is no habit: %+v", got)
	}
}

// An exception ends the offer, and one that is taken back makes it stand again.
func TestRepeatsThatAreTakenOut(t *testing.T) {
	t.Parallel()
	_, db, clk := fresh(t)
	out := map[string]bool{}
	s := excepting(t, db, clk, out)
	p := restock("SKU-104", 10)
	dismissed(t, s, clk, p, 3, decisions.ReasonKnown)
	for _, taken := range []bool{false, true, false} {
		out["default restock DE/SKU-104"] = taken
		if got := len(stats(t, s, 90).Repeats); (got == 0) != taken {
			t.Errorf("taken out %v: %d repeats", taken, got)
		}
	}
	broken, err := decisions.Open(t.Context(), decisions.Options{DB: db, Clock: clk, Exceptable: func(context.Context) (func(string, string, string) bool, error) {
		return nil, errors.New("rules do not answer")
	}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := broken.Stats(t.Context(), 90); err == nil {
		t.Error("an offer that cannot be checked is no answer")
	}
}

func excepting(tb testing.TB, db *sqlite.DB, clk *ticking, out map[string]bool) *decisions.Service {
	tb.Helper()
	s, err := decisions.Open(context.Background(), decisions.Options{DB: db, Clock: clk, Exceptable: func(context.Context) (func(string, string, string) bool, error) {
		return func(policy, caseName, subject string) bool { return !out[policy+" "+caseName+" "+subject] }, nil
	}})
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// The figures are data with a source and a day.
func TestLimitsAreSourced(t *testing.T) {
	t.Parallel()
	s, _, _ := fresh(t)
	l := stats(t, s, 90).Limits
	if _, err := core.ParseDay(l.Date); err != nil || l.Source == "" || l.WastedDealt < 1 || l.WastedShare <= 0 || l.WastedShare > 1 || l.RepeatTimes < 2 {
		t.Errorf("limits %+v: %v", l, err)
	}
}

func TestStatsThroughTheAPI(t *testing.T) {
	t.Parallel()
	s, _, clk := fresh(t)
	dismissed(t, s, clk, restock("A", 10), 1, decisions.ReasonKnown)
	if got, err := api(t, s).Stats(decisions.StatsInput{Days: 90}); err != nil || len(got.Policies) != 1 || got.Repeats == nil {
		t.Errorf("%+v %v", got, err)
	}
	if _, err := new(decisions.API).Stats(decisions.StatsInput{}); err == nil {
		t.Error("answers before it is attached")
	}
}

// addUp checks that whatever happened, the counts add up: by what became of it, by reason, by case, and with the decisions.
func addUp(t *rapid.T, s *decisions.Service, out decisions.StatsOutput) {
	for _, p := range out.Policies {
		var cases decisions.CountsOutput
		sound := func(name string, c decisions.CountsOutput) {
			if c.Proposed != c.Approved+c.Dismissed+c.Snoozed+c.Cleared+c.Open || c.Dismissed != c.Wrong+c.Known+c.NotWorthIt+c.TooLate {
				t.Fatalf("%s does not add up: %+v", name, c)
			}
			if (c.DismissedShare == nil) != (c.Approved+c.Dismissed == 0) {
				t.Fatalf("%s: share %v of %+v", name, c.DismissedShare, c)
			}
		}
		sound(p.Policy, p.CountsOutput)
		for _, c := range p.Cases {
			sound(c.Case, c.CountsOutput)
			cases.Proposed += c.Proposed
			cases.Dismissed += c.Dismissed
			cases.Open += c.Open
		}
		if cases.Proposed != p.Proposed || cases.Dismissed != p.Dismissed || cases.Open != p.Open {
			t.Fatalf("cases %+v do not add up to %+v", cases, p.CountsOutput)
		}
	}
	// What waits now is what the decisions themselves say.
	states := map[decision.State]int{}
	events, err := s.Events(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		states[e.State]++
	}
	open, snoozed := 0, 0
	for _, p := range out.Policies {
		open, snoozed = open+p.Open, snoozed+p.Snoozed
	}
	if open != states[decision.Proposed] || snoozed != states[decision.Snoozed] {
		t.Fatalf("%d open and %d snoozed, the decisions say %v", open, snoozed, states)
	}
}
