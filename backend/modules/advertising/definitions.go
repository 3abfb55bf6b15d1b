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

// windowed is a fact that exists for each window.
type windowed struct {
	name, title, unit, meaning, formula, daily, better string

	kind  fact.Type
	parts []string // names with %d for the window
}

func (m windowed) define(subject fact.SubjectKind, sources []string, days int) fact.Definition {
	d := fact.Definition{
		Name: fmt.Sprintf("advertising.%s_%dd", m.name, days), Title: fmt.Sprintf("%s %d d", m.title, days), Subject: subject, Type: m.kind, Unit: m.unit,
		Meaning: fmt.Sprintf(m.meaning, days), Formula: m.formula + " " + windowRule, Sources: sources, Daily: m.daily, Better: m.better,
		Adds: m.kind == fact.Money || m.kind == fact.Count, // all of these are amounts and counts of the window
	}
	for _, p := range m.parts {
		d.Parts = append(d.Parts, fmt.Sprintf(p, days))
	}
	return d
}

func skuDefinitions() []fact.Definition {
	products := []string{"sp_advertised_products"}
	all := []windowed{
		{"spend", "Ad spend", "", "Ad spend on the SKU in %d days", "Sum of spend.", "advertising.spend", "", fact.Money, nil},
		{"sales", "Ad sales", "", "Sales that Amazon credits to the SKU's ads in %d days", "Sum of sales attributed within 7 days of the click (14 in some reports).", "advertising.sales", "up", fact.Money, nil},
		{"orders", "Ad orders", "orders", "Orders that Amazon credits to the SKU's ads in %d days", "Sum of attributed orders.", "advertising.orders", "up", fact.Count, nil},
		{"clicks", "Clicks", "clicks", "Clicks on the SKU's ads in %d days", "Sum of clicks.", "advertising.clicks", "", fact.Count, nil},
		{
			"acos", "ACoS", "", "Ad spend per unit of ad sales in %d days", "Spend ÷ ad sales; missing without ad sales.", "", "down", fact.Ratio,
			[]string{"advertising.spend_%dd", "advertising.sales_%dd"},
		},
		{
			"spend_share", "TACoS", "", "Ad spend as a share of all the SKU's sales in %d days (TACoS)", "Spend ÷ sales.sales of the window of the same length (that one ends the day before the as-of day).", "", "down", fact.Ratio,
			[]string{"advertising.spend_%dd", "sales.sales_%dd"},
		},
	}
	var out []fact.Definition
	for _, w := range windowDays() {
		for _, m := range all {
			out = append(out, m.define(fact.SKU, products, w))
		}
	}
	return append(out, profitDefinitions()...)
}

func profitDefinitions() []fact.Definition {
	withCosts := []string{"sp_advertised_products", "all_orders", "costs"}
	return []fact.Definition{
		{
			Name: "advertising.breakeven_acos", Title: "Break-even ACoS", Subject: fact.SKU, Type: fact.Ratio, Parts: []string{"sales.contribution_ratio"},
			Meaning: "ACoS at which an ad sale neither earns nor loses", Formula: "sales.contribution_ratio: what is left of a sale before ads.", Sources: withCosts,
		},
		{
			Name: "advertising.acos_over_breakeven_28d", Title: "ACoS ÷ break-even 28 d", Subject: fact.SKU, Type: fact.Ratio, Better: "down",
			Parts:   []string{"advertising.acos_28d", "advertising.breakeven_acos"},
			Meaning: "ACoS against break-even: above 1 the ads lose money", Formula: "advertising.acos_28d ÷ advertising.breakeven_acos; missing where the SKU earns nothing before ads.", Sources: withCosts,
		},
		{
			Name: "advertising.advertised", Title: "Advertised", Subject: fact.SKU, Type: fact.Flag,
			Meaning: "The SKU had ads in 28 days", Formula: "An advertised-product row with impressions, clicks or spend. " + windowRule, Sources: []string{"sp_advertised_products"},
		},
		{
			Name: "advertising.profit_after_ads_28d", Title: "Profit after ads 28 d", Subject: fact.SKU, Type: fact.Money, Better: "up", Adds: true,
			Parts:   []string{"advertising.sales_28d", "advertising.breakeven_acos", "advertising.spend_28d"},
			Meaning: "What ad sales earned after paying for the ads", Formula: "advertising.sales_28d × advertising.breakeven_acos − advertising.spend_28d.", Sources: withCosts,
		},
	}
}

