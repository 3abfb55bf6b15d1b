package actions

import (
	"cmp"
	"context"
	"errors"
	"time"

	"purser/backend/core/source"
)

const (
	// enoughFor is how long a peer that takes no more requests is left alone, where it does not say.
	enoughFor = time.Minute
	// tryLater is how long at least, before it is asked once more to do what it took no request for: each try is a row of
	// the audit.
	tryLater = 5 * time.Minute
	// longestRest is how long at most: by then it may have changed its mind.
	longestRest = time.Hour
)

// rest is how long a peer asks to be left alone; 0 where an error is about something else.
func rest(err error) time.Duration {
	var api *source.APIError
	if !errors.As(err, &api) || api.Fault != source.FaultThrottled {
		return 0
	}
	return min(max(cmp.Or(api.After, enoughFor), time.Second), longestRest)
}

// until is the second in which so much time has gone by, and not one sooner.
func (s *Service) until(d time.Duration) int64 { return s.now().Add(d + time.Second - 1).Unix() }

// waitFor notes that what is there now could not be read. A peer that takes no more requests is left alone meanwhile:
// asking each second would use up whatever comes back.
func (s *Service) waitFor(ctx context.Context, r row, cause error) error {
	pause := rest(cause)
	if pause == 0 || s.now().Unix() >= r.ExpiresAt {
		return s.wait(ctx, r, unreadable(cause))
	}
	r.NotBefore, r.Waits = s.until(pause), unreadable(cause)
	return s.store(ctx, r)
}
