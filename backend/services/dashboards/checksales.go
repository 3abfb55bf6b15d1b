package dashboards

import (
	"context"
	"fmt"
	"math"
	"strings"

	"purser/backend/core"
	"purser/backend/core/fact"
)

const orderSoon = 7 // days ahead that an order is worth placing today

// notSellable: what can't be bought or found?
func (m *morning) notSellable(context.Context) (CheckOutput, error) {
	c := m.cell("not_sellable", "Not sellable", "What can't be bought or found?", address("/listings", "table", "skus"))
	c.Name = "listings.not_sellable"
	if m.noneKnown(c.Name) {
		return m.missing(c, c.Name, "needs the listings report"), nil
	}
	stake := m.facts["listings.daily_sales_at_stake"]
	list, worst := m.pick(c.Name, func(_ string, x fact.Value) bool { return x.Flag }, func(fact.Value, fact.Value) bool { return false })
	var lost []core.Money
	for _, id := range list {
		if x, ok := m.of("listings.daily_sales_at_stake", id); ok {
			lost = append(lost, x.Money)
			if stake[worst].Money.Major() < x.Money.Major() {
				worst = id
			}
		}
	}
	c.Value, c.Detail = plural(len(list), "SKU"), "all can be bought"
	if len(list) == 0 {
		_, c.Subject = m.pick(c.Name, func(string, fact.Value) bool { return true }, func(fact.Value, fact.Value) bool { return false })
		return c, nil
	}
	c.State, c.Subject, c.Detail = stateWarning, worst, "nothing known at stake"
	c.Link = address("/listings", "table", "skus", "preset", m.s.presetNamed("listings", "skus", "Not sellable"), "sel", worst)
	if t := m.sumMoney(lost); t != "" {
		c.Detail = t + " a day"
	}
	return c, nil
}

// runningOut: what sells out before an order placed today can land?
func (m *morning) runningOut(context.Context) (CheckOutput, error) {
	c := m.cell("running_out", "Running out", "What sells out before an order placed today can land?", address("/inventory", "table", "skus"))
	c.Name = "inventory.cover_days"
	list, worst := m.pick("inventory.order_by_days", func(_ string, x fact.Value) bool { return x.Num < 0 }, func(a, b fact.Value) bool { return a.Num < b.Num })
	if m.noneKnown("inventory.order_by_days") {
		return m.missing(c, c.Name, "needs stock and orders"), nil
	}
	var lost []core.Money
	out := 0
	for _, id := range list {
		if x, ok := m.of("inventory.lost_sales_day", id); ok {
			lost = append(lost, x.Money)
		}
		if x, ok := m.of("inventory.on_hand", id); ok && x.Num == 0 {
			out++
		}
	}
	c.Value = plural(len(list), "SKU")
	if len(list) == 0 {
		_, c.Subject = m.pick("inventory.cover_days", func(string, fact.Value) bool { return true }, func(a, b fact.Value) bool { return a.Num < b.Num })
		c.Detail = "stock lasts"
		return c, nil
	}
	c.Subject, c.State = worst, stateWarning
	c.Detail = fmt.Sprintf("%d out", out)
	if t := m.sumMoney(lost); t != "" {
		c.Detail += ", " + t + " a day"
	}
	c.Link = address("/inventory", "table", "skus", "preset", m.s.presetNamed("inventory", "skus", "Runs out before restock"), "sel", worst)
	return c, nil
}

func (m *morning) noneKnown(name string) bool {
	for _, x := range m.facts[name] {
		if x.Known() {
			return false
		}
	}
	return true
}

