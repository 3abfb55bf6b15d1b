package app_test

import (
	"fmt"
	"math"
	"slices"

	"purser/backend/core"
	"purser/backend/services/dashboards"
)

// sheet is all rows behind one number.
type sheet struct {
	how  string
	at   map[string]int // column by name
	rows []line
}

// line is one of the rows.
type line struct {
	dashboards.TableRowOutput
	at map[string]int
}

// num is a cell's number, money in major units; false where the row does not tell it.
func (l line) num(column string) (float64, bool) {
	i, ok := l.at[column]
	if !ok || i >= len(l.Cells) || l.Cells[i].Num == nil {
		return 0, false
	}
	return *l.Cells[i].Num, true
}

// minor is a cell's amount in minor units.
func (l line) minor(column string) (float64, bool) {
	v, ok := l.num(column)
	return math.Round(v * 100), ok
}

func (l line) text(column string) string {
	i, ok := l.at[column]
	if !ok || i >= len(l.Cells) || l.Cells[i].Text == "?" {
		return ""
	}
	return l.Cells[i].Text
}

func (l line) day(column string) core.Day {
	d, _ := core.ParseDay(l.text(column))
	return d
}

func (s sheet) has(column string) bool { _, ok := s.at[column]; return ok }

// sum adds a column up over the rows that count.
func (s sheet) sum(column string, counts func(line) bool) float64 {
	total := 0.0
	for _, l := range s.rows {
		if counts == nil || counts(l) {
			v, _ := l.num(column)
			total += v
		}
	}
	return total
}

// cents adds a column of amounts up.
func (s sheet) cents(column string, counts func(line) bool) float64 {
	total := 0.0
	for _, l := range s.rows {
		if counts == nil || counts(l) {
			v, _ := l.minor(column)
			total += v
		}
	}
	return total
}

func sold(l line) bool      { return l.text("status") != "Cancelled" }
func cancelled(l line) bool { return l.text("status") == "Cancelled" }
func during(period string) func(line) bool {
	return func(l line) bool { return sold(l) && l.text("period") == period }
}

func withOffer(l line) bool { _, ok := l.num("featured_offer_pct"); return ok }

// rule works a number out as a sentence says.
type rule struct {
	how string // what the sentence begins with
	of  func(a *audit, q ask, s sheet) (figure, error)
}

// plain is a rule that can't fail.
func plain(how string, f func(s sheet) figure) rule {
	return rule{how, func(_ *audit, _ ask, s sheet) (figure, error) { return f(s), nil }}
}

// summed is a rule that adds a column up; amounts are told by the column's cells.
func summed(how, column string, money bool, counts func(line) bool) rule {
	return plain(how, func(s sheet) figure {
		if money {
			return of(s.cents(column, counts))
		}
		return of(s.sum(column, counts))
	})
}

// counted is a rule that counts rows.
func counted(how string) rule {
	return plain(how, func(s sheet) figure { return of(float64(len(s.rows))) })
}

// stands is a rule of a number that stands in the first row.
func stands(how, column string) rule {
	return plain(how, func(s sheet) figure {
		if len(s.rows) == 0 {
			return figure{}
		}
		v, ok := s.rows[0].num(column)
		if !ok {
			return figure{known: s.rows[0].text(column) != "", text: s.rows[0].text(column)}
		}
		return of(v)
	})
}

func rules() []rule {
	return slices.Concat(orderRules(), trafficRules(), adRules(), stockRules(), listingRules(), opinionRules(), healthRules())
}

