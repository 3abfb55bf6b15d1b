package rules

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// testsFor finds what tests are about: the set with the draft in it, the policy's name and the text of the tests.
func (e *Engine) testsFor(ctx context.Context, in TestsInput) (*ruleSet, TestsOutput, error) {
	out := TestsOutput{Policy: in.Policy, Text: in.Tests, Results: []TestResult{}, Problems: []ProblemOutput{}}
	set, err := e.snapshot(ctx)
	if err != nil {
		return nil, out, err
	}
	if in.YAML != "" {
		text := normal(in.YAML)
		policies, problems := e.judge(set, []string{text})
		if len(problems) > 0 {
			out.Problems = problems
			return set, out, nil
		}
		p := policies[0]
		out.Policy = p.Name
		set = e.build(set.account.with(savedPolicy{name: p.Name, version: p.Version, yaml: text}), set)
	}
	if _, err := set.entry(out.Policy); err != nil {
		return nil, out, err
	}
	if strings.TrimSpace(out.Text) == "" {
		out.Text, out.Shipped, err = e.testsOf(ctx, cmp.Or(in.Policy, out.Policy))
	}
	return set, out, err
}

// RunTests runs tests on a draft or on the policy as it is kept; what is wrong with either is among the problems.
func (e *Engine) RunTests(ctx context.Context, in TestsInput) (TestsOutput, error) {
	set, out, err := e.testsFor(ctx, in)
	if err != nil || len(out.Problems) > 0 || strings.TrimSpace(out.Text) == "" {
		return out, err
	}
	f, err := parseTests(out.Text)
	if err != nil {
		out.Problems = append(out.Problems, problemIn([]string{out.Text}, 0, PolicyError{Policy: out.Policy, Message: err.Error()}))
		return out, nil
	}
	out.Results, err = e.runTests(ctx, set, out.Policy, f)
	var refused *core.Error
	if errors.As(err, &refused) && refused.Code == core.CodeUnavailable {
		out.Results = []TestResult{}
		out.Problems = append(out.Problems, ProblemOutput{Message: refused.Message})
		return out, nil
	}
	return out, err
}

// SaveTests keeps the seller's own tests of a policy if they can be read, and runs them.
func (e *Engine) SaveTests(ctx context.Context, in TestsInput) (TestsOutput, error) {
	out, err := e.RunTests(ctx, in)
	if err != nil || len(out.Problems) > 0 {
		return out, err
	}
	if err := e.change(ctx, func(set *ruleSet) error {
		if _, err := set.entry(out.Policy); err != nil {
			return err
		}
		return e.store.keepTests(ctx, out.Policy, normal(in.Tests))
	}); err != nil {
		return out, err
	}
	if normal(in.Tests) == "" {
		return e.RunTests(ctx, in)
	}
	out.Shipped = false
	return out, nil
}

// MakeTest adds a test to those of a policy: what it reads about the subject on the day, and what should come of it.
// The tests are run on the draft, and nothing is kept.
func (e *Engine) MakeTest(ctx context.Context, in MakeTestInput, day core.Day) (TestsOutput, error) {
	set, out, err := e.testsFor(ctx, TestsInput{YAML: in.YAML})
	if err != nil || len(out.Problems) > 0 {
		return out, err
	}
	x, err := set.entry(out.Policy)
	if err != nil {
		return out, err
	}
	made, err := e.madeTest(ctx, set, x, in, day)
	if err != nil {
		return out, err
	}
	if out.Text, err = withTest(out.Policy, out.Text, made); err != nil {
		return out, core.Invalid("rules", "The tests that are there cannot be read, so none can be added.", "Mend them first: "+err.Error())
	}
	out.Shipped = false
	return e.RunTests(ctx, TestsInput{YAML: in.YAML, Tests: out.Text})
}

