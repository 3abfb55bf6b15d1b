package app_test

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"purser/backend/core"
)

// wrong is a disagreement.
func wrong(format string, args ...any) error { return fmt.Errorf(format, args...) }

// maker works a fact out from others, as its formula says in words.
type maker struct {
	a   *audit
	q   ask
	err error
}

func (m *maker) keep(x figure, err error) figure {
	if err != nil && m.err == nil {
		m.err = err
	}
	return x
}

// fact is another fact of the subject.
func (m *maker) fact(name string) figure { return m.keep(m.a.fact(m.q.of(name))) }

// sku is a fact of a SKU.
func (m *maker) sku(name, subject string) figure {
	return m.keep(m.a.fact(m.q.about(spot{"sales", "skus"}, subject).of(name)))
}

// over is a base measure of the subject over days.
func (m *maker) over(name string, d days) figure {
	q := m.q.of(name)
	q.spot = spot{"sales", "skus"}
	if m.q.market() == m.q.subject {
		q.spot = spot{"sales", "marketplaces"}
	}
	q.look = q.look.over(d)
	return m.keep(m.a.base(q))
}

// all lists the subjects of a table in the subject's marketplace.
func (m *maker) all(p spot, d days) []string {
	l := in(m.q.market(), m.q.look)
	if d.to != 0 {
		l = l.over(d)
	}
	list, err := m.a.subjects(p, l)
	m.keep(figure{}, err)
	return list
}

func (m *maker) today() core.Day { return m.a.desk.Today() }

// ratio is a ÷ b; not known where b is nothing.
func ratio(a, b figure) figure {
	return figure{known: a.known && b.known && b.n != 0, n: a.n / b.n}
}

// positive is as ratio, but not known where b is not above nothing either.
func positive(a, b figure) figure {
	x := ratio(a, b)
	x.known = x.known && b.n > 0
	return x
}

// times is an amount times a number, in whole minor units.
func times(a, b figure) figure { return figure{known: a.known && b.known, n: half(a.n * b.n)} }

// windowed finds the arithmetic of facts that there are several of, one a window.
func windowed(name string) (func(*maker) figure, bool) {
	for _, w := range []string{"_7d", "_28d", "_90d"} {
		stem, ok := strings.CutSuffix(name, w)
		if !ok {
			continue
		}
		parts, ok := map[string][2]string{
			"advertising.acos":          {"advertising.spend", "advertising.sales"},
			"advertising.spend_share":   {"advertising.spend", "sales.sales"},
			"advertising.campaign_acos": {"advertising.campaign_spend", "advertising.campaign_sales"},
			"advertising.market_acos":   {"advertising.market_spend", "advertising.market_sales"},
			"reviews.negative_share":    {"reviews.negative_count", "reviews.feedback_count"},
		}[stem]
		return func(m *maker) figure { return ratio(m.fact(parts[0]+w), m.fact(parts[1]+w)) }, ok
	}
	return nil, false
}

func formulas() map[string]func(*maker) figure {
	out := map[string]func(*maker) figure{}
	for _, some := range []map[string]func(*maker) figure{salesFormulas(), stockFormulas(), adFormulas(), healthFormulas(), listingFormulas(), reviewFormulas()} {
		for name, f := range some {
			out[name] = f
		}
	}
	return out
}

// left is what is left of the price after fees and cost.
func left(m *maker) (price, rest figure) {
	price, fees, cost := m.fact("sales.price"), m.fact("sales.fees_per_unit"), m.fact("sales.unit_cost")
	return price, figure{known: price.known && fees.known && cost.known, n: price.n - fees.n - cost.n}
}

func salesFormulas() map[string]func(*maker) figure {
	return map[string]func(*maker) figure{
		"sales.daily_sales_28d": func(m *maker) figure { return times(m.fact("sales.sales_28d"), of(1.0/28)) },
		"sales.contribution_ratio": func(m *maker) figure {
			price, rest := left(m)
			return ratio(rest, price)
		},
		"sales.profit_day_28d": func(m *maker) figure {
			_, rest := left(m)
			units := m.fact("sales.units_28d")
			return figure{known: rest.known && units.known, n: half(units.n * rest.n / 28)}
		},
	}
}

