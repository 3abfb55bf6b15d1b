//nolint:misspell // names as Amazon's reports spell them
package sellercentral

import (
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
)

// fbaReturns is the FBA customer returns report.
func fbaReturns() tableKind {
	type line = source.Return
	return definition[line]{
		info: source.Kind{
			Name: "fba_returns", Title: "FBA customer returns", Streams: []source.Stream{source.Returns},
			Where:    "Seller Central › Reports › Fulfilment › Customer Concessions › FBA customer returns",
			Unlocks:  "Return rate by SKU and the reasons customers give",
			StaleAge: 7 * 24 * time.Hour,
		},
		columns: []column[line]{
			instant("return-date", func(r *line) *int64 { return &r.At }).full(),
			ident("order-id", func(r *line) *string { return &r.OrderID }).full(),
			text("sku", func(r *line) *core.SKU { return &r.SKU }).full(),
			text("asin", func(r *line) *core.ASIN { return &r.ASIN }),
			text("fnsku", func(r *line) *string { return &r.FNSKU }),
			text("product-name", func(r *line) *string { return &r.Title }),
			count("quantity", func(r *line) *int32 { return &r.Quantity }).full(),
			text("detailed-disposition", func(r *line) *string { return &r.Disposition }).must(),
			text("reason", func(r *line) *string { return &r.Reason }).must(),
			text("status", func(r *line) *string { return &r.Status }),
			ident("license-plate-number", func(r *line) *string { return &r.Plate }),
			ident("customer-comments", func(r *line) *string { return &r.Comment }),
		},
		known:  []string{"fulfillment-center-id"},
		row:    func(r *line) *int32 { return &r.Row },
		market: func(r *line) *string { return &r.Marketplace },
		days:   func(r *line) (core.Day, core.Day) { return r.Day, r.Day },
		seen: func(x *cells, r *line) bool {
			return x.before(r.OrderID+"\x00"+r.Plate, string(r.SKU), r.Day.String())
		},
		finish: func(x *cells, r *line) verdict {
			r.Day = x.at.day(r.At)
			return keep
		},
	}
}

// reimbursements is what Amazon paid or gave back for stock it lost or damaged.
func reimbursements() tableKind {
	type line = source.Reimbursement
	return definition[line]{
		info: source.Kind{
			Name: "reimbursements", Title: "FBA reimbursements", Streams: []source.Stream{source.Reimbursements},
			Where:    "Seller Central › Reports › Fulfilment › Payments › Reimbursements",
			Unlocks:  "What Amazon has already paid for lost and damaged stock",
			StaleAge: 7 * 24 * time.Hour,
		},
		columns: []column[line]{
			money[line]("currency-unit").as("currency"),
			day("approval-date", func(r *line) *core.Day { return &r.Day }).full(),
			ident("reimbursement-id", func(r *line) *string { return &r.ID }).full(),
			ident("case-id", func(r *line) *string { return &r.CaseID }),
			ident("amazon-order-id", func(r *line) *string { return &r.OrderID }),
			text("reason", func(r *line) *string { return &r.Reason }),
			text("sku", func(r *line) *core.SKU { return &r.SKU }),
			text("fnsku", func(r *line) *string { return &r.FNSKU }),
			text("asin", func(r *line) *core.ASIN { return &r.ASIN }),
			amount("amount-per-unit", func(r *line) *int64 { return &r.PerUnit }),
			amount("amount-total", func(r *line) *int64 { return &r.Total }).must(),
			count("quantity-reimbursed-cash", func(r *line) *int32 { return &r.CashUnits }),
			count("quantity-reimbursed-inventory", func(r *line) *int32 { return &r.StockUnits }),
			ident("original-reimbursement-id", func(r *line) *string { return &r.OriginalID }),
		},
		known:    []string{"product-name", "condition", "quantity-reimbursed-total", "original-reimbursement-type"},
		row:      func(r *line) *int32 { return &r.Row },
		market:   func(r *line) *string { return &r.Marketplace },
		currency: func(r *line) *core.Currency { return &r.Currency },
		days:     func(r *line) (core.Day, core.Day) { return r.Day, r.Day },
		seen:     func(x *cells, r *line) bool { return x.before(r.ID, string(r.SKU), r.FNSKU) },
		finish:   placeByCurrency[line],
	}
}

// placeByCurrency gives a row without a marketplace the only one that counts in its currency.
func placeByCurrency[R any](x *cells, _ *R) verdict {
	if x.at.code == "" && x.bound {
		if code := storeOfCurrency(x.cur); code != "" {
			x.at = x.stores.code(code)
		}
	}
	return keep
}

// feeEstimates is the fee preview. European files have a fee column for each country; the
// ones of the account's own store are used.
func feeEstimates() tableKind {
	type line = source.FeeEstimate
	return definition[line]{
		info: source.Kind{
			Name: "fba_fee_estimates", Title: "FBA fee preview", Streams: []source.Stream{source.FeeEstimates},
			Where:    "Seller Central › Reports › Fulfilment › Payments › Fee Preview",
			Unlocks:  "Referral and fulfilment fees by SKU: margin and break-even",
			StaleAge: 30 * 24 * time.Hour,
		},
		columns: []column[line]{
			channel[line]("amazon-store").as("marketplace"),
			money[line]("currency"),
			text("sku", func(r *line) *core.SKU { return &r.SKU }).full(),
			text("fnsku", func(r *line) *string { return &r.FNSKU }),
			text("asin", func(r *line) *core.ASIN { return &r.ASIN }),
			text("product-name", func(r *line) *string { return &r.Title }),
			amount("your-price", func(r *line) *int64 { return &r.Price }),
			amount("estimated-fee-total", func(r *line) *int64 { return &r.TotalFee }).must().as("estimated-fee"),
			amount("estimated-referral-fee-per-unit", func(r *line) *int64 { return &r.ReferralFee }).must(),
			amount("expected-fulfillment-fee-per-unit", func(r *line) *int64 { return &r.FulfilFee }).must().
				as("expected-domestic-fulfilment-fee-per-unit"),
			text("product-size-tier", func(r *line) *string { return &r.SizeTier }),
		},
		known:    feeKnown(),
		snapshot: true, placed: true,
		row:      func(r *line) *int32 { return &r.Row },
		market:   func(r *line) *string { return &r.Marketplace },
		currency: func(r *line) *core.Currency { return &r.Currency },
		seen:     func(x *cells, r *line) bool { return x.before(string(r.SKU), r.Marketplace, "") },
		finish:   placeByCurrency[line],
	}
}

func feeKnown() []string {
	known := []string{
		"product-group", "brand", "fulfilled-by", "has-local-inventory", "sales-price", "longest-side", "median-side", "shortest-side",
		"length-and-girth", "unit-of-dimension", "item-package-weight", "unit-of-weight", "current-fee-category", "future-fee-category",
		"future-fee-category-effective-date",
	}
	for _, fee := range []string{
		"fee-total", "fee", "referral-fee-per-unit", "variable-closing-fee", "fixed-closing-fee", "order-handling-fee-per-order",
		"pick-pack-fee-per-unit", "weight-handling-fee-per-unit",
	} {
		known = append(known, "estimated-"+fee, "estimated-future-"+fee)
	}
	return append(known, "expected-future-fulfillment-fee-per-unit", "estimated-future-fulfillment-fee-per-unit", "estimated-future-order-handling-fee-per-order")
}
