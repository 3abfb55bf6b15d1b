package simulator

import (
	"cmp"
	"fmt"
	"slices"

	"purser/backend/core"
)

// refund is one unit sent back and paid back.
type refund struct {
	day         core.Day
	at          int64
	line        *line
	reason      string
	disposition string
	comment     string
	centre      string
	plate       string
}

// baseline is the share of units sent back: 2.4 to 4.2 % by product.
func (o *offer) baseline() float64 {
	if o.plan.role == sentBack {
		return 0.03
	}
	return 0.024 + 0.018*unit(mix(o.seed, "returns"))
}

// reasons and their weights for an ordinary return, as the FBA returns report names them.
func reasons() ([]string, []float64) {
	return []string{"UNWANTED_ITEM", "ORDERED_WRONG_ITEM", "NOT_AS_DESCRIBED", "QUALITY_UNACCEPTABLE", "DEFECTIVE", "DAMAGED_BY_CARRIER", "NO_REASON_GIVEN"},
		[]float64{34, 14, 13, 11, 11, 7, 10}
}

// takeReturns lets units come back eight to 24 days after they were ordered. The
// planted offer's rate rises to 4.4 times its own in the last 28 days, mostly defective.
func (s *Seller) takeReturns() {
	meters := map[*offer]*meter{}
	for _, m := range s.stores {
		var all []refund
		for d := s.first; d < s.end; d++ {
			for _, l := range s.linesOn(m, d) {
				if l.cancelled || l.offer.fbm {
					continue
				}
				o := l.offer
				if meters[o] == nil {
					start := meter(unit(mix(o.seed, "first return")))
					meters[o] = &start
				}
				r := dice(mix(o.seed, "return", uint64(l.placed)), d)
				back := d + 8 + core.Day(r.IntN(17))
				rate, jump := o.baseline(), o.plan.role == sentBack && back >= s.asOf-returnsDays
				if jump {
					rate *= 4.4
				}
				if meters[o].add(rate*float64(l.quantity)) == 0 || back >= s.end {
					continue
				}
				f := refund{day: back, at: back.Start(m.loc).Unix() + 36000 + int64(r.IntN(30000)), line: l, centre: m.centres[r.IntN(len(m.centres))]}
				f.plate = fmt.Sprintf("LPN%s%09d", m.centres[0][:2], r.IntN(1e9))
				names, weights := reasons()
				f.reason = names[weighted(r, weights)]
				if jump && r.Float64() < 0.8 {
					f.reason, f.comment = "DEFECTIVE", faults()[r.IntN(len(faults()))]
				}
				f.disposition = disposition(f.reason)
				all = append(all, f)
			}
		}
		slices.SortStableFunc(all, func(a, b refund) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.plate, b.plate)) })
		s.returns[m.index] = all
	}
}

// faults are what buyers of the planted offer say.
func faults() []string {
	return []string{"stopped working after a week", "does not turn on", "motor too weak, stopped", "battery contact \"loose\"", ""}
}

func disposition(reason string) string {
	switch reason {
	case "DEFECTIVE", "QUALITY_UNACCEPTABLE":
		return "DEFECTIVE"
	case "DAMAGED_BY_CARRIER":
		return "CARRIER_DAMAGED"
	case "NOT_AS_DESCRIBED":
		return "CUSTOMER_DAMAGED"
	}
	return "SELLABLE"
}
