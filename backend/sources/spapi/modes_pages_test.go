package spapi_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"purser/backend/core/source"
	"purser/backend/sources/spapi"
)

// envelope is a document of a page.
type envelope struct {
	Purser map[string]any  `json:"purser"`
	Body   json.RawMessage `json:"body"`
}

func opened(t *testing.T, d source.Fetched) envelope {
	t.Helper()
	text := content(t, d)
	if !strings.HasPrefix(text, `{"purser":{"api":"spapi","operation":`) {
		t.Errorf("the envelope does not come first: %.80s", text)
	}
	var e envelope
	if err := json.Unmarshal([]byte(text), &e); err != nil {
		t.Fatal(err)
	}
	return e
}

// Modes 13 and 20: pages of orders by when they changed. The token is encoded once; everything else is repeated with it.
func TestMode13_20_OrdersByLastUpdate(t *testing.T) {
	t.Parallel()
	a := open(t)
	const token = "a+b/c==&d%2B e"
	first := `{ "orders": [ {"orderId":"1"} ,{"orderId":"2"}], "pagination": {"nextToken": "a+b/c==&d%2B e"}, "lastUpdatedBefore":"2026-11-25T11:50:00Z" }`
	a.on("searchOrders", func(r request) reply {
		if r.query.Get("paginationToken") == "" {
			return ok(first)
		}
		return ok(`{"orders":[{"orderId":"3"}],"lastUpdatedBefore":"2026-11-25T11:50:00Z"}`)
	})
	ask := a.ask(spapi.FeedOrders)
	docs, s, err := a.run(ask)
	if err != nil || len(docs) != 2 {
		t.Fatalf("%v, %v", docs, err)
	}
	one, two := a.asked("searchOrders")[0], a.asked("searchOrders")[1]
	if two.query.Get("paginationToken") != token || !strings.Contains(two.rawQuery, "paginationToken=a%2Bb%2Fc%3D%3D%26d%252B+e") {
		t.Errorf("the token went out as %q", two.rawQuery)
	}
	two.query.Del("paginationToken")
	if one.query.Encode() != two.query.Encode() {
		t.Errorf("%v is not repeated: %v", one.query, two.query)
	}
	if one.query.Get("lastUpdatedAfter") != ask.From.Format(time.RFC3339) || one.query.Get("lastUpdatedBefore") != ask.To.Format(time.RFC3339) ||
		one.query.Get("includedData") != "PROCEEDS,EXPENSE,PROMOTION,CANCELLATION,FULFILLMENT,PACKAGES" || one.query.Get("maxResultsPerPage") != "100" || one.query.Has("createdAfter") {
		t.Errorf("%v", one.query)
	}
	e := opened(t, docs[0])
	if string(e.Body) != first {
		t.Errorf("the answer is not there byte for byte: %s", e.Body)
	}
	if got := fmt.Sprint(e.Purser); got != "map[api:spapi fetched_at:2026-11-25T12:00:00Z from:"+ask.From.Format(time.RFC3339)+" marketplace:US operation:searchOrders page:1 region:na to:"+ask.To.Format(time.RFC3339)+"]" {
		t.Errorf("envelope %s", got)
	}
	if want := time.Date(2026, 11, 25, 11, 50, 0, 0, time.UTC); !s.Covered.Equal(want) {
		t.Errorf("covered %v, want until when Amazon says", s.Covered)
	}
	if docs[0].File.Name == docs[1].File.Name || docs[0].Request != "req-searchOrders" {
		t.Errorf("%q and %q, %q", docs[0].File.Name, docs[1].File.Name, docs[0].Request)
	}
}

// Mode 21: a region refuses some of the included data: it is asked with less, but never without money and state.
func TestMode21_IncludedDataRefused(t *testing.T) {
	t.Parallel()
	a := open(t)
	a.on("searchOrders", func(r request) reply {
		if strings.Contains(r.query.Get("includedData"), "EXPENSE") {
			return refusal(400, "InvalidInput", "Invalid includedData")
		}
		if r.query.Get("paginationToken") == "" {
			return ok(`{"orders":[{}],"pagination":{"nextToken":"t"}}`)
		}
		return ok(`{"orders":[]}`)
	})
	docs, _, err := a.run(a.ask(spapi.FeedOrders))
	if err != nil || len(docs) != 2 {
		t.Fatalf("%v, %v", docs, err)
	}
	got := a.asked("searchOrders")
	if len(got) != 3 || got[1].query.Get("includedData") != got[2].query.Get("includedData") || opened(t, docs[0]).Purser["page"] != 1.0 {
		t.Errorf("%d requests, page %v", len(got), opened(t, docs[0]).Purser["page"])
	}
	b := open(t)
	b.always("searchOrders", refusal(400, "InvalidInput", "lastUpdatedAfter is wrong"))
	_, _, err = b.run(b.ask(spapi.FeedOrders))
	wants(t, err, source.FaultInvalid)
	all := b.asked("searchOrders")
	if last := all[len(all)-1].query.Get("includedData"); len(all) != 3 || last != "PROCEEDS,FULFILLMENT" {
		t.Errorf("%d requests, the last with %s", len(all), last)
	}
}

