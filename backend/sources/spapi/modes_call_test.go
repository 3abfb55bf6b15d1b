package spapi_test

import (
	"context"
	"errors"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/core/source"
	"purser/backend/platform/httpx"
	"purser/backend/platform/ratelimit"
	"purser/backend/sources/spapi"
)

const (
	denial       = "Access to requested resource is denied."
	unauthorised = "Unauthorized" //nolint:misspell // Amazon's own word
)

// Mode 17: no header names the rate, also not at a 429: the published rates hold. Where one does, it holds.
func TestMode17_RatesWithoutHeader(t *testing.T) {
	t.Parallel()
	a := open(t)
	a.always("getReport", ok(`{"reportId":"R1","processingStatus":"IN_QUEUE"}`))
	ask := a.ask("spapi.fba_inventory")
	ask.State = []byte(`{"phase":"poll","id":"R1"}`)
	for i := range 15 {
		if _, err := a.client.Step(t.Context(), ask); err != nil {
			t.Fatalf("%d: %v", i, err)
		}
	}
	_, err := a.client.Step(t.Context(), ask)
	if e := wants(t, err, source.FaultThrottled); e.After != 500*time.Millisecond || e.Status != 0 || a.count("getReport") != 15 {
		t.Errorf("after %v, %d requests", e.After, a.count("getReport"))
	}
	a.clock.pass(time.Second)
	a.always("getReport", refusal(429, "QuotaExceeded", "You exceeded your quota for the requested resource."))
	_, err = a.client.Step(t.Context(), ask)
	if e := wants(t, err, source.FaultThrottled); e.Status != 429 || e.After < 400*time.Millisecond || e.After > time.Second || e.Request != "req-getReport" {
		t.Errorf("%+v", e)
	}
	n := a.count("getReport")
	if _, err = a.client.Step(t.Context(), ask); a.count("getReport") != n {
		t.Error("asked again at once after a 429")
	}
	wants(t, err, source.FaultThrottled)
	a.clock.pass(time.Second)
	a.always("getReport", reply{status: 429, header: map[string]string{"Retry-After": "90"}, body: `{"errors":[{"code":"QuotaExceeded"}]}`})
	_, err = a.client.Step(t.Context(), ask)
	if e := wants(t, err, source.FaultThrottled); e.After != 90*time.Second {
		t.Errorf("after %v, want the 90 s that were asked for", e.After)
	}
	a.clock.pass(time.Hour)
	a.always("getReport", reply{status: 200, header: map[string]string{"x-amzn-RateLimit-Limit": "0.1"}, body: `{"reportId":"R1","processingStatus":"IN_QUEUE"}`})
	for range 15 {
		if _, err := a.client.Step(t.Context(), ask); err != nil {
			t.Fatal(err)
		}
	}
	_, err = a.client.Step(t.Context(), ask)
	if e := wants(t, err, source.FaultThrottled); e.After < 9*time.Second || e.After > 10*time.Second {
		t.Errorf("after %v, want 10 s by the learned rate", e.After)
	}
}

// Mode 18: an account's quota is not used up by one question for each item: products go in batches of twenty.
func TestMode18_Batches(t *testing.T) {
	t.Parallel()
	a := open(t)
	a.always("getMyFeesEstimates", ok(`[{"Status":"Success","FeesEstimateIdentifier":{"IdValue":"A","SellerInputIdentifier":"1"},"FeesEstimate":{"TotalFeesEstimate":{"CurrencyCode":"USD","Amount":3.07}}},`+
		`{"Status":"ClientError","FeesEstimateIdentifier":{"IdValue":"B","SellerInputIdentifier":"2"},"Error":{"Code":"InvalidParameterValue","Message":"no such SKU"}}]`))
	q := spapi.FeeQuery{Marketplace: "US", SKU: "A", Price: core.Money{Minor: 1999, Currency: "USD"}, FBA: true}
	got, err := a.client.Fees(t.Context(), []spapi.FeeQuery{q, q})
	if err != nil || len(got) != 2 || got[1].Status != "ClientError" || got[1].Error.Message != "no such SKU" {
		t.Fatalf("%+v, %v", got, err)
	}
	if m, err := got[0].Estimate.Total.Money(); err != nil || m != (core.Money{Minor: 307, Currency: "USD"}) {
		t.Errorf("%v, %v", m, err)
	}
	if body := a.asked("getMyFeesEstimates")[0].body; !strings.Contains(body, `"Amount":19.99`) {
		t.Errorf("%s", body)
	}
	many := make([]spapi.FeeQuery, 21)
	for i := range many {
		many[i] = q
	}
	german := spapi.FeeQuery{Marketplace: "DE", SKU: "A", Price: core.Money{Minor: 1, Currency: "EUR"}}
	for _, bad := range [][]spapi.FeeQuery{nil, many, {q, german}, {{Marketplace: "ZZ"}}} {
		if _, err := a.client.Fees(t.Context(), bad); err == nil {
			t.Errorf("%d questions were asked", len(bad))
		}
	}
	if _, err := a.client.Competitions(t.Context(), "US", make([]string, 21)); err == nil {
		t.Error("21 products at once were asked for")
	}
}

