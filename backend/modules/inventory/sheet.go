package inventory

import "purser/backend/core/fact"

// sheet collects the columns a query asks for.
type sheet struct {
	query  fact.Query
	names  []string
	skus   []string // those of names that are facts of SKUs
	values map[string]map[string]fact.Value
}

func newSheet(q fact.Query, defs []fact.Definition) *sheet {
	s := &sheet{query: q, values: map[string]map[string]fact.Value{}}
	for _, d := range defs {
		if q.Wants(d.Name) {
			s.names = append(s.names, d.Name)
			if d.Subject == fact.SKU {
				s.skus = append(s.skus, d.Name)
			}
			s.values[d.Name] = map[string]fact.Value{}
		}
	}
	return s
}

// grow makes room for so many SKUs in columns that are still empty.
func (s *sheet) grow(subjects int) {
	if s.query.Subject != "" {
		return
	}
	for _, n := range s.skus {
		if len(s.values[n]) == 0 {
			s.values[n] = make(map[string]fact.Value, subjects)
		}
	}
}

// wants says whether any of the names is asked for.
func (s *sheet) wants(names ...string) bool {
	for _, n := range names {
		if s.values[n] != nil {
			return true
		}
	}
	return false
}

func (s *sheet) put(name, subject string, v fact.Value) {
	if column := s.values[name]; column != nil && (s.query.Subject == "" || s.query.Subject == subject) {
		column[subject] = v
	}
}

func (s *sheet) columns() []fact.Column {
	out := make([]fact.Column, 0, len(s.names))
	for _, n := range s.names {
		out = append(out, fact.Column{Name: n, Values: s.values[n]})
	}
	return out
}
