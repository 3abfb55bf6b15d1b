package advertising

import (
	"fmt"
	"time"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/source"
)

// maxSettleLag is how many days a window may end before the last covered day so as to
// hold settled days only.
const maxSettleLag = 3

// ageRules say when data of a kind is settled and when it is stale.
type ageRules struct {
	kind    string
	title   string
	settles int           // days after which Amazon no longer restates
	stale   time.Duration // 0: never
}

// window is a run of days with what can be said of it.
type window struct {
	period   core.Period
	sheets   []sheetOf // of its days, or the one summary that covers it
	maturity fact.Maturity
	note     string
	kind     string
}

// sheetOf is the sheet of a day, or of a run of days, that a document tells.
type sheetOf struct {
	days     core.Period
	document int64
	content  int64
}

func (w window) known() bool { return w.maturity != fact.Missing }

// value is a value of the window, without its number.
func (w window) value() fact.Value {
	return fact.Value{AsOf: w.period.To, Maturity: w.maturity, Source: w.kind, Note: w.note}
}

// missing is a value that the window cannot give.
func (w window) missing(note string) fact.Value {
	return fact.Value{AsOf: w.period.To, Maturity: fact.Missing, Source: w.kind, Note: note}
}

// summary is a report that gives one sum for a run of days.
type summary struct {
	period   core.Period
	observed int64
	seen     core.Day
	document int64
	content  int64
}

// history is all that is known of one stream in one marketplace as of a day.
type history struct {
	market string
	stream source.Stream
	asOf   core.Day
	rules  ageRules
	days   calendar
	sums   []summary
	// reports are the periods that its reports cover, daily or not.
	reports []core.Period
}

// settled says whether the report that tells day was made after Amazon had settled it.
func (h history) settled(day core.Day) bool {
	k := h.days.at(day)
	return k.known && h.asOf-day >= core.Day(h.rules.settles) && k.seen-day >= core.Day(max(1, h.rules.settles))
}

// lastCovered is the last day before the as-of day that a report tells; 0: none.
func (h history) lastCovered() core.Day {
	return h.lastDay(func(d core.Day) bool { return h.days.at(d).known })
}

// lastSettled is the last settled day; 0: none.
func (h history) lastSettled() core.Day { return h.lastDay(h.settled) }

func (h history) lastDay(ok func(core.Day) bool) core.Day {
	for d := min(h.days.span.To, h.asOf-1); d >= h.days.span.From; d-- {
		if ok(d) {
			return d
		}
	}
	return 0
}

// ends are the days on which a window may end, best first: the last settled day if it is
// close to the last covered one, then that one.
func (h history) ends() []core.Day {
	covered := h.lastCovered()
	if covered == 0 {
		return nil
	}
	if s := h.lastSettled(); s != 0 && covered-s <= maxSettleLag && s != covered {
		return []core.Day{s, covered}
	}
	return []core.Day{covered}
}

// last is the window of n days.
func (h history) last(n int) window {
	gap := ""
	for _, end := range h.ends() {
		p := core.LastDays(end, n)
		missing, first := h.uncovered(p)
		if missing == 0 {
			return h.over(p)
		}
		if gap == "" {
			gap = fmt.Sprintf("%d of the %d days to %s are in no report (%s and others): import %s for them",
				missing, n, end, first, h.rules.title)
		}
	}
	if w, ok := h.fromSummary(func(p core.Period) bool { return p.Days() == n }); ok {
		return w
	}
	if gap == "" {
		gap = "no report yet: import " + h.rules.title
	}
	return window{maturity: fact.Missing, kind: h.rules.kind, note: gap}
}

// upTo is the longest run of at most n covered days, else the newest summary of at most n days.
func (h history) upTo(n int) window {
	if ends := h.ends(); len(ends) > 0 {
		from := ends[0]
		for from > ends[0]-core.Day(n)+1 && h.days.at(from-1).known {
			from--
		}
		return h.over(core.Period{From: from, To: ends[0]})
	}
	if w, ok := h.fromSummary(func(p core.Period) bool { return p.Days() <= n }); ok {
		return w
	}
	return window{maturity: fact.Missing, kind: h.rules.kind, note: "no report yet: import " + h.rules.title}
}

