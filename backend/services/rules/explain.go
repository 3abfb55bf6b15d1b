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

// Explanation is how one policy judged one subject, step by step.
type Explanation struct {
	Policy      string
	PolicyTitle string
	Version     int
	SubjectKind fact.SubjectKind
	Subject     string
	Label       string
	AsOf        core.Day
	Outcome     Outcome
	Case        string // the deciding one; empty unless Outcome is Decided
	Summary     string // the outcome in words: "can't tell: reviews missing"
	Scope       *CaseTrace
	Cases       []CaseTrace
	Unknown     []string
	Waiting     []string           // cases that hold, but not for long enough: "restock holds for 1 of 2 days"
	Guard       bool               // the policy holds back others instead of proposing
	Effects     []Effect           // of a guard that decided: what it blocks
	Proposal    *decision.Proposal // nil unless Outcome is Decided
}

// CaseTrace is one case of an explanation.
type CaseTrace struct {
	Name   string
	When   string
	Needed bool
	Result decision.Result
	Note   string // why it did not decide, or that it did
	Lines  []decision.Why
}

// Explain says how a policy judged a subject: every case with each sub-expression, the
// deciding case, and why the others did not. An empty policy means all policies about
// that kind of subject. A subject without its marketplace ("SKU-104") means it in all.
func (e *Engine) Explain(ctx context.Context, asOf core.Day, subject, policy string) ([]Explanation, error) {
	set, err := e.snapshot(ctx)
	if err != nil {
		return nil, err
	}
	if err := set.knows(policy); err != nil {
		return nil, err
	}
	held, err := e.guardsOn(ctx, set, asOf)
	if err != nil {
		return nil, err
	}
	out := []Explanation{}
	for _, kind := range set.kinds() {
		if policy != "" && set.byName[policy].Subject != kind {
			continue
		}
		plans, at, err := e.plansFor(ctx, set, kind, asOf, subject)
		if err != nil {
			return nil, err
		}
		for _, s := range at {
			for _, stage := range []Stage{StageGuard, StagePropose} {
				out = append(out, explainSubject(stageOf(plans, stage), s, policy, held)...)
			}
		}
	}
	if len(out) == 0 {
		return nil, core.NotFound("rules", fmt.Sprintf("There are no facts about %s on %s.", subject, asOf))
	}
	return out, nil
}

// plansFor loads only the subject where it is a full id, everything where it is a name.
func (e *Engine) plansFor(ctx context.Context, set *ruleSet, kind fact.SubjectKind, asOf core.Day, subject string) ([]*plan, []int, error) {
	if strings.Contains(subject, "/") || kind == fact.Marketplace || kind == fact.Account {
		plans, err := e.plans(ctx, set, kind, asOf, subject)
		if err != nil || len(plans) == 0 {
			return nil, nil, err
		}
		if at, ok := plans[0].tab.index[subject]; ok {
			return plans, []int{at}, nil
		}
	}
	plans, err := e.plans(ctx, set, kind, asOf, "")
	if err != nil || len(plans) == 0 {
		return nil, nil, err
	}
	return plans, plans[0].tab.find(subject), nil
}

// explainSubject explains the plans of one stage; held is what guards hold back on the subject.
func explainSubject(plans []*plan, at int, policy string, held *guards) []Explanation {
	var out []Explanation
	f := fired{}
	for _, p := range plans {
		r := p.row()
		r.move(at)
		t := r.traced()
		v := t.decide(f)
		if v.outcome == Decided && p.Stage != StageGuard {
			f.note(t, v)
		}
		if policy != "" && policy != p.Name {
			continue
		}
		x := t.explanation(v, f)
		if x.Proposal != nil {
			x.Proposal.HeldBy = held.holding(r, v)
		}
		out = append(out, x)
	}
	return out
}

func (r *row) explanation(v verdict, f fired) Explanation {
	id := r.tab.ids[r.at]
	x := Explanation{
		Policy: r.Name, PolicyTitle: r.Title, Version: r.version, SubjectKind: r.Subject, Subject: id,
		Label: r.hooks.label(id), AsOf: r.tab.asOf, Outcome: v.outcome, Unknown: v.unknown(), Cases: []CaseTrace{}, Guard: r.Stage == StageGuard,
	}
	if r.scope != nil {
		res := r.eval(r.scope)
		x.Scope = &CaseTrace{Name: "scope", When: r.scope.text, Result: resultOf(res, true), Lines: r.linesOf("scope", r.scope)}
	}
	for i := range r.cases {
		x.Cases = append(x.Cases, r.caseTrace(i, v))
	}
	for i, n := range v.waiting {
		x.Waiting = append(x.Waiting, fmt.Sprintf("%s %s", r.cases[i].Name, waiting(n, r.cases[i].Hold)))
	}
	slices.Sort(x.Waiting)
	if v.outcome == Decided && r.Stage != StageGuard {
		x.Case = r.cases[v.caseIndex].Name
		plain := r.row()
		plain.move(r.at)
		p := plain.proposal(v, f)
		x.Proposal = &p
	} else if v.outcome == Decided {
		x.Case, x.Effects = r.cases[v.caseIndex].Name, r.cases[v.caseIndex].Blocks
	}
	x.Summary = r.summary(x, v)
	return x
}

func (r *row) caseTrace(i int, v verdict) CaseTrace {
	cs := &r.cases[i]
	t := CaseTrace{Name: cs.Name, When: cs.when.text, Needed: cs.Needed, Result: decision.NotNeeded, Lines: r.linesOf(cs.Name, cs.when)}
	for _, s := range v.inhibited {
		if name, by, _ := strings.Cut(s, " by "); name == cs.Name {
			t.Note = "silenced: " + by + " decided on this subject"
			return t
		}
	}
	if reason, out := r.exception(cs.Name); out {
		t.Note = "you took " + r.hooks.label(r.tab.ids[r.at]) + " out: " + reason
		return t
	}
	if n, ok := v.waiting[i]; ok {
		t.Result, t.Note = decision.True, waiting(n, cs.Hold)
		return t
	}
	if _, ran := r.trace.states[cs.when]; !ran {
		t.Note = "not needed: the policy had ended"
		return t
	}
	for _, p := range v.passedOver {
		if p.caseIndex == i {
			t.Result, t.Note = decision.Unknown, "passed over: "+strings.Join(p.reasons, ", ")
			if cs.Needed {
				t.Note = "needed, so the policy stops: " + strings.Join(p.reasons, ", ")
			}
			return t
		}
	}
	if i == v.caseIndex {
		t.Result, t.Note = decision.True, "decides"
		if v.kept {
			t.Result, t.Note = decision.False, "no longer holds, but goes on while "+cs.keep.text
		}
		return t
	}
	t.Result, t.Note = decision.False, "does not hold"
	return t
}

func (r *row) summary(x Explanation, v verdict) string {
	switch x.Outcome {
	case Decided:
		s := r.cases[v.caseIndex].title.render(r, false)
		if len(x.Unknown) > 0 {
			s += " (passed over: " + strings.Join(x.Unknown, ", ") + ")"
		}
		return s
	case CantTell:
		return "can't tell: " + strings.Join(x.Unknown, ", ")
	case OutOfScope:
		return "out of scope"
	case Excepted:
		return "you took it out"
	default:
		if len(x.Waiting) > 0 {
			return "not yet: " + strings.Join(x.Waiting, ", ")
		}
		return cmp.Or(r.Otherwise, "continue")
	}
}
