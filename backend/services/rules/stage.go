package rules

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"purser/backend/core"
	"purser/backend/core/decision"
	"purser/backend/core/fact"
)

// Stage is when a policy speaks: guards first, proposals after them.
type Stage string

// The stages.
const (
	StageGuard   Stage = "guard"   // its decision holds proposals back
	StagePropose Stage = "propose" // its decision is a proposal
)

// What a guard does that cannot tell.
const (
	unknownHolds  = "hold"
	unknownPasses = "pass"
)

// Bounds of the days that a case may look back, and of the time in which it stays quiet.
const (
	maxDays     = 30
	maxCooldown = 365
)

// Effect is what carrying out a proposal changes: a lever and a direction, "bids.up".
type Effect string

// Growth stands for every effect that makes the business larger; guards may block it as a whole.
const Growth Effect = "growth"

// levers are what proposals pull, and the direction of each that is growth.
func levers() map[string]string {
	return map[string]string{
		"bids": "up", "budget": "up", "launch": "up", "order": "up", // order: a larger one than sales ask for
		"stock": "", "price": "", "listing": "",
	}
}

func (e Effect) check() error {
	if e == Growth {
		return nil
	}
	lever, direction := e.parts()
	if _, ok := levers()[lever]; !ok || (direction != "up" && direction != "down") {
		return fmt.Errorf("there is no effect %q: write a lever (bids, budget, launch, order, stock, price, listing) with .up or .down", string(e))
	}
	return nil
}

func (e Effect) parts() (lever, direction string) {
	lever, direction, _ = strings.Cut(string(e), ".")
	return lever, direction
}

func (e Effect) grows() bool {
	lever, direction := e.parts()
	return direction != "" && levers()[lever] == direction
}

// against says whether the two want opposite things.
func (e Effect) against(o Effect) bool {
	lever, direction := e.parts()
	other, way := o.parts()
	return lever == other && direction != way
}

// words is the effect for people: "raise bids".
func (e Effect) words() string {
	known := map[Effect]string{
		"bids.up": "raise bids", "bids.down": "lower bids", "budget.up": "raise the budget", "budget.down": "lower the budget",
		"launch.up": "launch", "order.up": "order more than sales ask for", "stock.up": "add stock", "stock.down": "clear stock",
		"price.up": "raise the price", "price.down": "lower the price", Growth: "grow",
	}
	if w, ok := known[e]; ok {
		return w
	}
	lever, direction := e.parts()
	return lever + " " + direction
}

// blocks says whether a guard that blocks these holds back a proposal with the effect.
func blocks(blocked []Effect, e Effect) bool {
	return slices.Contains(blocked, e) || (e.grows() && slices.Contains(blocked, Growth))
}

// guardHit is a guard that holds something back on a subject.
type guardHit struct {
	policy, title string
	blocked       []Effect
	why           string // its finding, or what it could not tell
}

// guards are what holds back: what those that were asked found, and those that could not be asked.
type guards struct {
	hits  guardHits
	asked []*plan
	down  []*entry
}

// guardHits are findings of guards by subject.
type guardHits map[string][]guardHit

// newGuards knows the guards of a set that are switched on and do not run; the others are asked.
func newGuards(s *ruleSet) *guards {
	g := &guards{hits: guardHits{}}
	for _, x := range s.entries {
		if x.on && x.fault != nil && x.policy.Stage == StageGuard && x.policy.Unknown != unknownPasses {
			g.down = append(g.down, x)
		}
	}
	return g
}

// note keeps what a guard came to on the subject of the row.
func (g guardHits) note(r *row, v verdict) {
	id := r.tab.ids[r.at]
	switch {
	case v.outcome == Decided:
		cs := &r.cases[v.caseIndex]
		why := cs.title.render(r, false)
		if cs.sentence != nil {
			why = cs.sentence.render(r, false)
		}
		g[id] = append(g[id], guardHit{r.Name, r.Title, cs.Blocks, why})
	case v.outcome == CantTell && r.Unknown != unknownPasses:
		g[id] = append(g[id], guardHit{r.Name, r.Title, r.blocked(), "can't tell: " + strings.Join(v.unknown(), ", ")})
	}
}

// blocked is all that any case of a guard holds back.
func (p Policy) blocked() []Effect {
	var out []Effect
	for _, c := range p.Cases {
		out = append(out, c.Blocks...)
	}
	return out
}

// around lists the subjects of a kind by which a guard reaches the subject of the row: the subject itself, what it lies
// in, and what is related to it. False where guards of that kind have no say over it.
func (r *row) around(kind fact.SubjectKind) ([]string, bool) {
	id := r.tab.ids[r.at]
	switch {
	case kind == r.tab.kind:
		return []string{id}, true
	case liesIn(r.tab.kind, kind):
		return []string{ancestor(id, kind)}, true
	}
	related, ok := r.tab.related[kind]
	if !ok {
		return nil, false
	}
	return related[r.at], true
}

// holding lists the guards that hold back what the deciding case of the row would do. One that does not run, or that
// knows nothing of the subject, cannot tell and holds too.
func (g *guards) holding(r *row, v verdict) []decision.HeldBack {
	effects := r.cases[v.caseIndex].Effects
	if len(effects) == 0 {
		return nil
	}
	holds := func(blocked []Effect) bool {
		return slices.ContainsFunc(effects, func(e Effect) bool { return blocks(blocked, e) })
	}
	var out []decision.HeldBack
	add := func(h decision.HeldBack) {
		if !slices.Contains(out, h) {
			out = append(out, h)
		}
	}
	for _, p := range g.asked {
		ids, reaches := r.around(p.Subject)
		if !reaches || !holds(p.blocked()) {
			continue
		}
		for _, id := range ids {
			for _, h := range g.hits[id] {
				if h.policy == p.Name && holds(h.blocked) {
					add(decision.HeldBack{Policy: h.policy, Title: h.title, Why: h.why})
				}
			}
			if _, known := p.tab.index[id]; !known && p.Unknown != unknownPasses {
				add(decision.HeldBack{Policy: p.Name, Title: p.Title, Why: "can't tell: nothing is known of " + r.hooks.label(id)})
			}
		}
		if len(ids) == 0 && p.Subject == fact.SKU && p.Unknown != unknownPasses {
			add(decision.HeldBack{Policy: p.Name, Title: p.Title, Why: "can't tell: it is not known which SKUs belong to it"})
		}
	}
	for _, x := range g.down {
		if _, reaches := r.around(x.policy.Subject); reaches && holds(x.policy.blocked()) {
			add(decision.HeldBack{Policy: x.name, Title: cmp.Or(x.policy.Title, x.name), Why: "it does not run: " + x.fault.Message})
		}
	}
	return out
}

// guardsOn evaluates all guards of a day.
func (e *Engine) guardsOn(ctx context.Context, set *ruleSet, asOf core.Day) (*guards, error) {
	held := newGuards(set)
	for _, kind := range set.of(StageGuard).kinds() {
		plans, err := e.plans(ctx, set, kind, asOf, "")
		if err != nil {
			return nil, err
		}
		if _, err := evaluateTable(ctx, stageOf(plans, StageGuard), held); err != nil {
			return nil, err
		}
	}
	return held, nil
}

func stageOf(plans []*plan, stage Stage) []*plan {
	var out []*plan
	for _, p := range plans {
		if (p.Stage == StageGuard) == (stage == StageGuard) {
			out = append(out, p)
		}
	}
	return out
}
