package practice_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"

	"purser/backend/sources/simulator/practice"
)

// seen says what shows that a fault has happened. The fault is on when it is called.
type seen func(t *testing.T, a *amazon)

// account asks something small.
func (a *amazon) account() result { return a.sp("na", http.MethodGet, "/sellers/v1/account", nil, nil) }

func statusIs(status int) seen {
	return func(t *testing.T, a *amazon) { t.Helper(); a.account().want(t, status) }
}

func (a *amazon) switchOn(faults ...practice.Fault) {
	a.t.Helper()
	if err := a.s.SetFaults(faults); err != nil {
		a.t.Fatal(err)
	}
}

func transport() map[string]seen {
	return map[string]seen{
		practice.Down:        statusIs(503),
		practice.ServerError: func(t *testing.T, a *amazon) { t.Helper(); a.account().want(t, 503); a.account().want(t, 500) },
		practice.BadRequest:  statusIs(400),
		practice.Forbidden:   statusIs(403),
		practice.NotFound:    statusIs(404),
		practice.RoleMissing: statusIs(403),
		practice.Reset: func(t *testing.T, a *amazon) {
			t.Helper()
			if r := a.account(); r.err == nil {
				t.Errorf("%d", r.status)
			}
		},
		practice.CaptivePortal: func(t *testing.T, a *amazon) {
			t.Helper()
			if r := a.account().want(t, 200); !strings.Contains(r.header.Get("Content-Type"), "html") || json.Valid(r.body) {
				t.Errorf("%s", r.body)
			}
		},
		practice.CutBody: func(t *testing.T, a *amazon) {
			t.Helper()
			if r := a.account(); r.err == nil || len(r.body) == 0 {
				t.Errorf("%v, %d bytes", r.err, len(r.body))
			}
		},
		practice.SkewedDate: func(t *testing.T, a *amazon) {
			t.Helper()
			at, err := http.ParseTime(a.account().want(t, 200).header.Get("Date"))
			if err != nil || at.Sub(a.clock.Now()) < 9*time.Minute {
				t.Errorf("%v %v", at, err)
			}
		},
		practice.Throttled: func(t *testing.T, a *amazon) {
			t.Helper()
			if a.account().want(t, 429).header.Get("x-amzn-RateLimit-Limit") == "" {
				t.Error("no rate")
			}
			if a.ads(http.MethodPost, "/sp/campaigns/list", mediaCampaign, map[string]any{}).want(t, 429).header.Get("Retry-After") == "" {
				t.Error("no Retry-After")
			}
		},
		practice.ThrottledBare: func(t *testing.T, a *amazon) {
			t.Helper()
			if h := a.account().want(t, 429).header; h.Get("x-amzn-RateLimit-Limit") != "" || h.Get("Retry-After") != "" {
				t.Errorf("%v", h)
			}
		},
		practice.NoRateHeader: func(t *testing.T, a *amazon) {
			t.Helper()
			if h := a.account().want(t, 200).header; h.Get("x-amzn-RateLimit-Limit") != "" {
				t.Errorf("%v", h)
			}
		},
		practice.FallingLimits: func(t *testing.T, a *amazon) {
			t.Helper()
			if h := a.account().want(t, 200).header; h.Get("x-amzn-RateLimit-Limit") != "0.004" {
				t.Errorf("%v", h)
			}
		},
		practice.TokenRevoked: func(t *testing.T, a *amazon) {
			t.Helper()
			a.account().want(t, 403)
			if a.login("spapi", "na").want(t, 400).get(t, "error") != "invalid_grant" {
				t.Error("no invalid_grant")
			}
		},
		practice.SecretExpired: func(t *testing.T, a *amazon) {
			t.Helper()
			if r := a.account().want(t, 403); !strings.Contains(string(r.body), "LWA secret") {
				t.Errorf("%s", r.body)
			}
			if a.login("spapi", "na").want(t, 401).get(t, "error") != "invalid_client" {
				t.Error("no invalid_client")
			}
		},
		practice.TokenExpired: func(t *testing.T, a *amazon) {
			t.Helper()
			if r := a.account().want(t, 403); !strings.Contains(string(r.body), "expired") {
				t.Errorf("%s", r.body)
			}
			a.ads(http.MethodPost, "/sp/campaigns/list", mediaCampaign, map[string]any{}).want(t, 401)
		},
		practice.Suspended: func(t *testing.T, a *amazon) {
			t.Helper()
			if r := a.account().want(t, 200); !strings.Contains(string(r.body), `"hasSuspendedListings":true`) {
				t.Errorf("%s", r.body)
			}
		},
	}
}

