package reviews

import (
	"slices"

	"purser/backend/core/fact"
)

// columns collects values for the names and the subject that a query asks for.
type columns struct {
	q      fact.Query
	wanted map[string]bool
	values map[string]map[string]fact.Value
}

func newColumns(q fact.Query, defs []fact.Definition) *columns {
	c := &columns{q, map[string]bool{}, map[string]map[string]fact.Value{}}
	for _, d := range defs {
		if q.Wants(d.Name) {
			c.wanted[d.Name] = true
			c.values[d.Name] = map[string]fact.Value{}
		}
	}
	return c
}

// any says whether one of the definitions of a subject kind is wanted.
func (c *columns) any(defs []fact.Definition) bool {
	return slices.ContainsFunc(defs, func(d fact.Definition) bool { return c.wanted[d.Name] })
}

// about says whether the query is about the subject.
func (c *columns) about(subject string) bool { return c.q.Subject == "" || c.q.Subject == subject }

// put stores a value made by make, if it is wanted.
func (c *columns) put(name, subject string, value func() fact.Value) {
	if c.wanted[name] && c.about(subject) {
		c.values[name][subject] = value()
	}
}

// list gives the columns in the order of the definitions.
func (c *columns) list(defs []fact.Definition) []fact.Column {
	var out []fact.Column
	for _, d := range defs {
		if c.wanted[d.Name] {
			out = append(out, fact.Column{Name: d.Name, Values: c.values[d.Name]})
		}
	}
	return out
}
