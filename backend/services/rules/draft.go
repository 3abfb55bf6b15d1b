package rules

import (
	"context"
	"maps"
	"strings"

	"cel.dev/cel-go/cel"
	"gopkg.in/yaml.v3"

	"purser/backend/core/fact"
)

// reading is a draft as it was understood.
type reading struct {
	engine   *Engine
	set      *ruleSet
	lines    []string
	policy   Policy
	places   map[string]*yaml.Node // where/field -> its value; where -> the mapping
	isPolicy bool                  // the text is at least a mapping
	problems []ProblemOutput
	warnings []string

	compiled *compiled   // nil with problems
	order    []*compiled // the draft among the others, inhibitors first; nil with problems
}

// Read says what a text is as a policy, and all that is wrong with it. An error means that the saved policies could
// not be read.
func (e *Engine) Read(ctx context.Context, in DraftInput) (Draft, error) {
	r, err := e.read(ctx, in.YAML)
	if err != nil {
		return Draft{}, err
	}
	return r.draft(in.YAML), nil
}

func (e *Engine) read(ctx context.Context, text string) (*reading, error) {
	set, err := e.snapshot(ctx)
	if err != nil {
		return nil, err
	}
	r := &reading{engine: e, set: set, lines: strings.Split(text, "\n"), places: map[string]*yaml.Node{}}
	r.parse(text)
	if !r.isPolicy {
		return r, nil
	}
	r.check()
	r.compile()
	r.readWarnings()
	if len(r.problems) == 0 {
		r.among()
	}
	return r, nil
}

func (r *reading) draft(text string) Draft {
	out := Draft{YAML: text, Problems: append([]ProblemOutput{}, r.problems...), Warnings: append([]string{}, r.warnings...)}
	if r.isPolicy {
		m := modelOf(r.policy)
		out.Policy = &m
	}
	return out
}

// compile compiles the policy. Where that fails, each condition, figure and sentence is compiled on its own, so that all
// faults are found at once.
func (r *reading) compile() {
	p, ok := r.sound()
	if !ok {
		return
	}
	env, err := r.engine.envOf(p.Subject)
	if err != nil {
		r.fault("", "subject", err.Error())
		return
	}
	var whole error
	if len(r.problems) == 0 {
		if r.compiled, whole = r.engine.compile(r.policy, env); whole == nil {
			return
		}
	}
	c := &compiler{policy: p, defs: r.engine.defs, used: map[string]bool{}}
	if err := c.environments(env); err != nil {
		r.fault("", "", asPolicyError(p.Name, err).Message)
		return
	}
	r.expr(c, c.env, "", "scope", p.Scope, cel.BoolType)
	for _, cl := range r.policy.Clauses {
		where := "clause " + cl.Name
		r.expr(c, c.env, where, "when", cl.When, cel.BoolType)
		r.template(c, where, "words", cl.Words)
	}
	for _, cs := range r.policy.Cases {
		r.compileCase(c, cs)
	}
	if whole != nil && len(r.problems) == 0 {
		pe := asPolicyError(r.policy.Name, whole)
		r.fault(pe.Case, pe.Field, pe.Message)
	}
}

func (r *reading) compileCase(c *compiler, cs Case) {
	where := "case " + cs.Name
	for _, e := range []struct {
		field string
		text  Text
		want  *cel.Type
	}{
		{"when", cs.When, cel.BoolType},
		{"keep", cs.Keep, cel.BoolType},
		{"critical_when", cs.CriticalWhen, cel.BoolType},
		{"at_stake", cs.AtStake.Money, cel.DoubleType},
		{"worse", cs.Worse, cel.DoubleType},
		{"due", cs.Due, cel.DoubleType},
		{"units", cs.Action.Units, cel.DoubleType},
	} {
		r.expr(c, c.full, where, e.field, e.text, e.want)
	}
	for _, t := range []struct {
		field string
		text  Text
	}{
		{"title", cs.Title},
		{"sentence", cs.Sentence},
		{"do", cs.Do},
		{"if_you_wait", cs.IfYouWait},
		{"label", cs.Action.Label},
		{"target", cs.Action.Target},
	} {
		r.template(c, where, t.field, t.text)
	}
	for i, step := range cs.Action.Checklist {
		r.template(c, where, checklistField(i), step)
	}
}

