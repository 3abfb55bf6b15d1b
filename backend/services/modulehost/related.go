package modulehost

import (
	"context"
	"slices"

	"purser/backend/core"
	"purser/backend/core/fact"
)

var _ fact.RelationProvider = (*Host)(nil)

// Relations implements fact.RelationProvider with what all modules can tell, those that are down included.
func (h *Host) Relations() []fact.Relation {
	var out []fact.Relation
	for _, s := range h.slots {
		if p, ok := s.m.(fact.RelationProvider); ok {
			out = append(out, p.Relations()...)
		}
	}
	return out
}

// Related implements fact.RelationProvider. A module that is down relates nothing: facts about what belongs to a
// subject are unknown then.
func (h *Host) Related(ctx context.Context, r fact.Relation, asOf core.Day) (map[string][]string, error) {
	for _, s := range h.slots {
		p, ok := s.m.(fact.RelationProvider)
		if up, _ := h.usable(s); !ok || !up || !slices.Contains(p.Relations(), r) {
			continue
		}
		var out map[string][]string
		err := h.call(s, func() (err error) {
			out, err = p.Related(ctx, r, asOf)
			return err
		})
		if err != nil && ctx.Err() != nil {
			return nil, err
		}
		return out, nil
	}
	return map[string][]string{}, nil
}
