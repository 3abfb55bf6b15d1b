package practice_test

import (
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"purser/backend/sources/simulator/practice"
)

func TestToken(t *testing.T) {
	t.Parallel()
	a := open(t, practice.Options{})
	r := a.login("spapi", "na").want(t, 200)
	if r.get(t, "expires_in") != float64(3600) || r.get(t, "token_type") != "bearer" {
		t.Errorf("%s", r.body)
	}
	k := a.s.Credentials("spapi", "na")
	post := func(refresh, client, secret string) result {
		form := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {refresh}, "client_id": {client}, "client_secret": {secret}}
		return a.do(http.MethodPost, a.url+"/auth/o2/token", http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}, []byte(form.Encode()))
	}
	for _, c := range []struct {
		got    result
		status int
		code   string
	}{
		{post("Atzr|other", k.ClientID, k.ClientSecret), 400, "invalid_grant"},
		{post(k.RefreshToken, k.ClientID, "other"), 401, "invalid_client"},
		{post(k.RefreshToken, "other", k.ClientSecret), 401, "invalid_client"},
		{post("", k.ClientID, k.ClientSecret), 400, "invalid_request"},
	} {
		if c.got.want(t, c.status).get(t, "error") != c.code {
			t.Errorf("%s, not %s", c.got.body, c.code)
		}
	}
}

func TestAdmission(t *testing.T) {
	t.Parallel()
	a := open(t, practice.Options{})
	path := a.url + "/spapi/na/sellers/v1/account"
	ask := func(change func(http.Header)) result {
		h := a.header("na")
		change(h)
		return a.do(http.MethodGet, path, h, nil)
	}
	ask(func(http.Header) {}).want(t, 200)
	ask(func(h http.Header) { h.Del("X-Amz-Access-Token") }).want(t, 403)
	ask(func(h http.Header) { h.Set("X-Amz-Access-Token", "Atza|made up") }).want(t, 403)
	ask(func(h http.Header) { h.Set("X-Amz-Access-Token", a.token("ads", "na")) }).want(t, 403)
	ask(func(h http.Header) { h.Set("X-Amz-Access-Token", a.token("spapi", "eu")) }).want(t, 403)
	ask(func(h http.Header) { h["User-Agent"] = []string{""} }).want(t, 400)
	a.do(http.MethodGet, path+"?x=1", a.header("na"), nil).want(t, 400)
	a.do(http.MethodPost, path, a.header("na"), nil).want(t, 405)
	a.do(http.MethodGet, a.url+"/spapi/na/orders/v0/orders", a.header("na"), nil).want(t, 404)
	old := a.header("na")
	a.clock.pass(time.Hour)
	if r := a.do(http.MethodGet, path, old, nil).want(t, 403); !strings.Contains(string(r.body), "expired") {
		t.Errorf("%s", r.body)
	}
	// A marketplace of the other region is none of this one's.
	a.sp("na", http.MethodGet, "/orders/2026-01-01/orders", url.Values{"lastUpdatedAfter": {"2026-11-20T00:00:00Z"}, "marketplaceIds": {id("DE")}}, nil).want(t, 403)
}

func TestSellers(t *testing.T) {
	t.Parallel()
	a := open(t, practice.Options{})
	r := a.sp("eu", http.MethodGet, "/sellers/v1/marketplaceParticipations", nil, nil).want(t, 200)
	if l := r.list(t, "payload"); len(l) != 2 || !strings.Contains(string(r.body), id("DE")) || r.header.Get("x-amzn-RequestId") == "" || r.header.Get("x-amzn-RateLimit-Limit") != "20" {
		t.Errorf("%v %s", r.header, r.body)
	}
	if a.sp("na", http.MethodGet, "/sellers/v1/account", nil, nil).want(t, 200).get(t, "payload.sellingPlan") != "PROFESSIONAL" {
		t.Error("no plan")
	}
}

