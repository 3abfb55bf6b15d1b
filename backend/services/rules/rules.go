// Package rules judges the account's facts with policies that are data.
//
// Input: fact columns of one day, the shipped policies and the seller's own thresholds.
// Output: proposals with their reasons, what could not be told and why, and an explanation of any policy on any subject.
package rules

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"cel.dev/cel-go/cel"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/source"
)

//go:embed policies/*.yaml
var shipped embed.FS

// Shipped gives the policy files that come with Purser.
func Shipped() (fs.FS, error) {
	f, err := fs.Sub(shipped, "policies")
	if err != nil {
		return nil, fmt.Errorf("open the shipped policies: %w", err)
	}
	return f, nil
}

// Facts is where the engine reads; the app joins the modules' answers.
type Facts interface {
	// Definitions lists every declared fact.
	Definitions() []fact.Definition
	// Columns answers whole columns; a failed module's are Missing.
	Columns(ctx context.Context, q fact.Query) ([]fact.Column, error)
}

// Options of New. Only Facts is needed.
type Options struct {
	Facts     Facts
	Relations fact.RelationProvider                 // which subjects belong together; nil: none
	Store     *Store                                // the seller's own thresholds; nil: the defaults
	Policies  fs.FS                                 // *.yaml; nil: the shipped ones
	Label     func(subject string) string           // how a person knows a subject; nil: its own name
	Version   func() int64                          // grows when any fact may have changed; nil: nothing is kept between questions
	Kind      func(name string) (source.Kind, bool) // kinds of document; nil: none known
}

// Engine evaluates policies. It is safe for concurrent use.
type Engine struct {
	facts     Facts
	relations fact.RelationProvider
	store     *Store
	hooks     hooks
	desk      *desk // what the studio keeps between two keys
	defs      map[string]fact.Definition
	factID    map[string]int64
	policies  []*compiled // inhibitors before what they silence
	broken    []PolicyError
	names     []string // of all policies, in the order of their files

	mu   sync.Mutex
	last Run
}

// New compiles the policies against the declared facts. A policy that does not compile is
// kept as broken, see Broken; an error means that the policies could not be read at all.
func New(o Options) (*Engine, error) {
	if o.Facts == nil {
		return nil, errors.New("rules need facts")
	}
	e := &Engine{facts: o.Facts, relations: o.Relations, store: o.Store, hooks: hooks{o.Label, o.Kind}, desk: newDesk(o.Version), defs: map[string]fact.Definition{}, factID: map[string]int64{}}
	if e.hooks.label == nil {
		e.hooks.label = lastPart
	}
	if e.hooks.kind == nil {
		e.hooks.kind = func(string) (source.Kind, bool) { return source.Kind{}, false }
	}
	for i, d := range o.Facts.Definitions() {
		e.defs[d.Name] = d
		e.factID[d.Name] = int64(i) + 1
	}
	files := o.Policies
	if files == nil {
		var err error
		if files, err = Shipped(); err != nil {
			return nil, err
		}
	}
	policies, bad, err := ReadPolicies(files)
	if err != nil {
		return nil, err
	}
	e.broken = bad
	for _, p := range policies {
		e.names = append(e.names, p.Name)
	}
	e.compile(policies)
	return e, nil
}

func (e *Engine) compile(policies []Policy) {
	envs := map[fact.SubjectKind]*cel.Env{}
	for _, p := range policies {
		env, ok := envs[p.Subject]
		if !ok {
			var err error
			if env, err = e.baseEnv(p.Subject); err != nil {
				e.broken = append(e.broken, asPolicyError(p.Name, err))
				continue
			}
			envs[p.Subject] = env
		}
		c, err := compilePolicy(p, env, e.defs)
		if err != nil {
			e.broken = append(e.broken, asPolicyError(p.Name, err))
			continue
		}
		e.policies = append(e.policies, c)
	}
	e.order(policies)
}

// order puts inhibitors before what they silence. A policy that names one that does not
// exist, is about another kind of subject, or is silenced by itself in the end, is broken.
func (e *Engine) order(all []Policy) {
	byName := map[string]Policy{}
	for _, p := range all {
		byName[p.Name] = p
	}
	waiting := e.policies
	e.policies = nil
	placed := map[string]bool{}
	for _, b := range e.broken {
		placed[b.Policy] = true // a broken inhibitor silences nothing
	}
	for len(waiting) > 0 {
		var next []*compiled
		for _, c := range waiting {
			switch by, problem := blockedBy(c, byName, placed); {
			case problem != "":
				e.broken = append(e.broken, PolicyError{Policy: c.Name, Field: "inhibited_by", Message: problem})
				placed[c.Name] = true
			case by != "":
				next = append(next, c)
			default:
				e.policies = append(e.policies, c)
				placed[c.Name] = true
			}
		}
		if len(next) == len(waiting) {
			for _, c := range next {
				e.broken = append(e.broken, PolicyError{Policy: c.Name, Field: "inhibited_by", Message: "it is silenced by itself, through others"})
			}
			return
		}
		waiting = next
	}
}

