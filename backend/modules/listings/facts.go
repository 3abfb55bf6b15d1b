package listings

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"purser/backend/core"
	"purser/backend/core/fact"
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
	items, err := s.host.Catalog().Items(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the catalog: %w", err)
	}
	skus := map[string][]core.SKU{} // of the catalog, by marketplace
	for _, it := range items {
		skus[it.Marketplace] = append(skus[it.Marketplace], it.SKU)
	}
	for _, code := range lines.marketplaces() {
		if _, ok := skus[code]; !ok {
			skus[code] = nil
		}
	}
	a := answer{started: s, sheet: newSheet(q, definitions(), len(items)), asOf: q.AsOf}
	only, _ := fact.SplitID(q.Subject)
	for code, known := range skus {
		if code == core.NonAmazon || (q.Subject != "" && only != code) {
			continue
		}
		mk, err := s.market(ctx, code, lines[code], q.AsOf)
		if err != nil {
			return nil, err
		}
		if err := a.marketplace(ctx, mk, known); err != nil {
			return nil, err
		}
	}
	return a.sheet.columns(), nil
}

// answer is one query being answered.
type answer struct {
	*started
	sheet  *sheet
	asOf   core.Day
	stocks map[string]fact.Value // of inventory; read when first needed
	asked  bool
}

func (a *answer) marketplace(ctx context.Context, m *market, catalog []core.SKU) error {
	a.putTotals(m)
	if a.sheet.query.Subject == m.code {
		return nil
	}
	selling := a.sheet.wants(factNotSellable, factAtStake)
	if selling && !a.asked && slices.ContainsFunc(m.skus(catalog), func(sku core.SKU) bool { return m.idle(sku) }) {
		a.stocks, a.asked = a.started.stocks(ctx, a.asOf), true
	}
	stake := newStake(a.started, m.code, a.asOf)
	stocked := a.knowsStock(m.code)
	for _, sku := range m.skus(catalog) {
		id := fact.SubjectID(m.code, string(sku))
		if a.sheet.query.Subject != "" && a.sheet.query.Subject != id {
			continue
		}
		a.putOffer(m, id, sku)
		hidden := a.putHidden(m, id, sku)
		stray := a.putStray(m, id, sku)
		if !selling {
			continue
		}
		idle := a.idleStock(m, id, sku, stocked)
		not := a.notSellable(hidden, stray, idle)
		a.sheet.put(factNotSellable, id, not)
		if a.sheet.wants(factAtStake) {
			v, err := stake.of(ctx, id, not, m.began(sku, idle))
			if err != nil {
				return err
			}
			a.sheet.put(factAtStake, id, v)
		}
	}
	return nil
}

// skus is every SKU of the marketplace that the catalog or a report knows.
func (m *market) skus(catalog []core.SKU) []core.SKU {
	seen := make(map[core.SKU]bool, len(catalog))
	out := make([]core.SKU, 0, len(catalog))
	add := func(sku core.SKU) {
		if !seen[sku] {
			seen[sku] = true
			out = append(out, sku)
		}
	}
	for _, sku := range catalog {
		add(sku)
	}
	for sku := range m.offers {
		add(sku)
	}
	for sku := range m.hidden {
		add(sku)
	}
	for sku := range m.stray {
		add(sku)
	}
	return out
}

// idle says whether the SKU is known to have no active offer.
func (m *market) idle(sku core.SKU) bool {
	return m.offersOf.known() && m.offers[sku].status != active
}

func (a *answer) putOffer(m *market, id string, sku core.SKU) {
	if !m.offersOf.known() {
		v := a.none(kindOffers)
		a.sheet.put(factStatus, id, v)
		a.sheet.put(factInactive, id, v)
		a.sheet.put(factPrice, id, v)
		return
	}
	o, ok := m.offers[sku]
	if !ok {
		gone := m.offersOf.noting("not in the listings report of " + m.offersOf.day.String())
		a.sheet.put(factStatus, id, gone.text(removed))
		a.sheet.put(factInactive, id, gone.flag(false))
		a.sheet.put(factPrice, id, missing(kindOffers, gone.note))
		return
	}
	a.sheet.put(factStatus, id, m.offersOf.text(o.status))
	a.sheet.put(factInactive, id, m.offersOf.flag(o.status == inactive))
	if o.price.Minor > 0 && o.price.Currency != "" {
		a.sheet.put(factPrice, id, m.offersOf.money(o.price))
	} else {
		a.sheet.put(factPrice, id, missing(kindOffers, "the listings report gives no price"))
	}
}

