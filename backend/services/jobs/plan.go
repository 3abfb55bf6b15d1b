package jobs

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
)

const (
	clockSlack   = 5 * time.Minute  // clocks are that far off without anybody noticing
	clockJump    = 10 * time.Minute // between two looks at the clock: it was set, or the computer slept
	longestWait  = 7 * 24 * time.Hour
	sitesEvery   = 10 * time.Minute
	keptPerFeed  = 2000 // asks that are done, for each stream
	quotaKept    = 90   // days
	capabilities = time.Hour
)

// tick looks at the clock and at the places, and plans what is due. The error is of the database.
func (s *Service) tick(ctx context.Context, now time.Time) error {
	s.write.Lock()
	defer s.write.Unlock()
	if !s.last.IsZero() && (now.Before(s.last.Add(-clockSlack)) || now.After(s.last.Add(clockJump))) {
		if err := s.recount(ctx, now); err != nil {
			return err
		}
	}
	s.last = now
	if s.seekNow.Swap(false) || s.sitesAt.IsZero() || now.Sub(s.sitesAt).Abs() >= sitesEvery {
		s.seek(ctx, now)
	}
	s.prune(ctx, now)
	if s.paused {
		return nil
	}
	open := s.openByStream(now)
	for _, id := range slices.Sorted(maps.Keys(s.streams)) {
		st := s.streams[id]
		if !s.mayPlan(st) {
			continue
		}
		if c, ok := s.planStream(ctx, st, open[id], now); ok {
			if err := s.commit(ctx, c); err != nil {
				return err
			}
			s.o.Changed(Topic)
		}
	}
	return nil
}

// seek reads the places; where that fails those of before stay.
func (s *Service) seek(ctx context.Context, now time.Time) {
	sites, err := s.o.Places(ctx)
	if err != nil {
		s.o.Log.LogAttrs(ctx, slog.LevelWarn, "Places not read", slog.String("error", err.Error()))
		return
	}
	want := map[streamKey]*time.Location{}
	for _, site := range sites {
		a := s.apis[site.API]
		if a == nil {
			continue
		}
		for _, f := range a.Feeds() {
			k := streamKey{feed: f.Name, region: site.Region}
			zone := time.UTC
			if f.PerMarketplace {
				k.marketplace = site.Marketplace
				if site.Zone != nil {
					zone = site.Zone
				}
			}
			want[k] = zone
		}
	}
	if err := s.settle(ctx, want, now); err != nil {
		s.o.Log.LogAttrs(ctx, slog.LevelError, "Streams not kept", slog.String("error", err.Error()))
		return
	}
	s.mu.Lock()
	s.sites, s.sitesAt = sites, now
	for _, site := range sites {
		if l := s.lanes[laneKey{site.API, site.Region}]; l != nil {
			l.pace = cmp.Or(site.Pace, s.o.Pace)
		}
	}
	s.mu.Unlock()
}

