package sales

import (
	"context"
	"fmt"
	"slices"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module"
	"purser/backend/modules/sales/internal/history"
)

// Measure implements fact.Measurer.
func (m *Module) Measure(ctx context.Context, q fact.MeasureQuery) (fact.Frame, error) {
	if err := checkMeasures(q); err != nil {
		return fact.Frame{}, err
	}
	q.Period.To = min(q.Period.To, q.AsOf-1)
	b := newFrameBuilder(m, q)
	if q.Period.Days() == 0 {
		return b.frame, nil
	}
	var items []module.Item
	if b.wants("sales.cogs") || q.Kind == fact.SKU && b.wantsTraffic() {
		var err error
		if items, err = m.h.Catalog().Items(ctx); err != nil {
			return fact.Frame{}, fmt.Errorf("read the catalog: %w", err)
		}
	}
	v, done, err := m.view(ctx)
	if err != nil {
		return fact.Frame{}, err
	}
	defer done()
	if items != nil {
		b.index = v.index(items)
	}
	b.v = v
	for _, st := range v.stores(q.Subject) {
		if err := b.add(ctx, st); err != nil {
			return fact.Frame{}, err
		}
	}
	return b.frame, nil
}

func checkMeasures(q fact.MeasureQuery) error {
	for _, name := range q.Names {
		if !slices.ContainsFunc(baseMeasures(), func(m fact.Measure) bool { return m.Name == name }) {
			return core.NotFound("sales", "There is no base measure "+name+".")
		}
	}
	if q.Kind != fact.SKU && q.Kind != fact.Marketplace {
		return core.NotFound("sales", "Sales has no measures of the kind "+string(q.Kind)+".")
	}
	return nil
}

// frameBuilder puts a frame together, marketplace by marketplace.
type frameBuilder struct {
	m     *Module
	v     *view
	q     fact.MeasureQuery
	s     *sheet
	index map[int64]*marketItems
	frame fact.Frame
	at    map[string]int // place of a measure in the frame
}

func newFrameBuilder(m *Module, q fact.MeasureQuery) *frameBuilder {
	b := &frameBuilder{m: m, q: q, s: &sheet{m: m, q: fact.Query{AsOf: q.AsOf}}, at: map[string]int{}}
	for i, name := range q.Names {
		b.at[name] = i
		c := fact.FrameColumn{Name: name, Cover: map[string]fact.Cover{}}
		for _, d := range baseMeasures() {
			if d.Name == name {
				c.Source = d.Sources[0]
			}
		}
		b.frame.Columns = append(b.frame.Columns, c)
	}
	return b
}

func (b *frameBuilder) wants(names ...string) bool {
	return slices.ContainsFunc(names, func(name string) bool { _, ok := b.at[name]; return ok })
}

func (b *frameBuilder) wantsTraffic() bool { return b.wants(trafficMeasures()...) }

func trafficMeasures() []string {
	return []string{"sales.sessions", "sales.page_views", "sales.item_units", "sales.featured_views", "sales.offer_views"}
}

// part is one measure of one marketplace: by number of the SKU, or of the marketplace alone at 0.
type part struct {
	values  []int64
	missing []bool // nil: none
	note    string // why
	cover   fact.Cover
	source  string
}

// noteMixed says why a subject has no sum of amounts; whoever sums may add for how many.
const noteMixed = "sold in another currency as well"

// parts are the measures of one marketplace, by name.
type parts map[string]*part

// add computes one marketplace and appends its subjects.
func (b *frameBuilder) add(ctx context.Context, st store) error {
	got := parts{}
	steps := []func(context.Context, store, parts) error{b.orders, b.refunds, b.traffic}
	for _, step := range steps {
		if err := step(ctx, st, got); err != nil {
			return err
		}
	}
	for name, i := range b.at {
		c := &b.frame.Columns[i]
		p := got[name]
		if p == nil {
			c.Cover[st.code] = b.uncovered(name)
			continue
		}
		c.Cover[st.code] = p.cover
		if p.source != "" {
			c.Source = p.source
		}
	}
	if b.q.Kind == fact.Marketplace {
		b.place(got, []int64{0}, []string{st.code})
		return nil
	}
	skus := touched(got, b.at, b.v.top, st.sku)
	skus = slices.DeleteFunc(skus, func(sku int64) bool { return b.v.n.skus[sku] == "" })
	b.place(got, skus, b.v.subjects(st.id, skus))
	return nil
}

// uncovered is what is said of a measure of which no day is known: the file that would tell.
func (b *frameBuilder) uncovered(name string) fact.Cover {
	kind := kindOrders
	switch {
	case name == "sales.refunds":
		kind = kindSettlement
	case slices.Contains(trafficMeasures(), name):
		if kind = kindTrafficDay; b.q.Kind == fact.SKU {
			kind = kindTrafficItem
		}
	}
	p := b.q.Period
	return fact.Cover{Maturity: fact.Missing, Note: fmt.Sprintf("Nothing covers %s to %s: import %s for these days", p.From, p.To, b.s.kind(kind).Title)}
}

// touched gives the SKUs for which something is to be said.
func touched(got parts, at map[string]int, top, only int64) []int64 {
	if only != 0 {
		return []int64{only}
	}
	some := make([]bool, top+1)
	for name, p := range got {
		if _, ok := at[name]; !ok {
			continue
		}
		for sku, n := range p.values {
			if n != 0 {
				some[sku] = true
			}
		}
		for sku, gone := range p.missing {
			if gone {
				some[sku] = true
			}
		}
	}
	out := make([]int64, 0, len(some))
	for sku, is := range some {
		if is {
			out = append(out, int64(sku))
		}
	}
	return out
}

