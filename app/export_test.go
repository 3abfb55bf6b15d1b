package app

import (
	"bytes"
	"context"
	"time"

	"purser/backend/core/module"
	"purser/backend/platform/clock"
)

// RunCLI runs a command line at a fixed time, with the given modules (nil: the registry's).
func RunCLI(ctx context.Context, now time.Time, modules func() []module.Module, args ...string) (status int, out, err string) {
	var o, e bytes.Buffer
	if modules == nil {
		modules = Modules
	}
	status = run(ctx, &env{out: &o, err: &e, clk: clock.Fixed(now), modules: modules}, args)
	return status, o.String(), e.String()
}

// AllowedLink exposes the check of addresses that may be opened.
func AllowedLink(url string) bool { return allowedLink(url) }