// sound is the policy without the figures and clauses whose names cannot be declared; false where its kind of subject
// is none, so that no name can be looked up.
func (r *reading) sound() (Policy, bool) {
	p := r.policy
	p.Thresholds, p.Clauses = nil, nil
	seen := map[string]bool{}
	for _, t := range r.policy.Thresholds {
		d, known := r.engine.defs[t.From]
		if name := "threshold." + t.Name; plainName.MatchString(t.Name) && !seen[name] {
			seen[name] = true
			if t.From != "" && (!known || celType(d.Type) != cel.DoubleType) {
				t.From = ""
			}
			p.Thresholds = append(p.Thresholds, t)
		}
	}
	for _, cl := range r.policy.Clauses {
		if plainName.MatchString(cl.Name) && !seen[cl.Name] {
			seen[cl.Name] = true
			p.Clauses = append(p.Clauses, cl)
		}
	}
	return p, knownKind(p.Subject)
}

// among puts the draft among the saved policies, in place of the one of its name, and orders them.
func (r *reading) among() {
	all := map[string]Policy{}
	placed := map[string]bool{}
	on := map[*compiled]bool{r.compiled: true}
	var waiting []*compiled
	for _, x := range r.set.entries {
		if x.name == r.compiled.Name {
			continue
		}
		all[x.name] = x.policy
		if x.c == nil || x.fault != nil {
			placed[x.name] = true // it silences nothing
			continue
		}
		waiting = append(waiting, x.c)
		on[x.c] = x.on
	}
	waiting = append(waiting, r.compiled)
	all[r.compiled.Name] = r.compiled.Policy
	for len(waiting) > 0 {
		var next []*compiled
		for _, c := range waiting {
			switch by, problem := blockedBy(c, all, placed); {
			case problem != "" && c == r.compiled:
				r.inhibitors(problem)
				return
			case problem != "":
				r.warnings = append(r.warnings, c.Title+" would no longer run once this is saved: "+problem+".")
				placed[c.Name] = true
			case by != "":
				next = append(next, c)
			default:
				placed[c.Name] = true
				if on[c] {
					r.order = append(r.order, c)
				}
			}
		}
		if len(next) == len(waiting) {
			r.inhibitors("the policies that silence it are silenced by it in turn")
			return
		}
		waiting = next
	}
}

// beside is the saved policies with the draft in force among them.
func (r *reading) beside() *ruleSet {
	out := *r.set
	out.policies, out.byName = r.order, map[string]*compiled{}
	for _, c := range r.order {
		out.byName[c.Name] = c
	}
	out.set, out.changes = maps.Clone(r.set.set), maps.Clone(r.set.changes)
	delete(out.set, r.compiled.Name) // its figures are in its text
	delete(out.changes, r.compiled.Name)
	return &out
}

// inhibitors notes a fault of what silences the draft at the first case that names any.
func (r *reading) inhibitors(problem string) {
	for _, cs := range r.policy.Cases {
		for _, name := range cs.InhibitedBy {
			policy, _, _ := strings.Cut(name, ":")
			if strings.Contains(problem, policy) || strings.HasPrefix(problem, "the policies") {
				r.fault("case "+cs.Name, "inhibited_by", problem+": take it out of inhibited_by or correct its name")
				return
			}
		}
	}
	r.fault("", "", problem)
}

func knownKind(k fact.SubjectKind) bool {
	for _, s := range subjectKinds() {
		if s.Kind == string(k) {
			return true
		}
	}
	return false
}
