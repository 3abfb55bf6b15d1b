package rules

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sort"

	"cel.dev/cel-go/common/types"
	"golang.org/x/sync/errgroup"

	"purser/backend/core"
	"purser/backend/core/decision"
	"purser/backend/core/fact"
)

// verdict is the outcome of one plan on one row.
type verdict struct {
	outcome    Outcome
	caseIndex  int // of the deciding case
	passedOver []passed
	inhibited  []string    // "reevaluate by not_sellable"
	waiting    map[int]int // cases that hold, but not for long enough: days so far
	kept       bool        // the deciding case goes on by what keeps it
}

type passed struct {
	caseIndex int
	reasons   []string
}

// fired records which policies decided on the subject at hand, for inhibition.
type fired map[string]bool

// note adds a decision, by policy and by policy and case.
func (f fired) note(r *row, v verdict) {
	f[r.Name] = true
	f[r.Name+":"+r.cases[v.caseIndex].Name] = true
}

// decide runs the cases in order until one holds.
func (r *row) decide(f fired) verdict {
	v := verdict{outcome: Continue, caseIndex: -1}
	if r.scope != nil {
		switch s := r.eval(r.scope); s {
		case types.True:
		case types.False:
			v.outcome = OutOfScope
			return v
		default:
			v.outcome = CantTell
			v.passedOver = append(v.passedOver, passed{-1, r.reasons(s)})
			return v
		}
	}
	for i := range r.cases {
		if _, out := r.exception(r.cases[i].Name); out {
			v.outcome = Excepted
			continue
		}
		if by := r.inhibitedBy(i, f); by != "" {
			v.inhibited = append(v.inhibited, r.cases[i].Name+" by "+by)
			continue
		}
		res := r.eval(r.cases[i].when)
		switch res {
		case types.True:
			if n := r.held(i); n < r.cases[i].Hold {
				v.wait(i, n)
				continue
			}
			v.outcome, v.caseIndex = Decided, i
			return v
		case types.False:
			if r.kept(i) {
				v.outcome, v.caseIndex, v.kept = Decided, i, true
				return v
			}
			continue
		}
		v.passedOver = append(v.passedOver, passed{i, r.reasons(res)})
		if r.cases[i].Needed {
			break
		}
	}
	if len(v.passedOver) > 0 {
		v.outcome = CantTell
	}
	return v
}

func (v *verdict) wait(caseIndex, days int) {
	if v.waiting == nil {
		v.waiting = map[int]int{}
	}
	v.waiting[caseIndex] = days
}

func (r *row) inhibitedBy(caseIndex int, f fired) string {
	for _, o := range r.others {
		if o.caseIndex == caseIndex && f[o.policy] {
			return o.policy
		}
	}
	return ""
}

// Evaluate runs all policies on all subjects. A policy that does not compile marks
// itself and the others go on; an error means that the facts could not be read.
func (e *Engine) Evaluate(ctx context.Context, asOf core.Day) (Run, error) {
	set, err := e.snapshot(ctx)
	if err != nil {
		return Run{}, err
	}
	run := Run{AsOf: asOf, Proposals: []decision.Proposal{}, set: set}
	held := newGuards(set)
	plans := map[fact.SubjectKind][]*plan{}
	for _, kind := range set.kinds() {
		if plans[kind], err = e.plans(ctx, set, kind, asOf, ""); err != nil {
			return Run{}, err
		}
	}
	for _, stage := range []Stage{StageGuard, StagePropose} {
		for _, kind := range set.kinds() {
			part, err := evaluateTable(ctx, stageOf(plans[kind], stage), held)
			if err != nil {
				return Run{}, err
			}
			run.add(part)
		}
	}
	run.settle()
	for _, b := range set.broken {
		run.Policies = append(run.Policies, PolicyRun{Name: b.Policy, Title: b.Policy, Error: b.Error()})
	}
	sort.SliceStable(run.Policies, func(i, j int) bool { return run.Policies[i].Name < run.Policies[j].Name })
	e.remember(run)
	return run, nil
}