func campaignDefinitions() []fact.Definition {
	from := []string{"sp_campaigns", "sp_advertised_products"}
	const rule = "From the campaign report, else summed from the advertised product report."
	spend := windowed{"campaign_spend", "Ad spend", "", "Ad spend of the campaign in %d days", rule, "advertising.campaign_spend", "", fact.Money, nil}
	all := []windowed{
		spend,
		{"campaign_sales", "Ad sales", "", "Sales that Amazon credits to the campaign in %d days", rule, "advertising.campaign_sales", "up", fact.Money, nil},
		{
			"campaign_acos", "ACoS", "", "Ad spend per unit of ad sales of the campaign in %d days", "Spend ÷ ad sales; missing without ad sales. " + rule, "", "down", fact.Ratio,
			[]string{"advertising.campaign_spend_%dd", "advertising.campaign_sales_%dd"},
		},
		{"campaign_clicks", "Clicks", "clicks", "Clicks of the campaign in %d days", rule, "advertising.campaign_clicks", "", fact.Count, nil},
		{"campaign_orders", "Ad orders", "orders", "Orders that Amazon credits to the campaign in %d days", rule, "advertising.campaign_orders", "up", fact.Count, nil},
	}
	out := []fact.Definition{spend.define(fact.Campaign, from, 7)}
	for _, m := range all {
		out = append(out, m.define(fact.Campaign, from, 28))
	}
	return append(out,
		fact.Definition{
			Name: "advertising.campaign_budget", Title: "Daily budget", Subject: fact.Campaign, Type: fact.Money, Adds: true,
			Meaning: "Daily budget of the campaign", Formula: "Budget amount of the newest campaign row of the last 35 days.", Sources: []string{"sp_campaigns"},
		},
		fact.Definition{
			Name: "advertising.campaign_budget_used_pct", Title: "Budget used", Subject: fact.Campaign, Type: fact.Percent, Unit: "%",
			Parts:   []string{"advertising.campaign_spend_7d", "advertising.campaign_budget"},
			Meaning: "Part of the daily budget that is spent", Formula: "advertising.campaign_spend_7d ÷ 7 ÷ advertising.campaign_budget × 100.", Sources: []string{"sp_campaigns"},
		},
	)
}

