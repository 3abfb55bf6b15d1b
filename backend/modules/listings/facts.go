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
	a := answer{started: s, asOf: q.AsOf}
	only, _ := fact.SplitID(q.Subject)
	err = a.over(ctx, q, func(code string) bool { return q.Subject == "" || only == code })
	if err != nil {
		return nil, err
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
	visit  func(m *market, v verdict) // shown every SKU that is asked for; nil: none
}

// verdict is whether one SKU can be sold, since when not, and what that costs.
type verdict struct {
	sku   core.SKU
	id    string
	not   fact.Value
	began beginning
	stake fact.Value
}

// over answers the marketplaces that are wanted.
func (a *answer) over(ctx context.Context, q fact.Query, wanted func(code string) bool) error {
	lines, err := a.timelines(ctx)
	if err != nil {
		return err
	}
	skus, err := a.catalogSKUs(ctx)
	if err != nil {
		return err
	}
	size := 0
	for _, known := range skus {
		size += len(known)
	}
	for _, code := range lines.marketplaces() {
		if _, ok := skus[code]; !ok {
			skus[code] = nil
		}
	}
	a.sheet = newSheet(q, definitions(), size)
	for code, known := range skus {
		if code == core.NonAmazon || !wanted(code) {
			continue
		}
		mk, err := a.market(ctx, code, lines[code], a.asOf)
		if err != nil {
			return err
		}
		if err := a.marketplace(ctx, mk, known); err != nil {
			return err
		}
	}
	return nil
}

// catalogSKUs are the SKUs that the catalog knows, by marketplace.
func (s *started) catalogSKUs(ctx context.Context) (map[string][]core.SKU, error) {
	items, err := s.host.Catalog().Items(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the catalog: %w", err)
	}
	skus := map[string][]core.SKU{}
	for _, it := range items {
		skus[it.Marketplace] = append(skus[it.Marketplace], it.SKU)
	}
	return skus, nil
}

func (a *answer) marketplace(ctx context.Context, m *market, catalog []core.SKU) error {
	a.putTotals(m)
	whole := a.sheet.query.Subject == "" || a.sheet.query.Subject == m.code
	totals := whole && a.sheet.wants(factNotCount, factStakeTotal)
	if a.sheet.query.Subject == m.code && !totals {
		return nil
	}
	selling := totals || a.visit != nil || a.sheet.wants(factNotSellable, factAtStake)
	if selling && !a.asked && slices.ContainsFunc(m.skus(catalog), func(sku core.SKU) bool { return m.idle(sku) }) {
		a.stocks, a.asked = a.started.stocks(ctx, a.asOf), true
	}
	stake := newStake(a.started, m.code, a.asOf)
	var sum sums
	stocked := a.knowsStock(m.code)
	for _, sku := range m.skus(catalog) {
		id := fact.SubjectID(m.code, string(sku))
		if !whole && a.sheet.query.Subject != id {
			continue
		}
		a.putOffer(m, id, sku)
		hidden := a.putHidden(m, id, sku)
		stray := a.putStray(m, id, sku)
		if !selling {
			continue
		}
		idle := a.idleStock(m, id, sku, stocked)
		v := verdict{sku: sku, id: id, not: a.notSellable(hidden, stray, idle), began: m.began(sku, idle)}
		a.sheet.put(factNotSellable, id, v.not)
		if a.sheet.wants(factAtStake, factStakeTotal) {
			var err error
			if v.stake, err = stake.of(ctx, id, v.not, v.began); err != nil {
				return err
			}
			a.sheet.put(factAtStake, id, v.stake)
		}
		sum.add(v)
		if a.visit != nil {
			a.visit(m, v)
		}
	}
	if totals {
		a.sheet.put(factNotCount, m.code, sum.count())
		a.sheet.put(factStakeTotal, m.code, sum.money(stake.zero))
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
	of := a.originOf(m, o)
	a.sheet.put(factStatus, id, of.text(o.status))
	a.sheet.put(factInactive, id, of.flag(o.status == inactive))
	if o.price.Minor > 0 && o.price.Currency != "" {
		a.sheet.put(factPrice, id, of.money(o.price))
	} else {
		a.sheet.put(factPrice, id, missing(kindOffers, "the listings report gives no price"))
	}
}

// originOf is the origin of what is said of an offer: what pages did not repeat is as old as it is.
func (a *answer) originOf(m *market, o offer) origin {
	of := m.offersOf.origin
	if o.said != 0 {
		if of.asOf = o.said; a.asOf-o.said > a.staleDays(kindOffers) {
			of.maturity = fact.Worst(of.maturity, fact.Stale)
		}
	}
	return of
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
