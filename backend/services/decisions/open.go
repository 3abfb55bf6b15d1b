package decisions

import (
	"context"
	"regexp"
	"slices"
	"time"

	"purser/backend/core"
	"purser/backend/core/decision"
)

// Pending is a decision that waits for a person.
type Pending struct {
	ID       string
	Proposal decision.Proposal
}

// ListOpen lists what waits for a person, in the order of the inbox and unfolded.
func (s *Service) ListOpen(ctx context.Context) ([]Pending, error) {
	rows, err := s.awakeRows(ctx)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(rows, func(a, b row) int { return compare(orderOf(a), orderOf(b)) })
	var out []Pending
	for _, r := range rows {
		if r.State == decision.Proposed && !r.held() && !s.o.Observed(r.Proposal.Policy) {
			out = append(out, Pending{r.ID, r.Proposal})
		}
	}
	return out, nil
}

// Undecided keeps the proposals that a person has not dealt with: what was approved,
// rejected or is snoozed is left out, and so is what a guard holds back or a rule only watches.
func (s *Service) Undecided(ctx context.Context, proposals []decision.Proposal) ([]decision.Proposal, error) {
	rows, err := s.awakeRows(ctx)
	if err != nil {
		return nil, err
	}
	dealt := map[string]bool{}
	for _, r := range rows {
		dealt[r.ID] = r.State == decision.Approved || r.State == decision.Rejected || r.State == decision.Snoozed
	}
	var out []decision.Proposal
	for _, p := range proposals {
		if !dealt[ID(p.ID())] && len(p.HeldBy) == 0 && !s.o.Observed(p.Policy) {
			out = append(out, p)
		}
	}
	return out, nil
}

// InOrder sorts proposals as the inbox does.
func InOrder(proposals []decision.Proposal) []decision.Proposal {
	out := slices.Clone(proposals)
	at := func(p decision.Proposal) order { return orderOf(row{ID: ID(p.ID()), Proposal: p}) }
	slices.SortFunc(out, func(a, b decision.Proposal) int { return compare(at(a), at(b)) })
	return out
}

func compare(a, b order) int {
	switch {
	case a.before(b):
		return -1
	case b.before(a):
		return 1
	}
	return 0
}

// Event is a decision as it stands on a time axis.
type Event struct {
	ID      string
	Subject string
	Day     core.Day // on which it was decided; of what waits, on which it was first seen
	Title   string
	State   decision.State
	Policy  string
	Due     core.Day // 0: none
	Fact    string   // a number that led to it; may be empty
}

// Events lists every decision about a subject, of all subjects if it is "".
func (s *Service) Events(ctx context.Context, subject string) ([]Event, error) {
	rows, err := s.awakeRows(ctx)
	if err != nil {
		return nil, err
	}
	var out []Event
	for _, r := range rows {
		if subject != "" && r.Proposal.Subject != subject {
			continue
		}
		at := r.StateAt
		if r.State == decision.Proposed {
			at = r.FirstSeen
		}
		out = append(out, Event{
			ID: r.ID, Subject: r.Proposal.Subject, Title: r.Proposal.Title, State: r.State, Policy: r.Proposal.Policy, Due: r.Proposal.Due,
			Day: core.DayOf(time.Unix(at, 0), s.o.Zone), Fact: factBehind(r.Proposal),
		})
	}
	return out, nil
}

// factBehind names the first fact in the reasons of a proposal; its expression is the fact's name.
func factBehind(p decision.Proposal) string {
	for _, w := range p.Why {
		if w.Result == decision.True && w.Depth > 0 && factName.MatchString(w.Expression) {
			return w.Expression
		}
	}
	return ""
}

var factName = regexp.MustCompile(`^[a-z]+\.[a-z0-9_]+$`)