// manyPages is where a test gives up on a list without an end.
const manyPages = 150

// orders pages through searchOrders.
func (a *amazon) orders(region string, q url.Values) (found []any, pages int) {
	a.t.Helper()
	for pages < manyPages {
		r := a.sp(region, http.MethodGet, "/orders/2026-01-01/orders", q, nil).want(a.t, 200)
		found, pages = append(found, r.list(a.t, "orders")...), pages+1
		next, _ := r.get(a.t, "pagination.nextToken").(string)
		if next == "" {
			return found, pages
		}
		q.Set("paginationToken", next)
	}
	return found, pages
}

func TestSearchOrders(t *testing.T) {
	t.Parallel()
	a := open(t, practice.Options{})
	q := func() url.Values {
		return url.Values{
			"lastUpdatedAfter": {"2026-11-10T00:00:00Z"}, "marketplaceIds": {id("US")}, "maxResultsPerPage": {"70"},
			"includedData": {"PROCEEDS,EXPENSE,PROMOTION,CANCELLATION,FULFILLMENT,PACKAGES"},
		}
	}
	found, pages := a.orders("na", q())
	if len(found) < 200 || pages < 4 {
		t.Fatalf("%d orders on %d pages", len(found), pages)
	}
	lines, states := map[string]string{}, map[string]int{}
	for _, o := range found {
		m := o.(map[string]any)
		if strings.Contains(string(encode(t, m)), "buyer") {
			t.Fatal("a buyer is told")
		}
		state := m["fulfillment"].(map[string]any)["fulfillmentStatus"].(string)
		states[state]++
		for _, i := range m["orderItems"].([]any) {
			lines[m["orderId"].(string)+" "+i.(map[string]any)["product"].(map[string]any)["sellerSku"].(string)] = state
		}
	}
	want := 0
	since := time.Date(2026, 11, 10, 0, 0, 0, 0, time.UTC).Unix()
	for _, l := range a.s.Truth(a.clock.Now()).Orders {
		if l.Marketplace == "US" && l.UpdatedAt >= since && l.UpdatedAt < a.clock.Now().Add(-2*time.Minute).Unix() {
			want++
			if got := lines[l.OrderID+" "+string(l.SKU)]; got != strings.ToUpper(l.Status) {
				t.Errorf("%s %s is %s, not %q", l.OrderID, l.SKU, l.Status, got)
			}
		}
	}
	if want != len(lines) || states["SHIPPED"] == 0 || states["CANCELLED"] == 0 || states["UNSHIPPED"] == 0 {
		t.Errorf("%d lines, not %d; %v", len(lines), want, states)
	}
	get := func(change func(url.Values)) result {
		v := q()
		change(v)
		return a.sp("na", http.MethodGet, "/orders/2026-01-01/orders", v, nil)
	}
	get(func(v url.Values) { v.Set("createdAfter", "2026-11-10T00:00:00Z") }).want(t, 400)
	get(func(v url.Values) { v.Del("lastUpdatedAfter") }).want(t, 400)
	get(func(v url.Values) { v.Set("lastUpdatedBefore", a.clock.Now().Format(time.RFC3339)) }).want(t, 400)
	get(func(v url.Values) { v.Set("maxResultsPerPage", "101") }).want(t, 400)
	get(func(v url.Values) { v.Set("fulfillmentStatuses", "Shipped") }).want(t, 400)
	get(func(v url.Values) { v.Set("includedData", "BUYER") }).want(t, 403)
	first := found[0].(map[string]any)["orderId"].(string)
	one := a.sp("na", http.MethodGet, "/orders/2026-01-01/orders/"+first, url.Values{"includedData": {"PROCEEDS,EXPENSE,PROMOTION,CANCELLATION,FULFILLMENT,PACKAGES"}}, nil).want(t, 200)
	if !reflect.DeepEqual(one.get(t, "order"), found[0]) {
		t.Errorf("%s", one.body)
	}
	a.sp("na", http.MethodGet, "/orders/2026-01-01/orders/111-0000000-0000000", nil, nil).want(t, 404)
	next := get(func(url.Values) {}).get(t, "pagination.nextToken").(string)
	get(func(v url.Values) { v.Set("paginationToken", next); v.Set("maxResultsPerPage", "20") }).want(t, 200)
	get(func(v url.Values) { v.Set("paginationToken", next); v.Set("fulfilledBy", "AMAZON") }).want(t, 400)
	// A token has to be escaped: sent as it is, its plus signs are spaces.
	raw := a.do(http.MethodGet, a.url+"/spapi/na/orders/2026-01-01/orders?"+q().Encode()+"&paginationToken="+next, a.header("na"), nil)
	raw.want(t, 400)
	a.clock.pass(24 * time.Hour)
	get(func(v url.Values) { v.Set("paginationToken", next) }).want(t, 400)
}

