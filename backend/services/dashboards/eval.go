package dashboards

import (
	"context"
	"math"
	"slices"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// evaluator works measures out for the subjects of a universe over one period.
type evaluator struct {
	s      *Service
	u      *universe
	kind   fact.SubjectKind
	period core.Period
	asOf   core.Day
	into   converter
	frames map[string][]*aligned // by base measure, then by marketplace of the universe
	// like is the evaluator of the range that this one is compared with: where only the first 25 of 28 days of a
	// marketplace are known there, only 25 are taken here.
	like  *evaluator
	money []core.Currency // of each marketplace of the universe, before conversion
}

// aligned is a frame laid beside the universe.
type aligned struct {
	frame fact.Frame
	at    []int32        // row of the universe → row of the frame; −1: none
	col   map[string]int // name → column
	down  string         // why there is no frame
}

func (s *Service) evaluator(u *universe, kind fact.SubjectKind, p core.Period, v view) *evaluator {
	e := &evaluator{s: s, u: u, kind: kind, period: p, asOf: v.asOf, into: v.into, frames: map[string][]*aligned{}}
	for _, code := range u.codes {
		m, _ := core.MarketplaceByCode(code)
		e.money = append(e.money, m.Currency)
	}
	return e
}

// load asks the modules for the base measures behind the names. A module that can't answer makes its measures unknown.
func (e *evaluator) load(ctx context.Context, names []string) {
	type question struct {
		module string
		period core.Period
	}
	asked := map[question][]string{}
	var all []string
	for _, n := range names {
		all = e.s.bases(n, all)
	}
	for _, n := range all {
		if e.frames[n] != nil {
			continue
		}
		e.frames[n] = make([]*aligned, len(e.u.codes))
		for m := range e.u.codes {
			q := question{moduleOf(n), e.periodOf(n, m)}
			if !slices.Contains(asked[q], n) {
				asked[q] = append(asked[q], n)
			}
		}
	}
	for q, list := range asked {
		slices.Sort(list)
		a := e.frame(ctx, list, q.period)
		for _, n := range list {
			for m := range e.u.codes {
				if e.periodOf(n, m) == q.period {
					e.frames[n][m] = a
				}
			}
		}
	}
}

// periodOf is the evaluator's period, cut where the range it is compared with is not known to its end in a marketplace.
func (e *evaluator) periodOf(base string, market int) core.Period {
	if e.like == nil {
		return e.period
	}
	_, c, down := e.like.columnOf(base, market)
	if down != "" {
		return e.period
	}
	cut := e.period
	if cv := c.Cover[e.u.codes[market]]; cv.Days > 0 {
		cut.To -= max(e.like.period.To-cv.Through, 0)
	}
	return cut
}

func (e *evaluator) frame(ctx context.Context, names []string, p core.Period) *aligned {
	a := &aligned{col: map[string]int{}}
	var answered []string
	for _, n := range names {
		if slices.Contains(e.s.measures[n].Kinds, e.kind) {
			answered = append(answered, n)
		}
	}
	if len(answered) == 0 {
		a.down = "not known for this kind of row"
		return a
	}
	f, err := e.s.o.Modules.Frame(ctx, fact.MeasureQuery{Names: answered, Kind: e.kind, Period: p, AsOf: e.asOf})
	if err != nil {
		a.down = e.s.o.Modules.Reason(names[0])
		if a.down == "" {
			a.down = core.AsError(err).Message
		}
		return a
	}
	a.frame, a.at = f, e.s.align(e.u, f.Subjects)
	for i, c := range f.Columns {
		a.col[c.Name] = i
	}
	return a
}

// alignmentsKept bounds what a universe remembers of frames; a page needs some forty at a time.
const alignmentsKept = 256

// align lays the subjects of a frame beside a universe, once for each frame: modules and the module host give the same
// subjects again and again.
func (s *Service) align(u *universe, subjects []string) []int32 {
	if len(subjects) == 0 {
		return align(u.ids, nil)
	}
	key := frameKey{&subjects[0], len(subjects)}
	s.mu.Lock()
	at, ok := u.aligned[key]
	s.mu.Unlock()
	if ok {
		return at
	}
	at = align(u.ids, subjects)
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(u.aligned) >= alignmentsKept {
		clear(u.aligned)
	}
	u.aligned[key] = at
	return at
}

// align finds each id of a sorted list among subjects, which usually are sorted too.
func align(ids, subjects []string) []int32 {
	at := make([]int32, len(ids))
	if !slices.IsSorted(subjects) {
		where := make(map[string]int32, len(subjects))
		for i, s := range subjects {
			where[s] = int32(i)
		}
		for i, id := range ids {
			at[i] = -1
			if j, ok := where[id]; ok {
				at[i] = j
			}
		}
		return at
	}
	j := 0
	for i, id := range ids {
		for j < len(subjects) && subjects[j] < id {
			j++
		}
		at[i] = -1
		if j < len(subjects) && subjects[j] == id {
			at[i] = int32(j)
		}
	}
	return at
}

// figure is a measure of one row of the universe.
func (e *evaluator) figure(name string, i int) figure {
	return e.combine(name, func(base string) figure { return e.base(base, i) })
}

func (e *evaluator) base(name string, i int) figure {
	m := int(e.u.market[i])
	a, c, down := e.columnOf(name, m)
	if down != "" {
		return unknown(down)
	}
	x := covered(c, e.u.codes[m])
	if !x.known {
		return x
	}
	if r := a.at[i]; r >= 0 {
		if c.Missing != nil && c.Missing[r] {
			x = unknown(c.MissingNote)
			x.source = c.Source
			return x
		}
		x.n = c.Values[r]
	}
	if e.s.measures[name].Type == fact.Money {
		x.currency = e.money[m]
		x = x.in(e.into)
	}
	return x
}

func (e *evaluator) columnOf(name string, market int) (*aligned, *fact.FrameColumn, string) {
	if e.frames[name] == nil {
		return nil, nil, "not asked for"
	}
	a := e.frames[name][market]
	if a.down != "" {
		return nil, nil, a.down
	}
	c, ok := a.col[name]
	if !ok {
		return nil, nil, "not known for this kind of row"
	}
	return a, &a.frame.Columns[c], ""
}

// covered is a zero of a marketplace, or why it is none.
func covered(c *fact.FrameColumn, code string) figure {
	cv, ok := c.Cover[code]
	if !ok || cv.Days == 0 {
		note := cv.Note
		if note == "" {
			note = "no report covers these days"
		}
		x := unknown(note)
		x.source = c.Source
		return x
	}
	return figure{known: true, maturity: cv.Maturity, asOf: cv.Through, days: cv.Days, source: c.Source, note: cv.Note}
}

// combine works out a measure from what its base measures come to.
func (e *evaluator) combine(name string, base func(string) figure) figure {
	m := e.s.measures[name]
	switch {
	case m.Base():
		return base(name)
	case m.Num != "":
		return quotient(m, e.combine(m.Num, base), e.combine(m.Den, base))
	}
	sum := figure{known: true, maturity: fact.Fresh}
	for _, t := range m.Terms {
		x := e.combine(t.Name, base)
		title := decl{def: e.s.measures[t.Name].Definition}.title()
		if !x.known && t.Optional {
			sum = sum.blame(figure{maturity: fact.Estimated, note: "without " + lowerFirst(title) + ": " + x.note})
			continue
		}
		if !x.known {
			return unknown(joinNotes(title+" not known", x.note))
		}
		if x.currency != "" && sum.currency != "" && x.currency != sum.currency {
			return unknown("amounts of different currencies")
		}
		if sum.currency == "" {
			sum.currency = x.currency
		}
		sum.n += t.Sign * x.n
		sum = sum.blame(x)
	}
	return sum
}

func quotient(m fact.Measure, num, den figure) figure {
	if !num.known || !den.known {
		return unknown(joinNotes(num.note, den.note))
	}
	if num.currency != "" && den.currency != "" && num.currency != den.currency {
		return unknown("amounts of different currencies")
	}
	if den.n == 0 {
		return unknown("nothing to divide by")
	}
	factor := m.Factor
	if factor == 0 {
		factor = 1
	}
	x := figure{known: true, maturity: num.maturity, asOf: num.asOf, days: num.days, source: num.source, note: num.note, approx: num.approx}.blame(den)
	x.days = 0 // a rate of fewer days is still a rate
	if m.Type == fact.Money {
		x.currency = num.currency
		x.n = int64(math.Round(float64(num.n) / float64(den.n) * factor))
		return x
	}
	x.f = float64(num.n) / float64(den.n) * factor
	if num.currency != "" && den.currency == "" || num.currency == "" && den.currency != "" {
		x.f = num.number(typeFor(num)) / den.number(typeFor(den)) * factor
	}
	return x
}

func typeFor(x figure) fact.Type {
	if x.currency != "" {
		return fact.Money
	}
	return fact.Count
}

func lowerFirst(s string) string {
	if len(s) > 1 && s[1] >= 'a' && s[1] <= 'z' {
		return string(s[0]|0x20) + s[1:]
	}
	return s
}
