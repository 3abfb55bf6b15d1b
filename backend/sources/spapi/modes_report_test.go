package spapi_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/sources/sellercentral"
	"purser/backend/sources/spapi"
)

const listed = `{"reportId":"R1","reportType":"X","processingStatus":"%s","createdTime":"2026-11-25T12:00:30Z"%s}`

func status(s, more string) reply { return ok(fmt.Sprintf(listed, s, more)) }

func packed(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write([]byte(s))
	_ = w.Close()
	return b.String()
}

// A report is announced, asked for, waited for and fetched; each step does one thing.
func TestAReportStepByStep(t *testing.T) {
	t.Parallel()
	a := open(t)
	a.report(ok(packed("sku\tquantity\nA-1\t3\n")))
	a.series("getReport", status("IN_QUEUE", ""), status("IN_PROGRESS", ""), status("WHATEVER_COMES", ""),
		status("DONE", `,"processingStartTime":"2026-11-25T12:00:45Z","processingEndTime":"2026-11-27T12:01:00Z","reportDocumentId":"D/1"`))
	ask := a.ask("spapi.all_orders")
	var phases []string
	for range 10 {
		before := len(a.got)
		s, err := a.client.Step(t.Context(), ask)
		if err != nil {
			t.Fatal(err)
		}
		var ops []string
		for _, r := range a.got[before:] {
			ops = append(ops, r.operation)
		}
		phases = append(phases, strings.Join(ops, "+")+" "+s.Wait.String())
		ask.State = s.State
		if s.Done {
			d := s.Documents[0]
			if len(s.Documents) != 1 || content(t, d) != "sku\tquantity\nA-1\t3\n" || d.Options.Marketplace != "US" || d.Request != "R1" {
				t.Errorf("%+v", d)
			}
			whole := core.LastDays(core.Date(2026, 11, 24), 1)
			if d.Options.Period != whole {
				t.Errorf("it covers %v, want %v", d.Options.Period, whole)
			}
			if at := time.Date(2026, 11, 25, 12, 0, 45, 0, time.UTC); !d.Options.ObservedAt.Equal(at) {
				t.Errorf("observed %v, want when Amazon began to make it", d.Options.ObservedAt)
			}
			break
		}
		a.clock.pass(s.Wait + time.Minute)
	}
	want := []string{" 0s", "createReport 30s", "getReport 45s", "getReport 1m7.5s", "getReport 1m41.25s", "getReport 0s", "getReportDocument+document 0s"}
	if strings.Join(phases, "|") != strings.Join(want, "|") {
		t.Errorf("steps %q, want %q", phases, want)
	}
	var body spapi.ReportRequest
	if err := json.Unmarshal([]byte(a.asked("createReport")[0].body), &body); err != nil {
		t.Fatal(err)
	}
	us, _ := core.MarketplaceByCode("US")
	begin := core.DayOf(ask.From, us.Zone()).Start(us.Zone()) // of a day, so that it is told whole
	if body.Type != "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL" || body.Start != begin.UTC().Format(time.RFC3339) || body.End != ask.To.Format(time.RFC3339) {
		t.Errorf("%+v", body)
	}
}

// Modes 1 and 2: a report ends FATAL without a word, time and again. It says how long to leave it, and is no loop here.
func TestMode01_02_FatalWithoutReason(t *testing.T) {
	t.Parallel()
	for name, after := range map[string]time.Duration{"spapi.all_orders": 30 * time.Minute, "spapi.fba_inventory_planning": 4 * time.Hour} {
		a := open(t)
		a.report(ok(""))
		a.always("getReport", status("FATAL", ""))
		_, _, err := a.run(a.ask(name))
		e := wants(t, err, source.FaultFatal)
		if e.After != after || a.count("createReport") != 1 || a.count("getReportDocument") != 0 {
			t.Errorf("%s: after %v, %d created", name, e.After, a.count("createReport"))
		}
	}
}