// orders: what to order within a week, and what does it cost?
func (m *morning) orders(context.Context) (CheckOutput, error) {
	c := m.cell("orders", "To order", "What to order within a week, and what does it cost?", address("/inventory", "table", "skus"))
	c.Name = "inventory.suggested_units"
	if m.noneKnown("inventory.order_by_days") {
		return m.missing(c, c.Name, "needs stock and orders"), nil
	}
	soon := func(id string, x fact.Value) bool {
		units, ok := m.of("inventory.suggested_units", id)
		return x.Num <= orderSoon && ok && units.Num > 0
	}
	list, worst := m.pick("inventory.order_by_days", soon, func(a, b fact.Value) bool { return a.Num < b.Num })
	var cost []core.Money
	without := 0
	for _, id := range list {
		unit, ok := m.of("sales.unit_cost", id)
		if !ok {
			without++
			continue
		}
		units, _ := m.of("inventory.suggested_units", id)
		cost = append(cost, core.Money{Minor: unit.Money.Minor * int64(math.Round(units.Num)), Currency: unit.Money.Currency})
	}
	c.Value = plural(len(list), "SKU")
	c.Detail = m.sumMoney(cost)
	if without > 0 {
		c.Detail = strings.TrimPrefix(fmt.Sprintf("%s, %d without cost", c.Detail, without), ", ")
	}
	if len(list) == 0 {
		c.Detail = "nothing this week"
		_, c.Subject = m.pick("inventory.suggested_units", func(string, fact.Value) bool { return true }, func(a, b fact.Value) bool { return a.Num > b.Num })
		return c, nil
	}
	c.State, c.Subject = stateWarning, worst
	c.Link = address("/inventory", "table", "skus", "preset", m.s.presetNamed("inventory", "skus", "Order this week"), "sel", worst)
	return c, nil
}

// yesterday: what was sold? The first marketplace that knows is shown, and named: currencies are not added.
func (m *morning) yesterday(context.Context) (CheckOutput, error) {
	c := m.cell("yesterday", "Yesterday", "What was sold yesterday, against the same weekday?", address("/sales", "range", "yesterday"))
	c.Name, c.State, c.Money = "sales.yesterday_sales", stateNeutral, true
	for _, mk := range m.v.markets {
		x, ok := m.of(c.Name, mk.Code)
		if !ok {
			continue
		}
		c.Subject, c.Value, c.Detail = mk.Code, x.Money.Text(), "no comparison yet"
		if len(m.v.markets) > 1 {
			c.Title = "Yesterday, " + mk.Code
		}
		if d, ok := m.of("sales.yesterday_change", mk.Code); ok {
			c.Detail = signedArrow(d.Num) + " vs " + x.AsOf.Weekday().String() + "s"
		}
		return c, nil
	}
	return m.missing(c, c.Name, "needs the orders report"), nil
}

func signedArrow(change float64) string {
	arrow := "▲"
	if change < 0 {
		arrow = "▼"
	}
	return fmt.Sprintf("%s %.0f %%", arrow, math.Abs(change)*100)
}

// profit: did I earn this month, and how much of that is sure?
func (m *morning) profit(ctx context.Context) (CheckOutput, error) {
	c := m.cell("profit", "Profit, month", "Did I earn this month, and how much of that is settled?", address("/sales", "range", "month"))
	c.Name, c.State, c.Money = "sales.profit", stateNeutral, true
	v, err := m.s.view(ctx, ViewInput{Range: RangeInput{Preset: "month", Compare: "none"}})
	if err != nil {
		return c, err
	}
	if v.period.To.Time().Month() != v.asOf.Time().Month() {
		c.Title = "Profit, " + v.period.To.Time().Month().String() // on the first, no day of the new month is over
	}
	all, err := m.s.totals(ctx, v, "sales", "", []string{"sales.profit", "sales.margin"})
	if err != nil {
		return c, err
	}
	list := all.now.sums("sales.profit", all.rows)
	margins := all.now.sums("sales.margin", all.rows)
	if len(list) == 0 || !list[firstOfAll(list, v)].known {
		return m.missing(c, c.Name, "needs orders, fees and costs"), nil
	}
	at := firstOfAll(list, v)
	c.Value = list[at].money().Text()
	for _, mk := range m.v.markets {
		if mk.Currency == list[at].currency {
			c.Subject = mk.Code
			break
		}
	}
	c.Detail = m.settledShare(v)
	if at < len(margins) && margins[at].known {
		c.Detail = fmt.Sprintf("%s %% margin, %s", grouped(fmt.Sprintf("%.0f", margins[at].f*100)), c.Detail)
	}
	if list[at].n < 0 {
		c.State = stateWarning
	}
	return c, nil
}

