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
	Excepted   Outcome = "excepted" // the seller took the subject out
)

// Run is one evaluation of every policy on every subject.
type Run struct {
	AsOf      core.Day
	Proposals []decision.Proposal // those that a guard holds back name it
	Policies  []PolicyRun

	absorbed map[string]string // identities that another proposal stands for, and its title
	set      *ruleSet          // that was evaluated
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
	Excepted   int
	Waiting    int             // conditions that hold, but not for long enough yet
	Held       int             // decided, and held back by a guard
	Guard      bool            // it holds back others instead of proposing
	Inhibited  int             // cases silenced by another policy's decision
	Unknown    []UnknownReason // what was missing, most frequent first; passed-over cases included

	priority  int
	tab       *table
	undecided []bool // by subject of tab: something was unknown
	outside   []bool // by subject of tab: out of scope
	otherwise string
	endings   []ending
	texts     map[string]string // that endings share
}

// UnknownReason counts the subjects for which a reason kept something unknown.
type UnknownReason struct {
	Reason   string
	Subjects int
}

// Cleared says why a decision no longer stands, "" where that is not known. It is known that the case no longer holds
// for the subject when the policy ran, and either the subject was told without anything unknown, or it is gone while the
// marketplace still has others; when another decision stands for it; and when the seller took the policy or the subject out.
func (r Run) Cleared(policy, caseName, subject string) string {
	id := decision.Proposal{Policy: policy, Case: caseName, Subject: subject}.ID()
	if by, ok := r.absorbed[id]; ok {
		return "it became part of: " + by
	}
	for _, p := range r.Proposals {
		if p.ID() == id {
			return ""
		}
	}
	if why := r.takenOut(policy, caseName, subject); why != "" {
		return why
	}
	for _, p := range r.Policies {
		if p.Name != policy {
			continue
		}
		if p.Healthy && p.told(subject) {
			return ClearedByItself
		}
	}
	return ""
}

// takenOut says that the seller does not want to be told any more; "" where that is not so.
func (r Run) takenOut(policy, caseName, subject string) string {
	if r.set == nil {
		return ""
	}
	x, err := r.set.entry(policy)
	if err != nil {
		return "its policy was removed"
	}
	if !x.on && x.fault == nil {
		return "its policy was switched off"
	}
	except := r.set.exceptOn(policy, r.AsOf)
	for _, key := range []string{subject, exceptionKey(subject, caseName)} {
		if reason, ok := except[key]; ok {
			return "you took it out: " + reason
		}
	}
	return ""
}

// ClearedByItself is why a decision ends whose case no longer holds.
const ClearedByItself = "cleared by itself"

func (r *Run) add(part Run) {
	r.Policies = append(r.Policies, part.Policies...)
	r.Proposals = append(r.Proposals, part.Proposals...)
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
	p.Excepted += o.Excepted
	p.Waiting += o.Waiting
	p.Held += o.Held
	p.Inhibited += o.Inhibited
	p.endings = append(p.endings, o.endings...)
	counts := map[string]int{}
	for _, u := range append(p.Unknown, o.Unknown...) {
		counts[u.Reason] += u.Subjects
	}
	p.Unknown = ranked(counts)
}
