package spapi_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"purser/backend/core"
	"purser/backend/sources/spapi"
)

func TestAmounts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in       string
		exponent int
		want     int64
		bad      bool
	}{
		{"12.34", 2, 1234, false},
		{"-0.1", 2, -10, false},
		{"12", 2, 1200, false},
		{"1500", 0, 1500, false},
		{"1500.00", 0, 1500, false},
		{"1.5E+2", 2, 15000, false},
		{"1e2", 0, 100, false},
		{"0.001", 3, 1, false},
		{"92233720368547758.07", 2, 9223372036854775807, false},
		{"12.345", 2, 0, true},
		{"1500.5", 0, 0, true},
		{"92233720368547758.08", 2, 0, true},
		{"1e999999999", 2, 0, true},
		{"", 2, 0, true},
		{"1/3", 2, 0, true},
		{"0x10", 2, 0, true},
		{"1_000", 2, 0, true},
		{"NaN", 2, 0, true},
		{"Inf", 2, 0, true},
		{"twelve", 2, 0, true},
		{"e5", 2, 0, true},
	} {
		got, err := spapi.Minor(c.in, c.exponent)
		if (err != nil) != c.bad || got != c.want {
			t.Errorf("%q with %d digits: %d, %v", c.in, c.exponent, got, err)
		}
	}
}

// What is written as an amount is read as the same, however the answer writes it.
func TestAmountsRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := core.Money{Minor: rapid.Int64Range(-1e15, 1e15).Draw(t, "minor"), Currency: rapid.SampledFrom([]core.Currency{"USD", "JPY", "KWD", "EUR"}).Draw(t, "currency")}
		for _, text := range []string{
			fmt.Sprintf(`{"currencyCode":%q,"amount":%q}`, m.Currency, m.Decimal()), fmt.Sprintf(`{"currencyCode":%q,"amount":%s}`, m.Currency, m.Decimal()),
		} {
			var a spapi.Amount
			if err := json.Unmarshal([]byte(text), &a); err != nil {
				t.Fatal(err)
			}
			if got, err := a.Money(); err != nil || got != m {
				t.Fatalf("%s: %v, %v", text, got, err)
			}
		}
	})
	if got, err := (spapi.BigAmount{}).Money(); err != nil || got != (core.Money{}) {
		t.Errorf("nothing is %v, %v", got, err)
	}
}
