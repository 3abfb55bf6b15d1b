package daypack

import "purser/backend/core"

// Merge replaces what was known of a day by what is known now. Both lists are sorted by
// Key. Entries whose figures did not change keep the day they were first known; the others
// are known since observed. was lists what had been known on an earlier day and is
// replaced. An entry that is no longer there stays as zeros, so that its past is kept.
func Merge(old, now []Entry, observed core.Day) (merged, was []Entry) {
	merged = make([]Entry, 0, max(len(old), len(now)))
	replace := func(o, n Entry) {
		n.Observed = max(o.Observed, observed)
		if o.Same(n) {
			n.Observed = o.Observed
		} else if o.Observed < n.Observed {
			was = append(was, o)
		}
		merged = append(merged, n)
	}
	i, j := 0, 0
	for i < len(old) || j < len(now) {
		switch {
		case i == len(old) || (j < len(now) && now[j].Key(old[i]) < 0):
			n := now[j]
			n.Observed = observed
			merged = append(merged, n)
			j++
		case j == len(now) || old[i].Key(now[j]) < 0:
			replace(old[i], Entry{SKU: old[i].SKU, Currency: old[i].Currency})
			i++
		default:
			replace(old[i], now[j])
			i, j = i+1, j+1
		}
	}
	return merged, was
}
