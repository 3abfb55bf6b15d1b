package adsapi_test

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"purser/backend/core/action/actiontest"
	"purser/backend/platform/httpx"
	"purser/backend/platform/ratelimit"
	"purser/backend/sources/adsapi"
	"purser/backend/sources/internal/adstest"
)

const (
	clientID = "amzn1.application-oa2-client.c4n4ry"
	secret   = "c4n4ry-s3cr3t"
	refresh  = "Atzr|c4n4ry-r3fr3sh"
	profile  = "123456789012345678" // more digits than a float64 holds
	reportID = "a15115d8-3da4-49a4-95d5-cc0a3af5f85d"
)

// hands is a clock that stands where it is put.
type hands struct {
	mu sync.Mutex
	at time.Time
}

func (h *hands) Now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.at
}

func (h *hands) move(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.at = h.at.Add(d)
}

type thing = map[string]any

// peer is the Ads API of one seller. It takes nothing that is not documented, and complains to the test.
type peer struct {
	t     *testing.T
	url   string
	close func()
	http  *httpx.Client
	clock *hands

	mu       sync.Mutex
	of       map[string][]thing // by key of its list
	page     int                // rows of a page
	mood     func() actiontest.Mood
	seen     []string // bodies of writes
	late     []func()
	calls    map[string]int // by operation
	bad      int            // requests that were not as documented
	lenient  bool           // complaints are expected
	tokens   int
	expire   int // so many requests are answered with 401
	override func(operation string, n int) (status int, header http.Header, body string)
	report   []byte // its document; nil: it is not made yet
	gone     int    // so many times its address is too old
	asked    []string
	made     string // state of the report
}

func newPeer(t *testing.T) *peer {
	t.Helper()
	p := &peer{
		t: t, page: 2, calls: map[string]int{}, made: "PENDING",
		clock: &hands{at: time.Date(2026, 11, 26, 9, 30, 0, 0, time.UTC)},
	}
	campaign := func(id, name, state string, budget any) thing {
		return thing{"campaignId": id, "name": name, "state": state, "targetingType": "MANUAL", "startDate": "2026-01-01", "budget": thing{"budget": budget, "budgetType": "DAILY"}}
	}
	keyword := func(id, campaign, words, match string, bid any) thing {
		k := thing{"keywordId": id, "campaignId": campaign, "adGroupId": "21", "keywordText": words, "matchType": match, "state": "ENABLED"}
		if bid != nil {
			k["bid"] = bid
		}
		return k
	}
	p.of = map[string][]thing{
		"campaigns": {
			campaign("11", "Spring", "ENABLED", 25), campaign("12", "Spring/flasks", "ENABLED", 12.5), campaign("13", "Twin", "ENABLED", 5),
			campaign("14", "Twin", "PAUSED", 5), campaign("15", "Gone", "ARCHIVED", 5), campaign("16", "Quiet", "PAUSED", 10),
		},
		"adGroups": {{"adGroupId": "21", "campaignId": "11", "name": "Flasks", "state": "ENABLED", "defaultBid": 0.4}},
		"keywords": {
			keyword("31", "11", "steel flask", "EXACT", 0.5), keyword("32", "11", "flask", "EXACT", 0.3), keyword("33", "11", "flask", "BROAD", 0.2),
			keyword("36", "11", "mug", "EXACT", 0.4), keyword("37", "11", "mug", "EXACT", 0.4),
			keyword("34", "11", "cup", "EXACT", nil), keyword("35", "12", "steel flask", "EXACT", 0.7),
		},
		"targetingClauses": {{
			"targetId": "41", "campaignId": "11", "adGroupId": "21", "state": "ENABLED", "bid": 0.6, "expressionType": "AUTO",
			"expression": []any{thing{"type": "QUERY_HIGH_REL_MATCHES"}},
		}},
		"negativeKeywords":         {},
		"campaignNegativeKeywords": {{"keywordId": "61", "campaignId": "11", "keywordText": "free", "matchType": "NEGATIVE_PHRASE", "state": "ENABLED"}},
	}
	srv := httptest.NewServer(p)
	t.Cleanup(srv.Close)
	p.url, p.close = srv.URL, srv.Close
	p.http = httpx.New(httpx.Options{UserAgent: "Purser/0 (test)", Timeout: 5 * time.Second, Clock: p.clock})
	return p
}

