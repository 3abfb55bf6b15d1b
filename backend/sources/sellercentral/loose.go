package sellercentral

import (
	"bytes"
	"encoding/json"

	"purser/backend/core"
	"purser/backend/sources/sellercentral/internal/parse"
)

// loose is a plain value of an API's answer as it is written there: text, number or boolean. Amazon writes numbers as
// text and the other way round, and leaves out what its models ask for, so that nothing is taken for granted.
type loose struct {
	text  string
	given bool // the key is there, be it null
	odd   bool // an object or a list stands where a plain value should
}

// UnmarshalJSON implements json.Unmarshaler. It takes every value.
func (l *loose) UnmarshalJSON(b []byte) error {
	*l = loose{given: true}
	switch {
	case len(b) == 0 || b[0] == 'n':
	case b[0] == '"':
		return json.Unmarshal(b, &l.text)
	case b[0] == '{' || b[0] == '[':
		l.odd = true
	default:
		l.text = string(bytes.Clone(b))
	}
	return nil
}

// plain is the text of a value that is no number.
func (x *documentCells) plain(name string, l loose) string {
	if l.odd {
		x.fail(name, "it is not a plain value")
	}
	return x.fresh([]byte(l.text))
}

// must is plain of a value that has to be there.
func (x *documentCells) must(name string, l loose) string {
	if l.text == "" && !l.odd {
		x.fail(name, "it is missing")
	}
	return x.plain(name, l)
}

// quantity reads a whole number that has to be there: what is not said is not zero.
func (x *documentCells) quantity(name string, l loose) int32 {
	if l.text == "" {
		x.must(name, l)
		return 0
	}
	return x.tally(name, l)
}

// tally reads a whole number; null is 0.
func (x *documentCells) tally(name string, l loose) int32 {
	if l.text == "" || l.odd {
		x.plain(name, l)
		return 0
	}
	v, ok := parse.Int([]byte(l.text), false)
	if !ok || !numeric(l.text) {
		x.fail(name, quotedValue(l.text)+" is not a whole number")
	}
	return v
}

// cost reads an amount in major units of a currency, exactly: digits beyond those of the currency are rounded half
// away from zero, and no float is ever made of it. Null is 0.
func (x *documentCells) cost(name string, l loose, c core.Currency) int64 {
	if l.text == "" || l.odd {
		x.plain(name, l)
		return 0
	}
	v, ok := parse.Minor([]byte(l.text), c.Exponent(), false)
	if !ok || !numeric(l.text) {
		x.fail(name, quotedValue(l.text)+" is not an amount")
		return 0
	}
	return v
}

// numeric says whether text is written as JSON writes numbers: no grouping, no currency signs.
func numeric(s string) bool {
	return json.Valid([]byte(s)) && (s[0] == '-' || s[0] >= '0' && s[0] <= '9')
}

func quotedValue(s string) string { return `"` + clip(s, 60) + `"` }

// looseMoney is an amount as the Selling Partner API writes it; each API has its own names.
type looseMoney struct {
	Amount   loose `json:"amount"`
	Currency loose `json:"currencyCode"`
	Finance  loose `json:"currencyAmount"`
}

// pay reads an amount of the row. All amounts of a row are in one currency: the first names it.
func (x *documentCells) pay(name string, m looseMoney) int64 {
	amount := m.Amount
	if !amount.given {
		amount = m.Finance
	}
	if code := m.Currency; code.text != "" || code.odd {
		x.name = name
		was, bound := x.cur, x.bound
		x.denominate([]byte(x.plain(name, code)))
		if bound && x.cur != was {
			x.fail(name, "it is in "+string(x.cur)+", the rest of the row in "+string(was))
		}
		x.bound = true
	}
	return x.cost(name, amount, x.cur)
}

// when reads an instant that has to be there.
func (x *documentCells) when(name string, l loose) int64 {
	t := jsonInstant(x.must(name, l))
	if t.IsZero() && l.text != "" {
		x.fail(name, quotedValue(l.text)+" is not a time")
	}
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}
