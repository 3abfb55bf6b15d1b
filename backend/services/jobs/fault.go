package jobs

import (
	"context"
	"time"

	"purser/backend/core/source"
)

// concludeFault works out what a failure means. The caller holds s.write.
func (s *Service) concludeFault(ctx context.Context, l *lane, a *ask, st *stream, c *change, r *result, e *source.APIError) error {
	if e.Fault != source.FaultThrottled && a.state != nil {
		a.resumed = true // what was begun may have been done
	}
	then := func(*lane) {} // what it means for the lane, once it is stored
	switch e.Fault {
	case source.FaultThrottled:
		s.throttled(a, st, e, r)
	case source.FaultOffline:
		wait := min(offlineFirst<<min(l.offline, 10), offlineMost)
		if l.offline >= breakerFails {
			wait = offlineMost
		}
		retry := r.at.Add(wait/2 + time.Duration(s.rand.Int64N(int64(wait/2)+1)))
		if l.offline >= breakerFails-1 {
			retry = r.at.Add(offlineMost)
		}
		a.failure, st.failure, st.trouble = failed(e, r.at), failed(e, r.at), string(e.Fault)
		then = func(l *lane) { l.offline, l.retry = l.offline+1, retry }
	case source.FaultReconnect:
		a.failure, st.failure, st.trouble = failed(e, r.at), failed(e, r.at), string(e.Fault)
		r.reconnect = l.reconnect.IsZero()
		now := *l
		now.reconnect, now.failure = r.at, failed(e, r.at)
		c.lane = &now
		then = func(l *lane) { l.reconnect, l.failure = now.reconnect, now.failure }
	case source.FaultDenied:
		s.fail(a, st, e, r, day)
		r.denied, r.needs = e, st.feed.Needs
		if until := a.next; r.needs != "" {
			then = func(l *lane) { l.denied[r.needs] = until }
		}
	case source.FaultNotOffered:
		a.state = nil
		s.fail(a, st, e, r, day)
	case source.FaultInvalid:
		s.invalid(a, st, e, r)
	case source.FaultExpiredPage:
		a.state, a.resumed = nil, false
		a.restarts++
		s.fail(a, st, e, r, 0)
		if a.restarts > restartTimes {
			a.restarts = 0
			s.fail(a, st, e, r, suspectEvery)
		}
	case source.FaultFatal:
		s.fatal(a, st, e, r)
	case source.FaultUnavailable:
		s.fail(a, st, e, r, max(s.jitter(a.attempts), e.After))
	default:
		s.fail(a, st, e, r, s.jitter(a.attempts))
	}
	if err := s.commit(ctx, *c); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if e.Fault != source.FaultOffline {
		l.offline, l.retry = 0, time.Time{}
	}
	then(l)
	return nil
}

// fail notes a failure; the ask is tried again after wait.
func (s *Service) fail(a *ask, st *stream, e *source.APIError, r *result, wait time.Duration) {
	a.attempts++
	a.failure = failed(e, r.at)
	a.next = r.at.Add(wait)
	st.failure, st.trouble = a.failure, string(e.Fault)
}

// throttled waits as long as was asked for and a random while longer, so that not all come back at once. It is no
// failure, and shown only where it lasts.
func (s *Service) throttled(a *ask, st *stream, e *source.APIError, r *result) {
	wait := s.jitter(a.attempts)
	if e.After > 0 {
		wait = e.After + time.Duration(s.rand.Int64N(int64(min(e.After/4, time.Minute))+1))
	}
	a.attempts++
	a.failure = failed(e, r.at)
	a.next = r.at.Add(wait)
	if st.trouble == "" && a.attempts > breakerFails {
		st.failure, st.trouble = a.failure, string(e.Fault)
	}
}

// invalid tries once more, then holds the ask for a person or for the next week, and tells of it once.
func (s *Service) invalid(a *ask, st *stream, e *source.APIError, r *result) {
	a.state, a.resumed = nil, false
	if e.Fault == source.FaultInvalid && s.forgotten(a, st, r) {
		return
	}
	a.invalids++
	s.fail(a, st, e, r, invalidAgain)
	if a.invalids >= invalidTimes {
		s.hold(a, st, r, e)
	}
}

// forgotten takes off a window what Amazon tells no longer since the window was made, which it refuses as a whole. Only what
// was refused is cut: a clock that is wrong must not lose what Amazon would still tell.
func (s *Service) forgotten(a *ask, st *stream, r *result) bool {
	if !inDays(st.feed) || st.feed.History <= 0 {
		return false
	}
	h := horizon(st.feed, st.zone, r.at, st.feed.History)
	if !a.from.Before(h) {
		return false
	}
	if !h.Before(a.to) {
		a.status, a.ended, a.note = statusDone, r.at, "Amazon tells these days no longer."
		st.trouble = s.otherTrouble(a)
		return true
	}
	a.from, a.since, a.next = h, maxTime(a.since, h), r.at
	return true
}

// againFor is how long what is restated or old is asked for again where Amazon refuses it.
const againFor = 4 * longestWait

// hold lets an ask rest for a week and tells a person once.
func (s *Service) hold(a *ask, st *stream, r *result, e *source.APIError) {
	if a.status != statusCancelled {
		a.status = statusHeld
	}
	a.next = r.at.Add(longestWait)
	st.trouble = troubleHeld
	st.note = "It is asked for again on " + at(a.next) + ", or when you press Fetch now."
	if a.kind == kindBackfill {
		// Amazon does not give what is that old: nothing older is asked for, and what is new goes on. For some weeks it is
		// asked for again, in case the refusal was a passing one.
		st.ended, st.trouble = true, ""
		st.note = "Amazon gives nothing before " + at(a.to) + "."
		return
	}
	if a.kind == kindAgain { // what is there stands, and the next one comes in any case
		if r.at.Sub(a.planned) > againFor {
			a.status, a.ended, a.note = statusDone, r.at, "Amazon did not give it again: "+e.Message
		}
		st.trouble = s.otherTrouble(a)
		return
	}
	if !st.alerted {
		st.alerted = true
		r.alert = &Alert{
			Key:   "jobs:held:" + st.key.feed + ":" + st.key.region + ":" + st.key.marketplace,
			Title: st.feed.Title + place(st) + " can't be fetched",
			Text:  e.Message + " " + st.note,
		}
	}
}

func place(st *stream) string {
	if st.key.marketplace == "" {
		return ""
	}
	return " of " + st.key.marketplace
}

// fatal asks for a new report after half an hour or four hours, three times a day at most; after three days of it once a week.
func (s *Service) fatal(a *ask, st *stream, e *source.APIError, r *result) {
	if a.fatal.IsZero() || r.at.Sub(a.fatal) >= day || a.fatals%fatalADay == 0 {
		a.fatal = r.at
	}
	a.state, a.resumed = nil, false
	a.fatals++
	wait := 4 * time.Hour
	if st.feed.Every > 0 && st.feed.Every < 6*time.Hour {
		wait = 30 * time.Minute
	}
	if a.fatals%fatalADay == 0 {
		wait = max(a.fatal.Add(day).Sub(r.at), wait)
	}
	s.fail(a, st, e, r, wait)
	if a.fatals >= fatalTimes {
		s.hold(a, st, r, e)
	}
}
