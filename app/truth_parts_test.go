package app_test

import (
	"math"
	"strings"

	"purser/backend/core"
	"purser/backend/services/ingest"
)

// factorOfLimit is the setting that Purser starts with: a search term may spend two orders' worth.
const factorOfLimit = 2

func adFormulas() map[string]func(*maker) figure {
	wasted := func(m *maker) figure {
		orders, spend := m.fact("advertising.term_orders"), m.fact("advertising.term_spend")
		if orders.known && orders.n > 0 {
			return of(0)
		}
		return figure{known: orders.known && spend.known, n: spend.n}
	}
	return map[string]func(*maker) figure{
		"advertising.breakeven_acos": func(m *maker) figure { return m.fact("sales.contribution_ratio") },
		"advertising.acos_over_breakeven_28d": func(m *maker) figure {
			return positive(m.fact("advertising.acos_28d"), m.fact("advertising.breakeven_acos"))
		},
		"advertising.profit_after_ads_28d": func(m *maker) figure {
			earned, even, spend := m.fact("advertising.sales_28d"), m.fact("advertising.breakeven_acos"), m.fact("advertising.spend_28d")
			return figure{known: earned.known && even.known && spend.known, n: half(earned.n*even.n - spend.n)}
		},
		"advertising.campaign_budget_used_pct": func(m *maker) figure {
			x := positive(m.fact("advertising.campaign_spend_7d"), m.fact("advertising.campaign_budget"))
			x.n = x.n / 7 * 100
			return x
		},
		"advertising.term_acos": func(m *maker) figure {
			return ratio(m.fact("advertising.term_spend"), m.fact("advertising.term_sales"))
		},
		"advertising.term_wasted": wasted,
		"advertising.term_limit":  limitOfTerm,
	}
}

var terms = spot{"advertising", "terms"}

// judged are the days that say which search terms there are: those of the terms' window and more.
func (m *maker) judged() days { return days{m.today() - 90, m.today() - 1} }

// limitOfTerm is the spend at which a term without orders has had its chance.
func limitOfTerm(m *maker) figure {
	campaign := m.q.subject[:strings.LastIndexByte(m.q.subject, '/')]
	var earned, orders, all, allOrders float64
	for _, id := range m.all(terms, m.judged()) {
		q := m.q.about(terms, id)
		s, n := m.keep(m.a.fact(q.of("advertising.term_sales"))), m.keep(m.a.fact(q.of("advertising.term_orders")))
		all, allOrders = all+s.n, allOrders+n.n
		if strings.HasPrefix(id, campaign+"/") {
			earned, orders = earned+s.n, orders+n.n
		}
	}
	if orders == 0 || earned == 0 {
		earned, orders = all, allOrders
	}
	even := m.evenOf(campaign)
	if orders == 0 || !even.known {
		return figure{}
	}
	return of(half(earned / orders * max(even.n, 0) * factorOfLimit))
}

// evenOf weighs the break-even of a campaign's SKUs by their ad sales, by spend where there are none, over 60 days.
func (m *maker) evenOf(campaign string) figure {
	to := m.settled("advertising.market_spend_28d")
	window := days{to - 59, to}
	_, name, _ := strings.Cut(campaign, "/")
	var bySales, sales, bySpend, spend, market, marketSales float64
	for _, id := range m.all(spot{"advertising", "skus"}, days{}) {
		q := m.q.about(spot{"advertising", "skus"}, id).of("advertising.sales")
		q.look = in(q.market(), q.look.over(window))
		s, err := m.a.sheet(q)
		m.keep(figure{}, err)
		even := m.sku("advertising.breakeven_acos", id)
		mine := func(l line) bool { return l.text("campaign") == name }
		market, marketSales = market+s.cents("spend", nil), marketSales+s.cents("sales", nil)
		if even.known {
			bySales, sales = bySales+even.n*s.cents("sales", mine), sales+s.cents("sales", mine)
			bySpend, spend = bySpend+even.n*s.cents("spend", mine), spend+s.cents("spend", mine)
		}
	}
	switch {
	case sales > 0:
		return of(bySales / sales)
	case spend > 0:
		return of(bySpend / spend)
	}
	return figure{known: marketSales > 0, n: market / marketSales}
}

// settled is the last day of the window of a marketplace's advertising fact, which the sentence beside its rows tells.
func (m *maker) settled(name string) core.Day {
	s, err := m.a.sheet(m.q.about(spot{"advertising", "terms"}, m.q.market()).of(name))
	m.keep(figure{}, err)
	named := daysIn(s.how)
	if len(named) == 0 {
		return 0
	}
	return named[len(named)-1]
}

