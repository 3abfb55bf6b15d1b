package rules

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"

	"cel.dev/cel-go/common/types/ref"
	"golang.org/x/sync/errgroup"

	"purser/backend/core"
	"purser/backend/core/decision"
	"purser/backend/core/fact"
)

// Progress is told how many of how many days are done.
type Progress func(done, of int)

// variant is a policy with figures of its own in place of those of its text.
type variant struct {
	*compiled
	figures map[string]float64
}

// replay runs policies on past days, each on what was known at its end.
type replay struct {
	from, to core.Day
	kind     fact.SubjectKind
	days     map[fact.SubjectKind]*days
	set      *ruleSet
	guards   []*plan // that can hold back what the lanes propose
	lanes    []*lane
	back     int // days that must be at hand before the one evaluated
}

// lane is one policy on its way through the days, behind those that can silence it.
type lane struct {
	plans  []*plan // inhibitors before what they silence
	target int
	*timeline
	fired int            // days on which it fired, over all subjects
	also  map[string]int // of them, how many another policy fired on too
	known core.Day       // first day on which any of its facts is known; 0: none
}

// Days read side by side, and how far the readers may be ahead of who adds up.
const (
	replayWorkers = 2
	replayAhead   = 8
)

// episodes follows variants of policies about one kind of subject over some days that end with to. Each answers as it
// would have in force, without the exceptions that the seller made; what other policies do to it counts. With beside,
// the first variant is compared with all other policies of the kind.
func (e *Engine) episodes(ctx context.Context, set *ruleSet, variants []variant, to core.Day, n int, beside bool, progress Progress) (*replay, error) {
	rp := &replay{from: to - core.Day(n) + 1, to: to, kind: variants[0].Subject, set: set, days: map[fact.SubjectKind]*days{}}
	var chains [][]*compiled
	all := slices.Clone(rp.guardsFor(set, variants))
	for i, v := range variants {
		chain := set.chain(v.compiled, beside && i == 0)
		chains = append(chains, chain)
		all = append(all, chain...)
	}
	if err := rp.open(ctx, e, all); err != nil {
		return nil, err
	}
	for _, c := range rp.guardsFor(set, variants) {
		rp.guards = append(rp.guards, rp.plan(e, set, c, set.set[c.Name]))
	}
	for i, v := range variants {
		l := &lane{timeline: newTimeline(), also: map[string]int{}}
		for at, c := range chains[i] {
			figures := set.set[c.Name]
			if c == v.compiled {
				l.target, figures = at, v.figures
			}
			l.plans = append(l.plans, rp.plan(e, set, c, figures))
		}
		rp.lanes = append(rp.lanes, l)
	}
	return rp, rp.run(ctx, progress)
}

// guardsFor lists the guards that can hold back what any of the variants does.
func (rp *replay) guardsFor(set *ruleSet, variants []variant) []*compiled {
	var effects []Effect
	for _, v := range variants {
		for i := range v.cases {
			effects = append(effects, v.cases[i].Effects...)
		}
	}
	var out []*compiled
	for _, c := range set.policies {
		if c.Stage == StageGuard && slices.ContainsFunc(effects, c.canBlock) {
			out = append(out, c)
		}
	}
	return out
}

func (c *compiled) canBlock(e Effect) bool {
	return blocks(c.blocked(), e)
}

// chain lists the policies that a policy must be run with, itself in its place: those that can silence it; or all of its
// kind and stage, as a gate is no second voice beside a proposal.
func (s *ruleSet) chain(c *compiled, all bool) []*compiled {
	byName := map[string]*compiled{}
	for _, o := range s.policies {
		if o.Subject == c.Subject {
			byName[o.Name] = o
		}
	}
	byName[c.Name] = c
	var out []*compiled
	placed := map[string]bool{}
	var place func(*compiled)
	place = func(x *compiled) {
		if x == nil || placed[x.Name] {
			return
		}
		placed[x.Name] = true
		for i := range x.cases {
			for _, by := range x.cases[i].InhibitedBy {
				name, _, _ := strings.Cut(by, ":")
				place(byName[name])
			}
		}
		out = append(out, x)
	}
	place(c)
	if all {
		for _, o := range s.policies {
			if (o.Stage == StageGuard) == (c.Stage == StageGuard) {
				place(byName[o.Name])
			}
		}
	}
	return out
}

