package reviews

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// confidence is the one-sided confidence of lower bounds: what a share is at least.
const confidence = 0.95

// WilsonLow is the lower end of the Wilson score interval of k hits in n cases: with 95 %
// confidence (one-sided; the lower end of the two-sided 90 % interval) the true share is
// at least this. It is 0 for n ≤ 0 and for k ≤ 0; k above n counts as n. Source: E. B. Wilson, 1927.
func WilsonLow(k, n float64) float64 {
	if n <= 0 || k <= 0 {
		return 0
	}
	z := distuv.UnitNormal.Quantile(confidence)
	p := min(k, n) / n
	centre := p + z*z/(2*n)
	spread := z * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return (centre - spread) / (1 + z*z/n)
}