func termDefinitions() []fact.Definition {
	const span = " Window: the last 60 covered days up to the last settled one, without a gap; else the newest summary report of at most 60 days. Terms with at least one click."
	from := []string{"sp_search_terms"}
	def := func(name, title string, t fact.Type, unit, better, meaning, formula string, parts ...string) fact.Definition {
		return fact.Definition{
			Name: "advertising." + name, Title: title, Subject: fact.SearchTerm, Type: t, Unit: unit, Better: better,
			Meaning: meaning, Formula: formula + span, Sources: from, Parts: parts,
			Adds: (t == fact.Money || t == fact.Count || unit == "orders") && name != "term_limit", // the limit is a bar, not an amount spent
		}
	}
	return []fact.Definition{
		def("term_spend", "Ad spend 60 d", fact.Money, "", "", "Ad spend on the search term in the campaign", "Sum of spend over ad groups and targets."),
		def("term_clicks", "Clicks 60 d", fact.Count, "clicks", "", "Clicks from the search term", "Sum of clicks."),
		def("term_orders", "Ad orders 60 d", fact.Count, "orders", "up", "Orders from the search term", "Sum of attributed orders."),
		def("term_sales", "Ad sales 60 d", fact.Money, "", "up", "Ad sales from the search term", "Sum of attributed sales."),
		def("term_acos", "ACoS 60 d", fact.Ratio, "", "down", "Ad spend per unit of ad sales of the search term", "Spend ÷ ad sales; missing without ad sales.",
			"advertising.term_spend", "advertising.term_sales"),
		def("term_expected_orders", "Expected orders", fact.Number, "orders", "", "Orders that so many clicks would bring if the term converted like the others",
			"Clicks × orders ÷ clicks of the campaign's other terms, or of the marketplace's other terms where those have too few clicks (a setting; 20 at first)."),
		def("term_wasted", "Wasted 60 d", fact.Money, "", "down", "Spend on the search term if it brought no order", "Spend when orders are 0, else 0.",
			"advertising.term_orders", "advertising.term_spend"),
		def("term_match_type", "Match type", fact.Text, "", "", "Match types of the targets the term came through", "The distinct match types, sorted."),
		def("term_limit", "Limit", fact.Money, "", "", "Spend at which a term without orders has had its chance",
			"Average order value × break-even ACoS × a factor (a setting; 2 at first). Order value: ad sales ÷ orders of the campaign's terms, else of the marketplace's. "+
				"Break-even: advertising.breakeven_acos of the campaign's SKUs weighted by ad sales (by spend where there are none); "+
				"estimated with the marketplace's mean ACoS where no cost is known.",
			"advertising.term_sales", "advertising.term_orders", "advertising.breakeven_acos"),
	}
}

func marketDefinitions() []fact.Definition {
	from := []string{"sp_advertised_products", "sp_campaigns", "sp_targeting", "sp_search_terms"}
	const rule = "From the first of these reports that covers the window: advertised product, campaign, targeting, search term."
	all := []windowed{
		{"market_spend", "Ad spend", "", "Ad spend in the marketplace in %d days", rule, "advertising.market_spend", "", fact.Money, nil},
		{"market_sales", "Ad sales", "", "Sales that Amazon credits to ads in the marketplace in %d days", rule, "advertising.market_sales", "up", fact.Money, nil},
		{
			"market_acos", "ACoS", "", "Ad spend per unit of ad sales in the marketplace in %d days", "Spend ÷ ad sales. " + rule, "", "down", fact.Ratio,
			[]string{"advertising.market_spend_%dd", "advertising.market_sales_%dd"},
		},
	}
	var out []fact.Definition
	for _, w := range windowDays() {
		for _, m := range all {
			out = append(out, m.define(fact.Marketplace, from, w))
		}
	}
	return append(out,
		fact.Definition{
			Name: "advertising.wasted_spend_28d", Title: "Wasted 28 d", Subject: fact.Marketplace, Type: fact.Money, Better: "down",
			Meaning: "Spend of 28 days on search terms that have had their chance and brought no order",
			Formula: "Sum over search terms with advertising.term_orders = 0 and advertising.term_spend ≥ advertising.term_limit of their spend in the last 28 days of the terms' window.",
			Sources: []string{"sp_search_terms"},
		},
		fact.Definition{
			Name: "advertising.market_wasted_terms", Title: "Wasteful terms", Subject: fact.Marketplace, Type: fact.Count, Unit: "search terms", Better: "down",
			Meaning: "Search terms that have had their chance and brought no order",
			Formula: "Count of search terms with advertising.term_orders = 0 and advertising.term_spend ≥ advertising.term_limit.",
			Sources: []string{"sp_search_terms"},
		},
		fact.Definition{
			Name: "advertising.settled_through", Title: "Settled through", Subject: fact.Marketplace, Type: fact.Text,
			Meaning: "Last day of ad data that Amazon no longer restates; orders are still credited to its clicks for 7 days (14 in some reports)",
			Formula: "Newest day whose report was made at least as many days after it as Amazon takes to settle, in the first of the reports that is there.", Sources: from,
		},
	)
}
