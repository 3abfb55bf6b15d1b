//nolint:misspell // names as Amazon's reports spell them
package sellercentral

import (
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
)

// allOrders is the all-orders flat file, by order date or by last update: the same columns.
// The order-item id is not in it, so a line is told by order, SKU and how many such lines stand above it, good or bad.
// Neither says which window it was asked for. Where that is known (Options.Marketplace and Options.Period: by order
// date), it covers the days of it, also those without orders; else the days from its first order to its last.
func allOrders() tableKind {
	type line = source.OrderLine
	return definition[line]{
		info: source.Kind{
			Name: "all_orders", Title: "All orders", Streams: []source.Stream{source.Orders},
			Where:   "Seller Central › Reports › Fulfilment › Sales › All Orders, or the Order Reports page; up to 30 days at a time",
			Unlocks: "Sales by day, marketplace and SKU; sales velocity; decline against the same weekdays",
			// Pending orders get their price and cancelled ones disappear within days.
			StaleAge: 48 * time.Hour, Settles: 72 * time.Hour,
		},
		columns: []column[line]{
			// Order and SKU first, so that they are known of a row in which anything else is wrong: see refused.
			ident("amazon-order-id", func(r *line) *string { return &r.OrderID }).full(),
			text("sku", func(r *line) *core.SKU { return &r.SKU }).full(),
			channel[line]("sales-channel"),
			money[line]("currency"),
			instant("purchase-date", func(r *line) *int64 { return &r.PurchasedAt }).full(),
			instant("last-updated-date", func(r *line) *int64 { return &r.UpdatedAt }),
			custom("order-status", words, func(x *cells, b []byte, r *line) { r.Status = x.status(b) }).full(),
			custom("item-status", words, func(_ *cells, b []byte, r *line) {
				if cancelled(b) {
					r.Status = source.OrderCancelled
				}
			}),
			custom("fulfillment-channel", words, func(_ *cells, b []byte, r *line) {
				r.FBA = equalFold(b, "Amazon") || equalFold(b, "AFN")
			}),
			text("asin", func(r *line) *core.ASIN { return &r.ASIN }),
			text("product-name", func(r *line) *string { return &r.Title }),
			count("quantity", func(r *line) *int32 { return &r.Quantity }).full().as("quantity-purchased"),
			custom("item-price", amounts, func(x *cells, b []byte, r *line) {
				r.ItemPrice = x.amount(b)
				r.HasPrice = true
			}).must(),
			amount("item-tax", func(r *line) *int64 { return &r.ItemTax }),
			amount("shipping-price", func(r *line) *int64 { return &r.Shipping }),
			custom("item-promotion-discount", amounts, func(x *cells, b []byte, r *line) {
				r.Promotion = x.amount(b)
				r.Promotion = max(r.Promotion, -r.Promotion)
			}),
			buyer[line]("ship-city"), buyer[line]("ship-state"), buyer[line]("ship-postal-code"),
		},
		known: []string{
			"merchant-order-id", "order-channel", "url", "ship-service-level", "shipping-tax", "gift-wrap-price", "gift-wrap-tax",
			"ship-promotion-discount", "ship-country", "promotion-ids", "is-business-order", "purchase-order-number", "price-designation",
			"is-replacement-order", "original-order-id", "customized-url", "customized-page", "is-heavy-or-bulky", "fulfilled-by",
			"is-amazon-invoiced", "vat-exclusive-item-price", "vat-exclusive-shipping-price", "vat-exclusive-giftwrap-price",
			"is-iba", "is-transparency", "signature-confirmation-recommended", "ioss-number", "item-extensions-data", "order-item-id",
		},
		placed:   true,
		windowed: true,
		row:      func(r *line) *int32 { return &r.Row },
		market:   func(r *line) *string { return &r.Marketplace },
		currency: func(r *line) *core.Currency { return &r.Currency },
		days:     func(r *line) (core.Day, core.Day) { return r.Day, r.Day },
		seen:     func(_ *cells, r *line) bool { return r.Seq > 0 },
		observed: func(_ *cells, r *line) int64 { return r.UpdatedAt },
		finish: func(x *cells, r *line) verdict {
			r.Day = x.at.day(r.PurchasedAt)
			r.Seq = x.earlier(r.OrderID, string(r.SKU))
			return keep
		},
		refused: func(x *cells, r *line) {
			if r.OrderID != "" && r.SKU != "" {
				x.earlier(r.OrderID, string(r.SKU))
			}
		},
	}
}

// status gives an order's state, with one spelling of cancelled.
func (x *cells) status(b []byte) string {
	if cancelled(b) {
		return source.OrderCancelled
	}
	return x.word(b)
}

func cancelled(b []byte) bool {
	return len(b) > 7 && b[0]|0x20 == 'c' && strings.EqualFold(string(b[:6]), "cancel")
}
