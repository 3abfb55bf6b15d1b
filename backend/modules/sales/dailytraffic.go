package sales

import (
	"context"
	"fmt"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/source"
)

// trafficSeries answers sessions or page views of items, from single-day reports only. A SKU
// has its own row's figures, else those of its ASIN.
func (r *dailyRequest) trafficSeries(ctx context.Context) ([]fact.Series, error) {
	spans, err := r.m.spans(ctx, source.TrafficItems, r.n.mkts)
	if err != nil {
		return nil, err
	}
	cover := map[int64]*known{}
	for mkt, list := range spans {
		var days []span
		for _, sp := range list {
			if sp.Days() == 1 {
				days = append(days, sp.told())
			}
		}
		cover[mkt] = newKnown(days, false)
	}
	lateDays(r.n.mkts).apply(cover)
	unit := "sessions"
	if r.series == "sales.page_views" {
		unit = "page views"
	}
	l := r.newLines(r.grid(cover, kindTrafficItem), unit)
	skusOf, err := r.skusByASIN(ctx)
	if err != nil {
		return nil, err
	}
	for mkt := range l.grid {
		rows, err := r.m.readItemDays(ctx, mkt, r.p, r.asOf, cover[mkt])
		if err != nil {
			return nil, err
		}
		r.addVisits(l, mkt, rows, skusOf)
	}
	return l.done(), nil
}

// addVisits adds the rows of a marketplace: a SKU's own row of a day wins over its ASIN's.
func (r *dailyRequest) addVisits(l *lines, mkt int64, rows []itemDay, skusOf map[marketASIN][]int64) {
	type skuDay struct {
		sku int64
		day core.Day
	}
	own := map[skuDay]bool{}
	n := func(x *itemDay) int64 {
		if r.series == "sales.page_views" {
			return x.views
		}
		return x.sessions
	}
	for i := range rows {
		x := &rows[i]
		if r.n.skus[x.sku] == "" {
			continue
		}
		own[skuDay{x.sku, x.day}] = true
		if l.wants(x.sku) {
			l.add(marketSKU{mkt, x.sku}, x.day, n(x), 0)
		}
	}
	for i := range rows {
		x := &rows[i]
		if r.n.skus[x.sku] != "" {
			continue
		}
		for _, sku := range skusOf[marketASIN{mkt, r.n.words[x.asin]}] {
			if !own[skuDay{sku, x.day}] && l.wants(sku) {
				l.add(marketSKU{mkt, sku}, x.day, n(x), 0)
			}
		}
	}
}

type marketASIN struct {
	mkt  int64
	asin string
}

func (r *dailyRequest) skusByASIN(ctx context.Context) (map[marketASIN][]int64, error) {
	items, err := r.m.h.Catalog().Items(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the catalog: %w", err)
	}
	ids := make(map[string]int64, len(r.n.skus))
	for id, sku := range r.n.skus {
		ids[sku] = id
	}
	mkts := make(map[string]int64, len(r.n.mkts))
	for id, code := range r.n.mkts {
		mkts[code] = id
	}
	out := map[marketASIN][]int64{}
	for _, it := range items {
		if id := ids[string(it.SKU)]; id != 0 && it.ASIN != "" {
			k := marketASIN{mkts[it.Marketplace], string(it.ASIN)}
			out[k] = append(out[k], id)
		}
	}
	return out, nil
}

// itemDay is the traffic of one item on one day.
type itemDay struct {
	day                        core.Day
	asin, sku, sessions, views int64
}

// readItemDays gives single days of items as known at the end of asOf.
func (m *Module) readItemDays(ctx context.Context, mkt int64, p core.Period, asOf core.Day, k *known) ([]itemDay, error) {
	rows, err := m.h.DB().QueryContext(ctx, m.q["TrafficItemDays"], mkt, int64(p.From), int64(p.To))
	if err != nil {
		return nil, fmt.Errorf("read item days: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var out []itemDay
	for rows.Next() {
		var r itemDay
		var observed core.Day
		if err := rows.Scan(&r.day, &r.asin, &r.sku, &observed, &r.sessions, &r.views); err != nil {
			return nil, fmt.Errorf("read item days: %w", err)
		}
		if k.at(r.day) == 0 || observed > k.seenBy(asOf, r.day) {
			continue
		}
		if n := len(out); n > 0 && out[n-1].day == r.day && out[n-1].asin == r.asin && out[n-1].sku == r.sku {
			out[n-1] = r
			continue
		}
		out = append(out, r)
	}
	return out, rows.Err()
}
