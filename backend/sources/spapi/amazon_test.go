package spapi_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/platform/httpx"
	"purser/backend/platform/ratelimit"
	"purser/backend/sources/internal/swaggertest"
	"purser/backend/sources/spapi"
)

const (
	secret  = "c4n4ry-s3cr3t"
	refresh = "c4n4ry-r3fr3sh"
	seller  = "A1SELLER"
)

// hands is a clock that a test turns.
type hands struct {
	mu sync.Mutex
	at time.Time
}

func (h *hands) Now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.at
}

func (h *hands) pass(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.at = h.at.Add(d)
}

// request is one that came in.
type request struct {
	operation string
	method    string
	path      string // escaped
	query     url.Values
	rawQuery  string
	header    http.Header
	body      string
}

// reply is an answer of the fake.
type reply struct {
	status int
	header map[string]string
	body   string
}

func ok(body string) reply { return reply{status: 200, body: body} }

func refusal(status int, code, message string) reply {
	b, _ := json.Marshal(map[string]any{"errors": []any{map[string]string{"code": code, "message": message}}})
	return reply{status: status, body: string(b)}
}

// amazon is a fake that answers by operation and holds every request to Amazon's models, where they are at hand.
type amazon struct {
	t      *testing.T
	url    string
	clock  *hands
	client *spapi.Client
	limits *ratelimit.Limiter
	models *swaggertest.Models

	mu      sync.Mutex
	got     []request
	tokens  int
	revoked bool // the seller took the authorisation back
	answers map[string]func(r request) reply
}

func modelsAtHand(t *testing.T) *swaggertest.Models {
	t.Helper()
	dir := filepath.Join(os.Getenv("PURSER_SHARED"), "spapi-models")
	if _, err := os.Stat(dir); err != nil {
		return nil
	}
	return sharedModels(t, dir)
}

var (
	modelsOnce sync.Once
	modelsRead *swaggertest.Models
)

func sharedModels(t *testing.T, dir string) *swaggertest.Models {
	t.Helper()
	modelsOnce.Do(func() { modelsRead = swaggertest.Load(t, dir) })
	return modelsRead
}

func open(t *testing.T) *amazon {
	t.Helper()
	a := &amazon{
		t: t, clock: &hands{at: time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)}, models: modelsAtHand(t), answers: map[string]func(request) reply{},
	}
	srv := httptest.NewServer(a)
	t.Cleanup(srv.Close)
	a.url = srv.URL
	a.limits = ratelimit.New(a.clock, nil)
	base := map[string]string{}
	for _, r := range []string{"na", "eu", "fe"} {
		base[r] = srv.URL + "/spapi/" + r
	}
	a.client = spapi.New(spapi.Options{
		HTTP: httpx.New(httpx.Options{UserAgent: "Purser/test", Timeout: 10 * time.Second, Clock: a.clock}), Limits: a.limits, Clock: a.clock,
		Credentials: func(context.Context, string) (spapi.Credentials, error) {
			return spapi.Credentials{ClientID: "amzn1.client", ClientSecret: secret, RefreshToken: refresh}, nil
		},
		Endpoints: base, TokenURL: srv.URL + "/auth/o2/token",
		Seller: func(context.Context, string) (string, error) { return seller, nil },
	})
	return a
}

// on answers an operation.
func (a *amazon) on(operation string, f func(r request) reply) { a.answers[operation] = f }

// always answers an operation with the same.
func (a *amazon) always(operation string, r reply) { a.on(operation, func(request) reply { return r }) }

// series answers an operation with one after the other, the last for ever.
func (a *amazon) series(operation string, all ...reply) {
	n := 0
	a.on(operation, func(request) reply {
		n++
		return all[min(n, len(all))-1]
	})
}

