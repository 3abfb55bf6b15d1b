package decisions_test

import (
	"strings"
	"testing"

	"purser/backend/core/decision"
	"purser/backend/services/decisions"
)

// What a guard holds back is seen, and waits for the guard.
func TestHeldBack(t *testing.T) {
	t.Parallel()
	s, _, _ := fresh(t)
	free, held := restock("FREE", 10), restock("HELD", 20)
	held.HeldBy = []decision.HeldBack{{Policy: "gate_profit", Title: "Gate: profit", Why: "It loses money."}}
	id := decisions.ID(held.ID())
	apply(t, s, always, free, held)
	for tab, want := range map[string]string{decisions.TabNeeds: "FREE", decisions.TabHeld: "HELD", decisions.TabRegressed: ""} {
		in, err := s.Inbox(t.Context(), decisions.InboxInput{Tab: tab})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, i := range in.Items {
			got = append(got, i.Label)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: got %v, want %q", tab, got, want)
		}
	}
	open, err := s.ListOpen(t.Context())
	if err != nil || len(open) != 1 || open[0].Proposal.Subject != free.Subject {
		t.Errorf("open: %+v, %v", open, err)
	}
	left, err := s.Undecided(t.Context(), []decision.Proposal{free, held})
	if err != nil || len(left) != 1 || left[0].Subject != free.Subject {
		t.Errorf("undecided: %+v, %v", left, err)
	}
	d, err := s.Get(t.Context(), id)
	if err != nil || d.StateText != "held back by Gate: profit" || len(d.HeldBy) != 1 || d.HeldBy[0].Why != "It loses money." {
		t.Errorf("got %+v, %v", d.HeldBy, err)
	}
	if _, err := s.Approve(t.Context(), decisions.Agreement{IDs: []string{id, decisions.ID(free.ID())}}); err == nil || !strings.Contains(err.Error(), "It loses money.") {
		t.Errorf("approving it: %v", err)
	}
	if got := stateOf(t, s, free); got != "proposed" {
		t.Errorf("the other of the batch is %s: all or none", got)
	}
	held.HeldBy = nil
	apply(t, s, always, free, held)
	if _, err := agree(t, s, 0, id); err != nil || stateOf(t, s, held) != "approved" {
		t.Errorf("after the guard passed: %v", err)
	}
	sound(t, s)
}

// After a person dealt with it, it is quiet for its cooldown, unless it is worse; what cleared by itself is not dealt with.
func TestCooldown(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		deal  func(*testing.T, *decisions.Service, string)
		days  int
		worse bool
		want  string
	}{
		{"approved, within it", approve, 6, false, "approved"},
		{"approved, over", approve, 7, false, "proposed+regressed"},
		{"rejected, within it", dismiss, 6, false, "rejected"},
		{"rejected, over", dismiss, 7, false, "proposed+regressed"},
		{"critical now", dismiss, 1, true, "proposed+regressed"},
		{"cleared by itself", func(*testing.T, *decisions.Service, string) {}, 1, false, "proposed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s, _, clk := fresh(t)
			p := task("SKU-1")
			p.Cooldown = 7
			apply(t, s, always, p)
			c.deal(t, s, decisions.ID(p.ID()))
			apply(t, s, always) // it clears
			clk.days(c.days)
			if c.worse {
				p.Severity = decision.Critical
			}
			apply(t, s, always, p)
			if got := stateOf(t, s, p); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
			sound(t, s)
		})
	}
}

func approve(t *testing.T, s *decisions.Service, id string) {
	t.Helper()
	if _, err := agree(t, s, 0, id); err != nil {
		t.Fatal(err)
	}
}

func dismiss(t *testing.T, s *decisions.Service, id string) {
	t.Helper()
	if _, err := s.Reject(t.Context(), []string{id}, decisions.ReasonKnown, ""); err != nil {
		t.Fatal(err)
	}
}

// A decision that stands for others names them; the others end with the reason.
func TestOpposites(t *testing.T) {
	t.Parallel()
	s, _, _ := fresh(t)
	lead, other := task("SKU-1"), restock("SKU-1", 5)
	apply(t, s, always, other)
	lead.Against = []decision.Opposite{{Policy: "default", PolicyTitle: "Default", Case: "restock", Title: other.Title, Do: "Order.", Effect: "add stock"}}
	apply(t, s, func(string, string, string) string { return "it became part of: " + lead.Title }, lead)
	d, err := s.Get(t.Context(), decisions.ID(lead.ID()))
	if err != nil || len(d.Against) != 1 || d.Against[0].Effect != "add stock" {
		t.Errorf("got %+v, %v", d.Against, err)
	}
	gone, err := s.Get(t.Context(), decisions.ID(other.ID()))
	if err != nil || gone.State != "expired" || gone.StateText != "it became part of: Re-evaluate SKU-1" {
		t.Errorf("got %s %q, %v", gone.State, gone.StateText, err)
	}
}
