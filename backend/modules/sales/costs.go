package sales

import (
	"context"
	"fmt"
	"strconv"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/modules/sales/internal/history"
)

// costs answers fees and cost of goods: units × what one unit costs. A SKU that sold nothing costs
// nothing, whatever one would have cost.
func (b *frameBuilder) costs(ctx context.Context, st store, sums *history.Sums, c fact.Cover, got parts) error {
	if b.wants("sales.fees") {
		book, err := b.v.fees(ctx)
		if err != nil {
			return err
		}
		b.fees(st, book, sums, c, got)
	}
	if b.wants("sales.cogs") {
		mi := b.index[st.id]
		per := func(sku int64) (int64, bool) {
			if mi == nil || mi.cost[sku].Currency != st.currency {
				return 0, false
			}
			return mi.cost[sku].Minor, true
		}
		p, lacking := b.perUnit(sums, per)
		p.cover, p.note = c, "no cost in the marketplace's currency"
		if b.q.Kind == fact.Marketplace && lacking.skus > 0 {
			p.cover.Maturity = fact.Worst(c.Maturity, fact.Estimated)
			p.cover.Note = join(c.Note, lacking.words("no cost in "+string(st.currency)+" given for"))
		}
		got["sales.cogs"] = p
	}
	return nil
}

func (b *frameBuilder) fees(st store, book *feeBook, sums *history.Sums, c fact.Cover, got parts) {
	by := b.q.AsOf + b.v.late[st.id]
	first := core.Day(0)
	per := func(sku int64) (int64, bool) {
		f, late, ok := book.at(marketSKU{st.id, sku}, by)
		if !ok || f.Currency != st.currency {
			return 0, false
		}
		if late && (first == 0 || f.observed < first) {
			first = f.observed
		}
		return f.Minor, true
	}
	p, lacking := b.perUnit(sums, per)
	p.note = "no fee preview"
	p.cover = c
	p.cover.Maturity = fact.Worst(c.Maturity, fact.Estimated)
	seen := core.Day(0)
	for _, sp := range book.seen[st.id] {
		if sp.observed <= by {
			seen = max(seen, sp.observed)
		}
	}
	switch {
	case first != 0:
		p.cover.Note = join(c.Note, "fee previews first known on "+first.String())
	case seen != 0:
		p.cover.Note = join(c.Note, "at the fees of the preview of "+seen.String())
	}
	if b.q.Kind == fact.Marketplace {
		p.cover.Note = join(p.cover.Note, lacking.words("no fee preview for"))
	}
	got["sales.fees"] = p
}

// lacking counts the SKUs of which one unit's cost is not known, and what they sold.
type lacking struct {
	skus         int
	sales, total int64
}

// words is "no cost given for 14 SKUs, 11.2 % of sales"; "" if nothing lacks.
func (l lacking) words(what string) string {
	if l.skus == 0 {
		return ""
	}
	s := fmt.Sprintf("%s %d SKUs", what, l.skus)
	if l.skus == 1 {
		s = what + " 1 SKU"
	}
	if l.total > 0 {
		s += ", " + strconv.FormatFloat(100*float64(l.sales)/float64(l.total), 'f', 1, 64) + " % of sales"
	}
	return s
}

// perUnit multiplies units by the cost of one, for each SKU or for the marketplace. The sum over a
// marketplace leaves out SKUs whose cost is not known; it is missing where none is.
func (b *frameBuilder) perUnit(sums *history.Sums, per func(sku int64) (int64, bool)) (*part, lacking) {
	values, missing := make([]int64, len(sums.Sold)), make([]bool, len(sums.Sold))
	var l lacking
	total, some := int64(0), false
	for sku := range sums.Sold {
		t := &sums.Sold[sku]
		l.total += t.Sales
		if t.Units == 0 {
			continue
		}
		one, ok := per(int64(sku))
		if !ok {
			missing[sku] = true
			l.skus, l.sales = l.skus+1, l.sales+t.Sales
			continue
		}
		values[sku], some = t.Units*one, true
		total += values[sku]
	}
	if b.q.Kind == fact.SKU {
		return &part{values: values, missing: missing}, l
	}
	return &part{values: []int64{total}, missing: []bool{l.skus > 0 && !some}}, l
}

