package inventory

import "purser/backend/core/fact"

// tally adds up a marketplace.
type tally struct {
	origin
	market     string
	units      int64
	inbound    int64
	out, empty int // out of stock and selling; listed with none on hand
	low, due   int
	unknown    int           // SKUs whose velocity is not known
	sales      fact.Maturity // worst of the velocities that were used
	ordering   fact.Maturity // worst of what rests on lead times too
	stock      purse         // value of the units on hand
	orders     purse         // cost of the orders that are due
	lost       purse         // sales lost by what is out of stock
}

func newTally(market string, o origin) tally {
	return tally{origin: o, market: market, stock: newPurse(market), orders: newPurse(market), lost: newPurse(market)}
}

func (t *tally) add(o outlook) {
	t.units += o.onHand
	t.inbound += o.inbound
	none := o.onHand == 0
	if none && o.listed {
		t.empty++
	}
	if !none {
		t.stock.add(o.value)
	}
	if o.velocity.maturity == fact.Missing {
		if !none { // without stock for 90 days it neither sells nor runs low
			t.unknown++
		}
		return
	}
	t.sales = fact.Worst(t.sales, o.velocity.maturity)
	t.ordering = fact.Worst(t.ordering, o.ordering)
	if none && o.velocity.perDay > 0 {
		t.out++
		t.lost.add(o.lost)
	}
	if o.low {
		t.low++
	}
	if o.due {
		t.due++
		t.orders.add(o.cost)
	}
}

func (t *tally) put(s *sheet, d demand) {
	s.put(factTotal, t.market, t.num(float64(t.units)))
	inbound := t.origin
	if inbound.source != kindStock {
		inbound = inboundOrigin(inbound, units{inbound: t.inbound})
	}
	s.put(factInboundSum, t.market, inbound.num(float64(t.inbound)))
	s.put(factTiedUp, t.market, t.stock.value(t.origin, noCost))
	if !s.wants(factOut, factLow, factToOrder, factOrderTotal, factLostTotal) {
		return
	}
	if d.problem != "" {
		for _, n := range []string{factLow, factToOrder, factOrderTotal, factLostTotal} {
			s.put(n, t.market, missing(salesKind, d.problem))
		}
		guess := t.noting("sales not known: SKUs that no longer sell are counted too")
		guess.maturity = fact.Worst(guess.maturity, fact.Estimated)
		s.put(factOut, t.market, guess.num(float64(t.empty)))
		return
	}
	o := t.origin
	o.maturity = fact.Worst(o.maturity, t.sales)
	if t.unknown > 0 {
		o.maturity = fact.Worst(o.maturity, fact.Estimated)
		o = o.noting(plural(t.unknown, "SKU") + " left out: velocity not known")
	}
	s.put(factOut, t.market, o.num(float64(t.out)))
	s.put(factLow, t.market, o.num(float64(t.low)))
	s.put(factLostTotal, t.market, t.lost.value(o, "price not known"))
	if fact.Worst(o.maturity, t.ordering) != o.maturity {
		o.maturity = t.ordering
		o = o.noting("some lead times or units on their way are assumed")
	}
	s.put(factToOrder, t.market, o.num(float64(t.due)))
	s.put(factOrderTotal, t.market, t.orders.value(o, noCost))
}