// place appends subjects with their values.
func (b *frameBuilder) place(got parts, rows []int64, subjects []string) {
	before := len(b.frame.Subjects)
	b.frame.Subjects = append(b.frame.Subjects, subjects...)
	for i := range b.frame.Columns {
		c := &b.frame.Columns[i]
		c.Values = slices.Grow(c.Values, len(rows))
		p := got[c.Name]
		for j, row := range rows {
			if p == nil || p.values == nil {
				c.Values = append(c.Values, 0)
				continue
			}
			c.Values = append(c.Values, p.values[row])
			if p.missing != nil && p.missing[row] {
				for len(c.Missing) < before+j {
					c.Missing = append(c.Missing, false)
				}
				c.Missing = append(c.Missing, true)
				c.MissingNote = p.note
			}
		}
		if c.Missing != nil {
			for len(c.Missing) < len(c.Values) {
				c.Missing = append(c.Missing, false)
			}
		}
	}
}

// coverOf says how far a period is known.
func (b *frameBuilder) coverOf(k *known, kind string) fact.Cover {
	p, asOf := b.q.Period, b.q.AsOf
	w := k.window(p, asOf)
	c := fact.Cover{Maturity: fact.Missing}
	for d := p.From; d <= p.To; d++ {
		if k.at(d) != 0 {
			c.Days, c.Through = c.Days+1, d
		}
	}
	if c.Days == 0 {
		return c
	}
	gap := w.gap
	w.gap = core.Period{}
	v := b.s.past(w, kind)
	c.Maturity, c.Note = b.aged(v.Maturity, c.Through, kind), v.Note
	if gap.Days() > 0 {
		c.Note = join(c.Note, fmt.Sprintf("%d of %d days are known: import %s for %s to %s", c.Days, p.Days(), b.s.kind(kind).Title, gap.From, gap.To))
	}
	return c
}

// aged makes a maturity worse where data that ends on day through may change, or should have gone on:
// what a range long ago holds does not grow stale.
func (b *frameBuilder) aged(m fact.Maturity, through core.Day, kind string) fact.Maturity {
	k := b.s.kind(kind)
	age := b.s.age(through, k)
	if age == fact.Stale && b.s.age(b.q.Period.To, k) == fact.Stale {
		return m
	}
	return fact.Worst(m, age)
}

func join(note, more string) string {
	if note == "" || more == "" {
		return note + more
	}
	return note + "; " + more
}

// orders answers what was sold, and what fees and goods of it cost.
func (b *frameBuilder) orders(ctx context.Context, st store, got parts) error {
	bySKU := b.q.Kind == fact.SKU || b.wants("sales.fees", "sales.cogs")
	if !b.wants("sales.units", "sales.sales", "sales.orders", "sales.cancelled_units", "sales.fees", "sales.cogs") {
		return nil
	}
	cover, err := b.v.cover(ctx)
	if err != nil {
		return err
	}
	packs, err := b.v.packs(ctx)
	if err != nil {
		return err
	}
	asked := daysAsked{mkt: st.id, h: packs[st.id], k: cover[st.id], p: b.q.Period, asOf: b.q.AsOf, sku: st.sku}
	c := b.coverOf(asked.k, kindOrders)
	if c.Days == 0 {
		return nil
	}
	if b.q.Kind == fact.Marketplace {
		b.totals(st, asked, c, got)
	}
	if !bySKU {
		return nil
	}
	sums := history.NewSums(b.v.top, b.wants("sales.orders"), b.wants("sales.cancelled_units"))
	if err := b.v.sum(ctx, asked, sums); err != nil {
		return err
	}
	if b.q.Kind == fact.SKU {
		b.sold(sums, c, got)
	}
	return b.costs(ctx, st, sums, c, got)
}

// sold are units, sales, orders and cancelled units of SKUs.
func (b *frameBuilder) sold(sums *history.Sums, c fact.Cover, got parts) {
	units, sales := make([]int64, len(sums.Sold)), make([]int64, len(sums.Sold))
	for i := range sums.Sold {
		units[i], sales[i] = sums.Sold[i].Units, sums.Sold[i].Sales
	}
	got["sales.units"] = &part{values: units, cover: c}
	got["sales.sales"] = &part{values: sales, cover: c, missing: sums.Foreign, note: noteMixed}
	got["sales.orders"] = &part{values: sums.Orders, cover: c}
	got["sales.cancelled_units"] = &part{values: sums.Cancelled, cover: c}
}

// totals are the same of the marketplace.
func (b *frameBuilder) totals(st store, q daysAsked, c fact.Cover, got parts) {
	var sum history.Total
	foreign := false
	var buf []history.Total
	for d := q.p.From; d <= q.p.To; d++ {
		if q.k.at(d) == 0 {
			continue
		}
		buf = totalsOf(q.h.At(d), q.k.seenBy(q.asOf, d), buf[:0])
		for i := range buf {
			t := &buf[i]
			sum.Units, sum.Orders, sum.Cancelled = sum.Units+t.Units, sum.Orders+t.Orders, sum.Cancelled+t.Cancelled
			if t.Currency == st.own {
				sum.Sales += t.Sales
			} else if t.Sales != 0 {
				foreign = true
			}
		}
	}
	got["sales.units"] = &part{values: []int64{sum.Units}, cover: c}
	got["sales.sales"] = &part{values: []int64{sum.Sales}, cover: c, missing: []bool{foreign}, note: noteMixed}
	got["sales.orders"] = &part{values: []int64{sum.Orders}, cover: c}
	got["sales.cancelled_units"] = &part{values: []int64{sum.Cancelled}, cover: c}
}
