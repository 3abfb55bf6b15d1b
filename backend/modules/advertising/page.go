package advertising

import (
	"purser/backend/core/fact"
	"purser/backend/core/page"
)

// Names of the charts that the module draws itself.
const (
	chartCampaigns = "campaigns"
	chartBudgets   = "budgets"
)

// calendarDays is how many days the calendar shows: half a year, so that weekdays can be compared.
const calendarDays = 182

// Page implements page.Pager.
func (m *Module) Page() page.Page {
	return page.Page{
		Title:    "Ads",
		Question: "Where is money wasted, what deserves more?",
		Tiles: []page.Tile{
			{Name: "advertising.spend", Title: "Ad spend", Table: "campaigns"},
			{Name: "advertising.sales", Title: "Ad sales", Table: "campaigns"},
			{Name: "advertising.acos", Title: "ACoS", Table: "skus", Preset: "over_breakeven"},
			{Name: "sales.tacos", Title: "TACoS", Table: "skus"},
			{Name: measureWasted, Title: "Wasted on terms without orders", Table: "terms", Preset: "wasted"},
			{Name: "advertising.orders", Title: "Ad orders", Table: "campaigns"},
			{Name: "advertising.settled_through", Title: "Settled through"},
		},
		Charts: []page.Chart{
			{Name: "spend_sales", Title: "Ad spend and ad sales", Kind: page.Lines, Measures: []string{"advertising.spend", "advertising.sales"}, PerSubject: true},
			{Name: chartCampaigns, Title: "Campaigns by spend", Kind: page.Bars, PerSubject: true},
			{Name: "terms", Title: "Search terms by spend and conversion", Kind: page.Scatter, Subject: fact.SearchTerm, X: "advertising.spend", Y: "advertising.conversion", Size: "advertising.clicks"},
			{Name: chartBudgets, Title: "Daily budgets by how much is spent", Kind: page.Bars, PerSubject: true},
			{Name: "calendar", Title: "Ad spend by day", Kind: page.Calendar, Measures: []string{"advertising.spend"}, Days: calendarDays, PerSubject: true},
		},
		Tables: []page.Table{campaignTable(), termTable(), skuTable()},
	}
}

func campaignTable() page.Table {
	return page.Table{
		Name: "campaigns", Title: "Campaigns", Subject: fact.Campaign, Sort: "advertising.spend", Desc: true, Groups: []string{"marketplace"},
		Columns: []string{
			"advertising.spend", "advertising.spend" + page.Change, "advertising.sales", "advertising.acos", "advertising.acos" + page.Change,
			"advertising.orders", "advertising.clicks", "advertising.cpc", "advertising.conversion",
			"advertising.campaign_budget", "advertising.campaign_budget_used_pct", "advertising.spend" + page.Spark,
		},
		Presets: []page.Preset{
			{
				Name: "out_of_budget", Title: "Spend 90 % of their budget or more", Sort: "advertising.campaign_budget_used_pct", Desc: true,
				Filters: []page.Filter{{Column: "advertising.campaign_budget_used_pct", Op: page.AtLeast, Value: "90"}},
			},
			{
				Name: "no_sales", Title: "Spend without ad sales",
				Filters: []page.Filter{{Column: "advertising.spend", Op: page.More, Value: "0"}, {Column: "advertising.orders", Op: page.Is, Value: "0"}},
			},
		},
	}
}

func termTable() page.Table {
	none := page.Filter{Column: "advertising.orders", Op: page.Is, Value: "0"}
	return page.Table{
		Name: "terms", Title: "Search terms", Subject: fact.SearchTerm, Sort: "advertising.spend", Desc: true, Groups: []string{"marketplace", "advertising.term_match_type"},
		Columns: []string{
			"advertising.spend", "advertising.clicks", "advertising.orders", "advertising.sales", "advertising.acos", "advertising.conversion", "advertising.cpc",
			measureWasted, "advertising.term_match_type", "advertising.term_limit", "advertising.term_expected_orders",
		},
		Presets: []page.Preset{
			// As many clicks as the rule about wasteful terms asks for at first.
			{Name: "no_orders", Title: "No orders", Filters: []page.Filter{none, {Column: "advertising.clicks", Op: page.AtLeast, Value: "10"}}},
			{Name: "wasted", Title: "Wasted spend", Sort: measureWasted, Desc: true, Filters: []page.Filter{{Column: measureWasted, Op: page.More, Value: "0"}}},
			{
				Name: "harvest", Title: "Harvest", Sort: "advertising.orders", Desc: true,
				Filters: []page.Filter{{Column: "advertising.orders", Op: page.AtLeast, Value: "2"}, {Column: "advertising.term_match_type", Op: page.IsNot, Value: "exact"}},
			},
		},
	}
}

func skuTable() page.Table {
	return page.Table{
		Name: "skus", Title: "Advertised SKUs", Subject: fact.SKU, Sort: "advertising.spend", Desc: true, Groups: []string{"marketplace", "tag", "group", "advertising.advertised"},
		Columns: []string{
			"advertising.spend", "advertising.spend" + page.Change, "advertising.sales", "advertising.acos", "advertising.breakeven_acos",
			"advertising.acos_over_breakeven_28d", "sales.tacos", "advertising.orders", "advertising.profit_after_ads_28d",
			"inventory.cover_days", "advertising.spend" + page.Spark,
		},
		Presets: []page.Preset{
			{
				Name: "over_breakeven", Title: "Above break-even", Sort: "advertising.profit_after_ads_28d",
				Filters: []page.Filter{{Column: "advertising.acos_over_breakeven_28d", Op: page.More, Value: "1"}},
			},
			{
				Name: "running_out", Title: "Advertised, runs out before restock", Sort: "inventory.cover_days",
				Filters: []page.Filter{
					{Column: "advertising.advertised", Op: page.Is, Value: "true"}, {Column: "inventory.days_short", Op: page.More, Value: "0"},
				},
			},
			{
				Name: "not_advertised", Title: "Not advertised", Sort: "sales.sales", Desc: true,
				Filters: []page.Filter{{Column: "advertising.advertised", Op: page.Is, Value: "false"}},
				Columns: []string{"advertising.advertised", "sales.sales", "sales.units", "sales.margin", "sales.unit_session_pct", "advertising.breakeven_acos", "inventory.cover_days"},
			},
		},
	}
}
