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

// series names the daily series of a base measure ("units") by kind of subject.
func series(name string) map[fact.SubjectKind]string {
	return map[fact.SubjectKind]string{fact.SKU: "sales." + name, fact.Marketplace: "sales.market_" + name}
}

// baseMeasure declares a measure that the module answers itself.
func baseMeasure(title string, d fact.Definition, by map[fact.SubjectKind]string) fact.Measure {
	d.Title, d.Daily = title, by[fact.SKU]
	return fact.Measure{Definition: d, Kinds: []fact.SubjectKind{fact.SKU, fact.Marketplace}, Series: by}
}

func baseMeasures() []fact.Measure {
	const traffic = " SKUs: reports of items that fit into the range, of an ASIN for each of its SKUs. Marketplaces: the daily traffic report."
	visits := append(trafficKinds(), kindTrafficDay2)
	return []fact.Measure{
		baseMeasure("Units", fact.Definition{
			Name: "sales.units", Type: fact.Count, Unit: "units", Better: "up", Sources: ordersKinds(), Meaning: "Units ordered",
			Formula: "Sum of quantities of order lines that are not cancelled, pending ones included",
		}, series("units")),
		baseMeasure("Sales", fact.Definition{
			Name: "sales.sales", Type: fact.Money, Better: "up", Sources: ordersKinds(), Meaning: "Sales",
			Formula: "Sum of item prices of order lines that are not cancelled, before promotions, without shipping; pending lines without a price count as units only",
		}, series("sales")),
		baseMeasure("Orders", fact.Definition{
			Name: "sales.orders", Type: fact.Count, Unit: "orders", Better: "up", Sources: ordersKinds(), Meaning: "Orders with a line that is not cancelled",
			Formula: "Number of different orders with a line that is not cancelled. An order of two SKUs counts for both, and once for the marketplace",
		}, series("orders")),
		baseMeasure("Cancelled", fact.Definition{
			Name: "sales.cancelled_units", Type: fact.Count, Unit: "units", Better: "down", Sources: ordersKinds(), Meaning: "Units of cancelled order lines",
			Formula: "Sum of quantities of cancelled order lines, by purchase day",
		}, series("cancelled_units")),
		baseMeasure("Refunds", fact.Definition{
			Name: "sales.refunds", Type: fact.Money, Better: "down", Sources: refundKinds(), Meaning: "Product price refunded",
			Formula: "Principal of refunds by posting day, as a positive amount, without tax, shipping and fees: from settlements, and from transactions of settlements that are not in",
		}, series("refunds")),
		baseMeasure("Fees", fact.Definition{
			Name: "sales.fees", Type: fact.Money, Better: "down", Sources: []string{kindFees, kindOrders}, Meaning: "Amazon's fees on the units sold, as an estimate",
			Formula: "sales.units × total fee on one unit of the newest fee preview; in a total, SKUs without a preview are left out and counted in its note",
		}, nil),
		baseMeasure("Cost of goods", fact.Definition{
			Name: "sales.cogs", Type: fact.Money, Better: "down", Sources: []string{"catalog", kindOrders}, Meaning: "Landed cost of the units sold",
			Formula: "sales.units × unit cost in the catalog; in a total, SKUs without a cost are left out and counted in its note",
		}, nil),
		baseMeasure("Sessions", fact.Definition{
			Name: "sales.sessions", Type: fact.Count, Unit: "sessions", Better: "up", Sources: visits, Meaning: "Visits to the item's page",
			Formula: "Sum of sessions of the traffic reports." + traffic,
		}, series("sessions")),
		baseMeasure("Page views", fact.Definition{
			Name: "sales.page_views", Type: fact.Count, Unit: "page views", Better: "up", Sources: visits, Meaning: "Views of the item's page",
			Formula: "Sum of page views of the traffic reports." + traffic,
		}, series("page_views")),
		baseMeasure("Units in traffic reports", fact.Definition{
			Name: "sales.item_units", Type: fact.Count, Unit: "units", Better: "up", Sources: visits, Meaning: "Units ordered, as the traffic reports count them",
			Formula: "Sum of units ordered of the traffic reports." + traffic,
		}, series("item_units")),
		baseMeasure("Featured views", fact.Definition{
			Name: "sales.featured_views", Type: fact.Count, Unit: "hundredths of a page view", Better: "up", Sources: visits,
			Meaning: "Page views with the own offer featured (Buy Box), in hundredths",
			Formula: "Sum of page views × featured offer percentage, each rounded to a whole number." + traffic,
		}, nil),
		baseMeasure("Views with an offer share", fact.Definition{
			Name: "sales.offer_views", Type: fact.Count, Unit: "page views", Sources: visits,
			Meaning: "Page views for which the report tells a featured offer percentage",
			Formula: "Sum of page views of rows with a featured offer percentage." + traffic,
		}, nil),
	}
}

