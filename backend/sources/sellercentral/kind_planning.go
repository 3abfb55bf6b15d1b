package sellercentral

import (
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
)

// fbaInventoryPlanning is the FBA inventory planning (inventory health) report. Amazon adds and
// renames columns every few months; only the ones used here are asked for.
func fbaInventoryPlanning() tableKind {
	type line = source.StockPlan
	more := func(to func(*line) *int32) func(x *cells, b []byte, r *line) {
		return func(x *cells, b []byte, r *line) { *to(r) += x.count(b) }
	}
	old := func(r *line) *int32 { return &r.Age365p }
	return definition[line]{
		info: source.Kind{
			Name: "fba_inventory_planning", Title: "FBA inventory planning", Streams: []source.Stream{source.StockPlanning},
			Where:    "Seller Central › Reports › Fulfilment › Inventory › Inventory Health / FBA Inventory",
			Unlocks:  "Age of stock, excess units, storage cost ahead, Amazon's own days of supply",
			StaleAge: 48 * time.Hour,
		},
		columns: []column[line]{
			channel[line]("marketplace"),
			money[line]("currency"),
			day("snapshot-date", func(r *line) *core.Day { return &r.Day }).full(),
			text("sku", func(r *line) *core.SKU { return &r.SKU }).full(),
			text("fnsku", func(r *line) *string { return &r.FNSKU }),
			text("asin", func(r *line) *core.ASIN { return &r.ASIN }),
			text("product-name", func(r *line) *string { return &r.Title }),
			count("available", func(r *line) *int32 { return &r.Available }).must(),
			count("total-reserved-quantity", func(r *line) *int32 { return &r.Reserved }).as("reserved-quantity"),
			count("inbound-quantity", func(r *line) *int32 { return &r.Inbound }),
			count("unfulfillable-quantity", func(r *line) *int32 { return &r.Unfulfillable }),
			count("inv-age-0-to-90-days", func(r *line) *int32 { return &r.Age0to90 }).must(),
			count("inv-age-91-to-180-days", func(r *line) *int32 { return &r.Age91to180 }),
			count("inv-age-181-to-270-days", func(r *line) *int32 { return &r.Age181to270 }),
			count("inv-age-271-to-365-days", func(r *line) *int32 { return &r.Age271to365 }),
			custom("inv-age-366-to-455-days", counts, more(old)).as("inv-age-365-plus-days"),
			custom("inv-age-456-plus-days", counts, more(old)),
			count("units-shipped-t7", func(r *line) *int32 { return &r.Shipped7 }),
			count("units-shipped-t30", func(r *line) *int32 { return &r.Shipped30 }),
			count("units-shipped-t60", func(r *line) *int32 { return &r.Shipped60 }),
			count("units-shipped-t90", func(r *line) *int32 { return &r.Shipped90 }),
			text("alert", func(r *line) *string { return &r.Alert }),
			text("recommended-action", func(r *line) *string { return &r.RecommendedAction }),
			amount("your-price", func(r *line) *int64 { return &r.Price }),
			figure("days-of-supply", func(r *line) *float64 { return &r.DaysOfSupply }),
			figure("historical-days-of-supply", func(r *line) *float64 { return &r.HistoricalDaysOfSupply }),
			count("estimated-excess-quantity", func(r *line) *int32 { return &r.ExcessUnits }),
			amount("estimated-storage-cost-next-month", func(r *line) *int64 { return &r.StorageCostNextMonth }),
		},
		known:    planningKnown(),
		snapshot: true, placed: true,
		zero:     line{DaysOfSupply: -1, HistoricalDaysOfSupply: -1},
		row:      func(r *line) *int32 { return &r.Row },
		market:   func(r *line) *string { return &r.Marketplace },
		currency: func(r *line) *core.Currency { return &r.Currency },
		days:     func(r *line) (core.Day, core.Day) { return r.Day, r.Day },
		observed: func(x *cells, r *line) int64 { return r.Day.Start(x.at.loc).Unix() },
		seen:     func(x *cells, r *line) bool { return x.before(string(r.SKU), r.Marketplace, r.Day.String()) },
	}
}

