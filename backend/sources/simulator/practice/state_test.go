package practice_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"purser/backend/core"
	"purser/backend/sources/simulator"
	"purser/backend/sources/simulator/practice"
)

func TestState_SurvivesARestart(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "practice", "state.json")
	a := open(t, practice.Options{StateFile: file})
	keyword := a.all("/sp/keywords/list", mediaKeyword, "keywords", map[string]any{})[0]
	a.ads(http.MethodPut, "/sp/keywords", mediaKeyword, map[string]any{"keywords": []any{map[string]any{"keywordId": keyword["keywordId"], "bid": 0.91}}}).want(t, 207)
	report := a.sp("na", http.MethodPost, "/reports/2021-06-30/reports", nil, map[string]any{"reportType": "GET_MERCHANT_LISTINGS_ALL_DATA", "marketplaceIds": []string{id("US")}}).want(t, 202).get(t, "reportId").(string)
	truth := a.s.Truth(start().Add(50 * time.Hour))

	b := open(t, practice.Options{StateFile: file})
	b.clock.pass(50 * time.Hour)
	b.sp("na", http.MethodGet, "/reports/2021-06-30/reports/"+report, nil, nil).want(t, 200)
	only := map[string]any{"keywordIdFilter": map[string]any{"include": []any{keyword["keywordId"]}}}
	if now := b.all("/sp/keywords/list", mediaKeyword, "keywords", only)[0]; now["bid"] != 0.91 {
		t.Errorf("%v", now)
	}
	if again := b.s.Truth(start().Add(50 * time.Hour)); len(again.Orders) != len(truth.Orders) || again.Orders[0] != truth.Orders[0] {
		t.Error("the seller's past moved")
	}
	if err := os.WriteFile(file, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := practice.New(practice.Options{Clock: a.clock, Seller: simulator.Options{SKUs: 20}, StateFile: file}); err == nil {
		t.Error("a broken state file is taken")
	}
}

func TestQuotas(t *testing.T) {
	t.Parallel()
	a := open(t, practice.Options{Quotas: true})
	ask := func() result {
		return a.sp("na", http.MethodGet, "/sellers/v1/account", nil, nil)
	}
	for range 15 {
		ask().want(t, 200)
	}
	if r := ask().want(t, 429); r.header.Get("x-amzn-RateLimit-Limit") != "0.016" || !strings.Contains(string(r.body), "QuotaExceeded") {
		t.Errorf("%v %s", r.header, r.body)
	}
	a.sp("eu", http.MethodGet, "/sellers/v1/account", nil, nil).want(t, 200) // a bucket of its own
	a.clock.pass(63 * time.Second)
	ask().want(t, 200)
	ask().want(t, 429)
	if c := a.s.Counts()["getAccount"]; c.Requests != 19 || c.Throttled != 2 {
		t.Errorf("%+v", c)
	}
	body := reportBody("spCampaigns", "campaign", []string{"date", "cost"}, "2026-11-20", "2026-11-22")
	for range 10 {
		a.ads(http.MethodPost, "/reporting/reports", mediaReport, body)
	}
	if r := a.ads(http.MethodPost, "/reporting/reports", mediaReport, body).want(t, 429); r.header.Get("Retry-After") != "" {
		t.Error("reports say when to come back")
	}
}

