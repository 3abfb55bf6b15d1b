package jobs

import (
	"context"
	"errors"
	"fmt"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
)

// recently is how long a snapshot is new enough: asked for again sooner, Amazon makes none.
const recently = 10 * time.Minute

// errNone says that a stream or an ask is not there.
func errNone(what string) error { return core.NotFound("jobs", what+" is not there.") }

// matching lists the streams that key names; empty parts name all.
func (s *Service) matching(key streamKey) []*stream {
	var out []*stream
	for _, st := range s.streams {
		if st.active && (key.feed == "" || st.key.feed == key.feed) && (key.region == "" || st.key.region == key.region) &&
			(key.marketplace == "" || st.key.marketplace == key.marketplace) {
			out = append(out, st)
		}
	}
	return out
}

// runNow has streams asked for at once, also those that were held; it says in words what comes of it.
func (s *Service) runNow(ctx context.Context, key streamKey) (string, error) {
	s.write.Lock()
	defer s.write.Unlock()
	now := s.o.Clock.Now()
	all := s.matching(key)
	if len(all) == 0 {
		return "", errNone("This data")
	}
	var c change
	text, began := "", 0
	for _, old := range all {
		words, ok := s.runOne(old, now, &c)
		if ok {
			began++
		} else {
			text = words
		}
	}
	if err := s.commit(ctx, c); err != nil {
		return "", err
	}
	s.mu.Lock()
	for _, st := range all {
		l := s.laneOf(st.lane())
		l.retry = time.Time{}
		delete(l.denied, st.feed.Needs)
	}
	s.mu.Unlock()
	s.poke()
	s.o.Changed(Topic)
	switch {
	case began == 0:
		return text, nil
	case len(all) == 1:
		return "It is fetched now.", nil
	default:
		return fmt.Sprintf("%d of %d are fetched now.", began, len(all)), nil
	}
}

// runOne makes one stream due. Where it can't be, it says why.
func (s *Service) runOne(old *stream, now time.Time, c *change) (string, bool) {
	l := s.lanes[old.lane()]
	switch {
	case !l.reconnect.IsZero():
		return "Connect the account anew first.", false
	case s.paused || old.paused:
		return "It is paused: resume it first.", false
	case old.behind:
		return clockWords, false
	}
	st := *old
	if st.trouble != troubleLate {
		st.trouble, st.note, st.alerted = "", "", false
	}
	waits := false
	for _, a := range s.asks {
		if a.stream != st.id {
			continue
		}
		if a.kind == kindBackfill && a.status == statusHeld {
			st.ended = false
		}
		b := *a
		b.next, b.person = now, a.kind != kindBackfill
		if b.status == statusHeld || b.status == statusCancelled {
			b.status, b.invalids, b.fatals = statusOpen, 0, 0
		}
		c.asks = append(c.asks, &b)
		waits = waits || a.kind != kindBackfill
	}
	if !waits && st.feed.Snapshot && now.Sub(st.success).Abs() < recently {
		return "It was fetched at " + at(st.success) + "; Amazon has nothing newer yet.", false
	}
	if !waits && !st.feed.Snapshot && !st.high.IsZero() && !edge(st.feed, st.zone, now).After(st.high) {
		return "Everything that Amazon has is here, until " + at(st.high) + ".", false
	}
	st.nextRun = now
	c.streams = append(c.streams, &st)
	return "", true
}

// setPaused pauses or resumes streams, or everything where key names none.
func (s *Service) setPaused(ctx context.Context, key streamKey, paused bool) error {
	s.write.Lock()
	defer s.write.Unlock()
	c := change{}
	if key == (streamKey{}) {
		c.paused = &paused
	} else {
		for _, old := range s.matching(key) {
			st := *old
			st.paused = paused
			c.streams = append(c.streams, &st)
		}
		if len(c.streams) == 0 {
			return errNone("This data")
		}
	}
	if err := s.commit(ctx, c); err != nil {
		return err
	}
	s.poke()
	s.o.Changed(Topic)
	return nil
}

// cancelAsk stops an ask, also a step of it that is under way. What is asked for every so often is dropped; a window
// stays as one that is missing, until a person has it fetched.
func (s *Service) cancelAsk(ctx context.Context, id int64) error {
	s.mu.Lock()
	if stop := s.cancel[id]; stop != nil {
		stop()
	}
	s.mu.Unlock()
	s.write.Lock()
	defer s.write.Unlock()
	old := s.asks[id]
	if old == nil {
		return core.NotFound("jobs", "This is done already, or was never asked for.")
	}
	var c change
	if old.kind == kindSnapshot || old.kind == kindAgain {
		c.drop = []int64{id}
	} else {
		a := *old
		a.status, a.note = statusCancelled, "You stopped it. Press Fetch now to have it after all."
		c.asks = []*ask{&a}
	}
	if err := s.commit(ctx, c); err != nil {
		return err
	}
	s.poke()
	s.o.Changed(Topic)
	return nil
}

// Reconnected has everything of an API in a region go on: a person connected it anew, or granted a role.
func (s *Service) Reconnected(ctx context.Context, api, region string) error {
	s.write.Lock()
	defer s.write.Unlock()
	now := s.o.Clock.Now()
	l := s.lanes[laneKey{api, region}]
	if l == nil {
		s.Refresh()
		return nil
	}
	c := change{lane: &lane{key: l.key}}
	for _, old := range s.streams {
		if old.lane() != l.key {
			continue
		}
		st := *old
		switch source.APIFault(st.trouble) {
		case source.FaultReconnect, source.FaultDenied, source.FaultNotOffered, source.FaultOffline:
			st.trouble, st.failure, st.note = "", nil, ""
		default:
		}
		if st.nextRun.After(now) && st.high.IsZero() {
			st.nextRun = now
		}
		c.streams = append(c.streams, &st)
	}
	for _, a := range s.asks {
		if st := s.streams[a.stream]; st.lane() != l.key || a.failure == nil {
			continue
		}
		switch a.failure.Fault {
		case source.FaultReconnect, source.FaultDenied, source.FaultNotOffered, source.FaultOffline:
			b := *a
			b.next, b.failure = now, nil
			c.asks = append(c.asks, &b)
		default:
		}
	}
	if err := s.commit(ctx, c); err != nil {
		return err
	}
	s.mu.Lock()
	l.reconnect, l.failure, l.offline, l.retry = time.Time{}, nil, 0, time.Time{}
	clear(l.denied)
	s.mu.Unlock()
	s.Refresh()
	s.o.Changed(Topic)
	return nil
}

// Retain drops all that is known of regions of APIs that keep says nothing is connected in any more: whoever connects
// there next may be another account.
func (s *Service) Retain(ctx context.Context, keep func(api, region string) bool) error {
	s.write.Lock()
	defer s.write.Unlock()
	var errs []error
	s.mu.Lock()
	gone := map[int64]bool{}
	for id, st := range s.streams {
		if !keep(st.feed.API, st.key.region) {
			gone[id] = true
		}
	}
	for id, a := range s.asks {
		if stop := s.cancel[id]; stop != nil && gone[a.stream] {
			stop()
		}
	}
	s.mu.Unlock()
	for id := range gone {
		errs = append(errs, s.erase(ctx, id))
	}
	s.poke()
	return errors.Join(errs...)
}
