package sales

import (
	"fmt"
	"time"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/source"
)

// sheet collects the columns of one question.
type sheet struct {
	m    *Module
	q    fact.Query
	cols map[string]fact.Column
}

func newSheet(m *Module, q fact.Query) *sheet { return &sheet{m: m, q: q} }

// open makes room for the columns asked for, with skus values in those of SKUs.
func (s *sheet) open(skus int) {
	s.cols = map[string]fact.Column{}
	for _, d := range definitions() {
		if !s.q.Wants(d.Name) {
			continue
		}
		n := 0
		if d.Subject == fact.SKU {
			n = skus
		}
		s.cols[d.Name] = fact.Column{Name: d.Name, Values: make(map[string]fact.Value, n)}
	}
}

// column is where the values of a fact go; nil if it was not asked for.
func (s *sheet) column(name string) column { return s.cols[name].Values }

// column takes values of one fact; a nil column drops them.
type column map[string]fact.Value

func (c column) put(subject string, v fact.Value) {
	if c != nil {
		c[subject] = v
	}
}

// windowColumns are the columns of one fact in the three windows.
func (s *sheet) windowColumns(stem string) (out [3]column) {
	for i, w := range windowDays() {
		out[i] = s.column(fmt.Sprintf("sales.%s_%dd", stem, w))
	}
	return out
}

// wantsAny says whether any of the columns was asked for.
func wantsAny(sets ...[3]column) bool {
	for _, set := range sets {
		for _, c := range set {
			if c != nil {
				return true
			}
		}
	}
	return false
}

// columns gives what was collected, in the order of the definitions.
func (s *sheet) columns() []fact.Column {
	out := make([]fact.Column, 0, len(s.cols))
	for _, d := range definitions() {
		if c, ok := s.cols[d.Name]; ok {
			out = append(out, c)
		}
	}
	return out
}

func (s *sheet) kind(name string) source.Kind {
	k, ok := s.m.h.Kind(name)
	if !ok || k.Title == "" {
		k.Name, k.Title = name, name
	}
	return k
}

func missing(kind, note string) fact.Value {
	return fact.Value{Maturity: fact.Missing, Source: kind, Note: note}
}

// base is a value of a window without its number: its last day, maturity and source.
func (s *sheet) base(w window, kind string) fact.Value {
	v := s.past(w, kind)
	if v.Known() {
		v.Maturity = fact.Worst(v.Maturity, s.age(w.To, s.kind(kind)))
	}
	return v
}

// past is base for a window that is only compared with: it is meant to be old.
func (s *sheet) past(w window, kind string) fact.Value {
	k := s.kind(kind)
	switch {
	case w.Days() == 0:
		return missing(kind, fmt.Sprintf("No whole day before %s is covered: import %s", s.q.AsOf, k.Title))
	case !w.ok():
		return missing(kind, fmt.Sprintf("Nothing covers %s to %s: import %s for these days", w.gap.From, w.gap.To, k.Title))
	}
	v := fact.Value{AsOf: w.To, Maturity: fact.Fresh, Source: kind}
	if w.quiet {
		v = estimate(v, "days between two files without an order are taken as days without sales")
	}
	switch {
	case w.late != 0:
		v = estimate(v, "first known on "+w.late.String())
	case w.open != 0:
		v = estimate(v, "the file with "+w.open.String()+" was made on that evening")
	}
	return v
}

// age is what a kind's settling and staleness make of data that ends on day end.
func (s *sheet) age(end core.Day, k source.Kind) fact.Maturity {
	const day = 24 * time.Hour
	if k.StaleAge > 0 && time.Duration(s.q.AsOf-1-end)*day > k.StaleAge {
		return fact.Stale
	}
	if k.Settles > 0 && time.Duration(s.q.AsOf-end)*day <= k.Settles {
		return fact.Settling
	}
	return fact.Fresh
}

// estimate adds an assumption to a value.
func estimate(v fact.Value, note string) fact.Value {
	v.Maturity = fact.Worst(v.Maturity, fact.Estimated)
	return remark(v, note)
}

func remark(v fact.Value, note string) fact.Value {
	if note != "" && v.Note != note {
		if v.Note != "" {
			v.Note += "; "
		}
		v.Note += note
	}
	return v
}

// both joins what two values rest on: the older day, the worse maturity, all notes. The number is a's.
func both(a, b fact.Value) fact.Value {
	if b.AsOf != 0 && (a.AsOf == 0 || b.AsOf < a.AsOf) {
		a.AsOf = b.AsOf
	}
	a.Maturity = fact.Worst(a.Maturity, b.Maturity)
	return remark(a, b.Note)
}

// divide is a ÷ b rounded half away from zero; b is positive.
func divide(a, b int64) int64 {
	if a < 0 {
		return -((-a + b/2) / b)
	}
	return (a + b/2) / b
}
