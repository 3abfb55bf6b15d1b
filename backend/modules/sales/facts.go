package sales

import (
	"context"
	"fmt"
	"slices"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module"
	"purser/backend/core/source"
	"purser/backend/modules/sales/internal/daypack"
)

// market is what facts need to know of one marketplace.
type market struct {
	id         int64
	code       string
	currency   core.Currency
	currencyID int64
	known      *known
	end        core.Day // last day of the windows
	late       core.Day // see lateDays
	now, prior [3]window
	skus       map[string]*skuSums
	items      map[string]module.Item
	subjects   []string // SKUs, sorted
}

// skuSums are the sums of one SKU over the windows, in minor units and units.
type skuSums struct {
	units, sales, priorUnits, priorSales [3]int64
	foreign, priorForeign                [3]bool // sold in another currency too
	price                                int64
	priceDay                             core.Day
}

// Facts implements fact.Provider.
func (m *Module) Facts(ctx context.Context, q fact.Query) ([]fact.Column, error) {
	s := newSheet(m, q)
	n, err := m.namesNow(ctx)
	if err != nil {
		return nil, err
	}
	markets, err := s.markets(ctx, n)
	if err != nil {
		return nil, err
	}
	if err := s.sumSKUs(ctx, markets, n); err != nil {
		return nil, err
	}
	listed := 0
	for _, mk := range markets {
		mk.list(q.Subject)
		listed += len(mk.subjects)
	}
	s.open(listed)
	for _, mk := range markets {
		s.skuSales(mk)
	}
	steps := []func(context.Context, []*market, names) error{s.profit, s.marketSales, s.itemTraffic, s.marketTraffic, s.refunds}
	for _, step := range steps {
		if err := step(ctx, markets, n); err != nil {
			return nil, err
		}
	}
	return s.columns(), nil
}

// markets gives the stores the question is about; orders from elsewhere belong to none.
func (s *sheet) markets(ctx context.Context, n names) ([]*market, error) {
	only, _ := fact.SplitID(s.q.Subject)
	items, err := s.m.h.Catalog().Items(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the catalog: %w", err)
	}
	by := map[string]*market{}
	add := func(code string, id int64) *market {
		if code == "" || code == core.NonAmazon || (only != "" && code != only) {
			return nil
		}
		mk := by[code]
		if mk == nil {
			mp, _ := core.MarketplaceByCode(code)
			mk = &market{code: code, currency: mp.Currency, currencyID: -1, skus: map[string]*skuSums{}, items: map[string]module.Item{}}
			by[code] = mk
		}
		mk.id = max(mk.id, id)
		return mk
	}
	for id, code := range n.mkts {
		add(code, id)
	}
	for _, it := range items {
		if mk := add(it.Marketplace, 0); mk != nil && it.SKU != "" {
			mk.items[string(it.SKU)] = it
		}
	}
	cover, err := s.m.coverage(ctx, s.m.h.DB(), source.Orders, n.mkts, true)
	if err != nil {
		return nil, err
	}
	out := make([]*market, 0, len(by))
	late := lateDays(n.mkts)
	for _, mk := range by {
		mk.late = late[mk.id]
		mk.frame(cover[mk.id], s.q.AsOf)
		for id, word := range n.words {
			if word == string(mk.currency) {
				mk.currencyID = id
			}
		}
		out = append(out, mk)
	}
	slices.SortFunc(out, func(a, b *market) int { return slices.Compare([]string{a.code}, []string{b.code}) })
	return out, nil
}

// frame sets the windows of the marketplace.
func (mk *market) frame(k *known, asOf core.Day) {
	mk.known, mk.end = k, k.end(asOf)
	if mk.end == 0 {
		return
	}
	for i, w := range windowDays() {
		p := core.LastDays(mk.end, w)
		mk.now[i] = k.window(p, asOf)
		mk.prior[i] = k.window(p.SameWeekdaysBefore(), asOf)
	}
}

// span is all days the windows touch.
func (mk *market) span() core.Period {
	if mk.end == 0 {
		return core.Period{}
	}
	p := core.Period{}
	for i := range mk.now {
		for _, w := range [2]window{mk.now[i], mk.prior[i]} {
			p = p.Include(w.From).Include(w.To)
		}
	}
	return p
}

// sumSKUs adds up what every SKU sold in every window, from the packed days.
func (s *sheet) sumSKUs(ctx context.Context, markets []*market, n names) error {
	q := wanted{asOf: s.q.AsOf, known: map[int64]*known{}}
	byID := map[int64]*market{}
	sums := map[int64][]*skuSums{}
	for _, mk := range markets {
		if p := mk.span(); p.Days() > 0 {
			q.Period = q.Include(p.From).Include(p.To)
			q.known[mk.id], byID[mk.id] = mk.known, mk
		}
		if s.q.Subject != "" {
			q.mkt = mk.id
		}
	}
	if q.Days() == 0 {
		return nil
	}
	top := int64(0)
	for id := range n.skus {
		top = max(top, id)
	}
	err := s.m.readDays(ctx, q, func(d marketDay, entries []daypack.Entry) {
		mk := byID[d.mkt]
		if mk == nil {
			return
		}
		if sums[d.mkt] == nil {
			sums[d.mkt] = make([]*skuSums, top+1)
		}
		mk.addDay(sums[d.mkt], d.day, entries)
	})
	if err != nil {
		return err
	}
	for id, list := range sums {
		for sku, sum := range list {
			if sum != nil {
				byID[id].skus[n.skus[int64(sku)]] = sum
			}
		}
	}
	return nil
}

// addDay adds one day to the windows it lies in.
func (mk *market) addDay(sums []*skuSums, day core.Day, entries []daypack.Entry) {
	var now, prior [3]bool
	for i := range mk.now {
		now[i], prior[i] = mk.now[i].Contains(day), mk.prior[i].Contains(day)
	}
	for j := range entries {
		e := &entries[j]
		if e.SKU >= int64(len(sums)) {
			continue // sold for the first time while this was read
		}
		t := sums[e.SKU]
		if t == nil {
			t = &skuSums{}
			sums[e.SKU] = t
		}
		own := e.Currency == mk.currencyID
		for i := range now {
			if now[i] {
				t.units[i] += e.Units
				if own {
					t.sales[i] += e.Sales
				} else if e.Sales != 0 {
					t.foreign[i] = true
				}
			}
			if prior[i] {
				t.priorUnits[i] += e.Units
				if own {
					t.priorSales[i] += e.Sales
				} else if e.Sales != 0 {
					t.priorForeign[i] = true
				}
			}
		}
		if now[w28] && own && e.Price > 0 && day >= t.priceDay {
			t.price, t.priceDay = e.Price, day
		}
	}
}

// list settles which SKUs of the marketplace are answered for.
func (mk *market) list(subject string) {
	if _, sku := fact.SplitID(subject); sku != "" {
		if _, listed := mk.items[sku]; listed || mk.skus[sku] != nil {
			mk.subjects = []string{sku}
		}
		return
	}
	if subject != "" {
		return // a marketplace: none of its SKUs
	}
	for sku := range mk.skus {
		mk.subjects = append(mk.subjects, sku)
	}
	for sku := range mk.items {
		if mk.skus[sku] == nil {
			mk.subjects = append(mk.subjects, sku)
		}
	}
	slices.Sort(mk.subjects)
}
