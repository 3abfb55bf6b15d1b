package jobs

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"strconv"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
)

const settingPaused = "paused"

// load reads everything that is still to be done.
func (s *Service) load(ctx context.Context) error {
	s.model = model{
		streams: map[int64]*stream{}, byKey: map[streamKey]int64{}, asks: map[int64]*ask{}, lanes: map[laneKey]*lane{},
		quota: map[quotaKey]*counts{}, cancel: map[int64]context.CancelFunc{},
	}
	for _, read := range []func(context.Context) error{s.loadStreams, s.loadAsks, s.loadLanes, s.loadQuota} {
		if err := read(ctx); err != nil {
			return err
		}
	}
	var paused string
	err := s.o.DB.Reader().QueryRowContext(ctx, s.q["Setting"], settingPaused).Scan(&paused)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("read jobs: %w", err)
	}
	s.paused = paused == "1"
	return s.recount(ctx, s.o.Clock.Now())
}

// each runs a query and hands every row to scan.
func (s *Service) each(ctx context.Context, query string, scan func(*sql.Rows) error, args ...any) error {
	rows, err := s.o.DB.Reader().QueryContext(ctx, s.q[query], args...)
	if err != nil {
		return fmt.Errorf("read jobs: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return fmt.Errorf("read jobs: %w", err)
		}
	}
	return rows.Err()
}

func (s *Service) loadStreams(ctx context.Context) error {
	err := s.each(ctx, "Streams", func(r *sql.Rows) error {
		st := &stream{again: map[time.Duration]time.Time{}, zone: time.UTC}
		var low, high, next, tried, success, took int64
		var fail string
		err := r.Scan(&st.id, &st.key.feed, &st.key.region, &st.key.marketplace, &low, &high, &st.ended, &next, &tried, &success,
			&st.rows, &took, &st.runs, &st.paused, &st.trouble, &st.alerted, &fail, &st.note)
		st.low, st.high, st.nextRun, st.tried, st.success = fromMS(low), fromMS(high), fromMS(next), fromMS(tried), fromMS(success)
		st.took, st.failure = time.Duration(took)*time.Millisecond, parseFailure(fail)
		st.feed = s.feeds[st.key.feed]
		s.streams[st.id], s.byKey[st.key] = st, st.id
		return err
	})
	if err != nil {
		return err
	}
	return s.each(ctx, "Pasts", func(r *sql.Rows) error {
		var id, past, at int64
		if err := r.Scan(&id, &past, &at); err != nil {
			return err
		}
		if st := s.streams[id]; st != nil {
			st.again[time.Duration(past)*time.Millisecond] = fromMS(at)
		}
		return nil
	})
}

func (s *Service) loadAsks(ctx context.Context) error {
	return s.each(ctx, "OpenAsks", func(r *sql.Rows) error {
		a, err := scanAsk(r)
		if err != nil {
			return err
		}
		a.resumed = a.state != nil
		s.asks[a.id] = a
		st := s.streams[a.stream]
		if a.failure != nil && a.failure.Fault == source.FaultDenied && st != nil && st.feed.Needs != "" {
			s.laneOf(st.lane()).denied[st.feed.Needs] = a.next
		}
		return nil
	})
}

func scanAsk(r *sql.Rows) (*ask, error) {
	a := &ask{}
	var from, to, since, next, planned, began, ended, fatal int64
	var fail string
	err := r.Scan(&a.id, &a.stream, &a.kind, &from, &to, &since, &a.day, &a.state, &a.status, &a.attempts, &next, &planned, &began, &ended,
		&a.rows, &a.changed, &a.empties, &a.invalids, &a.restarts, &a.fatals, &fatal, &a.late, &fail, &a.note, &a.person)
	a.from, a.to, a.since, a.next, a.planned = fromMS(from), fromMS(to), fromMS(since), fromMS(next), fromMS(planned)
	a.began, a.ended, a.fatal, a.failure = fromMS(began), fromMS(ended), fromMS(fatal), parseFailure(fail)
	return a, err
}

func (s *Service) loadLanes(ctx context.Context) error {
	return s.each(ctx, "Lanes", func(r *sql.Rows) error {
		var k laneKey
		var since int64
		var fail string
		if err := r.Scan(&k.api, &k.region, &since, &fail); err != nil {
			return err
		}
		l := s.laneOf(k)
		l.reconnect, l.failure = fromMS(since), parseFailure(fail)
		return nil
	})
}

func (s *Service) loadQuota(ctx context.Context) error {
	yesterday := core.DayOf(s.o.Clock.Now(), time.UTC) - 1
	return s.each(ctx, "Counted", func(r *sql.Rows) error {
		var k quotaKey
		c := &counts{}
		if err := r.Scan(&k.day, &k.api, &k.region, &k.group, &c.requests, &c.begun); err != nil {
			return err
		}
		s.quota[k] = c
		return nil
	}, int64(yesterday))
}

// change is what one transaction stores; what is in memory follows once it is on disk.
type change struct {
	streams []*stream
	add     []*ask
	asks    []*ask
	drop    []int64
	lane    *lane // its reconnect and failure
	pasts   map[int64]map[time.Duration]time.Time
	count   map[quotaKey]counts
	paused  *bool
}

