package app

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"purser/backend/core/fact"
	"purser/backend/services/actions"
)

// Asks implements actions.Account.
func (a deskAccount) Asks(ctx context.Context, decision string) (string, error) {
	return a.s.decisions.Asks(ctx, a.s.alone(), decision)
}

// Subjects implements actions.Account: what a policy has proposed something for, and what else there is today of the
// kind it is about.
func (a deskAccount) Subjects(ctx context.Context, policy string) (actions.Subjects, error) {
	proposed, err := a.s.decisions.ProposedFor(ctx, policy)
	if err != nil {
		return actions.Subjects{}, err
	}
	p, _ := a.s.rules.InForceOf(policy) // one that is gone is about nothing
	there, err := a.s.there(ctx, p.Subject)
	if err != nil {
		return actions.Subjects{}, err
	}
	for _, id := range proposed {
		delete(there, id)
	}
	return actions.Subjects{Proposed: a.named(proposed), Known: a.named(slices.Sorted(maps.Keys(there)))}, nil
}

// nounOf names one of a kind of subject.
func nounOf(kind fact.SubjectKind) string {
	if kind == fact.SKU {
		return "SKU"
	}
	return strings.ReplaceAll(string(kind), "_", " ")
}

func (a deskAccount) named(ids []string) []actions.Subject {
	out := make([]actions.Subject, 0, len(ids))
	for _, id := range ids {
		one := actions.Subject{ID: id}
		if _, rest := fact.SplitID(id); rest != "" {
			if label := a.s.label(id); label != rest {
				one.Label = label
			}
		}
		out = append(out, one)
	}
	return out
}

// there is what there is today of a kind of subject. SKUs are those of the catalogue; what else there is, the facts
// about it say.
func (s *session) there(ctx context.Context, kind fact.SubjectKind) (map[string]bool, error) {
	out := map[string]bool{}
	switch kind {
	case fact.Account:
		out[string(fact.Account)] = true
		return out, nil
	case fact.Marketplace:
		for _, m := range s.marketplaces() {
			out[m.Code] = true
		}
		return out, nil
	case fact.SKU:
		s.mu.Lock()
		defer s.mu.Unlock()
		for id := range s.items {
			out[id] = true
		}
		return out, nil
	case fact.Campaign, fact.SearchTerm, fact.HealthMetric:
	}
	var names []string
	for _, d := range s.host.Definitions() {
		if d.Subject == kind {
			names = append(names, d.Name)
		}
	}
	if len(names) == 0 {
		return out, nil
	}
	columns, err := s.host.Columns(ctx, fact.Query{AsOf: s.today(), Names: names})
	if err != nil {
		return nil, fmt.Errorf("read what there is of %s: %w", nounOf(kind), err)
	}
	for _, c := range columns {
		for id := range c.Values {
			out[id] = true
		}
	}
	return out, nil
}
