package sales

import (
	"purser/backend/core/fact"
	"purser/backend/core/page"
)

// Page implements page.Pager.
func (m *Module) Page() page.Page {
	return page.Page{
		Title:    "Sales & profit",
		Question: "Did I earn, why did it change, and on which SKU?",
		Tiles: []page.Tile{
			{Name: "sales.sales", Title: "Sales", Table: "skus", Preset: "best_sellers"},
			{Name: "sales.units", Title: "Units", Table: "skus", Preset: "best_sellers"},
			{Name: "sales.profit", Title: "Profit", Table: "skus", Preset: "loses_money"},
			{Name: "sales.margin", Title: "Margin", Table: "skus", Preset: "loses_money"},
			{Name: "sales.refunds", Title: "Refunds", Table: "skus", Preset: "refunded"},
			{Name: "sales.tacos", Title: "TACoS", Table: "marketplaces"},
			{Name: "sales.unit_session_pct", Title: "Unit session %", Table: "marketplaces"},
			{Name: "sales.settled_through", Title: "Settled through", Table: "sales.settlements"},
		},
		Charts: []page.Chart{
			{Name: "sales", Title: "Sales a day", Kind: page.Lines, Measures: []string{"sales.sales"}, PerSubject: true},
			{Name: "profit", Title: "From sales to profit", Kind: page.Waterfall, Measures: []string{"sales.profit"}, PerSubject: true},
			{Name: "year", Title: "Sales of the last 13 months", Kind: page.Lines, Measures: []string{"sales.sales"}, Days: 400},
			{Name: "calendar", Title: "Sales by weekday", Kind: page.Calendar, Measures: []string{"sales.sales"}, Days: 371, PerSubject: true},
		},
		Tables: []page.Table{skuTable(), marketTable(), ordersTable(), settlementsTable()},
	}
}

func skuTable() page.Table {
	return page.Table{
		Name: "skus", Title: "SKUs", Subject: fact.SKU, Sort: "sales.sales", Desc: true, Groups: []string{"marketplace", "tag", "group"},
		Columns: []string{
			"sales.units", "sales.sales", "sales.sales" + page.Change, "sales.fees", "advertising.spend", "sales.cogs", "sales.profit",
			"sales.margin", "sales.tacos", "sales.sales" + page.Spark,
		},
		Presets: []page.Preset{
			{
				Name: "best_sellers", Title: "Best sellers", Sort: "sales.sales", Desc: true,
				Filters: []page.Filter{{Column: "sales.units", Op: page.More, Value: "0"}},
			},
			{
				Name: "falling", Title: "Falling", Sort: "sales.sales" + page.Change,
				Filters: []page.Filter{{Column: "sales.sales" + page.Change, Op: page.Less, Value: "-0.2"}},
				Columns: []string{
					"sales.sales", "sales.sales" + page.Before, "sales.sales" + page.Change, "sales.units", "sales.sessions", "sales.unit_session_pct",
					"sales.featured_offer_pct", "sales.average_price", "sales.sales" + page.Spark,
				},
			},
			{
				Name: "loses_money", Title: "Loses money", Sort: "sales.profit",
				Filters: []page.Filter{{Column: "sales.profit", Op: page.Less, Value: "0"}},
			},
			{
				Name: "costs_missing", Title: "Costs missing", Sort: "sales.sales", Desc: true,
				Filters: []page.Filter{{Column: "sales.unit_cost", Op: page.Unknown}, {Column: "sales.units", Op: page.More, Value: "0"}},
				Columns: []string{"sales.units", "sales.sales", "sales.unit_cost", "sales.fees_per_unit", "sales.price"},
			},
			{
				Name: "refunded", Title: "Refunded", Sort: "sales.refunds", Desc: true,
				Filters: []page.Filter{{Column: "sales.refunds", Op: page.More, Value: "0"}},
				Columns: []string{"sales.refunds", "sales.refund_rate", "sales.refunds" + page.Change, "sales.sales", "sales.units", "reviews.return_rate"},
			},
		},
	}
}

func marketTable() page.Table {
	return page.Table{
		Name: "marketplaces", Title: "Marketplaces", Subject: fact.Marketplace, Sort: "sales.sales", Desc: true,
		Columns: []string{
			"sales.units", "sales.sales", "sales.sales" + page.Change, "sales.orders", "sales.refunds", "sales.fees", "advertising.spend", "sales.cogs",
			"sales.profit", "sales.margin", "sales.tacos", "sales.sales" + page.Spark,
		},
	}
}

func ordersTable() page.Table {
	return page.Table{
		Name: listOrders, Title: "Orders", List: true, Subject: fact.SKU, Desc: true,
		Columns: []string{"day", "order", "sku", "title", "status", "units", "amount", "promotion", "fulfilment"},
	}
}

func settlementsTable() page.Table {
	return page.Table{
		Name: listSettlements, Title: "Settlement lines", List: true, Subject: fact.SKU, Desc: true,
		Columns: []string{"day", "settlement", "type", "amount_type", "description", "order", "sku", "units", "amount"},
	}
}
