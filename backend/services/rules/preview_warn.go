package rules

import (
	"fmt"
	"slices"
)

// What a draft is warned about.
const (
	dayBudget     = 5   // decisions a day that a person can be asked for by one policy
	sameShare     = 0.8 // of the matches that another policy has too
	mostCompared  = 200 // matches that are looked at for that
	fewestForSame = 3   // matches from which two policies can be told to say the same
)

// readWarnings are those that the text alone gives.
func (r *reading) readWarnings() {
	if slices.Contains(words(r.policy.Accepts), "settling") {
		r.warnings = append(r.warnings, "It decides on data that is still settling: Amazon may restate the last days. Its decisions say so.")
	}
}

// warnings are those that the matches give.
func (t *trial) warnings(matched int) []string {
	var out []string
	if t.compiled.Stage != StageGuard && matched > dayBudget {
		out = append(out, fmt.Sprintf("It matches %d now, more than the %d that can be worked through in a day. Make it stricter, or begin with the dearest.", matched, dayBudget))
	}
	settling := 0
	for i := range t.marks {
		if t.marks[i].settling && t.marks[i].outcome == Decided {
			settling++
		}
	}
	if settling > 0 {
		out = append(out, fmt.Sprintf("Of its matches %d of %d rest on data that is still settling.", settling, matched))
	}
	return append(out, t.overlaps()...)
}

// overlaps names the policies that decide on most of the same subjects.
func (t *trial) overlaps() []string {
	var at []int
	for i := range t.marks {
		if t.marks[i].outcome == Decided && len(at) < mostCompared {
			at = append(at, i)
		}
	}
	if len(at) < fewestForSame || t.compiled.Stage == StageGuard {
		return nil
	}
	rows, f := rowsOf(t.all), fired{}
	counts := make([]int, len(rows))
	for _, i := range at {
		clear(f)
		for n, r := range rows {
			r.move(i)
			if v := r.decide(f); v.outcome == Decided && r.Stage != StageGuard {
				f.note(r, v)
				counts[n]++
			}
		}
	}
	var out []string
	for n, r := range rows {
		if r.Name != t.compiled.Name && float64(counts[n]) >= sameShare*float64(len(at)) {
			out = append(out, fmt.Sprintf("“%s” says the same about %d of the %d: change that one instead, or let one silence the other.", r.Title, counts[n], len(at)))
		}
	}
	return out
}