// evaluateTable runs the plans of one kind of subject; they share the table. Chunks of
// subjects run side by side, each through all plans in order, so that inhibition sees them.
// What guards come to is noted in held; proposals that it holds back name it.
func evaluateTable(ctx context.Context, plans []*plan, held *guards) (Run, error) {
	if len(plans) == 0 {
		return Run{}, nil
	}
	n := len(plans[0].tab.ids)
	workers := min(runtime.GOMAXPROCS(0), n/256+1)
	found := make([]guardHits, workers)
	parts := make([]Run, workers)
	undecided := make([][]bool, len(plans))
	outside := make([][]bool, len(plans))
	for i := range plans {
		undecided[i], outside[i] = make([]bool, n), make([]bool, n)
	}
	var g errgroup.Group
	for w := range workers {
		from, to := n*w/workers, n*(w+1)/workers
		g.Go(func() error {
			var err error
			found[w] = guardHits{}
			parts[w], err = evaluateChunk(ctx, plans, undecided, outside, held, found[w], from, to)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return Run{}, err
	}
	for _, p := range plans {
		if p.days == nil {
			continue
		}
		if err := p.days.failed(); err != nil {
			return Run{}, err
		}
	}
	for _, f := range found {
		for id, hits := range f {
			held.hits[id] = append(held.hits[id], hits...)
		}
	}
	held.asked = append(held.asked, stageOf(plans, StageGuard)...)
	return mergeRuns(parts), nil
}

func evaluateChunk(ctx context.Context, plans []*plan, undecided, outside [][]bool, held *guards, found guardHits, from, to int) (Run, error) {
	out := Run{Policies: make([]PolicyRun, len(plans))}
	rows := make([]*row, len(plans))
	counts := make([]map[string]int, len(plans))
	for i, p := range plans {
		rows[i] = p.row()
		counts[i] = map[string]int{}
		out.Policies[i] = PolicyRun{
			Name: p.Name, Title: p.Title, Version: p.version, Subject: p.Subject, Healthy: true, Guard: p.Stage == StageGuard,
			priority: p.Priority, tab: p.tab, undecided: undecided[i], outside: outside[i], otherwise: p.Otherwise,
		}
	}
	f := fired{}
	for s := from; s < to; s++ {
		if s%64 == 0 && ctx.Err() != nil {
			return Run{}, fmt.Errorf("evaluate: %w", ctx.Err())
		}
		clear(f)
		for i, r := range rows {
			r.move(s)
			v := r.decide(f)
			out.Policies[i].count(r, v, counts[i])
			out.Policies[i].end(r, v, f)
			if r.Stage == StageGuard {
				found.note(r, v)
				continue
			}
			if v.outcome != Decided {
				continue
			}
			f.note(r, v)
			p := r.proposal(v, f)
			p.HeldBy = held.holding(r, v)
			if len(p.HeldBy) > 0 {
				out.Policies[i].Held++
			}
			out.Proposals = append(out.Proposals, p)
		}
	}
	for i := range out.Policies {
		out.Policies[i].Unknown = ranked(counts[i])
	}
	return out, nil
}

func (p *PolicyRun) count(r *row, v verdict, reasons map[string]int) {
	p.Subjects++
	p.Inhibited += len(v.inhibited)
	switch v.outcome {
	case Decided:
		p.Decided++
	case Continue:
		p.Continued++
	case CantTell:
		p.CantTell++
	case OutOfScope:
		p.OutOfScope++
	case Excepted:
		p.Excepted++
	}
	p.Waiting += len(v.waiting)
	if len(v.passedOver) == 0 {
		return
	}
	p.undecided[r.at] = true
	for _, s := range v.unknown() {
		reasons[s]++
	}
}

// unknown lists every reason on the way, each once.
func (v verdict) unknown() []string {
	out := []string{}
	for _, p := range v.passedOver {
		for _, s := range p.reasons {
			if !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	}
	return out
}
