package app

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"purser/backend/platform/clock"
	"purser/backend/platform/eventbus"
	"purser/backend/services/rules"
)

// OpenExceptions opens an account's rules, with what says whether a subject can still be taken out of a case.
func OpenExceptions(t *testing.T, dir string, now time.Time) (*rules.Engine, func(context.Context) (func(policy, caseName, subject string) bool, error)) {
	t.Helper()
	s, err := openSession(t.Context(), sessionConfig{
		dir: dir, write: true, log: slog.New(slog.DiscardHandler), clk: clock.Fixed(now), bus: &eventbus.Bus{}, modules: Modules(),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.close(); err != nil {
			t.Error(err)
		}
	})
	return s.rules, s.exceptable
}
