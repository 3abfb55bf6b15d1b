package rules

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"

	"purser/backend/core/fact"
)

// expression is one compiled CEL expression: a fast program and one that keeps every intermediate value.
type expression struct {
	text    string
	tree    *cel.Ast
	fast    cel.Program
	tracked cel.Program
	names   []string // facts, thresholds and clauses it mentions, in order of appearance
	parts   sync.Map // text of each part, by its id, made when it is first shown
}

// compiled is a policy whose every expression is type-checked.
type compiled struct {
	Policy
	scope   *expression
	clauses []compiledClause
	cases   []compiledCase
	clause  map[string]int
	facts   []string // every fact it reads
	defs    map[string]fact.Definition
	accepts map[fact.Maturity]bool
	stale   map[string]bool // facts that are taken even when stale
}

type compiledClause struct {
	Clause
	when  *expression
	words *template
}

type compiledCase struct {
	Case
	when, keep, criticalWhen, money, worse, due, units *expression
	title, sentence, do, wait, label, target           *template
	checklist                                          []*template
}

// compiler compiles one policy; the first fault ends it.
type compiler struct {
	policy Policy
	env    *cel.Env // facts and thresholds
	full   *cel.Env // and clauses
	defs   map[string]fact.Definition
	used   map[string]bool
	facts  []string
}

// compile type-checks a policy against the declared facts and the actions that can be carried out.
func (e *Engine) compile(p Policy, base *cel.Env) (*compiled, error) {
	for _, cs := range p.Cases {
		if k := cs.Action.Kind; k != "" && !slices.Contains(e.kinds, k) {
			return nil, PolicyError{
				Policy: p.Name, Case: "case " + cs.Name, Field: "action.kind",
				Message: fmt.Sprintf("nothing carries out %q; there is %s", k, strings.Join(e.kinds, ", ")),
			}
		}
	}
	return compilePolicy(p, base, e.defs)
}

// compilePolicy type-checks a policy against the declared facts.
func compilePolicy(p Policy, base *cel.Env, defs map[string]fact.Definition) (*compiled, error) {
	c := &compiler{policy: p, defs: defs, used: map[string]bool{}}
	if err := c.environments(base); err != nil {
		return nil, err
	}
	out := &compiled{Policy: p, clause: map[string]int{}, defs: defs, accepts: map[fact.Maturity]bool{}, stale: map[string]bool{}}
	for _, m := range p.Accepts {
		out.accepts[m] = true
	}
	for _, name := range p.AcceptsStale {
		if _, ok := defs[name]; !ok {
			return nil, c.fail("", "accepts_stale", Text{}, 0, "there is no fact "+name)
		}
		out.stale[name] = true
	}
	var err error
	if out.scope, err = c.expr(c.env, "scope", "", p.Scope, cel.BoolType); err != nil {
		return nil, err
	}
	for i, cl := range p.Clauses {
		cc, err := c.compileClause(cl)
		if err != nil {
			return nil, err
		}
		out.clauses = append(out.clauses, cc)
		out.clause[cl.Name] = i
	}
	for _, cs := range p.Cases {
		cc, err := c.compileCase(cs)
		if err != nil {
			return nil, err
		}
		out.cases = append(out.cases, cc)
	}
	out.facts = c.facts
	return out, nil
}

func (c *compiler) environments(base *cel.Env) error {
	var thresholds, clauses []cel.EnvOption
	for _, t := range c.policy.Thresholds {
		if t.From != "" {
			if d, ok := c.defs[t.From]; !ok || celType(d.Type) != cel.DoubleType {
				return c.fail("threshold "+t.Name, "from", Text{}, 0, "there is no fact with decimals named "+t.From)
			}
			c.note(t.From)
		}
		thresholds = append(thresholds, cel.Variable("threshold."+t.Name, cel.DoubleType))
	}
	for _, cl := range c.policy.Clauses {
		if !regexp.MustCompile(`^[a-z][a-z0-9_]*$`).MatchString(cl.Name) {
			return c.fail("clause "+cl.Name, "name", Text{}, 0, "a clause's name is lower case letters, digits and _")
		}
		clauses = append(clauses, cel.Variable(cl.Name, cel.BoolType))
	}
	var err error
	if c.env, err = base.Extend(thresholds...); err != nil {
		return fmt.Errorf("policy %s: %w", c.policy.Name, err)
	}
	if c.full, err = c.env.Extend(clauses...); err != nil {
		return fmt.Errorf("policy %s: %w", c.policy.Name, err)
	}
	return nil
}

func (c *compiler) compileClause(cl Clause) (compiledClause, error) {
	where := "clause " + cl.Name
	when, err := c.expr(c.env, where, "when", cl.When, cel.BoolType)
	if err == nil && when == nil {
		err = c.fail(where, "when", cl.When, 0, "a condition is needed")
	}
	if err != nil {
		return compiledClause{}, err
	}
	words, err := c.template(where, "words", cl.Words)
	return compiledClause{Clause: cl, when: when, words: words}, err
}

