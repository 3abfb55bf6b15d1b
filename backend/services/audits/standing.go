package audits

import (
	"context"
	"slices"
	"time"

	"purser/backend/core/action"
)

// Standing is the record of a policy in audits.
type Standing struct {
	Looked  int       // decisions of this version that a person has looked at
	Wrong   int       // of them, critical ones too
	Clean   time.Time // since when nothing of it went wrong; zero: nothing was done yet, or its kind is kept back
	Blocked string    // why nothing of its kind may act by itself; "" if that is not so
}

// Standing gives the record of a version of a policy whose actions are of a kind, "" for several: what was looked at of
// another version says nothing about this one. What a critical finding keeps back has not been clean for a day.
func (s *Service) Standing(ctx context.Context, policy string, version int, kind string) (Standing, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b, err := s.load(ctx)
	if err != nil {
		return Standing{}, err
	}
	return s.standing(b, policy, version, kind), nil
}

func (s *Service) standing(b *book, policy string, version int, kind string) Standing {
	var out Standing
	kinds := map[string]bool{kind: true}
	last := ""
	later := func(at string) { last = max(last, at) }
	for _, t := range b.actions {
		if t.Policy != policy {
			continue
		}
		kinds[t.Kind] = true
		if last == "" {
			later(t.ApprovedAt)
		}
		switch t.State {
		case action.Mismatch, action.Unknown:
			later(max(t.BeganAt, t.EndedAt))
		default: // nothing went wrong
		}
		r, looked := b.latest[t.ID]
		if !looked {
			continue
		}
		if r.bad() {
			later(stampText(r.at))
		}
		if r.version == version {
			out.Looked++
			if r.bad() {
				out.Wrong++
			}
		}
	}
	if since, err := time.Parse(time.RFC3339, last); err == nil {
		out.Clean = since
	}
	for _, kind := range sortedKeys(kinds) {
		if r := blocked(b.reviews(), kind, b.latest); r != nil {
			out.Clean, out.Blocked = time.Time{}, blockedText(*r, s.o.Zone)
		}
	}
	return out
}

// Enforce does what verdicts lead to that were stored just before the program ended.
func (s *Service) Enforce(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	b, err := s.load(ctx)
	if err != nil {
		return err
	}
	ids, err := collect(ctx, s, "Unfollowed", func(sc scanner) (int64, error) {
		var id int64
		return id, sc.Scan(&id)
	})
	if err != nil {
		return err
	}
	for _, r := range b.latest {
		if !slices.Contains(ids, r.id) {
			continue
		}
		if _, err := s.follow(ctx, b, r); err != nil {
			return err
		}
	}
	return nil
}