// Modes 14 and 16: the stock of a marketplace is always read whole, everything repeated with the token, which is good for
// half a minute: two pages are read at once. All pages are of one moment.
func TestMode14_16_StockIsReadWhole(t *testing.T) {
	t.Parallel()
	a := open(t)
	page := func(sku, next string) reply {
		return ok(`{"payload":{"inventorySummaries":[{"sellerSku":"` + sku + `"}]},"pagination":{"nextToken":` + next + `}}`)
	}
	a.series("getInventorySummaries", page("1", `"x"`), page("2", `"y"`), page("3", "null"))
	docs, s, err := a.run(a.ask(spapi.FeedStock))
	if err != nil || len(docs) != 3 || !s.Covered.IsZero() {
		t.Fatalf("%v, %v", docs, err)
	}
	for i, r := range a.asked("getInventorySummaries") {
		next := r.query.Get("nextToken")
		r.query.Del("nextToken")
		if r.query.Encode() != "details=true&granularityId=ATVPDKIKX0DER&granularityType=Marketplace&marketplaceIds=ATVPDKIKX0DER" || next != []string{"", "x", "y"}[i] {
			t.Errorf("%d: %v, %q", i, r.query, next)
		}
		e := opened(t, docs[i])
		if e.Purser["fetched_at"] != "2026-11-25T12:00:00Z" || e.Purser["page"] != float64(i+1) || e.Purser["from"] != nil || !docs[i].Options.ObservedAt.Equal(docs[0].Options.ObservedAt) {
			t.Errorf("%d: %v", i, e.Purser)
		}
	}
	ask, steps := a.ask(spapi.FeedStock), 0
	a.clock.pass(time.Hour)
	a.series("getInventorySummaries", page("1", `"x"`), page("2", `"y"`), page("3", "null"))
	for ; ; steps++ {
		s, err := a.client.Step(t.Context(), ask)
		if e := asAPI(err); e != nil && e.Fault == source.FaultThrottled {
			a.clock.pass(e.After)
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if steps == 0 && len(s.Documents) != 2 {
			t.Errorf("%d pages at once", len(s.Documents))
		}
		if s.Done {
			break
		}
		ask.State = s.State
		a.clock.pass(s.Wait)
	}
}

// Mode 22: the token of a page is refused: the window begins anew. Without a token the same refusal is one of the request.
func TestMode22_ExpiredToken(t *testing.T) {
	t.Parallel()
	a := open(t)
	a.series("listTransactions", ok(`{"payload":{"transactions":[{}],"nextToken":"t"}}`), refusal(400, "InvalidInput", "Time to live (TTL) exceeded for the specified token"))
	_, _, err := a.run(a.ask(spapi.FeedTransactions))
	wants(t, err, source.FaultExpiredPage)
	a.always("listTransactions", refusal(400, "InvalidInput", "postedAfter is wrong"))
	_, _, err = a.run(a.ask(spapi.FeedTransactions))
	wants(t, err, source.FaultInvalid)
}

// Mode 23: transactions are asked for at most 30 days at a time; empty pages with a token are not the end.
func TestMode23_TransactionsInSlices(t *testing.T) {
	t.Parallel()
	a := open(t)
	a.series("listTransactions", ok(`{"payload":{"transactions":[],"nextToken":"a"}}`), ok(`{"payload":{"nextToken":"b"}}`), ok(`{"payload":{"transactions":[{}],"nextToken":"c"}}`), ok(`{"payload":{"nextToken":null}}`))
	ask := a.ask(spapi.FeedTransactions)
	ask.From = ask.To.Add(-200 * 24 * time.Hour)
	docs, s, err := a.run(ask)
	if err != nil || len(docs) != 2 || a.count("listTransactions") != 4 {
		t.Fatalf("%d documents of %d pages, %v", len(docs), a.count("listTransactions"), err)
	}
	end := ask.From.Add(30 * 24 * time.Hour)
	for i, r := range a.asked("listTransactions") {
		if r.query.Get("postedAfter") != dayBegins(ask.From).Format(time.RFC3339) || r.query.Get("postedBefore") != end.Format(time.RFC3339) || r.query.Get("marketplaceId") != "ATVPDKIKX0DER" {
			t.Errorf("%d: %v", i, r.query)
		}
	}
	if !s.Covered.Equal(end) {
		t.Errorf("covered %v, want %v", s.Covered, end)
	}
	if e := opened(t, docs[1]); e.Purser["to"] != end.Format(time.RFC3339) || e.Purser["page"] != 4.0 {
		t.Errorf("%v", e.Purser)
	}
}

// An answer without its list must not pass for nothing; a list that is null is one without entries.
func TestAnswersThatForgetTheirList(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ op, null string }{
		spapi.FeedOrders:       {"searchOrders", `{"orders":null}`},
		spapi.FeedStock:        {"getInventorySummaries", `{"payload":{"inventorySummaries":null}}`},
		spapi.FeedTransactions: {"listTransactions", `{"payload":{"transactions":null}}`},
		spapi.FeedListings:     {"searchListingsItems", `{"items":[]}`},
	} {
		a := open(t)
		for _, body := range []string{`{}`, `{"payload":null}`, `[]`, `"x"`, `{"errors":[{"code":"InternalFailure","message":"x"}]}`} {
			a.always(c.op, ok(body))
			docs, _, err := a.run(a.ask(name))
			if wants(t, err, source.FaultUnavailable); len(docs) != 0 {
				t.Errorf("%s: %s gave a document", name, body)
			}
			a.clock.pass(time.Hour)
		}
		a.always(c.op, ok(c.null))
		if docs, s, err := a.run(a.ask(name)); err != nil || len(docs) != 1 || !s.Done {
			t.Errorf("%s: %v, %v", name, docs, err)
		}
	}
}