func stockFormulas() map[string]func(*maker) figure {
	stock := func(m *maker) figure {
		here, coming := m.fact("inventory.on_hand"), m.fact("inventory.inbound")
		return figure{known: here.known && coming.known, n: here.n + coming.n}
	}
	cover := func(m *maker) figure { return positive(stock(m), m.fact("inventory.velocity")) }
	return map[string]func(*maker) figure{
		"inventory.cover_days":         cover,
		"inventory.cover_on_hand_days": func(m *maker) figure { return positive(m.fact("inventory.on_hand"), m.fact("inventory.velocity")) },
		"inventory.order_by_days": func(m *maker) figure {
			c, lead := cover(m), m.fact("inventory.lead_time_days")
			return figure{known: c.known && lead.known, n: c.n - lead.n}
		},
		"inventory.days_short": func(m *maker) figure {
			c, lead := cover(m), m.fact("inventory.lead_time_days")
			if v := m.fact("inventory.velocity"); v.known && v.n == 0 {
				return of(0)
			}
			return figure{known: c.known && lead.known, n: max(0, lead.n-c.n)}
		},
		"inventory.sells_out_day": func(m *maker) figure {
			c := cover(m)
			s, err := m.a.sheet(m.q.of("inventory.on_hand"))
			if m.keep(figure{}, err); err != nil || len(s.rows) == 0 {
				return figure{}
			}
			return figure{known: c.known, text: (s.rows[0].day("as_of") + core.Day(math.Floor(c.n+1e-9))).String()}
		},
		"inventory.suggested_units": func(m *maker) figure {
			v, lead, target, have := m.fact("inventory.velocity"), m.fact("inventory.lead_time_days"), m.fact("inventory.target_cover_days"), stock(m)
			return figure{known: v.known && lead.known && target.known && have.known, n: max(0, math.Ceil(v.n*(lead.n+target.n)-have.n-1e-9))}
		},
		"inventory.lost_sales_day": func(m *maker) figure { return times(m.fact("sales.price"), m.fact("inventory.velocity")) },
		"inventory.stock_value":    func(m *maker) figure { return times(m.fact("sales.unit_cost"), m.fact("inventory.on_hand")) },
		"inventory.order_cost":     func(m *maker) figure { return times(m.fact("sales.unit_cost"), m.fact("inventory.suggested_units")) },
	}
}

// overSKUs makes a marketplace's figure of all its SKUs, whatever the rows list, and compares the rows with it.
func overSKUs(a *audit, q ask, s sheet) (figure, error) {
	m := &maker{a: a, q: q}
	counts := map[string]func(id string) bool{
		"inventory.skus_out_of_stock": func(id string) bool {
			here, v := m.sku("inventory.on_hand", id), m.sku("inventory.velocity", id)
			return here.known && here.n == 0 && v.known && v.n > 0
		},
		"inventory.skus_low": func(id string) bool {
			c, lead := m.sku("inventory.cover_days", id), m.sku("inventory.lead_time_days", id)
			return c.known && lead.known && c.n < lead.n
		},
		"inventory.skus_to_order": func(id string) bool {
			by, units := m.sku("inventory.order_by_days", id), m.sku("inventory.suggested_units", id)
			return by.known && by.n <= 7 && units.n > 0
		},
	}
	counts["inventory.order_cost_total"] = counts["inventory.skus_to_order"]
	counts["inventory.market_lost_sales_day"] = counts["inventory.skus_out_of_stock"]
	column := map[string]string{
		"inventory.units_on_hand": "inventory.on_hand", "inventory.inbound_units_total": "inventory.inbound", "inventory.market_stock_value": "inventory.stock_value",
		"inventory.order_cost_total": "inventory.order_cost", "inventory.market_lost_sales_day": "inventory.lost_sales_day",
	}[q.name]
	total, due := of(0), []string{}
	for _, id := range m.all(spot{"inventory", "skus"}, days{}) {
		if f := counts[q.name]; f != nil && !f(id) {
			continue
		}
		due = append(due, id)
		if column == "" {
			total.n++
		} else if x := m.sku(column, id); x.known {
			total.n += x.n
		}
	}
	if m.err != nil {
		return total, m.err
	}
	return total, m.listed(s, due, counts[q.name] != nil)
}