func (h history) uncovered(p core.Period) (n int, first core.Day) {
	for d := p.From; d <= p.To; d++ {
		if h.days.at(d).known {
			continue
		}
		if n == 0 {
			first = d
		}
		n++
	}
	return n, first
}

// told is what reports tell of a period, day by day.
type told struct {
	days       int
	through    core.Day // last day that a report tells; 0: none
	gap        core.Day // first day that none tells; 0: none
	early      int      // days reported before Amazon had settled them
	firstKnown core.Day // when a report after the as-of day told; 0: all were known by then
	sheets     []sheetOf
}

func (h history) told(p core.Period) told {
	var t told
	for d := p.From; d <= p.To; d++ {
		k := h.days.at(d)
		if !k.known {
			if t.gap == 0 {
				t.gap = d
			}
			continue
		}
		t.days++
		t.through = d
		if k.content != 0 {
			t.sheets = append(t.sheets, sheetOf{core.Period{From: d, To: d}, k.document, k.content})
		}
		if k.later {
			t.firstKnown = max(t.firstKnown, k.seen)
		}
		if !h.settled(d) {
			t.early++
		}
	}
	return t
}

// trust says how far the days of t are settled.
func (h history) trust(t told) (fact.Maturity, string) {
	switch {
	case !h.settled(t.through):
		return fact.Settling, "Amazon may still restate the last days"
	case t.early > 0:
		return fact.Estimated, fmt.Sprintf("%d of its days were reported before Amazon had settled them: import a newer report of them", t.early)
	}
	return fact.Fresh, ""
}

// over is the window of a period that is covered day by day.
func (h history) over(p core.Period) window {
	t := h.told(p)
	w := window{period: p, sheets: t.sheets, kind: h.rules.kind}
	w.maturity, w.note = h.trust(t)
	return h.aged(w, t.firstKnown, h.lastCovered())
}

// aged marks a window as estimated or stale where it is.
func (h history) aged(w window, firstKnown, through core.Day) window {
	if firstKnown != 0 {
		w.maturity = fact.Worst(w.maturity, fact.Estimated)
		w.note = join(w.note, "first known on "+firstKnown.String())
	}
	age := time.Duration(h.asOf-through-1) * 24 * time.Hour
	if h.rules.stale > 0 && age > h.rules.stale {
		w.maturity = fact.Stale
		w.note = join(w.note, fmt.Sprintf("the newest day is %s: import a newer %s", through, h.rules.title))
	}
	return w
}

// fromSummary takes the newest summary report that fits, by its last day, then by when it was made.
func (h history) fromSummary(fits func(core.Period) bool) (window, bool) {
	var best summary
	rank := func(s summary) (later bool, end core.Day, observed int64) {
		if s.seen > h.asOf {
			return true, s.period.To, -s.observed
		}
		return false, s.period.To, s.observed
	}
	for _, s := range h.sums {
		if !fits(s.period) || s.period.To >= h.asOf || s.seen <= s.period.To {
			continue
		}
		bl, be, bo := rank(best)
		l, e, o := rank(s)
		if best.content == 0 || e > be || e == be && (bl && !l || bl == l && o > bo) {
			best = s
		}
	}
	if best.content == 0 {
		return window{}, false
	}
	w := window{period: best.period, sheets: []sheetOf{{best.period, best.document, best.content}}, maturity: fact.Fresh, kind: h.rules.kind}
	if max(1, h.rules.settles) > int(min(best.seen, h.asOf)-best.period.To) {
		w.maturity, w.note = fact.Settling, "Amazon may still restate the last days"
	}
	var firstKnown core.Day
	if best.seen > h.asOf {
		firstKnown = best.seen
	}
	return h.aged(w, firstKnown, best.period.To), true
}

// join puts two notes together, either of which may be empty.
func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "; " + b
}