// Mode 25: the app's secret has expired. No other token helps, and there is one thing to do.
func TestMode25_SecretExpired(t *testing.T) {
	t.Parallel()
	a := open(t)
	a.always("searchOrders", refusal(403, unauthorised, "The LWA secret token you provided has expired."))
	_, _, err := a.run(a.ask(spapi.FeedOrders))
	if e := wants(t, err, source.FaultReconnect); !strings.Contains(e.Message, "180 days") || a.tokens != 1 {
		t.Errorf("%q, %d tokens", e.Message, a.tokens)
	}
	a.always("searchOrders", refusal(401, unauthorised, denial))
	_, _, err = a.run(a.ask(spapi.FeedOrders))
	wants(t, err, source.FaultReconnect)
}

// Mode 26: a role is missing: one other token, one more try, then the role is named. A token that was only old is replaced.
func TestMode26_RoleMissing(t *testing.T) {
	t.Parallel()
	a := open(t)
	a.always("listTransactions", refusal(403, unauthorised, denial))
	_, _, err := a.run(a.ask(spapi.FeedTransactions))
	e := wants(t, err, source.FaultDenied)
	if !strings.Contains(e.Message, "Finance and Accounting") || !strings.Contains(e.Message, denial) || a.count("listTransactions") != 2 || a.tokens != 2 {
		t.Errorf("%q, %d requests, %d tokens", e.Message, a.count("listTransactions"), a.tokens)
	}
	a.on("listTransactions", func(r request) reply {
		if r.header.Get("X-Amz-Access-Token") == "Atza|t2" {
			return refusal(403, unauthorised, "The access token you provided has expired.")
		}
		return ok(`{"payload":{"transactions":[]}}`)
	})
	if _, _, err := a.run(a.ask(spapi.FeedTransactions)); err != nil || a.tokens != 3 {
		t.Errorf("%v, %d tokens", err, a.tokens)
	}
}

