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
	f, wrong := parseTests(out.Text)
	if wrong != nil {
		out.Problems = append(out.Problems, problemIn([]string{out.Text}, 0, PolicyError{Policy: out.Policy, Message: wrong.Error()}))
		return out, nil //nolint:nilerr // what is wrong with the text is the answer
	}
	results, err := e.runTests(ctx, set, out.Policy, f)
	var refused *core.Error
	if errors.As(err, &refused) && refused.Code == core.CodeUnavailable {
		out.Problems = append(out.Problems, ProblemOutput{Message: refused.Message})
		return out, nil
	}
	if err == nil {
		out.Results = results
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
	bench := e.bench(set, x.name)
	w := testWriter{e: e, kind: x.policy.Subject, subject: in.Subject}
	w.names, w.back = reads(bench, x.name)
	t, err := e.loadTable(ctx, w.kind, day, w.names, "")
	if err != nil {
		return nil, err
	}
	at, ok := t.index[in.Subject]
	if !ok {
		return nil, core.NotFound("rules", fmt.Sprintf("There are no facts about %s on %s.", in.Subject, day))
	}
	now := w.facts(t, at)
	test := mappingNode("name", textNode(in.Name), "subject", textNode(in.Subject), "day", textNode(day.String()), "alone", plainNode("true"), "facts", now)
	others, err := w.related(ctx, t, at)
	if err != nil {
		return nil, err
	}
	if len(others.Content) > 0 {
		addTo(test, "related", others)
	}
	days, err := w.days(ctx, now, day)
	if err != nil {
		return nil, err
	}
	if len(days.Content) > 0 {
		addTo(test, "days", days)
	}
	addTo(test, "want", e.wantOf(ctx, bench, x, in.Case, test))
	return test, nil
}

// reads lists the facts that a policy and what silences it read, and how many days back.
func reads(bench *ruleSet, policy string) (names []string, back int) {
	for _, n := range silencers(bench, policy) {
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
	return names, back
}

// wantOf writes what should come of a made test: a case, with what is passed over on the way, or nothing.
func (e *Engine) wantOf(ctx context.Context, bench *ruleSet, x *entry, caseName string, test *yaml.Node) *yaml.Node {
	want := mappingNode("outcome", textNode(nothing))
	if caseName != "" {
		want = mappingNode("outcome", textNode(string(Decided)), "case", textNode(caseName))
		if unknown := e.unknownOf(ctx, bench, x, test, want); len(unknown) > 0 {
			list := &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
			for _, u := range unknown {
				list.Content = append(list.Content, textNode(u))
			}
			addTo(want, "unknown", list)
		}
	}
	want.Style = yaml.FlowStyle
	return want
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
