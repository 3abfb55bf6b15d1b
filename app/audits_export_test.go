package app

import (
	"log/slog"
	"testing"
	"time"

	"purser/backend/core/decision"
	"purser/backend/platform/clock"
	"purser/backend/platform/eventbus"
	"purser/backend/services/actions"
	"purser/backend/services/audits"
	"purser/backend/services/decisions"
)

// Office is an open data folder with what decisions and audits need.
type Office struct {
	Decisions *decisions.API
	Actions   *actions.API
	Audits    *audits.API
	s         *session
}

// OpenOffice opens a folder at a fixed time; it is closed with the test.
func OpenOffice(tb testing.TB, dir string, now time.Time) *Office {
	tb.Helper()
	s, err := openSession(tb.Context(), sessionConfig{
		dir: dir, write: true, log: slog.New(slog.DiscardHandler), clk: clock.Fixed(now), bus: &eventbus.Bus{}, modules: Modules(),
	})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := s.close(); err != nil {
			tb.Error(err)
		}
	})
	o := &Office{&decisions.API{}, &actions.API{}, &audits.API{}, s}
	decisions.Attach(s.ctx, o.Decisions, s.decisions)
	actions.Attach(s.ctx, o.Actions, s.actions, deskAccount{s})
	audits.Attach(s.ctx, o.Audits, s.audits)
	return o
}

// Propose puts proposals into the inbox, and gives their ids.
func (o *Office) Propose(tb testing.TB, all ...decision.Proposal) []string {
	tb.Helper()
	if err := o.s.audits.Keep(tb.Context()); err != nil {
		tb.Fatal(err)
	}
	if _, err := o.s.decisions.Apply(tb.Context(), decisions.Evaluation{AsOf: o.s.today(), Proposals: all}); err != nil {
		tb.Fatal(err)
	}
	ids := make([]string, len(all))
	for i, p := range all {
		ids[i] = decisions.ID(p.ID())
	}
	return ids
}

// Evaluate judges the facts, as the session does when they change.
func (o *Office) Evaluate(tb testing.TB) {
	tb.Helper()
	if err := o.s.evaluate(tb.Context()); err != nil {
		tb.Fatal(err)
	}
}
