package rules

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"slices"

	"cel.dev/cel-go/common/types"
	"golang.org/x/sync/errgroup"

	"purser/backend/core"
	"purser/backend/core/decision"
	"purser/backend/core/fact"
)

// defaultPreview is how many matches and near misses a preview lists.
const defaultPreview = 50

// trial is a draft beside the saved policies on the facts of one day.
type trial struct {
	*reading
	set   *ruleSet // the draft in force
	lane  []*plan  // what can silence the draft, and the draft as the last
	saved []*plan  // the same of the saved policy; empty: there is none in force
	held  *guards
	rows  *liveRows
	all   []*plan // all policies of the kind
	marks []mark  // by subject
}

// mark is what came of the draft for one subject.
type mark struct {
	outcome   Outcome
	caseIndex int // of the deciding case, or of the one that is near; -1: none
	near      bool
	waiting   bool
	existing  bool
	settling  bool
	distance  float64
	stake     core.Money
	per       string
	heldBy    []string
}

// Preview says what a draft would do on a day: which subjects it matches and which nearly, and how each of its
// conditions stands for one of them. A draft with problems is only read.
func (e *Engine) Preview(ctx context.Context, in PreviewInput, asOf core.Day) (PreviewOutput, error) {
	r, err := e.read(ctx, in.YAML)
	if err != nil {
		return PreviewOutput{}, err
	}
	out := PreviewOutput{Draft: r.draft(in.YAML), AsOf: asOf.String(), Matches: []MatchOutput{}, Misses: []MatchOutput{}}
	if len(r.problems) > 0 {
		return out, nil
	}
	t, err := r.trial(ctx, asOf)
	if err != nil {
		return PreviewOutput{}, err
	}
	if err := t.run(ctx); err != nil {
		return PreviewOutput{}, err
	}
	t.write(&out, cmp.Or(max(in.Limit, 0), defaultPreview))
	out.Draft.Warnings = append(out.Draft.Warnings, t.warnings(out.Matched)...)
	if at, ok := t.liveAt(in.Subject); ok {
		out.Live = t.live(at)
	}
	return out, nil
}

// trial joins the draft and all it needs to the facts of a day.
func (r *reading) trial(ctx context.Context, asOf core.Day) (*trial, error) {
	t := &trial{reading: r, set: r.beside(), held: &guards{}}
	var err error
	if t.rows, err = r.liveRows(); err != nil {
		return nil, err
	}
	saved := r.set.byName[r.compiled.Name]
	if saved != nil && saved.Subject != r.compiled.Subject {
		saved = nil
	}
	var besides []string
	if saved != nil {
		besides = saved.facts
	}
	if t.all, err = r.engine.deskPlans(ctx, t.set, r.compiled.Subject, asOf, besides...); err != nil {
		return nil, err
	}
	t.lane = plansOf(t.all, t.set.chain(r.compiled, false))
	if saved != nil {
		t.saved = plansOf(t.all, r.set.chain(saved, false))
		was := newPlan(saved, t.draft().tab, r.set.set[saved.Name], saved.Version, r.engine.hooks)
		was.except, was.days = t.draft().except, t.draft().days
		if saved.looksBack() && was.days == nil {
			was.days = r.engine.deskDays(ctx, was.tab, saved.facts)
		}
		t.saved = append(t.saved, was)
	}
	if r.compiled.acts() {
		if t.held, err = r.engine.deskGuards(ctx, t.set, asOf); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// acts says whether a guard could hold back anything of the policy.
func (c *compiled) acts() bool {
	return c.Stage != StageGuard && slices.ContainsFunc(c.cases, func(cs compiledCase) bool { return len(cs.Effects) > 0 })
}

// plansOf are the plans of these policies, in their order; a policy without one is left out.
func plansOf(plans []*plan, of []*compiled) []*plan {
	var out []*plan
	for _, c := range of {
		for _, p := range plans {
			if p.compiled == c {
				out = append(out, p)
			}
		}
	}
	return out
}

func (t *trial) draft() *plan { return t.lane[len(t.lane)-1] }

// laneRows are the rows of a chain of policies; the last is the one that is asked.
type laneRows []*row

func rowsOf(plans []*plan) laneRows {
	var out laneRows
	for _, p := range plans {
		out = append(out, p.row())
	}
	return out
}

// decide moves all rows to a subject and gives the verdict of the last; f is what fired before it.
func (l laneRows) decide(at int, f fired) verdict {
	clear(f)
	var v verdict
	for i, r := range l {
		r.move(at)
		v = r.decide(f)
		if i < len(l)-1 && v.outcome == Decided && r.Stage != StageGuard {
			f.note(r, v)
		}
	}
	return v
}

// run decides on every subject, some of them side by side.
func (t *trial) run(ctx context.Context) error {
	n := len(t.draft().tab.ids)
	t.marks = make([]mark, n)
	workers := min(runtime.GOMAXPROCS(0), n/256+1)
	var g errgroup.Group
	for w := range workers {
		g.Go(func() error {
			mine, was, f := rowsOf(t.lane), rowsOf(t.saved), fired{}
			for at := n * w / workers; at < n*(w+1)/workers; at++ {
				if at%64 == 0 && ctx.Err() != nil {
					return fmt.Errorf("preview: %w", ctx.Err())
				}
				t.marks[at] = t.mark(mine, at, f)
				if len(was) > 0 {
					t.marks[at].existing = was.decide(at, f).outcome == Decided
				}
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	for _, p := range append(slices.Clone(t.lane), t.saved...) {
		if p.days != nil && p.days.failed() != nil {
			return p.days.failed()
		}
	}
	return nil
}

func (t *trial) mark(l laneRows, at int, f fired) mark {
	v := l.decide(at, f)
	r := l[len(l)-1]
	m := mark{outcome: v.outcome, caseIndex: v.caseIndex, waiting: len(v.waiting) > 0 && v.outcome != Decided}
	if v.outcome != Decided {
		t.nearest(r, v, f, &m)
		return m
	}
	cs := &r.cases[v.caseIndex]
	m.stake, m.per = r.atStake(cs), cs.AtStake.Per
	for _, h := range t.held.holding(r, v) {
		m.heldBy = append(m.heldBy, h.Title)
	}
	if r.accepts[fact.Settling] {
		var p decision.Proposal
		r.trust(cs, &p)
		m.settling = p.Maturity == fact.Settling
	}
	return m
}

// nearest finds the case that is false and would be true with the least change of figures. Cases that were silenced,
// taken out or not reached are left alone.
func (t *trial) nearest(r *row, v verdict, f fired, m *mark) {
	if v.outcome == OutOfScope || (len(v.passedOver) > 0 && v.passedOver[0].caseIndex < 0) {
		return
	}
	for i := range r.cases {
		if _, out := r.exception(r.cases[i].Name); out || r.inhibitedBy(i, f) != "" || t.rows.cases[i] == nil {
			continue
		}
		switch r.eval(r.cases[i].when) {
		case types.True:
			continue
		case types.False:
		default:
			if r.cases[i].Needed {
				return
			}
			continue
		}
		if share, ok := t.rows.cases[i].missing(r, true); ok && (!m.near || share < m.distance) {
			m.near, m.caseIndex, m.distance = true, i, share
		}
	}
}