// commit stores c as a whole, then puts it in force. The caller holds s.write.
func (s *Service) commit(ctx context.Context, c change) error {
	// What was received is kept even while the program is being closed.
	err := s.o.DB.Write(context.WithoutCancel(ctx), func(tx *sql.Tx) error { return s.save(ctx, tx, c) })
	if err != nil {
		return fmt.Errorf("keep how far jobs are: %w", err)
	}
	s.mu.Lock()
	for _, st := range c.streams {
		s.streams[st.id], s.byKey[st.key] = st, st.id
	}
	for id, m := range c.pasts {
		st := *s.streams[id]
		st.again = maps.Clone(st.again)
		maps.Copy(st.again, m)
		s.streams[id] = &st
	}
	for _, a := range append(c.add, c.asks...) {
		if a.status == statusDone {
			delete(s.asks, a.id)
			continue
		}
		s.asks[a.id] = a
	}
	for _, id := range c.drop {
		delete(s.asks, id)
	}
	if c.paused != nil {
		s.paused = *c.paused
	}
	for k, n := range c.count {
		if s.quota[k] == nil {
			s.quota[k] = &counts{}
		}
		s.quota[k].requests += n.requests
		s.quota[k].begun += n.begun
	}
	s.mu.Unlock()
	return nil
}

func (s *Service) save(ctx context.Context, tx *sql.Tx, c change) error {
	ctx = context.WithoutCancel(ctx)
	exec := func(query string, args ...any) error {
		_, err := tx.ExecContext(ctx, s.q[query], args...)
		return err
	}
	var errs []error
	for _, st := range c.streams {
		errs = append(errs, exec("SaveStream", st.id, toMS(st.low), toMS(st.high), st.ended, toMS(st.nextRun), toMS(st.tried), toMS(st.success),
			st.rows, st.took.Milliseconds(), st.runs, st.paused, st.trouble, st.alerted, st.failure.text(), st.note))
	}
	for _, a := range c.add {
		errs = append(errs, tx.QueryRowContext(ctx, s.q["AddAsk"], a.stream, a.kind, toMS(a.from), toMS(a.to), toMS(a.since), int64(a.day),
			priority(a), toMS(a.next), toMS(a.planned), a.restarts).Scan(&a.id))
	}
	for _, a := range c.asks {
		state := a.state
		if a.status == statusDone {
			state = nil
		}
		errs = append(errs, exec("SaveAsk", a.id, toMS(a.from), toMS(a.to), toMS(a.since), state, a.status, a.attempts, toMS(a.next), toMS(a.began),
			toMS(a.ended), a.rows, a.changed, a.empties, a.invalids, a.restarts, a.fatals, toMS(a.fatal), a.late, a.failure.text(), a.note, priority(a)))
	}
	for _, id := range c.drop {
		errs = append(errs, exec("DropAsk", id))
	}
	for id, m := range c.pasts {
		for past, at := range m {
			errs = append(errs, exec("SaveAgain", id, past.Milliseconds(), toMS(at)))
		}
	}
	if l := c.lane; l != nil {
		errs = append(errs, exec("SaveLane", l.key.api, l.key.region, toMS(l.reconnect), l.failure.text()))
	}
	for k, n := range c.count {
		errs = append(errs, exec("Count", int64(k.day), k.api, k.region, k.group, n.requests, n.begun))
	}
	if c.paused != nil {
		errs = append(errs, exec("SaveSetting", settingPaused, strconv.Itoa(map[bool]int{true: 1}[*c.paused])))
	}
	return errors.Join(errs...)
}

// laneOf finds a lane or makes it. The caller holds s.mu, or is alone.
func (s *Service) laneOf(k laneKey) *lane {
	l := s.lanes[k]
	if l == nil {
		l = &lane{key: k, pace: s.o.Pace, denied: map[string]time.Time{}, groups: map[string]*breaker{}}
		s.lanes[k] = l
	}
	return l
}

// recount works out anew how far streams reach, counting only what was planned at a time that has come: what was
// planned under a clock that ran ahead does not count, and counts again should that clock have been the right one.
func (s *Service) recount(ctx context.Context, now time.Time) error {
	type reach struct {
		high time.Time
		come int // asks that were planned at a time that has come
	}
	found := map[int64]reach{}
	err := s.each(ctx, "Reached", func(r *sql.Rows) error {
		var id, high int64
		var n int
		err := r.Scan(&id, &high, &n)
		found[id] = reach{fromMS(high), n}
		return err
	}, toMS(now.Add(clockSlack)))
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, old := range s.streams {
		st := *old
		st.again = maps.Clone(old.again)
		if r, ok := found[id]; ok {
			st.behind = r.come == 0
			if !r.high.IsZero() {
				st.high = r.high
			}
		}
		if st.nextRun.After(now.Add(st.feed.Every)) {
			st.nextRun = now.Add(st.feed.Every)
		}
		for past, at := range st.again {
			if at.After(now.Add(clockSlack)) {
				st.again[past] = now
			}
		}
		s.streams[id] = &st
	}
	for id, old := range s.asks {
		if a := *old; !a.planned.After(now.Add(clockSlack)) && a.next.After(now.Add(longestWait)) {
			a.next = now.Add(longestWait)
			s.asks[id] = &a
		}
	}
	return nil
}

// erase removes a stream with all that was asked for it. The caller holds s.write.
func (s *Service) erase(ctx context.Context, id int64) error {
	err := s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		for _, q := range []string{"EraseAsks", "ErasePasts", "EraseStream"} {
			if _, err := tx.ExecContext(ctx, s.q[q], id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("forget a stream: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if st := s.streams[id]; st != nil {
		delete(s.byKey, st.key)
		delete(s.streams, id)
	}
	for a, v := range s.asks {
		if v.stream == id {
			delete(s.asks, a)
		}
	}
	return nil
}
