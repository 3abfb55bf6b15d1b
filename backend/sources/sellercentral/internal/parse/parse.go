// Package parse turns the cells of a report into exact values.
//
// Input: one cell as UTF-8 bytes, and how its file writes numbers and dates.
// Output: minor units, whole numbers, fractions, calendar days and instants, without ever going through a float for money.
package parse

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// maxDigits bounds the digits of one number; more is not a number of a report.
const maxDigits = 30

// Blank says whether a cell means "no value": empty, dashes or "N/A".
func Blank(b []byte) bool {
	switch len(b) {
	case 0:
		return true
	case 1:
		return b[0] == '-'
	case 2:
		return b[0] == '-' && b[1] == '-'
	case 3:
		return bytes.EqualFold(b, []byte("n/a")) || string(b) == "—" || string(b) == "–"
	}
	return false
}

// Minor reads an amount as minor units of a currency with exp decimal digits. Digits
// beyond exp are rounded half away from zero. comma says that the comma is the decimal sign.
func Minor(b []byte, exp int, comma bool) (int64, bool) {
	if v, ok := plainMinor(b, exp); ok && !comma {
		return v, true
	}
	n, ok := scan(b, comma)
	if !ok {
		return 0, false
	}
	return n.scaled(exp)
}

// plainMinor is the fast path: an optional minus, digits, at most one point with at most exp digits.
func plainMinor(b []byte, exp int) (int64, bool) {
	i, neg := 0, false
	if len(b) > 0 && b[0] == '-' {
		i, neg = 1, true
	}
	if i == len(b) || len(b) > 18 {
		return 0, false
	}
	var v int64
	digits, frac := 0, -1
	for ; i < len(b); i++ {
		c := b[i]
		if c == '.' && frac < 0 && digits > 0 {
			frac = 0
			continue
		}
		if c < '0' || c > '9' {
			return 0, false
		}
		v = v*10 + int64(c-'0')
		digits++
		if frac >= 0 {
			frac++
		}
	}
	if frac == 0 || frac > exp || digits > 15 {
		return 0, false
	}
	for f := max(frac, 0); f < exp; f++ {
		v *= 10
	}
	if neg {
		v = -v
	}
	return v, true
}

// Int reads a whole number; grouping is allowed, a fraction other than zero is not.
func Int(b []byte, comma bool) (int32, bool) {
	v := int64(0)
	plain := len(b) > 0 && len(b) <= 9
	for i := 0; plain && i < len(b); i++ {
		plain = b[i] >= '0' && b[i] <= '9'
		v = v*10 + int64(b[i]-'0')
	}
	if plain {
		return int32(v), true
	}
	n, ok := scan(b, comma)
	if !ok || !n.whole() {
		return 0, false
	}
	v, ok = n.scaled(0)
	if !ok || v > 1<<31-1 || v < -1<<31 {
		return 0, false
	}
	return int32(v), true
}

// Real reads a number that is no money: days of supply, a percentage (its sign is dropped).
func Real(b []byte, comma bool) (float64, bool) {
	n, ok := scan(b, comma)
	if !ok {
		return 0, false
	}
	return n.float()
}

// number is a scanned decimal: digits with a point after the first "point" of them.
type number struct {
	digits [maxDigits]byte
	n      int
	point  int
	exp    int
	neg    bool
}

// scan reads a number as a person or a program writes it: currency signs around it,
// grouping by comma, point, space or apostrophe, a minus before or after, parentheses for negative.
func scan(b []byte, comma bool) (number, bool) {
	dec, group := byte('.'), byte(',')
	if comma {
		dec, group = ',', '.'
	}
	s := scanner{number: number{point: -1}, lastGroup: -1}
	for i := 0; i < len(b); {
		c := b[i]
		switch {
		case c >= '0' && c <= '9':
			if s.closed || s.n == maxDigits {
				return s.number, false
			}
			s.digits[s.n] = c - '0'
			s.n++
			i++
		case c == dec && s.point < 0 && !s.closed:
			if !s.closeGroup() {
				return s.number, false
			}
			s.point = s.n
			i++
		case c == group:
			if s.point >= 0 || s.n == 0 || s.closed || !s.openGroup() {
				return s.number, false
			}
			i++
		case (c == 'E' || c == 'e') && s.n > 0 && exponent(b[i+1:], &s.exp):
			i = len(b)
		default:
			size, ok := s.sign(b[i:])
			if !ok {
				return s.number, false
			}
			i += size
		}
	}
	if s.n == 0 || (s.point < 0 && !s.closeGroup()) {
		return s.number, false
	}
	if s.point < 0 {
		s.point = s.n
	}
	return s.number, true
}

