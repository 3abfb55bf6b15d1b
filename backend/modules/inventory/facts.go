package inventory

import (
	"context"
	"fmt"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module"
)

// Facts implements fact.Provider.
func (m *Module) Facts(ctx context.Context, q fact.Query) ([]fact.Column, error) {
	s, err := m.running()
	if err != nil {
		return nil, err
	}
	lines, err := s.timelines(ctx)
	if err != nil {
		return nil, err
	}
	a := answer{started: s, sheet: newSheet(q, definitions()), lines: lines, asOf: q.AsOf}
	if err := a.prepare(ctx); err != nil {
		return nil, err
	}
	only, _ := fact.SplitID(q.Subject)
	for _, market := range lines.marketplaces() {
		if q.Subject != "" && only != market {
			continue
		}
		if err := a.marketplace(ctx, market); err != nil {
			return nil, err
		}
	}
	return a.sheet.columns(), nil
}

// answer is one query being answered.
type answer struct {
	*started
	sheet   *sheet
	lines   timelines
	asOf    core.Day
	target  setting // days of cover an order aims at
	selling bool    // units sold are needed
	demand  map[string]demand
	items   map[string]module.Item
	lead    int
	prices  map[string]fact.Value
	costs   map[string]fact.Value
}

// prepare reads what all marketplaces share, as far as it is asked for: other modules are
// not asked for what no wanted fact rests on.
func (a *answer) prepare(ctx context.Context) error {
	planned := []string{factOrderBy, factSuggested, factDaysShort, factLostSales, factOrderCost, factLow, factToOrder, factOrderTotal, factLostTotal}
	a.selling = a.sheet.wants(append(planned, factVelocity, factStockouts, factCover, factCoverOnHand, factSellsOut, factOut)...)
	if a.selling {
		a.demand = a.demands(ctx, a.asOf, a.lines.marketplaces())
	}
	if a.sheet.wants(factLostSales, factLostTotal) {
		a.prices = a.others(ctx, a.sheet.query, factPrice)
	}
	if a.sheet.wants(factValue, factOrderCost, factTiedUp, factOrderTotal) {
		a.costs = a.others(ctx, a.sheet.query, factUnitCost)
	}
	if a.sheet.wants(append(planned, factLead)...) {
		items, err := a.host.Catalog().Items(ctx)
		if err != nil {
			return fmt.Errorf("read lead times: %w", err)
		}
		a.lead = a.host.Catalog().DefaultLeadTime(ctx)
		a.items = make(map[string]module.Item, len(items))
		for _, it := range items {
			a.items[fact.SubjectID(it.Marketplace, string(it.SKU))] = it
		}
	}
	var err error
	a.target, err = a.targetCover(ctx, a.asOf)
	return err
}

func (a *answer) marketplace(ctx context.Context, market string) error {
	sn, ok := a.stockSnapshot(a.lines[market], a.asOf)
	if !ok {
		return nil
	}
	h, err := a.history(ctx, place{sn.kind, market}, a.lines[market][sn.kind], a.asOf)
	if err != nil {
		return err
	}
	levels, err := a.levels(ctx, market, sn, h)
	if err != nil {
		return err
	}
	a.sheet.grow(len(levels))
	total := newTally(market, sn.origin)
	for sku, u := range levels {
		total.add(a.sku(market, sku, u, sn, h))
	}
	total.put(a.sheet, a.demand[market])
	return a.amazon(ctx, market)
}

// outlook is what the marketplace's totals need of one SKU.
type outlook struct {
	onHand   int64
	inbound  int64
	listed   bool
	velocity rate
	ordering fact.Maturity // of what follows from the lead time too
	low      bool
	due      bool       // an order is due within orderSoonDays
	value    fact.Value // inventory.stock_value
	cost     fact.Value // inventory.order_cost
	lost     fact.Value // inventory.lost_sales_day
}

// sku answers everything about one SKU that rests on its stock.
func (a *answer) sku(market string, sku core.SKU, u units, sn snapshot, h history) outlook {
	id := fact.SubjectID(market, string(sku))
	stock := u.origin(sn)
	a.putStock(id, u, sn.kind, stock)
	out := outlook{onHand: u.onHand, inbound: u.inbound, listed: u.listed}
	out.value = a.times(id, stock, u.onHand)
	a.sheet.put(factValue, id, out.value)
	lead, leadOrigin := a.leadTime(id)
	leadValue := leadOrigin.num(lead)
	leadValue.AsOf = a.asOf
	a.sheet.put(factLead, id, leadValue)
	a.sheet.put(factTarget, id, a.target.num(a.target.days))
	if !a.selling {
		return out
	}
	d := a.demand[market]
	out.velocity = a.velocity(h, sku, d)
	v := out.velocity
	if v.maturity == fact.Missing {
		a.sheet.put(factVelocity, id, missing(salesKind, v.note))
	} else {
		a.sheet.put(factVelocity, id, v.num(v.perDay))
	}
	a.putStockouts(id, h, h.changes[sku], d, sku, stock)
	p := restock(position{
		onHand: float64(u.onHand), inbound: float64(u.inbound), perDay: v.perDay,
		leadDays: lead, targetDays: a.target.days, stockDay: stock.asOf,
	})
	out.low = p.selling && p.daysShort > 0
	out.due = p.selling && p.orderBy <= orderSoonDays && p.suggested > 0
	a.putPlan(id, p, &out, inboundOrigin(stock, u), stock, leadOrigin)
	return out
}