// Mode 3: a report stands in the queue for days, over restarts. It is late, asked after by its id, and never asked for again.
func TestMode03_StuckForDays(t *testing.T) {
	t.Parallel()
	a := open(t)
	a.report(ok("sku\n"))
	done := a.answers["getReport"]
	a.always("getReport", status("IN_QUEUE", ""))
	a.always("getReports", ok(`{"reports":[]}`))
	ask := a.ask("spapi.fba_inventory_planning")
	begin, sawLate := a.clock.Now(), false
	for {
		s, err := a.client.Step(t.Context(), ask)
		if err != nil {
			t.Fatal(err)
		}
		age := a.clock.Now().Sub(begin)
		if s.Late != (age >= 3*time.Hour) && age < 72*time.Hour {
			t.Fatalf("late is %v after %v", s.Late, age)
		}
		sawLate = sawLate || s.Late
		if s.Wait > 15*time.Minute {
			t.Fatalf("waits %v", s.Wait)
		}
		if s.Done {
			break
		}
		ask.State, ask.Resumed = s.State, true // restarted between any two steps
		a.clock.pass(s.Wait)
		if age > 72*time.Hour {
			a.on("getReport", done)
		}
	}
	if a.count("createReport") != 1 || !sawLate {
		t.Errorf("created %d, late %v", a.count("createReport"), sawLate)
	}
	if n := a.count("getReport"); n > 450 {
		t.Errorf("asked %d times in three days", n)
	}
}

// Mode 4: a FATAL report that has a document says there what was wrong.
func TestMode04_FatalWithDocument(t *testing.T) {
	t.Parallel()
	a := open(t)
	a.report(ok("Invalid date 2026-06-31 for token Atza|c4n4ry" + strings.Repeat(" and so on", 1000)))
	a.always("getReport", status("FATAL", `,"reportDocumentId":"D1"`))
	_, _, err := a.run(a.ask("spapi.fba_returns"))
	e := wants(t, err, source.FaultFatal)
	if !strings.Contains(e.Message, "Invalid date 2026-06-31") || !strings.HasPrefix(e.Raw, "Invalid date") {
		t.Errorf("%q, %q", e.Message, e.Raw)
	}
	a.always("document", reply{status: 403})
	_, _, err = a.run(a.ask("spapi.fba_returns"))
	wants(t, err, source.FaultFatal) // the reason is lost, what happened is not
}

// Mode 5: Amazon does not make a report for the account.
func TestMode05_NotOffered(t *testing.T) {
	t.Parallel()
	a := open(t)
	for _, words := range []string{"Your report could not be applied to any marketplaces.", "Request for report type 1118 is not allowed at this time"} {
		a.always("createReport", refusal(400, "InvalidInput", words))
		_, _, err := a.run(a.ask("spapi.restock_recommendations"))
		wants(t, err, source.FaultNotOffered)
	}
	a.always("createReport", refusal(400, "InvalidInput", "Invalid Report Type"))
	_, _, err := a.run(a.ask("spapi.restock_recommendations"))
	if e := wants(t, err, source.FaultInvalid); !strings.Contains(e.Message, "Invalid Report Type") {
		t.Errorf("%q", e.Message)
	}
	if a.count("createReport") != 3 {
		t.Errorf("asked %d times", a.count("createReport"))
	}
}

// Fault 24: CANCELLED means that there was nothing to report: Amazon cancels what would be empty. A snapshot says then
// that there is nothing.
func TestCancelledIsNothingToReport(t *testing.T) {
	t.Parallel()
	for feed, kind := range map[string]string{
		"spapi.stranded_inventory": "stranded_inventory", "spapi.suppressed_listings": "suppressed_listings", "spapi.fba_returns": "", "spapi.fba_inventory": "",
	} {
		a := open(t)
		a.report(ok(""))
		a.always("getReport", status("CANCELLED", `,"processingStartTime":"2026-11-25T12:00:45Z"`))
		docs, s, err := a.run(a.ask(feed))
		if err != nil || (len(docs) == 1) != (kind != "") || s.Nothing == "" {
			t.Errorf("%s: %v, %+v, %v", feed, docs, s, err)
		}
		for _, d := range docs {
			in, err := sellercentral.New().Inspect(t.Context(), d.File, d.Options)
			if err != nil || in.Kind != kind || in.Rows != 0 || in.Marketplace != "US" || len(in.UnknownColumns) > 0 || len(in.Needs) > 0 ||
				slices.ContainsFunc(in.Problems, func(p source.Problem) bool { return p.Fatal }) {
				t.Errorf("%s: %+v, %v", feed, in, err)
			}
		}
	}
}

// Mode 9: what is packed is told by the bytes: the flag GZIP stands beside plain documents, and its absence beside packed ones.
func TestMode09_GzipFlagOnPlainBody(t *testing.T) {
	t.Parallel()
	const text = "sku\tquantity\nA-1\t3\n"
	for name, body := range map[string]string{"plain": text, "packed": packed(text)} {
		for _, encoding := range []string{"", "gzip"} {
			a := open(t)
			a.report(reply{status: 200, body: body, header: map[string]string{"Content-Encoding": encoding}})
			docs, _, err := a.run(a.ask("spapi.fba_inventory"))
			if err != nil || len(docs) != 1 || content(t, docs[0]) != text {
				t.Errorf("%s, said to be %q: %v, %v", name, encoding, docs, err)
			}
		}
	}
	a := open(t)
	whole := packed(strings.Repeat(text, 100))
	a.report(ok(whole[:len(whole)-9]))
	docs, _, err := a.run(a.ask("spapi.fba_inventory"))
	if wants(t, err, source.FaultUnavailable); len(docs) != 0 {
		t.Error("half a document was given")
	}
}

