package app_test

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"purser/backend/core"
)

func adRules() []rule {
	return []rule{
		{"Sum of spend of these rows: those of search terms that brought no order in the range", wastedInRange},
		{"Sum of spend of these rows: those of search terms that brought no order and have spent their limit", judgedTerms},
		{"Number of different search terms, campaign by campaign, in these rows: those of search terms that brought no order and have spent their limit", judgedTerms},
		plain("Sum of spend of these rows if none of them has an order, else 0", func(s sheet) figure {
			if s.sum("orders", nil) > 0 {
				return of(0)
			}
			return of(s.cents("spend", nil))
		}),
		summed("Sum of spend of these rows", "spend", true, nil),
		summed("Sum of ad sales of these rows", "sales", true, nil),
		summed("Sum of ad orders of these rows", "orders", false, nil),
		summed("Sum of clicks of these rows", "clicks", false, nil),
		summed("Sum of impressions of these rows", "impressions", false, nil),
		plain("The day of these rows: the newest whose report was made after Amazon had settled it", func(s sheet) figure {
			if len(s.rows) == 0 {
				return figure{}
			}
			return words(s.rows[0].text("day"))
		}),
		plain("The budget of the first of these rows: the newest that tells one", func(s sheet) figure { return first(s, "budget") }),
		plain("True if one of these rows has impressions, clicks or spend", func(s sheet) figure {
			return flag(s.sum("impressions", nil)+s.sum("clicks", nil)+s.sum("spend", nil) > 0)
		}),
		plain("The distinct match types of these rows, sorted", func(s sheet) figure {
			seen := map[string]bool{}
			for _, l := range s.rows {
				if m := strings.ToLower(l.text("match_type")); m != "" && m != "-" {
					seen[m] = true
				}
			}
			return words(strings.Join(slices.Sorted(maps.Keys(seen)), ", "))
		}),
		{"Clicks of the term's own rows × ad orders ÷ clicks of the other rows", func(_ *audit, q ask, s sheet) (figure, error) {
			var own, clicks, orders float64
			for _, l := range s.rows {
				c, _ := l.num("clicks")
				if l.Subject == q.subject {
					own += c
					continue
				}
				o, _ := l.num("orders")
				clicks, orders = clicks+c, orders+o
			}
			return figure{known: clicks > 0, n: own * orders / clicks}, nil
		}},
	}
}

func stockRules() []rule {
	return []rule{
		plain("The figure stands in this row", func(s sheet) figure {
			if s.has("units") {
				return of(s.sum("units", nil))
			}
			return of(s.sum("figure", nil))
		}),
		stands("Inbound shipped + receiving of this row", "units"),
		plain("Sum of the three ages", func(s sheet) figure {
			return of(s.sum("age_181_270", nil) + s.sum("age_271_365", nil) + s.sum("age_365_plus", nil))
		}),
		summed("Sum of the estimated excess quantity", "excess", false, nil),
		{"Sum of units on hand", overSKUs},
		{"Sum of inbound units", overSKUs},
		{"Sum of the stock values that are known, in the marketplace's currency", overSKUs},
		{"Sum of the order costs that are known, in the marketplace's currency", overSKUs},
		{"Sum of the lost sales that are known, in the marketplace's currency", overSKUs},
		{"Number of rows: SKUs whose cover is shorter than their lead time", overSKUs},
		{"Number of rows: SKUs to order within 7 days for which an order is suggested", overSKUs},
		{"Number of rows: SKUs that sell and have none on hand", overSKUs},
		counted("Number of rows: days whose latest stock report, at most 7 days old, shows none on hand"),
		plain("Units sold of the days that count ÷ number of days that count.", func(s sheet) figure {
			counts := func(l line) bool { n, _ := l.num("counts"); return n == 1 }
			n := 0.0
			for _, l := range s.rows {
				if counts(l) {
					n++
				}
			}
			return figure{known: n > 0, n: s.sum("units", counts) / n}
		}),
		stands("Entered in Purser, not read from a file", "days"),
	}
}

func listingRules() []rule {
	earliest := func(s sheet, column string) core.Day {
		var out core.Day
		for _, l := range s.rows {
			if d := l.day(column); d != 0 && (out == 0 || d < out) {
				out = d
			}
		}
		return out
	}
	distinct := func(s sheet, of func(l line) string) []string {
		var out []string
		for _, l := range s.rows {
			if v := of(l); v != "" && !slices.Contains(out, v) {
				out = append(out, v)
			}
		}
		return out
	}
	skus := func(l line) string { return l.text("sku") }
	return []rule{
		counted("Number of lines: each is a SKU"),
		plain("Number of lines: those whose status is Inactive", func(s sheet) figure {
			n := 0.0
			for _, l := range s.rows {
				if l.text("status") == "Inactive" {
					n++
				}
			}
			return of(n)
		}),
		plain("The price of the line", func(s sheet) figure { return first(s, "price") }),
		plain("Hidden: the report lists the SKU", func(s sheet) figure { return flag(len(s.rows) > 0) }),
		plain("Stranded: the report lists the SKU", func(s sheet) figure { return flag(len(s.rows) > 0) }),
		plain("The listings report of", func(sheet) figure { return words("Removed") }),
		plain("The report of", func(sheet) figure { return of(0) }),
		plain("Number of different SKUs of the lines", func(s sheet) figure { return of(float64(len(distinct(s, skus)))) }),
		plain("Sum of fulfillable and unfulfillable units", func(s sheet) figure { return of(s.sum("fulfillable", nil) + s.sum("unfulfillable", nil)) }),
		plain("The reasons of the lines, in their order, each once", func(s sheet) figure {
			return words(strings.Join(distinct(s, func(l line) string { return cmp.Or(l.text("reason"), l.text("issue")) }), "; "))
		}),
		plain("Earliest day of change of the lines", func(s sheet) figure { return words(earliest(s, "since").String()) }),
		plain("Days from the earliest day of the lines to", func(s sheet) figure { return of(max(0, float64(daysIn(s.how)[0]-earliest(s, "since")))) }),
		plain("Days from", func(s sheet) figure {
			if strings.HasPrefix(s.how, "Days from the beginning to the end of the reporting range") {
				return wholeWindow(s)
			}
			return of(float64(earliest(s, "removal") - daysIn(s.how)[0]))
		}),
	}
}