// settledShare says how many of the month's days settlements cover.
func (m *morning) settledShare(v view) string {
	for _, mk := range m.v.markets {
		x, ok := m.of("sales.settled_through", mk.Code)
		if !ok {
			continue
		}
		day, err := core.ParseDay(x.Text)
		if err != nil {
			continue
		}
		days := core.Period{From: v.period.From, To: min(day, v.period.To)}.Days()
		return fmt.Sprintf("%d of %d d settled", days, v.period.Days())
	}
	return "nothing settled"
}

// ads: is money wasted?
func (m *morning) ads(ctx context.Context) (CheckOutput, error) {
	c := m.cell("ads", "Ads, wasted", "Does ad money bring orders?", address("/ads", "table", "terms"))
	c.Name, c.Money = "advertising.wasted_spend_28d", true
	var list []core.Money
	for _, mk := range m.v.markets {
		if x, ok := m.of(c.Name, mk.Code); ok {
			list = append(list, x.Money)
			if c.Subject == "" || x.Money.Minor > 0 && m.facts[c.Name][c.Subject].Money.Minor == 0 {
				c.Subject = mk.Code
			}
			if x.Money.Minor > 0 {
				c.State = stateWarning
			}
		}
	}
	if len(list) == 0 {
		return m.missing(c, c.Name, "needs the search term report"), nil
	}
	c.Value, c.Detail = m.sumMoney(list), "28 days"
	all, err := m.s.totals(ctx, m.v, "sales", "", []string{"sales.tacos"})
	if err != nil {
		return c, err
	}
	for _, x := range all.now.sums("sales.tacos", all.rows) {
		if x.known {
			c.Detail = fmt.Sprintf("28 d, TACoS %.1f %%", x.f*100)
			break
		}
	}
	return c, nil
}

const lowShare = 90 // per cent of page views with the own offer featured; below, someone else sells

// featuredOffer: who holds the offer of what sells most?
func (m *morning) featuredOffer(context.Context) (CheckOutput, error) {
	c := m.cell("featured_offer", "Featured offer", "Do I hold the offer of what sells most?", address("/listings", "table", "skus", "sort", "sales.featured_offer_pct"))
	c.Name = "sales.featured_offer_pct_7d"
	if m.noneKnown(c.Name) {
		return m.missing(c, c.Name, "needs the business report by item"), nil
	}
	lost, worst := m.pick(c.Name, func(_ string, x fact.Value) bool { return x.Num < lowShare }, func(a, b fact.Value) bool { return a.Num < b.Num })
	top, best := "", 0.0
	for id, x := range m.facts["sales.sales_28d"] {
		if _, ok := m.of(c.Name, id); ok && x.Known() && (x.Money.Major() > best || x.Money.Major() == best && id < top) {
			top, best = id, x.Money.Major()
		}
	}
	words := "best seller"
	if top == "" { // nothing is known to have sold
		_, top = m.pick(c.Name, func(string, fact.Value) bool { return true }, func(a, b fact.Value) bool { return a.Num < b.Num })
		words = "lowest"
	}
	x, _ := m.of(c.Name, top)
	_, sku := fact.SplitID(top)
	c.Subject, c.Value, c.Detail = top, fmt.Sprintf("%.0f %%", x.Num), sku+", "+words
	if len(lost) > 0 {
		c.State, c.Subject = stateWarning, worst
		c.Detail = plural(len(lost), "SKU") + fmt.Sprintf(" under %d %%", lowShare)
		c.Link = address("/listings", "table", "skus", "sort", "sales.featured_offer_pct", "sel", worst)
	}
	return c, nil
}

// presetNamed is the preset of a table that has the title; "" if none has.
func (s *Service) presetNamed(module, table, title string) string {
	t, err := s.tableOf(module, table)
	if err != nil {
		return ""
	}
	for _, p := range t.Presets {
		if p.Title == title {
			return p.Name
		}
	}
	return ""
}
