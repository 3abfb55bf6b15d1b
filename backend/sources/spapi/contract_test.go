package spapi_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/sources/internal/swaggertest"
	"purser/backend/sources/spapi"
)

// used lists the operations that the client has a rate for.
func used() []string {
	var out []string
	for name := range spapi.Rates() {
		if !strings.HasPrefix(name, "GET_") {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// Every request that the client can make is what Amazon's models ask for: the fake checks each. Here every operation
// and every feed is asked for, and the fake answers with Amazon's own examples where it has one.
func TestEveryRequestIsByTheModel(t *testing.T) {
	t.Parallel()
	a := open(t)
	if a.models == nil {
		t.Skip("there are no models of Amazon: set PURSER_SHARED to the folder that has spapi-models")
	}
	a.answerAll()
	ctx, c := t.Context(), a.client
	usd := core.Money{Minor: 1999, Currency: "USD"}
	must := func(_ any, err error) {
		t.Helper()
		if err != nil {
			t.Error(err)
		}
	}
	must(c.Places(ctx, "na"))
	must(c.Order(ctx, "US", "111-0000001-0000001"))
	must(c.Metrics(ctx, spapi.MetricsQuery{Marketplace: "JP", From: a.clock.Now().Add(-48 * time.Hour), To: a.clock.Now(), Granularity: "Day", SKU: "a b"}))
	must(c.Metrics(ctx, spapi.MetricsQuery{Marketplace: "DE", From: a.clock.Now().Add(-48 * time.Hour), To: a.clock.Now(), Granularity: "Total"}))
	must(c.Listing(ctx, "US", "a/b c+d%"))
	must(c.Validate(ctx, "US", "a/b", `{"productType":"LUGGAGE","patches":[{"op":"replace","path":"/attributes/purchasable_offer","value":[{}]}]}`))
	_, _ = c.Patch(ctx, "US", "a/b", `{"productType":"LUGGAGE","patches":[{"op":"replace","path":"/attributes/purchasable_offer","value":[{}]}]}`)
	must(c.Balances(ctx, "na", "US", "CA"))
	must(c.Balances(ctx, "na"))
	must(c.Fees(ctx, []spapi.FeeQuery{{Marketplace: "US", SKU: "a b", Price: usd, FBA: true}, {Marketplace: "CA", SKU: "c", Price: core.Money{Minor: 100, Currency: "CAD"}}}))
	must(c.Competitions(ctx, "US", []string{"B000000001", "B000000002"}))
	must(c.Offered(ctx, "US", "111-0000001-0000001"))
	must(c.Ask(ctx, "US", "111-0000001-0000001"))
	must(c.Reports(ctx, "na", spapi.ReportFilter{
		Types: []string{"A", "B"}, Statuses: []string{"DONE", "FATAL"}, Marketplaces: []string{"ATVPDKIKX0DER"}, Since: a.clock.Now(), Until: a.clock.Now(), PageSize: 100,
	}))
	_, _, err := c.ReviewTopics(ctx, "US", "B000000001")
	must(nil, err)
	for _, f := range c.Feeds() {
		a.clock.pass(time.Hour)
		_, _, err := a.run(a.ask(f.Name))
		must(nil, err)
		again := a.ask(f.Name)
		again.Resumed, again.State = true, []byte(`{"phase":"create","at":`+fmt.Sprint(a.clock.Now().Unix())+`}`)
		a.clock.pass(time.Hour)
		if _, err := c.Step(ctx, again); err != nil {
			t.Errorf("%s: %v", f.Name, err)
		}
	}
	for _, name := range []string{"sellers", "orders", "traffic", "inventory", "finances", "listings", "account_health", "seller_feedback", "pricing", "fees", "solicitations", "customer_feedback"} {
		a.clock.pass(time.Hour)
		must(c.Probe(ctx, "na", name))
	}
	for _, op := range used() {
		if a.count(op) == 0 {
			t.Errorf("%s was never asked", op)
		}
	}
	t.Logf("%d requests of %d operations are as Amazon's models have them", len(a.got), len(used()))
}

// answerAll answers every operation with the first good example of Amazon's, or what its model allows.
func (a *amazon) answerAll() {
	a.t.Helper()
	for _, op := range used() {
		all, err := a.models.Examples(op)
		if err != nil {
			a.t.Fatal(err)
		}
		i := slices.IndexFunc(all, func(e swaggertest.Example) bool { return e.Status < 300 })
		if i >= 0 {
			a.always(op, reply{status: all[i].Status, body: string(all[i].Response)})
		}
	}
	a.report(ok("sku\tquantity\n"))
	a.always("getReports", ok(`{"reports":[]}`))
	a.always("searchOrders", ok(`{"orders":[]}`))
	a.always("listTransactions", ok(`{"payload":{"transactions":[]}}`))
	a.always("listBalances", ok(`{"balances":[]}`))
	a.always("searchListingsItems", ok(`{"numberOfResults":0,"items":[]}`))
	a.always("getInventorySummaries", ok(`{"payload":{"granularity":{},"inventorySummaries":[]}}`))
}

// Every static example that Amazon publishes for the operations used is decoded, and nothing of the fields that are
// read is lost: what is kept is compared with what was there.
func TestEveryExampleDecodesWithoutLoss(t *testing.T) {
	t.Parallel()
	m := swaggertest.Load(t, filepath.Join(os.Getenv("PURSER_SHARED"), "spapi-models"))
	all, err := m.Examples(used()...)
	if err != nil {
		t.Fatal(err)
	}
	answers, refusals, fields := 0, 0, 0
	for _, e := range all {
		name := fmt.Sprintf("%s %d", e.Operation, e.Status)
		if e.Status >= 300 {
			if said, ok := spapi.Said(e.Response); !ok || len(said) < 5 {
				t.Errorf("%s: %q of %s", name, said, e.Response)
			}
			refusals++
			continue
		}
		if len(e.Response) == 0 {
			continue // 204
		}
		kept, err := spapi.Reread(e.Operation, e.Response)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var was, is any
		if err := errorsOf(json.Unmarshal(e.Response, &was), json.Unmarshal(kept, &is)); err != nil {
			t.Fatal(err)
		}
		n, lost := compare(was, is, "")
		for _, l := range lost {
			t.Errorf("%s: %s", name, l)
		}
		fields += n
		answers++
	}
	if answers < 20 || refusals < 15 || fields < 200 {
		t.Errorf("%d answers, %d refusals, %d fields: fewer than Amazon publishes", answers, refusals, fields)
	}
	fmt.Printf("spapi: %d static examples decode (%d answers with %d fields that are read, %d refusals)\n", answers+refusals, answers, fields, refusals)
}

func errorsOf(all ...error) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}

// compare holds what was kept against what was there. What is kept has every field that is read: one that was there
// must be the same, one that was not must be nothing.
func compare(was, is any, at string) (fields int, lost []string) {
	switch is := is.(type) {
	case map[string]any:
		w, ok := was.(map[string]any)
		if !ok && was != nil {
			return 0, []string{at + " was no object"}
		}
		for k, v := range is {
			n, l := compare(w[k], v, at+"."+k)
			fields, lost = fields+n, append(lost, l...)
		}
		return fields, lost
	case []any:
		w, _ := was.([]any)
		if len(w) != len(is) {
			return 0, []string{fmt.Sprintf("%s had %d entries, not %d", at, len(w), len(is))}
		}
		for i := range is {
			n, l := compare(w[i], is[i], fmt.Sprintf("%s[%d]", at, i))
			fields, lost = fields+n, append(lost, l...)
		}
		return fields, lost
	}
	if was == nil {
		if is != nil && is != "" {
			return 0, []string{fmt.Sprintf("%s was nothing and is %v", at, is)}
		}
		return 0, nil
	}
	if fmt.Sprint(was) != fmt.Sprint(is) {
		return 1, []string{fmt.Sprintf("%s was %v and is %v", at, was, is)}
	}
	return 1, nil
}

// Feeds are complete and go with the reports that can be read.
func TestFeeds(t *testing.T) {
	t.Parallel()
	names, orders := map[string]bool{}, map[int]bool{}
	for _, f := range (&spapi.Client{}).Feeds() {
		if names[f.Name] || orders[f.Order] || !strings.HasPrefix(f.Name, "spapi.") || f.API != "spapi" || f.Title == "" || f.Group == "" || len(f.Kinds) != 1 || f.Needs == "" || f.Every == 0 || f.Keep == "" {
			t.Errorf("%+v", f)
		}
		names[f.Name], orders[f.Order] = true, true
		if !f.Snapshot && (f.History == 0 || f.Late == 0 || f.Slice == 0 && !f.DayByDay) {
			t.Errorf("%s has no window: %+v", f.Name, f)
		}
		if f.Snapshot && (f.History != 0 || f.Overlap != 0) {
			t.Errorf("%s has no past: %+v", f.Name, f)
		}
		if f.History > 548*24*time.Hour {
			t.Errorf("%s asks for more than may be kept", f.Name)
		}
	}
	if len(names) != 18 {
		t.Errorf("%d feeds, want 18", len(names))
	}
	if d := feed(t, "spapi.sales_and_traffic"); !d.DayByDay || len(d.Again) == 0 || d.Again[0].Past < 8*24*time.Hour {
		t.Errorf("mode 24: a day of sales and traffic is asked for again for a week: %+v", d)
	}
	if o := feed(t, spapi.FeedOrders); o.Overlap < 10*time.Minute || o.Late < 2*time.Minute {
		t.Errorf("mode 20: orders come late, so that windows overlap and end two minutes before now: %+v", o)
	}
	var _ source.API = (*spapi.Client)(nil)
}
