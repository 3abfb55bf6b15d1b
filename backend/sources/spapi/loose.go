package spapi

import (
	"encoding/json"
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"time"

	"purser/backend/core"
)

// text is a string of an answer. Amazon writes numbers and booleans where its models say string, and the other way
// round; null and nothing are "".
type text string

// UnmarshalJSON implements json.Unmarshaler.
func (t *text) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		var s string
		if err := json.Unmarshal(b, &s); err != nil {
			return fmt.Errorf("read a text: %w", err)
		}
		*t = text(s)
		return nil
	}
	switch {
	case string(b) == "null":
		*t = ""
	case len(b) > 0 && (b[0] == '{' || b[0] == '['):
		return fmt.Errorf("a text was expected, not %.20s", b)
	default:
		*t = text(b)
	}
	return nil
}

// yes says whether a boolean is true; anything but true is not.
func (t text) yes() bool { return strings.EqualFold(string(t), "true") }

// time reads an instant; zero where there is none.
func (t text) time() time.Time {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05"} {
		if at, err := time.Parse(layout, string(t)); err == nil {
			return at.UTC()
		}
	}
	return time.Time{}
}

// count reads a whole number; 0 where it is none.
func count(t text) int {
	n, err := strconv.Atoi(string(t))
	if err != nil {
		return 0
	}
	return n
}

// entries is a list of an answer of which only the length is read, and a mark of what is in it. A list that is null is
// there and has none.
type entries struct {
	given bool
	n     int
	mark  string
}

// UnmarshalJSON implements json.Unmarshaler.
func (e *entries) UnmarshalJSON(b []byte) error {
	var all []json.RawMessage
	if err := json.Unmarshal(b, &all); err != nil {
		return fmt.Errorf("read a list: %w", err)
	}
	e.given, e.n, e.mark = true, len(all), markOf(string(b))
	return nil
}

// MarshalJSON implements json.Marshaler: so many empty entries.
func (e entries) MarshalJSON() ([]byte, error) { return json.Marshal(make([]struct{}, e.n)) }

// Amount is an amount of an answer as it stands there.
type Amount struct {
	Currency text `json:"currencyCode"`
	Amount   text `json:"amount"`
}

// Money gives the amount in minor units; an empty one has no currency. An amount finer than its currency is an error:
// nothing is rounded.
func (a Amount) Money() (core.Money, error) { return money(a.Amount, a.Currency) }

func money(amount, currency text) (core.Money, error) {
	if amount == "" || currency == "" {
		return core.Money{}, nil
	}
	c := core.Currency(currency)
	minor, err := minor(string(amount), c.Exponent())
	if err != nil {
		return core.Money{}, err
	}
	return core.Money{Minor: minor, Currency: c}, nil
}

// minor reads a decimal number as whole minor units.
func minor(s string, exponent int) (int64, error) {
	wrong := fmt.Errorf("%.40q is no amount", s)
	if mantissa, e, found := strings.Cut(strings.ToLower(s), "e"); found {
		if n, err := strconv.Atoi(e); err != nil || n > 18 || n < -18 || mantissa == "" {
			return 0, wrong
		}
	}
	if len(s) > 40 || strings.ContainsAny(s, "/_xXpP") {
		return 0, wrong
	}
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return 0, wrong
	}
	r.Mul(r, new(big.Rat).SetInt64([]int64{1, 10, 100, 1000}[exponent]))
	if !r.IsInt() || !r.Num().IsInt64() {
		return 0, wrong
	}
	return r.Num().Int64(), nil
}