// judgedTerms works out which search terms have had their chance, whatever the rows list, and compares.
func judgedTerms(a *audit, q ask, s sheet) (figure, error) {
	m := &maker{a: a, q: q}
	listed := map[string]bool{}
	for _, l := range s.rows {
		listed[l.Subject] = true
	}
	n, spend := 0.0, 0.0
	for _, id := range m.all(terms, m.judged()) {
		t := q.about(terms, id)
		orders, spent := m.keep(a.fact(t.of("advertising.term_orders"))), m.keep(a.fact(t.of("advertising.term_spend")))
		if !orders.known || orders.n > 0 {
			continue
		}
		if limit := m.keep(a.fact(t.of("advertising.term_limit"))); !limit.known || spent.n < limit.n {
			continue
		}
		n++
		t.look = t.look.over(days{daysIn(s.how)[0], daysIn(s.how)[1]})
		spend += m.keep(a.leaf(t.of("advertising.spend"))).n
		delete(listed, id)
	}
	for id := range listed {
		return figure{}, wrong("rows of %s are listed, which has not had its chance", id)
	}
	if q.name == "advertising.wasted_spend_28d" {
		if rows := s.cents("spend", nil); rows != spend {
			return figure{}, wrong("the rows come to %v, the terms to %v", rows, spend)
		}
		return of(spend), m.err
	}
	return of(n), m.err
}

// wastedInRange works out what the terms without orders have spent, whatever the rows list, and compares; a few times,
// for that takes the rows of every term.
func wastedInRange(a *audit, q ask, s sheet) (figure, error) {
	m := &maker{a: a, q: q}
	spend := 0.0
	if a.traces[q.name] >= tracesOfName {
		return of(s.cents("spend", nil)), nil
	}
	for _, id := range m.all(terms, q.look.now) {
		t := q.about(terms, id)
		if m.keep(a.leaf(t.of("advertising.orders"))).n == 0 {
			spend += m.keep(a.leaf(t.of("advertising.spend"))).n
		}
	}
	if rows := s.cents("spend", nil); rows != spend && m.err == nil {
		return figure{}, wrong("the rows come to %v, the terms to %v", rows, spend)
	}
	return of(spend), m.err
}

func listingFormulas() map[string]func(*maker) figure {
	return map[string]func(*maker) figure{
		"listings.inactive": func(m *maker) figure {
			status := m.fact("listings.status")
			x := flag(status.text == "Inactive")
			x.known = status.known
			return x
		},
		"listings.suppressed_days": func(m *maker) figure {
			if hidden := m.fact("listings.suppressed"); hidden.known && hidden.n == 0 {
				return of(0)
			}
			since, _ := core.ParseDay(m.fact("listings.suppressed_since").text)
			return of(float64(m.today() - since))
		},
		"listings.not_sellable":         notSellable,
		"listings.daily_sales_at_stake": atStake,
		"listings.not_sellable_count": func(m *maker) figure {
			n := of(0)
			for _, id := range m.all(spot{"listings", "skus"}, days{}) {
				n.n += m.sku("listings.not_sellable", id).n
			}
			return n
		},
		"listings.sales_at_stake_total": func(m *maker) figure {
			n := of(0)
			for _, id := range m.all(spot{"listings", "skus"}, days{}) {
				n.n += m.sku("listings.daily_sales_at_stake", id).n
			}
			return n
		},
	}
}

// idle says whether the offer is not active although there is stock.
func idle(m *maker) bool {
	status := m.fact("listings.status")
	if !status.known || status.text == "Active" {
		return false
	}
	s, err := m.a.sheet(m.q.of("listings.status"))
	m.keep(figure{}, err)
	if len(s.rows) > 0 && s.rows[0].text("fulfilment") != "Amazon" {
		if n, ok := s.rows[0].num("quantity"); ok {
			return n > 0
		}
	}
	return m.fact("inventory.on_hand").n > 0
}

func notSellable(m *maker) figure {
	return flag(m.fact("listings.suppressed").n == 1 || m.fact("listings.stranded").n == 1 || idle(m))
}

// atStake is what the SKU sold a day in the 28 days before its trouble began.
func atStake(m *maker) figure {
	if notSellable(m).n == 0 {
		return of(0)
	}
	var began core.Day
	earlier := func(d core.Day) {
		if d != 0 && (began == 0 || d < began) {
			began = d
		}
	}
	if m.fact("listings.suppressed").n == 1 {
		d, _ := core.ParseDay(m.fact("listings.suppressed_since").text)
		earlier(d)
	}
	if m.fact("listings.stranded").n == 1 {
		earlier(m.today() - core.Day(m.fact("listings.stranded_days").n))
	}
	if idle(m) {
		earlier(m.a.inactiveSince(m))
	}
	sold := m.over("sales.sales", days{began - 28, began - 1})
	return figure{known: sold.known, n: half(sold.n / 28)}
}

