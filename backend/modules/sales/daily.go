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
	"purser/backend/modules/sales/internal/history"
)

// Daily implements fact.DailyProvider. Only whole days have points: the as-of day and days
// that no document covers have none.
func (m *Module) Daily(ctx context.Context, series, subject string, p core.Period, asOf core.Day) ([]fact.Series, error) {
	p.To = min(p.To, asOf-1)
	r := dailyRequest{m: m, series: series, p: p, asOf: asOf}
	byItem := map[string]bool{"sales.sessions": true, "sales.page_views": true, "sales.item_units": true}
	answer := r.answers()[series]
	if answer == nil {
		return nil, core.NotFound("sales", "There is no daily series "+series+".")
	}
	if p.Days() == 0 {
		return nil, nil
	}
	market, sku := fact.SplitID(subject)
	if sku == "" || byItem[series] {
		var err error
		if r.items, err = m.h.Catalog().Items(ctx); err != nil {
			return nil, fmt.Errorf("read the catalog: %w", err)
		}
	}
	v, done, err := m.view(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	r.v, r.n = v, v.n
	if market != "" {
		if r.mkt = idOf(r.n.mkts, market); r.mkt == 0 {
			return nil, nil
		}
	}
	if sku != "" {
		if r.sku = v.ids[sku]; r.sku == 0 {
			return nil, nil
		}
	}
	return answer(ctx)
}

// answers are the series there are.
func (r *dailyRequest) answers() map[string]func(context.Context) ([]fact.Series, error) {
	return map[string]func(context.Context) ([]fact.Series, error){
		"sales.units":           r.sold("units", func(e *daypack.Entry) int64 { return e.Units }),
		"sales.sales":           r.sold("", func(e *daypack.Entry) int64 { return e.Sales }),
		"sales.orders":          r.sold("orders", func(e *daypack.Entry) int64 { return e.Orders }),
		"sales.cancelled_units": r.sold("units", func(e *daypack.Entry) int64 { return e.Cancelled }),
		"sales.price":           r.priceSeries,

		"sales.market_units":           r.total("units", func(t *history.Total) int64 { return t.Units }),
		"sales.market_sales":           r.total("", func(t *history.Total) int64 { return t.Sales }),
		"sales.market_orders":          r.total("orders", func(t *history.Total) int64 { return t.Orders }),
		"sales.market_cancelled_units": r.total("units", func(t *history.Total) int64 { return t.Cancelled }),

		"sales.sessions":   r.itemVisits("sessions", func(c *visitCount) int64 { return c.sessions }),
		"sales.page_views": r.itemVisits("page views", func(c *visitCount) int64 { return c.views }),
		"sales.item_units": r.itemVisits("units", func(c *visitCount) int64 { return c.units }),

		"sales.market_sessions":   r.marketVisits("sessions", func(c *visitCount) int64 { return c.sessions }),
		"sales.market_page_views": r.marketVisits("page views", func(c *visitCount) int64 { return c.views }),
		"sales.market_item_units": r.marketVisits("units", func(c *visitCount) int64 { return c.units }),

		"sales.refunds":        r.refunded(false),
		"sales.market_refunds": r.refunded(true),
	}
}

// dailyRequest is one question for a daily series.
type dailyRequest struct {
	m        *Module
	v        *view
	series   string
	mkt, sku int64 // parts of the subject; 0: all
	p        core.Period
	asOf     core.Day
	n        names
	items    []module.Item
}

func idOf(names map[int64]string, name string) int64 {
	for id, s := range names {
		if s == name {
			return id
		}
	}
	return 0
}

// point is one known day; late days are estimates, the last days may be settling.
func (r *dailyRequest) point(s *sheet, k *known, kind source.Kind, d core.Day) fact.Point {
	w := k.window(core.Period{From: d, To: d}, r.asOf)
	m := fact.Fresh
	if w.quiet || w.late != 0 || w.open != 0 {
		m = fact.Estimated
	}
	if age := s.age(d, kind); age == fact.Settling {
		m = fact.Worst(m, age) // an old day of a series is history, not stale
	}
	return fact.Point{Day: d, Maturity: m}
}

// grid lays out the known days of each marketplace: the points of a series in which nothing happened.
func (r *dailyRequest) grid(cover map[int64]*known, kind string) map[int64][]fact.Point {
	s := &sheet{m: r.m, q: fact.Query{AsOf: r.asOf}}
	k := s.kind(kind)
	out := map[int64][]fact.Point{}
	for mkt, days := range cover {
		if r.mkt != 0 && mkt != r.mkt {
			continue
		}
		for d := r.p.From; d <= r.p.To; d++ {
			if days.at(d) != 0 {
				out[mkt] = append(out[mkt], r.point(s, days, k, d))
			}
		}
	}
	return out
}

type seriesAnswer = func(context.Context) ([]fact.Series, error)

// sold answers what SKUs sold by day; unit "" is money.
func (r *dailyRequest) sold(unit string, n func(*daypack.Entry) int64) seriesAnswer {
	return func(ctx context.Context) ([]fact.Series, error) {
		cover, err := r.v.cover(ctx)
		if err != nil {
			return nil, err
		}
		packs, err := r.v.packs(ctx)
		if err != nil {
			return nil, err
		}
		l := r.newLines(r.grid(cover, kindOrders), unit)
		l.open()
		for mkt := range l.grid {
			err := r.v.eachDay(ctx, daysAsked{mkt: mkt, h: packs[mkt], k: cover[mkt], p: r.p, asOf: r.asOf, sku: r.sku}, func(d core.Day, list []daypack.Entry) {
				for i := range list {
					l.add(marketSKU{mkt, list[i].SKU}, d, n(&list[i]), list[i].Currency)
				}
			})
			if err != nil {
				return nil, err
			}
		}
		return l.done(), nil
	}
}

// priceSeries answers the price last paid on the days on which there was one.
func (r *dailyRequest) priceSeries(ctx context.Context) ([]fact.Series, error) {
	cover, err := r.v.cover(ctx)
	if err != nil {
		return nil, err
	}
	paid := map[marketSKU]map[core.Day]bool{}
	l := r.newLines(r.grid(cover, kindOrders), "")
	q := wanted{Period: r.p, asOf: r.asOf, mkt: r.mkt, known: cover, sku: r.sku, db: r.v.tx}
	err = r.m.readDays(ctx, q, func(d marketDay, entries []daypack.Entry) {
		for i := range entries {
			k, e := marketSKU{d.mkt, entries[i].SKU}, &entries[i]
			if e.Price == 0 || core.Currency(r.n.words[e.Currency]) != l.byMkt[d.mkt] || len(l.grid[d.mkt]) == 0 {
				continue
			}
			if paid[k] == nil {
				paid[k] = map[core.Day]bool{}
			}
			paid[k][d.day] = true
			l.add(k, d.day, e.Price, e.Currency)
		}
	})
	for mkt, list := range l.by {
		for sku, s := range list {
			if s != nil {
				days := paid[marketSKU{mkt, int64(sku)}]
				s.Points = slices.DeleteFunc(s.Points, func(p fact.Point) bool { return !days[p.Day] })
			}
		}
	}
	return l.done(), err
}

// total answers what marketplaces sold by day; unit "" is money.
func (r *dailyRequest) total(unit string, n func(*history.Total) int64) seriesAnswer {
	return func(ctx context.Context) ([]fact.Series, error) {
		cover, err := r.v.cover(ctx)
		if err != nil {
			return nil, err
		}
		packs, err := r.v.packs(ctx)
		if err != nil {
			return nil, err
		}
		l := r.newLines(r.grid(cover, kindOrders), unit)
		l.wholeMarkets()
		var buf []history.Total
		for mkt, points := range l.grid {
			l.of(marketSKU{mkt: mkt})
			for i := range points {
				d := points[i].Day
				buf = totalsOf(packs[mkt].At(d), cover[mkt].seenBy(r.asOf, d), buf[:0])
				for j := range buf {
					l.add(marketSKU{mkt: mkt}, d, n(&buf[j]), buf[j].Currency)
				}
			}
		}
		return l.done(), nil
	}
}

// refunded answers refunds by posting day, of SKUs or of whole marketplaces.
func (r *dailyRequest) refunded(whole bool) seriesAnswer {
	return func(ctx context.Context) ([]fact.Series, error) {
		book, err := r.v.refunds(ctx)
		if err != nil {
			return nil, err
		}
		cover := map[int64]*known{}
		for mkt, k := range book.cover {
			cover[mkt] = k.known
		}
		l := r.newLines(r.grid(cover, kindSettlement), "")
		if whole {
			l.wholeMarkets()
		} else {
			l.open()
		}
		for mkt := range l.grid {
			if whole {
				l.of(marketSKU{mkt: mkt})
			}
			book.each(mkt, r.p, r.asOf, func(x *refundEntry) {
				switch {
				case whole:
					l.add(marketSKU{mkt: mkt}, x.day, x.minor, x.currency)
				case l.wants(x.sku) && r.n.skus[x.sku] != "":
					l.add(marketSKU{mkt, x.sku}, x.day, x.minor, x.currency)
				}
			})
		}
		return l.done(), nil
	}
}