func TestControl(t *testing.T) {
	t.Parallel()
	a := open(t, practice.Options{})
	post := func(path string, body any, h http.Header) result {
		return a.do(http.MethodPost, a.url+path, h, encode(t, body))
	}
	post("/control/faults", []any{map[string]any{"name": "no such"}}, nil).want(t, 400)
	post("/control/faults", []any{map[string]any{"name": practice.Down, "on": []string{"no such"}}}, nil).want(t, 400)
	post("/control/faults", []any{map[string]any{"name": practice.Down}}, http.Header{"Origin": {"http://evil.example"}}).want(t, 403)
	r := post("/control/faults", []any{map[string]any{"name": practice.Down, "on": []string{"getAccount"}}}, nil).want(t, 200)
	if len(r.list(t, "faults")) != 1 || len(r.list(t, "known")) != len(practice.KnownFaults()) {
		t.Errorf("%s", r.body)
	}
	a.sp("na", http.MethodGet, "/sellers/v1/account", nil, nil).want(t, 503)
	post("/control/faults", []any{}, nil).want(t, 200)
	a.sp("na", http.MethodGet, "/sellers/v1/account", nil, nil).want(t, 200)
	post("/control/edit", map[string]any{"market": "US", "sku": "SKU-104", "price": 1234}, nil).want(t, 200)
	if got := a.price("SKU-104"); got != "12.34" {
		t.Errorf("%s", got)
	}
	keyword := a.all("/sp/keywords/list", mediaKeyword, "keywords", map[string]any{})[0]
	edit := map[string]any{"market": "US", "list": "keywords", "id": keyword["keywordId"], "fields": map[string]any{"bid": json.Number("0.42")}}
	post("/control/edit", edit, nil).want(t, 200)
	if now := a.all("/sp/keywords/list", mediaKeyword, "keywords", map[string]any{})[0]; now["bid"] != 0.42 {
		t.Errorf("%v", now)
	}
	state := a.do(http.MethodGet, a.url+"/control/state", nil, nil).want(t, 200)
	if state.get(t, "born") != core.DayOf(start(), time.UTC).String() || len(state.list(t, "ad_changes")) != 1 || state.get(t, "counts.getAccount") == nil {
		t.Errorf("%.600s", state.body)
	}
	far := httptest.NewRequest(http.MethodGet, "/control/state", nil)
	far.RemoteAddr = "192.0.2.7:5000"
	w := httptest.NewRecorder()
	a.s.ServeHTTP(w, far)
	if w.Code != http.StatusForbidden {
		t.Errorf("another computer gets %d", w.Code)
	}
}

// The same requests at the same times get the same answers, faults included.
func TestSameOptionsSameAnswers(t *testing.T) {
	t.Parallel()
	faults := practice.Faults{{Name: practice.ServerError, On: []string{"orders"}, Rate: 0.3}, {Name: practice.UnknownEnum, On: []string{"orders"}, Rate: 0.3}}
	run := func() (out string) {
		a := open(t, practice.Options{Faults: faults})
		for i := range 40 {
			q := map[string][]string{"lastUpdatedAfter": {"2026-11-22T00:00:00Z"}, "maxResultsPerPage": {fmt.Sprint(5 + i%3)}}
			r := a.sp("na", http.MethodGet, "/orders/2026-01-01/orders", q, nil)
			out += fmt.Sprintln(r.status, r.header.Get("x-amzn-RequestId"), string(r.body))
			a.clock.pass(time.Minute)
		}
		return out
	}
	if first := run(); first != run() || !strings.Contains(first, "503") || !strings.Contains(first, "SOMETHING_NEW") {
		t.Error("two runs differ, or no fault happened")
	}
}

// What the hooks find refuses a request, and shows up as a problem of the server.
func TestHooks(t *testing.T) {
	t.Parallel()
	var paths []string
	clk := &times{now: start()}
	s, err := practice.New(practice.Options{
		Clock: clk, Seller: simulator.Options{Seed: 7, SKUs: 20},
		Validate: func(r *http.Request, body []byte) error {
			if paths = append(paths, r.URL.Path); len(paths) == 1 {
				return fmt.Errorf("refused with %d bytes", len(body))
			}
			return nil
		},
		ValidateAnswer: func(_ *http.Request, status int, h http.Header, body []byte) error {
			return fmt.Errorf("%d %s %d", status, h.Get("Content-Type"), len(body))
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s)
	t.Cleanup(srv.Close)
	a := &amazon{t: t, s: s, url: srv.URL, clock: clk, tokens: map[string]string{}}
	if r := a.account().want(t, 400); !strings.Contains(string(r.body), "refused with 0 bytes") {
		t.Errorf("%s", r.body)
	}
	a.account().want(t, 500)
	if p := s.Problems(); len(p) != 1 || !strings.Contains(p[0], "getAccount: 200 application/json") || paths[1] != "/sellers/v1/account" {
		t.Errorf("%v %v", p, paths)
	}
}