// open prepares to read the facts that policies need, by kind of subject, and reads the last day.
func (rp *replay) open(ctx context.Context, e *Engine, all []*compiled) error {
	names := map[fact.SubjectKind][]string{rp.kind: {}}
	for _, c := range all {
		rp.back = max(rp.back, c.reachesBack())
		for _, n := range c.facts {
			if !slices.Contains(names[c.Subject], n) {
				names[c.Subject] = append(names[c.Subject], n)
			}
		}
	}
	reader := e.pastReader()
	for kind, wanted := range names {
		slices.Sort(wanted) // so that each day's table has them in the same places
		rp.days[kind] = newDays(func(day core.Day) (*table, error) { return reader.loadTable(ctx, kind, day, wanted, "") })
		if rp.days[kind].table(rp.to); rp.days[kind].failed() != nil {
			return rp.days[kind].failed()
		}
	}
	return nil
}

// pastReader is an engine that reads facts through what is kept of past days.
func (e *Engine) pastReader() *Engine {
	return &Engine{facts: e.past, relations: relationsOf(e.past), hooks: e.hooks, defs: e.defs, factID: e.factID}
}

func relationsOf(p *past) fact.RelationProvider {
	if p.relations == nil {
		return nil
	}
	return p
}

func (rp *replay) plan(e *Engine, set *ruleSet, c *compiled, figures map[string]float64) *plan {
	days := rp.days[c.Subject]
	p := newPlan(c, days.table(rp.to), figures, c.Version+set.changes[c.Name], e.hooks)
	if c.looksBack() {
		p.days = days
	}
	return p
}

// run evaluates the days side by side and adds them up in their order.
func (rp *replay) run(ctx context.Context, progress Progress) error {
	n := int(rp.to-rp.from) + 1
	done := make([]chan []laneDay, n)
	for i := range done {
		done[i] = make(chan []laneDay, 1)
	}
	ahead := make(chan struct{}, replayAhead)
	var next atomic.Int64
	g, ctx := errgroup.WithContext(ctx)
	for range replayWorkers {
		g.Go(func() error {
			for {
				select {
				case ahead <- struct{}{}:
				case <-ctx.Done():
					return fmt.Errorf("backtest: %w", ctx.Err())
				}
				i := int(next.Add(1)) - 1
				if i >= n {
					return nil
				}
				day, err := rp.day(ctx, rp.from+core.Day(i))
				if err != nil {
					return err
				}
				done[i] <- day
			}
		})
	}
	g.Go(func() error {
		for i := range n {
			select {
			case got := <-done[i]:
				rp.add(rp.from+core.Day(i), got)
			case <-ctx.Done():
				return fmt.Errorf("backtest: %w", ctx.Err())
			}
			<-ahead
			if progress != nil {
				progress(i+1, n)
			}
		}
		return nil
	})
	return g.Wait()
}

// add takes a day into the timelines, and forgets the days that nobody will ask about any more.
func (rp *replay) add(day core.Day, got []laneDay) {
	for i, l := range rp.lanes {
		d := &got[i]
		if l.known == 0 && d.known {
			l.known = day
		}
		l.fired += len(d.hits)
		for name, n := range d.also {
			l.also[name] += n
		}
		l.timeline.day(day, d.hits, d.told.told)
	}
	for _, d := range rp.days {
		d.forget(day + 1 - core.Day(rp.back))
	}
}

// laneDay is what came of a lane on one day.
type laneDay struct {
	hits  []hit
	told  PolicyRun // which subjects it could tell of
	also  map[string]int
	known bool // any fact of the policy, that documents tell, is known of any subject
}