// Mode 27: a second review request is a 403 that says nothing of the access: no other token, no second try.
func TestMode27_ReviewRequestOnce(t *testing.T) {
	t.Parallel()
	a := open(t)
	const order = "111-0000001-0000001"
	a.always("getSolicitationActionsForOrder", ok(`{"_links":{"self":{"href":"x"},"actions":[{"href":"/solicitations/v1/orders/`+order+`/solicitations/productReviewAndSellerFeedback?marketplaceIds=ATVPDKIKX0DER","name":"productReviewAndSellerFeedback"}]}}`))
	if offered, err := a.client.Offered(t.Context(), "US", order); err != nil || !offered {
		t.Errorf("%v, %v", offered, err)
	}
	a.always("createProductReviewAndSellerFeedbackSolicitation", reply{status: 201, body: "{}"})
	if ref, err := a.client.Ask(t.Context(), "US", order); err != nil || ref == "" {
		t.Errorf("%q, %v", ref, err)
	}
	no := refusal(403, unauthorised, "The requested solicitation is not available for this amazonOrderId.")
	a.always("createProductReviewAndSellerFeedbackSolicitation", no)
	a.always("getSolicitationActionsForOrder", no)
	tokens := a.tokens
	_, err := a.client.Ask(t.Context(), "US", order)
	if !errors.Is(err, spapi.ErrNotOffered) || !action.IsRefused(err) || a.count("createProductReviewAndSellerFeedbackSolicitation") != 2 || a.tokens != tokens {
		t.Errorf("%v, %d sent, %d tokens", err, a.count("createProductReviewAndSellerFeedbackSolicitation"), a.tokens)
	}
	offered, err := a.client.Offered(t.Context(), "US", order)
	if e := wants(t, err, source.FaultNotOffered); offered || !errors.Is(err, spapi.ErrNotOffered) || e.Status != 403 || !strings.Contains(e.Message, "not available for this amazonOrderId") {
		t.Errorf("%v, %+v", offered, e)
	}
	if strings.Contains(err.Error(), "Buyer Solicitation") {
		t.Errorf("a role is named where Amazon speaks of the order: %v", err)
	}
	// A missing role is told in words that say nothing of an order: it is named as possible, with what is to be done.
	a.always("getSolicitationActionsForOrder", refusal(403, unauthorised, denial))
	a.always("createProductReviewAndSellerFeedbackSolicitation", refusal(403, unauthorised, denial))
	_, err = a.client.Offered(t.Context(), "US", order)
	_, sent := a.client.Ask(t.Context(), "US", order)
	for _, err := range []error{err, sent} {
		if e := wants(t, err, source.FaultNotOffered); !errors.Is(err, spapi.ErrNotOffered) || !strings.Contains(err.Error(), denial) || !strings.Contains(e.Message, "the role “Buyer Solicitation”") ||
			!strings.Contains(e.Message, "authorise the app again") {
			t.Errorf("%v", err)
		}
	}
	if !action.IsRefused(sent) {
		t.Errorf("%v", sent)
	}
	a.clock.pass(time.Minute)
	// The account itself may not write to buyers: who asks is told so, in Amazon's words.
	a.always("getSolicitationActionsForOrder", refusal(403, unauthorised, "Your proactive messaging has been temporarily restricted."))
	offered, err = a.client.Offered(t.Context(), "US", order)
	if e := wants(t, err, source.FaultNotOffered); offered || !strings.Contains(e.Message, "proactive messaging") || !strings.Contains(e.Raw, "temporarily restricted") {
		t.Errorf("%v, %+v", offered, e)
	}
	a.always("getSolicitationActionsForOrder", ok(`{"_links":{"self":{"href":"x"},"actions":[]}}`))
	if offered, err := a.client.Offered(t.Context(), "US", order); err != nil || offered {
		t.Errorf("%v, %v", offered, err)
	}
	// What got lost on its way may have been sent, and is not sent again.
	for _, lost := range []reply{refusal(503, "ServiceUnavailable", "x"), {status: 201, header: map[string]string{"Content-Length": "99"}, body: "{"}} {
		n := a.count("createProductReviewAndSellerFeedbackSolicitation")
		a.always("createProductReviewAndSellerFeedbackSolicitation", lost)
		_, err = a.client.Ask(t.Context(), "US", order)
		if err == nil || action.IsRefused(err) || errors.Is(err, spapi.ErrNotOffered) || a.count("createProductReviewAndSellerFeedbackSolicitation") != n+1 {
			t.Errorf("%v: nobody knows whether it was sent", err)
		}
	}
}