func (a *amazon) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	if r.URL.Path == "/auth/o2/token" {
		a.mu.Lock()
		a.tokens++
		n, revoked := a.tokens, a.revoked
		a.mu.Unlock()
		if revoked {
			w.WriteHeader(http.StatusBadRequest)
			_, _ = io.WriteString(w, `{"error":"invalid_grant","error_description":"The request has an invalid grant parameter : refresh_token"}`)
			return
		}
		_, _ = fmt.Fprintf(w, `{"access_token":"Atza|t%d","expires_in":3600}`, n)
		return
	}
	if strings.HasPrefix(r.URL.Path, "/documents/") {
		a.serve(w, request{operation: "document", path: r.URL.EscapedPath(), header: r.Header.Clone(), rawQuery: r.URL.RawQuery})
		return
	}
	parts := strings.SplitN(r.URL.EscapedPath(), "/", 4)
	path := "/" + parts[3]
	got := request{
		operation: operationOf(r.Method, path), method: r.Method, path: path, query: r.URL.Query(), rawQuery: r.URL.RawQuery, header: r.Header.Clone(), body: string(body),
	}
	if !strings.HasPrefix(r.Header.Get("X-Amz-Access-Token"), "Atza|") || r.Header.Get("User-Agent") != "Purser/test" {
		a.t.Errorf("%s came without token or user agent: %v", got.operation, r.Header)
	}
	if v := got.query.Get("includedData"); strings.Contains(v, "BUYER") || strings.Contains(v, "RECIPIENT") {
		a.t.Errorf("%s asks for what buyers are called: %s", got.operation, v)
	}
	if a.models != nil {
		as := r.Clone(r.Context())
		as.URL.Path, as.URL.RawPath = mustUnescape(path), path
		if err := a.models.CheckRequest(as, body); err != nil {
			a.t.Errorf("%s %s?%s: %v", r.Method, path, r.URL.RawQuery, err)
		}
	}
	a.serve(w, got)
}

func mustUnescape(s string) string {
	out, err := url.PathUnescape(s)
	if err != nil {
		return s
	}
	return out
}

func (a *amazon) serve(w http.ResponseWriter, got request) {
	a.mu.Lock()
	a.got = append(a.got, got)
	f := a.answers[got.operation]
	if f == nil {
		a.mu.Unlock()
		a.t.Errorf("nobody expected %s %s", got.operation, got.path)
		w.WriteHeader(500)
		return
	}
	rep := f(got)
	a.mu.Unlock()
	w.Header().Set("x-amzn-RequestId", "req-"+got.operation)
	for k, v := range rep.header {
		w.Header().Set(k, v)
	}
	w.WriteHeader(rep.status)
	_, _ = io.WriteString(w, rep.body)
}

// operationOf names the operation of a request, so that the fake needs no models.
func operationOf(method, path string) string {
	p := strings.Split(strings.Trim(path, "/"), "/")
	switch {
	case strings.HasSuffix(path, "/marketplaceParticipations"):
		return "getMarketplaceParticipations"
	case strings.HasSuffix(path, "/sellers/v1/account"):
		return "getAccount"
	case p[0] == "reports" && p[2] == "documents":
		return "getReportDocument"
	case p[0] == "reports" && method == http.MethodPost:
		return "createReport"
	case p[0] == "reports" && len(p) == 4:
		return "getReport"
	case p[0] == "reports":
		return "getReports"
	case p[0] == "orders" && len(p) == 4:
		return "getOrder"
	case p[0] == "orders":
		return "searchOrders"
	case p[0] == "sales":
		return "getOrderMetrics"
	case p[0] == "fba":
		return "getInventorySummaries"
	case p[0] == "listings" && method == http.MethodPatch:
		return "patchListingsItem"
	case p[0] == "listings" && len(p) == 5:
		return "getListingsItem"
	case p[0] == "listings":
		return "searchListingsItems"
	case p[0] == "finances" && p[2] == "balances":
		return "listBalances"
	case p[0] == "finances":
		return "listTransactions"
	case p[0] == "solicitations" && method == http.MethodPost:
		return "createProductReviewAndSellerFeedbackSolicitation"
	case p[0] == "solicitations":
		return "getSolicitationActionsForOrder"
	case p[0] == "products":
		return "getMyFeesEstimates"
	case p[0] == "batches":
		return "getCompetitiveSummary"
	case p[0] == "customerFeedback":
		return "getItemReviewTopics"
	}
	return method + " " + path
}

// asked gives the requests of an operation.
func (a *amazon) asked(operation string) []request {
	a.mu.Lock()
	defer a.mu.Unlock()
	var out []request
	for _, r := range a.got {
		if r.operation == operation {
			out = append(out, r)
		}
	}
	return out
}

