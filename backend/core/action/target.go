package action

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"purser/backend/core"
)

// Amount reads an amount in major units of a currency, exactly: "0.85", "12", "12.50 EUR". It has no sign, no grouping
// and no more digits than the currency knows.
func Amount(text string, c core.Currency) (core.Money, error) {
	figure, code, coded := strings.Cut(strings.TrimSpace(text), " ")
	if coded && core.Currency(strings.TrimSpace(code)) != c {
		return core.Money{}, core.Invalid("actions", fmt.Sprintf("%q is not in %s, the currency of what it is for.", text, c), "Write it in "+string(c)+".")
	}
	whole, part, dotted := strings.Cut(figure, ".")
	if !digits(whole) || dotted && (!digits(part) || len(part) > c.Exponent()) {
		return core.Money{}, core.Invalid("actions", fmt.Sprintf("%q is no amount of %s.", text, c), fmt.Sprintf("Write it with a point and at most %d digits behind it.", c.Exponent()))
	}
	minor, err := strconv.ParseInt(whole+part+strings.Repeat("0", c.Exponent()-len(part)), 10, 64)
	if err != nil {
		return core.Money{}, core.Invalid("actions", fmt.Sprintf("%q is too large.", text), "")
	}
	return core.Money{Minor: minor, Currency: c}, nil
}

// head gives the first byte of a text and the rest.
func head(s string) (first, rest string) { return s[:min(1, len(s))], s[min(1, len(s)):] }

func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// Aim is the amount that a target asks for: an amount as Amount reads it, or a step from what is there now, with its
// sign: "-10%", "+12.5%". A step is rounded towards what is there, so that it never goes further than was said; one
// that comes to nothing is an error.
func Aim(target string, from core.Money) (core.Money, error) {
	text := strings.TrimSpace(target)
	if text == "" {
		return core.Money{}, core.Invalid("actions", "It is not said what the value is to become.", `Write an amount such as "0.85", or a step such as "-10%".`)
	}
	number, percent := strings.CutSuffix(text, "%")
	if !percent {
		return Amount(text, from.Currency)
	}
	sign, number := head(strings.TrimSpace(number))
	whole, part, dotted := strings.Cut(number, ".")
	if (sign != "+" && sign != "-") || !digits(whole) || dotted && !digits(part) {
		return core.Money{}, core.Invalid("actions", fmt.Sprintf("%q is no step.", target), `Write it with its sign, such as "-10%" or "+12.5%".`)
	}
	step, ok := new(big.Rat).SetString(number)
	if !ok || sign == "-" && step.Cmp(big.NewRat(100, 1)) > 0 {
		return core.Money{}, core.Invalid("actions", fmt.Sprintf("%q leads to no amount.", target), "")
	}
	step.Mul(step, big.NewRat(from.Minor, 100))
	by := new(big.Int).Quo(step.Num(), step.Denom()) // towards zero
	if !by.IsInt64() || by.Int64() == 0 {
		return core.Money{}, core.Invalid("actions", fmt.Sprintf("A step of %s from %s comes to nothing.", text, from), "Write the amount itself.")
	}
	if sign == "-" {
		by.Neg(by)
	}
	by.Add(by, big.NewInt(from.Minor))
	if !by.IsInt64() || by.Sign() < 0 {
		return core.Money{}, core.Invalid("actions", fmt.Sprintf("A step of %s from %s leads to no amount.", text, from), "")
	}
	return core.Money{Minor: by.Int64(), Currency: from.Currency}, nil
}
