package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"purser/backend/core/action"
	"purser/backend/core/decision"
)

// settle joins proposals about one subject that want opposite things into one decision that says so. The policy with
// the higher priority leads; among equals the person has to choose. What a guard holds back takes no part.
func (r *Run) settle() {
	r.absorbed = map[string]string{}
	bySubject := map[string][]int{}
	for i, p := range r.Proposals {
		if len(p.Effects) > 0 && len(p.HeldBy) == 0 {
			bySubject[p.Subject] = append(bySubject[p.Subject], i)
		}
	}
	gone := map[int]bool{}
	for _, at := range bySubject {
		if len(at) < 2 {
			continue
		}
		slices.SortFunc(at, func(a, b int) int { return r.before(r.Proposals[a], r.Proposals[b]) })
		for n, i := range at {
			for _, j := range at[n+1:] {
				if gone[i] || gone[j] {
					continue
				}
				if effect, ok := opposite(r.Proposals[i], r.Proposals[j]); ok {
					r.absorb(&r.Proposals[i], r.Proposals[j], effect)
					gone[j] = true
				}
			}
		}
		for _, i := range at {
			if p := &r.Proposals[i]; !gone[i] && len(p.Against) > 0 {
				r.disagree(p)
			}
		}
	}
	kept := r.Proposals[:0]
	for i, p := range r.Proposals {
		if !gone[i] {
			kept = append(kept, p)
		}
	}
	r.Proposals = kept
}

// before orders proposals by who leads.
func (r *Run) before(a, b decision.Proposal) int {
	rank := func(s decision.Severity) int {
		return slices.Index([]decision.Severity{decision.Critical, decision.Warning, decision.Info}, s)
	}
	return cmp.Or(
		cmp.Compare(r.priority(b.Policy), r.priority(a.Policy)),
		cmp.Compare(rank(a.Severity), rank(b.Severity)),
		cmp.Compare(a.Policy, b.Policy),
	)
}

func (r *Run) priority(policy string) int {
	for _, p := range r.Policies {
		if p.Name == policy {
			return p.priority
		}
	}
	return 0
}

func (r *Run) title(policy string) string {
	for _, p := range r.Policies {
		if p.Name == policy {
			return p.Title
		}
	}
	return policy
}

// opposite says whether the second wants the opposite of the first, and what it wants.
func opposite(a, b decision.Proposal) (Effect, bool) {
	for _, x := range a.Effects {
		for _, y := range b.Effects {
			if Effect(x).against(Effect(y)) {
				return Effect(y), true
			}
		}
	}
	return "", false
}

func (r *Run) absorb(lead *decision.Proposal, other decision.Proposal, effect Effect) {
	lead.Against = append(lead.Against, decision.Opposite{
		Policy: other.Policy, PolicyTitle: r.title(other.Policy), Case: other.Case, Title: other.Title, Do: other.Do, Effect: effect.words(),
	})
	r.absorbed[other.ID()] = lead.Title
}

// disagree writes into the leading proposal that others want the opposite. Where none has priority, what is to be done
// is to choose.
func (r *Run) disagree(p *decision.Proposal) {
	var wants []string
	equal := false
	for _, o := range p.Against {
		wants = append(wants, fmt.Sprintf("%s wants to %s: %s", o.PolicyTitle, o.Effect, o.Title))
		equal = equal || r.priority(o.Policy) == r.priority(p.Policy)
	}
	against := strings.Join(wants, ". ") + "."
	if !equal {
		p.Sentence = strings.TrimSpace(p.Sentence + " " + against + " " + r.title(p.Policy) + " has priority.")
		return
	}
	mine := p.Do
	p.Sentence = strings.TrimSpace(p.Sentence + " " + against + " The rules disagree, so it is yours to choose.")
	p.Do = "Choose one: " + mine
	steps := []string{cmp.Or(mine, p.Title)}
	for _, o := range p.Against {
		p.Do += " Or: " + cmp.Or(o.Do, o.Title)
		steps = append(steps, "Or: "+cmp.Or(o.Do, o.Title))
	}
	p.Action = action.Action{Kind: action.Task, Label: "Choose", Link: p.Action.Link, Checklist: append(steps, "Give one of the rules priority, so that this does not come up again.")}
}
