package rules

import (
	"context"
	"errors"
	"fmt"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// testValue reads a value as a test writes it; not known where it is null.
func testValue(d fact.Definition, subject string, x any, age int) (out datum, known bool, err error) {
	out = datum{name: d.Name, subject: subject, age: age}
	marketplace, _ := fact.SplitID(subject)
	m, _ := core.MarketplaceByCode(marketplace)
	currency, maturity := m.Currency, fact.Fresh
	if parts, ok := x.(testValues); ok { // YAML gives maps within it the same type
		x = parts["value"]
		for key, part := range parts {
			switch v := part.(type) {
			case string:
				switch key {
				case "maturity":
					maturity = fact.Maturity(v)
				case "currency":
					currency = core.Currency(v)
				}
			case int:
				if key == "age" {
					out.age = v
				}
			}
			if key != "value" && key != "maturity" && key != "currency" && key != "age" {
				return out, false, fmt.Errorf("a value has value, maturity, age and currency, not %s", key)
			}
		}
	}
	if x == nil {
		return out, false, nil
	}
	if !knownMaturity(maturity) {
		return out, false, fmt.Errorf("there is no maturity %q", maturity)
	}
	out.value, err = plainValue(d.Type, x, currency)
	out.value.Maturity, out.value.Source = maturity, "test"
	return out, err == nil && maturity != fact.Missing, err
}

func knownMaturity(m fact.Maturity) bool {
	switch m {
	case fact.Fresh, fact.Settling, fact.Estimated, fact.Stale, fact.Missing:
		return true
	}
	return false
}

func plainValue(t fact.Type, x any, c core.Currency) (fact.Value, error) {
	var n float64
	switch v := x.(type) {
	case bool:
		if t == fact.Flag {
			return fact.Value{Flag: v}, nil
		}
		return fact.Value{}, fmt.Errorf("%t is no %s", v, t)
	case string:
		if t == fact.Text {
			return fact.Value{Text: v}, nil
		}
		return fact.Value{}, fmt.Errorf("%q is no %s", v, t)
	case int:
		n = float64(v)
	case float64:
		n = v
	default:
		return fact.Value{}, fmt.Errorf("%v is no value", x)
	}
	switch t {
	case fact.Flag, fact.Text:
		return fact.Value{}, fmt.Errorf("%v is no %s", x, t)
	case fact.Money:
		if c == "" {
			return fact.Value{}, errors.New("an amount needs a marketplace, or its currency")
		}
		return fact.Value{Money: core.FromMajor(n, c)}, nil
	case fact.Number, fact.Ratio, fact.Percent, fact.Count:
	}
	return fact.Value{Num: n}, nil
}

// Definitions implements Facts.
func (f *testFacts) Definitions() []fact.Definition { return f.defs }

// Columns implements Facts. The tested subject is there on every day, though nothing may be known of it.
func (f *testFacts) Columns(_ context.Context, q fact.Query) ([]fact.Column, error) {
	known := f.now
	if then, ok := f.past[int(f.day-q.AsOf)]; ok {
		known = then
	}
	kinds := map[string]fact.SubjectKind{}
	for _, d := range f.defs {
		kinds[d.Name] = d.Subject
	}
	var out []fact.Column
	for _, name := range q.Names {
		c := fact.Column{Name: name, Values: map[string]fact.Value{}}
		if kinds[name] == f.kind {
			c.Values[f.subject] = fact.Value{Maturity: fact.Missing}
		}
		for _, x := range known {
			if x.name == name && (q.Subject == "" || q.Subject == x.subject) {
				v := x.value
				v.AsOf = q.AsOf - core.Day(x.age)
				c.Values[x.subject] = v
			}
		}
		out = append(out, c)
	}
	return out, nil
}

// testRelations says that the related subjects of a test belong to the tested one.
type testRelations struct {
	all     []fact.Relation
	kind    fact.SubjectKind
	subject string
	others  map[string]fact.SubjectKind
}

// Relations implements fact.RelationProvider.
func (r testRelations) Relations() []fact.Relation { return r.all }

// Related implements fact.RelationProvider.
func (r testRelations) Related(_ context.Context, rel fact.Relation, _ core.Day) (map[string][]string, error) {
	of := func(kind fact.SubjectKind) []string {
		switch {
		case kind == r.kind:
			return []string{r.subject}
		case r.kind == fact.SearchTerm && kind == fact.Campaign:
			return []string{ancestor(r.subject, fact.Campaign)}
		}
		var out []string
		for id, k := range r.others {
			if k == kind {
				out = append(out, id)
			}
		}
		return out
	}
	out := map[string][]string{}
	for _, from := range of(rel.From) {
		if to := of(rel.To); len(to) > 0 {
			out[from] = to
		}
	}
	return out, nil
}