// count says how often an operation was asked.
func (a *amazon) count(operation string) int { return len(a.asked(operation)) }

func feed(t *testing.T, name string) source.Feed {
	t.Helper()
	all := (&spapi.Client{}).Feeds()
	i := slices.IndexFunc(all, func(f source.Feed) bool { return f.Name == name })
	if i < 0 {
		t.Fatalf("there is no feed %s", name)
	}
	return all[i]
}

// ask makes an ask of a feed as the engine would.
func (a *amazon) ask(name string) source.Ask {
	a.t.Helper()
	f := feed(a.t, name)
	out := source.Ask{Feed: name, Region: "na"}
	if f.PerMarketplace {
		out.Marketplace = "US"
	}
	now := a.clock.Now()
	switch {
	case f.Snapshot:
	case f.DayByDay:
		m, _ := core.MarketplaceByCode("US")
		out.Day = core.DayOf(now, m.Zone()) - 3
		out.From, out.To = out.Day.Start(m.Zone()).UTC(), (out.Day + 1).Start(m.Zone()).UTC()
	default:
		out.To = now.Add(-f.Late)
		out.From = out.To.Add(-min(f.Slice, 24*time.Hour))
	}
	return out
}

// run steps an ask until it is done, turning the clock as it is told to wait. It gives the documents and the last step.
func (a *amazon) run(ask source.Ask) ([]source.Fetched, source.Step, error) {
	a.t.Helper()
	var docs []source.Fetched
	for range 300 {
		s, err := a.client.Step(a.t.Context(), ask)
		if e := asAPI(err); e != nil && e.Fault == source.FaultThrottled {
			a.clock.pass(max(e.After, time.Second))
			continue
		}
		if err != nil {
			return docs, s, err
		}
		if strings.Contains(string(s.State), secret) || strings.Contains(string(s.State), "X-Amz") || strings.Contains(string(s.State), "/documents/") {
			a.t.Errorf("a secret is in the state: %s", s.State)
		}
		docs = append(docs, s.Documents...)
		if s.Done {
			return docs, s, nil
		}
		ask.State = s.State
		a.clock.pass(s.Wait)
	}
	a.t.Fatal("the ask does not end")
	return nil, source.Step{}, nil
}

func asAPI(err error) *source.APIError {
	var e *source.APIError
	if errors.As(err, &e) {
		return e
	}
	return nil
}

// wants checks the fault of an error, and that it is one for a person without a secret in it.
func wants(t *testing.T, err error, f source.APIFault) *source.APIError {
	t.Helper()
	e := asAPI(err)
	if e == nil || e.Fault != f {
		t.Fatalf("%v (%+v), want %s", err, e, f)
	}
	if len(e.Message) < 20 || len([]rune(e.Raw)) > 4000 {
		t.Errorf("%q, %d characters of raw", e.Message, len(e.Raw))
	}
	all := fmt.Sprintf("%+v", *e)
	for _, canary := range []string{secret, refresh, "Atza|"} {
		if strings.Contains(all, canary) {
			t.Errorf("a secret is in %s", all)
		}
	}
	return e
}

func content(t *testing.T, d source.Fetched) string {
	t.Helper()
	r, err := d.File.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil || int64(len(b)) != d.File.Size {
		t.Fatalf("%d bytes, said to be %d: %v", len(b), d.File.Size, err)
	}
	return string(b)
}

// report serves a report that is done at once, with a document.
func (a *amazon) report(document reply) {
	a.always("createReport", reply{status: 202, body: `{"reportId":"R1"}`})
	a.always("getReport", ok(`{"reportId":"R1","reportType":"X","processingStatus":"DONE","createdTime":"2026-11-25T12:00:30Z","processingEndTime":"2026-11-25T12:01:00.5Z","reportDocumentId":"D1"}`))
	a.always("getReportDocument", ok(`{"reportDocumentId":"D1","url":"`+a.url+`/documents/D1?X-Amz-Signature=hidden","compressionAlgorithm":"GZIP"}`))
	a.always("document", document)
}

// dayBegins is the first moment of the day in the United States in which t lies.
func dayBegins(t time.Time) time.Time {
	us, _ := core.MarketplaceByCode("US")
	return core.DayOf(t, us.Zone()).Start(us.Zone()).UTC()
}
