package sales

import (
	"errors"
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

// dayCount adds up the lines of one day, given in key order: order by order. It is used again
// for the next day, so that counting a long import makes no garbage.
type dayCount struct {
	at      map[skuKey]int32 // place in skus
	skus    []skuCount
	markets map[marketCurrency]*marketTotal
	orders  []int64 // in order, each once
	entries map[int64][]daypack.Entry
}

type skuKey struct{ mkt, sku, currency int64 }

type skuCount struct {
	daypack.Entry
	mkt, lastOrder, priceAt int64
}

type marketCurrency struct{ mkt, currency int64 }

type marketTotal struct {
	total
	lastOrder int64
}

func newDayCount() *dayCount {
	return &dayCount{at: map[skuKey]int32{}, markets: map[marketCurrency]*marketTotal{}, entries: map[int64][]daypack.Entry{}}
}

func (c *dayCount) reset() {
	clear(c.at)
	clear(c.markets)
	c.skus, c.orders = c.skus[:0], c.orders[:0]
}

// errOrder says that lines were read in an order in which orders cannot be counted.
var errOrder = errors.New("lines came out of key order")

// add counts one line. Lines of one order follow each other, so that an order is counted once.
func (c *dayCount) add(l *soldLine) error {
	if n := len(c.orders); n == 0 || c.orders[n-1] != l.order {
		if n > 0 && c.orders[n-1] > l.order {
			return errOrder
		}
		c.orders = append(c.orders, l.order)
	}
	k := skuKey{l.mkt, l.sku, l.currency}
	i, ok := c.at[k]
	if !ok {
		i = int32(len(c.skus))
		c.at[k] = i
		c.skus = append(c.skus, skuCount{Entry: daypack.Entry{SKU: l.sku, Currency: l.currency}, mkt: l.mkt})
	}
	s := &c.skus[i]
	mk := marketCurrency{l.mkt, l.currency}
	t := c.markets[mk]
	if t == nil {
		t = &marketTotal{}
		c.markets[mk] = t
	}
	c.count(l, s, t)
	return nil
}

func (c *dayCount) count(l *soldLine, s *skuCount, t *marketTotal) {
	s.Lines++
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

// split sorts what was counted into marketplaces.
func (c *dayCount) split() {
	for mkt := range c.entries {
		c.entries[mkt] = c.entries[mkt][:0]
	}
	for i := range c.skus {
		s := &c.skus[i]
		c.entries[s.mkt] = append(c.entries[s.mkt], s.Entry)
	}
	for _, e := range c.entries {
		slices.SortFunc(e, daypack.Entry.Key)
	}
}

// of gives one marketplace of the day, after split; its entries hold until the next split.
func (c *dayCount) of(mkt int64) marketCount {
	out := marketCount{entries: c.entries[mkt], totals: map[int64]total{}}
	for k, t := range c.markets {
		if k.mkt == mkt {
			out.totals[k.currency] = t.total
		}
	}
	return out
}
