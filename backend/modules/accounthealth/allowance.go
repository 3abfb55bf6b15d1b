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

// defects is the report's count of what went wrong under a condition. Amazon counts the
// successes of metrics that must stay above their target (valid tracking, on-time delivery):
// of the two readings the one that fits the rate is taken, and none without a rate.
func (m *metric) defects(condition string) (int64, bool) {
	if !m.count.Valid || !(limit{condition: condition}).isFloor() {
		return m.count.Int64, m.count.Valid
	}
	if !m.rate.Valid || m.orders.Int64 <= 0 {
		return 0, false
	}
	share := float64(m.count.Int64) / float64(m.orders.Int64)
	if math.Abs(share-m.rate.Float64) <= math.Abs(1-share-m.rate.Float64) {
		return m.orders.Int64 - m.count.Int64, true
	}
	return m.count.Int64, true
}

// misses is the number of orders that count against a rate, and whether it had to be worked
// out from the rate, which the report rounds.
func (l limit) misses(m *metric) (n int64, rounded, ok bool) {
	if n, ok := m.defects(l.condition); ok {
		return n, false, true
	}
	if !m.rate.Valid {
		return 0, false, false
	}
	bad := m.rate.Float64
	if l.isFloor() {
		bad = 1 - bad
	}
	return int64(math.Round(bad * float64(m.orders.Int64))), true, true
}

// percent writes a fraction for people: 0.025 is "2.5 %".
func percent(v float64) string {
	return strconv.FormatFloat(math.Round(v*ppm)/10_000, 'f', -1, 64) + " %"
}
