package sellercentral_test

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"purser/backend/core"
	"purser/backend/core/module"
	"purser/backend/core/module/moduletest"
	"purser/backend/core/source"
	"purser/backend/modules/advertising"
	"purser/backend/modules/inventory"
	"purser/backend/modules/listings"
	"purser/backend/modules/sales"
	"purser/backend/sources/sellercentral"
)

// answer is a document from an API.
func answer(envelope, body string) []byte {
	return []byte(`{"purser":{` + envelope + `},"body":` + body + `}`)
}

// batchesOf reads a document as ingest does.
func batchesOf(t *testing.T, data []byte, o source.Options, document int64) []source.Batch {
	t.Helper()
	f := memFile("d", data)
	in := inspected(t, f, o)
	var out []source.Batch
	_, err := sellercentral.New().Read(context.Background(), f, in, func(b source.Batch) error {
		rows := reflect.MakeSlice(reflect.TypeOf(b.Rows), b.Len, b.Len)
		reflect.Copy(rows, reflect.ValueOf(b.Rows))
		b.Rows, b.DocumentID = rows.Interface(), document
		if b.Period.To == 0 {
			b.Period = in.Period
		}
		out = append(out, b)
		return nil
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

type projector interface {
	module.Module
	module.Projector
	module.Exporter
}

// stored is all that a module exports after it took documents, by rows.
func stored(t *testing.T, m projector, documents ...[]source.Batch) []string {
	t.Helper()
	h := moduletest.Start(t, m)
	for _, batches := range documents {
		for _, b := range batches {
			if slices.Contains(m.Manifest().Consumes, b.Stream) {
				h.Apply(t, m, b)
			}
		}
	}
	var out []string
	for _, e := range m.Exports() {
		err := e.Rows(t.Context(), core.Period{From: core.Date(2026, 1, 1), To: core.Date(2027, 1, 1)}, func(r []any) error {
			out = append(out, fmt.Sprint(e.Name, " ", r))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	sort.Strings(out)
	return out
}

// meets stores two documents in both orders, and again, and wants the same database.
func meets(t *testing.T, fresh func() projector, a, b []source.Batch) []string {
	t.Helper()
	first := stored(t, fresh(), a, b)
	for name, docs := range map[string][][]source.Batch{"the other way round": {b, a}, "again": {a, b, a, b}, "again the other way round": {b, a, b, a}} {
		if diff := cmp.Diff(first, stored(t, fresh(), docs...)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	return first
}

func has(t *testing.T, rows []string, parts ...string) {
	t.Helper()
	if !slices.ContainsFunc(rows, func(r string) bool {
		return !slices.ContainsFunc(parts, func(p string) bool { return !strings.Contains(r, p) })
	}) {
		t.Errorf("no row with %q in %s", parts, strings.Join(rows, "\n"))
	}
}

func apiOrder(id, updated, status, sku, price string, quantity int) string {
	money := ""
	if price != "" {
		money = `,"proceeds":{"breakdowns":[{"type":"ITEM","subtotal":{"amount":"` + price + `","currencyCode":"USD"}}]}`
	}
	return fmt.Sprintf(`{"orderId":"%s","createdTime":"2026-06-17T18:00:00Z","lastUpdatedTime":"%s","salesChannel":{"channelName":"AMAZON","marketplaceId":"ATVPDKIKX0DER"},`+
		`"fulfillment":{"fulfillmentStatus":"%s","fulfilledBy":"AMAZON"},"orderItems":[{"quantityOrdered":%d,"product":{"asin":"B0A","title":"Pan","sellerSku":"%s"}%s}]}`,
		id, updated, status, quantity, sku, money)
}

func fileOrder(id, updated, status, sku, price string, quantity int) string {
	return strings.Join([]string{
		id, "", "2026-06-17T18:00:00+00:00", updated, status, "Amazon", "Amazon.com", "WebsiteOrderChannel", "", "Standard", "Pan", sku, "B0A", status,
		fmt.Sprint(quantity), "USD", price, "", "", "", "", "", "", "", "", "", "", "US", "", "false", "", "", "Amazon",
	}, "\t") + "\n"
}

// TestOrdersMeet: the report and the API fill the same rows; what was updated later counts, wherever it comes from.
func TestOrdersMeet(t *testing.T) {
	t.Parallel()
	const at, later = "2026-06-17T19:00:00", "2026-06-18T19:00:00"
	file := ordersHeader +
		fileOrder("111-0000001-0000001", at+"+00:00", "Pending", "SKU-A", "", 1) + // the API is later: shipped
		fileOrder("111-0000002-0000002", later+"+00:00", "Cancelled", "SKU-B", "", 1) + // the report is later: cancelled
		fileOrder("111-0000003-0000003", at+"+00:00", "Shipped", "SKU-C", "30.00", 3) + // both say the same
		fileOrder("111-0000004-0000004", at+"+00:00", "Shipped", "SKU-D", "40.00", 4) + // of one update: the API was asked later
		fileOrder("111-0000005-0000005", at+"+00:00", "Shipped", "SKU-E", "50.00", 5)
	api := answer(`"api":"spapi","operation":"searchOrders","region":"na","from":"2026-06-17T07:00:00Z","to":"2026-06-18T07:00:00Z","fetched_at":"2026-06-20T12:00:00Z"`,
		`{"orders":[`+strings.Join([]string{
			apiOrder("111-0000001-0000001", later+"Z", "SHIPPED", "SKU-A", "10.00", 1),
			apiOrder("111-0000002-0000002", at+"Z", "UNSHIPPED", "SKU-B", "20.00", 1),
			apiOrder("111-0000003-0000003", at+"Z", "SHIPPED", "SKU-C", "30.00", 3),
			apiOrder("111-0000004-0000004", at+"Z", "SHIPPED", "SKU-D", "44.00", 4),
			apiOrder("111-0000006-0000006", at+"Z", "SHIPPED", "SKU-F", "60.00", 6),
		}, ",")+`]}`)
	f := batchesOf(t, []byte(file), source.Options{ObservedAt: time.Date(2026, 6, 19, 12, 0, 0, 0, time.UTC)}, 1)
	a := batchesOf(t, api, source.Options{}, 2)
	rows := meets(t, func() projector { return sales.New() }, f, a)
	for sku, want := range map[string]string{"SKU-A": "1 1000 USD", "SKU-C": "3 3000 USD", "SKU-D": "4 4400 USD", "SKU-E": "5 5000 USD", "SKU-F": "6 6000 USD"} {
		has(t, rows, "sales.daily", "2026-06-17", sku, want)
	}
	if diff := cmp.Diff(rows, stored(t, sales.New(), f, a)); diff != "" {
		t.Error(diff)
	}
	has(t, rows, "SKU-B", " 0 0 ") // what was cancelled later is not sold
}

// TestStockMeets: the later observation of a day wins for a SKU, and pages say nothing of what they do not name.
func TestStockMeets(t *testing.T) {
	t.Parallel()
	const head = "sku\tfnsku\tasin\tproduct-name\tcondition\tyour-price\tafn-fulfillable-quantity\tafn-unsellable-quantity\tafn-reserved-quantity\tafn-total-quantity\tafn-inbound-working-quantity\tafn-inbound-shipped-quantity\tafn-inbound-receiving-quantity\tafn-researching-quantity\n"
	const line = "%s\tX%[1]s\tB0A\tPan\tNew\t9.99\t%d\t0\t1\t%[2]d\t0\t0\t0\t0\n"
	file := []byte(head + fmt.Sprintf(line, "A", 10) + fmt.Sprintf(line, "B", 20))
	page := func(at string, skus ...string) []byte {
		var list []string
		for _, s := range skus {
			list = append(list, fmt.Sprintf(`{"sellerSku":"%s","fnSku":"X%[1]s","asin":"B0A","totalQuantity":7,"inventoryDetails":{"fulfillableQuantity":5,"reservedQuantity":{"totalReservedQuantity":2}}}`, s))
		}
		return answer(`"api":"spapi","operation":"getInventorySummaries","marketplace":"US","fetched_at":"`+at+`"`, `{"payload":{"inventorySummaries":[`+strings.Join(list, ",")+`]}}`)
	}
	at := func(h int) source.Options {
		return source.Options{Marketplace: "US", ObservedAt: time.Date(2026, 11, 20, h, 0, 0, 0, time.UTC)}
	}
	fresh := func() projector { return inventory.New() }
	newer := meets(t, fresh, batchesOf(t, file, at(18), 1), batchesOf(t, page("2026-11-20T20:00:00Z", "A", "B"), source.Options{}, 2))
	has(t, newer, "A", "5")
	older := meets(t, fresh, batchesOf(t, file, at(20), 1), batchesOf(t, page("2026-11-20T18:00:00Z", "A", "B"), source.Options{}, 2))
	has(t, older, "A", "10")
	// Pages of one pass, in any order.
	o := at(20)
	o.Marketplace = ""
	pages := meets(t, fresh, batchesOf(t, page("2026-11-20T20:00:01Z", "A"), o, 1), batchesOf(t, page("2026-11-20T20:00:03Z", "B"), o, 2))
	has(t, pages, "A", "5")
	has(t, pages, "B", "5")
	// A page after the report leaves what it does not name.
	part := stored(t, inventory.New(), batchesOf(t, file, at(18), 1), batchesOf(t, page("2026-11-20T20:00:00Z", "A"), source.Options{}, 2))
	has(t, part, "A", "5")
	has(t, part, "B", "20")
}

// TestListingsMeet: as stock.
func TestListingsMeet(t *testing.T) {
	t.Parallel()
	file := []byte("item-name\tlisting-id\tseller-sku\tprice\tquantity\topen-date\tasin1\tfulfillment-channel\tstatus\nPan\t01\tA\t9.99\t4\t2023-01-07 07:35:42 PST\tB0A\tDEFAULT\tActive\n")
	api := answer(`"api":"spapi","operation":"searchListingsItems","marketplace":"US","fetched_at":"2026-11-20T20:00:00Z"`,
		`{"items":[{"sku":"A","summaries":[{"marketplaceId":"ATVPDKIKX0DER","asin":"B0A","status":[],"itemName":"Pan","createdDate":"2023-01-07T15:35:42Z"}],`+
			`"offers":[{"marketplaceId":"ATVPDKIKX0DER","offerType":"B2C","price":{"amount":"8.49","currencyCode":"USD"}}],"fulfillmentAvailability":[{"fulfillmentChannelCode":"DEFAULT","quantity":0}],`+
			`"issues":[{"code":"1","message":"No image","enforcements":{"actions":[{"action":"SEARCH_SUPPRESSED"}]}}]}]}`)
	for hour, want := range map[int]string{18: "Inactive", 22: "Active"} {
		f := batchesOf(t, file, source.Options{Marketplace: "US", ObservedAt: time.Date(2026, 11, 20, hour, 0, 0, 0, time.UTC)}, 1)
		rows := meets(t, func() projector { return listings.New() }, f, batchesOf(t, api, source.Options{}, 2))
		has(t, rows, " A ", want)
	}
}

// TestAdsMeet: of two reports that tell a day the later one counts, and the names are the same.
func TestAdsMeet(t *testing.T) {
	t.Parallel()
	const head = "Date,Currency,Campaign Name,Ad Group Name,Country,Targeting,Match Type,Customer Search Term,Impressions,Clicks,Spend,7 Day Total Sales ,7 Day Total Orders (#),7 Day Total Units (#)\n"
	file := []byte(head + "2026-11-20,USD,Pans,G,United States,pan,EXACT,iron pan,100,10,5.00,20.00,1,1\n2026-11-20,USD,Pans,G,United States,close-match,-,pan,100,2,1.00,0.00,0,0\n")
	api := answer(`"api":"adsapi","operation":"getReport","report":"spSearchTerm","marketplace":"US","currency":"USD","from":"2026-11-20","to":"2026-11-20","fetched_at":"2026-11-22T20:00:00Z"`,
		`[{"date":"2026-11-20","campaignName":"Pans","adGroupName":"G","targeting":"pan","matchType":"EXACT","searchTerm":"iron pan","impressions":120,"clicks":12,"cost":6.0,"sales7d":40.0,"purchases7d":2,"unitsSoldClicks7d":2},`+
			`{"date":"2026-11-20","campaignName":"Pans","adGroupName":"G","targeting":"close-match","matchType":"TARGETING_EXPRESSION_PREDEFINED","searchTerm":"pan","impressions":100,"clicks":2,"cost":1.0,"sales7d":null,"purchases7d":null,"unitsSoldClicks7d":null}]`)
	for day, want := range map[int]string{21: "600", 23: "500"} {
		f := batchesOf(t, file, source.Options{ObservedAt: time.Date(2026, 11, day, 18, 0, 0, 0, time.UTC)}, 1)
		a := batchesOf(t, api, source.Options{}, 2)
		rows := meets(t, func() projector { return advertising.New() }, f, a)
		has(t, rows, "iron pan", want)
		fileRows, apiRows := f[0].Rows.([]source.AdRow), a[0].Rows.([]source.AdRow) //nolint:forcetypeassert // read above
		for i := range fileRows {
			x, y := fileRows[i], apiRows[i]
			for _, r := range []*source.AdRow{&x, &y} {
				r.Row, r.Impressions, r.Clicks, r.Spend, r.Sales, r.Orders, r.Units = 0, 0, 0, 0, 0, 0, 0
			}
			if x != y {
				t.Errorf("another key: %+v, %+v", x, y)
			}
		}
	}
}

// TestAdRowsComeOnce: a row that a report tells twice counts once. Two campaigns of one name have different ids, and rows
// without ids may be of two campaigns: they add up.
func TestAdRowsComeOnce(t *testing.T) {
	t.Parallel()
	row := func(id, day string) string {
		return `{` + id + `"date":"` + day + `","campaignName":"Pans","campaignStatus":"ENABLED","impressions":100,"clicks":2,"cost":1.0,"sales7d":0,"purchases7d":0,"unitsSoldClicks7d":0}`
	}
	const one, two = `"campaignId":1,`, `"campaignId":2,`
	for name, c := range map[string]struct {
		rows []string
		want int
	}{
		"twice":              {[]string{row(one, "2026-11-20"), row(one, "2026-11-21"), row(one, "2026-11-20")}, 2},
		"two of one name":    {[]string{row(one, "2026-11-20"), row(two, "2026-11-20")}, 2},
		"nobody knows which": {[]string{row("", "2026-11-20"), row("", "2026-11-20")}, 2},
	} {
		doc := answer(`"api":"adsapi","operation":"getReport","report":"spCampaigns","marketplace":"US","currency":"USD","from":"2026-11-20","to":"2026-11-21","fetched_at":"2026-11-22T20:00:00Z"`,
			"["+strings.Join(c.rows, ",")+"]")
		got := 0
		for _, b := range batchesOf(t, doc, source.Options{}, 1) {
			got += len(b.Rows.([]source.AdRow)) //nolint:forcetypeassert // as the kind says
		}
		if got != c.want {
			t.Errorf("%s: %d rows", name, got)
		}
	}
}

// Fault 29: what comes twice, and from two sides, is counted once.
// TestTransactionsAreCountedOnce: what the API tells is never in the stream of the reports, so that it cannot be added to them; the
// two states of a deferred transaction are one record in whatever order they come, and a release is none.
func TestTransactionsAreCountedOnce(t *testing.T) {
	t.Parallel()
	for _, k := range sellercentral.New().Kinds() {
		if k.Name == "api_transactions" && !slices.Equal(k.Streams, []source.Stream{source.TransactionsByAPI}) || k.Name != "api_transactions" && slices.Contains(k.Streams, source.TransactionsByAPI) {
			t.Errorf("%s gives %v", k.Name, k.Streams)
		}
	}
	entry := func(id, status, posted, related string) string {
		return `{"transactionId":"` + id + `","transactionType":"Shipment","transactionStatus":"` + status + `","description":"Order Payment","postedDate":"` + posted +
			`","totalAmount":{"currencyCode":"USD","currencyAmount":10.5},"marketplaceDetails":{"marketplaceId":"ATVPDKIKX0DER"},"relatedIdentifiers":[{"relatedIdentifierName":"ORDER_ID","relatedIdentifierValue":"111"}` + related + `]}`
	}
	held := entry("D1", "DEFERRED", "2026-11-01T10:00:00Z", "")
	freed := entry("D1", "DEFERRED_RELEASED", "2026-11-01T10:00:00Z", `,{"relatedIdentifierName":"RELEASE_TRANSACTION_ID","relatedIdentifierValue":"R1"}`)
	release := entry("R1", "RELEASED", "2026-11-08T10:00:00Z", `,{"relatedIdentifierName":"DEFERRED_TRANSACTION_ID","relatedIdentifierValue":"D1"}`)
	plain := entry("P1", "RELEASED", "2026-11-02T10:00:00Z", "")
	count := map[source.Transaction]bool{}
	for _, page := range [][]string{{held}, {freed, release}, {release}, {release, held, freed}, {freed}, {held, plain}} {
		got := 0
		doc := answer(`"api":"spapi","operation":"listTransactions","marketplace":"US","fetched_at":"2026-11-10T00:00:00Z"`, `{"payload":{"transactions":[`+strings.Join(page, ",")+`]}}`)
		for _, b := range batchesOf(t, doc, source.Options{}, 1) {
			if b.Stream != source.TransactionsByAPI {
				t.Errorf("stream %s", b.Stream)
			}
			for _, r := range b.Rows.([]source.Transaction) { //nolint:forcetypeassert // the stream's record
				if r.Class == source.ClassReleased {
					if r.ID != "R1" || r.Total != 0 {
						t.Errorf("%+v", r)
					}
					continue
				}
				r.Row = 0
				count[r] = true
				got++
			}
		}
		if want := map[bool]int{true: 2, false: 1}[slices.Contains(page, plain)]; got != want && (len(page) != 1 || page[0] != release || got != 0) {
			t.Errorf("%d records of %q", got, page)
		}
	}
	if len(count) != 2 {
		t.Errorf("the deferred and the plain one gave %d records: %v", len(count), count)
	}
}

// TestRecordsOfATransactionCountUp: rows of the records of a transaction count up as their parts do, also where an item
// was rejected or the items come to less than the whole, so that transactions without an id can be told apart.
func TestRecordsOfATransactionCountUp(t *testing.T) {
	t.Parallel()
	item := func(amount string) string {
		return `{"description":"Pan","totalAmount":{"currencyCode":"USD","currencyAmount":` + amount + `},"contexts":[{"sku":"A","quantityShipped":1}]}`
	}
	entry := func(total string, items ...string) string {
		return `{"transactionType":"Refund","transactionStatus":"RELEASED","description":"Refund","postedDate":"2026-11-01T10:00:00Z","totalAmount":{"currencyCode":"USD","currencyAmount":` + total +
			`},"marketplaceDetails":{"marketplaceId":"ATVPDKIKX0DER"},"items":[` + strings.Join(items, ",") + `]}`
	}
	doc := answer(`"api":"spapi","operation":"listTransactions","marketplace":"US","fetched_at":"2026-11-10T00:00:00Z"`, `{"payload":{"transactions":[`+strings.Join([]string{
		entry("-3", item("-1"), item("-2")), entry("-9", item("-1"), item("-2")), entry("-3", item(`"much"`), item("-2")), entry("-1", item("-1")), entry("-1", item("-1")), entry("-5"),
	}, ",")+`]}}`)
	var got [][2]int32
	for _, b := range batchesOf(t, doc, source.Options{}, 1) {
		for _, r := range b.Rows.([]source.Transaction) { //nolint:forcetypeassert // the stream's record
			got = append(got, [2]int32{r.Row - r.Part, r.Part})
		}
	}
	want := [][2]int32{{1, 0}, {1, 1}, {3, 0}, {3, 1}, {3, 2}, {6, 1}, {9, 0}, {10, 0}, {11, 0}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestALineThatCouldNotBeReadStays: of two lines that an order has of a SKU a newer document has one that could not be
// read. Both stay, and neither takes the place of the other, in whichever order the documents come.
func TestALineThatCouldNotBeReadStays(t *testing.T) {
	t.Parallel()
	const id, at = "111-0000001-0000001", "2026-06-17T19:00:00"
	first, second := fileOrder(id, at+"+00:00", "Shipped", "SKU-A", "10.00", 1), fileOrder(id, at+"+00:00", "Shipped", "SKU-A", "20.00", 2)
	others := ""
	for i := range 200 {
		others += fileOrder(fmt.Sprintf("111-0000002-%07d", i), at+"+00:00", "Shipped", "SKU-B", "1.00", 1)
	}
	file := func(doc int64, rows ...string) []source.Batch {
		o := source.Options{ObservedAt: time.Date(2026, 6, 18+int(doc), 12, 0, 0, 0, time.UTC)}
		return batchesOf(t, []byte(ordersHeader+strings.Join(rows, "")+others), o, doc)
	}
	broken := func(row string) []string {
		return []string{
			strings.Replace(row, "\tSKU-A\tB0A\tShipped\t", "\tSKU-A\tB0A\tShipped\tx", 1),
			strings.Replace(row, "2026-06-17T18:00:00+00:00", "yesterday", 1),
			strings.Replace(row, "Amazon.com\t", "Amazon.moon\t", 1),
			strings.Replace(row, "\tUSD\t", "\tUS Dollar\t", 1),
		}
	}
	item := func(sku, quantity, price string) string {
		return `{"quantityOrdered":` + quantity + `,"product":{"sellerSku":"` + sku + `"},"proceeds":{"breakdowns":[{"type":"ITEM","subtotal":{"amount":"` + price + `","currencyCode":"USD"}}]}}`
	}
	page := func(items ...string) []source.Batch {
		order := apiOrder(id, at+"Z", "SHIPPED", "SKU-A", "", 1)
		order = order[:strings.Index(order, `[`)+1] + strings.Join(items, ",") + "]}"
		return batchesOf(t, answer(`"api":"spapi","operation":"searchOrders","region":"na","from":"2026-06-17T07:00:00Z","to":"2026-06-18T07:00:00Z","fetched_at":"2026-06-22T12:00:00Z"`,
			`{"orders":[`+order+`,`+apiOrder("111-0000003-0000003", at+"Z", "SHIPPED", "SKU-C", "3.00", 1)+`]}`), source.Options{}, 2)
	}
	newer := map[string][]source.Batch{
		"second item": page(item("SKU-A", "1", "10.00"), item("SKU-A", `"many"`, "20.00")),
		"first item":  page(item("SKU-A", `"many"`, "10.00"), item("SKU-A", "2", "20.00")),
		"no SKU":      page(item("SKU-A", "1", "10.00"), item("", "2", "20.00")),
	}
	for i, row := range broken(first) {
		newer[fmt.Sprint("first row ", i)] = file(2, row, second)
	}
	for i, row := range broken(second) {
		newer[fmt.Sprint("second row ", i)] = file(2, first, row)
	}
	for name, doc := range newer {
		if !doc[0].Partial {
			t.Errorf("%s: nothing was rejected", name)
		}
		whole := file(1, first, second)
		for _, docs := range [][][]source.Batch{{whole, doc}, {doc, whole}, {whole, doc, whole, doc}} {
			has(t, stored(t, sales.New(), docs...), "sales.daily", "SKU-A 3 3000 USD")
		}
	}
}