func planningKnown() []string {
	known := []string{
		"condition", "fc-transfer", "pending-removal-quantity", "sales-price", "lowest-price-new-plus-shipping", "lowest-price-used",
		"deprecated-healthy-inventory-level", "healthy-inventory-level", "recommended-sales-price", "recommended-sale-duration-days",
		"recommended-removal-quantity", "estimated-cost-savings-of-recommended-actions", "sell-through", "item-volume", "volume-unit-measurement",
		"storage-type", "storage-volume", "product-group", "sales-rank", "weeks-of-cover-t30", "weeks-of-cover-t90", "featuredoffer-price",
		"inbound-working", "inbound-shipped", "inbound-received", "no-sale-last-6-months", "fba-minimum-inventory-level",
		"fba-inventory-level-health-status", "recommended-ship-in-quantity", "recommended-ship-in-date",
		"last-updated-date-for-historical-days-of-supply", "exempted-from-low-inventory-level-fee?", "low-inventory-level-fee-applied-in-current-week?",
		"short-term-historical-days-of-supply", "long-term-historical-days-of-supply", "inventory-age-snapshot-date", "inventory-supply-at-fba",
		"reserved-fc-processing", "reserved-customer-order", "reserved-staging", "total-days-of-supply-(including-units-from-open-shipments)",
		"supplier", "is-seasonal-in-next-3-months", "season-name", "season-start-date", "season-end-date", "fulfillment-service-and-programs",
		"inv-age-0-to-30-days", "inv-age-31-to-60-days", "inv-age-61-to-90-days", "inv-age-181-to-330-days", "inv-age-331-to-365-days",
		"qty-with-removals-in-progress", "reserved-fc-transfer",
	}
	for _, d := range []string{"7", "30", "60", "90"} {
		known = append(known, "sales-shipped-last-"+d+"-days")
	}
	for _, band := range []string{"181-210", "211-240", "241-270", "271-300", "301-330", "331-365", "366-455", "365-plus", "456-plus"} {
		known = append(known, "quantity-to-be-charged-ais-"+band+"-days", "estimated-ais-"+band+"-days")
	}
	for _, band := range []string{"6-mo", "12-mo"} {
		known = append(known, "qty-to-be-charged-ltsf-"+band, "projected-ltsf-"+band, "estimated-ltsf-next-charge")
	}
	return known
}

// restockRecommendations is Amazon's own opinion on what to send in.
func restockRecommendations() tableKind {
	type line = source.RestockRow
	reserved := func(x *cells, b []byte, r *line) { r.Reserved += x.count(b) }
	return definition[line]{
		info: source.Kind{
			Name: "restock_recommendations", Title: "Restock recommendations", Streams: []source.Stream{source.RestockAdvice},
			Where:    "Seller Central › Inventory › FBA Inventory › Restock › Download report",
			Unlocks:  "Amazon's recommended quantities beside Purser's own, supplier names",
			StaleAge: 48 * time.Hour,
		},
		columns: []column[line]{
			channel[line]("country").as("marketplace"),
			money[line]("currency-code").as("currency"),
			text("merchant-sku", func(r *line) *core.SKU { return &r.SKU }).full().as("sku"),
			text("fnsku", func(r *line) *string { return &r.FNSKU }),
			text("asin", func(r *line) *core.ASIN { return &r.ASIN }),
			text("product-name", func(r *line) *string { return &r.Title }).as("product-description"),
			text("supplier", func(r *line) *string { return &r.Supplier }),
			amount("price", func(r *line) *int64 { return &r.Price }),
			amount("sales-last-30-days", func(r *line) *int64 { return &r.Sales30 }),
			count("units-sold-last-30-days", func(r *line) *int32 { return &r.Units30 }).must(),
			count("total-units", func(r *line) *int32 { return &r.Total }),
			count("inbound", func(r *line) *int32 { return &r.Inbound }),
			count("available", func(r *line) *int32 { return &r.Available }).must(),
			custom("fc-transfer", counts, reserved), custom("fc-processing", counts, reserved), custom("customer-order", counts, reserved),
			count("unfulfillable", func(r *line) *int32 { return &r.Unfulfillable }),
			figure("total-days-of-supply", func(r *line) *float64 { return &r.DaysOfSupply }).
				as("total-days-of-supply-(including-units-from-open-shipments)"),
			text("alert", func(r *line) *string { return &r.Alert }),
			count("recommended-replenishment-qty", func(r *line) *int32 { return &r.RecommendedQty }).must().
				as("recommended-replenishment-quantity", "recommended-order-quantity"),
			day("recommended-ship-date", func(r *line) *core.Day { return &r.RecommendedShip }).as("recommended-order-date"),
		},
		known: []string{
			"condition", "supplier-part-no.", "working", "shipped", "receiving", "fulfilled-by",
			"days-of-supply-at-amazon-fulfillment-network", "recommended-action", "unit-storage-size",
		},
		snapshot: true, placed: true,
		zero:     line{DaysOfSupply: -1},
		row:      func(r *line) *int32 { return &r.Row },
		market:   func(r *line) *string { return &r.Marketplace },
		currency: func(r *line) *core.Currency { return &r.Currency },
		seen:     func(x *cells, r *line) bool { return x.before(string(r.SKU), r.Marketplace, r.FNSKU) },
	}
}
