package advertising

import (
	"fmt"
	"slices"

	"purser/backend/core/fact"
)

const windowCount = 3

// windowDays are the lengths of the windows, in days.
func windowDays() [windowCount]int { return [windowCount]int{7, 28, 90} }

// windowRule is the part of a formula that says where windows end.
const windowRule = "The window ends on the last day that Amazon has settled if that is at most 3 days before the last covered day, else on the last covered day; " +
	"every day of it must be in a report."

func neededFacts() []string {
	out := []string{"sales.contribution_ratio"}
	for _, w := range windowDays() {
		out = append(out, fmt.Sprintf("sales.sales_%dd", w))
	}
	return out
}

func definitions() []fact.Definition {
	return slices.Concat(skuDefinitions(), campaignDefinitions(), termDefinitions(), marketDefinitions())
}

// measure is a fact that exists for each window.
type measure struct {
	name, unit, meaning, formula, daily, better string
	kind                                        fact.Type
}

func (m measure) define(subject fact.SubjectKind, sources []string, days int) fact.Definition {
	return fact.Definition{
		Name: fmt.Sprintf("advertising.%s_%dd", m.name, days), Subject: subject, Type: m.kind, Unit: m.unit,
		Meaning: fmt.Sprintf(m.meaning, days), Formula: m.formula + " " + windowRule, Sources: sources, Daily: m.daily, Better: m.better,
	}
}

func skuDefinitions() []fact.Definition {
	products := []string{"sp_advertised_products"}
	withCosts := []string{"sp_advertised_products", "all_orders", "costs"}
	measures := []measure{
		{"spend", "", "Ad spend on the SKU in %d days", "Sum of spend.", "advertising.spend", "", fact.Money},
		{"sales", "", "Sales that Amazon credits to the SKU's ads in %d days", "Sum of sales attributed within 7 days of the click (14 in some reports).", "advertising.sales", "up", fact.Money},
		{"orders", "orders", "Orders that Amazon credits to the SKU's ads in %d days", "Sum of attributed orders.", "", "up", fact.Count},
		{"clicks", "clicks", "Clicks on the SKU's ads in %d days", "Sum of clicks.", "advertising.clicks", "", fact.Count},
		{"acos", "", "Ad spend per unit of ad sales in %d days", "Spend ÷ ad sales; missing without ad sales.", "", "down", fact.Ratio},
		{"spend_share", "", "Ad spend as a share of all the SKU's sales in %d days (TACoS)", "Spend ÷ sales.sales of the window of the same length (that one ends the day before the as-of day).", "", "down", fact.Ratio},
	}
	var out []fact.Definition
	for _, w := range windowDays() {
		for _, m := range measures {
			out = append(out, m.define(fact.SKU, products, w))
		}
	}
	return append(out,
		fact.Definition{
			Name: "advertising.breakeven_acos", Subject: fact.SKU, Type: fact.Ratio,
			Meaning: "ACoS at which an ad sale neither earns nor loses", Formula: "sales.contribution_ratio: what is left of a sale before ads.", Sources: withCosts,
		},
		fact.Definition{
			Name: "advertising.acos_over_breakeven_28d", Subject: fact.SKU, Type: fact.Ratio, Better: "down",
			Meaning: "ACoS against break-even: above 1 the ads lose money", Formula: "advertising.acos_28d ÷ advertising.breakeven_acos; missing where the SKU earns nothing before ads.", Sources: withCosts,
		},
		fact.Definition{
			Name: "advertising.advertised", Subject: fact.SKU, Type: fact.Flag,
			Meaning: "The SKU had ads in 28 days", Formula: "An advertised-product row with impressions, clicks or spend. " + windowRule, Sources: products,
		},
		fact.Definition{
			Name: "advertising.profit_after_ads_28d", Subject: fact.SKU, Type: fact.Money, Better: "up",
			Meaning: "What ad sales earned after paying for the ads", Formula: "advertising.sales_28d × advertising.breakeven_acos − advertising.spend_28d.", Sources: withCosts,
		},
	)
}

func campaignDefinitions() []fact.Definition {
	from := []string{"sp_campaigns", "sp_advertised_products"}
	const rule = "From the campaign report, else summed from the advertised product report."
	measures := []measure{
		{"campaign_spend", "", "Ad spend of the campaign in %d days", rule, "advertising.campaign_spend", "", fact.Money},
		{"campaign_sales", "", "Sales that Amazon credits to the campaign in %d days", rule, "advertising.campaign_sales", "up", fact.Money},
		{"campaign_acos", "", "Ad spend per unit of ad sales of the campaign in %d days", "Spend ÷ ad sales; missing without ad sales. " + rule, "", "down", fact.Ratio},
		{"campaign_clicks", "clicks", "Clicks of the campaign in %d days", rule, "advertising.campaign_clicks", "", fact.Count},
		{"campaign_orders", "orders", "Orders that Amazon credits to the campaign in %d days", rule, "", "up", fact.Count},
	}
	var out []fact.Definition
	for _, m := range measures {
		out = append(out, m.define(fact.Campaign, from, 28))
	}
	return append(out,
		fact.Definition{
			Name: "advertising.campaign_budget", Subject: fact.Campaign, Type: fact.Money,
			Meaning: "Daily budget of the campaign", Formula: "Budget amount of the newest campaign row of the last 35 days.", Sources: []string{"sp_campaigns"},
		},
		fact.Definition{
			Name: "advertising.campaign_budget_used_pct", Subject: fact.Campaign, Type: fact.Percent, Unit: "%",
			Meaning: "Part of the daily budget that is spent", Formula: "Mean daily spend of 7 days ÷ advertising.campaign_budget × 100. " + windowRule, Sources: []string{"sp_campaigns"},
		},
	)
}

