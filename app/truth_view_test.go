package app_test

import (
	"math"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/services/dashboards"
)

// figure is a number as this test works it out: money in minor units of its currency.
type figure struct {
	known    bool
	n        float64
	text     string // of words
	currency string // of money
}

// of is a number that is known.
func of(n float64) figure { return figure{known: true, n: n} }

// words is a text that is known.
func words(s string) figure { return figure{known: true, text: s} }

// flag is 1 for true.
func flag(is bool) figure {
	if is {
		return of(1)
	}
	return of(0)
}

// days is a range of days, both ends included.
type days struct{ from, to core.Day }

func (d days) count() int { return int(d.to-d.from) + 1 }

// look is a view with the ranges that it means, worked out here.
type look struct {
	in          dashboards.ViewInput
	now, before days
	compared    bool
}

// over is the same scope over other days.
func (l look) over(d days) look {
	l.in.Range = dashboards.RangeInput{Preset: "custom", From: d.from.String(), To: d.to.String(), Compare: "none"}
	l.now, l.before, l.compared = d, days{}, false
	return l
}

// lookAt makes a view of the days before today.
func lookAt(today core.Day, scope []string, in dashboards.RangeInput) look {
	l := look{in: dashboards.ViewInput{Scope: dashboards.ScopeInput{Marketplaces: scope}, Range: in}}
	last := today - 1
	y, m, _ := last.Time().Date()
	back := func(n core.Day) days { return days{last - n + 1, last} }
	l.now = map[string]days{
		"yesterday": back(1), "7d": back(7), "28d": back(28), "90d": back(90), "365d": back(365),
		"month":      {core.Date(y, m, 1), last},
		"last_month": {core.Date(y, m-1, 1), core.Date(y, m, 1) - 1},
	}[in.Preset]
	if in.Preset == "custom" {
		from, _ := core.ParseDay(in.From)
		to, _ := core.ParseDay(in.To)
		l.now = days{from, to}
	}
	n := core.Day(l.now.count())
	switch in.Compare {
	case "weekdays":
		weeks := (n + 6) / 7 * 7
		l.before, l.compared = days{l.now.from - weeks, l.now.to - weeks}, true
	case "previous":
		l.before, l.compared = days{l.now.from - n, l.now.from - 1}, true
	case "year":
		from := l.now.from.Time()
		day := from.Day()
		if from.Month() == time.February && day == 29 {
			day = 28
		}
		start := core.Date(from.Year()-1, from.Month(), day)
		l.before, l.compared = days{start, start + n - 1}, true
	}
	return l
}

// randomLook picks scope, range and comparison.
func randomLook(r *rand.Rand, today core.Day) look {
	scopes := [][]string{nil, nil, {"US"}, {"DE"}, {"DE", "US"}}
	presets := []string{"yesterday", "7d", "7d", "28d", "28d", "90d", "month", "last_month", "custom", "custom", "custom"}
	if r.IntN(12) == 0 {
		presets = []string{"365d"}
	}
	in := dashboards.RangeInput{Preset: presets[r.IntN(len(presets))], Compare: []string{"weekdays", "previous", "year", "none"}[r.IntN(4)]}
	if in.Preset == "custom" {
		from := today - core.Day(1+r.IntN(390))
		to := min(from+core.Day(r.IntN(60)), today-1)
		in.From, in.To = from.String(), to.String()
	}
	return lookAt(today, scopes[r.IntN(len(scopes))], in)
}

// near says whether two numbers are the same but for the dust of binary fractions.
func near(a, b float64) bool {
	return math.Abs(a-b) <= 1e-9*max(1, math.Abs(a), math.Abs(b))
}

// written is a number as the window writes it.
func written(x figure, typ, unit string) string {
	if !x.known {
		return "?"
	}
	switch typ {
	case "money":
		symbol := map[string]string{"USD": "$", "EUR": "€"}[x.currency]
		return minus(x.n < 0) + symbol + thousands(math.Abs(x.n)/100, 2)
	case "count":
		return minus(x.n < 0) + thousands(math.Abs(x.n), 0)
	case "flag":
		return map[bool]string{true: "yes", false: "no"}[x.n == 1]
	case "text":
		return x.text
	case "ratio":
		return signless(x.n*100, 1) + " %"
	case "percent":
		return signless(x.n, 1) + " %"
	}
	if unit == "" && math.Abs(x.n) < 10 {
		return signless(x.n, 2)
	}
	return signless(x.n, 1)
}

func minus(is bool) string {
	if is {
		return "−"
	}
	return ""
}

// signless writes a number; one that rounds to zero has no sign.
func signless(v float64, digits int) string {
	text := thousands(math.Abs(v), digits)
	return minus(v < 0 && strings.ContainsAny(text, "123456789")) + text
}

// thousands writes a number that is not negative with commas between thousands.
func thousands(v float64, digits int) string {
	text := strconv.FormatFloat(v, 'f', digits, 64)
	whole, frac, has := strings.Cut(text, ".")
	var groups []string
	for len(whole) > 3 {
		groups, whole = append([]string{whole[len(whole)-3:]}, groups...), whole[:len(whole)-3]
	}
	text = strings.Join(append([]string{whole}, groups...), ",")
	if has {
		text += "." + frac
	}
	return text
}

// wordsChange is a change as the window writes it.
func wordsChange(v float64, points bool) string {
	unit := " %"
	if points {
		unit = " pp"
	} else {
		v *= 100
	}
	text := signless(v, 1)
	if v > 0 && strings.ContainsAny(text, "123456789") {
		text = "+" + text
	}
	return text + unit
}

// half rounds to whole units, halves away from zero.
func half(v float64) float64 { return math.Round(v) }

var isoDay = regexp.MustCompile(`\d{4}-\d{2}-\d{2}`)

// daysIn are the days that a text names, in order.
func daysIn(text string) []core.Day {
	var out []core.Day
	for _, s := range isoDay.FindAllString(text, -1) {
		if d, err := core.ParseDay(s); err == nil {
			out = append(out, d)
		}
	}
	return out
}