func (c *compiler) compileCase(cs Case) (compiledCase, error) {
	out := compiledCase{Case: cs}
	where := "case " + cs.Name
	for _, e := range []struct {
		field string
		text  Text
		want  *cel.Type
		into  **expression
	}{
		{"when", cs.When, cel.BoolType, &out.when},
		{"keep", cs.Keep, cel.BoolType, &out.keep},
		{"critical_when", cs.CriticalWhen, cel.BoolType, &out.criticalWhen},
		{"at_stake", cs.AtStake.Money, cel.DoubleType, &out.money},
		{"worse", cs.Worse, cel.DoubleType, &out.worse},
		{"due", cs.Due, cel.DoubleType, &out.due},
		{"units", cs.Action.Units, cel.DoubleType, &out.units},
	} {
		x, err := c.expr(c.full, where, e.field, e.text, e.want)
		if err != nil {
			return out, err
		}
		*e.into = x
	}
	for _, t := range []struct {
		field string
		text  Text
		into  **template
	}{
		{"title", cs.Title, &out.title},
		{"sentence", cs.Sentence, &out.sentence},
		{"do", cs.Do, &out.do},
		{"if_you_wait", cs.IfYouWait, &out.wait},
		{"label", cs.Action.Label, &out.label},
		{"target", cs.Action.Target, &out.target},
	} {
		x, err := c.template(where, t.field, t.text)
		if err != nil {
			return out, err
		}
		*t.into = x
	}
	for _, step := range cs.Action.Checklist {
		x, err := c.template(where, "checklist", step)
		if err != nil {
			return out, err
		}
		out.checklist = append(out.checklist, x)
	}
	return out, nil
}

// expr compiles t; nil for an empty text. A number may be whole where one with decimals is wanted.
func (c *compiler) expr(env *cel.Env, where, field string, t Text, want *cel.Type) (*expression, error) {
	if t.Value == "" {
		return nil, nil
	}
	tree, iss := env.Compile(t.Value)
	if iss.Err() != nil {
		first := iss.Errors()[0]
		t.Line += first.Location.Line() - 1
		return nil, c.fail(where, field, t, first.Location.Column()+1, first.Message+hint(first.Message))
	}
	got := tree.OutputType()
	if want != nil && !got.IsExactType(want) && (want != cel.DoubleType || !got.IsExactType(cel.IntType)) {
		return nil, c.fail(where, field, t, 0, fmt.Sprintf("the expression gives %s where %s is wanted", got, want))
	}
	if err := c.bounded(env, where, field, t, tree); err != nil {
		return nil, err
	}
	e := &expression{text: t.Value, tree: tree, names: mentions(tree.NativeRep().Expr())}
	var err error
	if e.fast, err = env.Program(tree, programOptions()); err != nil {
		return nil, c.fail(where, field, t, 0, err.Error())
	}
	if e.tracked, err = env.Program(tree, programOptions(), cel.EvalOptions(cel.OptTrackState)); err != nil {
		return nil, c.fail(where, field, t, 0, err.Error())
	}
	for _, n := range e.names {
		if _, ok := c.defs[n]; ok {
			c.note(n)
		}
	}
	return e, nil
}

func (c *compiler) bounded(env *cel.Env, where, field string, t Text, tree *cel.Ast) error {
	est, err := env.EstimateCost(tree, estimator{})
	if err != nil {
		return c.fail(where, field, t, 0, "its cost cannot be estimated: "+err.Error())
	}
	if est.Max > maxCost {
		return c.fail(where, field, t, 0, fmt.Sprintf("it may cost %d steps on each subject, the limit is %d: make it simpler", est.Max, maxCost))
	}
	return nil
}

func (c *compiler) note(name string) {
	if !c.used[name] {
		c.used[name] = true
		c.facts = append(c.facts, name)
	}
}

func (c *compiler) fail(where, field string, t Text, column int, message string) error {
	return PolicyError{Policy: c.policy.Name, Case: where, Field: field, Line: t.Line, Column: column, Message: message}
}

func hint(message string) string {
	switch {
	case strings.Contains(message, "found no matching overload") && strings.Contains(message, "int") && strings.Contains(message, "double"):
		return "; a whole number is mixed with one with decimals: write double(…) around it"
	case strings.Contains(message, "undeclared reference"):
		return "; no fact, threshold or clause has that name for this kind of subject"
	}
	return ""
}

// mentions lists the variables of a tree, each once, in order of appearance.
func mentions(e ast.Expr) []string {
	var out []string
	seen := map[string]bool{}
	ast.PostOrderVisit(e, ast.NewExprVisitor(func(x ast.Expr) {
		if x.Kind() == ast.IdentKind && !seen[x.AsIdent()] {
			seen[x.AsIdent()] = true
			out = append(out, x.AsIdent())
		}
	}))
	return out
}
