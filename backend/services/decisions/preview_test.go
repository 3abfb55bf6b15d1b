package decisions_test

import (
	"testing"
	"time"

	"purser/backend/services/decisions"
)

// The preview promises for how long the approval holds, and the approval holds for exactly that.
func TestPreviewTellsHowLongTheApprovalHolds(t *testing.T) {
	t.Parallel()
	s, _, _ := fresh(t)
	p := restock("A", 10)
	apply(t, s, always, p)
	id := decisions.ID(p.ID())
	b, err := s.Preview(t.Context(), decisions.Agreement{IDs: []string{id}})
	if err != nil || b.ValidHours <= 0 || b.HoldS != 0 {
		t.Fatalf("valid for %d hours, held for %d s of what stays here: %v", b.ValidHours, b.HoldS, err)
	}
	if _, err := agree(t, s, 0, id); err != nil {
		t.Fatal(err)
	}
	d, err := s.Get(t.Context(), id)
	if err != nil || len(d.Actions) != 1 {
		t.Fatalf("%d actions: %v", len(d.Actions), err)
	}
	from, err := time.Parse(time.RFC3339, d.Actions[0].ApprovedAt)
	if err != nil {
		t.Fatal(err)
	}
	until, err := time.Parse(time.RFC3339, d.Actions[0].ExpiresAt)
	if want := time.Duration(b.ValidHours) * time.Hour; err != nil || until.Sub(from) != want {
		t.Errorf("it holds for %v, not %v: %v", until.Sub(from), want, err)
	}
}

// A row says since when it stands as it does; what only reads or evaluates does not move that.
func TestRowsSayWhenTheyWereDecided(t *testing.T) {
	t.Parallel()
	s, _, clk := fresh(t)
	p := restock("A", 10)
	apply(t, s, always, p)
	clk.days(1)
	if _, err := s.Reject(t.Context(), []string{decisions.ID(p.ID())}, decisions.ReasonWrong, ""); err != nil {
		t.Fatal(err)
	}
	clk.days(1)
	apply(t, s, always, p)
	in, err := s.Inbox(t.Context(), decisions.InboxInput{Tab: decisions.TabDone})
	if err != nil || len(in.Items) != 1 || in.Items[0].StateAt != "2026-11-26T07:00:00Z" {
		t.Errorf("dismissed at %+v: %v", in.Items, err)
	}
}
