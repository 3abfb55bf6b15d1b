package jobs

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/platform/supervise"
)

const (
	lookEvery   = time.Minute      // how often the clock is looked at: timers stand still while a computer sleeps
	stepTimeout = 15 * time.Minute // a client that takes longer hangs
)

// Run keeps the account up to date until ctx ends. One Run at a time.
func (s *Service) Run(ctx context.Context) error {
	var steps sync.WaitGroup
	defer func() {
		steps.Wait()
		s.flush(context.WithoutCancel(ctx), true)
	}()
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-s.wake:
		case <-timer.C:
		}
		now := s.o.Clock.Now()
		if err := s.tick(ctx, now); err != nil && ctx.Err() == nil {
			s.o.Log.LogAttrs(ctx, slog.LevelError, "Jobs not planned", slog.String("error", err.Error()))
		}
		s.launch(ctx, now, &steps)
		s.flush(ctx, false)
		timer.Reset(s.until(now))
	}
}

func (s *Service) flush(ctx context.Context, all bool) {
	if s.o.Buckets == nil {
		return
	}
	if err := s.o.Buckets.flush(ctx, all); err != nil {
		s.o.Log.LogAttrs(ctx, slog.LevelWarn, "Quotas not kept", slog.String("error", err.Error()))
	}
}

// launch starts the next step of every lane that has one.
func (s *Service) launch(ctx context.Context, now time.Time, steps *sync.WaitGroup) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, l := range s.lanes {
		a := s.pick(l, now)
		if a == nil {
			continue
		}
		st := s.streams[a.stream]
		done, err := l.breaker(st.feed.Group).Allow()
		if err != nil {
			continue
		}
		if a.state == nil {
			l.tokens--
		}
		l.busy = true
		sctx, cancel := context.WithTimeout(ctx, stepTimeout)
		s.cancel[a.id] = cancel
		steps.Go(func() {
			defer s.poke()
			defer cancel()
			s.step(sctx, l, a.id, done)
		})
	}
}

// until is how long nothing has to be done, a minute at most.
func (s *Service) until(now time.Time) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	d := lookEvery
	sooner := func(t time.Time) {
		if wait := t.Sub(now); wait > 0 {
			d = min(d, wait)
		}
	}
	if s.o.Buckets != nil {
		sooner(s.o.Buckets.due())
	}
	for _, a := range s.asks {
		sooner(a.next)
	}
	for _, st := range s.streams {
		if st.active {
			sooner(st.nextRun)
		}
	}
	for _, l := range s.lanes {
		sooner(l.retry)
		if l.pace > 0 && l.tokens < 1 {
			sooner(now.Add(time.Duration((1-l.tokens)*float64(l.pace)) + time.Millisecond))
		}
	}
	return d
}

// step moves an ask on by one step, imports what it gave and stores how far it is.
func (s *Service) step(ctx context.Context, l *lane, id int64, done func(error)) {
	s.mu.Lock()
	a, st := s.asks[id], (*stream)(nil)
	if a != nil {
		st = s.streams[a.stream]
	}
	s.mu.Unlock()
	var r result
	if a != nil && st != nil {
		r = s.ask(ctx, st, a)
	}
	if ctx.Err() != nil && r.err != nil && errors.Is(ctx.Err(), context.Canceled) {
		done(&source.APIError{Fault: source.FaultThrottled}) // it was stopped: that says nothing of Amazon
	} else {
		done(r.err)
	}
	s.write.Lock()
	err := s.settleStep(ctx, l, id, a, &r)
	s.mu.Lock()
	l.busy = false
	delete(s.cancel, id)
	if a := s.asks[id]; err != nil && a != nil { // what was done is not known to be stored: it is looked for before it is done again
		b := *a
		b.resumed, b.next = true, s.o.Clock.Now().Add(s.jitter(b.attempts))
		b.attempts++
		s.asks[id] = &b
	}
	s.mu.Unlock()
	s.write.Unlock()
	if err != nil {
		s.o.Log.LogAttrs(ctx, slog.LevelError, "Step of a job not stored", slog.String("error", err.Error()))
		return
	}
	s.tell(ctx, r)
	s.o.Changed(Topic)
}

