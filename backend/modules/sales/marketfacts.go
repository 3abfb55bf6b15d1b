package sales

import (
	"context"
	"fmt"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// marketSales answers units, sales and their change for whole marketplaces.
func (s *sheet) marketSales(ctx context.Context, markets []*market, _ names) error {
	units, sales, change := s.windowColumns("market_units"), s.windowColumns("market_sales"), s.windowColumns("market_change")
	day, dayChange := s.column("sales.yesterday_sales"), s.column("sales.yesterday_change")
	if !wantsAny(units, sales, change) && day == nil && dayChange == nil {
		return nil
	}
	for _, mk := range markets {
		p := mk.span()
		if s.q.Subject != "" && s.q.Subject != mk.code {
			continue
		}
		p = p.Include(s.q.AsOf - 1).Include(s.q.AsOf - 29)
		rows, err := s.m.readMarketDays(ctx, mk.id, p, s.q.AsOf, mk.known)
		if err != nil {
			return err
		}
		for i := range mk.now {
			now, before := s.base(mk.now[i], kindOrders), s.past(mk.prior[i], kindOrders)
			u, sold, foreign := mk.sum(rows, mk.now[i].Period)
			_, was, wasForeign := mk.sum(rows, mk.prior[i].Period)
			v := money(now, sold, mk.currency, foreign)
			units[i].put(mk.code, count(now, u))
			sales[i].put(mk.code, v)
			change[i].put(mk.code, ratio(v, money(before, was, mk.currency, wasForeign)))
		}
		s.yesterday(mk, rows, day, dayChange)
	}
	return nil
}

// sum adds up the rows of a period; foreign: some sales are in another currency.
func (mk *market) sum(rows []marketRow, p core.Period) (units, sales int64, foreign bool) {
	for i := range rows {
		r := &rows[i]
		if !p.Contains(r.day) {
			continue
		}
		units += r.units
		if r.currency == mk.currencyID {
			sales += r.sales
		} else if r.sales != 0 {
			foreign = true
		}
	}
	return units, sales, foreign
}

// yesterday answers the day before the as-of day, which is never taken from another day.
func (s *sheet) yesterday(mk *market, rows []marketRow, day, dayChange column) {
	of := func(d core.Day) fact.Value {
		p := core.Period{From: d, To: d}
		_, sold, foreign := mk.sum(rows, p)
		return money(s.past(mk.known.window(p, s.q.AsOf), kindOrders), sold, mk.currency, foreign)
	}
	v := of(s.q.AsOf - 1)
	if v.Known() {
		v.Maturity = fact.Worst(v.Maturity, s.age(s.q.AsOf-1, s.kind(kindOrders)))
	}
	day.put(mk.code, v)
	if !v.Known() {
		dayChange.put(mk.code, v)
		return
	}
	const weeks = 4
	mean := fact.Value{Maturity: fact.Fresh, Source: kindOrders, Money: core.Money{Currency: mk.currency}}
	for w := 1; w <= weeks; w++ {
		b := of(s.q.AsOf - 1 - core.Day(7*w))
		mean = both(mean, b)
		mean.Money.Minor += b.Money.Minor
	}
	v.Money.Minor *= weeks // against the sum of four days, so that nothing is rounded
	dayChange.put(mk.code, ratio(v, mean))
}

func fileFor(k string, p core.Period) string {
	return fmt.Sprintf("import %s for %s to %s", k, p.From, p.To)
}