func termDefinitions() []fact.Definition {
	const span = " Window: the last 60 covered days up to the last settled one, without a gap; else the newest summary report of at most 60 days. Terms with at least one click."
	from := []string{"sp_search_terms"}
	def := func(name string, t fact.Type, unit, better, meaning, formula string) fact.Definition {
		return fact.Definition{
			Name: "advertising." + name, Subject: fact.SearchTerm, Type: t, Unit: unit, Better: better,
			Meaning: meaning, Formula: formula + span, Sources: from,
		}
	}
	return []fact.Definition{
		def("term_spend", fact.Money, "", "", "Ad spend on the search term in the campaign", "Sum of spend over ad groups and targets."),
		def("term_clicks", fact.Count, "clicks", "", "Clicks from the search term", "Sum of clicks."),
		def("term_orders", fact.Count, "orders", "up", "Orders from the search term", "Sum of attributed orders."),
		def("term_sales", fact.Money, "", "up", "Ad sales from the search term", "Sum of attributed sales."),
		def("term_acos", fact.Ratio, "", "down", "Ad spend per unit of ad sales of the search term", "Spend ÷ ad sales; missing without ad sales."),
		def("term_expected_orders", fact.Number, "orders", "", "Orders that so many clicks would bring if the term converted like the others",
			"Clicks × orders ÷ clicks of the campaign's other terms, or of the marketplace's other terms where those have fewer than 20 clicks."),
		def("term_wasted", fact.Money, "", "down", "Spend on the search term if it brought no order", "Spend when orders are 0, else 0."),
		def("term_match_type", fact.Text, "", "", "Match types of the targets the term came through", "The distinct match types, sorted."),
		def("term_limit", fact.Money, "", "", "Spend at which a term without orders has had its chance",
			"Average order value × break-even ACoS × 2. Order value: ad sales ÷ orders of the campaign's terms, else of the marketplace's. "+
				"Break-even: advertising.breakeven_acos of the campaign's SKUs weighted by ad sales (by spend where there are none); "+
				"estimated with the marketplace's mean ACoS where no cost is known."),
	}
}

func marketDefinitions() []fact.Definition {
	from := []string{"sp_advertised_products", "sp_campaigns", "sp_targeting", "sp_search_terms"}
	const rule = "From the first of these reports that covers the window: advertised product, campaign, targeting, search term."
	measures := []measure{
		{"market_spend", "", "Ad spend in the marketplace in %d days", rule, "advertising.market_spend", "", fact.Money},
		{"market_sales", "", "Sales that Amazon credits to ads in the marketplace in %d days", rule, "advertising.market_sales", "up", fact.Money},
		{"market_acos", "", "Ad spend per unit of ad sales in the marketplace in %d days", "Spend ÷ ad sales. " + rule, "", "down", fact.Ratio},
	}
	var out []fact.Definition
	for _, w := range windowDays() {
		for _, m := range measures {
			out = append(out, m.define(fact.Marketplace, from, w))
		}
	}
	return append(out,
		fact.Definition{
			Name: "advertising.wasted_spend_28d", Subject: fact.Marketplace, Type: fact.Money, Better: "down",
			Meaning: "Spend of 28 days on search terms that have had their chance and brought no order",
			Formula: "Sum over search terms with advertising.term_orders = 0 and advertising.term_spend ≥ advertising.term_limit of their spend in the last 28 days of the terms' window.",
			Sources: []string{"sp_search_terms"},
		},
		fact.Definition{
			Name: "advertising.market_wasted_terms", Subject: fact.Marketplace, Type: fact.Count, Unit: "search terms", Better: "down",
			Meaning: "Search terms that have had their chance and brought no order",
			Formula: "Count of search terms with advertising.term_orders = 0 and advertising.term_spend ≥ advertising.term_limit.",
			Sources: []string{"sp_search_terms"},
		},
		fact.Definition{
			Name: "advertising.settled_through", Subject: fact.Marketplace, Type: fact.Text,
			Meaning: "Last day of ad data that Amazon no longer restates",
			Formula: "Newest day whose report was made at least as many days after it as Amazon takes to settle, in the first of the reports that is there.", Sources: from,
		},
	)
}