func orderRules() []rule {
	ratio := func(now, before float64) figure { return figure{known: before != 0, n: now/before - 1} }
	return []rule{
		summed("Sum of the units of the rows whose status is not Cancelled", "units", false, sold),
		summed("Sum of the units of the rows whose status is Cancelled", "units", false, cancelled),
		summed("Sum of the amounts of the rows whose status is not Cancelled; a row without an amount counts as nothing", "amount", true, sold),
		plain("Number of different orders of each day of the rows whose status is not Cancelled, plus the number in rows that have one instead of an order", func(s sheet) figure {
			seen := map[string]bool{}
			more := 0.0
			for _, l := range s.rows {
				if n, ok := l.num("orders"); ok {
					more += n
				} else if sold(l) {
					seen[l.text("day")+" "+l.text("order")] = true
				}
			}
			return of(float64(len(seen)) + more)
		}),
		plain("Sales of the rows of the period now ÷ sales of those of the period before − 1.", func(s sheet) figure {
			return ratio(s.cents("amount", during("now")), s.cents("amount", during("before")))
		}),
		plain("Sales of the rows of the period now ÷ a quarter of the sales of those of the period before − 1.", func(s sheet) figure {
			return ratio(s.cents("amount", during("now")), s.cents("amount", during("before"))/4)
		}),
		{"Sum of units × fee on one unit of the rows whose status is not Cancelled and that have units", perUnit("Fee preview")},
		{"Sum of units × cost of one unit of the rows whose status is not Cancelled and that have units", perUnit("Cost in the catalog")},
		summed("Sum of the amounts refunded", "refunded", true, nil),
		plain("The day before the end of the latest settlement", func(s sheet) figure {
			if len(s.rows) == 0 {
				return figure{}
			}
			return words((s.rows[0].day("end") - 1).String())
		}),
		plain("Amount ÷ units of the row, rounded to the minor unit, half up", func(s sheet) figure {
			if len(s.rows) == 0 {
				return figure{}
			}
			amount, _ := s.rows[0].minor("amount")
			units, _ := s.rows[0].num("units")
			return of(math.Floor(amount/units + 0.5))
		}),
		plain("The fee of the row", func(s sheet) figure { return first(s, "fee") }),
		plain("The cost of the row, which the seller entered or imported", func(s sheet) figure { return first(s, "cost") }),
	}
}

// first is an amount of the first row.
func first(s sheet, column string) figure {
	if len(s.rows) == 0 {
		return figure{}
	}
	v, ok := s.rows[0].minor(column)
	return figure{known: ok, n: v}
}

// perUnit multiplies what was sold by what the rows that stand first say of one unit.
func perUnit(label string) func(*audit, ask, sheet) (figure, error) {
	return func(_ *audit, _ ask, s sheet) (figure, error) {
		one := map[string]float64{}
		total := 0.0
		for _, l := range s.rows {
			if l.text("status") == label {
				one[l.text("sku")], _ = l.minor("per_unit")
				continue
			}
			units, ok := l.num("units")
			if !ok || !sold(l) {
				continue
			}
			each, told := one[l.text("sku")]
			if here, ok := l.minor("per_unit"); ok != told || here != each {
				return figure{}, fmt.Errorf("%s %s: the row says %v a unit, the row that stands first %v", l.text("order"), l.text("sku"), here, each)
			}
			total += units * each
		}
		return of(total), nil
	}
}

func trafficRules() []rule {
	weighted := func(s sheet) float64 {
		total := 0.0
		for _, l := range s.rows {
			views, _ := l.num("page_views")
			share, _ := l.num("featured_offer_pct")
			total += views * share
		}
		return total
	}
	return []rule{
		summed("Sum of the sessions", "sessions", false, nil),
		summed("Sum of the page views of the rows that have a featured offer percentage", "page_views", false, withOffer),
		summed("Sum of the page views", "page_views", false, nil),
		plain("Sum of page views × featured offer percentage, each rounded to a whole number, of the rows that have a percentage", func(s sheet) figure {
			total := 0.0
			for _, l := range s.rows {
				views, _ := l.num("page_views")
				share, _ := l.num("featured_offer_pct")
				total += half(views * share)
			}
			return of(total)
		}),
		plain("Sum of page views × featured offer percentage ÷ sum of page views, of the rows that have a percentage", func(s sheet) figure {
			return of(weighted(s) / s.sum("page_views", withOffer))
		}),
		plain("100 × sum of the units ÷ sum of the sessions", func(s sheet) figure { return of(100 * s.sum("units", nil) / s.sum("sessions", nil)) }),
		summed("Sum of the units of these rows", "units", false, nil),
		summed("Sum of the units", "units", false, nil),
	}
}
