package sales

import (
	"context"
	"fmt"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
)

// maxQuiet is how many days between two documents may lie uncovered and still be taken as
// days without orders: an orders file names no period, so a slow seller's files start and end
// on days with orders. Such a value is Estimated and says so; a longer gap is a missing file.
const maxQuiet = 3

// eveningHour is the hour of a day from which a file made on it is taken to tell that day: few
// orders come later, and a file's own time is that of its last changed order, not of its making.
// Such a value is Estimated and says so until a file made after the day is in.
const eveningHour = 20

// known says for every day when it was first known. A day is known once a document covers
// it that was made after the day had ended, or on its evening.
type known struct {
	from  core.Day
	first []core.Day // day of observation; 0: never
	whole []core.Day // the same, of documents made after the day; 0: none yet
	quiet []bool     // no document covers the day, both neighbours are covered
	late  core.Day   // see lateDays
}

// span is the days one document covers, and when it was observed.
type span struct {
	core.Period
	observed core.Day
	evening  bool // observed on the evening of that day
	kind     string
	at, doc  int64 // instant of observation and document
}

// told is the span without the day of observation, unless that was almost over.
func (s span) told() span {
	if !s.evening {
		s.To = min(s.To, s.observed-1)
	}
	s.To = min(s.To, s.observed)
	return s
}

// lateDays says by how many days a marketplace's calendar is ahead when an as-of day ends.
// That is when it ends in the westernmost store of the account: a file loaded on a Los
// Angeles evening is observed on the next day in Berlin, but within the as-of day.
func lateDays(mkts map[int64]string) lateness {
	zones := map[int64]*time.Location{}
	for id, code := range mkts {
		if mp, ok := core.MarketplaceByCode(code); ok {
			zones[id] = mp.Zone()
		}
	}
	const anyDay = core.Day(20_000)
	end := time.Time{}
	for _, z := range zones {
		if t := (anyDay + 1).Start(z); t.After(end) {
			end = t
		}
	}
	out := lateness{}
	for id, z := range zones {
		out[id] = core.DayOf(end.Add(-time.Second), z) - anyDay
	}
	return out
}

// lateness is lateDays by marketplace number.
type lateness map[int64]core.Day

func (l lateness) apply(to map[int64]*known) {
	for mkt, k := range to {
		k.late = l[mkt]
	}
}

func newKnown(spans []span, bridge bool) *known {
	k := &known{}
	hull := core.Period{}
	for _, s := range spans {
		if s.Days() > 0 {
			hull = hull.Include(s.From).Include(s.To)
		}
	}
	n := hull.Days()
	k.from, k.first, k.whole, k.quiet = hull.From, make([]core.Day, n), make([]core.Day, n), make([]bool, n)
	for _, s := range spans {
		for d := s.From; d <= s.To && s.Days() > 0; d++ {
			sooner(&k.first[d-k.from], s.observed)
			if d < s.observed {
				sooner(&k.whole[d-k.from], s.observed)
			}
		}
	}
	if bridge {
		k.bridge()
	}
	return k
}

func sooner(at *core.Day, observed core.Day) {
	if *at == 0 || observed < *at {
		*at = observed
	}
}

// bridge takes short gaps as quiet days.
func (k *known) bridge() {
	for i := 0; i < len(k.first); i++ {
		if k.first[i] != 0 {
			continue
		}
		j := i
		for k.first[j] == 0 {
			j++ // ends: the last day of the hull is covered
		}
		if j-i <= maxQuiet {
			at := max(k.first[i-1], k.first[j])
			for x := i; x < j; x++ {
				k.first[x], k.whole[x], k.quiet[x] = at, at, true
			}
		}
		i = j
	}
}

// at is the day on which d was first known; 0: it is not known.
func (k *known) at(d core.Day) core.Day {
	if k == nil || d < k.from || int(d-k.from) >= len(k.first) {
		return 0
	}
	return k.first[d-k.from]
}

// seenBy is the day whose knowledge of d an as-of question uses: asOf itself, or, where
// d became known only later, the day it became known.
func (k *known) seenBy(asOf, d core.Day) core.Day { return max(asOf+k.late, k.at(d)) }

// end is the last known day before asOf, which is itself still going on; 0: none.
func (k *known) end(asOf core.Day) core.Day {
	if k == nil || len(k.first) == 0 {
		return 0
	}
	for d := min(asOf-1, k.from+core.Day(len(k.first))-1); d >= k.from; d-- {
		if k.at(d) != 0 {
			return d
		}
	}
	return 0
}

// window is a period as far as it is known.
type window struct {
	core.Period
	gap   core.Period // days of it that are not known; empty: all are
	late  core.Day    // day after asOf on which all of it was first known; 0: it was known in time
	quiet bool        // rests on days no document covers
	open  core.Day    // a day of which only its own evening's file tells; 0: none
}

func (w window) ok() bool { return w.Days() > 0 && w.gap.Days() == 0 }

func (k *known) window(p core.Period, asOf core.Day) window {
	w := window{Period: p}
	for d := p.From; d <= p.To && p.Days() > 0; d++ {
		at := k.at(d)
		if at == 0 {
			w.gap = w.gap.Include(d)
			continue
		}
		if at > asOf+k.late {
			w.late = max(w.late, at)
		}
		w.quiet = w.quiet || k.quiet[d-k.from]
		if whole := k.whole[d-k.from]; whole == 0 || whole > asOf+k.late {
			w.open = d
		}
	}
	return w
}

// coverage reads which days whole orders (or other day by day) documents make known, by marketplace number.
func (m *Module) coverage(ctx context.Context, db querier, stream source.Stream, mkts map[int64]string, bridge bool) (map[int64]*known, error) {
	spans, err := m.spans(ctx, db, stream, mkts)
	if err != nil {
		return nil, err
	}
	out := map[int64]*known{}
	for mkt, list := range spans {
		for i := range list {
			list[i] = list[i].told()
		}
		out[mkt] = newKnown(list, bridge)
	}
	lateDays(mkts).apply(out)
	return out, nil
}

// spans reads what whole documents of a stream cover, by marketplace number.
func (m *Module) spans(ctx context.Context, db querier, stream source.Stream, mkts map[int64]string) (map[int64][]span, error) {
	rows, err := db.QueryContext(ctx, m.q["Coverage"], string(stream))
	if err != nil {
		return nil, fmt.Errorf("read coverage: %w", err)
	}
	defer func() { _ = rows.Close() }()
	spans := map[int64][]span{}
	zones := map[int64]*time.Location{}
	for rows.Next() {
		var mkt int64
		var s span
		if err := rows.Scan(&mkt, &s.From, &s.To, &s.at, &s.kind, &s.doc); err != nil {
			return nil, fmt.Errorf("read coverage: %w", err)
		}
		if zones[mkt] == nil {
			zones[mkt] = zoneOf(mkts[mkt])
		}
		local := time.Unix(s.at, 0).In(zones[mkt])
		s.observed, s.evening = core.DayOf(local, zones[mkt]), local.Hour() >= eveningHour
		spans[mkt] = append(spans[mkt], s)
	}
	return spans, rows.Err()
}