func TestOrderMetrics(t *testing.T) {
	t.Parallel()
	a := open(t, practice.Options{})
	q := url.Values{
		"marketplaceIds": {id("US")}, "granularity": {"Day"}, "granularityTimeZone": {"America/Los_Angeles"},
		"interval": {"2026-11-20T00:00:00-08:00--2026-11-24T00:00:00-08:00"},
	}
	r := a.sp("na", http.MethodGet, "/sales/v1/orderMetrics", q, nil).want(t, 200)
	days := r.list(t, "payload")
	var units float64
	for _, d := range days {
		units += d.(map[string]any)["unitCount"].(float64)
	}
	q.Set("granularity", "Total")
	total := a.sp("na", http.MethodGet, "/sales/v1/orderMetrics", q, nil).want(t, 200).list(t, "payload")
	if len(days) != 4 || len(total) != 1 || units == 0 || total[0].(map[string]any)["unitCount"] != units {
		t.Errorf("%d days with %v units; %v", len(days), units, total)
	}
	q.Set("interval", "2026-11-20T00:00:00-07:00--2026-11-24T00:00:00-07:00")
	a.sp("na", http.MethodGet, "/sales/v1/orderMetrics", q, nil).want(t, 400)
}

func TestInventory(t *testing.T) {
	t.Parallel()
	a := open(t, practice.Options{})
	q := url.Values{"granularityType": {"Marketplace"}, "granularityId": {id("US")}, "marketplaceIds": {id("US")}, "details": {"true"}}
	r := a.sp("na", http.MethodGet, "/fba/inventory/v1/summaries", q, nil).want(t, 200)
	list := r.list(t, "payload.inventorySummaries")
	_, file := a.report("na", map[string]any{"reportType": "GET_FBA_MYI_UNSUPPRESSED_INVENTORY_DATA", "marketplaceIds": []string{id("US")}})
	if len(list) == 0 || len(list) != len(lines(file)) {
		t.Errorf("%d summaries, %d rows", len(list), len(lines(file)))
	}
	q.Set("granularityId", id("DE"))
	a.sp("na", http.MethodGet, "/fba/inventory/v1/summaries", q, nil).want(t, 400)
}

// Tokens of inventory die after 30 seconds.
func TestInventory_TokensDie(t *testing.T) {
	t.Parallel()
	a := open(t, practice.Options{Faults: practice.Faults{{Name: practice.SmallPages, On: []string{"inventory"}}}})
	q := url.Values{"granularityType": {"Marketplace"}, "granularityId": {id("US")}, "marketplaceIds": {id("US")}}
	next, ok := a.sp("na", http.MethodGet, "/fba/inventory/v1/summaries", q, nil).want(t, 200).get(t, "pagination.nextToken").(string)
	if !ok {
		t.Fatal("one page holds all")
	}
	q.Set("nextToken", next)
	a.sp("na", http.MethodGet, "/fba/inventory/v1/summaries", q, nil).want(t, 200)
	a.clock.pass(31 * time.Second)
	a.sp("na", http.MethodGet, "/fba/inventory/v1/summaries", q, nil).want(t, 400)
}

