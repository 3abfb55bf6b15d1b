package rules

import (
	"math"
	"strings"
	"time"

	"cel.dev/cel-go/common/types"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/core/decision"
	"purser/backend/core/fact"
)

// proposal writes what the deciding case says about the subject at hand.
func (r *row) proposal(v verdict, f fired) decision.Proposal {
	cs := &r.cases[v.caseIndex]
	p := decision.Proposal{
		Policy: r.Name, Version: r.version, Case: cs.Name,
		SubjectKind: r.Subject, Subject: r.tab.ids[r.at],
		Severity: cs.Severity,
		Title:    cs.title.render(r, false), Sentence: cs.sentence.render(r, false),
		Do: cs.do.render(r, false), IfYouWait: cs.wait.render(r, false),
		Action: action.Action{
			Kind: cs.Action.Kind, Label: cs.label.render(r, false), Link: r.link(cs.Action.Link), Checklist: []string{}, Target: cs.target.render(r, false),
		},
		Unknown: v.unknown(), Effects: []string{}, Cooldown: cs.Cooldown,
	}
	for _, e := range cs.Effects {
		p.Effects = append(p.Effects, string(e))
	}
	if cs.criticalWhen != nil && r.eval(cs.criticalWhen) == types.True {
		p.Severity = decision.Critical
	}
	for _, step := range cs.checklist {
		p.Action.Checklist = append(p.Action.Checklist, step.render(r, false))
	}
	if n, ok := r.number(cs.units); ok && n > 0 {
		p.Action.Units = int(math.Ceil(n))
	}
	if n, ok := r.number(cs.due); ok {
		p.Due, p.DueFixed = r.tab.asOf+core.Day(math.Floor(n)), cs.DueFixed
	}
	if m := r.atStake(cs); m.Currency != "" {
		p.AtStake, p.AtStakePer = m, cs.AtStake.Per
	}
	p.Worse = float64(p.AtStake.Minor)
	if n, ok := r.number(cs.worse); ok {
		p.Worse = n
	}
	r.trust(cs, &p)
	p.Why = r.whyLines(f)
	return p
}

// trust sets how far the proposal can be trusted: the worst maturity and the oldest day
// among the facts that decided, and the day on which the last of them is settled.
func (r *row) trust(cs *compiledCase, p *decision.Proposal) {
	p.Maturity = fact.Fresh
	for _, name := range r.decidingFacts(cs) {
		v := r.tab.cols[r.tab.colOf[name]].values[r.at]
		if !v.Known() {
			continue
		}
		p.Maturity = fact.Worst(p.Maturity, v.Maturity)
		if v.AsOf != 0 && (p.AsOf == 0 || v.AsOf < p.AsOf) {
			p.AsOf = v.AsOf
		}
		if v.Maturity == fact.Settling {
			p.Settled = max(p.Settled, r.settledOn(v))
		}
	}
	if p.AsOf == 0 {
		p.AsOf = r.tab.asOf
	}
}

func (r *row) decidingFacts(cs *compiledCase) []string {
	names := r.factsOf(cs.when)
	if cs.money != nil {
		names = append(names, r.factsOf(cs.money)...)
	}
	return names
}

// settledOn is the day after which Amazon no longer restates the value's last day.
func (r *row) settledOn(v fact.Value) core.Day {
	k, ok := r.hooks.kind(v.Source)
	if !ok || k.Settles <= 0 {
		return v.AsOf + 1
	}
	return v.AsOf + core.Day((k.Settles+24*time.Hour-1)/(24*time.Hour))
}

// link makes a path into an address of the Seller Central of the subject's marketplace.
func (r *row) link(path string) string {
	if !strings.HasPrefix(path, "/") {
		return path
	}
	domain := "amazon.com"
	code, _ := fact.SplitID(r.tab.ids[r.at])
	if m, ok := core.MarketplaceByCode(code); ok {
		domain = strings.ToLower(m.Domain)
	}
	return "https://sellercentral." + domain + path
}
