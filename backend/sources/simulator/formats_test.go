package simulator_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"purser/backend/sources/simulator"
)

// headers are Amazon's, column by column.
func headers() map[string]string {
	ads := "Date,Portfolio name,Currency,Campaign Name,Ad Group Name,Retailer,Country,"
	results := "Spend,7 Day Total Sales ,Total Advertising Cost of Sales (ACOS) ,Total Return on Advertising Spend (ROAS),7 Day Total Orders (#)," +
		"7 Day Total Units (#),7 Day Conversion Rate,7 Day Advertised SKU Units (#),7 Day Other SKU Units (#),7 Day Advertised SKU Sales ,7 Day Other SKU Sales "
	clicks := "Impressions,Clicks,Click-Thru Rate (CTR),Cost Per Click (CPC),"
	return map[string]string{
		"all-orders":            "amazon-order-id,merchant-order-id,purchase-date,last-updated-date,order-status,fulfillment-channel,sales-channel,order-channel,url,ship-service-level,product-name,sku,asin,item-status,quantity,currency,item-price,item-tax,shipping-price,shipping-tax,gift-wrap-price,gift-wrap-tax,item-promotion-discount,ship-promotion-discount,ship-city,ship-state,ship-postal-code,ship-country,promotion-ids,is-business-order,purchase-order-number,price-designation",
		"fba-inventory":         "sku,fnsku,asin,product-name,condition,your-price,mfn-listing-exists,mfn-fulfillable-quantity,afn-listing-exists,afn-warehouse-quantity,afn-fulfillable-quantity,afn-unsellable-quantity,afn-reserved-quantity,afn-total-quantity,per-unit-volume,afn-inbound-working-quantity,afn-inbound-shipped-quantity,afn-inbound-receiving-quantity,afn-researching-quantity,afn-reserved-future-supply,afn-future-supply-buyable",
		"restock-report":        "Country,Product Name,FNSKU,Merchant SKU,ASIN,Condition,Supplier,Supplier part no.,Currency code,Price,Sales last 30 days,Units Sold Last 30 Days,Total Units,Inbound,Available,FC transfer,FC Processing,Customer Order,Unfulfillable,Working,Shipped,Receiving,Fulfilled by,Total Days of Supply (including units from open shipments),Days of Supply at Amazon Fulfillment Network,Alert,Recommended replenishment qty,Recommended ship date,Recommended action,Unit storage size",
		"stranded-inventory":    "primary-action,date-stranded,Date-to-take-auto-removal,status-primary,status-secondary,error-message,stranded-reason,asin,sku,fnsku,product-name,condition,fulfilled-by,fulfillable-qty,your-price,unfulfillable-qty,reserved-quantity,inbound-shipped-qty",
		"suppressed-listings":   "Status,Reason,SKU,ASIN,Product name,Condition,Status Change Date,Issue Description",
		"fba-returns":           "return-date,order-id,sku,asin,fnsku,product-name,quantity,fulfillment-center-id,detailed-disposition,reason,status,license-plate-number,customer-comments", //nolint:misspell // Amazon's name
		"fba-reimbursements":    "approval-date,reimbursement-id,case-id,amazon-order-id,reason,sku,fnsku,asin,product-name,condition,currency-unit,amount-per-unit,amount-total,quantity-reimbursed-cash,quantity-reimbursed-inventory,quantity-reimbursed-total,original-reimbursement-id,original-reimbursement-type",
		"settlement":            "settlement-id,settlement-start-date,settlement-end-date,deposit-date,total-amount,currency,transaction-type,order-id,merchant-order-id,adjustment-id,shipment-id,marketplace-name,amount-type,amount-description,amount,fulfillment-id,posted-date,posted-date-time,order-item-code,merchant-order-item-id,merchant-adjustment-item-id,sku,quantity-purchased,promotion-id",
		"all-listings":          "item-name,item-description,listing-id,seller-sku,price,quantity,open-date,image-url,item-is-marketplace,product-id-type,zshop-shipping-fee,item-note,item-condition,zshop-category1,zshop-browse-path,zshop-storefront-feature,asin1,asin2,asin3,will-ship-internationally,expedited-shipping,zshop-boldface,product-id,bid-for-featured-placement,add-delete,pending-quantity,fulfillment-channel,merchant-shipping-group,status",
		"transactions":          "date/time,settlement id,type,order id,sku,description,quantity,marketplace,account type,fulfillment,order city,order state,order postal,tax collection model,product sales,product sales tax,shipping credits,shipping credits tax,gift wrap credits,giftwrap credits tax,Regulatory Fee,Tax On Regulatory Fee,promotional rebates,promotional rebates tax,marketplace withheld tax,selling fees,fba fees,other transaction fees,other,total",
		"sp-search-term":        ads + "Targeting,Match Type,Customer Search Term," + clicks + results,
		"sp-targeting":          ads + "Targeting,Match Type,Impressions,Top-of-search Impression Share,Clicks,Click-Thru Rate (CTR),Cost Per Click (CPC)," + results,
		"sp-advertised-product": ads + "Advertised SKU,Advertised ASIN," + clicks + results,
	}
}

