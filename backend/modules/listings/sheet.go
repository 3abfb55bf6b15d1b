package listings

import "purser/backend/core/fact"

// sheet collects the columns a query asks for.
type sheet struct {
	query  fact.Query
	names  []string
	values map[string]map[string]fact.Value
}

func newSheet(q fact.Query, defs []fact.Definition, size int) *sheet {
	s := &sheet{query: q, values: map[string]map[string]fact.Value{}}
	for _, d := range defs {
		if q.Wants(d.Name) {
			s.names = append(s.names, d.Name)
			s.values[d.Name] = make(map[string]fact.Value, size)
		}
	}
	return s
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
