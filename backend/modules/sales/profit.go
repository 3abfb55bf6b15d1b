package sales

import (
	"context"
	"fmt"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module"
	"purser/backend/core/source"
)

// fee is a fee preview as known on the as-of day.
type fee struct {
	core.Money
	observed core.Day // of the version
	late     bool     // only known later
}

// readFees gives the newest preview known at the end of asOf per marketplace number and
// SKU, else the earliest one there is.
func (m *Module) readFees(ctx context.Context, mkt int64, asOf core.Day, n names) (map[marketSKU]fee, error) {
	rows, err := m.h.DB().QueryContext(ctx, m.q["FeeVersions"], mkt)
	if err != nil {
		return nil, fmt.Errorf("read fees: %w", err)
	}
	defer func() { _ = rows.Close() }()
	out, late := map[marketSKU]fee{}, lateDays(n.mkts)
	for rows.Next() {
		var k marketSKU
		var f fee
		var currency int64
		if err := rows.Scan(&k.mkt, &k.sku, &f.observed, &currency, &f.Minor); err != nil {
			return nil, fmt.Errorf("read fees: %w", err)
		}
		f.Currency, f.late = core.Currency(n.words[currency]), f.observed > asOf+late[k.mkt]
		if _, ok := out[k]; !ok || !f.late { // versions come oldest first
			out[k] = f
		}
	}
	return out, rows.Err()
}

// feesSeen gives the day of the newest preview file known at the end of asOf by marketplace
// number: a file that tells the same again makes no new version, but keeps it fresh.
func (m *Module) feesSeen(ctx context.Context, asOf core.Day, n names) (map[int64]core.Day, error) {
	spans, err := m.spans(ctx, m.h.DB(), source.FeeEstimates, n.mkts)
	if err != nil {
		return nil, err
	}
	out, late := map[int64]core.Day{}, lateDays(n.mkts)
	for mkt, list := range spans {
		for _, sp := range list {
			if sp.observed <= asOf+late[mkt] {
				out[mkt] = max(out[mkt], sp.observed)
			}
		}
	}
	return out, nil
}

// profit answers price, fees, cost and what they leave.
func (s *sheet) profit(ctx context.Context, markets []*market, n names) error {
	c := profitColumns{
		price: s.column("sales.price"), fees: s.column("sales.fees_per_unit"), cost: s.column("sales.unit_cost"),
		ratio: s.column("sales.contribution_ratio"), day: s.column("sales.profit_day_28d"),
	}
	if c.price == nil && c.fees == nil && c.cost == nil && c.ratio == nil && c.day == nil {
		return nil
	}
	only := int64(0)
	if s.q.Subject != "" && len(markets) == 1 {
		only = markets[0].id
	}
	fees, err := s.m.readFees(ctx, only, s.q.AsOf, n)
	if err != nil {
		return err
	}
	seen, err := s.m.feesSeen(ctx, s.q.AsOf, n)
	if err != nil {
		return err
	}
	byName := map[int64]map[string]fee{}
	for k, f := range fees {
		if byName[k.mkt] == nil {
			byName[k.mkt] = map[string]fee{}
		}
		f.observed = max(f.observed, seen[k.mkt])
		byName[k.mkt][n.skus[k.sku]] = f
	}
	for _, mk := range markets {
		units := s.base(mk.now[w28], kindOrders)
		for _, sku := range mk.subjects {
			subject := mk.code + "/" + sku
			f, ok := byName[mk.id][sku]
			price, fees, cost := s.price(mk, sku), s.fee(f, ok), s.cost(mk.items[sku])
			c.price.put(subject, price)
			c.fees.put(subject, fees)
			c.cost.put(subject, cost)
			margin := margin(price, fees, cost)
			c.ratio.put(subject, contribution(margin, price))
			var sold int64
			if t := mk.skus[sku]; t != nil {
				sold = t.units[w28]
			}
			c.day.put(subject, profitADay(margin, units, sold))
		}
	}
	return nil
}

type profitColumns struct{ price, fees, cost, ratio, day column }

// price is the price last paid in the 28-day window, else the catalog's.
func (s *sheet) price(mk *market, sku string) fact.Value {
	if t := mk.skus[sku]; t != nil && t.price > 0 {
		w := mk.now[w28]
		w.gap = core.Period{} // one sale is enough to know the price
		v := s.base(w, kindOrders)
		v.AsOf, v.Money = t.priceDay, core.Money{Minor: t.price, Currency: mk.currency}
		if v.Maturity == fact.Settling {
			v.Maturity = fact.Fresh // Amazon restates what was sold, not what was paid for it
		}
		return v
	}
	if p := mk.items[sku].Price; p.Currency != "" && p.Minor > 0 {
		v := estimate(fact.Value{Maturity: fact.Fresh, Source: "catalog", AsOf: s.q.AsOf}, "not sold in 28 days: price of the listing")
		v.Money = p
		return v
	}
	return missing(kindOrders, "neither sold in 28 days nor listed with a price")
}

func (s *sheet) fee(f fee, ok bool) fact.Value {
	k := s.kind(kindFees)
	if !ok {
		return missing(kindFees, "fees are not known: import "+k.Title)
	}
	v := fact.Value{Maturity: fact.Fresh, Source: kindFees, AsOf: f.observed, Money: f.Money}
	if f.late {
		return estimate(v, "first known on "+f.observed.String())
	}
	v.Maturity = s.age(f.observed, k)
	return v
}

func (s *sheet) cost(it module.Item) fact.Value {
	if it.Cost.Currency == "" {
		return missing("catalog", "the unit cost is not known: enter it or import the cost sheet")
	}
	return fact.Value{Maturity: fact.Fresh, Source: "catalog", AsOf: s.q.AsOf, Money: it.Cost}
}

// margin is price − fees − cost; missing where one of them is, or is in another currency.
func margin(price, fees, cost fact.Value) fact.Value {
	v := price
	for _, o := range [2]fact.Value{fees, cost} {
		switch {
		case !v.Known():
			return v
		case !o.Known():
			return o
		case o.Money.Currency != price.Money.Currency:
			return missing(o.Source, fmt.Sprintf("%s and %s are not subtracted from each other", price.Money.Currency, o.Money.Currency))
		}
		v = both(v, o)
		v.Money.Minor -= o.Money.Minor
	}
	return v
}

func contribution(margin, price fact.Value) fact.Value {
	if !margin.Known() {
		return margin
	}
	margin.Num = float64(margin.Money.Minor) / float64(price.Money.Minor)
	margin.Money = core.Money{}
	return margin
}

// profitADay is units a day × margin, rounded to the minor unit.
func profitADay(margin, units fact.Value, sold int64) fact.Value {
	switch {
	case !margin.Known():
		return margin
	case !units.Known():
		return units
	}
	v := both(margin, units)
	v.Money.Minor = divide(sold*margin.Money.Minor, int64(windowDays()[w28]))
	return v
}