// derivedMeasures are sums and quotients; whoever asks makes them of the measures they name.
func derivedMeasures() []fact.Measure {
	quotient := func(title string, d fact.Definition, num, den string, factor float64) fact.Measure {
		d.Title = title
		return fact.Measure{Definition: d, Num: num, Den: den, Factor: factor}
	}
	return []fact.Measure{
		{
			Definition: fact.Definition{
				Name: "sales.profit", Title: "Profit", Type: fact.Money, Better: "up", Sources: []string{kindOrders, kindSettlement, kindFees, "catalog"},
				Meaning: "What is left of sales after refunds, Amazon's fees, cost of goods and ads",
				Formula: "sales.sales − sales.refunds − sales.fees − sales.cogs − advertising.spend; before ads where these are not known",
			},
			Terms: []fact.Term{
				{Name: "sales.sales", Sign: 1},
				{Name: "sales.refunds", Sign: -1},
				{Name: "sales.fees", Sign: -1},
				{Name: "sales.cogs", Sign: -1},
				{Name: "advertising.spend", Sign: -1, Optional: true},
			},
		},
		quotient("Margin", fact.Definition{
			Name: "sales.margin", Type: fact.Ratio, Better: "up", Sources: []string{kindOrders, kindSettlement, kindFees, "catalog"},
			Meaning: "Share of sales that is left as profit", Formula: "sales.profit ÷ sales.sales",
		}, "sales.profit", "sales.sales", 0),
		quotient("TACoS", fact.Definition{
			Name: "sales.tacos", Type: fact.Ratio, Better: "down", Sources: ordersKinds(),
			Meaning: "Ad spend as a share of all sales", Formula: "advertising.spend ÷ sales.sales",
		}, "advertising.spend", "sales.sales", 0),
		quotient("Unit session %", fact.Definition{
			Name: "sales.unit_session_pct", Type: fact.Percent, Unit: "%", Better: "up", Sources: trafficKinds(),
			Meaning: "Units ordered per 100 sessions", Formula: "100 × sales.item_units ÷ sales.sessions, both of the traffic reports",
		}, "sales.item_units", "sales.sessions", 100),
		quotient("Featured offer %", fact.Definition{
			Name: "sales.featured_offer_pct", Type: fact.Percent, Unit: "%", Better: "up", Sources: trafficKinds(),
			Meaning: "Share of page views with the own offer featured (Buy Box)", Formula: "sales.featured_views ÷ sales.offer_views",
		}, "sales.featured_views", "sales.offer_views", 0),
		quotient("Average price", fact.Definition{
			Name: "sales.average_price", Type: fact.Money, Sources: ordersKinds(),
			Meaning: "Sales per unit", Formula: "sales.sales ÷ sales.units, pending units included",
		}, "sales.sales", "sales.units", 0),
		quotient("Refund rate", fact.Definition{
			Name: "sales.refund_rate", Type: fact.Ratio, Better: "down", Sources: refundKinds(),
			Meaning: "Product price refunded as a share of sales of the same days", Formula: "sales.refunds ÷ sales.sales",
		}, "sales.refunds", "sales.sales", 0),
	}
}

// Measures implements fact.Measurer.
func (m *Module) Measures() []fact.Measure { return append(baseMeasures(), derivedMeasures()...) }

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

func (b *frameBuilder) wantsTraffic() bool {
	return b.wants("sales.sessions", "sales.page_views", "sales.item_units", "sales.featured_views", "sales.offer_views")
}

// part is one measure of one marketplace: by number of the SKU, or of the marketplace alone at 0.
type part struct {
	values  []int64
	missing []bool // nil: none
	note    string // why
	cover   fact.Cover
	source  string
}

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
	for name, p := range got {
		if i, ok := b.at[name]; ok && p.cover.Days > 0 {
			b.frame.Columns[i].Cover[st.code] = p.cover
			if p.source != "" {
				b.frame.Columns[i].Source = p.source
			}
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
	got["sales.sales"] = &part{values: sales, cover: c, missing: sums.Foreign, note: noteForeign}
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
	got["sales.sales"] = &part{values: []int64{sum.Sales}, cover: c, missing: []bool{foreign}, note: noteForeign}
	got["sales.orders"] = &part{values: []int64{sum.Orders}, cover: c}
	got["sales.cancelled_units"] = &part{values: []int64{sum.Cancelled}, cover: c}
}
