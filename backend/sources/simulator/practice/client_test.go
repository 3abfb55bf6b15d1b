package practice_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"purser/backend/core"
	"purser/backend/sources/internal/adstest"
	"purser/backend/sources/internal/swaggertest"
	"purser/backend/sources/simulator"
	"purser/backend/sources/simulator/practice"
)

const agent = "Purser/1.0 (Language=Go/1.26; Platform=test; Automated=1)"

// times is a clock that a test turns.
type times struct {
	mu  sync.Mutex
	now time.Time
}

func (t *times) Now() time.Time {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.now
}

func (t *times) pass(d time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.now = t.now.Add(d)
}

func start() time.Time { return time.Date(2026, time.November, 25, 12, 0, 0, 0, time.UTC) }

// amazon is a practice server with a client.
type amazon struct {
	t      *testing.T
	s      *practice.Server
	url    string
	clock  *times
	tokens map[string]string
	models *swaggertest.Models
}

func open(t *testing.T, o practice.Options) *amazon {
	t.Helper()
	a := &amazon{t: t, clock: &times{now: start()}, tokens: map[string]string{}, models: models(t)}
	o.Clock, o.Seed = a.clock, 5
	o.Seller = simulator.Options{Seed: 7, SKUs: 24}
	if o.ValidateAnswer == nil {
		o.ValidateAnswer = a.check
	}
	s, err := practice.New(o)
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s)
	t.Cleanup(srv.Close)
	t.Cleanup(func() {
		for _, p := range s.Problems() {
			t.Error(p)
		}
	})
	a.s, a.url = s, srv.URL
	return a
}

// check holds every answer to the models.
func (a *amazon) check(r *http.Request, status int, _ http.Header, body []byte) error {
	path := r.URL.EscapedPath()
	if r.Header.Get("X-Amz-Access-Token") == "" {
		if adstest.Operation(r.Method, path) == "" {
			return nil // served, and nowhere described
		}
		return adstest.CheckResponse(r.Method, path, status, body)
	}
	if a.models == nil || status == http.StatusNoContent {
		return nil
	}
	return a.models.CheckResponse(r.Method, path, status, body)
}

var (
	modelsOnce sync.Once
	modelsRead *swaggertest.Models
)

// models are Amazon's published models, where a copy is at hand: then every answer is held to them.
func models(t *testing.T) *swaggertest.Models {
	t.Helper()
	modelsOnce.Do(func() {
		dir := filepath.Join(shared(), "spapi-models")
		if _, err := os.Stat(dir); err == nil {
			modelsRead = swaggertest.Load(t, dir)
		}
	})
	return modelsRead
}

type result struct {
	status int
	header http.Header
	body   []byte
	err    error
}

func (r result) into(t *testing.T, v any) {
	t.Helper()
	if err := json.Unmarshal(r.body, v); err != nil {
		t.Fatalf("%v: %s", err, r.body)
	}
}

// get reads a value at a path such as "payload.transactions".
func (r result) get(t *testing.T, path string) any {
	t.Helper()
	var v any
	r.into(t, &v)
	for p := range strings.SplitSeq(path, ".") {
		m, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = m[p]
	}
	return v
}

func (r result) list(t *testing.T, path string) []any {
	t.Helper()
	l, _ := r.get(t, path).([]any)
	return l
}

func (a *amazon) do(method, address string, header http.Header, body []byte) result {
	a.t.Helper()
	req, err := http.NewRequest(method, address, bytes.NewReader(body))
	if err != nil {
		a.t.Fatal(err)
	}
	req.Header = header
	client := &http.Client{Transport: &http.Transport{DisableCompression: true, DisableKeepAlives: true}, Timeout: 30 * time.Second}
	resp, err := client.Do(req)
	if err != nil {
		return result{err: err}
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	return result{resp.StatusCode, resp.Header, b, err}
}

func (a *amazon) login(api, region string) result {
	k := a.s.Credentials(api, region)
	form := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {k.RefreshToken}, "client_id": {k.ClientID}, "client_secret": {k.ClientSecret}}
	return a.do(http.MethodPost, a.url+"/auth/o2/token", http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}, []byte(form.Encode()))
}