// result is what a step came to.
type result struct {
	step source.Step
	imp  Imported
	err  error // of the API: *source.APIError
	own  error // of the import
	// doubt is why rows were to be expected; "" where none are missed. left says that an answer without rows is not believed:
	// nothing of it was stored.
	doubt string
	left  bool
	from  time.Time
	at    time.Time

	alert     *Alert
	denied    *source.APIError
	needs     string
	reconnect bool
	lane      laneKey
}

func (s *Service) ask(ctx context.Context, st *stream, a *ask) (r result) {
	api := s.apis[st.feed.API]
	r.from = s.o.Clock.Now()
	err := supervise.Guard("step of "+st.key.feed, func() (err error) {
		r.step, err = api.Step(ctx, source.Ask{
			Feed: st.key.feed, Region: st.key.region, Marketplace: st.key.marketplace, From: a.from, To: a.to, Day: a.day,
			State: a.state, Resumed: a.resumed,
		})
		return err
	})
	if err != nil {
		r.err = err
		r.at = s.o.Clock.Now()
		return r
	}
	r.doubt, r.own = s.doubts(ctx, st, a, r.step)
	r.left = r.doubt != "" && a.empties < timesDoubted(a)
	if r.own == nil && len(r.step.Documents) > 0 {
		s.take(ctx, st, &r)
	}
	r.at = s.o.Clock.Now()
	return r
}

// doubts says why rows are to be expected of an ask that ends with a step and had none before; "" where none are missed.
func (s *Service) doubts(ctx context.Context, st *stream, a *ask, step source.Step) (string, error) {
	reached := step.Covered.IsZero() || step.Covered.After(a.from) // or nothing of the window was asked for
	if !step.Done || a.rows > 0 || !reached || st.feed.Snapshot {
		return "", nil
	}
	b := *a
	b.next = s.o.Clock.Now()
	return s.expected(ctx, &b, st.feed)
}

// take has what a step gave stored. Whether an answer without rows is believed is told before: once it is stored, its days
// count as days without anything.
func (s *Service) take(ctx context.Context, st *stream, r *result) {
	docs := slices.Clone(r.step.Documents)
	for i := range docs {
		docs[i].Doubted = r.left
	}
	r.own = supervise.Guard("import for "+st.key.feed, func() (err error) {
		if r.imp, err = s.o.Import(ctx, docs); err != nil || !r.left || r.imp.Rows == 0 || len(docs) == 1 {
			return err
		}
		_, err = s.o.Import(ctx, r.step.Documents) // where one has rows, those without are believed
		return err
	})
	if r.own == nil && len(r.imp.Refused) > 0 { // what was found while the step was broken off may say nothing of the document
		r.own = ctx.Err()
	}
}

// settleStep stores what a step came to. The caller holds s.write.
func (s *Service) settleStep(ctx context.Context, l *lane, id int64, began *ask, r *result) error {
	old := s.asks[id]
	if old == nil || began == nil { // it was dropped meanwhile
		return nil
	}
	a, st := *old, *s.streams[old.stream]
	c := change{asks: []*ask{&a}, streams: []*stream{&st}, count: map[quotaKey]counts{}}
	if n := counted(began, r); n != (counts{}) {
		c.count[quotaKey{core.DayOf(r.at, time.UTC), st.feed.API, st.key.region, st.feed.Group}] = n
	}
	st.tried = r.at
	return s.conclude(ctx, l, &a, &st, &c, r)
}

// counted is what a step took of the quota: nothing where the client did not ask, or reached nobody.
func counted(began *ask, r *result) counts {
	var e *source.APIError
	switch {
	case r.err == nil && began.state == nil:
		return counts{requests: 1, begun: 1}
	case errors.As(r.err, &e) && (e.Fault == source.FaultOffline || e.Fault == source.FaultThrottled && e.Status == 0):
		return counts{}
	default:
		return counts{requests: 1}
	}
}

// tell passes on what others have to know, with no lock held.
func (s *Service) tell(ctx context.Context, r result) {
	ctx = context.WithoutCancel(ctx)
	if r.alert != nil {
		s.o.Alert(ctx, *r.alert)
	}
	if r.denied != nil {
		s.o.Denied(ctx, r.lane.api, r.lane.region, r.needs, r.denied)
	}
	if r.reconnect {
		s.o.OnReconnect(r.lane.api, r.lane.region, r.from, r.err)
	}
}

func faultOf(err error) source.APIFault {
	var e *source.APIError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &e):
		return e.Fault
	default:
		return source.FaultUnavailable
	}
}
