package practice_test

import (
	"fmt"
	"math"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"purser/backend/platform/clock"
	"purser/backend/sources/simulator/practice"
)

func TestReports_Life(t *testing.T) {
	t.Parallel()
	a := open(t, practice.Options{})
	body := map[string]any{"reportType": "GET_FBA_INVENTORY_PLANNING_DATA", "marketplaceIds": []string{id("US")}}
	name := a.sp("na", http.MethodPost, "/reports/2021-06-30/reports", nil, body).want(t, 202).get(t, "reportId").(string)
	path := "/reports/2021-06-30/reports/" + name
	var seen []string
	for range 60 {
		s, _ := a.sp("na", http.MethodGet, path, nil, nil).want(t, 200).get(t, "processingStatus").(string)
		if len(seen) == 0 || seen[len(seen)-1] != s {
			seen = append(seen, s)
		}
		a.clock.pass(5 * time.Second)
	}
	if fmt.Sprint(seen) != "[IN_QUEUE IN_PROGRESS DONE]" {
		t.Errorf("%v", seen)
	}
	a.sp("eu", http.MethodGet, path, nil, nil).want(t, 404)
	a.sp("na", http.MethodDelete, path, nil, nil).want(t, 400)
	a.clock.pass(90 * 24 * time.Hour)
	a.sp("na", http.MethodGet, path, nil, nil).want(t, 404)
	second := a.sp("na", http.MethodPost, "/reports/2021-06-30/reports", nil, body).want(t, 202).get(t, "reportId").(string)
	a.sp("na", http.MethodDelete, "/reports/2021-06-30/reports/"+second, nil, nil).want(t, 200)
	if a.sp("na", http.MethodGet, "/reports/2021-06-30/reports/"+second, nil, nil).want(t, 200).get(t, "processingStatus") != "CANCELLED" {
		t.Error("not cancelled")
	}
}

// Who practises need not wait as long as with Amazon: the life of a report is the same, and shorter.
func TestReports_Speed(t *testing.T) {
	t.Parallel()
	took := map[float64]time.Duration{}
	for _, speed := range []float64{0, 1, 10} {
		a := open(t, practice.Options{Speed: speed})
		body := map[string]any{"reportType": "GET_FBA_INVENTORY_PLANNING_DATA", "marketplaceIds": []string{id("US")}}
		name := a.sp("na", http.MethodPost, "/reports/2021-06-30/reports", nil, body).want(t, 202).get(t, "reportId").(string)
		var seen []string
		for took[speed] < 10*time.Minute {
			s, _ := a.sp("na", http.MethodGet, "/reports/2021-06-30/reports/"+name, nil, nil).want(t, 200).get(t, "processingStatus").(string)
			if len(seen) == 0 || seen[len(seen)-1] != s {
				seen = append(seen, s)
			}
			if s == "DONE" {
				break
			}
			a.clock.pass(100 * time.Millisecond)
			took[speed] += 100 * time.Millisecond
		}
		if fmt.Sprint(seen) != "[IN_QUEUE IN_PROGRESS DONE]" {
			t.Errorf("at speed %v: %v", speed, seen)
		}
	}
	if took[0] != took[1] || (took[1]-10*took[10]).Abs() > 2*time.Second {
		t.Errorf("it took %v", took)
	}
	for _, speed := range []float64{-1, 1001, math.NaN()} {
		if _, err := practice.New(practice.Options{Clock: clock.Real{}, Speed: speed}); err == nil {
			t.Errorf("a speed of %v was taken", speed)
		}
	}
}

