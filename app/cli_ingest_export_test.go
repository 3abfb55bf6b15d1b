package app

import (
	"context"
	"log/slog"

	"purser/backend/platform/clock"
	"purser/backend/platform/eventbus"
	"purser/backend/services/accounts"
	"purser/backend/services/dashboards"
	"purser/backend/services/jobs"
	"purser/backend/sources/simulator/practice"
)

// ConnectTo connects a folder to a practice Amazon that answers at an address, and closes it.
func ConnectTo(ctx context.Context, dir, address string, amazon *practice.Server) (err error) {
	s, err := openSession(ctx, sessionConfig{
		dir: dir, write: true, log: slog.New(slog.DiscardHandler), clk: clock.Real{}, bus: &eventbus.Bus{}, modules: Modules(),
	})
	if err != nil {
		return err
	}
	l := &Live{&accounts.API{}, &jobs.API{}, &dashboards.API{}, s}
	accounts.Attach(s.ctx, l.Accounts, s.accounts) //nolint:contextcheck // a session has a life of its own
	err = l.enter(ctx, amazon, address)
	if e := s.close(); err == nil {
		err = e
	}
	return err
}

// RunNow runs a command at the time that it is.
func RunNow(ctx context.Context, args ...string) (status int, out, err string) {
	var o, e lockedBuffer
	status = run(ctx, &env{out: &o, err: &e, clk: clock.Real{}, modules: Modules}, args)
	return status, o.String(), e.String()
}

// TestPassphrase opens the vaults of tests.
const TestPassphrase = testPassphrase
