package sales

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/source"
	"purser/backend/modules/sales/internal/daypack"
)

// Daily implements fact.DailyProvider. Only whole days have points: the as-of day and days
// that no document covers have none.
func (m *Module) Daily(ctx context.Context, series, subject string, p core.Period, asOf core.Day) ([]fact.Series, error) {
	p.To = min(p.To, asOf-1)
	r := dailyRequest{m: m, series: series, subject: subject, p: p, asOf: asOf}
	known := map[string]func(context.Context) ([]fact.Series, error){
		"sales.units": r.skuSeries, "sales.sales": r.skuSeries,
		"sales.sessions": r.trafficSeries, "sales.page_views": r.trafficSeries,
		"sales.market_units": r.marketSeries, "sales.market_sales": r.marketSeries,
		"sales.refunds": r.refundSeries,
	}
	answer, ok := known[series]
	if !ok {
		return nil, core.NotFound("sales", "There is no daily series "+series+".")
	}
	if p.Days() == 0 {
		return nil, nil
	}
	var err error
	if r.n, err = m.namesNow(ctx); err != nil {
		return nil, err
	}
	if r.market, r.sku = fact.SplitID(subject); r.market != "" {
		if r.mkt = idOf(r.n.mkts, r.market); r.mkt == 0 {
			return nil, nil
		}
	}
	return answer(ctx)
}

