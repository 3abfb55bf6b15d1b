package app

import (
	"bytes"
	"context"
	"sync"
	"time"

	"purser/backend/core/module"
	"purser/backend/platform/clock"
)

// RunCLI runs a command line at a fixed time, with the given modules (nil: the registry's).
func RunCLI(ctx context.Context, now time.Time, modules func() []module.Module, args ...string) (status int, out, err string) {
	var o, e lockedBuffer
	if modules == nil {
		modules = Modules
	}
	status = run(ctx, &env{out: &o, err: &e, clk: clock.Fixed(now), modules: modules}, args)
	return status, o.String(), e.String()
}

// lockedBuffer takes what a command says and what the log says at the same time, as a terminal does.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Write implements io.Writer.
func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// AllowedLink exposes the check of addresses that may be opened.
func AllowedLink(url string) bool { return allowedLink(url) }