// drift compares an order as it is told with and without the fault.
func drift(differs func(plain, spoilt string) bool) seen {
	return func(t *testing.T, a *amazon) {
		t.Helper()
		q := url.Values{"createdAfter": {"2026-11-20T00:00:00Z"}, "maxResultsPerPage": {"1"}, "includedData": {"PROCEEDS,FULFILLMENT"}}
		spoilt := a.sp("na", http.MethodGet, "/orders/2026-01-01/orders", q, nil).want(t, 200)
		a.switchOn()
		plain := a.sp("na", http.MethodGet, "/orders/2026-01-01/orders", q, nil).want(t, 200)
		if !differs(string(plain.body), string(spoilt.body)) {
			t.Errorf("%s\n%s", plain.body, spoilt.body)
		}
	}
}

func drifts() map[string]seen {
	return map[string]seen{
		practice.UnknownEnum:   drift(func(_, s string) bool { return strings.Contains(s, "SOMETHING_NEW") }),
		practice.ExtraFields:   drift(func(_, s string) bool { return strings.Contains(s, "practiceExtension") }),
		practice.MissingFields: drift(func(p, s string) bool { return strings.Count(s, ":") < strings.Count(p, ":") }),
		practice.NullFields:    drift(func(p, s string) bool { return strings.Contains(s, "null") && !strings.Contains(p, "null") }),
		practice.HugeNumber:    drift(func(_, s string) bool { return strings.Contains(s, "1e400") }),
		practice.WrongType:     drift(func(p, s string) bool { return s != p && json.Valid([]byte(s)) }),
	}
}

// paged reads some pages of orders with a fault on, and without.
func paged(check func(t *testing.T, plain, got []string, pages, without int)) seen {
	return func(t *testing.T, a *amazon) {
		t.Helper()
		q := func() url.Values {
			return url.Values{"createdAfter": {"2026-11-23T00:00:00Z"}, "createdBefore": {"2026-11-24T12:00:00Z"}, "maxResultsPerPage": {"9"}}
		}
		ids := func(list []any) (out []string) {
			for _, o := range list {
				out = append(out, o.(map[string]any)["orderId"].(string))
			}
			return out
		}
		got, pages := a.orders("na", q())
		a.switchOn()
		plain, without := a.orders("na", q())
		if without < 3 {
			t.Fatalf("only %d pages", without)
		}
		check(t, ids(plain), ids(got), pages, without)
	}
}

func distinct(l []string) int {
	m := map[string]bool{}
	for _, s := range l {
		m[s] = true
	}
	return len(m)
}