// dailyRequest is one question for a daily series.
type dailyRequest struct {
	m               *Module
	series, subject string
	market, sku     string // parts of subject; "": all
	mkt             int64
	p               core.Period
	asOf            core.Day
	n               names
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

// lines builds series on a grid: add puts an amount on a day of a subject.
type lines struct {
	r      *dailyRequest
	grid   map[int64][]fact.Point
	unit   string
	by     map[marketSKU]*fact.Series
	money  bool
	byMkt  map[int64]core.Currency
	mixed  map[marketSKU]bool
	noSKUs bool // subjects are marketplaces
}

func (r *dailyRequest) newLines(grid map[int64][]fact.Point, unit string) *lines {
	l := &lines{r: r, grid: grid, unit: unit, by: map[marketSKU]*fact.Series{}, byMkt: map[int64]core.Currency{}, mixed: map[marketSKU]bool{}}
	l.money = unit == ""
	for id, code := range r.n.mkts {
		mp, _ := core.MarketplaceByCode(code)
		l.byMkt[id] = mp.Currency
	}
	return l
}

// of is the series of a subject, made of zeros at first.
func (l *lines) of(k marketSKU) *fact.Series {
	s := l.by[k]
	if s == nil {
		subject := l.r.n.mkts[k.mkt]
		if !l.noSKUs {
			subject += "/" + l.r.n.skus[k.sku]
		}
		s = &fact.Series{Name: l.r.series, Subject: subject, Unit: l.unit, Points: slices.Clone(l.grid[k.mkt])}
		if l.money {
			s.Unit = string(l.byMkt[k.mkt])
			for i := range s.Points {
				s.Points[i].Money.Currency = l.byMkt[k.mkt]
			}
		}
		l.by[k] = s
	}
	return s
}

// add adds n to a day. currency is the number of its currency, where n is money; a series
// that turns out to mix currencies is dropped: it has no honest sum.
func (l *lines) add(k marketSKU, d core.Day, n, currency int64) {
	s := l.of(k)
	i, ok := slices.BinarySearchFunc(s.Points, d, func(p fact.Point, d core.Day) int { return cmp.Compare(p.Day, d) })
	if !ok {
		return
	}
	p := &s.Points[i]
	if !l.money {
		p.Num += float64(n)
		return
	}
	if n == 0 {
		return
	}
	c := core.Currency(l.r.n.words[currency])
	if p.Money.Currency != "" && p.Money.Currency != c {
		l.mixed[k] = true
		return
	}
	p.Money = core.Money{Minor: p.Money.Minor + n, Currency: c}
	p.Num = p.Money.Major()
}

func (l *lines) done() []fact.Series {
	out := make([]fact.Series, 0, len(l.by))
	for k, s := range l.by {
		if !l.mixed[k] && len(s.Points) > 0 {
			out = append(out, *s)
		}
	}
	slices.SortFunc(out, func(a, b fact.Series) int { return cmp.Compare(a.Subject, b.Subject) })
	return out
}

// open makes the series that are there even if nothing happens: the subject, or the catalog's items.
func (l *lines) open(ctx context.Context) error {
	ids := make(map[string]int64, len(l.r.n.skus))
	for id, sku := range l.r.n.skus {
		ids[sku] = id
	}
	if l.r.sku != "" {
		if id, ok := ids[l.r.sku]; ok {
			l.of(marketSKU{l.r.mkt, id})
		}
		return nil
	}
	items, err := l.r.m.h.Catalog().Items(ctx)
	if err != nil {
		return fmt.Errorf("read the catalog: %w", err)
	}
	for _, it := range items {
		mkt, sku := idOf(l.r.n.mkts, it.Marketplace), ids[string(it.SKU)]
		if mkt != 0 && sku != 0 && (l.r.mkt == 0 || mkt == l.r.mkt) {
			l.of(marketSKU{mkt, sku})
		}
	}
	return nil
}

func (l *lines) wants(sku int64) bool { return l.r.sku == "" || l.r.n.skus[sku] == l.r.sku }

func (r *dailyRequest) skuSeries(ctx context.Context) ([]fact.Series, error) {
	cover, err := r.m.coverage(ctx, source.Orders, r.n.mkts, true)
	if err != nil {
		return nil, err
	}
	unit := "units"
	if r.series == "sales.sales" {
		unit = ""
	}
	l := r.newLines(r.grid(cover, kindOrders), unit)
	if err := l.open(ctx); err != nil {
		return nil, err
	}
	only := int64(0)
	if r.sku != "" {
		if only = idOf(r.n.skus, r.sku); only == 0 {
			return nil, nil
		}
	}
	q := wanted{Period: r.p, asOf: r.asOf, mkt: r.mkt, known: cover, sku: only}
	err = r.m.readDays(ctx, q, func(d marketDay, entries []daypack.Entry) {
		for i := range entries {
			e := &entries[i]
			n := e.Units
			if l.money {
				n = e.Sales
			}
			l.add(marketSKU{d.mkt, e.SKU}, d.day, n, e.Currency)
		}
	})
	return l.done(), err
}

func (r *dailyRequest) marketSeries(ctx context.Context) ([]fact.Series, error) {
	cover, err := r.m.coverage(ctx, source.Orders, r.n.mkts, true)
	if err != nil {
		return nil, err
	}
	unit := "units"
	if r.series == "sales.market_sales" {
		unit = ""
	}
	l := r.newLines(r.grid(cover, kindOrders), unit)
	l.noSKUs = true
	for mkt := range l.grid {
		l.of(marketSKU{mkt: mkt})
		rows, err := r.m.readMarketDays(ctx, mkt, r.p, r.asOf, cover[mkt])
		if err != nil {
			return nil, err
		}
		for i := range rows {
			n := rows[i].units
			if l.money {
				n = rows[i].sales
			}
			l.add(marketSKU{mkt: mkt}, rows[i].day, n, rows[i].currency)
		}
	}
	return l.done(), nil
}

func (r *dailyRequest) refundSeries(ctx context.Context) ([]fact.Series, error) {
	cover, _, err := r.m.refundCoverage(ctx, r.n.mkts)
	if err != nil {
		return nil, err
	}
	l := r.newLines(r.grid(cover, kindSettlement), "")
	if err := l.open(ctx); err != nil {
		return nil, err
	}
	list, err := r.m.readRefunds(ctx, r.p, r.asOf, cover)
	if err != nil {
		return nil, err
	}
	for _, x := range list {
		if (r.mkt == 0 || x.mkt == r.mkt) && l.wants(x.sku) && r.n.skus[x.sku] != "" {
			l.add(marketSKU{x.mkt, x.sku}, x.day, x.minor, x.currency)
		}
	}
	return l.done(), nil
}
