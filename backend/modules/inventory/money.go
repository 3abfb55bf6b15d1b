package inventory

import (
	"math"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// noCost is why a figure in money is not known.
const noCost = "no unit cost given"

// softened takes what may still be restated for an estimate: what is lost a day is one anyway.
func softened(m fact.Maturity) fact.Maturity {
	if m == fact.Settling {
		return fact.Estimated
	}
	return m
}

func (a *answer) lostSales(id string, v rate) fact.Value {
	price, o := core.Money{}, v.origin
	if known, ok := a.prices[id]; ok && known.Known() && known.Money.Currency != "" {
		price = known.Money
		o = o.and(origin{asOf: known.AsOf, maturity: softened(known.Maturity), note: known.Note})
		if known.Maturity == fact.Settling {
			o = o.noting("the price may still be restated")
		}
	} else if it := a.items[id]; it.Price.Currency != "" {
		price = it.Price
		o = o.noting("price from the catalog")
	}
	if price.Currency == "" {
		return missing(salesKind, "price not known")
	}
	// In minor units, which are exact: half of 17.99 rounds up only if it is not 8.99499… first.
	return o.money(core.Money{Minor: int64(math.Round(v.perDay * float64(price.Minor))), Currency: price.Currency})
}

// times is what so many units of a SKU cost.
func (a *answer) times(id string, o origin, units int64) fact.Value {
	cost, ok := a.costs[id]
	if !ok || !cost.Known() || cost.Money.Currency == "" {
		return missing("catalog", noCost)
	}
	o = o.and(origin{asOf: cost.AsOf, maturity: cost.Maturity, note: cost.Note})
	return o.money(core.Money{Minor: cost.Money.Minor * units, Currency: cost.Money.Currency})
}

// purse adds up amounts of one currency, and counts what it had to leave out.
type purse struct {
	sum     core.Money
	used    int
	unknown int // SKUs without an amount
	foreign int // SKUs whose amount is in another currency
	worst   fact.Maturity
}

// newPurse counts in the marketplace's own currency; where Purser knows none, in that of the first amount.
func newPurse(market string) purse {
	mp, _ := core.MarketplaceByCode(market)
	return purse{sum: core.Money{Currency: mp.Currency}}
}

func (p *purse) add(v fact.Value) {
	switch {
	case !v.Known():
		p.unknown++
	case p.sum.Currency != "" && v.Money.Currency != p.sum.Currency:
		p.foreign++
	default:
		p.sum = core.Money{Minor: p.sum.Minor + v.Money.Minor, Currency: v.Money.Currency}
		p.used++
		p.worst = fact.Worst(p.worst, v.Maturity)
	}
}

// value is the sum with its origin; not known where every amount had to be left out.
func (p *purse) value(o origin, why string) fact.Value {
	if p.used == 0 && p.unknown+p.foreign > 0 || p.sum.Currency == "" {
		return missing(o.source, why)
	}
	o.maturity = fact.Worst(o.maturity, p.worst)
	if p.unknown > 0 {
		o.maturity = fact.Worst(o.maturity, fact.Estimated)
		o = o.noting(plural(p.unknown, "SKU") + " left out: " + why)
	}
	if p.foreign > 0 {
		o.maturity = fact.Worst(o.maturity, fact.Estimated)
		o = o.noting(plural(p.foreign, "SKU") + " left out: in another currency than " + string(p.sum.Currency))
	}
	return o.money(p.sum)
}