// Every kind of report can be made; those with nothing to tell are CANCELLED.
func TestReports_EveryKind(t *testing.T) {
	t.Parallel()
	a := open(t, practice.Options{})
	from, to := "2026-11-01T00:00:00Z", "2026-11-20T00:00:00Z"
	for kind, needle := range map[string]string{
		"GET_FLAT_FILE_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL": "amazon-order-id",
		"GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL":  "amazon-order-id",
		"GET_SALES_AND_TRAFFIC_REPORT":                         "salesAndTrafficByAsin",
		"GET_FBA_MYI_UNSUPPRESSED_INVENTORY_DATA":              "afn-fulfillable-quantity",
		"GET_FBA_INVENTORY_PLANNING_DATA":                      "inv-age-0-to-90-days",
		"GET_RESTOCK_INVENTORY_RECOMMENDATIONS_REPORT":         "Merchant SKU",
		"GET_STRANDED_INVENTORY_UI_DATA":                       "stranded-reason",
		"GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA":            "detailed-disposition",
		"GET_FBA_REIMBURSEMENTS_DATA":                          "reimbursement-id",
		"GET_MERCHANT_LISTINGS_ALL_DATA":                       "seller-sku",
		"GET_SELLER_FEEDBACK_DATA":                             "Rating",
		"GET_V2_SELLER_PERFORMANCE_REPORT":                     "accountStatuses",
		"GET_FBA_ESTIMATED_FBA_FEES_TXT_DATA":                  "estimated-fee-total",
	} {
		state, file := a.report("na", map[string]any{"reportType": kind, "marketplaceIds": []string{id("US")}, "dataStartTime": from, "dataEndTime": to})
		if state["processingStatus"] != "DONE" || !strings.Contains(string(file), needle) {
			t.Errorf("%s: %v, %.80s", kind, state, file)
		}
	}
	if _, file := a.report("na", map[string]any{"reportType": "GET_FBA_ESTIMATED_FBA_FEES_TXT_DATA", "marketplaceIds": []string{id("US")}}); len(lines(file)) == 0 {
		t.Error("no fees without dates")
	}
	state, _ := a.report("na", map[string]any{"reportType": "GET_MERCHANTS_LISTINGS_FYP_REPORT", "marketplaceIds": []string{id("US")}})
	if state["processingStatus"] != "CANCELLED" {
		t.Errorf("nothing is suppressed in the United States: %v", state)
	}
	if _, file := a.report("eu", map[string]any{"reportType": "GET_MERCHANTS_LISTINGS_FYP_REPORT", "marketplaceIds": []string{id("DE")}}); len(lines(file)) != 1 {
		t.Errorf("%s", file)
	}
}

func TestReports_Refused(t *testing.T) {
	t.Parallel()
	a := open(t, practice.Options{})
	post := func(change map[string]any) result {
		body := map[string]any{
			"reportType": "GET_SALES_AND_TRAFFIC_REPORT", "marketplaceIds": []string{id("US")}, "dataStartTime": "2026-11-01T00:00:00Z", "dataEndTime": "2026-11-02T00:00:00Z",
		}
		for k, v := range change {
			body[k] = v
		}
		return a.sp("na", http.MethodPost, "/reports/2021-06-30/reports", nil, body)
	}
	post(nil).want(t, 202)
	post(map[string]any{"marketplaceIds": []string{}}).want(t, 400)
	post(map[string]any{"marketplaceIds": []string{id("DE")}}).want(t, 403)
	post(map[string]any{"reportType": "GET_NOTHING"}).want(t, 400)
	post(map[string]any{"dataStartTime": "yesterday"}).want(t, 400)
	post(map[string]any{"dataStartTime": "2026-12-01T00:00:00Z", "dataEndTime": "2026-12-02T00:00:00Z"}).want(t, 400)
	post(map[string]any{"reportOptions": map[string]string{"asinGranularity": "CITY"}}).want(t, 400)
	post(map[string]any{"unknown": 1}).want(t, 400)
	if r := post(map[string]any{"reportType": "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2"}).want(t, 400); !strings.Contains(string(r.body), "1118") {
		t.Errorf("%s", r.body)
	}
	long := map[string]any{"reportType": "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL", "dataStartTime": "2026-09-01T00:00:00Z"}
	post(long).want(t, 400)
}

// Days of traffic are the dates of the request, whatever its hours.
func TestReports_TrafficByDate(t *testing.T) {
	t.Parallel()
	a := open(t, practice.Options{})
	want := map[string]int32{}
	for _, d := range a.s.Truth(a.clock.Now().Add(10 * time.Minute)).TrafficDays {
		if d.Marketplace == "US" {
			want[d.Day.String()] = d.UnitsOrdered
		}
	}
	_, file := a.report("na", map[string]any{
		"reportType": "GET_SALES_AND_TRAFFIC_REPORT", "marketplaceIds": []string{id("US")}, "dataStartTime": "2026-11-19T00:00:00Z", "dataEndTime": "2026-11-20T23:59:59Z",
		"reportOptions": map[string]string{"dateGranularity": "DAY", "asinGranularity": "CHILD"},
	})
	days := result{body: file}.list(t, "salesAndTrafficByDate")
	for i, date := range []string{"2026-11-19", "2026-11-20"} {
		day := days[i].(map[string]any)
		if len(days) != 2 || day["date"] != date || day["salesByDate"].(map[string]any)["unitsOrdered"] != float64(want[date]) || want[date] == 0 {
			t.Errorf("%v, not %s with %d", day, date, want[date])
		}
	}
}