// Mode 28: a patch is checked first; accepted is not applied; invalid is surely not done; anything lost is open.
func TestMode28_Patch(t *testing.T) {
	t.Parallel()
	a := open(t)
	const body = `{"productType":"LUGGAGE","patches":[{"op":"replace","path":"/attributes/purchasable_offer","value":[{"currency":"USD"}]}]}`
	a.always("patchListingsItem", ok(`{"sku":"a/b c","status":"VALID","submissionId":"s0","issues":[{"code":"1","message":"a hint","severity":"WARNING"}]}`))
	if against, err := a.client.Validate(t.Context(), "US", "a/b c", body); err != nil || len(against) != 0 {
		t.Errorf("%v, %v", against, err)
	}
	r := a.asked("patchListingsItem")[0]
	if r.query.Get("mode") != "VALIDATION_PREVIEW" || r.body != body || r.path != "/listings/2021-08-01/items/"+seller+"/a%2Fb%20c" {
		t.Errorf("%s %v %s", r.path, r.query, r.body)
	}
	invalid := ok(`{"sku":"a","status":"INVALID","submissionId":"s2","issues":[{"code":"4000001","message":"The array is malformed.","severity":"ERROR"}]}`)
	a.always("patchListingsItem", invalid)
	if against, err := a.client.Validate(t.Context(), "US", "a", body); err != nil || len(against) != 1 || against[0] != "The array is malformed." {
		t.Errorf("%v, %v", against, err)
	}
	if _, err := a.client.Patch(t.Context(), "US", "a", body); !action.IsRefused(err) || !strings.Contains(err.Error(), "malformed") {
		t.Errorf("%v", err)
	}
	a.always("patchListingsItem", ok(`{"sku":"a","status":"ACCEPTED","submissionId":"s3","issues":[]}`))
	if id, err := a.client.Patch(t.Context(), "US", "a", body); err != nil || id != "s3" || a.asked("patchListingsItem")[3].query.Has("mode") {
		t.Errorf("%q, %v", id, err)
	}
	// What passes is left open, so that it is tried again: too many requests just now is no refusal of the change.
	for status, sure := range map[int]bool{400: true, 403: true, 404: true, 429: false, 500: false, 503: false} {
		a.always("patchListingsItem", refusal(status, "X", "no"))
		a.clock.pass(time.Minute)
		if _, err := a.client.Patch(t.Context(), "US", "a", body); err == nil || action.IsRefused(err) != sure {
			t.Errorf("%d: %v, sure that nothing was done: %v", status, err, !sure)
		}
	}
	for _, odd := range []reply{ok(`{"sku":"a"}`), ok(`{"sku":"a","status":"NEW_WORD"}`), ok("<html>"), {status: 200, header: map[string]string{"Content-Length": "99"}, body: "{"}} {
		a.always("patchListingsItem", odd)
		a.clock.pass(time.Minute)
		if _, err := a.client.Patch(t.Context(), "US", "a", body); err == nil || action.IsRefused(err) {
			t.Errorf("%q: %v", odd.body, err)
		}
	}
}

