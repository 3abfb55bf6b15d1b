package sales

import (
	"purser/backend/core"
	"purser/backend/core/fact"
)

// noteForeign says why sales in several currencies have no sum.
const noteForeign = "sold in another currency as well: amounts of two currencies are not added"

// skuSales answers units, sales and their change for the SKUs of a marketplace.
func (s *sheet) skuSales(mk *market) {
	units, sales, change, before := s.windowColumns("units"), s.windowColumns("sales"), s.windowColumns("change"), s.windowColumns("prior_units")
	daily := s.column("sales.daily_sales_28d")
	if !wantsAny(units, sales, change, before) && daily == nil {
		return
	}
	var now, prior [3]fact.Value
	for i := range now {
		now[i], prior[i] = s.base(mk.now[i], kindOrders), s.past(mk.prior[i], kindOrders)
	}
	none := &skuSums{}
	for _, sku := range mk.subjects {
		subject := mk.code + "/" + sku
		t := mk.skus[sku]
		if t == nil {
			t = none
		}
		for i := range now {
			units[i].put(subject, count(now[i], t.units[i]))
			before[i].put(subject, count(prior[i], t.priorUnits[i]))
			sold := money(now[i], t.sales[i], mk.currency, t.foreign[i])
			sales[i].put(subject, sold)
			if change[i] != nil {
				change[i].put(subject, ratio(sold, money(prior[i], t.priorSales[i], mk.currency, t.priorForeign[i])))
			}
			if i == w28 {
				daily.put(subject, perDay(sold, windowDays()[i]))
			}
		}
	}
}

func count(base fact.Value, n int64) fact.Value {
	if base.Known() {
		base.Num = float64(n)
	}
	return base
}

func money(base fact.Value, minor int64, c core.Currency, foreign bool) fact.Value {
	switch {
	case !base.Known():
		return base
	case foreign:
		return missing(base.Source, noteForeign)
	case c == "":
		return missing(base.Source, "the currency of the marketplace is not known")
	}
	base.Money = core.Money{Minor: minor, Currency: c}
	return base
}

func perDay(v fact.Value, days int) fact.Value {
	v.Money.Minor = divide(v.Money.Minor, int64(days))
	return v
}

// ratio is now ÷ before − 1 of two money values.
func ratio(now, before fact.Value) fact.Value {
	switch {
	case !now.Known():
		return now
	case !before.Known():
		return before
	case before.Money.Minor <= 0:
		return missing(now.Source, "no sales on the same weekdays before to compare with")
	}
	v := both(now, before)
	v.AsOf, v.Money = now.AsOf, core.Money{}
	v.Num = float64(now.Money.Minor)/float64(before.Money.Minor) - 1
	return v
}
