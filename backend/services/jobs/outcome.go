package jobs

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
)

const (
	backoffFirst = 30 * time.Second
	backoffMost  = 30 * time.Minute
	offlineFirst = 15 * time.Second
	offlineMost  = 10 * time.Minute

	suspectEvery = 6 * time.Hour
	suspectTimes = 12
	// backfillTimes is less: an account that is younger than what is asked for has many windows without rows.
	backfillTimes = 2

	invalidTimes = 2
	invalidAgain = time.Hour
	restartTimes = 5
	fatalADay    = 3
	fatalTimes   = 9 // three days of them: from then on once a week
	day          = 24 * time.Hour
)

// jitter is a random time up to what doubles with each failure. The caller holds s.write.
func (s *Service) jitter(attempts int) time.Duration {
	top := min(backoffFirst<<min(attempts, 10), backoffMost)
	return time.Second + time.Duration(s.rand.Int64N(int64(top)))
}

// conclude works out what a step means for its ask and its stream, and stores it as one. The caller holds s.write.
func (s *Service) conclude(ctx context.Context, l *lane, a *ask, st *stream, c *change, r *result) error {
	r.lane = l.key
	if ctx.Err() != nil && (r.err != nil || r.own != nil) && !errors.Is(ctx.Err(), context.DeadlineExceeded) {
		a.resumed = true // it was stopped, and is no failure
		return s.commit(ctx, *c)
	}
	var e *source.APIError
	switch {
	case r.own != nil:
		a.resumed = a.state != nil
		s.fail(a, st, ownError(st, "What Amazon gave could not be stored: "+core.AsError(r.own).Error()), r, s.jitter(a.attempts))
	case r.err != nil:
		if !errors.As(r.err, &e) {
			e = ownError(st, "The step failed: "+r.err.Error()+". It is tried again.")
			e.Err = r.err
		}
		return s.concludeFault(ctx, l, a, st, c, r, e)
	case len(r.imp.Refused) > 0:
		e = ownError(st, "A document of "+st.feed.Title+" could not be read: "+strings.Join(r.imp.Refused, "; "))
		s.invalid(a, st, e, r)
	default:
		s.advance(a, st, c, r)
	}
	if err := s.commit(ctx, *c); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	l.offline, l.retry = 0, time.Time{}
	if r.err == nil && st.feed.Needs != "" {
		delete(l.denied, st.feed.Needs)
	}
	return nil
}

func ownError(st *stream, message string) *source.APIError {
	return &source.APIError{Fault: source.FaultUnavailable, API: st.feed.API, Message: message}
}

// advance takes over what a step gave.
func (s *Service) advance(a *ask, st *stream, c *change, r *result) {
	if a.state == nil {
		a.began = r.from
	}
	if a.status == statusHeld {
		a.status = statusOpen
	}
	a.state, a.resumed, a.attempts, a.failure = r.step.State, false, 0, nil
	a.rows, a.changed = a.rows+r.imp.Rows, a.changed+r.imp.Changed
	a.late = r.step.Late
	a.next = r.at.Add(r.step.Wait)
	if !r.step.Done {
		if passing(st.trouble) {
			st.trouble, st.failure = "", nil
		}
		if a.late && st.trouble == "" {
			st.trouble, st.note = troubleLate, "Amazon takes longer than usual; it is still waited for."
		}
		return
	}
	s.finish(a, st, c, r)
}

// passing says whether a trouble is over as soon as a step succeeds.
func passing(trouble string) bool {
	switch source.APIFault(trouble) {
	case source.FaultThrottled, source.FaultUnavailable, source.FaultOffline, source.FaultReconnect:
		return true
	default:
		return false
	}
}

// finish ends an ask, unless there is nothing where something should be.
func (s *Service) finish(a *ask, st *stream, c *change, r *result) {
	if why := r.doubt; why != "" && a.rows == 0 {
		if r.left {
			a.empties++
			a.status, a.state, a.late, a.next = statusSuspect, nil, true, r.at.Add(suspectEvery)
			a.note = why + ", so an empty answer is not believed yet; it is asked for again every 6 hours."
			if a.kind != kindBackfill {
				st.trouble, st.note = troubleLate, a.note
			}
			return
		}
		a.note = fmt.Sprintf("Amazon gave nothing %d times; it counts as nothing.", timesDoubted(a)+1)
	}
	if r.step.Nothing != "" {
		a.note = strings.TrimSpace(r.step.Nothing + " " + a.note)
	}
	a.status, a.ended, a.late = statusDone, r.at, false
	if a.kind == kindBackfill { // should it have been refused before, what is older may be had after all
		st.ended = false
	}
	s.cover(a, st, c, r)
	st.success, st.rows, st.took = r.at, a.rows, max(r.at.Sub(a.began), 0)
	st.failure, st.note = nil, a.note
	st.trouble, st.alerted = s.otherTrouble(a), false
}

// timesDoubted is how often an answer without rows is not believed.
func timesDoubted(a *ask) int {
	if a.kind == kindBackfill {
		return backfillTimes
	}
	return suspectTimes
}

// cover notes how far a window was covered; what it did not reach is asked for again.
func (s *Service) cover(a *ask, st *stream, c *change, r *result) {
	to := r.step.Covered
	if to.IsZero() || st.feed.Snapshot || st.feed.DayByDay || !to.Before(a.to) {
		return
	}
	if to.Before(a.from) {
		to = a.from
	}
	to = to.Truncate(time.Second)
	if a.kind == kindFresh && a.to.Equal(st.high) {
		st.high = to
		if st.high.Before(a.since) && a.since.Before(a.to) { // not even what was new was reached
			st.high = a.since
		}
	} else if a.kind != kindAgain {
		s.rest(a, st, c, r, to)
	}
	a.to = to
}

// rest asks for what a window did not reach. Where a feed tells whole days its last day is in the window after it.
func (s *Service) rest(a *ask, st *stream, c *change, r *result, to time.Time) {
	if st.feed.WholeDays && a.to.Sub(to) <= day {
		return
	}
	rest := &ask{
		stream: a.stream, kind: a.kind, from: to, to: a.to, since: to, status: statusOpen, person: a.person, planned: r.at, next: r.at,
	}
	if !to.After(a.from) { // nothing was reached
		if rest.restarts = a.restarts + 1; rest.restarts > restartTimes {
			a.note = strings.TrimSpace(a.note + " Amazon did not give this window in six answers; it is not asked for again.")
			return
		}
		rest.next = r.at.Add(suspectEvery)
	}
	c.add = append(c.add, rest)
}

// otherTrouble is what still stands in the way of a stream, other than a.
func (s *Service) otherTrouble(a *ask) string {
	for _, b := range s.asks {
		if b.stream != a.stream || b.id == a.id || b.kind == kindBackfill || b.kind == kindAgain && b.status == statusHeld {
			continue
		}
		switch b.status {
		case statusHeld:
			return troubleHeld
		case statusSuspect:
			return troubleLate
		}
	}
	return ""
}

// words of a time for people.
func at(t time.Time) string { return t.UTC().Format("2 Jan 15:04 UTC") }