// putHidden answers suppression and returns whether the listing is hidden.
func (a *answer) putHidden(m *market, id string, sku core.SKU) fact.Value {
	names := []string{factSuppressed, factReason, factSince, factDays}
	if !m.hiddenOf.known() {
		return a.putAll(names, id, a.none(kindSuppressed))
	}
	o := m.hiddenOf.origin
	t := m.hidden[sku]
	if t == nil {
		return a.putAll(names, id, o.value()) // false, no reason, no day, 0 days
	}
	v := o.flag(true)
	a.sheet.put(factSuppressed, id, v)
	a.sheet.put(factReason, id, o.text(strings.Join(t.reasons, "; ")))
	since := dated(o, t)
	a.sheet.put(factSince, id, since.text(t.since.String()))
	a.sheet.put(factDays, id, since.num(a.daysSince(t.since)))
	return v
}

// putStray answers stranded stock and returns whether there is any.
func (a *answer) putStray(m *market, id string, sku core.SKU) fact.Value {
	names := []string{factStranded, factStrandedUnits, factStrandedReason, factStrandedDays}
	if !m.strayOf.known() {
		a.sheet.put(factRemoval, id, a.none(kindStranded))
		return a.putAll(names, id, a.none(kindStranded))
	}
	o := m.strayOf.origin
	t := m.stray[sku]
	if t == nil {
		a.sheet.put(factRemoval, id, missing(kindStranded, "no stranded stock"))
		return a.putAll(names, id, o.value())
	}
	v := o.flag(true)
	a.sheet.put(factStranded, id, v)
	a.sheet.put(factStrandedUnits, id, o.num(float64(t.units)))
	a.sheet.put(factStrandedReason, id, o.text(strings.Join(t.reasons, "; ")))
	a.sheet.put(factStrandedDays, id, dated(o, t).num(a.daysSince(t.since)))
	if t.removal != 0 {
		a.sheet.put(factRemoval, id, o.num(float64(t.removal-a.asOf)))
	} else {
		a.sheet.put(factRemoval, id, missing(kindStranded, "the report gives no removal day"))
	}
	return v
}

func (a *answer) putAll(names []string, id string, v fact.Value) fact.Value {
	for _, n := range names {
		a.sheet.put(n, id, v)
	}
	return v
}

// daysSince is whole days up to today; a beginning that lies ahead has lasted none.
func (a *answer) daysSince(since core.Day) float64 { return max(0, float64(a.asOf-since)) }

// dated is the origin of a beginning.
func dated(o origin, t *trouble) origin {
	if t.guessed {
		return o.estimated("first seen in the report of " + t.since.String())
	}
	return o
}

// putTotals answers the marketplace's counts.
func (a *answer) putTotals(m *market) {
	put := func(sn snapshot, kind, name string, n int64) {
		if sn.known() {
			a.sheet.put(name, m.code, sn.num(float64(n)))
		} else {
			a.sheet.put(name, m.code, a.none(kind))
		}
	}
	var idle, units int64
	for _, o := range m.offers {
		if o.status == inactive {
			idle++
		}
	}
	for _, t := range m.stray {
		units += t.units
	}
	put(m.offersOf, kindOffers, factCount, int64(len(m.offers)))
	put(m.offersOf, kindOffers, factInactiveCount, idle)
	put(m.hiddenOf, kindSuppressed, factSuppressedCount, int64(len(m.hidden)))
	put(m.strayOf, kindStranded, factStrandedCount, int64(len(m.stray)))
	put(m.strayOf, kindStranded, factStrandedTotal, units)
}