func pageFaults() map[string]seen {
	endless := paged(func(t *testing.T, plain, got []string, pages, _ int) {
		t.Helper()
		if pages < manyPages || distinct(got) > len(plain) {
			t.Errorf("%d pages, %d orders", pages, distinct(got))
		}
	})
	return map[string]seen{
		practice.EndlessPages:  endless,
		practice.RepeatedToken: endless,
		practice.EmptyPage: paged(func(t *testing.T, plain, got []string, pages, without int) {
			t.Helper()
			if pages <= without || strings.Join(plain, "") != strings.Join(got, "") {
				t.Errorf("%d pages, not %d", pages, without)
			}
		}),
		practice.SmallPages: paged(func(t *testing.T, plain, got []string, pages, without int) {
			t.Helper()
			if pages < 2*without || strings.Join(plain, "") != strings.Join(got, "") {
				t.Errorf("%d pages, not %d", pages, without)
			}
		}),
		practice.MissingRows: paged(func(t *testing.T, plain, got []string, _, _ int) {
			t.Helper()
			if len(got) >= len(plain) {
				t.Errorf("%d orders of %d", len(got), len(plain))
			}
		}),
		practice.DuplicateRows: paged(func(t *testing.T, plain, got []string, _, _ int) {
			t.Helper()
			if len(got) <= len(plain) || distinct(got) != len(plain) {
				t.Errorf("%d orders, %d of them different, of %d", len(got), distinct(got), len(plain))
			}
		}),
		practice.ShuffledRows: paged(func(t *testing.T, plain, got []string, _, _ int) {
			t.Helper()
			if distinct(got) != len(plain) || strings.Join(plain, "") == strings.Join(got, "") {
				t.Error("they are in order")
			}
		}),
		practice.PageExpired: func(t *testing.T, a *amazon) {
			t.Helper()
			q := url.Values{"createdAfter": {"2026-11-20T00:00:00Z"}, "maxResultsPerPage": {"5"}}
			q.Set("paginationToken", a.sp("na", http.MethodGet, "/orders/2026-01-01/orders", q, nil).want(t, 200).get(t, "pagination.nextToken").(string))
			a.sp("na", http.MethodGet, "/orders/2026-01-01/orders", q, nil).want(t, 400)
		},
		practice.IncludedData: func(t *testing.T, a *amazon) {
			t.Helper()
			q := url.Values{"createdAfter": {"2026-11-24T00:00:00Z"}, "includedData": {"PROCEEDS,PACKAGES"}}
			a.sp("na", http.MethodGet, "/orders/2026-01-01/orders", q, nil).want(t, 400)
			q.Set("includedData", "PROCEEDS")
			a.sp("na", http.MethodGet, "/orders/2026-01-01/orders", q, nil).want(t, 200)
		},
		practice.LateOrders: func(t *testing.T, a *amazon) {
			t.Helper()
			a.switchOn(practice.Fault{Name: practice.LateOrders, Seconds: 12 * 3600})
			q := func() url.Values {
				return url.Values{"createdAfter": {a.clock.Now().Add(-36 * time.Hour).Format(time.RFC3339)}}
			}
			late, _ := a.orders("na", q())
			a.switchOn()
			if all, _ := a.orders("na", q()); len(late) >= len(all) {
				t.Errorf("%d of %d", len(late), len(all))
			}
		},
		practice.Deferred: func(t *testing.T, a *amazon) {
			t.Helper()
			counts := map[string]int{}
			q := url.Values{"postedAfter": {start().Add(-20 * 24 * time.Hour).Format(time.RFC3339)}}
			for {
				r := a.sp("na", http.MethodGet, "/finances/2024-06-19/transactions", q, nil).want(t, 200)
				for _, x := range r.list(t, "payload.transactions") {
					counts[x.(map[string]any)["transactionStatus"].(string)]++
				}
				counts["link"] += strings.Count(string(r.body), "DEFERRED_TRANSACTION_ID")
				next, ok := r.get(t, "payload.nextToken").(string)
				if !ok {
					break
				}
				q.Set("nextToken", next)
			}
			if counts["DEFERRED"] == 0 || counts["DEFERRED_RELEASED"] == 0 || counts["link"] < counts["DEFERRED_RELEASED"] {
				t.Errorf("%v", counts)
			}
		},
	}
}

var listingsReport = map[string]any{"reportType": "GET_MERCHANT_LISTINGS_ALL_DATA", "marketplaceIds": []string{id("US")}}