// client speaks to the peer.
func (p *peer) client(change ...func(*adsapi.Options)) *adsapi.Client {
	o := adsapi.Options{
		HTTP:   p.http,
		Limits: ratelimit.New(p.clock, nil), Clock: p.clock,
		Credentials: func(context.Context, string) (adsapi.Credentials, error) {
			return adsapi.Credentials{ClientID: clientID, ClientSecret: secret, RefreshToken: refresh}, nil
		},
		Endpoints: map[string]string{"na": p.url + "/ads/na", "eu": p.url + "/ads/eu"}, TokenURL: p.url + "/auth/o2/token",
	}
	for _, f := range change {
		f(&o)
	}
	return adsapi.New(o)
}

// eager is a client that no limit of its own keeps back.
func (p *peer) eager() *adsapi.Client {
	return p.client(func(o *adsapi.Options) { o.Limits = ratelimit.New(&rush{}, nil) })
}

// rush is a clock on which an hour passes each time that it is looked at.
type rush struct{ hours atomic.Int64 }

func (r *rush) Now() time.Time {
	return time.Date(2026, 11, 26, 0, 0, 0, 0, time.UTC).Add(time.Duration(r.hours.Add(1)) * time.Hour)
}

// complain tells the test of what is not as documented.
func (p *peer) complain(format string, args ...any) {
	p.bad++
	if !p.lenient {
		p.t.Errorf(format, args...)
	}
}

func (p *peer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case r.URL.Path == "/auth/o2/token":
		p.tokens++
		fmt.Fprintf(w, `{"access_token":"Atza|c4n4ry%d","token_type":"bearer","expires_in":3600}`, p.tokens)
		return
	case strings.HasPrefix(r.URL.Path, "/documents/"):
		p.document(w, r)
		return
	}
	region, path, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/ads/"), "/")
	path = "/" + path
	operation := adstest.Operation(r.Method, path)
	if err := adstest.CheckRequest(r, path, body); err != nil {
		p.complain("%s %s: %v: %s", r.Method, path, err, body)
		http.Error(w, `{"code":"400","details":"Request is not as documented"}`, http.StatusBadRequest)
		return
	}
	p.calls[operation]++
	if p.expire > 0 {
		p.expire--
		http.Error(w, `{"code":"401","details":"Not authorized to access scope `+profile+` with `+secret+`"}`, http.StatusUnauthorized)
		return
	}
	w.Header().Set("x-amz-rid", "RID-7")
	if p.override != nil {
		if status, header, text := p.override(operation, p.calls[operation]); status != 0 {
			for k, v := range header {
				w.Header()[k] = v
			}
			w.WriteHeader(status)
			io.WriteString(w, text)
			return
		}
	}
	p.serve(w, r, region, path, operation, body)
}

func (p *peer) serve(w http.ResponseWriter, r *http.Request, region, path, operation string, body []byte) {
	switch {
	case operation == "listProfiles":
		p.answer(w, r, path, 200, p.profiles(region))
	case operation == "createReport":
		p.asked = append(p.asked, string(body))
		if len(p.asked) > 1 && p.asked[0] == string(body) && p.made != "COMPLETED" {
			p.answer(w, r, path, 425, thing{"code": "425", "detail": "The Request is a duplicate of : " + reportID})
			return
		}
		p.answer(w, r, path, 200, thing{"reportId": reportID, "status": "PENDING"})
	case operation == "getReport":
		p.status(w, r, path)
	case operation == "getBudgetUsage":
		p.answer(w, r, path, 207, thing{
			"success": []any{thing{"index": 1, "campaignId": "12", "budget": 12.5, "budgetUsagePercent": 80.5, "usageUpdatedTimestamp": "2026-11-26T09:00:00Z"}},
			"error":   []any{thing{"index": 0, "campaignId": "99", "code": "NOT_FOUND", "details": "campaign not found"}},
		})
	case strings.HasSuffix(path, "/list"):
		p.list(w, r, path, body)
	default:
		p.write(w, r, path, operation, body)
	}
}

