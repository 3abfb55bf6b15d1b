package app_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"

	"purser/backend/sources/simulator/practice"
)

// mishap is one thing that goes wrong between Purser and Amazon.
type mishap struct {
	name  string
	at    string         // "lwa", "spapi", "ads", "documents"; "": everywhere
	fault practice.Fault // of the practice Amazon; its own name is "" where none is meant
	how   string         // what is made of the answer instead; "": the practice Amazon answers
	form  string         // how what was sent is said back
}

// peer is the practice Amazon behind a network in which mishaps happen. Secrets that have not the form of Amazon's are
// told here and exchanged for those of the practice Amazon.
type peer struct {
	to *practice.Server

	mu      sync.Mutex
	now     mishap
	swaps   map[string]string // told by Purser → of the practice Amazon
	tokens  []string          // access tokens that were given out
	signed  []string          // signatures of addresses that were given out
	struck  int
	strikes map[string]int
}

func (p *peer) set(m mishap) error {
	p.mu.Lock()
	p.now = m
	p.mu.Unlock()
	if m.fault.Name == "" {
		return p.to.SetFaults(nil)
	}
	return p.to.SetFaults(practice.Faults{m.fault})
}

func apiOf(path string) string {
	for prefix, kind := range map[string]string{"/auth/": "lwa", "/spapi/": "spapi", "/ads/": "ads", "/documents/": "documents"} {
		if strings.HasPrefix(path, prefix) {
			return kind
		}
	}
	return ""
}

// RoundTrip implements http.RoundTripper.
func (p *peer) RoundTrip(r *http.Request) (*http.Response, error) {
	var body []byte
	if r.Body != nil {
		var err error
		if body, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
	}
	p.mu.Lock()
	m, kind := p.now, apiOf(r.URL.Path)
	strikes := m.how != "" && (m.at == "" || m.at == kind)
	if strikes {
		p.struck++
		p.strikes[m.name]++
	}
	sent := string(body)
	for told, real := range p.swaps {
		sent = strings.ReplaceAll(sent, url.QueryEscape(told), url.QueryEscape(real))
	}
	p.mu.Unlock()
	if strikes {
		r.Body = io.NopCloser(bytes.NewReader(body))
		return m.answer(r)
	}
	in := r.Clone(r.Context())
	in.Body, in.ContentLength, in.RemoteAddr = io.NopCloser(strings.NewReader(sent)), int64(len(sent)), "127.0.0.1:1"
	return p.ask(in, kind)
}

// ask has the practice Amazon answer, and notes the secrets that it gives out.
func (p *peer) ask(r *http.Request, kind string) (res *http.Response, err error) {
	w := httptest.NewRecorder()
	func() {
		defer func() {
			if v := recover(); v == http.ErrAbortHandler { //nolint:errorlint // it is that very value
				err = errors.New("connection reset by peer")
			} else if v != nil {
				panic(v)
			}
		}()
		p.to.ServeHTTP(w, r)
	}()
	if err != nil {
		return nil, err
	}
	res = w.Result()
	text := w.Body.String()
	p.mu.Lock()
	defer p.mu.Unlock()
	var said struct {
		Token   string `json:"access_token"`
		Address string `json:"url"`
	}
	if json.Unmarshal([]byte(text), &said) == nil {
		if kind == "lwa" && said.Token != "" {
			p.tokens = append(p.tokens, said.Token)
		}
		if u, err := url.Parse(said.Address); err == nil && u.Query().Get("signature") != "" {
			p.signed = append(p.signed, u.Query().Get("signature"))
		}
	}
	return res, nil
}

