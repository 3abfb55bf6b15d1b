package advertising

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// figure is one of the numbers that reports give.
type figure struct {
	name, unit string
	of         func(t *totals) int64
	money      bool
}

// figuresKept are the figures that measures and series exist of.
func figuresKept() []figure {
	return []figure{
		{"impressions", "impressions", func(t *totals) int64 { return t.impressions }, false},
		{"clicks", "clicks", func(t *totals) int64 { return t.clicks }, false},
		{"spend", "", func(t *totals) int64 { return t.spend }, true},
		{"sales", "", func(t *totals) int64 { return t.sales }, true},
		{"orders", "orders", func(t *totals) int64 { return t.orders }, false},
	}
}

// kindsKept are the kinds of subject that measures exist of.
func kindsKept() []fact.SubjectKind {
	return []fact.SubjectKind{fact.SKU, fact.Campaign, fact.SearchTerm, fact.Marketplace}
}

// seriesName is "advertising.campaign_spend" of a figure of campaigns.
func seriesName(kind fact.SubjectKind, figure string) string {
	switch kind {
	case fact.Campaign:
		return "advertising.campaign_" + figure
	case fact.SearchTerm:
		return "advertising.term_" + figure
	case fact.Marketplace:
		return "advertising.market_" + figure
	default:
		return "advertising." + figure
	}
}

// dailySeries finds what a series is about.
func dailySeries(name string) (fact.SubjectKind, figure, bool) {
	for _, f := range figuresKept() {
		for _, kind := range kindsKept() {
			if seriesName(kind, f.name) == name {
				return kind, f, true
			}
		}
	}
	return "", figure{}, false
}

