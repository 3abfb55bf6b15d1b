package rules

import (
	"sort"

	"purser/backend/core"
	"purser/backend/core/decision"
	"purser/backend/core/fact"
)

// Outcome is how a policy ended for a subject.
type Outcome string

// The outcomes.
const (
	Decided    Outcome = "decided"
	Continue   Outcome = "continue"
	CantTell   Outcome = "cant_tell"
	OutOfScope Outcome = "out_of_scope"
)

// Run is one evaluation of every policy on every subject.
type Run struct {
	AsOf      core.Day
	Proposals []decision.Proposal
	Policies  []PolicyRun
}

// PolicyRun is what came of one policy.
type PolicyRun struct {
	Name       string
	Title      string
	Version    int
	Subject    fact.SubjectKind
	Healthy    bool
	Error      string // why it did not run
	Subjects   int
	Decided    int
	Continued  int
	CantTell   int
	OutOfScope int
	Inhibited  int             // cases silenced by another policy's decision
	Unknown    []UnknownReason // what was missing, most frequent first; passed-over cases included

	tab       *table
	undecided []bool // by subject of tab: something was unknown
}

// UnknownReason counts the subjects for which a reason kept something unknown.
type UnknownReason struct {
	Reason   string
	Subjects int
}

// Cleared says whether it is known that the case no longer holds for the subject: the
// policy ran, and either the subject was told without anything unknown, or it is gone
// while the marketplace still has others.
func (r Run) Cleared(policy, caseName, subject string) bool {
	for _, p := range r.Proposals {
		if p.Policy == policy && p.Case == caseName && p.Subject == subject {
			return false
		}
	}
	for _, p := range r.Policies {
		if p.Name != policy {
			continue
		}
		return p.Healthy && p.told(subject)
	}
	return false
}

func (p PolicyRun) told(subject string) bool {
	if p.tab == nil {
		return false
	}
	if at, ok := p.tab.index[subject]; ok {
		return !p.undecided[at]
	}
	marketplace, _ := fact.SplitID(subject)
	for i, id := range p.tab.ids {
		if m, _ := fact.SplitID(id); m == marketplace && !p.undecided[i] {
			return true
		}
	}
	return false
}

func ranked(counts map[string]int) []UnknownReason {
	out := make([]UnknownReason, 0, len(counts))
	for s, n := range counts {
		out = append(out, UnknownReason{s, n})
	}
	sort.Slice(out, func(i, j int) bool {
		if out[i].Subjects != out[j].Subjects {
			return out[i].Subjects > out[j].Subjects
		}
		return out[i].Reason < out[j].Reason
	})
	return out
}

func mergeRuns(parts []Run) Run {
	out := parts[0]
	for _, p := range parts[1:] {
		out.Proposals = append(out.Proposals, p.Proposals...)
		for i := range out.Policies {
			out.Policies[i].merge(p.Policies[i])
		}
	}
	return out
}

func (p *PolicyRun) merge(o PolicyRun) {
	p.Subjects += o.Subjects
	p.Decided += o.Decided
	p.Continued += o.Continued
	p.CantTell += o.CantTell
	p.OutOfScope += o.OutOfScope
	p.Inhibited += o.Inhibited
	counts := map[string]int{}
	for _, u := range append(p.Unknown, o.Unknown...) {
		counts[u.Reason] += u.Subjects
	}
	p.Unknown = ranked(counts)
}