// listed compares the rows of a marketplace's figure with the SKUs it is made of, and their cells with the facts of those.
func (m *maker) listed(s sheet, due []string, exactly bool) error {
	for _, l := range s.rows {
		if !slices.Contains(due, l.Subject) {
			return wrong("%s is listed and should not be", l.Subject)
		}
		for column := range s.at {
			x := m.sku(column, l.Subject)
			n, ok := l.num(column)
			if typ, _ := m.a.typ(column); typ == "money" {
				n, ok = l.minor(column)
			}
			if m.err == nil && (ok != x.known || ok && !near(n, x.n)) {
				return wrong("the row of %s says %s of %s, it comes to %v", l.Subject, l.text(column), column, x)
			}
		}
	}
	if exactly && len(s.rows) != len(due) {
		return wrong("%d SKUs are listed of %v", len(s.rows), due)
	}
	return m.err
}

func healthFormulas() map[string]func(*maker) figure {
	ceiling := func(c string) bool { return c == "LESS_THAN" || c == "AT_MOST" }
	floor := func(c string) bool { return c == "GREATER_THAN" || c == "AT_LEAST" }
	share := func(m *maker) figure {
		rate, target, held := m.fact("accounthealth.rate"), m.fact("accounthealth.target"), m.fact("accounthealth.condition")
		if !rate.known || !target.known || !held.known {
			return figure{}
		}
		switch {
		case ceiling(held.text):
			return ratio(rate, target)
		case floor(held.text):
			return ratio(of(1-rate.n), of(1-target.n))
		}
		return figure{}
	}
	return map[string]func(*maker) figure{
		"accounthealth.target_share": share,
		"accounthealth.headroom_orders": func(m *maker) figure {
			target, held, orders, bad := m.fact("accounthealth.target"), m.fact("accounthealth.condition"), m.fact("accounthealth.orders"), m.fact("accounthealth.count")
			if !bad.known { // the report tells the rate only
				rate := m.fact("accounthealth.rate")
				bad = figure{known: rate.known, n: half(rate.n * orders.n)}
				if floor(held.text) {
					bad.n = half((1 - rate.n) * orders.n)
				}
			}
			allowed := target.n
			if floor(held.text) {
				allowed = 1 - target.n
			}
			// The most defects with which the rate keeps to the target, found by trying: in millionths, without binary dust.
			limit, strict := int64(half(allowed*1e6))*int64(orders.n), held.text == "LESS_THAN" || held.text == "GREATER_THAN"
			most := int64(-1)
			for n := int64(0); n*1_000_000 < limit || !strict && n*1_000_000 == limit; n++ {
				most = n
			}
			if limit == 0 && strict {
				most = 0
			}
			return figure{known: target.known && orders.known && bad.known, n: float64(most) - bad.n}
		},
		"accounthealth.at_risk": func(m *maker) figure {
			status := m.fact("accounthealth.account_status")
			x := flag(status.text != "NORMAL")
			x.known = slices.Contains([]string{"NORMAL", "AT_RISK", "DEACTIVATED", "SUSPENDED"}, status.text)
			return x
		},
		"accounthealth.worst_target_share": func(m *maker) figure {
			worst := figure{}
			metrics := spot{"accounthealth", "metrics"}
			for _, id := range m.all(metrics, days{}) {
				x := m.keep(m.a.fact(m.q.about(metrics, id).of("accounthealth.target_share")))
				if x.known && (!worst.known || x.n > worst.n) {
					worst = x
				}
			}
			return worst
		},
	}
}