// settle makes the streams that are wanted and lets those rest that no longer are.
func (s *Service) settle(ctx context.Context, want map[streamKey]*time.Location, now time.Time) error {
	var fresh []*stream
	for k := range want {
		if _, ok := s.byKey[k]; !ok {
			fresh = append(fresh, &stream{key: k, nextRun: now, feed: s.feeds[k.feed], again: map[time.Duration]time.Time{}})
		}
	}
	slices.SortFunc(fresh, func(a, b *stream) int {
		return cmp.Or(cmp.Compare(a.feed.Order, b.feed.Order), cmp.Compare(a.key.feed, b.key.feed),
			cmp.Compare(a.key.region, b.key.region), cmp.Compare(a.key.marketplace, b.key.marketplace))
	})
	if len(fresh) > 0 {
		err := s.o.DB.Write(ctx, func(tx *sql.Tx) error {
			for _, st := range fresh {
				row := tx.QueryRowContext(ctx, s.q["AddStream"], st.key.feed, st.key.region, st.key.marketplace, toMS(st.nextRun))
				if err := row.Scan(&st.id); err != nil {
					return fmt.Errorf("add a stream: %w", err)
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, st := range fresh {
		s.streams[st.id], s.byKey[st.key] = st, st.id
	}
	for id, old := range s.streams {
		st := *old
		zone, ok := want[st.key]
		if st.active = ok; ok {
			st.zone = zone
			s.laneOf(st.lane())
		}
		s.streams[id] = &st
	}
	return nil
}

// prune clears what is old, once a week; what it can't clear now it clears later.
func (s *Service) prune(ctx context.Context, now time.Time) {
	today := core.DayOf(now, time.UTC)
	if s.pruned/7 == today/7 {
		return
	}
	err := s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		_, e1 := tx.ExecContext(ctx, s.q["Prune"], keptPerFeed)
		if e1 != nil {
			return e1
		}
		_, e2 := tx.ExecContext(ctx, s.q["PruneQuota"], int64(today)-quotaKept)
		return e2
	})
	if err != nil {
		s.o.Log.LogAttrs(ctx, slog.LevelWarn, "Old jobs not cleared", slog.String("error", err.Error()))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pruned = today
	for k := range s.quota {
		if k.day < today-1 {
			delete(s.quota, k)
		}
	}
}

func (s *Service) openByStream(now time.Time) map[int64][]*ask {
	out := map[int64][]*ask{}
	for _, a := range s.asks {
		if !a.planned.After(now.Add(clockSlack)) {
			out[a.stream] = append(out[a.stream], a)
		}
	}
	return out
}

func (s *Service) mayPlan(st *stream) bool {
	if !st.active || st.paused || st.behind {
		return false
	}
	l := s.lanes[st.lane()]
	return l != nil && l.reconnect.IsZero()
}

// planStream makes the asks of a stream that are due, with the marks that say so.
func (s *Service) planStream(ctx context.Context, old *stream, open []*ask, now time.Time) (change, bool) {
	due := !old.nextRun.After(now)
	well := old.trouble == "" || old.trouble == troubleLate
	fill := well && !old.ended && !old.high.IsZero() && !old.feed.Snapshot && !has(open, kindBackfill) && !has(open, kindFresh)
	anew := well && !old.feed.Snapshot && !old.high.IsZero() && !has(open, kindAgain) && !has(open, kindFresh)
	if !due && !fill && !anew {
		return change{}, false
	}
	st := *old
	p := &plan{st: &st, now: now, history: s.o.History(st.feed)}
	blocked := slices.ContainsFunc(open, func(a *ask) bool {
		return (a.kind == kindFresh || a.kind == kindSnapshot) && a.status != statusSuspect && a.status != statusCancelled
	})
	if due && !blocked {
		if st.feed.Needs != "" && s.o.Capability(ctx, st.feed.API, st.key.region, st.feed.Needs) == source.Denied {
			st.nextRun = now.Add(min(capabilities, max(st.feed.Every, time.Minute)))
			st.trouble, st.note = string(source.FaultDenied), "The account's access does not allow it: grant the role to the app in Seller Central, then connect anew."
			return change{streams: []*stream{&st}}, true
		}
		if st.trouble == string(source.FaultDenied) {
			st.trouble, st.note = "", ""
		}
		p.fresh()
	}
	if anew && len(p.asks) == 0 {
		p.again()
	}
	if fill && len(p.asks) == 0 {
		p.backfill()
	}
	if !p.touched {
		return change{}, false
	}
	return change{streams: []*stream{&st}, add: p.asks, pasts: map[int64]map[time.Duration]time.Time{st.id: p.pasts}}, true
}

// has says whether asks of a kind are under way or wait for their turn; what is in doubt keeps nothing else from coming.
func has(open []*ask, kind string) bool {
	return slices.ContainsFunc(open, func(a *ask) bool { return a.kind == kind && a.status == statusOpen })
}

// plan gathers what is asked for next of one stream.
type plan struct {
	st      *stream
	now     time.Time
	history time.Duration
	asks    []*ask
	pasts   map[time.Duration]time.Time
	touched bool
}

func (p *plan) add(kind string, w window) {
	p.touched = true
	p.asks = append(p.asks, &ask{
		stream: p.st.id, kind: kind, from: w.from, to: w.to, since: w.since, day: w.day, status: statusOpen, next: p.now, planned: p.now,
	})
}

func (p *plan) fresh() {
	st, f := p.st, p.st.feed
	p.touched = true
	st.nextRun = p.now.Add(max(f.Every, time.Minute))
	if f.Snapshot {
		p.add(kindSnapshot, window{})
		st.runs++
		return
	}
	defer p.nextDay()
	if st.high.IsZero() {
		w, ok := newest(f, st.zone, p.now, p.history)
		if !ok {
			return
		}
		st.low, st.high = w.from, w.to
		p.add(kindFresh, w)
		p.pasts = map[time.Duration]time.Time{}
		for _, a := range f.Again {
			p.pasts[a.Past] = p.now
		}
		st.runs++
		return
	}
	all := onwards(f, st.zone, st.low, st.high, p.now, p.history)
	for _, w := range all {
		p.add(kindFresh, w)
	}
	if len(all) > 0 {
		st.high = all[0].to
		st.runs++
	}
}

// nextDay has a feed in days go on as soon as Amazon has the next whole day, should that be sooner.
func (p *plan) nextDay() {
	st := p.st
	if !inDays(st.feed) || st.high.IsZero() {
		return
	}
	t := dayStart(core.DayOf(st.high, st.zone)+1, st.zone).Add(st.feed.Late)
	if t.After(p.now) && t.Before(st.nextRun) {
		st.nextRun = t
	}
}

// again asks anew for what is restated; what a longer past covers is not asked for twice.
func (p *plan) again() {
	st := p.st
	var longest time.Duration
	for _, a := range st.feed.Again {
		last, known := st.again[a.Past]
		if (!known || !last.Add(a.Every).After(p.now)) && a.Past > longest {
			longest = a.Past
		}
	}
	if longest == 0 {
		return
	}
	p.touched = true
	p.pasts = map[time.Duration]time.Time{}
	for _, a := range st.feed.Again {
		if a.Past <= longest {
			p.pasts[a.Past] = p.now
		}
	}
	for _, w := range anew(st.feed, st.zone, longest, st.low, st.high, p.now) {
		p.add(kindAgain, w)
	}
}

func (p *plan) backfill() {
	w, ok := backwards(p.st.feed, p.st.zone, p.st.low, p.now, p.history)
	p.touched = true
	if !ok {
		p.st.ended = true
		return
	}
	p.st.low = w.from
	p.add(kindBackfill, w)
}