// Mode 10: an address is dead after five minutes. Another is asked for; nothing of ours is sent along.
func TestMode10_AddressNoLongerGood(t *testing.T) {
	t.Parallel()
	a := open(t)
	a.report(ok(""))
	a.series("document", reply{status: 403, body: "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>"}, reply{status: 404}, ok("sku\n"))
	docs, _, err := a.run(a.ask("spapi.fba_inventory"))
	if err != nil || len(docs) != 1 || a.count("getReportDocument") != 3 || a.count("createReport") != 1 {
		t.Fatalf("%v, %v, %d addresses", docs, err, a.count("getReportDocument"))
	}
	for _, r := range a.asked("document") {
		for h := range r.header {
			if strings.Contains(strings.ToLower(h), "token") || h == "Authorization" || h == "Cookie" {
				t.Errorf("%s was sent to the store", h)
			}
		}
		if r.rawQuery != "X-Amz-Signature=hidden" {
			t.Errorf("the address was changed: %s", r.rawQuery)
		}
	}
	a.always("document", reply{status: 403})
	_, _, err = a.run(a.ask("spapi.fba_inventory"))
	wants(t, err, source.FaultExpiredPage)
	if n := a.count("getReportDocument"); n != 8 {
		t.Errorf("%d addresses in all, want 8: it is given up after five", n)
	}
}

// Mode 11: the store says which characters a document has; what is whole UTF-8 is that, whatever is claimed.
func TestMode11_Charset(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ media, body, want string }{
		{"text/plain;charset=Cp1252", "Gr\xf6\xdfe", "windows-1252"},
		{"text/plain; charset=ISO-8859-1", "Gr\xf6\xdfe", "windows-1252"},
		{"text/plain;charset=Shift_JIS", "\x93\xfa\x96\x7b", "shift_jis"},
		{"text/plain;charset=windows-31j", "\x93\xfa\x96\x7b", "shift_jis"},
		{"text/plain;charset=UTF-8", "Gr\xf6\xdfe", ""},
		{"text/plain;charset=Cp1252", "Größe", ""},
		{"text/plain", "Gr\xf6\xdfe", ""},
		{"", "plain", ""},
	} {
		a := open(t)
		a.report(reply{status: 200, body: c.body, header: map[string]string{"Content-Type": c.media}})
		docs, _, err := a.run(a.ask("spapi.merchant_listings"))
		if err != nil || docs[0].Options.Encoding != c.want || content(t, docs[0]) != c.body {
			t.Errorf("%q: %v, %v", c.media, docs, err)
		}
	}
}

// Mode 19: sales and traffic has a limit of its own, below the published one, and a long pause after a refusal.
func TestMode19_SalesAndTrafficIsAskedForSeldom(t *testing.T) {
	t.Parallel()
	a := open(t)
	a.report(ok("{}"))
	for i := range 3 {
		ask := a.ask("spapi.sales_and_traffic")
		ask.State = []byte(`{"phase":"create"}`)
		_, err := a.client.Step(t.Context(), ask)
		if i < 2 && err != nil {
			t.Fatal(err)
		}
		if i == 2 {
			if e := wants(t, err, source.FaultThrottled); e.After < 4*time.Minute || e.Status != 0 {
				t.Errorf("after %v, %d", e.After, e.Status)
			}
		}
	}
	if n := a.count("createReport"); n != 2 {
		t.Errorf("%d created", n)
	}
	other := a.ask("spapi.all_orders")
	other.State = []byte(`{"phase":"create"}`)
	if _, err := a.client.Step(t.Context(), other); err != nil {
		t.Errorf("other reports wait for it: %v", err)
	}
	a.clock.pass(time.Hour)
	a.always("createReport", refusal(429, "QuotaExceeded", "You exceeded your quota for the requested resource."))
	ask := a.ask("spapi.sales_and_traffic")
	ask.State = []byte(`{"phase":"create"}`)
	_, err := a.client.Step(t.Context(), ask)
	if e := wants(t, err, source.FaultThrottled); e.After != 30*time.Minute {
		t.Errorf("after a refusal it waits %v", e.After)
	}
}

