//nolint:misspell // names as Amazon's reports spell them
package sellercentral_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"purser/backend/core/source"
	"purser/backend/sources/sellercentral"
)

// TestSandboxAnswers passes Amazon's own examples through the kinds: nothing panics, and every entry is a record or has
// a reason. PURSER_SHARED names the folder with Amazon's models.
func TestSandboxAnswers(t *testing.T) {
	t.Parallel()
	shared := os.Getenv("PURSER_SHARED")
	if shared == "" {
		t.Skip("PURSER_SHARED is not set: Amazon's models are not here")
	}
	for model, want := range map[string]struct{ answers, rows, bad int }{
		"orders_2026-01-01": {4, 6, 0}, "finances_2024-06-19": {1, 1, 1}, "listingsItems_2021-08-01": {2, 12, 0}, "fbaInventory": {0, 0, 0},
	} {
		var got struct{ answers, rows, bad int }
		for operation, bodies := range sandbox(t, filepath.Join(shared, "spapi-models", model+".json")) {
			for _, body := range bodies {
				doc := answer(`"api":"spapi","operation":"`+operation+`","fetched_at":"2026-11-26T00:00:00Z"`, string(body))
				check(t, doc)
				in, err := sellercentral.New().Inspect(t.Context(), memFile("f", doc), source.Options{})
				if err != nil || in.Kind == "" {
					t.Errorf("%s: %v, %+v", operation, err, in)
				}
				got.answers, got.rows, got.bad = got.answers+1, got.rows+in.Rows, got.bad+in.BadRows
				for _, b := range in.Bad {
					t.Logf("%s: %s", operation, b.Reason)
				}
			}
		}
		if got != want {
			t.Errorf("%s: %+v, want %+v", model, got, want)
		}
	}
}

// sandbox gives the answers that a model has as examples, by operation, of those operations that kinds read.
func sandbox(t *testing.T, path string) map[string][]json.RawMessage {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	type static struct {
		Static []struct {
			Response json.RawMessage `json:"response"`
		} `json:"static"`
	}
	var model struct {
		Paths map[string]map[string]json.RawMessage `json:"paths"`
	}
	if err := json.Unmarshal(data, &model); err != nil {
		t.Fatal(err)
	}
	out := map[string][]json.RawMessage{}
	for _, methods := range model.Paths {
		var op struct {
			ID        string `json:"operationId"`
			Responses map[string]struct {
				Sandbox  static                     `json:"x-amzn-api-sandbox"`
				Examples map[string]json.RawMessage `json:"examples"`
			} `json:"responses"`
		}
		if json.Unmarshal(methods["get"], &op) != nil {
			continue
		}
		switch op.ID {
		case "searchOrders", "listTransactions", "searchListingsItems", "getInventorySummaries":
			r := op.Responses["200"]
			for _, s := range r.Sandbox.Static {
				out[op.ID] = append(out[op.ID], s.Response)
			}
			for _, e := range r.Examples {
				out[op.ID] = append(out[op.ID], e)
			}
		}
	}
	return out
}

