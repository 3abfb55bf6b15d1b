package advertising

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module"
	"purser/backend/core/source"
)

// lookBack is how many days before the as-of day are read: the longest window, and room
// for reports that are some weeks old.
const lookBack = 130

// termDays is the length of the window of search terms.
const termDays = 60

// question is one call of Facts with what it has read so far.
type question struct {
	m     *Module
	cols  *columns
	asOf  core.Day
	span  core.Period
	names nameTable
	read  map[source.Stream]map[string]history
	sales salesFacts
	items map[string][]core.SKU // catalog, by marketplace
}

// Facts implements fact.Provider.
func (m *Module) Facts(ctx context.Context, q fact.Query) ([]fact.Column, error) {
	x := &question{
		m: m, cols: newColumns(q, definitions()), asOf: q.AsOf,
		span: core.Period{From: q.AsOf - lookBack, To: q.AsOf - 1}, read: map[source.Stream]map[string]history{},
	}
	var err error
	if x.names, err = m.upToDate(ctx); err != nil {
		return nil, err
	}
	skus, campaigns := x.cols.any(skuDefinitions()), x.cols.any(campaignDefinitions())
	terms, markets := x.cols.any(termDefinitions()) || x.cols.any(wasteDefinitions()), x.cols.any(marketDefinitions())
	if skus || terms {
		if err := x.readOthers(ctx); err != nil {
			return nil, err
		}
	}
	codes, err := x.markets(ctx)
	if err != nil {
		return nil, err
	}
	for _, code := range codes {
		v, err := x.view(ctx, code)
		if err != nil {
			return nil, err
		}
		steps := []struct {
			wanted bool
			run    func(context.Context, *view) error
		}{{skus, x.skuFacts}, {campaigns, x.campaignFacts}, {terms, x.termFacts}, {markets, x.marketFacts}}
		for _, s := range steps {
			if s.wanted {
				if err := s.run(ctx, v); err != nil {
					return nil, err
				}
			}
		}
	}
	return x.cols.list(definitions()), nil
}

// wasteDefinitions are the marketplace facts that are made of search terms.
func wasteDefinitions() []fact.Definition {
	return slices.DeleteFunc(marketDefinitions(), func(d fact.Definition) bool {
		return d.Name != "advertising.wasted_spend_28d" && d.Name != "advertising.market_wasted_terms"
	})
}

func (x *question) history(ctx context.Context, s source.Stream, market string) (history, bool, error) {
	if x.read[s] == nil {
		h, err := x.m.histories(ctx, s, x.span, x.asOf)
		if err != nil {
			return history{}, false, err
		}
		x.read[s] = h
	}
	h, ok := x.read[s][market]
	if !ok {
		h = history{market: market, asOf: x.asOf, rules: x.m.rulesOf(s)}
	}
	return h, ok, nil
}

// streams are the reports in the order in which marketplace sums are taken from them.
func streams() []source.Stream {
	return []source.Stream{source.AdProducts, source.AdCampaigns, source.AdTargets, source.AdSearchTerms}
}

// markets are the codes of all marketplaces with a report, or the one asked about.
func (x *question) markets(ctx context.Context) ([]string, error) {
	set := map[string]bool{}
	for _, s := range streams() {
		if _, _, err := x.history(ctx, s, ""); err != nil {
			return nil, err
		}
		for code := range x.read[s] {
			set[code] = true
		}
	}
	if x.cols.q.Subject != "" {
		code, _ := fact.SplitID(x.cols.q.Subject)
		return slices.DeleteFunc([]string{code}, func(c string) bool { return !set[c] }), nil
	}
	return slices.Sorted(maps.Keys(set)), nil
}

// view is one marketplace: its currency and the sums of the advertised product report.
type view struct {
	market   string
	currency core.Currency
	hasSKUs  bool // an advertised product report is there
	products tally
}

// Windows of view.products, after those of windowDays.
const termWindow = 3

// Groupings of view.products.
const (
	groupSKU = iota
	groupCampaign
	groupCampaignSKU
)

func (x *question) view(ctx context.Context, code string) (*view, error) {
	v := &view{market: code}
	if mp, ok := core.MarketplaceByCode(code); ok {
		v.currency = mp.Currency
	}
	h, ok, err := x.history(ctx, source.AdProducts, code)
	if err != nil {
		return nil, err
	}
	v.hasSKUs = ok
	windows := append(standardWindows(h), h.upTo(termDays))
	v.products, err = x.m.tally(ctx, windows, []grouping{bySKU, byCampaign, byCampaignSKU}, nil)
	return v, err
}

func standardWindows(h history) []window {
	var out []window
	for _, n := range windowDays() {
		out = append(out, h.last(n))
	}
	return out
}

// salesFacts are the facts of the sales module that ads are set against.
type salesFacts struct {
	contribution map[string]fact.Value
	sales        [3]map[string]fact.Value // by windowDays
}

// readOthers reads what other modules know.
func (x *question) readOthers(ctx context.Context) error {
	q := fact.Query{AsOf: x.asOf, Names: neededFacts()}
	if x.cols.any(skuDefinitions()) && !x.cols.any(termDefinitions()) && !x.cols.any(wasteDefinitions()) {
		q.Subject = x.cols.q.Subject
	}
	cols, err := x.m.host.Facts(ctx, q)
	if err != nil {
		return fmt.Errorf("advertising: read sales facts: %w", err)
	}
	for _, c := range cols {
		if c.Name == "sales.contribution_ratio" {
			x.sales.contribution = c.Values
		}
		for i, n := range windowDays() {
			if c.Name == fmt.Sprintf("sales.sales_%dd", n) {
				x.sales.sales[i] = c.Values
			}
		}
	}
	items, err := x.m.host.Catalog().Items(ctx)
	if err != nil {
		return fmt.Errorf("advertising: read the catalog: %w", err)
	}
	x.items = itemsByMarket(items)
	return nil
}

func itemsByMarket(items []module.Item) map[string][]core.SKU {
	out := map[string][]core.SKU{}
	for _, it := range items {
		out[it.Marketplace] = append(out[it.Marketplace], it.SKU)
	}
	return out
}
