package advertising

import (
	"cmp"
	"slices"

	"purser/backend/core"
)

// A report is taken for filtered (to a campaign, a portfolio) when it shows less than this
// share of the clicks that were known for the days it covers. Amazon's own correction of
// invalid clicks takes away far less. Below minFilterClicks the numbers are too small to tell.
const (
	filteredShare   = 0.8
	minFilterClicks = 20
)

// document is one report of a stream in one marketplace.
type document struct {
	id, observed int64
	seen         core.Day // day of observed in the marketplace
	span         core.Period
	daily        bool
	sheets       []daySheet // of single days, ascending
}

type daySheet struct {
	day core.Day
	sheet
}

// sheet points to packed rows.
type sheet struct{ content, clicks int64 }

// knownDay is what is known of one day.
type knownDay struct {
	known bool
	later bool     // only a report observed after the as-of day tells
	seen  core.Day // when the report was made
	// document is the report that tells.
	document int64
	sheet    // content 0: covered, no activity
}

// calendar is what is known of the days of a period.
type calendar struct {
	span core.Period
	days []knownDay
}

// cut is the part of the calendar inside p.
func (c calendar) cut(p core.Period) calendar {
	p = core.Period{From: max(p.From, c.span.From), To: min(p.To, c.span.To)}
	if p.Days() == 0 {
		return calendar{}
	}
	return calendar{p, c.days[p.From-c.span.From : p.To-c.span.From+1]}
}

func (c calendar) at(d core.Day) knownDay {
	if i := int(d - c.span.From); i >= 0 && i < len(c.days) {
		return c.days[i]
	}
	return knownDay{}
}

// knownDays chooses for each day of span the newest report observed by the end of asOf, and
// where there is none the earliest later one. A filtered report speaks only for days that
// no other has told before it. Days that a report covers before they began are not told by it.
// Span is to hold all days of the reports, or whether one is filtered would depend on the question.
func knownDays(docs []document, span core.Period, asOf core.Day) calendar {
	c := calendar{span, make([]knownDay, max(0, span.Days()))}
	docs = slices.Clone(docs)
	slices.SortFunc(docs, func(a, b document) int {
		return cmp.Or(cmp.Compare(a.observed, b.observed), cmp.Compare(a.id, b.id))
	})
	for _, d := range docs {
		if !d.daily {
			continue
		}
		later := d.seen > asOf
		fill := later || c.looksFiltered(d)
		c.each(d, func(k *knownDay, s sheet) {
			if !k.known || !fill {
				*k = knownDay{known: true, later: later, seen: d.seen, document: d.id, sheet: s}
			}
		})
	}
	return c
}

func (c calendar) each(d document, fn func(k *knownDay, s sheet)) {
	from, to := max(d.span.From, c.span.From), min(d.span.To, c.span.To, d.seen)
	i, _ := slices.BinarySearchFunc(d.sheets, from, func(s daySheet, day core.Day) int { return cmp.Compare(s.day, day) })
	for day := from; day <= to; day++ {
		s := sheet{}
		if i < len(d.sheets) && d.sheets[i].day == day {
			s = d.sheets[i].sheet
			i++
		}
		fn(&c.days[day-c.span.From], s)
	}
}

func (c calendar) looksFiltered(d document) bool {
	var had, has int64
	c.each(d, func(k *knownDay, s sheet) {
		if k.known {
			had += k.clicks
			has += s.clicks
		}
	})
	return had >= minFilterClicks && float64(has) < filteredShare*float64(had)
}
