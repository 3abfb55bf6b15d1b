package rules

import (
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

// guards are what holds back, by subject.
type guards map[string][]guardHit

// note keeps what a guard came to on the subject of the row.
func (g guards) note(r *row, v verdict) {
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
		var blocked []Effect
		for i := range r.cases {
			blocked = append(blocked, r.cases[i].Blocks...)
		}
		g[id] = append(g[id], guardHit{r.Name, r.Title, blocked, "can't tell: " + strings.Join(v.unknown(), ", ")})
	}
}

// on lists the guards that hold back these effects on a subject: those on the subject itself, on what it lies in, and
// on the subjects it is related to.
func (g guards) on(subject string, related []string, effects []Effect) []guardHit {
	market, rest := fact.SplitID(subject)
	ids := []string{subject}
	if rest != "" {
		ids = append(ids, market)
	}
	if subject != string(fact.Account) {
		ids = append(ids, string(fact.Account))
	}
	var out []guardHit
	for _, id := range append(ids, related...) {
		for _, h := range g[id] {
			known := slices.ContainsFunc(out, func(o guardHit) bool { return o.policy == h.policy && o.why == h.why })
			if !known && slices.ContainsFunc(effects, func(e Effect) bool { return blocks(h.blocked, e) }) {
				out = append(out, h)
			}
		}
	}
	return out
}

// holding lists the guards that hold back what the deciding case of the row would do.
func (g guards) holding(r *row, v verdict) []decision.HeldBack {
	cs := &r.cases[v.caseIndex]
	if len(cs.Effects) == 0 || len(g) == 0 {
		return nil
	}
	var out []decision.HeldBack
	for _, h := range g.on(r.tab.ids[r.at], r.tab.relatedTo(r.at), cs.Effects) {
		out = append(out, decision.HeldBack{Policy: h.policy, Title: h.title, Why: h.why})
	}
	return out
}

// guardsOn evaluates all guards of a day.
func (e *Engine) guardsOn(ctx context.Context, set *ruleSet, asOf core.Day) (guards, error) {
	held := guards{}
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
