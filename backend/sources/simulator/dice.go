package simulator

import (
	"hash/fnv"
	"math"
	"math/rand/v2"

	"purser/backend/core"
)

// mix derives a seed from the demo's seed, what it is for, and what it is about,
// so that a random figure depends on nothing but its own subject.
func mix(seed uint64, purpose string, about ...uint64) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(purpose)) // a hash never fails
	x := seed ^ h.Sum64()
	for _, a := range about {
		x = splitmix(x ^ splitmix(a))
	}
	return splitmix(x)
}

// splitmix is Steele, Lea and Flood's finaliser: it spreads close seeds apart.
func splitmix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// dice gives the random numbers of one subject on one day.
func dice(seed uint64, d core.Day) *rand.Rand {
	return rand.New(rand.NewPCG(seed, uint64(d))) //nolint:gosec // a repeatable demo, not a secret
}

// unit turns a hash into a number in [0,1).
func unit(h uint64) float64 { return float64(h>>11) / (1 << 53) }

// wobble is a log-normal factor with mean 1 and spread sigma, cut at 2.5 sigma.
func wobble(r *rand.Rand, sigma float64) float64 {
	z := max(-2.5, min(2.5, r.NormFloat64()))
	return math.Exp(sigma*z - sigma*sigma/2)
}

// weighted draws an index with the given weights.
func weighted(r *rand.Rand, weights []float64) int {
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	x := r.Float64() * sum
	for i, w := range weights {
		if x -= w; x < 0 {
			return i
		}
	}
	return len(weights) - 1
}

// meter turns a stream of fractions into whole numbers that never stray by more than one from the
// running total. Counts come out steadier than pure chance, so that over a few weeks ordinary
// SKUs look ordinary and only what is planted stands out.
type meter float64

// add puts v in and takes out what has become whole.
func (m *meter) add(v float64) int32 {
	*m += meter(v)
	n := math.Floor(float64(*m))
	*m -= meter(n)
	return int32(n)
}
