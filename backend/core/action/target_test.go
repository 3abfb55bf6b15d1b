package action_test

import (
	"math"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"purser/backend/core"
	"purser/backend/core/action"
)

func TestAim(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		target string
		from   int64
		in     core.Currency
		want   int64 // -1: an error
	}{
		{"0.85", 50, "USD", 85},
		{" 0.8 ", 50, "USD", 80},
		{"12 USD", 50, "USD", 1200},
		{"12 EUR", 50, "USD", -1},
		{"85", 50, "JPY", 85},
		{"85.5", 50, "JPY", -1},
		{"0.855", 50, "USD", -1},
		{"-0.85", 50, "USD", -1},
		{"+0.85", 50, "USD", -1},
		{"1,000", 50, "USD", -1},
		{".5", 50, "USD", -1},
		{"1.", 50, "USD", -1},
		{"", 50, "USD", -1},
		{"99999999999999999999", 50, "USD", -1},
		{"-10%", 50, "USD", 45},
		{"-10%", 55, "USD", 50}, // 49.5, towards what is there
		{"+10%", 55, "USD", 60}, // 60.5
		{"+12.5 %", 80, "USD", 90},
		{"-10%", 2, "USD", -1},
		{"+0%", 50, "USD", -1},
		{"10%", 50, "USD", -1},
		{"%", 50, "USD", -1},
		{"-%", 50, "USD", -1},
		{"--10%", 50, "USD", -1},
		{"-1/2%", 50, "USD", -1},
		{"-1e2%", 50, "USD", -1},
		{"-101%", 50, "USD", -1},
		{"-100%", 50, "USD", 0},
		{"+99999999999999999999%", 50, "USD", -1},
	} {
		got, err := action.Aim(c.target, core.Money{Minor: c.from, Currency: c.in})
		if c.want < 0 {
			if err == nil {
				t.Errorf("%q from %d: %v", c.target, c.from, got)
			}
			continue
		}
		if err != nil || got != (core.Money{Minor: c.want, Currency: c.in}) {
			t.Errorf("%q from %d: %v, %v", c.target, c.from, got, err)
		}
	}
}

// TestStepNeverGoesTooFar: a step of n percent stays within a limit of n percent.
func TestStepNeverGoesTooFar(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		from := rapid.Int64Range(1, 1e9).Draw(t, "from")
		n := rapid.IntRange(1, 100).Draw(t, "percent")
		sign := rapid.SampledFrom([]string{"+", "-"}).Draw(t, "sign")
		got, err := action.Aim(sign+strconv.Itoa(n)+"%", core.Money{Minor: from, Currency: "EUR"})
		if err != nil {
			if from*int64(n) >= 100 {
				t.Fatal(err)
			}
			return
		}
		if step := math.Abs(float64(got.Minor-from)) / float64(from) * 100; step > float64(n)+1e-9 {
			t.Fatalf("%s%d%% of %d is %d: %f %%", sign, n, from, got.Minor, step)
		}
	})
}

// TestAmountReadsWhatMoneyWrites.
func TestAmountReadsWhatMoneyWrites(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := core.Money{Minor: rapid.Int64Range(0, math.MaxInt64).Draw(t, "minor"), Currency: rapid.SampledFrom([]core.Currency{"EUR", "JPY", "KWD"}).Draw(t, "in")}
		if got, err := action.Amount(m.String(), m.Currency); err != nil || got != m {
			t.Fatalf("%s: %v, %v", m, got, err)
		}
	})
}
