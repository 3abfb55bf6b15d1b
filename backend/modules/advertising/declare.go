package advertising

import (
	"purser/backend/core/fact"
)

// attribution is what every measure of orders and sales must say of itself.
const attribution = "Amazon credits orders within 7 days of the click (Sponsored Products; 14 days where the report says so, as for Sponsored Brands and Display), " +
	"so that the last days still grow."

// reportRule is the part of a formula that says which report a measure is from.
const reportRule = " SKUs: advertised product report. Campaigns: campaign report, else the advertised product report. Search terms: search term report. " +
	"Marketplaces: the first that tells every day of the range of: advertised product, campaign, targeting, search term; else the one that tells most of them."

// Measures implements fact.Measurer.
func (m *Module) Measures() []fact.Measure {
	products := []string{"sp_advertised_products", "sp_campaigns", "sp_targeting", "sp_search_terms"}
	basic := func(name, title string, t fact.Type, unit, better, meaning, formula string) fact.Measure {
		out := fact.Measure{
			Definition: fact.Definition{
				Name: "advertising." + name, Title: title, Type: t, Unit: unit, Better: better, Meaning: meaning,
				Formula: formula + reportRule, Sources: products, Daily: seriesName(fact.SKU, name),
			},
			Kinds: kindsKept(), Series: map[fact.SubjectKind]string{},
		}
		for _, k := range kindsKept() {
			out.Series[k] = seriesName(k, name)
		}
		return out
	}
	return append([]fact.Measure{
		basic("spend", "Ad spend", fact.Money, "", "", "What clicks on ads cost", "Sum of spend."),
		basic("sales", "Ad sales", fact.Money, "", "up", "Sales that Amazon credits to ads. "+attribution, "Sum of attributed sales."),
		basic("orders", "Ad orders", fact.Count, "orders", "up", "Orders that Amazon credits to ads. "+attribution, "Sum of attributed orders."),
		basic("clicks", "Clicks", fact.Count, "clicks", "", "Clicks on ads; Amazon takes back invalid ones within 3 days", "Sum of clicks."),
		basic("impressions", "Impressions", fact.Count, "impressions", "", "How often ads were shown", "Sum of impressions."),
		{
			Definition: fact.Definition{
				Name: measureWasted, Title: "Wasted", Type: fact.Money, Better: "down",
				Meaning: "Spend on search terms that brought no order in the range. In a short range that is most terms: look at 28 days or more. " + attribution,
				Formula: "Sum of the spend of the search terms of each campaign whose attributed orders over the range are 0.",
				Sources: []string{"sp_search_terms"},
			},
			Kinds: []fact.SubjectKind{fact.SearchTerm, fact.Marketplace},
		},
	}, quotients(products)...)
}

// quotients are the measures made of others.
func quotients(sources []string) []fact.Measure {
	of := func(name, title string, t fact.Type, better, meaning, formula, num, den string) fact.Measure {
		return fact.Measure{
			Definition: fact.Definition{
				Name: "advertising." + name, Title: title, Type: t, Better: better, Meaning: meaning, Formula: formula, Sources: sources,
				Parts: []string{"advertising." + num, "advertising." + den},
			},
			Num: "advertising." + num, Den: "advertising." + den,
		}
	}
	return []fact.Measure{
		of("acos", "ACoS", fact.Ratio, "down", "Ad spend per unit of ad sales", "advertising.spend ÷ advertising.sales; missing without ad sales.", "spend", "sales"),
		of("cpc", "Cost per click", fact.Money, "down", "What a click cost on average", "advertising.spend ÷ advertising.clicks.", "spend", "clicks"),
		of("ctr", "Click rate", fact.Ratio, "up", "Clicks per impression", "advertising.clicks ÷ advertising.impressions.", "clicks", "impressions"),
		of("conversion", "Conversion", fact.Ratio, "up", "Ad orders per click. "+attribution, "advertising.orders ÷ advertising.clicks.", "orders", "clicks"),
		of("roas", "ROAS", fact.Number, "up", "Ad sales per unit of ad spend", "advertising.sales ÷ advertising.spend; missing without spend.", "sales", "spend"),
	}
}