func TestTransactions(t *testing.T) {
	t.Parallel()
	a := open(t, practice.Options{})
	since := start().Add(-20 * 24 * time.Hour)
	q := url.Values{"postedAfter": {since.Format(time.RFC3339)}, "marketplaceId": {id("DE")}}
	sum, count := 0.0, 0
	for {
		r := a.sp("eu", http.MethodGet, "/finances/2024-06-19/transactions", q, nil).want(t, 200)
		for _, x := range r.list(t, "payload.transactions") {
			sum += x.(map[string]any)["totalAmount"].(map[string]any)["currencyAmount"].(float64)
			count++
		}
		next, _ := r.get(t, "payload.nextToken").(string)
		if next == "" {
			break
		}
		q.Set("nextToken", next)
	}
	want, n := int64(0), 0
	for _, x := range a.s.Truth(a.clock.Now()).Transactions {
		if x.Marketplace == "DE" && x.At >= since.Unix() && x.At < a.clock.Now().Add(-2*time.Minute).Unix() {
			want += x.Total
			n++
		}
	}
	if n == 0 || n != count || int64(sum*100+0.5*sign(sum)) != want {
		t.Errorf("%d with %.2f, not %d with %d", count, sum, n, want)
	}
	a.sp("eu", http.MethodGet, "/finances/2024-06-19/transactions", url.Values{}, nil).want(t, 400)
	long := url.Values{"postedAfter": {start().Add(-181 * 24 * time.Hour).Format(time.RFC3339)}}
	if r := a.sp("eu", http.MethodGet, "/finances/2024-06-19/transactions", long, nil).want(t, 200); len(r.list(t, "payload.transactions")) != 0 {
		t.Error("a window of 181 days is not empty")
	}
	if r := a.sp("eu", http.MethodGet, "/finances/2024-06-19/balances", nil, nil).want(t, 200); len(r.list(t, "balances")) != 3 {
		t.Errorf("%s", r.body)
	}
}

func sign(f float64) float64 {
	if f < 0 {
		return -1
	}
	return 1
}

func TestListings(t *testing.T) {
	t.Parallel()
	a := open(t, practice.Options{})
	base := "/listings/2021-08-01/items/" + a.s.SellerID()
	q := url.Values{"marketplaceIds": {id("DE")}, "includedData": {"summaries,issues,offers,fulfillmentAvailability,productTypes"}, "pageSize": {"7"}}
	seen := map[string]bool{}
	for {
		r := a.sp("eu", http.MethodGet, base, q, nil).want(t, 200)
		for _, i := range r.list(t, "items") {
			seen[i.(map[string]any)["sku"].(string)] = true
		}
		next, _ := r.get(t, "pagination.nextToken").(string)
		if next == "" {
			if r.get(t, "numberOfResults") != float64(len(seen)) || len(seen) < 10 {
				t.Errorf("%d of %v", len(seen), r.get(t, "numberOfResults"))
			}
			break
		}
		q.Set("pageToken", next)
	}
	bad := url.Values{"marketplaceIds": {id("DE")}, "withIssueSeverity": {"ERROR"}, "includedData": {"issues"}}
	if r := a.sp("eu", http.MethodGet, base, bad, nil).want(t, 200); !strings.Contains(string(r.body), "SEARCH_SUPPRESSED") || len(r.list(t, "items")) != 1 {
		t.Errorf("%s", r.body)
	}
	a.sp("eu", http.MethodGet, base+"/SKU-999", url.Values{"marketplaceIds": {id("DE")}}, nil).want(t, 404)
	a.sp("eu", http.MethodGet, "/listings/2021-08-01/items/OTHER/SKU-031", url.Values{"marketplaceIds": {id("DE")}}, nil).want(t, 403)
}