func (c checks) headersAreAmazons(t *testing.T) {
	for kind, want := range headers() {
		for _, f := range c.of(kind, "US") {
			if got := strings.Join(f.grid(t)[0], ","); got != want {
				t.Fatalf("%s:\n got %s\nwant %s", f.name, got, want)
			}
			f.rows(t)
		}
	}
	planning := last(t, c.of("fba-inventory-planning", "DE")).grid(t)
	if n := len(planning[0]); n != 99 || planning[0][98] != "Fulfillment Service and Programs" {
		t.Errorf("inventory planning has %d columns", n)
	}
	for _, row := range planning {
		if len(row) != 99 {
			t.Fatalf("a row of inventory planning has %d cells", len(row))
		}
	}
	if got := last(t, c.of("transactions", "DE")).grid(t)[0]; len(got) != 27 || got[0] != "Datum/Uhrzeit" || got[26] != "Gesamt" {
		t.Errorf("German transactions: %v", got)
	}
	if got := last(t, c.of("sp-campaign", "DE")).grid(t)[0]; got[2] != "Program Type" || !slices.Contains(got, "Last Year Clicks") {
		t.Errorf("campaign report: %v", got)
	}
}

func (c checks) settlementsAddUp(t *testing.T) {
	for market, sample := range map[string]string{"US": "2006-01-02 15:04:05 UTC", "DE": "02.01.2006 15:04:05 UTC"} {
		files := c.of("settlement", market)
		if len(files) != 7 {
			t.Errorf("%s: %d settlements", market, len(files))
		}
		for _, f := range files {
			rows := f.rows(t)
			head := rows[0]
			var sum int64
			for _, r := range rows[1:] {
				if r.at("total-amount") != "" || r.at("settlement-id") != head.at("settlement-id") {
					t.Fatalf("%s: %v", f.name, r)
				}
				sum += r.cents(t, "amount")
			}
			if total := head.cents(t, "total-amount"); total != sum || total <= 0 {
				t.Errorf("%s: total %d, rows %d", f.name, total, sum)
			}
			if strings.Contains(head.at("total-amount"), ",") != (market == "DE") {
				t.Errorf("%s: decimal sign of %s", f.name, head.at("total-amount"))
			}
			if _, err := time.Parse(sample, head.at("settlement-start-date")); err != nil {
				t.Error(err)
			}
		}
	}
}

// The transactions of a settlement's days come to what the settlement paid out.
func (c checks) transactionsMatchSettlements(t *testing.T) {
	for market, words := range map[string][5]string{
		"US": {"settlement id", "type", "Transfer", "total", "product sales"},
		"DE": {"Abrechnungsnummer", "Typ", "Übertrag", "Gesamt", "Umsätze"},
	} {
		settled := map[string]int64{}
		for _, f := range c.of("settlement", market) {
			head := f.rows(t)[0]
			settled[head.at("settlement-id")] = head.cents(t, "total-amount")
		}
		sums := map[string]int64{}
		for _, r := range last(t, c.of("transactions", market)).rows(t) {
			if r.at(words[1]) != words[2] {
				sums[r.at(words[0])] += r.cents(t, words[3])
			}
			var parts int64
			for col, i := range r.columns {
				if i >= r.columns[words[4]] && col != words[3] {
					parts += r.cents(t, col)
				}
			}
			if parts != r.cents(t, words[3]) {
				t.Fatalf("%s: parts %d of %v", market, parts, r)
			}
		}
		whole := 0
		for id, sum := range sums {
			if settled[id] == sum {
				whole++
			}
		}
		if whole < 3 {
			t.Errorf("%s: only %d settlements found again: %v, %v", market, whole, settled, sums)
		}
	}
}

// The four advertising reports tell the same story.
func (c checks) adReportsAgree(t *testing.T) {
	for _, market := range []string{"US", "DE"} {
		anything := func(record) bool { return true }
		want := c.ads(t, "sp-campaign", market, 170, anything)
		if want.clicks < 3000 {
			t.Errorf("%s: %+v", market, want)
		}
		for _, kind := range []string{"sp-search-term", "sp-targeting", "sp-advertised-product"} {
			if got := c.ads(t, kind, market, 170, anything); got != want {
				t.Errorf("%s %s: %+v, campaigns %+v", market, kind, got, want)
			}
		}
	}
}