// token is a fresh access token, asked for again after 50 minutes.
func (a *amazon) token(api, region string) string {
	a.t.Helper()
	key := api + region + a.clock.Now().Truncate(50*time.Minute).String()
	if a.tokens[key] == "" {
		r := a.login(api, region)
		if r.status != http.StatusOK {
			a.t.Fatalf("login: %d %s", r.status, r.body)
		}
		a.tokens[key], _ = r.get(a.t, "access_token").(string)
	}
	return a.tokens[key]
}

func (a *amazon) header(region string) http.Header {
	return http.Header{"User-Agent": {agent}, "X-Amz-Access-Token": {a.token("spapi", region)}, "Content-Type": {"application/json"}}
}

// sp asks the Selling Partner API.
func (a *amazon) sp(region, method, path string, query url.Values, body any) result {
	a.t.Helper()
	return a.do(method, a.url+"/spapi/"+region+path+"?"+query.Encode(), a.header(region), encode(a.t, body))
}

func encode(t *testing.T, body any) []byte {
	t.Helper()
	if body == nil {
		return nil
	}
	b, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func (a *amazon) adsHeader(region, market, media string) http.Header {
	h := http.Header{
		"User-Agent": {agent}, "Authorization": {"Bearer " + a.token("ads", region)},
		"Amazon-Advertising-Api-Clientid": {a.s.Credentials("ads", region).ClientID},
	}
	if market != "" {
		h.Set("Amazon-Advertising-API-Scope", a.s.ProfileID(market))
	}
	if media != "" {
		h.Set("Content-Type", media)
		h.Set("Accept", media)
	}
	return h
}

// ads asks the Ads API for the United States.
func (a *amazon) ads(method, path, media string, body any) result {
	a.t.Helper()
	return a.do(method, a.url+"/ads/na"+path, a.adsHeader("na", "US", media), encode(a.t, body))
}

func id(code string) string {
	m, _ := core.MarketplaceByCode(code)
	return string(m.ID)
}

// want fails unless an answer has a status.
func (r result) want(t *testing.T, status int) result {
	t.Helper()
	if r.err != nil || r.status != status {
		t.Fatalf("%d (%v), not %d: %.500s", r.status, r.err, status, r.body)
	}
	return r
}

// report asks for a report, waits, and gives its last state and document.
func (a *amazon) report(region string, request map[string]any) (map[string]any, []byte) {
	a.t.Helper()
	r := a.sp(region, http.MethodPost, "/reports/2021-06-30/reports", nil, request).want(a.t, http.StatusAccepted)
	name, _ := r.get(a.t, "reportId").(string)
	a.clock.pass(10 * time.Minute)
	var state map[string]any
	a.sp(region, http.MethodGet, "/reports/2021-06-30/reports/"+name, nil, nil).want(a.t, http.StatusOK).into(a.t, &state)
	doc, ok := state["reportDocumentId"].(string)
	if !ok {
		return state, nil
	}
	return state, a.fetch(region, doc)
}

// fetch gives the unpacked bytes of a report document.
func (a *amazon) fetch(region, doc string) []byte {
	a.t.Helper()
	d := a.sp(region, http.MethodGet, "/reports/2021-06-30/documents/"+url.PathEscape(doc), nil, nil).want(a.t, http.StatusOK)
	at, _ := d.get(a.t, "url").(string)
	got := a.do(http.MethodGet, at, nil, nil).want(a.t, http.StatusOK)
	return unpack(a.t, got.body)
}

func unpack(t *testing.T, b []byte) []byte {
	t.Helper()
	if !bytes.HasPrefix(b, []byte{0x1f, 0x8b}) {
		return b
	}
	out, err := gunzip(b)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func gunzip(b []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	out, err := io.ReadAll(io.LimitReader(z, 1<<26))
	return out, errors.Join(err, z.Close())
}

// lines are the rows of a flat file below its header.
func lines(file []byte) []string {
	all := strings.Split(strings.TrimSuffix(string(file), "\r\n"), "\r\n")
	return all[1:]
}

func shared() string {
	if v := os.Getenv("PURSER_SHARED"); v != "" {
		return v
	}
	return "../../../../../shared"
}
