package reviews

import (
	"context"
	"fmt"
	"math"
	"time"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/source"
)

// Reports of feedback and returns do not name their period: what is sure is the run of days
// from their first to their last row. A quiet stretch at either end is still covered as far as
// it is no longer than three mean gaps between rows (no row there is then no surprise: 5 %),
// at most maxQuiet days. Such edges count only where no report is sure.
const (
	gapsAtEdge       = 3
	maxQuietReturns  = 7
	maxQuietFeedback = 30
)

// report is what one document covers.
type report struct {
	market   string // "" speaks for all
	observed int64
	seen     core.Day
	sure     core.Period
	rows     int
}

// edges is the period with its quiet stretches. Feedback reports always run to the day they
// are made; of returns that day itself is not over.
func (r report) edges(stream source.Stream) core.Period {
	limit, last := maxQuietReturns, r.seen-1
	if stream == source.SellerFeedback {
		limit, last = maxQuietFeedback, r.seen
	}
	gap := float64(r.sure.Days()) / float64(max(1, r.rows))
	quiet := core.Day(min(limit, int(math.Floor(gapsAtEdge*gap))))
	p := core.Period{From: r.sure.From - quiet, To: min(r.sure.To+quiet, last)}
	if stream == source.SellerFeedback {
		p.To = last
	}
	return p
}

// coverage is which days of one stream are known in one marketplace as of a day.
type coverage struct {
	asOf    core.Day
	until   int64 // Unix seconds of the end of the as-of day
	stream  source.Stream
	reports []report // of the marketplace and of all
	title   string
	stale   time.Duration
}

// state of a day.
type dayState int

const (
	unknownDay dayState = iota
	laterDay            // only a report made after the as-of day tells
	knownNow
)

// at says whether a day is known, and if only later, since when.
func (c coverage) at(d core.Day) (dayState, core.Day) {
	state, first := unknownDay, core.Day(0)
	for _, r := range c.reports {
		p := r.edges(c.stream)
		p.From, p.To = min(p.From, r.sure.From), min(max(p.To, r.sure.To), r.lastFull(c.stream))
		switch {
		case !p.Contains(d):
		case r.seen <= c.asOf:
			return knownNow, 0
		case first == 0 || r.seen < first:
			state, first = laterDay, r.seen
		}
	}
	return state, first
}

// lastFull is the last day a report can speak for: of returns the day before it was made.
func (r report) lastFull(stream source.Stream) core.Day {
	if stream == source.SellerFeedback {
		return r.seen
	}
	return r.seen - 1
}

// removed says whether a report known at the as-of day, made after lastSeen and sure of the
// day, no longer has something of that day: Amazon removed it. The first and the last day of
// a report may be cut and prove nothing.
func (c coverage) removed(day core.Day, lastSeen int64) bool {
	for _, r := range c.reports {
		if r.seen <= c.asOf && r.observed > lastSeen && day > r.sure.From && day < r.sure.To {
			return true
		}
	}
	return false
}

// window is a run of days with what can be said of it.
type window struct {
	period   core.Period
	known    []bool // by day
	days     int    // known ones
	maturity fact.Maturity
	note     string
	kind     string
}

func (w window) has(d core.Day) bool { return w.period.Contains(d) && w.known[d-w.period.From] }

func (w window) ok() bool { return w.maturity != fact.Missing }

func (w window) value() fact.Value {
	return fact.Value{AsOf: w.period.To, Maturity: w.maturity, Source: w.kind, Note: w.note}
}

func (w window) missing(note string) fact.Value {
	return fact.Value{AsOf: w.period.To, Maturity: fact.Missing, Source: w.kind, Note: note}
}

func (w window) estimated(note string) window {
	w.maturity = fact.Worst(w.maturity, fact.Estimated)
	w.note = join(w.note, note)
	return w
}

// end is the last known day before the as-of day, within the last year; 0: none.
func (c coverage) end() core.Day {
	for d := c.asOf - 1; d > c.asOf-366; d-- {
		if s, _ := c.at(d); s != unknownDay {
			return d
		}
	}
	return 0
}

// last is the n days that end on end. Days that no report tells are not known in it;
// fewer than need known ones make it missing.
func (c coverage) last(end core.Day, n, need int) window {
	w := window{kind: kindOf(c.stream), maturity: fact.Fresh}
	if end == 0 {
		w.maturity, w.note = fact.Missing, "no report yet: import "+c.title
		return w
	}
	w.period = core.LastDays(end, n)
	w.known = make([]bool, n)
	var since, gap core.Day
	for d := w.period.From; d <= end; d++ {
		s, first := c.at(d)
		if s == unknownDay {
			gap = max(gap, d)
			continue
		}
		w.known[d-w.period.From] = true
		w.days++
		since = max(since, first)
	}
	if w.days < need {
		w.maturity = fact.Missing
		w.note = fmt.Sprintf("%d of the %d days to %s are in no report: import %s for them", n-w.days, n, end, c.title)
		return w
	}
	if w.days < n {
		w = w.estimated(fmt.Sprintf("%d of %d days are in no report (the last of them %s)", n-w.days, n, gap))
	}
	if since != 0 {
		w = w.estimated("first known on " + since.String())
	}
	return w
}

// aged marks a window as stale if the newest known day is older than the kind allows.
func (c coverage) aged(w window, through core.Day) window {
	if w.ok() && c.old(through) {
		w.maturity = fact.Stale
		w.note = join(w.note, fmt.Sprintf("the newest day is %s: import a newer %s", through, c.title))
	}
	return w
}

// old says whether a newest known day is older than the kind allows.
func (c coverage) old(through core.Day) bool {
	return c.stale > 0 && time.Duration(c.asOf-through-1)*24*time.Hour > c.stale
}

// coverages reads what the reports of a stream cover, by marketplace; "" holds those that speak for all.
func (m *Module) coverages(ctx context.Context, stream source.Stream, asOf core.Day) (map[string]coverage, error) {
	rows, err := m.host.DB().QueryContext(ctx, m.q["Documents"], string(stream))
	if err != nil {
		return nil, fmt.Errorf("reviews: read reports: %w", err)
	}
	defer func() { _ = rows.Close() }()
	by := map[string][]report{}
	zones := map[string]*time.Location{}
	for rows.Next() {
		var r report
		if err := rows.Scan(&r.market, &r.observed, &r.sure.From, &r.sure.To, &r.rows); err != nil {
			return nil, fmt.Errorf("reviews: read reports: %w", err)
		}
		if zones[r.market] == nil {
			zones[r.market] = zoneOf(r.market)
		}
		r.seen = core.DayOf(time.Unix(r.observed, 0), zones[r.market])
		by[r.market] = append(by[r.market], r)
	}
	name := kindOf(stream)
	kind, ok := m.host.Kind(name)
	if !ok || kind.Title == "" {
		kind.Title = name
	}
	out := map[string]coverage{}
	for market, list := range by {
		if market != "" {
			list = append(list, by[""]...)
		}
		out[market] = coverage{asOf: asOf, until: (asOf + 1).Start(zones[market]).Unix(), stream: stream, reports: list, title: kind.Title, stale: kind.StaleAge}
	}
	return out, rows.Err()
}

func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "; " + b
}
