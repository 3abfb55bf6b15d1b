package advertising

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/source"
)

// seriesOf describes a daily series: its stream, what its rows are summed by and which figure it shows.
type seriesOf struct {
	stream source.Stream
	group  grouping // nil: the whole marketplace
	figure func(t totals) int64
	money  bool
}

func spendOf(t totals) int64  { return t.spend }
func salesOf(t totals) int64  { return t.sales }
func clicksOf(t totals) int64 { return t.clicks }

func dailySeries(name string) (seriesOf, bool) {
	all := map[string]seriesOf{
		"spend": {source.AdProducts, bySKU, spendOf, true}, "sales": {source.AdProducts, bySKU, salesOf, true},
		"clicks":         {source.AdProducts, bySKU, clicksOf, false},
		"campaign_spend": {source.AdCampaigns, byCampaign, spendOf, true}, "campaign_sales": {source.AdCampaigns, byCampaign, salesOf, true},
		"campaign_clicks": {source.AdCampaigns, byCampaign, clicksOf, false},
		"market_spend":    {source.AdProducts, nil, spendOf, true}, "market_sales": {source.AdProducts, nil, salesOf, true},
	}
	s, ok := all[strings.TrimPrefix(name, "advertising.")]
	return s, ok && strings.HasPrefix(name, "advertising.")
}

// Daily implements fact.DailyProvider. advertising.spend, .sales and .clicks are of SKUs;
// asked about a subject that is no advertised SKU but a campaign, they answer for the campaign.
// The campaign_ series fall back on the advertised product report, as the campaign facts do.
func (m *Module) Daily(ctx context.Context, series, subject string, p core.Period, asOf core.Day) ([]fact.Series, error) {
	s, ok := dailySeries(series)
	if !ok {
		return nil, core.NotFound("advertising", "There is no daily series "+series+".")
	}
	p.To = min(p.To, asOf-1) // the as-of day itself is still running
	if p.Days() == 0 {
		return nil, nil
	}
	x := &question{m: m, asOf: asOf, span: p, read: map[source.Stream]map[string]history{}}
	x.cols = newColumns(fact.Query{AsOf: asOf, Subject: subject}, nil)
	var err error
	if x.names, err = m.upToDate(ctx); err != nil {
		return nil, err
	}
	markets, err := x.markets(ctx)
	if err != nil {
		return nil, err
	}
	var out []fact.Series
	for _, market := range markets {
		list, err := x.daily(ctx, series, s, market)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return out, nil
}

func (x *question) daily(ctx context.Context, name string, s seriesOf, market string) ([]fact.Series, error) {
	subject := x.cols.q.Subject
	list, err := x.dayByDay(ctx, name, s, market)
	if err != nil || subject == "" {
		return list, err
	}
	if i := slices.IndexFunc(list, func(l fact.Series) bool { return l.Subject == subject }); i >= 0 {
		return list[i : i+1], nil
	}
	if !strings.Contains(name, "campaign") && s.group != nil {
		other, _ := dailySeries(strings.Replace(name, "advertising.", "advertising.campaign_", 1))
		if list, err = x.dayByDay(ctx, name, other, market); err != nil {
			return nil, err
		}
		if i := slices.IndexFunc(list, func(l fact.Series) bool { return l.Subject == subject }); i >= 0 {
			return list[i : i+1], nil
		}
		return x.quiet(ctx, name, s, market)
	}
	return nil, nil
}

// quiet is the series of a SKU of the catalog that has no ads: zero on every covered day.
func (x *question) quiet(ctx context.Context, name string, s seriesOf, market string) ([]fact.Series, error) {
	items, err := x.m.host.Catalog().Items(ctx)
	if err != nil {
		return nil, err
	}
	_, sku := fact.SplitID(x.cols.q.Subject)
	for _, known := range itemsByMarket(items)[market] {
		if string(known) != sku {
			continue
		}
		h, _, err := x.history(ctx, s.stream, market)
		return []fact.Series{x.points(h, name, x.cols.q.Subject, s, nil, 0)}, err
	}
	return nil, nil
}

// dayByDay sums a stream by day and key; a campaign series without campaign reports uses the products'.
func (x *question) dayByDay(ctx context.Context, name string, s seriesOf, market string) ([]fact.Series, error) {
	h, _, err := x.history(ctx, s.stream, market)
	if err != nil {
		return nil, err
	}
	if s.stream == source.AdCampaigns && h.lastCovered() == 0 {
		if h, _, err = x.history(ctx, source.AdProducts, market); err != nil {
			return nil, err
		}
	}
	ids := map[int64]bool{}
	for _, k := range h.days.days {
		if k.content != 0 {
			ids[k.content] = true
		}
	}
	data, err := x.m.contents(ctx, ids)
	if err != nil {
		return nil, err
	}
	group := s.group
	if group == nil {
		group = func(*row) uint64 { return 0 }
	}
	sheets := make(map[int64]map[uint64]totals, len(data))
	keys := map[uint64]bool{}
	for id, b := range data {
		sums := map[uint64]totals{}
		err := eachRow(b, func(r *row) {
			k := group(r)
			t := sums[k]
			t.add(r)
			sums[k] = t
			keys[k] = true
		})
		if err != nil {
			return nil, err
		}
		sheets[id] = sums
	}
	return x.lists(h, name, s, sheets, keys), nil
}

func (x *question) lists(h history, name string, s seriesOf, sheets map[int64]map[uint64]totals, keys map[uint64]bool) []fact.Series {
	if s.group == nil && h.lastCovered() != 0 {
		return []fact.Series{x.points(h, name, h.market, s, sheets, 0)}
	}
	var out []fact.Series
	for k := range keys {
		text := x.names.of(uint32(k))
		if text != "" {
			out = append(out, x.points(h, name, fact.SubjectID(h.market, text), s, sheets, k))
		}
	}
	slices.SortFunc(out, func(a, b fact.Series) int { return cmp.Compare(a.Subject, b.Subject) })
	return out
}

// points gives every covered day of a key, zero where its sheet does not name it. Days with
// amounts in two currencies have no point.
func (x *question) points(h history, name, subject string, s seriesOf, sheets map[int64]map[uint64]totals, key uint64) fact.Series {
	out := fact.Series{Name: name, Subject: subject}
	if !s.money {
		out.Unit = "clicks"
	}
	currency := core.Currency("")
	if mp, ok := core.MarketplaceByCode(h.market); ok {
		currency = mp.Currency
	}
	for d := h.days.span.From; d <= h.days.span.To; d++ {
		k := h.days.at(d)
		t := sheets[k.content][key]
		if !k.known || s.money && t.mixed {
			continue
		}
		p := fact.Point{Day: d, Maturity: fact.Fresh, Num: float64(s.figure(t))}
		switch {
		case k.later:
			p.Maturity = fact.Estimated
		case !h.settled(d):
			p.Maturity = fact.Settling
		}
		if s.money {
			p.Money = core.Money{Minor: s.figure(t), Currency: figures{totals: t, money: currency}.named(x.names).money}
			p.Num = p.Money.Major()
		}
		out.Points = append(out.Points, p)
	}
	return out
}