func (a *answer) velocity(h history, sku core.SKU, d demand) rate {
	v := velocity(h, h.changes[sku], d, sku)
	if v.maturity != fact.Missing && a.stale(salesKind, a.asOf-1-d.last) {
		v.maturity = fact.Stale
		v.origin = v.noting("sales known only up to " + d.last.String())
	}
	return v
}

func (a *answer) putStock(id string, u units, kind string, o origin) {
	a.sheet.put(factOnHand, id, o.num(float64(u.onHand)))
	a.sheet.put(factReserved, id, o.num(float64(u.reserved)))
	a.sheet.put(factUnsellable, id, o.num(float64(u.unsellable)))
	a.sheet.put(factInbound, id, inboundOrigin(o, u).num(float64(u.inbound)))
	if u.working.Valid {
		a.sheet.put(factWorking, id, o.num(float64(u.working.Int64)))
	} else {
		a.sheet.put(factWorking, id, missing(kind, "only the FBA inventory report tells shipments not yet sent apart"))
	}
}

// inboundOrigin marks an inbound figure that may include units not yet sent.
func inboundOrigin(o origin, u units) origin {
	if u.working.Valid || u.inbound == 0 {
		return o
	}
	o.maturity = fact.Worst(o.maturity, fact.Estimated)
	return o.noting("inbound may include units not yet shipped")
}

func (a *answer) putStockouts(id string, h history, changes []change, d demand, sku core.SKU, stock origin) {
	out, told, reported := stockouts(h, changes, d, sku)
	if reported == 0 {
		a.sheet.put(factStockouts, id, missing(stock.source, "no stock report of the last 28 days"))
		return
	}
	o := stock
	o.asOf = min(o.asOf, a.asOf-1)
	if told < shortWindow {
		o.maturity = fact.Worst(o.maturity, fact.Estimated)
		o = o.noting(fmt.Sprintf("stock known on %d of 28 days", told))
	}
	a.sheet.put(factStockouts, id, o.num(float64(out)))
}

// leadTime of a SKU in days; the account's default is an assumption and says so. It has no
// day of its own: what is made of it is as old as the stock and the sales.
func (a *answer) leadTime(id string) (float64, origin) {
	o := origin{maturity: fact.Fresh, source: "catalog"}
	it, ok := a.items[id]
	if ok && !it.LeadAssumed && it.LeadTime > 0 {
		return float64(it.LeadTime), o
	}
	days := a.lead
	if ok && it.LeadTime > 0 {
		days = it.LeadTime
	}
	o.maturity = fact.Estimated
	return float64(days), o.noting("lead time assumed: the account's default of " + plural(days, "day"))
}

// putPlan answers what follows from stock, sales and lead time.
func (a *answer) putPlan(id string, p plan, out *outlook, position, stock, lead origin) {
	planned := []string{factCover, factCoverOnHand, factOrderBy, factSellsOut, factSuggested, factDaysShort, factLostSales, factOrderCost}
	v := out.velocity
	if v.maturity == fact.Missing {
		for _, n := range planned {
			a.sheet.put(n, id, missing(salesKind, "velocity not known: "+v.note))
		}
		return
	}
	cover := position.and(v.origin)
	ordering := cover.and(lead)
	out.ordering = ordering.maturity
	a.sheet.put(factSuggested, id, ordering.num(p.suggested))
	a.sheet.put(factDaysShort, id, ordering.num(p.daysShort))
	out.lost = a.lostSales(id, v)
	a.sheet.put(factLostSales, id, out.lost)
	out.cost = a.times(id, ordering, int64(p.suggested))
	a.sheet.put(factOrderCost, id, out.cost)
	if !p.selling {
		for _, n := range []string{factCover, factCoverOnHand, factOrderBy, factSellsOut} {
			a.sheet.put(n, id, missing(salesKind, "no sales"))
		}
		return
	}
	a.sheet.put(factCover, id, cover.num(p.cover))
	a.sheet.put(factCoverOnHand, id, stock.and(v.origin).num(p.coverOnHand))
	a.sheet.put(factOrderBy, id, ordering.num(p.orderBy))
	if p.sellsOut == 0 {
		a.sheet.put(factSellsOut, id, missing(stock.source, "stock lasts longer than ten years"))
		return
	}
	a.sheet.put(factSellsOut, id, cover.text(p.sellsOut.String()))
}