// A catalogue of more offers than one list names goes on with those created later.
func TestListingsBeyondTheEndOfAList(t *testing.T) {
	t.Parallel()
	a := open(t)
	item := func(at string) string { return `{"sku":"` + at + `","summaries":[{"createdDate":"` + at + `"}]}` }
	a.on("searchListingsItems", func(r request) reply {
		switch r.query.Get("createdAfter") + r.query.Get("pageToken") {
		case "":
			return ok(`{"numberOfResults":5,"items":[` + item("2026-01-01T00:00:00Z") + `],"pagination":{"nextToken":"p2"}}`)
		case "p2":
			return ok(`{"numberOfResults":5,"items":[` + item("2026-02-01T00:00:00.5Z") + `]}`)
		case "2026-02-01T00:00:00Z":
			return ok(`{"numberOfResults":3,"items":[` + item("2026-02-01T00:00:00.5Z") + "," + item("2026-03-01T00:00:00Z") + "," + item("2026-03-02T00:00:00Z") + `]}`)
		}
		t.Errorf("asked with %v", r.query)
		return ok(`{"items":[]}`)
	})
	docs, _, err := a.run(a.ask(spapi.FeedListings))
	if err != nil || len(docs) != 3 || a.count("searchListingsItems") != 3 {
		t.Fatalf("%d documents, %v", len(docs), err)
	}
	if r := a.asked("searchListingsItems")[0]; r.path != "/listings/2021-08-01/items/"+seller || r.query.Get("sortBy") != "createdDate" || r.query.Get("pageSize") != "20" {
		t.Errorf("%s %v", r.path, r.query)
	}
	// One that counts more than it ever names ends all the same, also where it was created within a second.
	for _, at := range []string{"2026-02-01T00:00:00Z", "2026-02-01T00:00:00.5Z"} {
		a.always("searchListingsItems", ok(`{"numberOfResults":900,"items":[`+item(at)+`]}`))
		if docs, _, err := a.run(a.ask(spapi.FeedListings)); err != nil || len(docs) != 2 {
			t.Errorf("%s: %d documents, %v", at, len(docs), err)
		}
	}
}

func TestAskThatIsNone(t *testing.T) {
	t.Parallel()
	a := open(t)
	for _, ask := range []source.Ask{
		{Feed: "spapi.nothing", Region: "na", Marketplace: "US"},
		{Feed: spapi.FeedOrders, Region: "eu", Marketplace: "US"},
		{Feed: spapi.FeedOrders, Region: "na", Marketplace: "ZZ"},
		{Feed: spapi.FeedOrders, Region: "na"},
	} {
		_, err := a.client.Step(t.Context(), ask)
		wants(t, err, source.FaultInvalid)
	}
	// A state of another version begins anew.
	a.always("searchOrders", ok(`{"orders":[]}`))
	ask := a.ask(spapi.FeedOrders)
	ask.State = []byte(`{"phase":7}`)
	if s, err := a.client.Step(t.Context(), ask); err != nil || !s.Done {
		t.Errorf("%+v, %v", s, err)
	}
}
