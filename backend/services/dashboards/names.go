package dashboards

import (
	"strings"

	"purser/backend/core/fact"
	"purser/backend/core/page"
)

// decl is what is declared of a column: a fact, a measure, or something made of a measure.
type decl struct {
	name    string // "sales.sales~change"
	base    string // "sales.sales"
	suffix  string
	def     fact.Definition
	measure *fact.Measure // nil for facts
}

// find looks up a column's name.
func (s *Service) find(name string) (decl, bool) {
	base, suffix := name, ""
	if i := strings.IndexByte(name, '~'); i >= 0 {
		base, suffix = name[:i], name[i:]
	}
	if m, ok := s.measures[base]; ok {
		switch suffix {
		case "", page.Change, page.Before, page.Spark:
			return decl{name, base, suffix, m.Definition, &m}, true
		}
		return decl{}, false
	}
	d, ok := s.facts[name]
	return decl{name, name, "", d, nil}, ok
}

func moduleOf(name string) string {
	m, _, _ := strings.Cut(name, ".")
	return m
}

// title is the header of a column.
func (d decl) title() string {
	t := d.def.Title
	if t == "" {
		t = wordsOf(d.def.Name)
	}
	switch d.suffix {
	case page.Change:
		return t + ", change"
	case page.Before:
		return t + ", before"
	case page.Spark:
		return t + " by day"
	}
	return t
}

// wordsOf makes a header of a name without one: "inventory.cover_days" is "Cover days".
func wordsOf(name string) string {
	_, n, _ := strings.Cut(name, ".")
	n = strings.ReplaceAll(n, "_", " ")
	if n == "" {
		return name
	}
	return strings.ToUpper(n[:1]) + n[1:]
}

// kinds are the kinds of subject that the name can be asked of.
func (s *Service) has(d decl, kind fact.SubjectKind) bool {
	if d.measure == nil {
		return d.def.Subject == kind
	}
	return s.measureHas(*d.measure, kind, 0)
}

// measureHas: a measure can be asked of a kind if all that it needs can.
func (s *Service) measureHas(m fact.Measure, kind fact.SubjectKind, depth int) bool {
	if m.Base() {
		for _, k := range m.Kinds {
			if k == kind {
				return true
			}
		}
		return false
	}
	if depth > 8 {
		return false
	}
	for _, n := range needed(m) {
		part, ok := s.measures[n]
		if !ok || !s.measureHas(part, kind, depth+1) {
			return false
		}
	}
	return true
}

// needed names what a measure can't do without.
func needed(m fact.Measure) []string {
	var out []string
	for _, t := range m.Terms {
		if !t.Optional {
			out = append(out, t.Name)
		}
	}
	if m.Num != "" {
		out = append(out, m.Num, m.Den)
	}
	return out
}

// bases lists the base measures that a measure comes down to, each once.
func (s *Service) bases(name string, into []string) []string {
	m, ok := s.measures[name]
	if !ok {
		return into
	}
	if m.Base() {
		for _, have := range into {
			if have == name {
				return into
			}
		}
		return append(into, name)
	}
	for _, t := range m.Terms {
		into = s.bases(t.Name, into)
	}
	if m.Num != "" {
		into = s.bases(m.Den, s.bases(m.Num, into))
	}
	return into
}

// typeOf is the type of a column's values.
func (d decl) typeOf() string {
	switch d.suffix {
	case page.Spark:
		return "line"
	case page.Change:
		if d.def.Type != fact.Ratio && d.def.Type != fact.Percent {
			return string(fact.Ratio)
		}
		return string(fact.Percent) // points
	}
	return string(d.def.Type)
}

// column describes a column to the window.
func (s *Service) column(d decl) ColumnOutput {
	c := ColumnOutput{
		Name: d.name, Title: d.title(), Type: d.typeOf(), Unit: d.def.Unit, Meaning: d.def.Meaning, Formula: d.def.Formula, Sources: []string{},
		Better: d.def.Better, Sortable: d.suffix != page.Spark, Measure: d.measure != nil, Part: s.partTitle(d.name),
	}
	for _, k := range d.def.Sources {
		c.Sources = append(c.Sources, s.kindTitle(k))
	}
	return c
}

// partTitle is how people know the module of a name.
func (s *Service) partTitle(name string) string {
	mod := moduleOf(name)
	if p, _, _, ok := s.o.Modules.PageOf(mod); ok {
		return p.Title
	}
	return mod
}