func (p *peer) profiles(region string) any {
	one := func(id json.Number, country, currency, zone, market, kind string) thing {
		seller, store := "A2SELLER", "Northwind"
		if country == "CA" {
			seller, store = "A3OTHER", "Southwind"
		}
		return thing{"profileId": id, "countryCode": country, "currencyCode": currency, "timezone": zone, "accountInfo": thing{
			"marketplaceStringId": market, "id": seller, "type": kind, "name": store, "validPaymentMethod": true,
		}}
	}
	if region == "eu" {
		return []any{}
	}
	return []any{
		one(profile, "US", "USD", "America/Los_Angeles", "ATVPDKIKX0DER", "seller"), one("22", "CA", "CAD", "America/Los_Angeles", "A2EUQ1WTGCTBG2", "seller"),
		one("23", "US", "USD", "America/Los_Angeles", "ATVPDKIKX0DER", "vendor"), one("24", "XX", "USD", "UTC", "ANOTHER", "seller"),
		one("25", "MX", "MXN", "America/Los_Angeles", "A1AM78C64UM0Y8", "seller"), one("26", "MX", "MXN", "America/Los_Angeles", "A1AM78C64UM0Y8", "seller"),
	}
}

// answer is held against what is documented, as requests are.
func (p *peer) answer(w http.ResponseWriter, r *http.Request, path string, status int, v any) {
	text, err := json.Marshal(v)
	if err == nil {
		err = adstest.CheckResponse(r.Method, path, status, text)
	}
	if err != nil {
		p.t.Errorf("the peer itself answers %s %s with %s: %v", r.Method, path, text, err)
	}
	w.WriteHeader(status)
	w.Write(text)
}

func keyOf(path string) string {
	return map[string]string{
		"/sp/campaigns": "campaigns", "/sp/adGroups": "adGroups", "/sp/keywords": "keywords", "/sp/targets": "targetingClauses",
		"/sp/negativeKeywords": "negativeKeywords", "/sp/campaignNegativeKeywords": "campaignNegativeKeywords",
	}[strings.TrimSuffix(path, "/list")]
}

func (p *peer) list(w http.ResponseWriter, r *http.Request, path string, body []byte) {
	var q map[string]json.RawMessage
	json.Unmarshal(body, &q)
	var rows []any
	for _, row := range p.of[keyOf(path)] {
		if fits(row, q) {
			rows = append(rows, row)
		}
	}
	var next string
	json.Unmarshal(q["nextToken"], &next)
	at, _ := strconv.Atoi(strings.TrimPrefix(next, "page+="))
	end := min(at+p.page, len(rows))
	out := thing{keyOf(path): append([]any{}, rows[min(at, end):end]...), "totalResults": len(rows)}
	if end < len(rows) {
		out["nextToken"] = "page+=" + strconv.Itoa(end)
	}
	p.answer(w, r, path, 200, out)
}

func fits(row thing, q map[string]json.RawMessage) bool {
	for name, raw := range q {
		field, is := strings.CutSuffix(name, "Filter")
		if !is {
			continue
		}
		if strings.HasSuffix(strings.ToLower(field), "negativekeywordid") {
			field = "keywordId"
		}
		var f struct{ Include []string }
		json.Unmarshal(raw, &f)
		if id, _ := row[field].(string); !slices.Contains(f.Include, id) {
			return false
		}
	}
	return true
}