// ends asks for a report and checks how it ends.
func ends(status string, document bool) seen {
	return func(t *testing.T, a *amazon) {
		t.Helper()
		if state, doc := a.report("na", listingsReport); state["processingStatus"] != status || (doc != nil) != document {
			t.Errorf("%v with %q", state, doc)
		}
	}
}

// raw fetches the bytes of a report as they are sent, and what was said about them.
func (a *amazon) raw() (said any, got result) {
	a.t.Helper()
	r := a.sp("na", http.MethodPost, "/reports/2021-06-30/reports", nil, listingsReport).want(a.t, 202)
	a.clock.pass(10 * time.Minute)
	state := a.sp("na", http.MethodGet, "/reports/2021-06-30/reports/"+r.get(a.t, "reportId").(string), nil, nil)
	doc := a.sp("na", http.MethodGet, "/reports/2021-06-30/documents/"+state.get(a.t, "reportDocumentId").(string), nil, nil).want(a.t, 200)
	return doc.get(a.t, "compressionAlgorithm"), a.do(http.MethodGet, doc.get(a.t, "url").(string), nil, nil)
}

// text checks the unpacked text of a report.
func text(check func(body []byte) bool) seen {
	return func(t *testing.T, a *amazon) {
		t.Helper()
		_, got := a.raw()
		if body := unpack(t, got.want(t, 200).body); !check(body) {
			t.Errorf("%.300s", body)
		}
	}
}

