package actions

import (
	"context"
	"fmt"
	"time"

	"purser/backend/core/action"
)

// looks are how long after it was taken what is not shown yet is read again, unless its kind has settled before.
// Source: the project's own reading of Amazon's delays, 2026-11.
var looks = [...]time.Duration{5 * time.Minute, 15 * time.Minute, time.Hour, 4 * time.Hour, 24 * time.Hour} //nolint:gochecknoglobals // a table

// unsettled says whether what was taken may still be shown as it was before, and when it is read again. A clock that
// was put back must not make that longer than a kind takes: what was taken ahead of it counts as taken now.
func (s *Service) unsettled(r *row, k action.Kind) (again time.Time, yes bool) {
	now := s.now()
	r.DoneAt = min(r.DoneAt, now.Unix())
	taken := time.Unix(r.DoneAt, 0)
	gone := now.Sub(taken)
	if gone >= k.Settles {
		return time.Time{}, false
	}
	for _, l := range looks {
		if l > gone {
			return taken.Add(min(l, k.Settles)), true
		}
	}
	return taken.Add(k.Settles), true
}

// notShown leaves an action as sent until it is read again.
func (s *Service) notShown(ctx context.Context, r row, again time.Time) error {
	r.Tries, r.NotBefore = 0, again.Unix()
	r.Waits = fmt.Sprintf("Amazon has accepted it and does not show it yet; read again at %s.", again.UTC().Format("2 Jan, 15:04 UTC"))
	return s.store(ctx, r)
}
