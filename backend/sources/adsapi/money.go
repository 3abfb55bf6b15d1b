package adsapi

import (
	"encoding/json"
	"fmt"
	"math/big"
	"strings"

	"purser/backend/core"
)

// money reads an amount as Amazon writes it, in major units, exactly; digits beyond the currency's own are rounded,
// half away from zero. "" is no amount: a zero Money.
func money(n json.Number, c core.Currency) (core.Money, error) {
	if n == "" {
		return core.Money{}, nil
	}
	const longest = 40
	if len(n) > longest || strings.ContainsAny(n.String(), "eE/_xX") { // "1e999999999" would take all memory
		return core.Money{}, fmt.Errorf("%q is no amount", n)
	}
	r, ok := new(big.Rat).SetString(n.String())
	if !ok || r.Sign() < 0 {
		return core.Money{}, fmt.Errorf("%q is no amount", n)
	}
	ten := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(c.Exponent())), nil)
	r.Mul(r, new(big.Rat).SetInt(ten))
	r.Add(r, big.NewRat(1, 2))
	q := new(big.Int).Quo(r.Num(), r.Denom())
	if !q.IsInt64() {
		return core.Money{}, fmt.Errorf("%q is too large", n)
	}
	return core.Money{Minor: q.Int64(), Currency: c}, nil
}