// wholeWindow is the length of a reporting range in days, rounded.
func wholeWindow(s sheet) figure {
	if len(s.rows) == 0 {
		return figure{}
	}
	from, err := time.Parse("2006-01-02 15:04 MST", s.rows[0].text("from"))
	to, err2 := time.Parse("2006-01-02 15:04 MST", s.rows[0].text("to"))
	return figure{known: err == nil && err2 == nil, n: half(to.Sub(from).Hours() / 24)}
}

func opinionRules() []rule {
	bad := func(l line) bool { n, ok := l.num("rating"); return ok && n <= 2 }
	top := func(s sheet) (string, float64, float64) {
		by, all := map[string]float64{}, 0.0
		for _, l := range s.rows {
			n, _ := l.num("units")
			by[l.text("reason")] += n
			all += n
		}
		best := ""
		for _, r := range slices.Sorted(maps.Keys(by)) {
			if best == "" || by[r] > by[best] {
				best = r
			}
		}
		return best, by[best], all
	}
	return []rule{
		plain("Count of these rows: ratings of one or two stars", func(s sheet) figure {
			n := 0.0
			for _, l := range s.rows {
				if bad(l) {
					n++
				}
			}
			return of(n)
		}),
		counted("Count of these rows"),
		plain("Rows with a rating of one or two stars ÷ all these rows", func(s sheet) figure {
			n := 0.0
			for _, l := range s.rows {
				if bad(l) {
					n++
				}
			}
			return figure{known: len(s.rows) > 0, n: n / float64(len(s.rows))}
		}),
		plain("The reason with most units in these rows; of equals the first by alphabet", func(s sheet) figure {
			reason, _, _ := top(s)
			return words(reason)
		}),
		plain("Units of the reason that has most of them ÷ units of all these rows", func(s sheet) figure {
			_, n, all := top(s)
			return figure{known: all > 0, n: n / all}
		}),
		plain("The comment of this row, the newest of one or two stars that has one; 140 characters of it at most", func(s sheet) figure {
			if len(s.rows) == 0 {
				return figure{}
			}
			r := []rune(s.rows[0].text("comment"))
			return words(string(r[:min(len(r), 140)]))
		}),
	}
}

func healthRules() []rule {
	return []rule{
		stands("The status of the line, as written", "status"),
		stands("The rate of the line; not known where it is of no orders", "rate"),
		stands("The number of orders, shipments or units of the line", "orders"),
		{"The target that the report itself states", stated},
		{"The report states none: Amazon's policy in force on the day", stated},
		plain("Orders − count of the line, as it counts the successes", func(s sheet) figure { return of(s.sum("orders", nil) - s.sum("count", nil)) }),
		plain("The count of the line", func(s sheet) figure { return of(s.sum("count", nil)) }),
		summed("Sum of the counts", "count", false, nil),
		plain("The count of the report of", func(s sheet) figure { return weekOf(s, func(l line) float64 { n, _ := l.num("count"); return n }) }),
		plain("Orders − count of the report of", func(s sheet) figure {
			return weekOf(s, func(l line) float64 {
				n, _ := l.num("count")
				all, _ := l.num("orders")
				return all - n
			})
		}),
		plain("For each metric the count of", func(s sheet) figure {
			reports := daysIn(s.how)
			now, then := map[string]float64{}, map[string]float64{}
			for _, l := range s.rows {
				n, _ := l.num("count")
				if l.day("report") == reports[0] {
					now[l.Subject] = n
				} else {
					then[l.Subject] = n
				}
			}
			rise := 0.0
			for m, n := range now {
				rise += max(0, n-then[m])
			}
			return of(rise)
		}),
	}
}

// stated is the target, or how the rate is held to it.
func stated(_ *audit, q ask, s sheet) (figure, error) {
	if len(s.rows) == 0 {
		return figure{}, nil
	}
	if strings.HasSuffix(q.name, ".condition") {
		return words(s.rows[0].text("condition")), nil
	}
	v, ok := s.rows[0].num("target")
	return figure{known: ok, n: v}, nil
}

// weekOf is what a line grew by between the two reports that the sentence names.
func weekOf(s sheet, of func(line) float64) figure {
	reports := daysIn(s.how)
	out := figure{known: len(s.rows) == 2}
	for _, l := range s.rows {
		switch l.day("report") {
		case reports[0]:
			out.n += of(l)
		case reports[1]:
			out.n -= of(l)
		default:
			out.known = false
		}
	}
	return out
}