// Mode 24: sales and traffic is one report for each day of the marketplace, by child ASIN.
func TestMode24_OneReportADay(t *testing.T) {
	t.Parallel()
	a := open(t)
	a.report(ok("{}"))
	ask := a.ask("spapi.sales_and_traffic")
	if _, _, err := a.run(ask); err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprintf(`{"reportType":"GET_SALES_AND_TRAFFIC_REPORT","marketplaceIds":["ATVPDKIKX0DER"],"dataStartTime":"%[1]sT00:00:00Z","dataEndTime":"%[1]sT23:59:59Z",`+
		`"reportOptions":{"asinGranularity":"CHILD","dateGranularity":"DAY"}}`, ask.Day)
	if got := a.asked("createReport")[0].body; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	ask.Day = 0
	_, _, err := a.run(ask)
	wants(t, err, source.FaultInvalid)
}

// Fault 24: a report that was asked for and whose answer got lost is found, not asked for again.
// Whatever happens between the announcement and the answer, there is one report: after a restart, or an answer that
// got lost, it is looked for before it is asked for again.
func TestNeverASecondReport(t *testing.T) {
	t.Parallel()
	for name, lost := range map[string]reply{
		"503 though done": refusal(503, "ServiceUnavailable", "busy"),
		"cut though done": {status: 202, header: map[string]string{"Content-Length": "400"}, body: `{"repor`},
	} {
		a := open(t)
		ask := a.ask("spapi.fba_returns")
		made := ""
		a.report(ok("x\n"))
		a.on("createReport", func(r request) reply {
			var q spapi.ReportRequest
			_ = json.Unmarshal([]byte(r.body), &q)
			made = fmt.Sprintf(`{"reportId":"R1","reportType":%q,"marketplaceIds":["ATVPDKIKX0DER"],"dataStartTime":%q,"dataEndTime":"%s","processingStatus":"IN_QUEUE","createdTime":"2026-11-25T12:00:05+00:00"}`,
				q.Type, q.Start, strings.TrimSuffix(q.End, "Z")+".000Z")
			return lost
		})
		others := `{"reportId":"R9","reportType":"GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA","marketplaceIds":["A2EUQ1WTGCTBG2"],"processingStatus":"DONE","createdTime":"2026-11-25T12:00:06Z"},` +
			`{"reportId":"R8","reportType":"GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA","marketplaceIds":["ATVPDKIKX0DER"],"dataStartTime":"2026-01-01T00:00:00Z","dataEndTime":"2026-01-02T00:00:00Z","processingStatus":"DONE","createdTime":"2026-11-25T12:00:07Z"}`
		a.on("getReports", func(r request) reply {
			if r.query.Get("createdSince") == "" || r.query.Get("marketplaceIds") != "ATVPDKIKX0DER" {
				t.Errorf("looked for with %v", r.query)
			}
			return ok(`{"reports":[` + others + "," + made + `]}`)
		})
		s, err := a.client.Step(t.Context(), ask)
		if err != nil || a.count("createReport") != 0 {
			t.Fatalf("%s: the announcement: %v", name, err)
		}
		ask.State = s.State
		_, err = a.client.Step(t.Context(), ask)
		wants(t, err, source.FaultUnavailable)
		ask.Resumed = true
		if s, err = a.client.Step(t.Context(), ask); err != nil || !strings.Contains(string(s.State), `"R1"`) {
			t.Fatalf("%s: %s, %v", name, s.State, err)
		}
		ask.State, ask.Resumed = s.State, false
		if docs, _, err := a.run(ask); err != nil || len(docs) != 1 || a.count("createReport") != 1 {
			t.Errorf("%s: %v, %v, %d created", name, docs, err, a.count("createReport"))
		}
	}
}

// Where no report is found it was not asked for, and now is. That the search has to wait for its quota must not make
// anybody forget that there was a restart.
func TestResumedButNothingWasBegun(t *testing.T) {
	t.Parallel()
	a := open(t)
	a.report(ok("x\n"))
	a.series("getReports", refusal(429, "QuotaExceeded", "quota"), ok(`{"reports":[]}`))
	ask := a.ask("spapi.fba_inventory")
	ask.State, ask.Resumed = []byte(`{"phase":"create","at":1764000000}`), true
	s, err := a.client.Step(t.Context(), ask)
	if err != nil || s.Wait <= 0 || a.count("createReport") != 0 {
		t.Fatalf("%+v, %v", s, err)
	}
	ask.State, ask.Resumed = s.State, false
	a.clock.pass(s.Wait)
	if docs, _, err := a.run(ask); err != nil || len(docs) != 1 || a.count("createReport") != 1 || a.count("getReports") != 2 {
		t.Errorf("%v, %v, %d created, %d looked", docs, err, a.count("createReport"), a.count("getReports"))
	}
}