// refunds answers what was refunded.
func (b *frameBuilder) refunds(ctx context.Context, st store, got parts) error {
	if !b.wants("sales.refunds") {
		return nil
	}
	book, err := b.v.refunds(ctx)
	if err != nil {
		return err
	}
	k := book.cover[st.id]
	c := b.coverOf(k.days(), kindSettlement)
	if c.Days == 0 {
		return nil
	}
	c.Maturity = b.aged(c.Maturity, c.Through, k.kind(c.Through, b.q.AsOf))
	n := b.v.top + 1
	if b.q.Kind == fact.Marketplace {
		n = 1
	}
	p := &part{values: make([]int64, n), missing: make([]bool, n), note: noteMixed, cover: c}
	book.each(st.id, b.q.Period, b.q.AsOf, func(r *refundEntry) {
		at := r.sku
		if b.q.Kind == fact.Marketplace {
			at = 0
		}
		if r.currency == st.own {
			p.values[at] += r.minor
		} else if r.minor != 0 {
			p.missing[at] = true
		}
	})
	got["sales.refunds"] = p
	return nil
}

// traffic answers sessions and what goes with them.
func (b *frameBuilder) traffic(ctx context.Context, st store, got parts) error {
	if !b.wantsTraffic() {
		return nil
	}
	if b.q.Kind == fact.Marketplace {
		return b.marketTraffic(ctx, st, got)
	}
	book, err := b.v.items(ctx)
	if err != nil {
		return err
	}
	keys := book.tiling(st.id, b.q.Period)
	if len(keys) == 0 {
		return nil
	}
	if err := b.v.loadReports(ctx, book, keys); err != nil {
		return err
	}
	by := b.q.AsOf + b.v.late[st.id]
	counts := make([]visitCount, b.v.top+1)
	mi := b.index[st.id]
	b.v.eachVisit(book, keys, by, mi, func(_ reportKey, r *itemRow, skus []int64) {
		for _, sku := range skus {
			counts[sku].add(&r.visitCount)
		}
	})
	cover, kind := b.tiledCover(book, keys, by)
	var missing []bool
	if byASIN(book, keys) && mi != nil {
		missing = make([]bool, b.v.top+1)
		for sku, listed := range mi.listed {
			missing[sku] = listed && mi.asin[sku] == 0 && counts[sku] == visitCount{}
		}
	}
	placeVisits(got, counts, part{missing: missing, note: "ASIN not known", cover: cover, source: kind})
	return nil
}

func byASIN(book *itemBook, keys []reportKey) bool {
	for _, k := range keys {
		if len(book.reports[k].byASIN) > 0 {
			return true
		}
	}
	return false
}

// placeVisits makes the traffic measures of counts; with says the rest of each.
func placeVisits(got parts, counts []visitCount, with part) {
	for name, of := range map[string]func(*visitCount) int64{
		"sales.sessions":       func(c *visitCount) int64 { return c.sessions },
		"sales.page_views":     func(c *visitCount) int64 { return c.views },
		"sales.item_units":     func(c *visitCount) int64 { return c.units },
		"sales.featured_views": func(c *visitCount) int64 { return c.offered },
		"sales.offer_views":    func(c *visitCount) int64 { return c.offers },
	} {
		p := with
		p.values = make([]int64, len(counts))
		for i := range counts {
			p.values[i] = of(&counts[i])
		}
		got[name] = &p
	}
}

// tiledCover says how far the days of chosen reports make a period known.
func (b *frameBuilder) tiledCover(book *itemBook, keys []reportKey, by core.Day) (fact.Cover, string) {
	days, through, late, kind := book.tiled(keys, by)
	c := fact.Cover{Days: days, Through: through, Maturity: b.aged(fact.Fresh, through, kind)}
	if late != 0 {
		c.Maturity, c.Note = fact.Worst(c.Maturity, fact.Estimated), "first known on "+late.String()
	}
	if n := b.q.Period.Days(); days < n {
		c.Note = join(c.Note, fmt.Sprintf("%d of %d days are known: %s, or day by day", days, n, fileFor(b.s.kind(kindTrafficItem).Title, b.q.Period)))
	}
	for _, k := range keys {
		if r := book.reports[k]; r.whole == 0 || r.whole > by && late == 0 {
			c.Maturity = fact.Worst(c.Maturity, fact.Estimated)
			c.Note = join(c.Note, "the file with "+k.To.String()+" was made on that evening")
			break
		}
	}
	return c, kind
}

// marketTraffic answers the daily traffic report.
func (b *frameBuilder) marketTraffic(ctx context.Context, st store, got parts) error {
	book, err := b.v.visits(ctx)
	if err != nil {
		return err
	}
	c := b.coverOf(book.cover[st.id], kindTrafficDay)
	if c.Days == 0 {
		return nil
	}
	var sum visitCount
	book.each(st.id, b.q.Period, b.q.AsOf, func(d *visitDay) { sum.add(&d.visitCount) })
	placeVisits(got, []visitCount{sum}, part{cover: c, source: kindTrafficDay})
	return nil
}
