package jobs

import (
	"cmp"
	"math"
	"time"

	"github.com/sony/gobreaker/v2"

	"purser/backend/core"
	"purser/backend/core/source"
)

const (
	breakerFails = 5
	breakerRests = 10 * time.Minute
	// holdsGroup is how long an ask that has begun counts among those of its group under way: a report that Amazon takes
	// hours for must not stop all others.
	holdsGroup = 10 * time.Minute
)

// breaker stops asking a group of operations that fails.
type breaker = gobreaker.TwoStepCircuitBreaker[struct{}]

func newBreaker(name string) *breaker {
	return gobreaker.NewTwoStepCircuitBreaker[struct{}](gobreaker.Settings{
		Name: name, MaxRequests: 1, Timeout: breakerRests,
		ReadyToTrip:  func(c gobreaker.Counts) bool { return c.ConsecutiveFailures >= breakerFails },
		IsSuccessful: func(err error) bool { return faultOf(err) != source.FaultUnavailable },
		// What was not asked says nothing of whether it works.
		IsExcluded: func(err error) bool {
			switch faultOf(err) {
			case source.FaultThrottled, source.FaultOffline, source.FaultReconnect:
				return true
			default:
				return false
			}
		},
	})
}

func (l *lane) breaker(group string) *breaker {
	b := l.groups[group]
	if b == nil {
		b = newBreaker(l.key.api + "/" + l.key.region + "/" + group)
		l.groups[group] = b
	}
	return b
}

// priority orders asks: what a person waits for, what is new, what is restated, what is old. Within it by the order of
// the feeds, which is at most 999.
func priority(a *ask) int {
	switch {
	case a.person:
		return 0
	case a.kind == kindFresh, a.kind == kindSnapshot:
		return 1
	case a.kind == kindAgain:
		return 2
	default:
		return 3
	}
}

// rank is where an ask stands in the queue; lower goes first. Each hour of waiting takes it a tenth of the way to the
// next priority, so that nothing waits for ever.
func rank(a *ask, f source.Feed, now time.Time) float64 {
	if !a.began.IsZero() && a.state != nil {
		return -1 // links of documents are good for minutes only
	}
	waited := max(now.Sub(a.next), 0).Hours()
	return float64(priority(a)) + float64(min(f.Order, 999))/1000 - waited/10
}

// pick chooses the next ask of a lane, nil if there is none. The caller holds s.mu.
func (s *Service) pick(l *lane, now time.Time) *ask {
	if l.busy || s.paused || !l.reconnect.IsZero() || l.retry.After(now) {
		return nil
	}
	under := map[string]int{} // asks under way, by group
	for _, a := range s.asks {
		if st := s.streams[a.stream]; st != nil && st.lane() == l.key && st.active && !st.paused && a.holds(now) {
			under[st.feed.Group]++
		}
	}
	l.refill(now, s.o.Burst)
	var best *ask
	bestRank := math.Inf(1)
	for _, a := range s.asks {
		st := s.streams[a.stream]
		if st == nil || st.lane() != l.key || !s.runnable(l, st, a, now) {
			continue
		}
		if a.state == nil && under[st.feed.Group] >= max(st.feed.Parallel, 1) {
			continue
		}
		r := rank(a, st.feed, now)
		if c := cmp.Or(cmp.Compare(r, bestRank), compareAsks(a, best)); c < 0 {
			best, bestRank = a, r
		}
	}
	return best
}

// compareAsks orders asks that rank the same: the newest window first.
func compareAsks(a, b *ask) int {
	if b == nil {
		return -1
	}
	return cmp.Or(b.to.Compare(a.to), cmp.Compare(a.id, b.id))
}

// holds says whether an ask that was begun still counts among those of its group under way.
func (a *ask) holds(now time.Time) bool {
	return a.state != nil && !a.late && a.status == statusOpen && now.Sub(a.began).Abs() < holdsGroup
}

func (s *Service) runnable(l *lane, st *stream, a *ask, now time.Time) bool {
	switch {
	case !st.active || st.paused || st.behind || a.status == statusCancelled:
		return false
	case a.next.After(now) || a.planned.After(now.Add(clockSlack)):
		return false
	case a.status == statusHeld && a.kind == kindBackfill && now.Sub(a.planned) > againFor: // only a person has it asked for again
		return false
	case st.feed.Needs != "" && l.denied[st.feed.Needs].After(now):
		return false
	case l.breaker(st.feed.Group).State() == gobreaker.StateOpen:
		return false
	case a.state == nil && l.tokens < 1:
		return false
	case a.state == nil && (a.kind == kindBackfill || a.kind == kindAgain) && !a.person:
		if b := s.o.Budget(st.feed.API, st.feed.Group); b > 0 {
			c := s.quota[quotaKey{core.DayOf(now, time.UTC), st.feed.API, st.key.region, st.feed.Group}]
			return c == nil || c.begun < b
		}
	}
	return true
}

// refill gives back what may begin.
func (l *lane) refill(now time.Time, burst int) {
	if l.pace < 0 {
		l.tokens = 1
		return
	}
	switch gone := now.Sub(l.tokensAt); {
	case l.tokensAt.IsZero():
		l.tokens = float64(burst)
	case gone > 0:
		l.tokens = min(l.tokens+gone.Seconds()/l.pace.Seconds(), float64(burst))
	}
	l.tokensAt = now
}