// madeTest writes what is known of a subject on a day as a test.
func (e *Engine) madeTest(ctx context.Context, set *ruleSet, x *entry, in MakeTestInput, day core.Day) (*yaml.Node, error) {
	var names []string
	back := 0
	bench := e.bench(set, x.name)
	for _, n := range silencers(bench, x.name) {
		c := bench.byName[n]
		if c == nil {
			continue
		}
		for _, f := range c.facts {
			if !slices.Contains(names, f) {
				names = append(names, f)
			}
		}
		back = max(back, c.reachesBack())
	}
	slices.Sort(names)
	w := testWriter{e: e, kind: x.policy.Subject, subject: in.Subject, names: names}
	t, err := e.loadTable(ctx, w.kind, day, names, "")
	if err != nil {
		return nil, err
	}
	at, ok := t.index[in.Subject]
	if !ok {
		return nil, core.NotFound("rules", fmt.Sprintf("There are no facts about %s on %s.", in.Subject, day))
	}
	now := w.facts(t, at)
	test := mappingNode("name", textNode(in.Name), "subject", textNode(in.Subject), "day", textNode(day.String()), "alone", plainNode("true"), "facts", now)
	if others := w.related(ctx, t, at); others != nil {
		addTo(test, "related", others)
	}
	days := mappingNode()
	for n := 1; n <= back; n++ {
		then, err := e.loadTable(ctx, w.kind, day-core.Day(n), names, in.Subject) //nolint:gosec // at most maxDays
		if err != nil {
			return nil, err
		}
		if other := w.otherwise(now, then); len(other.Content) > 0 {
			addTo(days, fmt.Sprint(n), other)
		}
	}
	if len(days.Content) > 0 {
		addTo(test, "days", days)
	}
	want := mappingNode("outcome", textNode(nothing))
	want.Style = yaml.FlowStyle
	if in.Case != "" {
		want = mappingNode("outcome", textNode(string(Decided)), "case", textNode(in.Case))
		want.Style = yaml.FlowStyle
		if unknown := e.unknownOf(ctx, bench, x, test, want); len(unknown) > 0 {
			list := &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
			for _, u := range unknown {
				list.Content = append(list.Content, textNode(u))
			}
			addTo(want, "unknown", list)
		}
	}
	addTo(test, "want", want)
	return test, nil
}

// unknownOf says what would be passed over in a test.
func (e *Engine) unknownOf(ctx context.Context, bench *ruleSet, x *entry, node, want *yaml.Node) []string {
	var t policyTest
	if node.Decode(&t) != nil || want.Decode(&t.Want) != nil {
		return nil
	}
	got, err := e.runTest(ctx, bench, x.policy, testFile{Policy: x.name}, t)
	if err != nil {
		return nil
	}
	return got.Unknown
}

// testWriter writes facts as tests have them.
type testWriter struct {
	e       *Engine
	kind    fact.SubjectKind
	subject string
	names   []string
}

// facts writes the values of a row; what is not known is null.
func (w testWriter) facts(t *table, at int) *yaml.Node {
	out := mappingNode()
	for _, n := range w.names {
		if w.e.reach(w.kind, w.e.defs[n].Subject) == many {
			continue
		}
		c := t.cols[t.colOf[n]]
		addTo(out, n, valueNode(c.def, c.values[at], t.asOf))
	}
	return out
}

// otherwise writes what was known differently on an earlier day.
func (w testWriter) otherwise(now *yaml.Node, then *table) *yaml.Node {
	out := mappingNode()
	at, ok := then.index[w.subject]
	for i := 0; i+1 < len(now.Content); i += 2 {
		name, was := now.Content[i].Value, plainNode("null")
		if ok {
			c := then.cols[then.colOf[name]]
			was = valueNode(c.def, c.values[at], then.asOf)
		}
		if written(was) != written(now.Content[i+1]) {
			addTo(out, name, was)
		}
	}
	return out
}

// related writes the facts of the subjects that belong to the row; nil where the policy reads none.
func (w testWriter) related(ctx context.Context, t *table, at int) *yaml.Node {
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
			continue
		}
		for _, id := range ids[at] {
			values := mappingNode()
			for _, n := range names {
				v, ok := cols[n][id]
				if !ok {
					v.Maturity = fact.Missing
				}
				addTo(values, n, valueNode(w.e.defs[n], v, t.asOf))
			}
			addTo(out, id, values)
		}
	}
	if len(out.Content) == 0 {
		return nil
	}
	return out
}

// valueNode writes a value as tests have it: plain where it is fresh and of the day itself.
func valueNode(d fact.Definition, v fact.Value, day core.Day) *yaml.Node {
	var value *yaml.Node
	switch {
	case !v.Known():
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
		age = int(day - v.AsOf)
	}
	if v.Maturity == fact.Fresh && age == 0 && d.Type != fact.Money {
		return value
	}
	out := mappingNode("value", value, "maturity", textNode(string(v.Maturity)), "age", plainNode(fmt.Sprint(age)))
	if d.Type == fact.Money {
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
