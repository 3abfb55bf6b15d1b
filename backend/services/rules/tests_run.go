package rules

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// testsOf gives the tests of a policy as text: the seller's own, else the shipped ones, else none.
func (e *Engine) testsOf(ctx context.Context, policy string) (text string, shipped bool, err error) {
	if e.store != nil {
		text, own, err := e.store.tests(ctx, policy)
		if own || err != nil {
			return text, false, err
		}
	}
	data, err := fs.ReadFile(e.files, "tests/"+policy+".yaml")
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
		return "", false, nil
	}
	if err != nil {
		return "", false, fmt.Errorf("read the tests of policy %s: %w", policy, err)
	}
	return string(data), true, nil
}

// runTests runs tests on a policy with the figures of its own text: what the seller changed beside the text, switched or
// took out does not count, so that a test means the same today and in a year. What silences the policy counts.
func (e *Engine) runTests(ctx context.Context, set *ruleSet, policy string, f testFile) ([]TestResult, error) {
	all := e.bench(set, policy)
	x, err := all.entry(policy)
	if err != nil {
		return nil, err
	}
	if err := all.knows(policy); err != nil {
		return nil, err
	}
	out := []TestResult{}
	for _, t := range f.Tests {
		if ctx.Err() != nil {
			return nil, fmt.Errorf("run tests: %w", ctx.Err())
		}
		r := TestResult{Name: t.Name, Wrong: []string{}}
		got, err := e.runTest(ctx, all, x.policy, f, t)
		if err != nil {
			r.Wrong = append(r.Wrong, err.Error())
		} else {
			r.Wrong = append(r.Wrong, t.Want.compare(got)...)
		}
		r.Passed = len(r.Wrong) == 0
		out = append(out, r)
	}
	return out, nil
}

// bench is the set as tests of a policy see it: it runs, guards that a test names can, the others as their texts say.
func (e *Engine) bench(set *ruleSet, policy string) *ruleSet {
	a := set.account
	a.switches, a.figures, a.exceptions = map[string]bool{policy: true}, nil, nil
	for _, x := range set.entries {
		if x.policy.Stage == StageGuard {
			a.switches[x.name] = true
		}
	}
	return e.build(a, set)
}

// runTest explains the policy on the facts of a test, the way the live rules are explained.
func (e *Engine) runTest(ctx context.Context, all *ruleSet, p Policy, f testFile, t policyTest) (Explanation, error) {
	facts, kinds, err := e.testFacts(p, f, t)
	if err != nil {
		return Explanation{}, err
	}
	names := silencers(all, p.Name)
	for _, g := range t.Guards {
		if c := all.byName[g]; c == nil || c.Stage != StageGuard {
			return Explanation{}, fmt.Errorf("there is no guard %s that runs", g)
		}
		names = append(names, g)
	}
	bench := &Engine{facts: facts, hooks: e.hooks, defs: e.defs, factID: e.factID, desk: newDesk(nil)}
	bench.hooks.label = lastPart
	if e.relations != nil {
		bench.relations = testRelations{e.relations.Relations(), p.Subject, facts.subject, kinds}
	}
	bench.set.Store(all.only(func(c *compiled) bool { return slices.Contains(names, c.Name) }))
	got, err := bench.Explain(ctx, facts.day, facts.subject, p.Name)
	if err != nil {
		return Explanation{}, err
	}
	if len(got) != 1 {
		return Explanation{}, fmt.Errorf("%s is not the whole name of one subject", facts.subject)
	}
	return got[0], nil
}

// silencers lists a policy, what silences it, and what silences that.
func silencers(all *ruleSet, policy string) []string {
	out := []string{policy}
	for i := 0; i < len(out); i++ {
		c := all.byName[out[i]]
		if c == nil {
			continue
		}
		for _, cs := range c.Cases {
			for _, by := range cs.InhibitedBy {
				if name, _, _ := strings.Cut(by, ":"); !slices.Contains(out, name) {
					out = append(out, name)
				}
			}
		}
	}
	return out
}

// compare lists what came out otherwise than wanted.
func (w wanted) compare(x Explanation) []string {
	var out []string
	differs := func(what, got, want string) {
		if got != want {
			out = append(out, fmt.Sprintf("%s: got %s, want %s", what, orNone(got), orNone(want)))
		}
	}
	list := func(what string, got []string, want *[]string) {
		if want != nil {
			differs(what, sorted(got), sorted(*want))
		}
	}
	if w.Outcome == nothing {
		if x.Outcome == Decided {
			out = append(out, "outcome: got decided, want nothing")
			differs("case", x.Case, "")
		}
	} else {
		differs("outcome", string(x.Outcome), w.Outcome)
		differs("case", x.Case, w.Case)
		list("unknown", x.Unknown, &w.Unknown)
	}
	var waits, blocks, held []string
	for _, s := range x.Waiting {
		name, _, _ := strings.Cut(s, " ")
		waits = append(waits, name)
	}
	for _, b := range x.Effects {
		blocks = append(blocks, string(b))
	}
	if x.Proposal != nil {
		for _, h := range x.Proposal.HeldBy {
			held = append(held, h.Policy)
		}
	}
	list("waiting", waits, w.Waiting)
	list("blocks", blocks, w.Blocks)
	list("held by", held, w.HeldBy)
	if w.Summary != nil {
		differs("summary", x.Summary, *w.Summary)
	}
	if x.Proposal != nil && len(out) == 0 {
		w.compareProposal(x, differs)
	}
	return out
}

func (w wanted) compareProposal(x Explanation, differs func(what, got, want string)) {
	p := x.Proposal
	stake, due := p.AtStake.String(), p.Due.String()
	if p.AtStake.Currency == "" {
		stake = ""
	}
	for _, f := range []struct {
		what, got string
		want      *string
	}{
		{"title", p.Title, w.Title},
		{"sentence", p.Sentence, w.Sentence},
		{"do", p.Do, w.Do},
		{"if you wait", p.IfYouWait, w.Wait},
		{"label", p.Action.Label, w.Label},
		{"link", p.Action.Link, w.Link},
		{"target", p.Action.Target, w.Target},
		{"at stake", stake, w.AtStake},
		{"due", due, w.Due},
	} {
		if f.want != nil {
			differs(f.what, f.got, *f.want)
		}
	}
	if w.Severity != "" {
		differs("severity", string(p.Severity), w.Severity)
	}
	if w.Maturity != "" {
		differs("maturity", string(p.Maturity), w.Maturity)
	}
	if w.Units != nil {
		differs("units", strconv.Itoa(p.Action.Units), strconv.Itoa(*w.Units))
	}
	if w.Steps != 0 {
		differs("steps", strconv.Itoa(len(p.Action.Checklist)), strconv.Itoa(w.Steps))
	}
	for _, text := range append([]string{p.Title, p.Sentence, p.Do, p.IfYouWait, p.Action.Label}, p.Action.Checklist...) {
		if regexp.MustCompile(`[{}]|\[\[|\]\]| \| |  `).MatchString(text) {
			differs("text", strconv.Quote(text), "one without marks of a template")
		}
	}
}

func sorted(list []string) string {
	list = slices.Clone(list)
	slices.Sort(list)
	return strings.Join(list, ", ")
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}