func offerPatch(price any) map[string]any {
	return map[string]any{"productType": "BOTTLE", "patches": []any{map[string]any{"op": "replace", "path": "/attributes/purchasable_offer", "value": []any{map[string]any{
		"marketplace_id": id("US"), "currency": "USD", "our_price": []any{map[string]any{"schedule": []any{map[string]any{"value_with_tax": price}}}},
	}}}}}
}

// price reads a price as the Listings API tells it.
func (a *amazon) price(sku string) string {
	a.t.Helper()
	r := a.sp("na", http.MethodGet, "/listings/2021-08-01/items/"+a.s.SellerID()+"/"+sku, url.Values{"marketplaceIds": {id("US")}, "includedData": {"offers,issues"}}, nil).want(a.t, 200)
	return r.list(a.t, "offers")[0].(map[string]any)["price"].(map[string]any)["amount"].(string)
}

func TestPatch(t *testing.T) {
	t.Parallel()
	a := open(t, practice.Options{})
	path := "/listings/2021-08-01/items/" + a.s.SellerID() + "/SKU-104"
	q := url.Values{"marketplaceIds": {id("US")}}
	before := a.price("SKU-104")
	try := url.Values{"marketplaceIds": {id("US")}, "mode": {"VALIDATION_PREVIEW"}}
	if r := a.sp("na", http.MethodPatch, path, try, offerPatch(21.5)).want(t, 200); r.get(t, "status") != "VALID" {
		t.Errorf("%s", r.body)
	}
	for _, bad := range []any{21.555, -1, "x"} {
		if r := a.sp("na", http.MethodPatch, path, q, offerPatch(bad)).want(t, 200); r.get(t, "status") != "INVALID" || !strings.Contains(string(r.body), "4000001") {
			t.Errorf("%v: %s", bad, r.body)
		}
	}
	generic := offerPatch(21.5)
	generic["productType"] = "PRODUCT"
	if a.sp("na", http.MethodPatch, path, q, generic).want(t, 200).get(t, "status") != "INVALID" {
		t.Error("PRODUCT changes a price")
	}
	if a.sp("na", http.MethodPatch, path, q, offerPatch(21.5)).want(t, 200).get(t, "status") != "ACCEPTED" {
		t.Fatal("not accepted")
	}
	if got := a.price("SKU-104"); got != before {
		t.Errorf("applied at once: %s", got)
	}
	a.clock.pass(11 * time.Minute)
	if got := a.price("SKU-104"); got != "21.50" {
		t.Errorf("after eleven minutes it is %s", got)
	}
	a.clock.pass(36 * time.Hour)
	_, file := a.report("na", map[string]any{"reportType": "GET_MERCHANT_LISTINGS_ALL_DATA", "marketplaceIds": []string{id("US")}})
	if !strings.Contains(string(file), "SKU-104\t21.50\t") {
		t.Error("the report of the day after has the old price")
	}
}

func TestSolicitations(t *testing.T) {
	t.Parallel()
	a := open(t, practice.Options{})
	var order, young string
	for _, l := range a.s.Truth(a.clock.Now()).Orders {
		if age := start().Unix() - l.PurchasedAt; l.Marketplace == "US" && l.Status == "Shipped" && age > 12*86400 && age < 20*86400 {
			order = l.OrderID
		} else if l.Marketplace == "US" && age < 3*86400 {
			young = l.OrderID
		}
	}
	path, q := "/solicitations/v1/orders/"+order, url.Values{"marketplaceIds": {id("US")}}
	if r := a.sp("na", http.MethodGet, path, q, nil).want(t, 200); len(r.list(t, "_links.actions")) != 1 {
		t.Fatalf("%s", r.body)
	}
	a.sp("na", http.MethodPost, path+"/solicitations/productReviewAndSellerFeedback", q, nil).want(t, 201)
	if r := a.sp("na", http.MethodGet, path, q, nil).want(t, 200); len(r.list(t, "_links.actions")) != 0 {
		t.Errorf("%s", r.body)
	}
	if r := a.sp("na", http.MethodPost, path+"/solicitations/productReviewAndSellerFeedback", q, nil).want(t, 403); !strings.Contains(string(r.body), "not available for this amazonOrderId") {
		t.Errorf("%s", r.body)
	}
	a.sp("na", http.MethodPost, "/solicitations/v1/orders/"+young+"/solicitations/productReviewAndSellerFeedback", q, nil).want(t, 403)
	a.sp("na", http.MethodGet, "/solicitations/v1/orders/111-0000000-0000000", q, nil).want(t, 404)
}

