package sellercentral

import (
	"bytes"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
)

// merchantListings is the all-listings report: every offer of the account, with its state.
func merchantListings() tableKind {
	type line = source.Listing
	return definition[line]{
		info: source.Kind{
			Name: "merchant_listings", Title: "All listings", Streams: []source.Stream{source.Listings},
			Where:    "Seller Central › Inventory › Inventory Reports › All Listings Report",
			Unlocks:  "Offers that went inactive or incomplete, prices, titles",
			StaleAge: 72 * time.Hour,
		},
		columns: []column[line]{
			text("seller-sku", func(r *line) *core.SKU { return &r.SKU }).full().as("出品者sku", "händler-sku"),
			text("item-name", func(r *line) *string { return &r.Title }).as("商品名", "artikelbezeichnung"),
			text("listing-id", func(r *line) *string { return &r.ListingID }).as("出品id"),
			amount("price", func(r *line) *int64 { return &r.Price }).must().as("価格", "preis"),
			custom("quantity", counts, func(x *cells, b []byte, r *line) {
				r.Quantity = x.count(b)
				r.HasQuantity = true
			}).must().as("数量", "menge"),
			instant("open-date", func(r *line) *int64 { return &r.OpenedAt }).as("出品日", "einstellungsdatum"),
			text("asin1", func(r *line) *core.ASIN { return &r.ASIN }).as("asin", "商品id"),
			custom("product-id", words, func(x *cells, b []byte, r *line) {
				if r.ASIN == "" && len(b) == 10 && b[0] == 'B' {
					r.ASIN = core.ASIN(x.word(b))
				}
			}),
			custom("fulfillment-channel", words, func(_ *cells, b []byte, r *line) {
				r.FBA = bytes.HasPrefix(bytes.ToUpper(b), []byte("AMAZON"))
			}).as("フルフィルメント・チャンネル", "versender"),
			text("status", func(r *line) *string { return &r.Status }).must().as("ステータス"),
		},
		known: []string{
			"item-description", "image-url", "item-is-marketplace", "product-id-type", "zshop-shipping-fee", "item-note", "item-condition",
			"zshop-category1", "zshop-browse-path", "zshop-storefront-feature", "asin2", "asin3", "will-ship-internationally", "expedited-shipping",
			"zshop-boldface", "bid-for-featured-placement", "add-delete", "pending-quantity", "merchant-shipping-group", "business-price",
			"quantity-price-type", "minimum-order-quantity", "sell-remainder", "optional-payment-type-exclusion", "scheduled-delivery-sku-set",
			"minimum-seller-allowed-price", "maximum-seller-allowed-price", "standard-price-point",
		},
		snapshot: true, placed: true,
		row:      func(r *line) *int32 { return &r.Row },
		market:   func(r *line) *string { return &r.Marketplace },
		currency: func(r *line) *core.Currency { return &r.Currency },
		seen:     func(x *cells, r *line) bool { return x.before(string(r.SKU), "", "") },
	}
}

// suppressedListings is the list of offers hidden from search until something is mended.
func suppressedListings() tableKind {
	type line = source.Suppressed
	return definition[line]{
		info: source.Kind{
			Name: "suppressed_listings", Title: "Suppressed listings", Streams: []source.Stream{source.SuppressedListing},
			Where:    "Seller Central › Inventory › Inventory Reports › Suppressed Listings Report",
			Unlocks:  "Offers that customers cannot find, and what to mend",
			StaleAge: 72 * time.Hour,
		},
		columns: []column[line]{
			text("sku", func(r *line) *core.SKU { return &r.SKU }).full(),
			text("asin", func(r *line) *core.ASIN { return &r.ASIN }),
			text("product-name", func(r *line) *string { return &r.Title }),
			text("status", func(r *line) *string { return &r.Status }).must(),
			text("reason", func(r *line) *string { return &r.Reason }).must(),
			text("issue-description", func(r *line) *string { return &r.Issue }).must(),
			day("status-change-date", func(r *line) *core.Day { return &r.ChangedDay }),
		},
		known:    []string{"condition"},
		snapshot: true, placed: true,
		row:    func(r *line) *int32 { return &r.Row },
		market: func(r *line) *string { return &r.Marketplace },
		seen:   func(x *cells, r *line) bool { return x.before(string(r.SKU), r.Reason, r.Issue) },
	}
}

// strandedInventory is stock in Amazon's warehouses that has no offer.
func strandedInventory() tableKind {
	type line = source.StrandedItem
	return definition[line]{
		info: source.Kind{
			Name: "stranded_inventory", Title: "Stranded inventory", Streams: []source.Stream{source.Stranded},
			Where:    "Seller Central › Inventory › FBA Inventory › Fix stranded inventory › Download",
			Unlocks:  "Stock that cannot be bought, and the day it will be removed",
			StaleAge: 72 * time.Hour,
		},
		columns: []column[line]{
			text("sku", func(r *line) *core.SKU { return &r.SKU }).full(),
			text("fnsku", func(r *line) *string { return &r.FNSKU }),
			text("asin", func(r *line) *core.ASIN { return &r.ASIN }),
			text("product-name", func(r *line) *string { return &r.Title }),
			day("date-stranded", func(r *line) *core.Day { return &r.StrandedDay }),
			day("date-to-take-auto-removal", func(r *line) *core.Day { return &r.RemovalDay }),
			text("primary-action", func(r *line) *string { return &r.PrimaryAction }),
			text("stranded-reason", func(r *line) *string { return &r.Reason }).must(),
			text("error-message", func(r *line) *string { return &r.Message }),
			count("fulfillable-qty", func(r *line) *int32 { return &r.Fulfillable }).must(),
			count("unfulfillable-qty", func(r *line) *int32 { return &r.Unfulfillable }),
			count("reserved-quantity", func(r *line) *int32 { return &r.Reserved }),
			count("inbound-shipped-qty", func(r *line) *int32 { return &r.Inbound }),
			amount("your-price", func(r *line) *int64 { return &r.Price }),
		},
		known:    []string{"status-primary", "status-secondary", "condition", "fulfilled-by"},
		snapshot: true, placed: true,
		row:      func(r *line) *int32 { return &r.Row },
		market:   func(r *line) *string { return &r.Marketplace },
		currency: func(r *line) *core.Currency { return &r.Currency },
		seen:     func(x *cells, r *line) bool { return x.before(string(r.SKU), r.FNSKU, "") },
	}
}
