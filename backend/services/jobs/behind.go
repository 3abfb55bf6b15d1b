package jobs

import (
	"slices"
	"time"

	"github.com/sony/gobreaker/v2"

	"purser/backend/core/source"
)

// Behind is a stream that waits for an API that gives nothing at present.
type Behind struct {
	Title        string // of the feed: "Orders (live)"
	API          string
	Region       string
	Marketplaces []string // that it is about
	Kinds        []string // of document that it gives
	// Fault is why: offline, unavailable or reconnect.
	Fault source.APIFault
	// Overdue: something should have come since; before that, waiting changes nothing.
	Overdue bool
	// Until is how far reaches what is here; zero: nothing is.
	Until time.Time
	// Reached is when anything last came from this API in this region; zero: never.
	Reached time.Time
}

// Behind lists the streams that wait for an API that gives nothing, in the order in which a seller looks at them.
func (s *Service) Behind() []Behind {
	now := s.o.Clock.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	open := map[int64][]*ask{}
	for _, a := range s.asks {
		open[a.stream] = append(open[a.stream], a)
	}
	all := s.sorted()
	var out []Behind
	for _, st := range all {
		fault := s.away(st)
		if fault == "" || s.paused || st.paused {
			continue
		}
		_, until := covered(st, open[st.id])
		b := Behind{
			Title: st.feed.Title, API: st.feed.API, Region: st.key.region, Kinds: st.feed.Kinds, Fault: fault, Until: until,
			Overdue: overdue(st.feed, until, now),
		}
		for _, other := range all {
			if other.lane() != st.lane() {
				continue
			}
			if other.success.After(b.Reached) {
				b.Reached = other.success
			}
			m := other.key.marketplace
			if m != "" && (m == st.key.marketplace || st.key.marketplace == "") && !slices.Contains(b.Marketplaces, m) {
				b.Marketplaces = append(b.Marketplaces, m)
			}
		}
		slices.Sort(b.Marketplaces)
		out = append(out, b)
	}
	return out
}

// away is why the API of a stream gives nothing; "" if it does, as far as is known. The caller holds s.mu.
func (s *Service) away(st *stream) source.APIFault {
	l := s.lanes[st.lane()]
	switch {
	case l == nil:
		return ""
	case !l.reconnect.IsZero():
		return source.FaultReconnect
	case l.offline > 0:
		return source.FaultOffline
	case l.groups[st.feed.Group] != nil && l.groups[st.feed.Group].State() != gobreaker.StateClosed:
		return source.FaultUnavailable
	}
	if f := source.APIFault(st.trouble); f == source.FaultOffline || f == source.FaultUnavailable {
		return f
	}
	return ""
}

// overdue says whether something should have come since.
func overdue(f source.Feed, until, now time.Time) bool {
	return until.IsZero() || now.Sub(until) > f.Late+2*max(f.Every, time.Hour)
}
