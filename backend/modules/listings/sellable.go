package listings

import (
	"context"
	"fmt"
	"strings"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// knowsStock says whether inventory knows any SKU of the marketplace: those it does not name
// have no stock at Amazon then.
func (a *answer) knowsStock(market string) bool {
	for id, v := range a.stocks {
		if code, _ := fact.SplitID(id); code == market && v.Known() {
			return true
		}
	}
	return false
}

// idleStock says whether the SKU has stock but no active offer.
func (a *answer) idleStock(m *market, id string, sku core.SKU, stocked bool) fact.Value {
	if !m.offersOf.known() {
		return a.none(kindOffers)
	}
	o, listed := m.offers[sku]
	switch {
	case o.status == active:
		return m.offersOf.flag(false)
	case listed && !o.fba && o.quantity.Valid:
		return m.offersOf.flag(o.quantity.Int64 > 0)
	}
	stock, ok := a.stocks[id]
	if ok && stock.Known() {
		v := m.offersOf.flag(stock.Num > 0)
		v.Maturity = fact.Worst(v.Maturity, stock.Maturity)
		return v
	}
	if !ok && stocked {
		return m.offersOf.flag(false)
	}
	return missing(factOnHand, "stock not known: import an FBA inventory report")
}

// notSellable is true where any part is, false where all parts are known to be false, else missing.
func (a *answer) notSellable(parts ...fact.Value) fact.Value {
	var (
		yes, no fact.Value
		unknown []string
		source  string
	)
	for _, p := range parts {
		switch {
		case !p.Known():
			unknown = append(unknown, p.Note)
			source = p.Source
		case p.Flag:
			if yes.Maturity == "" || fact.Worst(p.Maturity, yes.Maturity) != p.Maturity {
				yes = p // the most trustworthy of those that are true
			}
		case no.Maturity == "" || fact.Worst(p.Maturity, no.Maturity) == p.Maturity:
			no = p // the least trustworthy of those that are false
		}
	}
	switch {
	case yes.Maturity != "":
		return yes
	case len(unknown) > 0:
		return missing(source, strings.Join(unknown, "; "))
	}
	return no
}

// beginning is the day a SKU's trouble began; day 0: there is none.
type beginning struct {
	day     core.Day
	guessed bool
}

// began is the earliest beginning of the SKU's troubles.
func (m *market) began(sku core.SKU, idle fact.Value) beginning {
	var b beginning
	earlier := func(day core.Day, guessed bool) {
		if day != 0 && (b.day == 0 || day < b.day) {
			b = beginning{day, guessed}
		}
	}
	if t := m.hidden[sku]; t != nil {
		earlier(t.since, t.guessed)
	}
	if t := m.stray[sku]; t != nil {
		earlier(t.since, t.guessed)
	}
	if idle.Known() && idle.Flag {
		if o, ok := m.offers[sku]; ok {
			earlier(o.since, !o.seen)
		} else {
			earlier(m.offersOf.day, true)
		}
	}
	return b
}

// stakeDays is how many days before a trouble began tell what it costs: whole weeks.
const stakeDays = 28

// stake works out what the SKUs of one marketplace sold before their trouble began.
type stake struct {
	*started
	market string
	asOf   core.Day
	zero   core.Money
}

func newStake(s *started, market string, asOf core.Day) *stake {
	out := &stake{started: s, market: market, asOf: asOf}
	if mp, ok := core.MarketplaceByCode(market); ok {
		out.zero.Currency = mp.Currency
	}
	return out
}

// of is the mean daily sales of the 28 days before the trouble began; 0 for what can be sold.
func (s *stake) of(ctx context.Context, id string, not fact.Value, began beginning) (fact.Value, error) {
	o := origin{asOf: not.AsOf, maturity: not.Maturity, source: not.Source, note: not.Note}
	switch {
	case !not.Known():
		return not, nil
	case !not.Flag:
		return o.money(s.zero), nil
	}
	before := core.LastDays(min(began.day, s.asOf)-1, stakeDays)
	sum, days, err := s.sales(ctx, id, before)
	if err != nil {
		return missing("all_orders", "sales can't be read: "+core.AsError(err).Error()), ctx.Err()
	}
	if days == 0 {
		return missing("all_orders", fmt.Sprintf("no sales known of the 28 days before %s", began.day)), nil
	}
	o.asOf = max(o.asOf, before.To)
	if days < stakeDays {
		o = o.estimated(fmt.Sprintf("sales known on %d of the 28 days before %s", days, began.day))
	}
	if began.guessed {
		o = o.estimated("began on " + began.day.String() + " or earlier")
	}
	return o.money(core.Money{Minor: perDay(sum.Minor, int64(days)), Currency: sum.Currency}), nil
}

// sales adds up a SKU's sales over the period and counts the days on which sales are known:
// those of the SKU's own series or, as an orders report covers a whole marketplace, of the marketplace's.
func (s *stake) sales(ctx context.Context, id string, p core.Period) (core.Money, int, error) {
	covered := map[core.Day]bool{}
	sum := s.zero
	own, err := s.host.Daily(ctx, seriesSales, id, p, s.asOf)
	if err != nil {
		return sum, 0, err
	}
	for _, one := range own {
		for _, pt := range one.Points {
			if one.Subject != id || pt.Maturity == fact.Missing || !p.Contains(pt.Day) {
				continue
			}
			covered[pt.Day] = true
			if sum, err = sum.Add(pt.Money); err != nil {
				return sum, 0, err
			}
		}
	}
	if len(covered) == p.Days() {
		return sum, len(covered), nil
	}
	whole, err := s.host.Daily(ctx, seriesMarketSales, s.market, p, s.asOf)
	if err != nil {
		return sum, 0, err
	}
	for _, one := range whole {
		for _, pt := range one.Points {
			if one.Subject == s.market && pt.Maturity != fact.Missing && p.Contains(pt.Day) {
				covered[pt.Day] = true
			}
		}
	}
	return sum, len(covered), nil
}

// perDay divides minor units by days, half away from zero.
func perDay(minor, days int64) int64 {
	half := days / 2
	if minor < 0 {
		half = -half
	}
	return (minor + half) / days
}