// scanner adds the state of scan: where the last group began, and whether the digits are over.
type scanner struct {
	number
	lastGroup int
	closed    bool
}

// openGroup starts a new group of digits; earlier ones have two (India) or three digits.
func (s *scanner) openGroup() bool {
	if s.lastGroup < 0 {
		if s.n > 3 {
			return false
		}
	} else if d := s.n - s.lastGroup; d != 2 && d != 3 {
		return false
	}
	s.lastGroup = s.n
	return true
}

// closeGroup checks that the last group has three digits.
func (s *scanner) closeGroup() bool { return s.lastGroup < 0 || s.n-s.lastGroup == 3 }

// sign takes what may stand around digits and says how many bytes it was.
func (s *scanner) sign(b []byte) (int, bool) {
	r, size := utf8.DecodeRune(b)
	switch {
	case r == '-' || r == '−' || r == '(':
		if s.neg || (s.n > 0 && r == '(') {
			return 0, false
		}
		s.neg = true
		s.closed = s.n > 0
	case r == '+' && s.n == 0, r == ')' && s.neg, r == '%' && s.n > 0:
		s.closed = s.n > 0
	case r == ' ' || r == '\u00a0' || r == '\u202f' || r == '\u2009' || r == '\'' || r == '’':
	case unicode.Is(unicode.Sc, r):
		s.closed = s.n > 0
	case unicode.IsLetter(r):
		n := word(b)
		if !moneyWord(string(bytes.ToUpper(b[:n]))) {
			return 0, false
		}
		s.closed = s.n > 0
		return n, true
	default:
		return 0, false
	}
	return size, true
}

func word(b []byte) int {
	n := 0
	for n < len(b) {
		r, size := utf8.DecodeRune(b[n:])
		if !unicode.IsLetter(r) {
			break
		}
		n += size
	}
	return n
}

// moneyWord says whether letters beside an amount name a currency.
func moneyWord(w string) bool {
	switch w {
	case "MX", "C", "CA", "CDN", "A", "AU", "R", "S", "SG", "US", "KR", "ZŁ", "TL", "RS",
		"USD", "CAD", "MXN", "BRL", "GBP", "EUR", "PLN", "SEK", "TRY", "AED", "SAR", "EGP", "INR", "ZAR", "JPY", "AUD", "SGD":
		return true
	}
	return false
}

func exponent(b []byte, exp *int) bool {
	neg := false
	if len(b) > 0 && (b[0] == '-' || b[0] == '+') {
		neg, b = b[0] == '-', b[1:]
	}
	if len(b) == 0 || len(b) > 2 {
		return false
	}
	v := 0
	for _, c := range b {
		if c < '0' || c > '9' {
			return false
		}
		v = v*10 + int(c-'0')
	}
	if neg {
		v = -v
	}
	*exp = v
	return true
}

// whole says whether the number has no fraction other than zero.
func (n number) whole() bool {
	for i := max(n.point+n.exp, 0); i < n.n; i++ {
		if n.digits[i] != 0 {
			return false
		}
	}
	return true
}

// scaled is the number times ten to the exp, rounded half away from zero.
func (n number) scaled(exp int) (int64, bool) {
	upTo := n.point + n.exp + exp
	var v int64
	for i := 0; i < upTo; i++ {
		d := byte(0)
		if i < n.n {
			d = n.digits[i]
		}
		if v > (1<<62)/10 {
			return 0, false
		}
		v = v*10 + int64(d)
	}
	if upTo >= 0 && upTo < n.n && n.digits[upTo] >= 5 {
		v++
	}
	if n.neg {
		v = -v
	}
	return v, true
}

func (n number) float() (float64, bool) {
	v := 0.0
	for i := 0; i < n.n; i++ {
		v = v*10 + float64(n.digits[i])
	}
	shift := n.point + n.exp - n.n
	scale := 1.0
	for i := 0; i < max(shift, -shift); i++ {
		scale *= 10
	}
	if shift < 0 {
		v /= scale
	} else {
		v *= scale
	}
	if n.neg {
		v = -v
	}
	return v, true
}