func reportFaults() map[string]seen {
	return map[string]seen{
		practice.ReportFatal: func(t *testing.T, a *amazon) {
			t.Helper()
			ends("FATAL", false)(t, a)
			name := a.ads(http.MethodPost, "/reporting/reports", mediaReport, reportBody("spCampaigns", "campaign", []string{"date", "cost"}, "2026-11-20", "2026-11-22")).want(t, 200).get(t, "reportId").(string)
			a.clock.pass(40 * time.Minute)
			if r := a.ads(http.MethodGet, "/reporting/reports/"+name, "", nil).want(t, 200); r.get(t, "status") != "FAILED" || r.get(t, "failureReason") == nil {
				t.Errorf("%s", r.body)
			}
		},
		practice.ReportFatalDoc: ends("FATAL", true),
		practice.ReportCancel:   ends("CANCELLED", false),
		practice.ReportRepeated: func(t *testing.T, a *amazon) { t.Helper(); ends("DONE", true)(t, a); ends("FATAL", false)(t, a) },
		practice.ReportStuck: func(t *testing.T, a *amazon) {
			t.Helper()
			r := a.sp("na", http.MethodPost, "/reports/2021-06-30/reports", nil, listingsReport).want(t, 202)
			path := "/reports/2021-06-30/reports/" + r.get(t, "reportId").(string)
			a.clock.pass(40 * time.Hour)
			if a.sp("na", http.MethodGet, path, nil, nil).want(t, 200).get(t, "processingStatus") != "IN_PROGRESS" {
				t.Error("not stuck")
			}
			a.clock.pass(10 * time.Hour)
			if a.sp("na", http.MethodGet, path, nil, nil).want(t, 200).get(t, "processingStatus") != "DONE" {
				t.Error("stuck for ever")
			}
		},
		practice.ReportRefused: func(t *testing.T, a *amazon) {
			t.Helper()
			if r := a.sp("na", http.MethodPost, "/reports/2021-06-30/reports", nil, listingsReport).want(t, 400); !strings.Contains(string(r.body), "could not be applied to any marketplaces") {
				t.Errorf("%s", r.body)
			}
		},
		practice.EmptyReport: func(t *testing.T, a *amazon) {
			t.Helper()
			if _, file := a.report("na", listingsReport); len(file) == 0 || bytes.Count(file, []byte("\n")) != 1 {
				t.Errorf("%.200s", file)
			}
			_, traffic := a.report("na", map[string]any{"reportType": "GET_SALES_AND_TRAFFIC_REPORT", "marketplaceIds": []string{id("US")}, "dataStartTime": "2026-11-01T08:00:00Z", "dataEndTime": "2026-11-02T08:00:00Z"})
			if r := (result{body: traffic}); len(r.list(t, "salesAndTrafficByDate")) != 0 || len(r.list(t, "salesAndTrafficByAsin")) != 0 || r.get(t, "reportSpecification") == nil {
				t.Errorf("%.300s", traffic)
			}
		},
		practice.MixedSettled: func(t *testing.T, a *amazon) {
			t.Helper()
			r := a.sp("eu", http.MethodGet, "/reports/2021-06-30/reports", url.Values{"reportTypes": {"GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2"}, "pageSize": {"100"}}, nil).want(t, 200)
			var names []string
			for _, x := range r.list(t, "reports") {
				names = append(names, x.(map[string]any)["reportId"].(string))
			}
			if distinct(names) == len(names) {
				t.Error("none is there twice")
			}
		},
		practice.DocumentGone: func(t *testing.T, a *amazon) { t.Helper(); _, got := a.raw(); got.want(t, 403) },
		practice.GzipPlain: func(t *testing.T, a *amazon) {
			t.Helper()
			if said, got := a.raw(); said != "GZIP" || !bytes.HasPrefix(got.want(t, 200).body, []byte("item-name")) {
				t.Errorf("%v %.50q", said, got.body)
			}
		},
		practice.GzipUnsaid: func(t *testing.T, a *amazon) {
			t.Helper()
			if said, got := a.raw(); said != nil || !bytes.HasPrefix(got.want(t, 200).body, []byte{0x1f, 0x8b}) {
				t.Errorf("%v %.50q", said, got.body)
			}
		},
		practice.GzipCut:     broken,
		practice.GzipGarbage: broken,
		practice.GzipBomb: func(t *testing.T, a *amazon) {
			t.Helper()
			_, got := a.raw()
			if out, err := gunzip(got.want(t, 200).body); len(out) < 1<<26 || len(got.body) > 1<<24 {
				t.Errorf("%d bytes become %d: %v", len(got.body), len(out), err)
			}
		},
		practice.CP1252: func(t *testing.T, a *amazon) {
			t.Helper()
			_, file := a.report("eu", map[string]any{"reportType": "GET_MERCHANT_LISTINGS_ALL_DATA", "marketplaceIds": []string{id("DE")}})
			if utf8.Valid(file) || !bytes.Contains(file, []byte("K\xfcchenwaage")) {
				t.Errorf("%.300q", file)
			}
		},
		practice.CP932: text(func(b []byte) bool {
			out, err := japanese.ShiftJIS.NewDecoder().Bytes(b)
			return err == nil && !utf8.Valid(b) && bytes.Contains(out, []byte("ステンレス"))
		}),
		practice.LoneQuotes:    text(func(b []byte) bool { return bytes.Contains(b, []byte(` 5" wide`+"\t")) }),
		practice.DecimalComma:  text(func(b []byte) bool { return bytes.Contains(b, []byte(",99\t")) && !bytes.Contains(b, []byte(".99\t")) }),
		practice.UnknownColumn: text(func(b []byte) bool { return bytes.HasPrefix(b, []byte("practice-column\titem-name")) }),
		practice.PoisonRow:     text(func(b []byte) bool { return bytes.Contains(b, []byte("?\t?\t")) }),
	}
}

func broken(t *testing.T, a *amazon) {
	t.Helper()
	_, got := a.raw()
	if out, err := gunzip(got.want(t, 200).body); err == nil {
		t.Errorf("it can be read: %.80s", out)
	}
}

