package advertising

import (
	"context"
	"slices"

	"purser/backend/core"
	"purser/backend/core/fact"
)

var _ fact.RelationProvider = (*Module)(nil)

// advertises is that a campaign had adverts of a SKU.
func advertises() fact.Relation { return fact.Relation{From: fact.Campaign, To: fact.SKU} }

// Relations implements fact.RelationProvider.
func (*Module) Relations() []fact.Relation { return []fact.Relation{advertises()} }

// Related implements fact.RelationProvider: the SKUs that the advertised product report names for each campaign in the
// 60 days up to the newest settled one.
func (m *Module) Related(ctx context.Context, r fact.Relation, asOf core.Day) (map[string][]string, error) {
	out := map[string][]string{}
	if r != advertises() {
		return out, nil
	}
	x, err := m.ask(ctx, fact.Query{AsOf: asOf, Names: []string{"advertising.related"}})
	if err != nil {
		return nil, err
	}
	defer x.close()
	for _, code := range x.markets("") {
		v, err := x.view(ctx, code)
		if err != nil {
			return nil, err
		}
		if !v.hasSKUs {
			continue
		}
		for key := range v.products.by[groupCampaignSKU] {
			campaign, sku := split(key)
			if name := x.names.of(sku); name != "" {
				id := fact.SubjectID(code, x.names.of(campaign))
				out[id] = append(out[id], fact.SubjectID(code, name))
			}
		}
	}
	for _, skus := range out {
		slices.Sort(skus)
	}
	return out, nil
}
