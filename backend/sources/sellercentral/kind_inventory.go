package sellercentral

import (
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
)

// fbaInventory is the FBA Manage Inventory report: the whole stock, now.
func fbaInventory() tableKind {
	type line = source.StockLevel
	return definition[line]{
		info: source.Kind{
			Name: "fba_inventory", Title: "FBA Manage Inventory", Streams: []source.Stream{source.Stock},
			Where:    "Seller Central › Reports › Fulfilment › Inventory › Manage FBA Inventory",
			Unlocks:  "Units on hand, reserved and inbound; days of cover; stock-outs ahead",
			StaleAge: 48 * time.Hour,
		},
		columns: []column[line]{
			text("sku", func(r *line) *core.SKU { return &r.SKU }).full().as("seller-sku"),
			text("fnsku", func(r *line) *string { return &r.FNSKU }).must().as("fulfillment-channel-sku"),
			text("asin", func(r *line) *core.ASIN { return &r.ASIN }),
			text("product-name", func(r *line) *string { return &r.Title }),
			text("condition", func(r *line) *string { return &r.Condition }),
			amount("your-price", func(r *line) *int64 { return &r.Price }),
			count("mfn-fulfillable-quantity", func(r *line) *int32 { return &r.MerchantAvailable }),
			count("afn-fulfillable-quantity", func(r *line) *int32 { return &r.Fulfillable }).must(),
			count("afn-unsellable-quantity", func(r *line) *int32 { return &r.Unsellable }),
			count("afn-reserved-quantity", func(r *line) *int32 { return &r.Reserved }).must(),
			count("afn-total-quantity", func(r *line) *int32 { return &r.Total }).must(),
			count("afn-inbound-working-quantity", func(r *line) *int32 { return &r.InboundWorking }),
			count("afn-inbound-shipped-quantity", func(r *line) *int32 { return &r.InboundShipped }).must(),
			count("afn-inbound-receiving-quantity", func(r *line) *int32 { return &r.InboundReceiving }),
			count("afn-researching-quantity", func(r *line) *int32 { return &r.Researching }),
		},
		known: []string{
			"mfn-listing-exists", "afn-listing-exists", "afn-warehouse-quantity", "per-unit-volume",
			"afn-reserved-future-supply", "afn-future-supply-buyable", "store",
		},
		snapshot: true, placed: true,
		row:      func(r *line) *int32 { return &r.Row },
		market:   func(r *line) *string { return &r.Marketplace },
		currency: func(r *line) *core.Currency { return &r.Currency },
		seen:     func(x *cells, r *line) bool { return x.before(string(r.SKU), r.FNSKU, r.Condition) },
	}
}