// answer is what is made of a request by a mishap: it says back what was sent.
func (m mishap) answer(r *http.Request) (*http.Response, error) {
	b, err := httputil.DumpRequest(r, true)
	if err != nil {
		return nil, err
	}
	said := "You sent: " + r.URL.String() + "\n" + string(b)
	switch m.form {
	case "query":
		said = url.QueryEscape(said)
	case "html":
		said = html.EscapeString(said)
	case "base64":
		said = base64.StdEncoding.EncodeToString([]byte(said))
	case "last": // what is secret comes where a text is clipped
		said = strings.Repeat("x", 280) + said
	}
	text, _ := json.Marshal(said)
	switch m.how {
	case "panic":
		panic(said)
	case "panic with an error":
		panic(fmt.Errorf("while it was sent: %w", errors.New(said)))
	case "transport":
		return nil, &url.Error{Op: "Post", URL: r.URL.String(), Err: errors.New(said)}
	case "cut":
		return answerOf(r, 500, "text/plain", io.MultiReader(strings.NewReader(said), torn{})), nil
	case "page":
		return answerOf(r, 200, "text/html", strings.NewReader("<html><body>"+said+"</body></html>")), nil
	case "text":
		return answerOf(r, 502, "text/plain", strings.NewReader(said)), nil
	case "headers":
		res := answerOf(r, 400, "application/json", strings.NewReader(`{"errors":[{"code":"InvalidInput","message":"no"}]}`))
		token := r.Header.Get("X-Amz-Access-Token") + r.Header.Get("Authorization") + strings.ReplaceAll(bodyOf(b), "\n", "")
		for _, h := range []string{"X-Amzn-Requestid", "X-Amz-Request-Id", "Location", "Retry-After", "Date", "X-Amzn-Ratelimit-Limit"} {
			res.Header.Set(h, token)
		}
		return res, nil
	case "done":
		return answerOf(r, 200, "application/json", strings.NewReader(answerWith(r.URL.Path, string(text)))), nil
	}
	status := 0
	if _, err := fmt.Sscan(m.how, &status); err != nil {
		return nil, fmt.Errorf("nobody knows how %q happens", m.how)
	}
	return answerOf(r, status, "application/json", strings.NewReader(fmt.Sprintf(
		`{"errors":[{"code":"InvalidInput","message":%[1]s,"details":%[1]s}],"error":"invalid_grant","error_description":%[1]s,"code":"X","message":%[1]s,"details":%[1]s,"request_id":%[1]s}`, text))), nil
}

func bodyOf(dump []byte) string {
	_, b, _ := strings.Cut(string(dump), "\r\n\r\n")
	return b
}

// answerWith is an answer of an operation that is read as one that is good, and says back what was sent.
func answerWith(path, said string) string {
	extra := `"debug":` + said
	switch {
	case strings.Contains(path, "/auth/"):
		return `{"access_token":"",` + extra + `}`
	case strings.Contains(path, "marketplaceParticipations"):
		return `{"payload":[],` + extra + `}`
	case strings.Contains(path, "/orders/"):
		return `{"orders":[{"orderId":"1","note":` + said + `}],` + extra + `}`
	case strings.Contains(path, "/fba/"):
		return `{"payload":{"inventorySummaries":[],` + extra + `}}`
	case strings.Contains(path, "/listings/"):
		return `{"items":[{"sku":"A","summaries":[{"itemName":` + said + `}]}],` + extra + `}`
	case strings.Contains(path, "/finances/"):
		return `{"payload":{"transactions":[{"description":` + said + `}]},` + extra + `}`
	case strings.Contains(path, "/documents/"):
		return `{"reportSpecification":{"reportType":"GET_SALES_AND_TRAFFIC_REPORT"},` + extra + `}`
	case strings.Contains(path, "/reports/"):
		return `{"reportId":"1","reports":[],"processingStatus":"FATAL",` + extra + `}`
	case strings.Contains(path, "/list"):
		return `{"campaigns":[{"campaignId":"1","name":` + said + `}],"keywords":[],"targetingClauses":[],` + extra + `}`
	}
	return `{` + extra + `}`
}

// torn ends a body in the middle.
type torn struct{}

// Read implements io.Reader.
func (torn) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func answerOf(r *http.Request, status int, media string, body io.Reader) *http.Response {
	return &http.Response{
		StatusCode: status, Status: fmt.Sprint(status), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: r, ContentLength: -1,
		Header: http.Header{"Content-Type": {media}}, Body: io.NopCloser(body),
	}
}

// mishapSeed is what the order of mishaps is made from.
const mishapSeed = 36

// mishaps are all that there are, in an order in which the first few are of every sort.
func mishaps() []mishap {
	var echoes, faults, out []mishap
	hows := []string{"400", "done", "401", "panic", "403", "transport", "404", "page", "429", "headers", "500", "text", "503", "cut", "panic with an error", "413"}
	places, forms := []string{"spapi", "lwa", "ads", "documents"}, []string{"plain", "query", "last", "html", "base64"}
	for i := range len(hows) * len(places) * len(forms) {
		how, at, form := hows[i%len(hows)], places[(i+i/len(hows))%len(places)], forms[(i+i/(len(hows)*len(places)))%len(forms)]
		echoes = append(echoes, mishap{name: strings.Join([]string{"echo", how, at, form}, " "), at: at, how: how, form: form})
	}
	for _, f := range practice.KnownFaults() {
		if f.Name != practice.GzipBomb && f.Name != practice.Slow && f.Name != practice.Trickle { // they cost time and say nothing back
			faults = append(faults, mishap{name: f.Name, fault: practice.Fault{Name: f.Name}})
		}
	}
	r := rand.New(rand.NewPCG(mishapSeed, 1))
	r.Shuffle(len(faults), func(i, j int) { faults[i], faults[j] = faults[j], faults[i] })
	for i := range max(len(echoes), len(faults)) {
		for _, list := range [][]mishap{echoes, faults} {
			if i < len(list) {
				out = append(out, list[i])
			}
		}
	}
	return out
}