func blockedBy(c *compiled, all map[string]Policy, placed map[string]bool) (by, problem string) {
	for _, cs := range c.Cases {
		for _, name := range cs.InhibitedBy {
			policy, caseName, _ := strings.Cut(name, ":")
			p, ok := all[policy]
			switch {
			case !ok:
				return "", "there is no policy " + policy
			case p.Subject != c.Subject:
				return "", fmt.Sprintf("policy %s is about %s, not %s", policy, p.Subject, c.Subject)
			case caseName != "" && !slices.ContainsFunc(p.Cases, func(x Case) bool { return x.Name == caseName }):
				return "", fmt.Sprintf("policy %s has no case %s", policy, caseName)
			case !placed[policy]:
				by = policy
			}
		}
	}
	return by, ""
}

// Broken lists the policies that do not compile, with the place of the fault.
func (e *Engine) Broken() []PolicyError { return slices.Clone(e.broken) }

// GroupTitle says what several decisions of a case have in common, to follow their number.
func (e *Engine) GroupTitle(policy, caseName string) string {
	for _, c := range e.policies {
		for _, cs := range c.Cases {
			if c.Name == policy && cs.Name == caseName {
				return cs.Group
			}
		}
	}
	return ""
}

// LastRun is the latest complete evaluation; the zero Run before the first.
func (e *Engine) LastRun() Run {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.last
}

func (e *Engine) remember(r Run) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.last = r
}

// ruleSet is the policies with the thresholds as they are set at one moment.
type ruleSet struct {
	policies []*compiled
	byName   map[string]*compiled
	broken   []PolicyError
	set      map[string]map[string]float64
	changes  map[string]int
	except   map[string]map[string]string // by policy, then subject, or subject and case: the reason
}

func (e *Engine) snapshot(ctx context.Context) (*ruleSet, error) {
	s := &ruleSet{policies: e.policies, byName: map[string]*compiled{}, broken: e.broken}
	for _, c := range e.policies {
		s.byName[c.Name] = c
	}
	if e.store == nil {
		return s, nil
	}
	var err error
	s.set, s.changes, err = e.store.Thresholds(ctx)
	return s, err
}

func (s *ruleSet) kinds() []fact.SubjectKind {
	var out []fact.SubjectKind
	for _, c := range s.policies {
		if !slices.Contains(out, c.Subject) {
			out = append(out, c.Subject)
		}
	}
	return out
}

// of is the set with only the policies of a stage.
func (s *ruleSet) of(stage Stage) *ruleSet {
	out := *s
	out.policies = nil
	for _, c := range s.policies {
		if (c.Stage == StageGuard) == (stage == StageGuard) {
			out.policies = append(out.policies, c)
		}
	}
	return &out
}

func (s *ruleSet) knows(policy string) error {
	if policy == "" || s.byName[policy] != nil {
		return nil
	}
	for _, b := range s.broken {
		if b.Policy == policy {
			return core.Unavailable("rules", "The policy does not run: "+b.Error(), b)
		}
	}
	return core.NotFound("rules", "There is no policy "+policy+".")
}

// plans loads the facts of one kind of subject and joins all its policies to them.
func (e *Engine) plans(ctx context.Context, s *ruleSet, kind fact.SubjectKind, asOf core.Day, subject string) ([]*plan, error) {
	var names []string
	seen := map[string]bool{}
	for _, c := range s.policies {
		if c.Subject != kind {
			continue
		}
		for _, n := range c.facts {
			if !seen[n] {
				seen[n] = true
				names = append(names, n)
			}
		}
	}
	history := newDays(func(day core.Day) (*table, error) { return e.loadTable(ctx, kind, day, names, subject) })
	tab := history.table(asOf)
	if err := history.failed(); err != nil {
		return nil, err
	}
	var out []*plan
	for _, c := range s.policies {
		if c.Subject != kind {
			continue
		}
		p := newPlan(c, tab, s.set[c.Name], c.Version+s.changes[c.Name], e.hooks)
		p.except = s.except[c.Name]
		if c.looksBack() {
			p.days = history
		}
		out = append(out, p)
	}
	return out, nil
}