// TestWhatIsNoAnswer: errors, cut-off files and answers to other questions are never taken for data.
func TestWhatIsNoAnswer(t *testing.T) {
	t.Parallel()
	const orders = `"api":"spapi","operation":"searchOrders","marketplace":"US","fetched_at":"2026-11-26T00:00:00Z"`
	for name, c := range map[string]struct {
		doc   string
		code  string
		fatal bool
	}{
		"an error":           {string(answer(orders, `{"errors":[{"code":"QuotaExceeded","message":"You exceeded your quota."}]}`)), source.ProblemUnreadable, true},
		"no body":            {`{"purser":{` + orders + `}}`, source.ProblemUnreadable, true},
		"null":               {string(answer(orders, `null`)), source.ProblemUnreadable, true},
		"text":               {string(answer(orders, `"down for maintenance"`)), source.ProblemUnreadable, true},
		"a list":             {string(answer(orders, `[{}]`)), source.ProblemUnreadable, true},
		"cut off":            {`{"purser":{` + orders + `},"body":{"orders":[{"orderId":`, source.ProblemTruncated, true},
		"list of another":    {string(answer(orders, `{"orders":{"orderId":1}}`)), source.ProblemUnreadable, true},
		"unknown operation":  {string(answer(`"operation":"getCatalogItem"`, `{}`)), source.ProblemUnknownKind, true},
		"unknown report":     {string(answer(`"api":"adsapi","operation":"searchOrders","report":"sbCampaigns"`, `[]`)), source.ProblemUnknownKind, true},
		"envelope behind":    {`{"body":{"orders":[]},"purser":{` + orders + `}}`, source.ProblemUnreadable, true},
		"odd envelope":       {`{"purser":[1],"body":{}}`, source.ProblemUnreadable, true},
		"nothing":            {string(answer(orders, `{"orders":[]}`)), source.ProblemNoRows, false},
		"nothing said":       {string(answer(orders, `{"pagination":{}}`)), source.ProblemNoRows, false},
		"null list":          {string(answer(orders, `{"orders":null}`)), source.ProblemNoRows, false},
		"all bad":            {string(answer(orders, `{"orders":[{},{"orderId":"1","orderItems":[{}]}]}`)), source.ProblemTooManyBad, true},
		"one envelope apart": {`[` + string(answer(orders, `{"orders":[]}`)) + `,` + string(answer(`"operation":"listTransactions"`, `{}`)) + `]`, source.ProblemTooManyBad, true},
	} {
		in, err := sellercentral.New().Inspect(context.Background(), memFile("f.json", []byte(c.doc)), source.Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		found := false
		for _, p := range in.Problems {
			found = found || p.Code == c.code && p.Fatal == c.fatal
			if p.Fatal && !c.fatal {
				t.Errorf("%s: %+v", name, p)
			}
		}
		if !found || len(in.Needs) > 0 && !c.fatal {
			t.Errorf("%s: %+v, needs %v", name, in.Problems, in.Needs)
		}
	}
}

// TestPeriodOfPages: only the last page of a window covers it.
func TestPeriodOfPages(t *testing.T) {
	t.Parallel()
	const head = `"api":"spapi","operation":"searchOrders","marketplace":"US","from":"2026-06-15T07:00:00Z","to":"2026-06-18T07:00:00Z","fetched_at":"2026-06-20T12:00:00Z"`
	order := apiOrder("111-0000001-0000001", "2026-06-17T19:00:00Z", "SHIPPED", "A", "1.00", 1)
	for tail, want := range map[string]string{
		`,"pagination":{"nextToken":"x"}`: "2026-06-17 2026-06-17", `,"pagination":{"nextToken":""}`: "2026-06-15 2026-06-17",
		`,"pagination":{}`: "2026-06-15 2026-06-17", ``: "2026-06-15 2026-06-17", `,"pagination":null`: "2026-06-15 2026-06-17",
	} {
		in := inspected(t, memFile("f", answer(head, `{"orders":[`+order+`]`+tail+`}`)), source.Options{})
		if got := in.Period.From.String() + " " + in.Period.To.String(); got != want {
			t.Errorf("%q: %s", tail, got)
		}
	}
}

// TestReportsFromTheAPI: the reports that an API gives are known by their content, with Amazon's own headers; when they
// were made and where they belong is told beside them.
func TestReportsFromTheAPI(t *testing.T) {
	t.Parallel()
	tabs := func(s string) string { return strings.ReplaceAll(s, ", ", "\t") + "\n" }
	at := time.Date(2026, 11, 26, 3, 4, 5, 0, time.UTC)
	for name, c := range map[string]struct{ kind, text string }{
		"GET_FLAT_FILE_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL": {"all_orders", tabs("amazon-order-id, merchant-order-id, purchase-date, last-updated-date, order-status, fulfillment-channel, sales-channel, order-channel, url, ship-service-level, product-name, sku, asin, item-status, quantity, currency, item-price, item-tax, shipping-price, shipping-tax, gift-wrap-price, gift-wrap-tax, item-promotion-discount, ship-promotion-discount, ship-city, ship-state, ship-postal-code, ship-country, promotion-ids, is-business-order, purchase-order-number, price-designation")},
		"GET_FBA_MYI_UNSUPPRESSED_INVENTORY_DATA":              {"fba_inventory", tabs("sku, fnsku, asin, product-name, condition, your-price, mfn-listing-exists, mfn-fulfillable-quantity, afn-listing-exists, afn-warehouse-quantity, afn-fulfillable-quantity, afn-unsellable-quantity, afn-reserved-quantity, afn-total-quantity, per-unit-volume, afn-inbound-working-quantity, afn-inbound-shipped-quantity, afn-inbound-receiving-quantity, afn-researching-quantity, afn-reserved-future-supply, afn-future-supply-buyable")},
		"GET_RESTOCK_INVENTORY_RECOMMENDATIONS_REPORT":         {"restock_recommendations", tabs("Country, Product Name, FNSKU, Merchant SKU, ASIN, Condition, Supplier, Supplier part no., Currency code, Price, Sales last 30 days, Units Sold Last 30 Days, Total Units, Inbound, Available, FC transfer, FC Processing, Customer Order, Unfulfillable, Working, Shipped, Receiving, Fulfilled by, Total Days of Supply (including units from open shipments), Days of Supply at Amazon Fulfillment Network, Alert, Recommended replenishment qty, Recommended ship date")},
		"GET_STRANDED_INVENTORY_UI_DATA":                       {"stranded_inventory", tabs("primary-action, date-stranded, Date-to-take-auto-removal, status-primary, status-secondary, error-message, stranded-reason, asin, sku, fnsku, product-name, condition, fulfilled-by, fulfillable-qty, your-price, unfulfillable-qty, reserved-quantity, inbound-shipped-qty")},
		"GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA":            {"fba_returns", tabs("return-date, order-id, sku, asin, fnsku, product-name, quantity, fulfillment-center-id, detailed-disposition, reason, status, license-plate-number, customer-comments")},
		"GET_FBA_REIMBURSEMENTS_DATA":                          {"reimbursements", tabs("approval-date, reimbursement-id, case-id, amazon-order-id, reason, sku, fnsku, asin, product-name, condition, currency-unit, amount-per-unit, amount-total, quantity-reimbursed-cash, quantity-reimbursed-inventory, quantity-reimbursed-total, original-reimbursement-id, original-reimbursement-type")},
		"GET_FBA_ESTIMATED_FBA_FEES_TXT_DATA":                  {"fba_fee_estimates", tabs("sku, fnsku, asin, product-name, product-group, brand, fulfilled-by, your-price, sales-price, longest-side, median-side, shortest-side, length-and-girth, unit-of-dimension, item-package-weight, unit-of-weight, product-size-tier, currency, estimated-fee-total, estimated-referral-fee-per-unit, estimated-variable-closing-fee, estimated-order-handling-fee-per-order, estimated-pick-pack-fee-per-unit, estimated-weight-handling-fee-per-unit, expected-fulfillment-fee-per-unit")},
		"GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2":           {"settlement", tabs("settlement-id, settlement-start-date, settlement-end-date, deposit-date, total-amount, currency, transaction-type, order-id, merchant-order-id, adjustment-id, shipment-id, marketplace-name, amount-type, amount-description, amount, fulfillment-id, posted-date, posted-date-time, order-item-code, merchant-order-item-id, merchant-adjustment-item-id, sku, quantity-purchased, promotion-id")},
		"GET_SELLER_FEEDBACK_DATA":                             {"seller_feedback", tabs("Date, Rating, Comments, Your Response, Order ID, Rater Email")},
		"GET_MERCHANT_LISTINGS_ALL_DATA":                       {"merchant_listings", tabs("item-name, item-description, listing-id, seller-sku, price, quantity, open-date, image-url, item-is-marketplace, product-id-type, zshop-shipping-fee, item-note, item-condition, zshop-category1, zshop-browse-path, zshop-storefront-feature, asin1, asin2, asin3, will-ship-internationally, expedited-shipping, zshop-boldface, product-id, bid-for-featured-placement, add-delete, pending-quantity, fulfillment-channel, merchant-shipping-group, status")},
		"GET_MERCHANTS_LISTINGS_FYP_REPORT":                    {"suppressed_listings", tabs("Status, Reason, SKU, ASIN, Product name, Condition, Status Change Date, Issue Description")},
		"GET_FBA_INVENTORY_PLANNING_DATA":                      {"fba_inventory_planning", strings.ReplaceAll(string(sampleBytes(t, "fba_inventory_planning_us.txt")), "Brand New Column", "season-name")},
		"GET_SALES_AND_TRAFFIC_REPORT":                         {"sales_and_traffic", string(sampleBytes(t, "sales_and_traffic_us.json"))},
		"GET_V2_SELLER_PERFORMANCE_REPORT":                     {"account_health", string(sampleBytes(t, "account_health.json"))},
	} {
		in, err := sellercentral.New().Inspect(t.Context(), memFile(name, []byte(c.text)), source.Options{Marketplace: "US", ObservedAt: at})
		if err != nil || in.Kind != c.kind || !in.ObservedAt.Equal(at) || len(in.Needs) > 0 || len(in.UnknownColumns) > 0 {
			t.Errorf("%s: %v, kind %s, observed %s, needs %v, unknown %v", name, err, in.Kind, in.ObservedAt, in.Needs, in.UnknownColumns)
		}
		for _, p := range in.Problems {
			if p.Fatal {
				t.Errorf("%s: %+v", name, p)
			}
		}
	}
}