func TestAReportThatAmazonForgot(t *testing.T) {
	t.Parallel()
	a := open(t)
	a.report(ok(""))
	a.always("getReport", refusal(404, "NotFound", "Report R1 was not found"))
	_, _, err := a.run(a.ask("spapi.fba_inventory"))
	wants(t, err, source.FaultExpiredPage)
}

// Fault 16: the page of a network that wants one to sign in is no document and no answer.
func TestCaptivePortal(t *testing.T) {
	t.Parallel()
	const page = "\ufeff  <!DOCTYPE html><html>Sign in to the hotel</html>"
	a := open(t)
	a.report(reply{status: 200, body: page})
	docs, _, err := a.run(a.ask("spapi.fba_inventory"))
	if wants(t, err, source.FaultUnavailable); len(docs) != 0 {
		t.Error("a web page was given as a document")
	}
	for _, code := range []int{200, 403, 511} {
		for _, op := range []string{"searchOrders", "getInventorySummaries", "listTransactions", "searchListingsItems"} {
			a.always(op, reply{status: code, body: page})
		}
		for _, name := range []string{spapi.FeedOrders, spapi.FeedStock, spapi.FeedTransactions, spapi.FeedListings} {
			docs, _, err := a.run(a.ask(name))
			if wants(t, err, source.FaultUnavailable); len(docs) != 0 {
				t.Errorf("%s: a web page was given as a document", name)
			}
		}
	}
}

// Modes 6 and 7: settlements are only listed, never asked for; the list mixes marketplaces and names some twice; each is fetched once.
func TestMode06_07_Settlements(t *testing.T) {
	t.Parallel()
	a := open(t)
	item := func(id, doc, market string) string {
		return fmt.Sprintf(`{"reportId":%q,"reportDocumentId":%q,"reportType":"GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2","processingStatus":"DONE","createdTime":"2026-11-20T03:00:00Z","marketplaceIds":[%q]}`, id, doc, market)
	}
	a.on("getReports", func(r request) reply {
		if r.query.Get("nextToken") == "" {
			if r.query.Get("processingStatuses") != "DONE" || r.query.Get("createdSince") == "" || r.query.Get("createdUntil") == "" {
				t.Errorf("listed with %v", r.query)
			}
			return ok(`{"nextToken":"a+/=b","reports":[` + item("S1", "D1", "ATVPDKIKX0DER") + "," + item("S2", "D2", "A2EUQ1WTGCTBG2") + `]}`)
		}
		if len(r.query) != 1 || r.query.Get("nextToken") != "a+/=b" {
			t.Errorf("the token is not alone: %v", r.query)
		}
		return ok(`{"reports":[` + item("S2", "D2", "ATVPDKIKX0DER") + "," + item("S4", "D1", "ATVPDKIKX0DER") + "," + item("S1", "D5", "ATVPDKIKX0DER") + "," + item("S3", "D3", "A1AM78C64UM0Y8") +
			`,{"reportId":"X","reportType":"OTHER","reportDocumentId":"DX","processingStatus":"DONE"}]}`)
	})
	a.on("getReportDocument", func(r request) reply {
		return ok(`{"reportDocumentId":"D","url":"` + a.url + `/documents/` + r.path[strings.LastIndex(r.path, "/")+1:] + `"}`)
	})
	a.on("document", func(r request) reply { return ok("settlement " + r.path) })
	docs, _, err := a.run(a.ask(spapi.FeedSettlements))
	if err != nil || len(docs) != 3 || a.count("getReportDocument") != 3 || a.count("createReport") != 0 {
		t.Fatalf("%d documents, %d fetched, %v", len(docs), a.count("getReportDocument"), err)
	}
	for i, d := range docs {
		if content(t, d) != fmt.Sprintf("settlement /documents/D%d", i+1) || d.Options.Marketplace != "" || d.Options.ObservedAt.Day() != 20 {
			t.Errorf("%+v", d)
		}
	}
	a.always("getReports", ok(`{"reports":[]}`))
	if docs, s, err := a.run(a.ask(spapi.FeedSettlements)); err != nil || len(docs) != 0 || s.Nothing == "" {
		t.Errorf("%v, %+v, %v", docs, s, err)
	}
	a.always("getReports", ok(`{"nextToken":"same","reports":[]}`))
	_, _, err = a.run(a.ask(spapi.FeedSettlements))
	wants(t, err, source.FaultExpiredPage)
}
