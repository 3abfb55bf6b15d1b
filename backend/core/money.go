package core

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Currency is an ISO 4217 code.
type Currency string

// Exponent is the number of minor-unit digits of the currency (ISO 4217): 2 for most, 0 for JPY.
func (c Currency) Exponent() int {
	switch c {
	case "JPY", "KRW", "VND", "CLP", "ISK":
		return 0
	case "BHD", "KWD", "OMR", "JOD", "TND":
		return 3
	}
	return 2
}

// Money is an exact amount: whole minor units (cents, pence, yen) of one currency.
type Money struct {
	Minor    int64    `json:"minor"`
	Currency Currency `json:"currency"`
}

// ErrCurrencyMix says that amounts of two currencies were to be added.
var ErrCurrencyMix = errors.New("amounts of different currencies cannot be added")

// Add returns m + o; an empty currency on either side takes the other's.
func (m Money) Add(o Money) (Money, error) {
	switch {
	case m.Currency == "":
		return Money{m.Minor + o.Minor, o.Currency}, nil
	case o.Currency == "" || o.Currency == m.Currency:
		return Money{m.Minor + o.Minor, m.Currency}, nil
	}
	return Money{}, fmt.Errorf("%s and %s: %w", m.Currency, o.Currency, ErrCurrencyMix)
}

// Major is the amount in major units, for rules and charts only: never add the results up as money.
func (m Money) Major() float64 {
	return float64(m.Minor) / math.Pow10(m.Currency.Exponent())
}

// FromMajor rounds a major-unit figure (an estimate, never a booked amount) to minor units, half away from zero.
func FromMajor(v float64, c Currency) Money {
	return Money{int64(math.Round(v * math.Pow10(c.Exponent()))), c}
}

// String writes the amount with its code, a decimal point and no grouping: "-12.50 EUR".
func (m Money) String() string {
	return strings.TrimSpace(m.Decimal() + " " + string(m.Currency))
}

// Decimal writes the amount with a decimal point and no grouping: "-12.50".
func (m Money) Decimal() string {
	exp := m.Currency.Exponent()
	sign, minor := "", m.Minor
	if minor < 0 {
		sign, minor = "-", -minor
	}
	if exp == 0 {
		return sign + strconv.FormatInt(minor, 10)
	}
	s := strconv.FormatInt(minor, 10)
	for len(s) <= exp {
		s = "0" + s
	}
	return sign + s[:len(s)-exp] + "." + s[len(s)-exp:]
}
