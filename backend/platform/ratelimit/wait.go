package ratelimit

import (
	"context"
	"time"
)

// Wait takes a token as soon as there is one and answers 0. It takes none and says at once how long until there is one
// where that is longer than ctx lasts, or than is left of most; the same where ctx ends meanwhile.
func (l *Limiter) Wait(ctx context.Context, key string, r Rate, most time.Duration) (wait time.Duration) {
	for waited := time.Duration(0); ; waited += wait {
		if wait = l.Take(key, r); wait == 0 || waited+wait > most || !lasts(ctx, wait) {
			return wait
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return wait
		case <-timer.C:
		}
	}
}

// lasts says whether a context will not have ended after so long, as far as it knows.
func lasts(ctx context.Context, d time.Duration) bool {
	end, limited := ctx.Deadline()
	if ctx.Err() != nil || !limited {
		return ctx.Err() == nil
	}
	later, done := context.WithTimeout(ctx, d)
	defer done()
	at, _ := later.Deadline() // that of ctx where it ends sooner
	return at.Before(end)
}
