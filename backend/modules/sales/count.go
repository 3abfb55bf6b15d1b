package sales

import (
	"slices"

	"purser/backend/modules/sales/internal/daypack"
)

// soldLine is what a roll-up reads of an order line.
type soldLine struct {
	order, sku, mkt, at, state, qty, currency, hasPrice, price int64
}

// total is what a marketplace sold in one currency on one day. Units are those of lines
// that are not cancelled; sales are their item prices in minor units.
type total struct{ units, sales, orders, cancelled, pending int64 }

// marketCount is one day of a marketplace: per SKU, sorted, and per currency.
type marketCount struct {
	entries []daypack.Entry
	totals  map[int64]total
}

// dayCount adds up the lines of one day, given in key order: order by order.
type dayCount struct {
	skus    map[skuKey]*skuCount
	markets map[marketCurrency]*marketTotal
	orders  []int64 // in order, each once
}

type skuKey struct{ mkt, sku, currency int64 }

type skuCount struct {
	daypack.Entry
	lastOrder, priceAt int64
}

type marketCurrency struct{ mkt, currency int64 }

type marketTotal struct {
	total
	lastOrder int64
}

func newDayCount() *dayCount {
	return &dayCount{skus: map[skuKey]*skuCount{}, markets: map[marketCurrency]*marketTotal{}}
}

// add counts one line. Lines of one order follow each other, so that an order is counted once.
func (c *dayCount) add(l *soldLine) {
	if n := len(c.orders); n == 0 || c.orders[n-1] != l.order {
		c.orders = append(c.orders, l.order)
	}
	k := skuKey{l.mkt, l.sku, l.currency}
	s := c.skus[k]
	if s == nil {
		s = &skuCount{Entry: daypack.Entry{SKU: l.sku, Currency: l.currency}}
		c.skus[k] = s
	}
	mk := marketCurrency{l.mkt, l.currency}
	t := c.markets[mk]
	if t == nil {
		t = &marketTotal{}
		c.markets[mk] = t
	}
	if l.state == stateCancelled {
		s.Cancelled += l.qty
		t.cancelled += l.qty
		return
	}
	s.Units += l.qty
	t.units += l.qty
	if l.hasPrice == 1 {
		s.Sales += l.price
		t.sales += l.price
	} else if l.state == statePending {
		s.Pending += l.qty
		t.pending += l.qty
	}
	if s.lastOrder != l.order {
		s.Orders, s.lastOrder = s.Orders+1, l.order
	}
	if t.lastOrder != l.order {
		t.orders, t.lastOrder = t.orders+1, l.order
	}
	if p := unitPrice(l.hasPrice == 1, l.price, l.qty); p > 0 && l.at >= s.priceAt {
		s.Price, s.priceAt = p, l.at
	}
}

// of gives one marketplace of the day.
func (c *dayCount) of(mkt int64) marketCount {
	out := marketCount{totals: map[int64]total{}}
	for k, s := range c.skus {
		if k.mkt == mkt {
			out.entries = append(out.entries, s.Entry)
		}
	}
	slices.SortFunc(out.entries, daypack.Entry.Key)
	for k, t := range c.markets {
		if k.mkt == mkt {
			out.totals[k.currency] = t.total
		}
	}
	return out
}
