package app

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"purser/backend/core/decision"
	"purser/backend/platform/clock"
	"purser/backend/platform/eventbus"
	"purser/backend/services/actions"
	"purser/backend/services/decisions"
)

// Watched is an open data folder that carries out, watches its switch and checks its audit, as the window does.
type Watched struct {
	Decisions *decisions.API
	Actions   *actions.API
	s         *session
}

// OpenWatched opens a folder at a fixed time.
func OpenWatched(tb testing.TB, dir string, now time.Time) *Watched {
	tb.Helper()
	s, err := openSession(tb.Context(), sessionConfig{
		dir: dir, write: true, log: slog.New(slog.DiscardHandler), clk: clock.Fixed(now), bus: &eventbus.Bus{}, modules: Modules(),
	})
	if err != nil {
		tb.Fatal(err)
	}
	w := &Watched{Decisions: &decisions.API{}, Actions: &actions.API{}, s: s}
	decisions.Attach(s.ctx, w.Decisions, s.decisions)
	actions.Attach(s.ctx, w.Actions, s.actions, deskAccount{s})
	s.work()
	return w
}

// Close closes it.
func (w *Watched) Close() error { return w.s.close() }

// Propose stores proposals as an evaluation does.
func (w *Watched) Propose(ctx context.Context, ps ...decision.Proposal) error {
	if _, err := w.s.decisions.Apply(ctx, decisions.Evaluation{AsOf: w.s.today(), Proposals: ps}); err != nil {
		return err
	}
	return w.s.decisions.Anchor(ctx)
}

// Sound says whether things may be done without asking, as far as the audit goes.
func (w *Watched) Sound() bool { return w.s.sound() == actions.Whole }

// Broken says whether the audit was checked and found not whole.
func (w *Watched) Broken() bool { return w.s.sound() == actions.Broken }

// Switched gives the rows of the audit about the switch: to what, by whom, why.
func (w *Watched) Switched(ctx context.Context) (out []string, err error) {
	rows, err := w.s.ledger.Reader().QueryContext(ctx, `SELECT to_state || ' by ' || who || ': ' || reason FROM decisions_audit WHERE decision = 'stop' ORDER BY seq`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		out = append(out, text)
	}
	return out, rows.Err()
}
