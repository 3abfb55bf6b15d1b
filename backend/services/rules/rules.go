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
	"path"
	"slices"
	"sort"
	"strings"
	"sync"
	"sync/atomic"

	"cel.dev/cel-go/cel"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/core/fact"
	"purser/backend/core/source"
)

//go:embed policies/*.yaml policies/tests/*.yaml
var shipped embed.FS

// Shipped gives the policy files that come with Purser, and their tests in the folder tests.
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
	Store     *Store                                // what the seller changed; nil: nothing, and nothing can be
	Policies  fs.FS                                 // *.yaml and tests/*.yaml; nil: the shipped ones
	Label     func(subject string) string           // how a person knows a subject; nil: its own name
	Version   func() int64                          // grows when any fact may have changed; nil: nothing is kept between questions
	Kind      func(name string) (source.Kind, bool) // kinds of document; nil: none known
	// Actions are the kinds of action that can be carried out; nil: tasks and restocks.
	Actions []string
	// Events tells what the seller did about a subject, about all when it is ""; nil: nothing.
	Events func(ctx context.Context, subject string) ([]Event, error)
	// Progress is told how far a backtest is that the window asked for; nil: nobody.
	Progress Progress
	// TraceBudget is how many bytes are kept of how policies ended; 0: 20 MB.
	TraceBudget int
}

// Engine evaluates policies. It is safe for concurrent use.
type Engine struct {
	facts     Facts
	relations fact.RelationProvider
	store     *Store
	hooks     hooks
	defs      map[string]fact.Definition
	factID    map[string]int64
	shipped   []policyText
	files     fs.FS    // of shipped
	past      *past    // facts of past days
	kinds     []string // of actions
	events    func(ctx context.Context, subject string) ([]Event, error)
	progress  Progress
	traces    *traceStore // nil: nothing is kept

	desk *desk

	set      atomic.Pointer[ruleSet]
	changing sync.Mutex // held by what changes the set

	mu   sync.Mutex
	envs map[fact.SubjectKind]*cel.Env
	last Run
}

// New compiles the shipped policies against the declared facts; Reload adds what the seller changed. A policy that does
// not compile is kept as broken, see Broken; an error means that the policies could not be read at all.
func New(o Options) (*Engine, error) {
	if o.Facts == nil {
		return nil, errors.New("rules need facts")
	}
	e := &Engine{
		facts: o.Facts, relations: o.Relations, store: o.Store, hooks: hooks{o.Label, o.Kind}, defs: map[string]fact.Definition{},
		factID: map[string]int64{}, envs: map[fact.SubjectKind]*cel.Env{}, files: o.Policies, past: newPast(o.Facts, o.Relations, o.Version), events: o.Events, progress: o.Progress,
		desk: newDesk(o.Version), kinds: o.Actions,
	}
	var err error
	if e.traces, err = newTraceStore(o.Store, o.TraceBudget); err != nil {
		return nil, err
	}
	if e.kinds == nil {
		e.kinds = []string{action.Task, action.Restock}
	}
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
	if e.files == nil {
		if e.files, err = Shipped(); err != nil {
			return nil, err
		}
	}
	if e.shipped, err = readTexts(e.files); err != nil {
		return nil, err
	}
	e.set.Store(e.build(newAccount(), nil))
	return e, nil
}

// readTexts reads the policy files at the root of files, in the order of their names. One that cannot be parsed is named
// after its file.
func readTexts(files fs.FS) ([]policyText, error) {
	names, err := fs.Glob(files, "*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list policies: %w", err)
	}
	sort.Strings(names)
	var out []policyText
	for _, n := range names {
		data, err := fs.ReadFile(files, n)
		if err != nil {
			return nil, fmt.Errorf("read policy %s: %w", n, err)
		}
		t := policyText{file: n, name: strings.TrimSuffix(path.Base(n), ".yaml"), yaml: string(data)}
		if p, err := ParsePolicy(n, data); err == nil {
			t.name = p.Name
		}
		out = append(out, t)
	}
	return out, nil
}

// Reload reads what the seller changed and puts it in force, all at once: an evaluation sees all of it or nothing.
func (e *Engine) Reload(ctx context.Context) error {
	e.changing.Lock()
	defer e.changing.Unlock()
	return e.reload(ctx)
}

// reload is Reload for those that hold changing.
func (e *Engine) reload(ctx context.Context) error {
	if e.store == nil {
		return nil
	}
	a, err := e.store.account(ctx)
	if err != nil {
		return err
	}
	s := e.build(a, e.set.Load())
	s.complete = true
	e.set.Store(s)
	return nil
}

// snapshot is the rules as they are now; what the seller changed is read when it is asked for the first time.
func (e *Engine) snapshot(ctx context.Context) (*ruleSet, error) {
	s := e.set.Load()
	if s.complete || e.store == nil {
		return s, nil
	}
	if err := e.Reload(ctx); err != nil {
		return nil, err
	}
	return e.set.Load(), nil
}

// Broken lists the policies that do not run, with the place of the fault.
func (e *Engine) Broken() []PolicyError { return slices.Clone(e.set.Load().broken) }

// GroupTitle says what several decisions of a case have in common, to follow their number.
func (e *Engine) GroupTitle(policy, caseName string) string {
	x, err := e.set.Load().entry(policy)
	if err != nil {
		return ""
	}
	for _, cs := range x.policy.Cases {
		if cs.Name == caseName {
			return cs.Group
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
		p.except = s.exceptOn(c.Name, asOf)
		if c.looksBack() {
			p.days = history
		}
		out = append(out, p)
	}
	return out, nil
}
