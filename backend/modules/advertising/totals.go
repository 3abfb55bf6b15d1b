package advertising

import (
	"purser/backend/core"
	"purser/backend/core/fact"
)

// totals are sums over rows of one currency; once two currencies meet they are mixed and
// their amounts are not told.
type totals struct {
	impressions, clicks, orders, spend, sales int64

	currency uint32
	mixed    bool
}

func (t *totals) add(r *row) {
	t.impressions += r.impressions
	t.clicks += r.clicks
	t.orders += r.orders
	t.spend += r.spend
	t.sales += r.sales
	t.see(r.currency)
}

// plus adds another sum.
func (t *totals) plus(o totals) {
	t.impressions += o.impressions
	t.clicks += o.clicks
	t.orders += o.orders
	t.spend += o.spend
	t.sales += o.sales
	t.mixed = t.mixed || o.mixed
	t.see(o.currency)
}

// minus takes a part out of a sum that holds it.
func (t totals) minus(o totals) totals {
	t.impressions -= o.impressions
	t.clicks -= o.clicks
	t.orders -= o.orders
	t.spend -= o.spend
	t.sales -= o.sales
	return t
}

func (t *totals) see(currency uint32) {
	switch {
	case currency == 0 || t.currency == currency:
	case t.currency == 0:
		t.currency = currency
	default:
		t.mixed = true
	}
}

// figures is a sum with its window and its currency by name: what values are made of.
type figures struct {
	totals
	w     window
	money core.Currency
}

const mixedNote = "the reports give amounts in several currencies, which are not added up"

func (f figures) amount(minor int64) fact.Value {
	if !f.w.known() {
		return f.w.value()
	}
	if f.mixed {
		return f.w.missing(mixedNote)
	}
	v := f.w.value()
	v.Money = core.Money{Minor: minor, Currency: f.money}
	return v
}

func (f figures) count(n int64) fact.Value {
	v := f.w.value()
	v.Num = float64(n)
	return v
}

// acos is ad spend over ad sales.
func (f figures) acos() fact.Value {
	switch {
	case !f.w.known():
		return f.w.value()
	case f.mixed:
		return f.w.missing(mixedNote)
	case f.sales <= 0 && f.spend == 0:
		return f.w.missing("no ad spend and no ad sales in these days")
	case f.sales <= 0:
		return f.w.missing("no ad sales in these days")
	}
	v := f.w.value()
	v.Num = float64(f.spend) / float64(f.sales)
	return v
}