func (rp *replay) day(ctx context.Context, day core.Day) ([]laneDay, error) {
	tables := map[fact.SubjectKind]*table{}
	for kind, d := range rp.days {
		if tables[kind] = d.table(day); tables[kind] == nil {
			return nil, d.failed()
		}
	}
	held, err := rp.guarding(ctx, tables)
	if err != nil {
		return nil, err
	}
	out := make([]laneDay, len(rp.lanes))
	for i, l := range rp.lanes {
		if out[i], err = l.day(ctx, tables[rp.kind], held); err != nil {
			return nil, err
		}
	}
	for _, d := range rp.days { // an earlier day that was looked back at
		if err := d.failed(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// guarding evaluates the guards of a day.
func (rp *replay) guarding(ctx context.Context, tables map[fact.SubjectKind]*table) (*guards, error) {
	held := newGuards(rp.set)
	for _, p := range rp.guards {
		r := p.on(tables[p.Subject]).row()
		for at := range r.tab.ids {
			if at%64 == 0 && ctx.Err() != nil {
				return nil, fmt.Errorf("backtest: %w", ctx.Err())
			}
			r.move(at)
			held.hits.note(r, r.decide(nil))
		}
		held.asked = append(held.asked, r.plan)
	}
	return held, nil
}

func (l *lane) day(ctx context.Context, t *table, held *guards) (laneDay, error) {
	out := laneDay{also: map[string]int{}, told: PolicyRun{tab: t, undecided: make([]bool, len(t.ids))}}
	rows := make([]*row, len(l.plans))
	for i, p := range l.plans {
		rows[i] = p.on(t).row()
	}
	out.known = rows[l.target].anyKnown()
	f, fires := fired{}, make([]bool, len(rows))
	for at := range t.ids {
		if at%64 == 0 && ctx.Err() != nil {
			return out, fmt.Errorf("backtest: %w", ctx.Err())
		}
		clear(f)
		for i, r := range rows {
			r.move(at)
			v := r.decide(f)
			fires[i] = v.outcome == Decided
			if i == l.target {
				out.told.undecided[at] = len(v.passedOver) > 0
			}
			if !fires[i] {
				continue
			}
			if r.Stage != StageGuard { // a guard silences nobody
				f.note(r, v)
			}
			if i == l.target {
				out.hits = append(out.hits, r.hit(v, held))
			}
		}
		if !fires[l.target] {
			continue
		}
		for i, r := range rows {
			if fires[i] && i != l.target {
				out.also[r.Name]++
			}
		}
	}
	return out, nil
}

// hit writes what the deciding case says in short.
func (r *row) hit(v verdict, held *guards) hit {
	cs := &r.cases[v.caseIndex]
	h := hit{subject: r.tab.ids[r.at], caseName: cs.Name, title: cs.title.render(r, false), per: cs.AtStake.Per, cooldown: cs.Cooldown}
	h.stake = r.atStake(cs)
	var p decision.Proposal
	r.trust(cs, &p)
	if p.Maturity == fact.Settling {
		h.settled = p.Settled
	}
	for _, g := range held.holding(r, v) {
		h.heldBy = append(h.heldBy, g.Title)
	}
	return h
}

// atStake is the money that the case speaks of; no currency where it is not known.
func (r *row) atStake(cs *compiledCase) core.Money {
	if n, ok := r.number(cs.money); ok {
		if c := r.currency(cs.money); c != "" {
			return core.FromMajor(n, c)
		}
	}
	return core.Money{}
}

// anyKnown says whether any fact of the policy is known of any subject; those that no document tells, such as a default
// that the seller set, count only where there are no others.
func (r *row) anyKnown() bool {
	told := func(n string) bool { return len(r.defs[n].Sources) > 0 }
	documents := slices.ContainsFunc(r.facts, told)
	for _, n := range r.facts {
		if documents && !told(n) {
			continue
		}
		if slices.ContainsFunc(r.tab.cols[r.tab.colOf[n]].boxed, func(b ref.Val) bool { return b != nil }) {
			return true
		}
	}
	return false
}
