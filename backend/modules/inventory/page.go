package inventory

import (
	"strconv"

	"purser/backend/core/fact"
	"purser/backend/core/page"
)

// Names of the charts.
const (
	chartCover      = "cover"
	chartStock      = "stock"
	chartProjection = "projection"
	chartAge        = "age"
)

// Page implements page.Pager.
func (m *Module) Page() page.Page {
	return page.Page{
		Title:    "Inventory",
		Question: "What runs out, when to order, how many, what is stuck?",
		Tiles: []page.Tile{
			{Name: factOut, Title: "Out of stock", Table: "skus", Preset: "out"},
			{Name: factLow, Title: "Run out before restock", Table: "skus", Preset: "short"},
			{Name: factToOrder, Title: "Order this week", Table: "skus", Preset: "order"},
			{Name: factOrderTotal, Title: "Cost of these orders", Table: "skus", Preset: "order"},
			{Name: factLostTotal, Title: "Lost sales a day", Table: "skus", Preset: "out"},
			{Name: factTiedUp, Title: "Cash tied up", Table: "skus", Preset: "value"},
			{Name: factInboundSum, Title: "Inbound", Table: "skus", Preset: "inbound"},
			{Name: factAgedSum, Title: "Aged 181+ days", Table: "skus", Preset: "aged"},
		},
		Charts: []page.Chart{
			{Name: chartCover, Title: "Cover against lead time", Kind: page.Bullets},
			{Name: chartProjection, Title: "Stock projection", Kind: page.Lines, PerSubject: true},
			{Name: chartStock, Title: "Units on hand", Kind: page.Lines, PerSubject: true},
			{Name: chartAge, Title: "Age of stock", Kind: page.Bars, PerSubject: true},
		},
		Tables: []page.Table{
			{
				Name: "skus", Title: "SKUs", Subject: fact.SKU, Sort: factOrderBy, Presets: presets(), Groups: []string{"marketplace", "tag", "group"},
				Columns: []string{
					factOnHand, factInbound, factVelocity, factCover, factLead, factOrderBy, factSuggested, factOrderCost, factLostSales,
					seriesUnits + page.Spark,
				},
			},
			{
				Name: listLevels, Title: "Stock report", List: true, Sort: "sku",
				Columns: []string{"marketplace", "sku", "asin", "on_hand", "reserved", "inbound", "inbound_working", "unsellable", "as_of"},
			},
			{
				Name: listAged, Title: "Age of stock", List: true, Sort: "age_365_plus", Desc: true,
				Columns: []string{
					"marketplace", "sku", "on_hand", "age_0_90", "age_91_180", "age_181_270", "age_271_365", "age_365_plus", "excess",
					"storage_cost", "alert", "action",
				},
			},
		},
	}
}

// presets are the views of the table of SKUs. Those named as tiles hold exactly the SKUs that the tiles count.
func presets() []page.Preset {
	atLeastOne := func(column string) page.Filter { return page.Filter{Column: column, Op: page.More, Value: "0"} }
	due := strconv.Itoa(orderSoonDays)
	return []page.Preset{
		{
			Name: "short", Title: "Runs out before restock", Filters: []page.Filter{atLeastOne(factDaysShort)}, Sort: factDaysShort, Desc: true,
			Columns: []string{factOnHand, factInbound, factVelocity, factCover, factLead, factDaysShort, factSellsOut, factSuggested, factOrderCost, factLostSales},
		},
		{
			Name: "order", Title: "Order this week",
			Filters: []page.Filter{{Column: factOrderBy, Op: page.AtMost, Value: due}, atLeastOne(factSuggested)},
		},
		{
			Name: "out", Title: "Out of stock", Filters: []page.Filter{{Column: factOnHand, Op: page.Is, Value: "0"}, atLeastOne(factVelocity)},
			Sort: factLostSales, Desc: true,
			Columns: []string{factOnHand, factInbound, factReserved, factVelocity, factStockouts, measureOut, factLead, factSuggested, factOrderCost, factLostSales},
		},
		{
			Name: "inbound", Title: "On its way", Filters: []page.Filter{atLeastOne(factInbound)}, Sort: factInbound, Desc: true,
			Columns: []string{factInbound, factWorking, factOnHand, factReserved, factVelocity, factCoverOnHand, factCover, factSellsOut},
		},
		{
			Name: "excess", Title: "Too much stock", Filters: []page.Filter{atLeastOne(factExcess)}, Sort: factExcess, Desc: true,
			Columns: []string{factOnHand, factExcess, factCoverOnHand, factAmazonDays, factVelocity, factValue, factAged, seriesUnits + page.Spark},
		},
		{
			Name: "aged", Title: "Aged", Filters: []page.Filter{atLeastOne(factAged)}, Sort: factAged, Desc: true,
			Columns: []string{factAged, factOnHand, factExcess, factCoverOnHand, factVelocity, factValue, seriesUnits, seriesUnits + page.Spark},
		},
		{
			Name: "value", Title: "Most cash tied up", Filters: []page.Filter{atLeastOne(factOnHand)}, Sort: factValue, Desc: true,
			Columns: []string{factValue, factOnHand, factUnitCost, factCoverOnHand, factVelocity, factExcess, factAged, seriesUnits + page.Spark},
		},
		{
			Name: "no_cost", Title: "Unit cost not given", Sort: factOnHand, Desc: true,
			Filters: []page.Filter{atLeastOne(factOnHand), {Column: factUnitCost, Op: page.Unknown}},
			Columns: []string{factOnHand, factUnitCost, factVelocity, factSuggested, factPrice},
		},
	}
}