// Daily implements fact.DailyProvider. advertising.spend and its like are of SKUs; asked
// about a subject that is no advertised SKU but a campaign, they answer for the campaign.
// Campaigns fall back on the advertised product report, marketplaces on any report, as facts do.
func (m *Module) Daily(ctx context.Context, series, subject string, p core.Period, asOf core.Day) ([]fact.Series, error) {
	kind, f, ok := dailySeries(series)
	if !ok {
		return nil, core.NotFound("advertising", "There is no daily series "+series+".")
	}
	p.To = min(p.To, asOf-1) // the as-of day itself is still running
	if p.Days() == 0 {
		return nil, nil
	}
	quiet, err := m.inCatalog(ctx, kind, subject) // before a connection is held
	if err != nil {
		return nil, err
	}
	s, err := m.look(ctx)
	if err != nil {
		return nil, err
	}
	defer s.close()
	var out []fact.Series
	for _, market := range s.markets(subject) {
		x := drawing{s, series, f, subject, p, asOf}
		list, err := x.market(ctx, kind, market, quiet)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return out, nil
}

// inCatalog says whether a subject of series of SKUs is a SKU of the catalog.
func (m *Module) inCatalog(ctx context.Context, kind fact.SubjectKind, subject string) (bool, error) {
	if subject == "" || kind != fact.SKU {
		return false, nil
	}
	items, err := m.host.Catalog().Items(ctx)
	if err != nil {
		return false, fmt.Errorf("advertising: read the catalog: %w", err)
	}
	market, sku := fact.SplitID(subject)
	return slices.Contains(itemsByMarket(items)[market], core.SKU(sku)), nil
}

// drawing is one call of Daily.
type drawing struct {
	*snapshot
	name    string
	figure  figure
	subject string
	period  core.Period
	asOf    core.Day
}

// market draws the series of one marketplace. A SKU of the catalog (quiet) that has no ads has
// zero on every covered day.
func (x drawing) market(ctx context.Context, kind fact.SubjectKind, market string, quiet bool) ([]fact.Series, error) {
	list, k, err := x.of(ctx, kind, market)
	if err != nil || len(list) > 0 || kind != fact.SKU || x.subject == "" {
		return list, err
	}
	if list, _, err = x.of(ctx, fact.Campaign, market); err != nil || len(list) > 0 || !quiet {
		return list, err
	}
	out := fact.Series{Name: x.name, Subject: x.subject, Unit: x.figure.unit}
	x.eachDay(k, func(d core.Day) { out.Points = append(out.Points, x.point(k, d, &totals{})) })
	return []fact.Series{out}, nil
}

// of draws the series of a kind of subject.
func (x drawing) of(ctx context.Context, kind fact.SubjectKind, market string) ([]fact.Series, pick, error) {
	k, err := x.pick(ctx, market, origins(kind), x.period, x.asOf)
	if err != nil || k.told.days == 0 { // a sum of many days has none to draw
		return nil, k, err
	}
	b := x.m.ledger.book(bookKey{market, k.stream})
	b.mu.Lock()
	defer b.mu.Unlock()
	st, err := k.load(ctx, x.snapshot, b)
	if err != nil {
		return nil, k, err
	}
	if kind == fact.Marketplace {
		return x.total(k, st), k, nil
	}
	return x.subjects(k, st), k, nil
}

// eachDay calls fn for each day of the pick that a report tells.
func (x drawing) eachDay(k pick, fn func(d core.Day)) {
	for d := x.period.From; d <= x.period.To; d++ {
		if k.h.days.at(d).known {
			fn(d)
		}
	}
}

// total is the series of the marketplace.
func (x drawing) total(k pick, st *stack) []fact.Series {
	out := fact.Series{Name: x.name, Subject: k.h.market, Unit: x.figure.unit}
	x.eachDay(k, func(d core.Day) {
		t := totals{}
		if g := st.days[k.h.days.at(d).content]; g != nil {
			t = g.total
		}
		if !x.figure.money || !t.mixed {
			out.Points = append(out.Points, x.point(k, d, &t))
		}
	})
	return []fact.Series{out}
}

// subjects are the series of every subject that the days name, or of the one asked about.
func (x drawing) subjects(k pick, st *stack) []fact.Series {
	at := map[uint32]int{}
	var out []fact.Series
	for _, g := range st.over(k.h.days, k.period) {
		g.each(func(slot uint32, _ *totals) {
			subject := st.subjects[slot]
			if _, ok := at[slot]; !ok && subject != "" && (x.subject == "" || x.subject == subject) {
				at[slot] = len(out)
				out = append(out, fact.Series{Name: x.name, Subject: subject, Unit: x.figure.unit})
			}
		})
	}
	sums := make([]totals, len(out))
	x.eachDay(k, func(d core.Day) {
		clear(sums)
		if g := st.days[k.h.days.at(d).content]; g != nil {
			g.each(func(slot uint32, t *totals) {
				if i, ok := at[slot]; ok {
					sums[i] = *t
				}
			})
		}
		for i := range out {
			if !x.figure.money || !sums[i].mixed { // amounts in two currencies have no point
				out[i].Points = append(out[i].Points, x.point(k, d, &sums[i]))
			}
		}
	})
	slices.SortFunc(out, func(a, b fact.Series) int { return strings.Compare(a.Subject, b.Subject) })
	return out
}

// point is one day; zero where no row names the subject.
func (x drawing) point(k pick, d core.Day, t *totals) fact.Point {
	n := x.figure.of(t)
	p := fact.Point{Day: d, Maturity: fact.Fresh, Num: float64(n)}
	switch {
	case k.h.days.at(d).later:
		p.Maturity = fact.Estimated
	case !k.h.settled(d):
		p.Maturity = fact.Settling
	}
	if x.figure.money {
		p.Money = core.Money{Minor: n, Currency: figures{totals: *t, money: currencyOf(k.h.market)}.named(x.names).money}
		p.Num = p.Money.Major()
	}
	return p
}

// currencyOf is the currency of a marketplace; "" if it is not known.
func currencyOf(market string) core.Currency {
	mp, _ := core.MarketplaceByCode(market)
	return mp.Currency
}