// A traffic day is first reported low and then restated until it settles.
func (c checks) trafficIsRestated(t *testing.T) {
	day := asOf() - 10
	var sales []float64
	for _, f := range c.files {
		if !strings.HasPrefix(f.name, "sales-and-traffic-"+day.String()+"_US") {
			continue
		}
		var r struct {
			ByDate []struct {
				Sales struct {
					Ordered struct {
						Amount float64 `json:"amount"`
					} `json:"orderedProductSales"`
				} `json:"salesByDate"`
			} `json:"salesAndTrafficByDate"`
			ByASIN []map[string]any `json:"salesAndTrafficByAsin"`
		}
		if err := json.Unmarshal(f.data, &r); err != nil {
			t.Fatal(err)
		}
		if len(r.ByDate) != 1 || len(r.ByASIN) < 50 {
			t.Fatalf("%s: %d days, %d ASINs", f.name, len(r.ByDate), len(r.ByASIN))
		}
		sales = append(sales, r.ByDate[0].Sales.Ordered.Amount)
	}
	if len(sales) != 3 || !slices.IsSorted(sales) || sales[0] > 0.99*sales[2] {
		t.Fatalf("versions of %s: %v", day, sales)
	}
	var final int64
	for _, o := range c.orders {
		if o.market == "US" && o.day == day && o.status != "Cancelled" {
			final += o.price
		}
	}
	if final != int64(sales[2]*100+0.5) {
		t.Errorf("orders of %s come to %d, traffic says %.2f", day, final, sales[2])
	}
}

// Orders are restated: pending ones without a price, and some cancelled days after they were paid.
func (c checks) ordersAreRestated(t *testing.T) {
	seen := map[string][]string{}
	pending := 0
	for _, f := range c.of("all-orders", "US") {
		lines := map[string]bool{}
		for _, r := range f.rows(t) {
			key := r.at("amazon-order-id") + r.at("sku")
			if lines[key] {
				t.Errorf("%s: order %s has %s twice", f.name, r.at("amazon-order-id"), r.at("sku"))
			}
			lines[key] = true
			if n := len(seen[key]); n == 0 || seen[key][n-1] != r.at("order-status") {
				seen[key] = append(seen[key], r.at("order-status"))
			}
			if r.at("order-status") == "Pending" {
				pending++
				if r.at("item-price") != "" {
					t.Fatalf("a pending order has a price: %v", r)
				}
			}
		}
	}
	late := 0
	for _, states := range seen {
		if len(states) > 1 && states[len(states)-1] == "Cancelled" {
			late++
		}
	}
	if late < 3 || pending < 5 {
		t.Errorf("%d late cancellations, %d pending rows", late, pending)
	}
}

// What is sold is what leaves the stock.
func (c checks) stockFollowsSales(t *testing.T) {
	files := c.of("fba-inventory", "US")
	morning := func(f file) int {
		for _, r := range f.rows(t) {
			if r.at("sku") == "SKU-104" {
				return r.int(t, "afn-fulfillable-quantity")
			}
		}
		t.Fatalf("no SKU-104 in %s", f.name)
		return 0
	}
	before, now := files[len(files)-31], files[len(files)-1]
	want := c.sold("US", "SKU-104", asOf()-1, 30)
	if got := morning(before) - morning(now); got > want || got < want-3 { // an order may yet be cancelled
		t.Errorf("stock fell by %d, sold %d", got, want)
	}
	empty := 0
	for _, f := range append(files, c.of("fba-inventory", "DE")...) {
		for _, r := range f.rows(t) {
			if r.at("afn-fulfillable-quantity") == "0" {
				empty++
			}
			if strings.HasPrefix(r.at("afn-fulfillable-quantity"), "-") {
				t.Fatalf("negative stock: %v", r)
			}
		}
	}
	if empty == 0 {
		t.Error("nothing was ever out of stock")
	}
}

func TestDocuments_Hostile(t *testing.T) {
	t.Parallel()
	a := load(t, simulator.Options{Seed: 7, AsOf: asOf(), Hostile: true})
	for kind, payload := range map[string]string{
		"all-listings": "onerror=alert", "all-orders": "javascript:", "sp-search-term": "<script>", "sp-campaign": "<img src=x", "seller-feedback": "<iframe",
	} {
		found := false
		for _, f := range a.of(kind, "US") {
			if !strings.HasSuffix(f.name, ".xlsx") {
				found = found || strings.Contains(string(f.data), payload)
				f.rows(t)
			}
		}
		if !found {
			t.Errorf("no %q in %s", payload, kind)
		}
	}
}
