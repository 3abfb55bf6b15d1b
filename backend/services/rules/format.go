package rules

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// formats of a placeholder, as a policy names them.
func formats() []string {
	return []string{
		"text", "int", "number", "units", "days", "days1", "percent", "change", "pct", "pp", "money", "money0", "date", "yesno",
	}
}

// formatOf is how a fact is written unless the policy says otherwise.
func formatOf(d fact.Definition) string {
	switch d.Type {
	case fact.Money:
		return "money"
	case fact.Ratio:
		return "percent"
	case fact.Percent:
		return "pct"
	case fact.Flag:
		return "yesno"
	case fact.Text:
		return "text"
	case fact.Count:
		if d.Unit == "days" {
			return "days"
		}
		return "int"
	default:
		if d.Unit == "days" {
			return "days1"
		}
		return "number"
	}
}

func formatOfUnit(unit string) string {
	switch unit {
	case "ratio":
		return "percent"
	case "percent":
		return "pct"
	case "days":
		return "days"
	case "money":
		return "money"
	}
	return "number"
}

// formatter writes values for people: the subject's money, days counted from the as-of day.
type formatter struct {
	currency core.Currency
	asOf     core.Day
}

func (f formatter) write(format string, v ref.Val) string {
	switch x := v.(type) {
	case types.Bool:
		if x {
			return "yes"
		}
		return "no"
	case types.String:
		return f.text(format, string(x))
	}
	n, ok := number(v)
	if !ok {
		return fmt.Sprint(v.Value())
	}
	return f.number(format, n)
}

func (f formatter) text(format, s string) string {
	if format != "date" {
		return s
	}
	d, err := core.ParseDay(s)
	if err != nil {
		return s
	}
	return f.day(d)
}

func (f formatter) number(format string, n float64) string {
	switch format {
	case "int":
		return grouped(n, 0)
	case "units":
		return plural(n, 0, "unit")
	case "days":
		return plural(n, 0, "day")
	case "days1":
		return plural(n, 1, "day")
	case "percent":
		return decimals(n*100, 1) + " %"
	case "change":
		return signed(n*100, 1) + " %"
	case "pct":
		return decimals(n, 1) + " %"
	case "pp":
		return signed(n*100, 1) + " pp"
	case "money":
		return f.money(n, f.currency.Exponent())
	case "money0":
		return f.money(n, 0)
	case "date":
		return f.day(f.asOf + core.Day(math.Floor(n)))
	}
	return short(n)
}

// day writes "12 Dec", with the year where it is not that of the as-of day.
func (f formatter) day(d core.Day) string {
	t := d.Time()
	if t.Year() != f.asOf.Time().Year() {
		return t.Format("2 Jan 2006")
	}
	return t.Format("2 Jan")
}

func (f formatter) money(major float64, places int) string {
	sign := ""
	if major < 0 && math.Round(-major*math.Pow10(places)) > 0 {
		sign = "−"
	}
	return sign + f.currency.Symbol() + grouped(math.Abs(major), places)
}

func number(v ref.Val) (float64, bool) {
	switch x := v.(type) {
	case types.Double:
		return float64(x), true
	case types.Int:
		return float64(x), true
	}
	return 0, false
}

func plural(n float64, places int, word string) string {
	s := grouped(n, places)
	if s == "1" {
		return s + " " + word
	}
	return s + " " + word + "s"
}

// short writes up to two decimals, without trailing zeros.
func short(n float64) string {
	s := grouped(n, 2)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

func signed(n float64, places int) string {
	s := decimals(n, places)
	if !strings.HasPrefix(s, "−") && strings.Trim(s, "0.") != "" {
		return "+" + s
	}
	return s
}

func decimals(n float64, places int) string { return grouped(n, places) }

// grouped writes n with a true minus sign and commas between thousands; "unlimited" for infinity.
func grouped(n float64, places int) string {
	if math.IsInf(n, 0) {
		return "unlimited"
	}
	s := strconv.FormatFloat(math.Abs(n), 'f', places, 64)
	whole, frac, _ := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if frac != "" {
		whole += "." + frac
	}
	if n < 0 && strings.Trim(s, "0.") != "" {
		return "−" + whole
	}
	return whole
}