// Mode 29: fields that the models call required are absent, null, or of another type.
func TestMode29_FieldsAreAbsent(t *testing.T) {
	t.Parallel()
	a := open(t)
	for _, body := range []string{
		`{}`, `{"sku":null,"summaries":null,"offers":null,"issues":null}`, `{"summaries":[{}],"offers":[{}],"issues":[{}],"fulfillmentAvailability":[{}]}`,
		`{"sku":7,"summaries":[{"asin":1,"status":[true]}],"offers":[{"price":{"amount":9.5,"currencyCode":"USD"}}],"surprise":{"x":[1]}}`,
	} {
		a.always("getListingsItem", ok(body))
		a.clock.pass(time.Minute)
		if _, err := a.client.Listing(t.Context(), "US", "a"); err != nil {
			t.Errorf("%s: %v", body, err)
		}
	}
	a.always("getListingsItem", ok(`{"sku":{"x":1}}`))
	_, err := a.client.Listing(t.Context(), "US", "a")
	wants(t, err, source.FaultUnavailable)
	a.always("getMarketplaceParticipations", ok(`{"payload":[{"marketplace":{"id":"ATVPDKIKX0DER"},"participation":{"isParticipating":"true","hasSuspendedListings":"TRUE"},"storeName":"Shop"},`+
		`{"marketplace":{"id":"A2EUQ1WTGCTBG2"},"participation":{"isParticipating":false}},{"marketplace":{"id":"A1MQXOICRS2Z7M","name":"SI CA Prod Marketplace"},"participation":{"isParticipating":true}},{}]}`))
	a.always("getAccount", refusal(403, unauthorised, denial))
	p, err := a.client.Places(t.Context(), "na")
	if err != nil || len(p.Marketplaces) != 1 || p.Marketplaces[0] != (source.Place{Code: "US", Suspended: true}) || p.StoreName != "Shop" || p.Plan != "" {
		t.Errorf("%+v, %v", p, err)
	}
	a.always("getAccount", ok(`{"payload":{"sellingPlan":"PROFESSIONAL","primaryContact":{"name":"Jane"}}}`))
	if p, err := a.client.Places(t.Context(), "na"); err != nil || p.Plan != "PROFESSIONAL" {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestWithoutASellerID(t *testing.T) {
	t.Parallel()
	clk := &hands{at: time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)}
	c := spapi.New(spapi.Options{HTTP: httpx.New(httpx.Options{}), Limits: ratelimit.New(clk, nil), Clock: clk})
	_, err := c.Step(t.Context(), source.Ask{Feed: spapi.FeedListings, Region: "na", Marketplace: "US"})
	if e := wants(t, err, source.FaultNotOffered); !strings.Contains(e.Message, "merchant token") {
		t.Errorf("%q", e.Message)
	}
	if _, err := c.Patch(t.Context(), "US", "a", "{}"); !action.IsRefused(err) {
		t.Errorf("%v", err)
	}
}

func TestOffline(t *testing.T) {
	t.Parallel()
	a := open(t)
	a.always("searchOrders", ok(`{"orders":[]}`))
	if _, _, err := a.run(a.ask(spapi.FeedOrders)); err != nil {
		t.Fatal(err)
	}
	dead := httptest.NewServer(nil)
	dead.Close()
	clk := a.clock
	c := spapi.New(spapi.Options{
		HTTP: httpx.New(httpx.Options{}), Limits: ratelimit.New(clk, nil), Clock: clk, Endpoints: map[string]string{"na": dead.URL}, TokenURL: a.url + "/auth/o2/token",
		Seller: func(context.Context, string) (string, error) { return seller, nil },
		Credentials: func(context.Context, string) (spapi.Credentials, error) {
			return spapi.Credentials{ClientID: "c", ClientSecret: "s", RefreshToken: "r"}, nil
		},
	})
	_, err := c.Step(t.Context(), a.ask(spapi.FeedOrders))
	wants(t, err, source.FaultOffline)
	if _, err := c.Ask(t.Context(), "US", "111"); !action.IsRefused(err) || strings.Contains(err.Error(), "by itself") {
		t.Errorf("%v: nothing was reached", err)
	}
	if _, err := c.Patch(t.Context(), "US", "a", "{}"); action.IsRefused(err) || asAPI(err) == nil || asAPI(err).Fault != source.FaultOffline {
		t.Errorf("%v: it can be sent later", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = a.client.Step(ctx, a.ask(spapi.FeedOrders))
	if wants(t, err, source.FaultOffline); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	// An address that is neither encrypted nor this computer gets nothing.
	open := spapi.New(spapi.Options{
		HTTP: httpx.New(httpx.Options{}), Limits: ratelimit.New(clk, nil), Clock: clk, Endpoints: map[string]string{"na": "http://amazon.example"}, TokenURL: a.url + "/auth/o2/token",
		Credentials: func(context.Context, string) (spapi.Credentials, error) {
			return spapi.Credentials{ClientID: "c", ClientSecret: "s", RefreshToken: "r"}, nil
		},
	})
	_, err = open.Step(t.Context(), a.ask(spapi.FeedOrders))
	wants(t, err, source.FaultInvalid)
}

func TestServerErrors(t *testing.T) {
	t.Parallel()
	a := open(t)
	for status, f := range map[int]source.APIFault{
		400: source.FaultInvalid, 404: source.FaultInvalid, 413: source.FaultInvalid, 415: source.FaultInvalid, 408: source.FaultUnavailable,
		500: source.FaultUnavailable, 502: source.FaultUnavailable, 503: source.FaultUnavailable, 504: source.FaultUnavailable,
	} {
		long := strings.Repeat("ü", 9000) + " refresh_token=" + refresh
		a.always("getInventorySummaries", refusal(status, "Code", "Something happened to Atzr|"+refresh+" "+long))
		a.clock.pass(time.Hour)
		_, _, err := a.run(a.ask(spapi.FeedStock))
		if e := wants(t, err, f); e.Status != status || e.Request != "req-getInventorySummaries" || e.Operation != "getInventorySummaries" || e.Raw == "" || len([]rune(e.Message)) > 500 {
			t.Errorf("%d: %+v", status, e)
		}
	}
}

func TestProbe(t *testing.T) {
	t.Parallel()
	a := open(t)
	a.always("getMarketplaceParticipations", ok(`{"payload":[{"marketplace":{"id":"A2EUQ1WTGCTBG2"},"participation":{"isParticipating":true}}]}`))
	a.always("listTransactions", ok(`{"payload":{"transactions":[]}}`))
	a.always("searchOrders", refusal(403, unauthorised, denial))
	a.always("getInventorySummaries", refusal(503, "ServiceUnavailable", "busy"))
	a.always("searchListingsItems", ok(`{"items":[]}`))
	a.always("getReports", refusal(403, unauthorised, denial))
	a.always("getCompetitiveSummary", ok(`{"responses":[]}`))
	a.always("getMyFeesEstimates", ok(`[]`))
	a.always("getItemReviewTopics", refusal(404, "NotFound", "no such item"))
	for name, want := range map[string]struct {
		state source.CapabilityState
		role  string
	}{
		"sellers": {source.Granted, "Selling Partner Insights"}, "finances": {source.Granted, "Finance and Accounting"}, "orders": {source.Denied, "Inventory and Order Tracking"},
		"inventory": {source.UnknownGrant, "Amazon Fulfillment"}, "listings": {source.Granted, "Product Listing"}, "traffic": {source.Denied, "Selling Partner Insights"},
		"pricing": {source.Granted, "Pricing"}, "fees": {source.Granted, "Finance and Accounting"}, "customer_feedback": {source.Granted, "Selling Partner Insights"},
		"solicitations": {source.UnknownGrant, "Buyer Solicitation"},
	} {
		got, err := a.client.Probe(t.Context(), "na", name)
		if err != nil || got.State != want.state || got.Role != want.role || got.Name != name || got.Title == "" {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
		if got.State == source.Denied && (!strings.Contains(got.Text, want.role) || !strings.Contains(got.Text, denial)) {
			t.Errorf("%s: %q", name, got.Text)
		}
	}
	if got := a.asked("listTransactions")[0].query.Get("marketplaceId"); got != "A2EUQ1WTGCTBG2" {
		t.Errorf("money of %s was asked for, where the account does not sell", got)
	}
	for _, f := range a.client.Feeds() { // what a feed needs can be asked for
		a.clock.pass(time.Hour)
		if got, err := a.client.Probe(t.Context(), "na", f.Needs); err != nil || got.Role == "" {
			t.Errorf("%s needs %s: %+v, %v", f.Name, f.Needs, got, err)
		}
	}
	_, err := a.client.Probe(t.Context(), "na", "nonsense")
	wants(t, err, source.FaultInvalid)
}

// TestNoTokenIsNoBadRequest: where the authorisation was taken back the login says 400 too, which says nothing of the request.
func TestNoTokenIsNoBadRequest(t *testing.T) {
	t.Parallel()
	a := open(t)
	a.revoked = true
	got, err := a.client.Probe(t.Context(), "na", "sellers")
	if wants(t, err, source.FaultReconnect); got.State != source.UnknownGrant {
		t.Errorf("%+v", got)
	}
	_, _, err = a.run(a.ask(spapi.FeedOrders))
	wants(t, err, source.FaultReconnect)
	if a.tokens != 2 {
		t.Errorf("a token was asked for %d times", a.tokens)
	}
}

func TestPathParts(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"A-1_b.c~": "A-1_b.c~", "a/b": "a%2Fb", "a b": "a%20b", "a+b": "a%2Bb", "100%": "100%25", "ü": "%C3%BC", "a?b#c": "a%3Fb%23c",
		"(x)&y=;,:@!$'*": "%28x%29%26y%3D%3B%2C%3A%40%21%24%27%2A", "\t": "%09", ".": "%2E", "..": "%2E%2E",
	} {
		if got := spapi.PathPart(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestOrderForExecutors(t *testing.T) {
	t.Parallel()
	a := open(t)
	a.always("getOrder", ok(`{"order":{"orderId":"1","associatedOrders":[{"orderId":"0","associationType":"REPLACEMENT_ORIGINAL_ID"}],"fulfillment":{"fulfillmentStatus":"CANCELLED","deliverByWindow":{"earliestDateTime":"2026-11-01T08:00:00Z","latestDateTime":""}}}}`))
	o, err := a.client.Order(t.Context(), "US", "1")
	early, late := o.Delivery()
	if err != nil || !o.Cancelled() || !o.Replacement() || !early.Equal(time.Date(2026, 11, 1, 8, 0, 0, 0, time.UTC)) || !late.IsZero() {
		t.Errorf("%+v, %v, %v, %v", o, early, late, err)
	}
}

// TestAnAddressOfNoUse: an answer that names no address, or one that must not be asked, is Amazon's fault and not that of the
// request, which is asked again.
func TestAnAddressOfNoUse(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"12345", "", "http://documents.example/1", "ftp://documents.example/1"} {
		a := open(t)
		a.models = nil // they allow any text
		a.report(ok(""))
		a.always("getReportDocument", ok(`{"reportDocumentId":"D1","url":"`+address+`"}`))
		_, _, err := a.run(a.ask("spapi.fba_returns"))
		wants(t, err, source.FaultUnavailable)
	}
}
