package dashboards

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// figure is one value in the making: exact where it is a sum.
type figure struct {
	n        int64   // Count: whole units; Money: minor units
	f        float64 // every other number
	flag     bool
	text     string
	currency core.Currency
	of       core.Currency // of a rate: the currency of the amounts it is made of, where totals speak of several
	known    bool
	approx   bool
	maturity fact.Maturity
	asOf     core.Day
	days     int    // of the range that are known, of the part of which fewest are; 0: not of a range
	source   string // kind of document
	note     string
}

func unknown(note string) figure { return figure{maturity: fact.Missing, note: note} }

// or says why what is not known is not, where nothing else does.
func (x figure) or(why string) figure {
	if !x.known && x.note == "" {
		x.note = why
	}
	return x
}

// ofFact turns a fact's value into a figure.
func ofFact(t fact.Type, v fact.Value) figure {
	x := figure{known: v.Known(), maturity: v.Maturity, asOf: v.AsOf, source: v.Source, note: v.Note}
	if !x.known {
		x.maturity = fact.Missing
		return x
	}
	switch t {
	case fact.Money:
		x.n, x.currency = v.Money.Minor, v.Money.Currency
	case fact.Count:
		x.n = int64(math.Round(v.Num))
	case fact.Flag:
		x.flag = v.Flag
	case fact.Text:
		x.text = v.Text
	default:
		x.f = v.Num
	}
	return x
}

// number is the value to sort and compare by: money in major units, flags as 0 and 1.
func (x figure) number(t fact.Type) float64 {
	switch t {
	case fact.Money:
		return x.money().Major()
	case fact.Count:
		return float64(x.n)
	case fact.Flag:
		if x.flag {
			return 1
		}
		return 0
	default:
		return x.f
	}
}

func (x figure) money() core.Money { return core.Money{Minor: x.n, Currency: x.currency} }

// blame keeps the worse of two maturities and both notes.
func (x figure) blame(o figure) figure {
	x.maturity = fact.Worst(x.maturity, o.maturity)
	x.approx = x.approx || o.approx
	x.note = joinNotes(x.note, o.note)
	if x.asOf == 0 || (o.asOf != 0 && o.asOf < x.asOf) {
		x.asOf = o.asOf
	}
	if x.days == 0 || (o.days != 0 && o.days < x.days) {
		x.days = o.days
	}
	if x.source == "" {
		x.source = o.source
	}
	return x
}

func joinNotes(a, b string) string {
	switch {
	case a == "" || strings.Contains(b, a):
		return b
	case b == "" || strings.Contains(a, b):
		return a
	}
	return a + "; " + b
}

// in converts an amount; a rate that is not there makes it unknown.
func (x figure) in(c converter) figure {
	if c.to == "" || !x.known || x.currency == "" || x.currency == c.to {
		return x
	}
	m, note, ok := c.convert(x.money())
	if !ok {
		return unknown(fmt.Sprintf("no rate from %s to %s is given for %s", x.currency, c.to, c.day))
	}
	x.n, x.currency, x.approx = m.Minor, m.Currency, true
	x.note = joinNotes(x.note, note)
	return x
}

// show writes a figure for people.
func (s *Service) show(t fact.Type, unit string, x figure) ValueOutput {
	out := ValueOutput{Maturity: string(x.maturity), AsOf: x.asOf.String(), Source: s.kindTitle(x.source), Note: x.note, Approx: x.approx}
	if !x.known {
		out.Text, out.Maturity = "?", string(fact.Missing)
		return out
	}
	out.Text = text(t, unit, x)
	if t == fact.Money {
		out.Currency = string(x.currency)
	}
	if t != fact.Text {
		v := x.number(t)
		out.Num = &v
	}
	return out
}

// codeWords are Amazon's own words in capitals: "NO_REASON_GIVEN".
var codeWords = regexp.MustCompile(`^[A-Z]{4,}(_[A-Z]+)*$|^[A-Z]+(_[A-Z]+)+$`)

// showFact writes a fact's value; Amazon's words in capitals become words.
func (s *Service) showFact(t fact.Type, unit string, x figure) ValueOutput {
	out := s.show(t, unit, x)
	if t == fact.Text && codeWords.MatchString(out.Text) {
		out.Text = words(out.Text)
	}
	return out
}

// text writes a value as people read it: a decimal point, commas between thousands.
func text(t fact.Type, unit string, x figure) string {
	switch t {
	case fact.Money:
		return x.money().Text()
	case fact.Count:
		return grouped(strconv.FormatInt(x.n, 10))
	case fact.Flag:
		if x.flag {
			return "yes"
		}
		return "no"
	case fact.Text:
		return x.text
	case fact.Ratio:
		return grouped(strconv.FormatFloat(x.f*100, 'f', 1, 64)) + " %"
	case fact.Percent:
		return grouped(strconv.FormatFloat(x.f, 'f', 1, 64)) + " %"
	default:
		digits := 1
		if unit == "" && math.Abs(x.f) < 10 {
			digits = 2
		}
		return grouped(strconv.FormatFloat(x.f, 'f', digits, 64))
	}
}

// grouped puts commas between thousands and a true minus in front.
func grouped(digits string) string {
	sign := ""
	if rest, negative := strings.CutPrefix(digits, "-"); negative {
		sign, digits = "−", rest
	}
	whole, frac, has := strings.Cut(digits, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if has {
		whole += "." + frac
	}
	if sign != "" && !strings.ContainsAny(whole, "123456789") {
		sign = ""
	}
	return sign + whole
}

// change is the difference between two figures as people read it: a fraction of amounts, percentage points of rates.
func change(t fact.Type, better string, now, before figure) ValueOutput {
	out := ValueOutput{Maturity: string(fact.Worst(now.maturity, before.maturity)), Note: joinNotes(now.note, before.note), AsOf: now.asOf.String()}
	if !now.known || !before.known {
		out.Text, out.Maturity = "?", string(fact.Missing)
		return out
	}
	var d float64
	switch t {
	case fact.Ratio, fact.Percent:
		d = now.f - before.f
		if t == fact.Ratio {
			d *= 100
		}
		out.Text = signed(d) + " pp"
	default:
		if before.days < now.days {
			out.Text, out.Maturity = "?", string(fact.Missing)
			out.Note = joinNotes(fmt.Sprintf("of the range compared with only %d of %d days are known", before.days, now.days), out.Note)
			return out
		}
		b := before.number(t)
		if b == 0 {
			out.Text, out.Maturity = "—", string(fact.Missing)
			out.Note = joinNotes("there was nothing in the range compared with", out.Note)
			return out
		}
		d = (now.number(t) - b) / math.Abs(b)
		out.Text = signed(d*100) + " %"
	}
	out.Num = &d
	out.Good = judged(better, d)
	return out
}

func judged(better string, d float64) string {
	if d == 0 || better == "" {
		return ""
	}
	if (d > 0) == (better == "up") {
		return "good"
	}
	return "bad"
}

func signed(v float64) string {
	t := grouped(strconv.FormatFloat(v, 'f', 1, 64))
	if v > 0 && strings.ContainsAny(t, "123456789") {
		return "+" + t
	}
	return t
}
