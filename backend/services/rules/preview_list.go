package rules

import (
	"cmp"
	"slices"

	"purser/backend/core/decision"
)

// write counts, and lists the dearest matches and the nearest misses.
func (t *trial) write(out *PreviewOutput, limit int) {
	var matches, misses []int
	out.Subjects = len(t.marks)
	for at := range t.marks {
		m := &t.marks[at]
		switch {
		case m.outcome == Decided:
			matches = append(matches, at)
			if len(m.heldBy) > 0 {
				out.Held++
			}
		case m.near:
			misses = append(misses, at)
		}
		if m.waiting {
			out.Waiting++
		}
		switch m.outcome {
		case CantTell:
			out.CantTell++
		case Excepted:
			out.Excepted++
		case Decided, Continue, OutOfScope:
		}
	}
	out.Matched, out.Near = len(matches), len(misses)
	slices.SortStableFunc(matches, func(a, b int) int { return t.dearer(&t.marks[a], &t.marks[b]) })
	slices.SortStableFunc(misses, func(a, b int) int { return cmp.Compare(t.marks[a].distance, t.marks[b].distance) })
	for _, at := range matches[:min(len(matches), limit)] {
		out.Matches = append(out.Matches, t.match(at))
	}
	for _, at := range misses[:min(len(misses), limit)] {
		out.Misses = append(out.Misses, t.match(at))
	}
}

// dearer orders by the money at stake; amounts of different currencies by their figures, for want of better.
func (t *trial) dearer(a, b *mark) int {
	if (a.stake.Currency == "") != (b.stake.Currency == "") {
		return cmp.Compare(b.stake.Currency, a.stake.Currency) // none comes last
	}
	return cmp.Compare(b.stake.Major(), a.stake.Major())
}

// match writes a subject that the draft matches, or nearly.
func (t *trial) match(at int) MatchOutput {
	m := &t.marks[at]
	r := t.draft().row()
	r.move(at)
	cs := &r.cases[m.caseIndex]
	id := r.tab.ids[at]
	out := MatchOutput{
		Subject: id, Label: r.hooks.label(id), Case: cs.Name, Title: cs.title.render(r, false), HeldBy: append([]string{}, m.heldBy...),
		Lacks: []string{}, Existing: m.existing, Outcome: string(m.outcome), Values: r.factLines(r.factsOf(cs.when), cs.Name),
	}
	if m.near {
		out.Distance, out.Lacks = m.distance, append(out.Lacks, t.rows.cases[m.caseIndex].lacks(r, true)...)
	}
	stake, per := m.stake, m.per
	if m.near {
		stake, per = r.atStake(cs), cs.AtStake.Per
	}
	if stake.Currency != "" {
		out.AtStake = stake.Text()
		if per == "day" {
			out.AtStake += " a day"
		}
	}
	return out
}

// factLines writes facts with where they come from.
func (r *row) factLines(names []string, caseName string) []decision.Why {
	out := []decision.Why{}
	w := &writer{row: r, caseName: caseName}
	for _, n := range names {
		c := &r.tab.cols[r.tab.colOf[n]]
		line := decision.Why{Expression: n, Case: caseName, Result: valueResult(r.fact(c), true)}
		w.factLine(&line, c)
		out = append(out, line)
	}
	return out
}