func writes() map[string]seen {
	bid := func(a *amazon, v float64) (keyword map[string]any, r result) {
		keyword = a.all("/sp/keywords/list", mediaKeyword, "keywords", map[string]any{})[0]
		return keyword, a.ads(http.MethodPut, "/sp/keywords", mediaKeyword, map[string]any{"keywords": []any{map[string]any{"keywordId": keyword["keywordId"], "bid": v}}})
	}
	patch := func(t *testing.T, a *amazon) result {
		t.Helper()
		return a.sp("na", http.MethodPatch, "/listings/2021-08-01/items/"+a.s.SellerID()+"/SKU-104", url.Values{"marketplaceIds": {id("US")}}, offerPatch(19.5)).want(t, 200)
	}
	return map[string]seen{
		practice.DoneBut503: func(t *testing.T, a *amazon) {
			t.Helper()
			_, r := bid(a, 0.66)
			r.want(t, 503)
			if now := a.all("/sp/keywords/list", mediaKeyword, "keywords", map[string]any{})[0]; now["bid"] != 0.66 {
				t.Errorf("%v", now)
			}
		},
		practice.DoneButCut: func(t *testing.T, a *amazon) {
			t.Helper()
			if _, r := bid(a, 0.67); r.err == nil {
				t.Errorf("%d", r.status)
			}
			if now := a.all("/sp/keywords/list", mediaKeyword, "keywords", map[string]any{})[0]; now["bid"] != 0.67 {
				t.Errorf("%v", now)
			}
		},
		practice.Partial207: func(t *testing.T, a *amazon) {
			t.Helper()
			var items []any
			for _, k := range a.all("/sp/keywords/list", mediaKeyword, "keywords", map[string]any{})[:4] {
				items = append(items, map[string]any{"keywordId": k["keywordId"], "bid": 0.5})
			}
			r := a.ads(http.MethodPut, "/sp/keywords", mediaKeyword, map[string]any{"keywords": items}).want(t, 207)
			if len(r.list(t, "keywords.success")) != 2 || len(r.list(t, "keywords.error")) != 2 {
				t.Errorf("%s", r.body)
			}
		},
		practice.PatchInvalid: func(t *testing.T, a *amazon) {
			t.Helper()
			if r := patch(t, a); r.get(t, "status") != "INVALID" || len(r.list(t, "issues")) == 0 {
				t.Errorf("%s", r.body)
			}
		},
		practice.PatchRejected: func(t *testing.T, a *amazon) {
			t.Helper()
			before := a.price("SKU-104")
			if r := patch(t, a); r.get(t, "status") != "ACCEPTED" {
				t.Errorf("%s", r.body)
			}
			a.clock.pass(24 * time.Hour)
			r := a.sp("na", http.MethodGet, "/listings/2021-08-01/items/"+a.s.SellerID()+"/SKU-104", url.Values{"marketplaceIds": {id("US")}, "includedData": {"issues"}}, nil).want(t, 200)
			if a.price("SKU-104") != before || !strings.Contains(string(r.body), "90244") {
				t.Errorf("%s", r.body)
			}
		},
	}
}

// Each fault can be seen, and only while it is on.
func TestFaults(t *testing.T) { //nolint:tparallel // one server for many faults, one after the other
	t.Parallel()
	shown := map[string]bool{practice.Slow: true, practice.Trickle: true} // in a test of their own
	for _, part := range []map[string]seen{transport(), drifts(), pageFaults(), reportFaults(), writes()} {
		a := open(t, practice.Options{})
		for _, name := range slices.Sorted(maps.Keys(part)) {
			shown[name] = true
			t.Run(name, func(t *testing.T) {
				a.t = t
				a.clock.pass(31 * time.Minute)
				for _, region := range []string{"na", "eu"} {
					a.token("spapi", region)
					a.token("ads", region)
				}
				a.account().want(t, 200)
				a.switchOn(practice.Fault{Name: name})
				part[name](t, a)
				a.switchOn()
				a.account().want(t, 200)
			})
		}
		a.t = t
	}
	for _, f := range practice.KnownFaults() {
		if !shown[f.Name] || f.Meaning == "" {
			t.Errorf("nothing shows %q", f.Name)
		}
	}
}
