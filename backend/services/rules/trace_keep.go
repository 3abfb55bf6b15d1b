package rules

import (
	"slices"
	"strings"

	"purser/backend/core/decision"
)

// ending is how a policy ended for a subject, where that is more than that it had nothing to say.
type ending struct {
	at       int // in the table
	outcome  Outcome
	caseName string // the deciding one
	summary  string // "" where the proposal says it
	unknown  string // "reviews missing, sales settling"
	waiting  []string
	why      []decision.Why // of a guard that decided, and of what waits; a proposal has its own
}

// end notes how the policy ended for the subject of the row.
func (p *PolicyRun) end(r *row, v verdict, f fired) {
	x := ending{at: r.at, outcome: v.outcome}
	switch {
	case v.outcome == OutOfScope:
		p.outside[r.at] = true
		return
	case v.outcome == Continue && len(v.waiting) == 0:
		return
	case v.outcome == Decided:
		x.caseName = r.cases[v.caseIndex].Name
		if r.Stage == StageGuard {
			x.summary, x.why = r.cases[v.caseIndex].title.render(r, false), r.whyLines(f)
		}
	}
	if len(v.passedOver) > 0 {
		x.unknown = p.same(strings.Join(v.unknown(), ", "))
	}
	for i, n := range v.waiting {
		x.waiting = append(x.waiting, r.cases[i].Name+" "+waiting(n, r.cases[i].Hold))
	}
	if len(v.waiting) > 0 && v.outcome != Decided {
		slices.Sort(x.waiting)
		x.why = r.waitingLines(v, f)
	}
	p.endings = append(p.endings, x)
}

// same gives one copy of equal texts: thousands of subjects lack the same file.
func (p *PolicyRun) same(text string) string {
	if p.texts == nil {
		p.texts = map[string]string{}
	}
	if s, ok := p.texts[text]; ok {
		return s
	}
	p.texts[text] = text
	return text
}

// waitingLines writes the conditions of the cases that hold, but not for long enough.
func (r *row) waitingLines(v verdict, f fired) []decision.Why {
	t := r.traced()
	t.decide(f)
	var out []decision.Why
	for i := range t.cases {
		if _, ok := v.waiting[i]; ok {
			out = append(out, t.linesOf(t.cases[i].Name, t.cases[i].when)...)
		}
	}
	return out
}

// words is the ending in a sentence.
func (x *ending) words(title, otherwise string) string {
	switch {
	case x.outcome == Decided && x.unknown != "":
		return title + " (passed over: " + x.unknown + ")"
	case x.outcome == Decided:
		return title
	case x.outcome == CantTell:
		return "can't tell: " + x.unknown
	case x.outcome == OutOfScope:
		return "out of scope"
	case x.outcome == Excepted:
		return "you took it out"
	case len(x.waiting) > 0:
		return "not yet: " + strings.Join(x.waiting, ", ")
	}
	return otherwise
}

// sign is what makes it another ending than the one before; figures that differ from day to day are not in it.
func (x *ending) sign(held []decision.HeldBack) string {
	var b strings.Builder
	b.WriteString(string(x.outcome) + "|" + x.caseName + "|" + x.unknown)
	for _, w := range x.waiting {
		b.WriteString("|" + w)
	}
	for _, h := range held {
		b.WriteString("|held by " + h.Policy)
	}
	return b.String()
}
