package accounthealth

import (
	"strings"

	"purser/backend/core/fact"
)

// putAccount answers the account's own status and rating.
func (a *answer) putAccount() {
	status, rating := a.words(accountStatus), a.words(healthRating)
	a.sheet.put(factAccount, a.market, status)
	a.sheet.put(factRating, a.market, rating)
	risk := status
	risk.Text = ""
	if status.Known() {
		switch strings.ToUpper(status.Text) {
		case "NORMAL":
		case "AT_RISK", "DEACTIVATED", "SUSPENDED":
			risk.Flag = true
		default:
			risk = missing("account status " + status.Text + " is not one Purser knows")
		}
	}
	a.sheet.put(factAtRisk, a.market, risk)
}

func (a *answer) words(metric string) fact.Value {
	m, ok := a.now.metrics[metric]
	if !ok || m.status == "" {
		return missing("not in the report of " + a.now.day.String())
	}
	return a.now.text(m.status)
}

// putCounters answers the sums of what must be zero.
func (a *answer) putCounters() {
	a.putSum(violations, factViolations, factNewViolations)
	a.putSum(documents, factDocuments, factNewDocuments)
}

// tally is what a kind of counter adds up to: how many are open and how many came in a week.
type tally struct {
	open, risen   float64
	now           []metric // counters of the newest report
	matched       []metric // those of them that the earlier report has too
	then          []metric // as matched, in the earlier report
	absent, fresh []string // not in the newest report; not in the earlier one
}

// tally adds up a kind of counter.
func (a *answer) tally(of string) tally {
	var t tally
	for _, n := range a.counters(of) {
		m, ok := a.now.metrics[n]
		if !ok || !m.count.Valid {
			t.absent = append(t.absent, n)
			continue
		}
		t.now = append(t.now, m)
		t.open += float64(m.count.Int64)
		if a.before == nil {
			continue
		}
		then, ok := a.before.metrics[n]
		if !ok || !then.count.Valid {
			t.fresh = append(t.fresh, n)
			continue
		}
		t.matched, t.then = append(t.matched, m), append(t.then, then)
		t.risen += float64(max(0, m.count.Int64-then.count.Int64))
	}
	return t
}

// putSum answers a kind of counter. One the report leaves out is not taken for zero: the sum
// is then estimated and names it.
func (a *answer) putSum(of, factOpen, factNew string) {
	t := a.tally(of)
	if len(t.now) == 0 {
		v := missing("not in the report of " + a.now.day.String())
		a.sheet.put(factOpen, a.market, v)
		a.sheet.put(factNew, a.market, v)
		return
	}
	a.sheet.put(factOpen, a.market, without(a.now.num(t.open), t.absent, a.now.day.String()))
	if len(t.matched) == 0 {
		a.sheet.put(factNew, a.market, missing("no report at least 7 days older to compare with"))
		return
	}
	v := without(a.sinceBefore(t.risen), t.absent, a.now.day.String())
	a.sheet.put(factNew, a.market, without(v, t.fresh, a.before.day.String()))
}

// without marks a sum that lacks counters.
func without(v fact.Value, lacks []string, day string) fact.Value {
	if len(lacks) == 0 {
		return v
	}
	v.Note = joined(v.Note, "not in the report of "+day+": "+strings.Join(lacks, ", "))
	return estimated(v)
}

// counters lists the metrics of a kind: those Purser knows of, and among violations any other
// counter of the report that Amazon wants at a fixed number.
func (a *answer) counters(of string) []string {
	found := map[string]bool{}
	for n, st := range a.standards {
		if st.kind == of {
			found[n] = true
		}
	}
	for n, m := range a.now.metrics {
		if _, known := a.standards[n]; !known && of == violations && m.count.Valid && !m.rate.Valid && m.condition == equals {
			found[n] = true
		}
	}
	return sortedKeys(found)
}
