package advertising

import (
	"context"
	"fmt"
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
	*snapshot
	cols   *columns
	asOf   core.Day
	span   core.Period
	sales  salesFacts
	items  map[string][]core.SKU // catalog, by marketplace
	rules  assumptions
	wasted map[string]map[uint64]bool // search terms that have had their chance, by marketplace
}

// Facts implements fact.Provider.
func (m *Module) Facts(ctx context.Context, q fact.Query) ([]fact.Column, error) {
	x, err := m.ask(ctx, q)
	if err != nil {
		return nil, err
	}
	defer x.close()
	skus, campaigns := x.cols.any(skuDefinitions()), x.cols.any(campaignDefinitions())
	terms, markets := x.cols.any(termDefinitions()) || x.cols.any(wasteDefinitions()), x.cols.any(marketDefinitions())
	for _, code := range x.markets(q.Subject) {
		v, err := x.view(ctx, code)
		if err != nil {
			return nil, err
		}
		steps := []struct {
			wanted bool
			run    func(context.Context, *view) error
		}{{skus, x.skuFacts}, {campaigns, x.campaignFacts}, {terms, x.termFacts}, {markets, x.marketFacts}}
		for _, s := range steps {
			if s.wanted && v.reported {
				if err := s.run(ctx, v); err != nil {
					return nil, err
				}
			}
		}
	}
	return x.cols.list(definitions()), nil
}

// ask begins a question; the caller closes it.
func (m *Module) ask(ctx context.Context, q fact.Query) (*question, error) {
	x := &question{
		cols: newColumns(q, definitions()), asOf: q.AsOf,
		span: core.Period{From: q.AsOf - lookBack, To: q.AsOf - 1}, wasted: map[string]map[uint64]bool{},
	}
	if x.cols.any(skuDefinitions()) || x.cols.any(termDefinitions()) || x.cols.any(wasteDefinitions()) {
		if err := x.readOthers(ctx, m.host); err != nil { // before a connection is held
			return nil, err
		}
	}
	var err error
	if x.snapshot, err = m.look(ctx); err != nil {
		return nil, err
	}
	if x.rules, err = x.assumptions(ctx, q.AsOf); err != nil {
		x.close()
		return nil, err
	}
	return x, nil
}

// wasteDefinitions are the marketplace facts that are made of search terms.
func wasteDefinitions() []fact.Definition {
	return slices.DeleteFunc(marketDefinitions(), func(d fact.Definition) bool {
		return d.Name != "advertising.wasted_spend_28d" && d.Name != "advertising.market_wasted_terms"
	})
}

// recently is what is known of a stream in the days that facts look at; false if there is no report of them.
func (x *question) recently(ctx context.Context, s source.Stream, market string) (history, bool, error) {
	h, err := x.history(ctx, bookKey{market, s}, x.asOf)
	if err != nil {
		return history{}, false, err
	}
	h, ok := h.within(x.span)
	return h, ok, nil
}

// streams are the reports in the order in which marketplace sums are taken from them.
func streams() []source.Stream {
	return []source.Stream{source.AdProducts, source.AdCampaigns, source.AdTargets, source.AdSearchTerms}
}

// view is one marketplace: its currency and the sums of the advertised product report.
type view struct {
	market   string
	currency core.Currency
	reported bool // a report is there
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
	for _, s := range streams() {
		_, ok, err := x.recently(ctx, s, code)
		if err != nil {
			return nil, err
		}
		v.reported = v.reported || ok
	}
	h, ok, err := x.recently(ctx, source.AdProducts, code)
	if err != nil {
		return nil, err
	}
	v.hasSKUs = ok
	windows := append(standardWindows(h), h.upTo(termDays))
	v.products, err = x.tally(ctx, windows, []grouping{bySKU, byCampaign, byCampaignSKU}, nil)
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
func (x *question) readOthers(ctx context.Context, host module.Host) error {
	q := fact.Query{AsOf: x.asOf, Names: neededFacts()}
	if x.cols.any(skuDefinitions()) && !x.cols.any(termDefinitions()) && !x.cols.any(wasteDefinitions()) {
		q.Subject = x.cols.q.Subject
	}
	cols, err := host.Facts(ctx, q)
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
	items, err := host.Catalog().Items(ctx)
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
