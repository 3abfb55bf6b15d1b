package sales

import (
	"context"

	"purser/backend/core/fact"
)

// itemVisits answers the traffic of items by day, from single-day reports only. A SKU has its own
// row's figures, else those of its ASIN.
func (r *dailyRequest) itemVisits(unit string, n func(*visitCount) int64) seriesAnswer {
	return func(ctx context.Context) ([]fact.Series, error) {
		book, err := r.v.items(ctx)
		if err != nil {
			return nil, err
		}
		index := r.v.index(r.items)
		l := r.newLines(r.grid(book.singles, kindTrafficItem), unit)
		for mkt, points := range l.grid {
			keys := make([]reportKey, 0, len(points))
			for i := range points {
				keys = append(keys, dayReport(mkt, points[i].Day))
			}
			if err := r.v.loadReports(ctx, book, keys); err != nil {
				return nil, err
			}
			r.v.eachVisit(book, keys, r.asOf+r.v.late[mkt], index[mkt], func(k reportKey, row *itemRow, skus []int64) {
				for _, sku := range skus {
					if l.wants(sku) {
						l.add(marketSKU{mkt, sku}, k.From, n(&row.visitCount), 0)
					}
				}
			})
		}
		return l.done(), nil
	}
}

// marketVisits answers the traffic of marketplaces by day.
func (r *dailyRequest) marketVisits(unit string, n func(*visitCount) int64) seriesAnswer {
	return func(ctx context.Context) ([]fact.Series, error) {
		book, err := r.v.visits(ctx)
		if err != nil {
			return nil, err
		}
		l := r.newLines(r.grid(book.cover, kindTrafficDay), unit)
		l.wholeMarkets()
		for mkt := range l.grid {
			l.of(marketSKU{mkt: mkt})
			book.each(mkt, r.p, r.asOf, func(d *visitDay) { l.add(marketSKU{mkt: mkt}, d.day, n(&d.visitCount), 0) })
		}
		return l.done(), nil
	}
}
