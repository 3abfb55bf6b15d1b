package accounthealth

import (
	"math"
	"strconv"
)

// Conditions of a target. Amazon's reports know the first three; its policy pages also say
// "at least" and "at most".
const (
	lessThan    = "LESS_THAN"
	greaterThan = "GREATER_THAN"
	equals      = "EQUALS"
	atLeast     = "AT_LEAST"
	atMost      = "AT_MOST"
)

// limit is what a metric is held to.
type limit struct {
	target    float64
	condition string
}

// isCeiling says whether the rate must stay below the target (defects), as opposed to above it (successes).
func (l limit) isCeiling() bool { return l.condition == lessThan || l.condition == atMost }

func (l limit) isFloor() bool { return l.condition == greaterThan || l.condition == atLeast }

// strict says that meeting the target exactly is a breach.
func (l limit) strict() bool { return l.condition == lessThan || l.condition == greaterThan }

// badShare is the share of orders that may go wrong at most.
func (l limit) badShare() float64 {
	if l.isFloor() {
		return 1 - l.target
	}
	return l.target
}

// used is how much of the allowance a rate has used: 1 is at the target. Not known for
// counters and where the target allows nothing at all.
func (l limit) used(rate float64) (float64, bool) {
	bad := rate
	if l.isFloor() {
		bad = 1 - rate
	}
	if (!l.isCeiling() && !l.isFloor()) || l.badShare() <= 0 {
		return 0, false
	}
	return math.Round(bad/l.badShare()*1e9) / 1e9, true // without the dust of binary fractions
}

// ppm is the resolution in which targets are counted exactly: a millionth.
const ppm = 1_000_000

// allowed is the largest number of defects among so many orders that does not breach the
// target: the largest whole number below target × orders where the target itself is a breach,
// else the largest not above it. Counted in whole millionths: 7 % of 100 is 7, not 7.000000000000001.
func (l limit) allowed(orders int64) int64 {
	share := int64(math.Round(l.badShare() * ppm))
	if l.strict() {
		return (share*orders - 1) / ppm
	}
	return share * orders / ppm
}

// misses is the number of orders that count against a rate, and whether it had to be worked
// out from the rate, which the report rounds. Some reports count the successes of a floor
// metric: the reading that fits the rate better is taken.
func (l limit) misses(m *metric) (n int64, rounded, ok bool) {
	orders := m.orders.Int64
	switch {
	case l.isCeiling() && m.count.Valid:
		return m.count.Int64, false, true
	case l.isCeiling() && m.rate.Valid:
		return int64(math.Round(m.rate.Float64 * float64(orders))), true, true
	case l.isFloor() && m.count.Valid && m.rate.Valid:
		good := float64(m.count.Int64) / float64(orders)
		if math.Abs(good-m.rate.Float64) <= math.Abs(1-good-m.rate.Float64) {
			return orders - m.count.Int64, false, true
		}
		return m.count.Int64, false, true
	case l.isFloor() && m.rate.Valid:
		return int64(math.Round((1 - m.rate.Float64) * float64(orders))), true, true
	}
	return 0, false, false
}

// percent writes a fraction for people: 0.025 is "2.5 %".
func percent(v float64) string {
	return strconv.FormatFloat(math.Round(v*ppm)/10_000, 'f', -1, 64) + " %"
}
