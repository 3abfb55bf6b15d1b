package listings

import (
	"fmt"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// sums adds up the verdicts on the SKUs of one marketplace.
type sums struct {
	yes          int // can't be sold
	selling, bad trust
	stake        core.Money
	priced       int // of those that can't be sold, what is at stake is known
	mixed        error
}

// add takes one SKU.
func (s *sums) add(v verdict) {
	s.selling.add(v.not)
	s.bad.add(v.stake)
	if !v.not.Known() || !v.not.Flag {
		return
	}
	s.yes++
	if !v.stake.Known() {
		return
	}
	s.priced++
	sum, err := s.stake.Add(v.stake.Money)
	if err != nil {
		s.mixed = err
		return
	}
	s.stake = sum
}

// count is how many SKUs can't be sold. SKUs of which that is not known are named, and where it
// is known of none so is nothing else.
func (s *sums) count() fact.Value {
	o, ok := s.selling.origin()
	if !ok {
		return s.selling.none()
	}
	return o.num(float64(s.yes))
}

// money is the sum of what is at stake. None of the trouble priced is not a sum of zero.
func (s *sums) money(zero core.Money) fact.Value {
	o, ok := s.bad.origin()
	switch {
	case s.mixed != nil:
		return missing("all_orders", s.mixed.Error())
	case !ok || (s.yes > 0 && s.priced == 0):
		return s.bad.none()
	case s.priced == 0:
		return o.money(zero)
	}
	return o.money(s.stake)
}

// trust is how far a sum of values can be trusted.
type trust struct {
	known, unknown int
	worst          origin
	lacks, doubts  map[string]int // notes of values that are not known, or not certain
	source         string         // of a value that is not known
}

func (t *trust) add(v fact.Value) {
	if t.lacks == nil {
		t.lacks, t.doubts = map[string]int{}, map[string]int{}
	}
	if !v.Known() {
		t.unknown++
		t.lacks[v.Note]++
		if t.source == "" || v.Source < t.source {
			t.source = v.Source
		}
		return
	}
	t.known++
	t.worst.asOf = max(t.worst.asOf, v.AsOf)
	if t.worst.maturity = fact.Worst(t.worst.maturity, v.Maturity); t.worst.maturity == "" {
		t.worst.maturity = v.Maturity
	}
	if t.worst.source == "" || v.Source < t.worst.source {
		t.worst.source = v.Source
	}
	if v.Maturity == fact.Estimated && v.Note != "" {
		t.doubts[v.Note]++
	}
}

// origin is what the sum rests on; false where nothing is known.
func (t *trust) origin() (origin, bool) {
	o := t.worst
	if len(t.doubts) > 0 {
		note, n := most(t.doubts)
		o = o.estimated(fmt.Sprintf("%s (%s)", note, countedSKUs(n)))
	}
	if t.unknown > 0 {
		note, _ := most(t.lacks)
		o = o.estimated(fmt.Sprintf("not known of %s: %s", countedSKUs(t.unknown), note))
	}
	return o, t.known > 0
}

// none says why nothing is known.
func (t *trust) none() fact.Value {
	if t.unknown == 0 {
		return missing(kindOffers, "no SKU is known")
	}
	note, _ := most(t.lacks)
	return missing(t.source, note)
}

func countedSKUs(n int) string {
	if n == 1 {
		return "1 SKU"
	}
	return fmt.Sprintf("%d SKUs", n)
}

// most is the most frequent note, the first in the alphabet of those alike.
func most(notes map[string]int) (string, int) {
	var (
		out string
		n   int
	)
	for note, count := range notes {
		if count > n || (count == n && note < out) {
			out, n = note, count
		}
	}
	return out, n
}
