package rules

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"

	"gopkg.in/yaml.v3"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// testWriter writes facts as tests have them.
type testWriter struct {
	e       *Engine
	kind    fact.SubjectKind
	subject string
	names   []string // of the facts to write
	back    int      // days before the day that count too
}

// facts writes the values of a row; what is not known is null.
func (w testWriter) facts(t *table, at int) *yaml.Node {
	out := mappingNode()
	for _, n := range w.names {
		if w.e.reach(w.kind, w.e.defs[n].Subject) == many {
			continue
		}
		c := t.cols[t.colOf[n]]
		addTo(out, n, valueNode(c.def, c.values[at], w.subject, t.asOf))
	}
	return out
}

// days writes what was known differently on the days before.
func (w testWriter) days(ctx context.Context, now *yaml.Node, day core.Day) (*yaml.Node, error) {
	out := mappingNode()
	for n := 1; n <= w.back; n++ {
		then, err := w.e.loadTable(ctx, w.kind, day-core.Day(n), w.names, w.subject)
		if err != nil {
			return nil, err
		}
		if other := w.otherwise(now, then); len(other.Content) > 0 {
			out.Content = append(out.Content, plainNode(fmt.Sprint(n)), other)
		}
	}
	return out, nil
}

// otherwise writes what was known differently on an earlier day.
func (w testWriter) otherwise(now *yaml.Node, then *table) *yaml.Node {
	out := mappingNode()
	at, ok := then.index[w.subject]
	for i := 0; i+1 < len(now.Content); i += 2 {
		name, was := now.Content[i].Value, plainNode("null")
		if ok {
			c := then.cols[then.colOf[name]]
			was = valueNode(c.def, c.values[at], w.subject, then.asOf)
		}
		if written(was) != written(now.Content[i+1]) {
			addTo(out, name, was)
		}
	}
	return out
}

// related writes the facts of the subjects that belong to the row; empty where the policy reads none.
func (w testWriter) related(ctx context.Context, t *table, at int) (*yaml.Node, error) {
	out := mappingNode()
	for other, ids := range t.related {
		var names []string
		for _, n := range w.names {
			if w.e.defs[n].Subject == other {
				names = append(names, n)
			}
		}
		if len(names) == 0 {
			continue
		}
		cols, err := w.e.columns(ctx, t.asOf, names, "")
		if err != nil {
			return nil, err
		}
		for _, id := range ids[at] {
			values := mappingNode()
			for _, n := range names {
				v, ok := cols[n][id]
				if !ok {
					v.Maturity = fact.Missing
				}
				addTo(values, n, valueNode(w.e.defs[n], v, id, t.asOf))
			}
			addTo(out, id, values)
		}
	}
	return out, nil
}

// valueNode writes a value as tests have it: plain where it is fresh, of the day itself and in the marketplace's currency.
func valueNode(d fact.Definition, v fact.Value, subject string, day core.Day) *yaml.Node {
	var value *yaml.Node
	switch {
	case !v.Known(), math.IsNaN(v.Num), math.IsInf(v.Num, 0):
		return plainNode("null")
	case d.Type == fact.Flag:
		value = plainNode(fmt.Sprint(v.Flag))
	case d.Type == fact.Text:
		value = textNode(v.Text)
	case d.Type == fact.Money:
		value = plainNode(v.Money.Decimal())
	default:
		value = plainNode(figure(v.Num))
	}
	age := 0
	if v.AsOf != 0 {
		age = int(max(day-v.AsOf, 0))
	}
	marketplace, _ := fact.SplitID(subject)
	m, _ := core.MarketplaceByCode(marketplace)
	foreign := d.Type == fact.Money && v.Money.Currency != m.Currency
	if v.Maturity == fact.Fresh && age == 0 && !foreign {
		return value
	}
	out := mappingNode("value", value)
	if v.Maturity != fact.Fresh {
		addTo(out, "maturity", textNode(string(v.Maturity)))
	}
	if age != 0 {
		addTo(out, "age", plainNode(fmt.Sprint(age)))
	}
	if foreign {
		addTo(out, "currency", textNode(string(v.Money.Currency)))
	}
	out.Style = yaml.FlowStyle
	return out
}

// withTest is a test file with one more test; what was there stays as it is written.
func withTest(policy, was string, made *yaml.Node) (string, error) {
	list := &yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{made}}
	if strings.TrimSpace(was) == "" {
		return encodeNode(mappingNode("policy", textNode(policy), "tests", list))
	}
	if _, err := parseTests(was); err != nil {
		return "", err
	}
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(was), &doc); err != nil {
		return "", fmt.Errorf("read the tests: %w", err)
	}
	root := doc.Content[0]
	tests := valueOf(root, "tests")
	last := root.Content[len(root.Content)-1]
	if tests == nil || tests != last || tests.Kind != yaml.SequenceNode || tests.Style&yaml.FlowStyle != 0 || len(tests.Content) == 0 {
		if tests == nil || tests.Kind != yaml.SequenceNode {
			addTo(root, "tests", list)
		} else {
			tests.Content = append(tests.Content, made)
			tests.Style &^= yaml.FlowStyle
		}
		return encodeNode(root)
	}
	more, err := encodeNode(list)
	if err != nil {
		return "", err
	}
	indent := strings.Repeat(" ", tests.Column-1)
	var b strings.Builder
	b.WriteString(normal(was))
	for _, line := range strings.SplitAfter(strings.TrimRight(more, "\n"), "\n") {
		b.WriteString(indent + line)
	}
	return b.String() + "\n", nil
}

func encodeNode(n *yaml.Node) (string, error) {
	var b strings.Builder
	enc := yaml.NewEncoder(&b)
	enc.SetIndent(2)
	if err := errors.Join(enc.Encode(n), enc.Close()); err != nil {
		return "", fmt.Errorf("write the tests: %w", err)
	}
	return b.String(), nil
}

func written(n *yaml.Node) string {
	out, err := yaml.Marshal(n)
	if err != nil {
		return ""
	}
	return string(out)
}

// mappingNode makes a mapping of keys and values.
func mappingNode(parts ...any) *yaml.Node {
	out := &yaml.Node{Kind: yaml.MappingNode}
	for i := 0; i+1 < len(parts); i += 2 {
		key, _ := parts[i].(string)
		value, _ := parts[i+1].(*yaml.Node)
		addTo(out, key, value)
	}
	return out
}

func addTo(m *yaml.Node, key string, value *yaml.Node) {
	m.Content = append(m.Content, textNode(key), value)
}

// textNode is a scalar that stays a text, quoted where it would read as something else.
func textNode(s string) *yaml.Node {
	n := &yaml.Node{}
	n.SetString(s)
	return n
}

// plainNode is a scalar as it is written: a number, a flag, null.
func plainNode(s string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Value: s} }