// inactiveSince is the day after the last listings report in which the offer was active, by the files themselves.
func (a *audit) inactiveSince(m *maker) core.Day {
	market, sku, _ := strings.Cut(m.q.subject, "/")
	list, err := a.desk.Ingest.Documents(ingest.PageInput{Limit: 500})
	m.keep(figure{}, err)
	for at := len(list.Rows); err == nil && at < list.Total; at = len(list.Rows) {
		var more ingest.DocumentsOutput
		more, err = a.desk.Ingest.Documents(ingest.PageInput{Offset: at, Limit: 500})
		list.Rows = append(list.Rows, more.Rows...)
	}
	m.keep(figure{}, err)
	for _, d := range list.Rows { // newest first
		if d.Kind != "merchant_listings" || d.Marketplace != market {
			continue
		}
		for n, lines := 2, 2; n <= lines; n++ {
			o, err := a.original(d.ID, n)
			if m.keep(figure{}, err); err != nil {
				break
			}
			lines = o.Lines
			if o.cells["seller-sku"] != sku {
				continue
			}
			if o.cells["status"] == "Active" {
				return o.made(market) + 1
			}
			break
		}
	}
	return 0
}

// low is the lower end of Wilson's interval, one-sided 95 %.
func low(hits, n float64) float64 {
	const z = 1.6448536269514722
	p := hits / n
	return (p + z*z/(2*n) - z*math.Sqrt(p*(1-p)/n+z*z/(4*n*n))) / (1 + z*z/n)
}

// returnsWindow are the 28 days of the returns facts; before are the 180 days before them.
func (m *maker) returnsWindow() (now, before days) {
	q := m.q.of("reviews.returned_units_28d")
	if m.q.subject == m.q.market() {
		list := m.all(spot{"reviews", "skus"}, days{})
		q = q.about(spot{"reviews", "skus"}, list[0])
	}
	v, err := m.a.shown(q)
	m.keep(figure{}, err)
	to, _ := core.ParseDay(v.AsOf)
	return days{to - 27, to}, days{to - 207, to - 28}
}

// rate is what was returned of what was ordered in days; k and n are its parts. Days that no report of returns tells
// are left out of both.
func (m *maker) rate(d days) (x, k, n figure) {
	k, n = m.over("reviews.returned_units", d), m.over("sales.units", d)
	market := m.q.about(spot{"sales", "marketplaces"}, m.q.market()).of("reviews.returned_units")
	market.look = in(m.q.market(), m.q.look.over(d))
	cell, err := m.a.shown(market)
	if m.keep(figure{}, err); !strings.Contains(cell.Note, "are in no report") {
		return positive(k, n), k, n
	}
	for day := d.from; day <= d.to; day++ {
		market.look = market.look.over(days{day, day})
		cell, err := m.a.shown(market)
		if m.keep(figure{}, err); cell.Text == "?" {
			n.n -= m.over("sales.units", days{day, day}).n
		}
	}
	return positive(k, n), k, n
}

func reviewFormulas() map[string]func(*maker) figure {
	now := func(m *maker) (figure, figure, figure) { d, _ := m.returnsWindow(); return m.rate(d) }
	was := func(m *maker) (figure, figure, figure) { _, d := m.returnsWindow(); return m.rate(d) }
	least := func(m *maker) figure {
		x, k, n := now(m)
		x.n = low(min(k.n, n.n), n.n)
		return x
	}
	return map[string]func(*maker) figure{
		"reviews.negative_share_low_90d": func(m *maker) figure {
			bad, all := m.fact("reviews.negative_count_90d"), m.fact("reviews.feedback_count_90d")
			return figure{known: bad.known && all.n > 0, n: low(bad.n, all.n)}
		},
		"reviews.market_negative_share_low_90d": func(m *maker) figure {
			share, all := m.fact("reviews.market_negative_share_90d"), m.fact("reviews.market_feedback_count_90d")
			return figure{known: share.known && all.n > 0, n: low(share.n*all.n, all.n)}
		},
		"reviews.return_rate_28d":        func(m *maker) figure { x, _, _ := now(m); return x },
		"reviews.market_return_rate_28d": func(m *maker) figure { x, _, _ := now(m); return x },
		"reviews.return_rate_baseline":   func(m *maker) figure { x, _, _ := was(m); return x },
		"reviews.return_rate_low_28d":    least,
		"reviews.return_rate_times_baseline": func(m *maker) figure {
			a, _, _ := now(m)
			b, _, n := was(m)
			return figure{known: a.known && b.known, n: a.n / max(b.n, 1/n.n)}
		},
		"reviews.return_jump": func(m *maker) figure {
			if back := m.fact("reviews.returned_units_28d"); back.known && back.n < 5 {
				return of(0)
			}
			a := least(m)
			b, _, _ := was(m)
			x := flag(a.n > b.n)
			x.known = a.known && b.known
			return x
		},
	}
}