// write does what a mood says with the items of a write.
func (p *peer) write(w http.ResponseWriter, r *http.Request, path, operation string, body []byte) {
	key, mood := keyOf(path), actiontest.Honest
	p.seen = append(p.seen, string(body))
	if p.mood != nil {
		mood = p.mood()
	}
	var items map[string][]thing
	if err := json.Unmarshal(body, &items); err != nil {
		p.t.Error(err)
	}
	do := func() {
		for _, item := range items[key] {
			p.apply(key, operation, item)
		}
	}
	switch mood {
	case actiontest.Honest, actiontest.DoneButCut, actiontest.DoneButFail:
		do()
	case actiontest.Late:
		p.late = append(p.late, do)
	default:
	}
	switch mood {
	case actiontest.Honest, actiontest.Idle:
		p.answer(w, r, path, 207, thing{key: thing{"success": []any{thing{"index": 0}}, "error": []any{}}})
	case actiontest.Refuses:
		p.answer(w, r, path, 207, thing{key: thing{"success": []any{}, "error": []any{thing{"index": 0, "errors": []any{
			thing{"errorType": "biddingError", "errorValue": thing{"biddingError": thing{"reason": "BID_OUT_OF_MARKETPLACE_RANGE", "message": "no <script>"}}},
		}}}}})
	case actiontest.Cuts, actiontest.DoneButCut:
		panic(http.ErrAbortHandler)
	default:
		http.Error(w, `{"code":"503","details":"try later"}`, http.StatusServiceUnavailable)
	}
}

func (p *peer) apply(key, operation string, item thing) {
	if strings.HasPrefix(operation, "create") {
		item["keywordId"] = strconv.Itoa(900 + len(p.of[key]))
		p.of[key] = append(p.of[key], item)
		return
	}
	id := map[string]string{"campaigns": "campaignId", "keywords": "keywordId", "targetingClauses": "targetId"}[key]
	for _, row := range p.of[key] {
		if row[id] == item[id] {
			for k, v := range item {
				row[k] = v
			}
		}
	}
}

func (p *peer) status(w http.ResponseWriter, r *http.Request, path string) {
	out := thing{"reportId": reportID, "status": p.made, "createdAt": "2026-11-26T09:30:10Z", "updatedAt": "2026-11-26T09:51:00Z"}
	switch p.made {
	case "COMPLETED":
		out["url"] = p.url + "/documents/1?X-Amz-Signature=c4n4ry-s1gn"
	case "FAILED":
		out["failureReason"] = "Report generation failed due to an internal error. Please retry"
	}
	p.answer(w, r, path, 200, out)
}

func (p *peer) document(w http.ResponseWriter, r *http.Request) {
	p.calls["document"]++
	for _, name := range []string{"Authorization", "Amazon-Advertising-API-ClientId", "Amazon-Advertising-API-Scope"} {
		if r.Header.Get(name) != "" {
			p.t.Errorf("%s goes along with the address of a document", name)
		}
	}
	if p.gone > 0 {
		p.gone--
		http.Error(w, "<Error><Code>AccessDenied</Code></Error>", http.StatusForbidden)
		return
	}
	z := gzip.NewWriter(w)
	z.Write(p.report)
	z.Close()
}

func (p *peer) state() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	text, err := json.Marshal(p.of)
	if err != nil {
		p.t.Error(err)
	}
	return string(text)
}

func (p *peer) bodies() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.seen)
}

func (p *peer) count(operation string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.calls[operation]
}

// edit changes a thing as somebody in the campaign manager would.
func (p *peer) edit(key, id string, change thing) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.apply(key, "update", func() thing {
		change[map[string]string{"campaigns": "campaignId", "keywords": "keywordId"}[key]] = id
		return change
	}())
}
