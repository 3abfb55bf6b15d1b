package audits_test

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"purser/backend/services/audits"
)

// TestSampleSize holds the plans against the published table: lots, and the samples that find 5 and 2 in 100.
func TestSampleSize(t *testing.T) {
	for _, c := range []struct{ lot, five, two int }{
		{50, 39, 48}, {100, 45, 78}, {150, 46, 95}, {280, 53, 110}, {500, 56, 129}, {1200, 57, 140}, {100_000_000, 59, 149},
	} {
		if got := audits.SampleSize(c.lot, 0.05, 0.95); got != c.five {
			t.Errorf("of %d, 5 in 100: %d, want %d", c.lot, got, c.five)
		}
		if got := audits.SampleSize(c.lot, 0.02, 0.95); got != c.two {
			t.Errorf("of %d, 2 in 100: %d, want %d", c.lot, got, c.two)
		}
	}
	for _, c := range []struct{ lot, want int }{{-3, 0}, {0, 0}, {1, 1}, {10, 10}, {20, 19}} {
		if got := audits.SampleSize(c.lot, 0.05, 0.95); got != c.want {
			t.Errorf("of %d: %d, want %d", c.lot, got, c.want)
		}
	}
}

// missed is the exact chance that a sample holds none of the bad ones.
func missed(lot, bad, n int) *big.Rat {
	if n > lot-bad {
		return new(big.Rat)
	}
	good, all := new(big.Int).Binomial(int64(lot-bad), int64(n)), new(big.Int).Binomial(int64(lot), int64(n))
	return new(big.Rat).SetFrac(good, all)
}

// TestSampleSizeIsSmallest holds every plan against binomial coefficients: it finds, and one fewer would not.
func TestSampleSizeIsSmallest(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		lot := rapid.IntRange(1, 700).Draw(rt, "lot")
		share := rapid.SampledFrom([]float64{0.02, 0.05, 0.1}).Draw(rt, "share")
		n := audits.SampleSize(lot, share, 0.95)
		bad := max(1, int(math.RoundToEven(share*float64(lot))))
		limit := big.NewRat(5, 100)
		if missed(lot, bad, n).Cmp(limit) > 0 {
			rt.Fatalf("%d of %d are too few", n, lot)
		}
		if n > 0 && missed(lot, bad, n-1).Cmp(limit) <= 0 {
			rt.Fatalf("%d of %d would do", n-1, lot)
		}
	})
}

// tail is the chance of at most k wrong of n where a share p is.
func tail(k, n int, p float64) float64 {
	sum := 0.0
	for i := range k + 1 {
		c, _ := new(big.Float).SetInt(new(big.Int).Binomial(int64(n), int64(i))).Float64()
		sum += c * math.Pow(p, float64(i)) * math.Pow(1-p, float64(n-i))
	}
	return sum
}

// TestUpperShare holds the bound against what defines it: with it, so few wrong ones come up 5 times in 100.
func TestUpperShare(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(1, 300).Draw(rt, "looked")
		k := rapid.IntRange(0, n-1).Draw(rt, "wrong")
		p := audits.UpperShare(k, n, 0.95)
		if got := tail(k, n, p); math.Abs(got-0.05) > 1e-6 {
			rt.Fatalf("%d of %d: %g gives %g", k, n, p, got)
		}
	})
	if got := audits.UpperShare(0, 59, 0.95); got >= 0.05 || got < 0.049 {
		t.Errorf("59 looked at, none wrong: %g", got)
	}
	if got := audits.UpperShare(0, 299, 0.95); got > 0.01 || got < 0.0099 {
		t.Errorf("299 looked at, none wrong: %g", got)
	}
	for _, c := range [][2]int{{0, 0}, {3, 3}, {1, -1}} {
		if got := audits.UpperShare(c[0], c[1], 0.95); got != 1 {
			t.Errorf("%v: %g, want 1", c, got)
		}
	}
}