func TestFeesAndPrices(t *testing.T) {
	t.Parallel()
	a := open(t, practice.Options{})
	ask := func(sku string) map[string]any {
		return map[string]any{"IdType": "SellerSKU", "IdValue": sku, "FeesEstimateRequest": map[string]any{
			"MarketplaceId": id("US"), "IsAmazonFulfilled": true, "Identifier": sku,
			"PriceToEstimateFees": map[string]any{"ListingPrice": map[string]any{"CurrencyCode": "USD", "Amount": 20}},
		}}
	}
	r := a.sp("na", http.MethodPost, "/products/fees/v0/feesEstimate", nil, []any{ask("SKU-104"), ask("SKU-999")}).want(t, 200)
	var got []map[string]any
	r.into(t, &got)
	if len(got) != 2 || got[0]["Status"] != "Success" || got[1]["Status"] != "ClientError" || !strings.Contains(string(r.body), `"Amount":3.00`) {
		t.Errorf("%s", r.body)
	}
	asin := ""
	for _, l := range a.s.Truth(a.clock.Now()).Listings {
		if l.Marketplace == "US" && l.SKU == "SKU-104" {
			asin = string(l.ASIN)
		}
	}
	topics := "/customerFeedback/2024-06-01/items/" + asin + "/reviews/topics"
	q := url.Values{"marketplaceId": {id("US")}, "sortBy": {"MENTIONS"}}
	if r := a.sp("na", http.MethodGet, topics, q, nil).want(t, 200); len(r.list(t, "topics.positiveTopics")) != 1 {
		t.Errorf("%s", r.body)
	}
	a.sp("na", http.MethodGet, strings.Replace(topics, asin, "B000000000", 1), q, nil).want(t, 404)
	a.sp("na", http.MethodGet, topics, url.Values{"marketplaceId": {id("US")}}, nil).want(t, 400)
	body := map[string]any{"requests": []any{map[string]any{
		"asin": asin, "marketplaceId": id("US"), "includedData": []string{"featuredBuyingOptions", "referencePrices"}, "method": "GET",
		"uri": "/products/pricing/2022-05-01/items/competitiveSummary",
	}}}
	r = a.sp("na", http.MethodPost, "/batches/products/pricing/2022-05-01/items/competitiveSummary", nil, body).want(t, 200)
	if len(r.list(t, "responses")) != 1 || !strings.Contains(string(r.body), a.s.SellerID()) {
		t.Errorf("%s", r.body)
	}
}

func TestTruth_SameForSameOptions(t *testing.T) {
	t.Parallel()
	a, b := open(t, practice.Options{}), open(t, practice.Options{})
	a.clock.pass(30 * 24 * time.Hour) // one server lives on step by step, the other leaps
	one := a.s.Truth(a.clock.Now())
	b.s.Truth(start().Add(3 * 24 * time.Hour))
	two := b.s.Truth(a.clock.Now())
	if len(one.Orders) == 0 || len(one.AdSearchTerms) == 0 || len(one.TrafficItems) == 0 || !reflect.DeepEqual(one, two) {
		t.Error("two servers tell different truths")
	}
}