// The windows of the report by last update, put together, hold every order line.
func TestReports_OrdersAreTheTruth(t *testing.T) {
	t.Parallel()
	a := open(t, practice.Options{})
	a.clock.pass(5 * 24 * time.Hour)
	type key struct{ order, sku string }
	got := map[key]string{}
	since := start().Add(-40 * 24 * time.Hour)
	for from := since; from.Before(a.clock.Now()); from = from.Add(20 * 24 * time.Hour) {
		_, file := a.report("eu", map[string]any{
			"reportType": "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL", "marketplaceIds": []string{id("DE")},
			"dataStartTime": from.Format(time.RFC3339), "dataEndTime": from.Add(20 * 24 * time.Hour).Format(time.RFC3339),
		})
		for _, l := range lines(file) {
			c := strings.Split(l, "\t")
			got[key{c[0], c[11]}] = c[4]
		}
	}
	n := 0
	for _, l := range a.s.Truth(a.clock.Now().Add(-10 * time.Minute)).Orders {
		if l.Marketplace != "DE" || l.UpdatedAt < since.Unix() {
			continue
		}
		n++
		if _, ok := got[key{l.OrderID, string(l.SKU)}]; !ok {
			t.Errorf("%s %s is missing", l.OrderID, l.SKU)
		}
	}
	if n < 100 {
		t.Errorf("only %d lines", n)
	}
}

func TestSettlements(t *testing.T) {
	t.Parallel()
	a := open(t, practice.Options{})
	q := url.Values{"reportTypes": {"GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2"}, "pageSize": {"2"}}
	var docs []string
	for pages := 0; ; pages++ {
		r := a.sp("eu", http.MethodGet, "/reports/2021-06-30/reports", q, nil).want(t, 200)
		for _, x := range r.list(t, "reports") {
			docs = append(docs, x.(map[string]any)["reportDocumentId"].(string))
		}
		next, _ := r.get(t, "nextToken").(string)
		if next == "" {
			if pages < 2 {
				t.Errorf("%d pages", pages)
			}
			break
		}
		with := url.Values{"reportTypes": q["reportTypes"], "nextToken": {next}}
		if pages == 0 {
			a.sp("eu", http.MethodGet, "/reports/2021-06-30/reports", with, nil)
			with.Set("reportTypes", "GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2")
			a.sp("eu", http.MethodGet, "/reports/2021-06-30/reports", with, nil).want(t, 400)
		}
		q = url.Values{"nextToken": {next}}
	}
	var known []string
	for _, s := range a.s.Truth(a.clock.Now()).Settlements {
		if a.clock.Now().Sub(s.Closed) < 90*24*time.Hour {
			known = append(known, s.ID)
		}
	}
	file := string(a.fetch("eu", docs[0]))
	if len(docs) < 6 || len(docs)*2 < len(known)-1 || !strings.Contains(file, "settlement-id") || !strings.Contains(file, "Amazon.de") {
		t.Errorf("%d documents, %d known; %.200s", len(docs), len(known), file)
	}
}

func TestDocuments_ExpireAndKnowNoTokens(t *testing.T) {
	t.Parallel()
	a := open(t, practice.Options{})
	state, _ := a.report("na", map[string]any{"reportType": "GET_MERCHANT_LISTINGS_ALL_DATA", "marketplaceIds": []string{id("US")}})
	doc := a.sp("na", http.MethodGet, "/reports/2021-06-30/documents/"+state["reportDocumentId"].(string), nil, nil).want(t, 200)
	at := doc.get(t, "url").(string)
	a.do(http.MethodGet, at, http.Header{"X-Amz-Access-Token": {"Atza|x"}}, nil).want(t, 400)
	a.do(http.MethodGet, strings.Replace(at, "signature=", "signature=0", 1), nil, nil).want(t, 403)
	a.do(http.MethodGet, at, nil, nil).want(t, 200)
	a.clock.pass(5 * time.Minute)
	a.do(http.MethodGet, at, nil, nil).want(t, 403)
	encoded := a.sp("na", http.MethodGet, "/reports/2021-06-30/documents/"+state["reportDocumentId"].(string), url.Values{"enableContentEncodingUrlHeader": {"true"}}, nil)
	if r := a.do(http.MethodGet, encoded.get(t, "url").(string), nil, nil).want(t, 200); r.header.Get("Content-Encoding") != "gzip" {
		t.Errorf("%v", r.header)
	}
}
