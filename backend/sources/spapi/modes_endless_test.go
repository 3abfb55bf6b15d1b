package spapi_test

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"purser/backend/core/source"
	"purser/backend/sources/spapi"
)

// paged are the feeds that are read page by page, with the operation of each and a page of it that has one row.
var paged = map[string]struct{ operation, page string }{
	spapi.FeedOrders:       {"searchOrders", `{"orders":[{"orderId":"%[1]s"}],"pagination":{"nextToken":"%[1]s"}}`},
	spapi.FeedStock:        {"getInventorySummaries", `{"payload":{"inventorySummaries":[{"sellerSku":"%[1]s"}]},"pagination":{"nextToken":"%[1]s"}}`},
	spapi.FeedTransactions: {"listTransactions", `{"payload":{"transactions":[{"transactionId":"%[1]s"}],"nextToken":"%[1]s"}}`},
	spapi.FeedListings:     {"searchListingsItems", `{"items":[{"sku":"%[1]s"}],"pagination":{"nextToken":"%[1]s"}}`},
}

// pages reads on until it is done, an error comes or more than most pages were read, and gives the names of the documents.
// The state never becomes large: it is stored at each step.
func (a *amazon) pages(ask *source.Ask, operation string, most int) (names map[string]bool, done bool, err error) {
	a.t.Helper()
	names = map[string]bool{}
	for end := a.count(operation) + most; a.count(operation) < end; {
		s, err := a.client.Step(a.t.Context(), *ask)
		if e := asAPI(err); e != nil && e.Fault == source.FaultThrottled {
			a.clock.pass(max(e.After, time.Second))
			continue
		}
		if err != nil {
			return names, false, err
		}
		if len(s.State) > 3000 {
			a.t.Fatalf("%s: the state has %d bytes", operation, len(s.State))
		}
		for _, d := range s.Documents {
			names[d.File.Name] = true
		}
		if ask.State = s.State; s.Done {
			return names, true, nil
		}
		a.clock.pass(s.Wait)
	}
	return names, false, nil
}

// Mode 15: a token comes again, soon or after hundreds of pages, or pages do not end: it begins anew instead of going
// round for ever.
func TestMode15_RepeatedAndEndlessTokens(t *testing.T) {
	t.Parallel()
	for name, feed := range paged {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			page := func(next string) reply { return ok(fmt.Sprintf(feed.page, next)) }
			a := open(t)
			a.series(feed.operation, page("A"), page("B"), page("A"))
			_, _, err := a.run(a.ask(name))
			wants(t, err, source.FaultExpiredPage)
			if n := a.count(feed.operation); n > 4 {
				t.Errorf("%d pages", n)
			}
			a.models = nil // hundreds of requests
			n := 0
			a.on(feed.operation, func(request) reply { n++; return page(strconv.Itoa(n % 150)) })
			ask := a.ask(name)
			_, _, err = a.pages(&ask, feed.operation, 500)
			wants(t, err, source.FaultExpiredPage)

			a.on(feed.operation, func(request) reply { n++; return page("n" + strconv.Itoa(n)) })
			ask = a.ask(name)
			if names, done, err := a.pages(&ask, feed.operation, 600); err != nil || done || len(names) < 600 {
				t.Fatalf("after 600 pages: %d documents, %v, %v", len(names), done, err)
			}
			standing := 0
			a.on(feed.operation, func(request) reply {
				standing++
				return ok(fmt.Sprintf(strings.Replace(feed.page, "%[1]s", "same", 1), "s"+strconv.Itoa(standing)))
			})
			still := a.ask(name)
			_, _, err = a.pages(&still, feed.operation, 100)
			wants(t, err, source.FaultExpiredPage)
			if standing > 60 {
				t.Errorf("%d pages with one and the same row", standing)
			}
			a.on(feed.operation, func(request) reply { n++; return page("n" + strconv.Itoa(n)) })
			ask.State = turnedOften(t, ask.State, 9995)
			_, _, err = a.pages(&ask, feed.operation, 10)
			wants(t, err, source.FaultExpiredPage)
		})
	}
}

// turnedOften is a state after so many pages.
func turnedOften(t *testing.T, text []byte, n int) []byte {
	t.Helper()
	state := map[string]any{}
	if err := json.Unmarshal(text, &state); err != nil || state["turns"] == nil {
		t.Fatalf("%s: %v", text, err)
	}
	state["turns"] = n
	out, err := json.Marshal(state)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A catalogue and a stock of many SKUs are read to their end, each page once. Lists of listings that end early follow each
// other as long as there are some, and their tokens may be the same.
func TestManyPagesEnd(t *testing.T) {
	t.Parallel()
	a := open(t)
	a.models = nil // hundreds of requests
	const lists, each = 14, 50
	first := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	a.on("searchListingsItems", func(r request) reply {
		list, n := 0, 0
		if after := r.query.Get("createdAfter"); after != "" {
			at, _ := time.Parse(time.RFC3339, after)
			list = int(at.Sub(first)/time.Hour) / each
		}
		n, _ = strconv.Atoi(r.query.Get("pageToken"))
		next := ""
		if n < each-1 {
			next = strconv.Itoa(n + 1)
		}
		made := first.Add(time.Duration(list*each+n+1) * time.Hour)
		return ok(fmt.Sprintf(`{"numberOfResults":%d,"items":[{"summaries":[{"createdDate":"%s"}]}],"pagination":{"nextToken":"%s"}}`,
			(lists-list)*each, made.Format(time.RFC3339), next))
	})
	ask := a.ask(spapi.FeedListings)
	if names, done, err := a.pages(&ask, "searchListingsItems", 1000); err != nil || !done || len(names) != lists*each || a.count("searchListingsItems") != lists*each {
		t.Errorf("listings: %d documents of %d pages, %v, %v", len(names), a.count("searchListingsItems"), done, err)
	}
	a.on("getInventorySummaries", func(r request) reply {
		n, _ := strconv.Atoi(r.query.Get("nextToken"))
		next := ""
		if n < 700 {
			next = strconv.Itoa(n + 1)
		}
		return ok(fmt.Sprintf(paged[spapi.FeedStock].page, next))
	})
	ask = a.ask(spapi.FeedStock)
	if names, done, err := a.pages(&ask, "getInventorySummaries", 1000); err != nil || !done || len(names) != 701 {
		t.Errorf("stock: %d documents, %v, %v", len(names), done, err)
	}
}
