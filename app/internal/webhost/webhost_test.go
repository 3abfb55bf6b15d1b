package webhost_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"purser/app/internal/webhost"
	"purser/backend/core"
	"purser/backend/platform/eventbus"
	"purser/backend/platform/supervise"
)

// API is a bound struct as the services have it.
type API struct{}

// Greeting is an input with one field.
type Greeting struct {
	Name string `json:"name"`
}

// Greet answers its input.
func (*API) Greet(in Greeting) (Greeting, error) { return Greeting{"Hello " + in.Name}, nil }

// Ready takes no input.
func (*API) Ready() (bool, error) { return true, nil }

// Refuse fails with words for a person.
func (*API) Refuse() (bool, error) {
	return false, &core.Error{Code: core.CodeConflict, Module: "sales", Message: "It changed meanwhile.", Hint: "Read again.", Err: errors.New("secret cause")}
}

// Break fails as any code may.
func (*API) Break() (bool, error) { return false, io.ErrUnexpectedEOF }

// Blow panics.
func (*API) Blow() (bool, error) { panic("planted") }

// Hidden does not have the shape of a bound method.
func (*API) Hidden(string, string) error { return nil }

const page = `<!doctype html><html><head><title>Purser</title></head><body></body></html>`

// host is a running web host with what a test needs to talk to it.
type host struct {
	url     string // with the token
	base    string // http://127.0.0.1:port
	uploads string
	exports string // not made yet
	bus     *eventbus.Bus
	session *http.Cookie // once opened
}

// start runs a web host; nobody has used its token yet.
func start(t *testing.T) *host {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	bus, uploads, exports := &eventbus.Bus{}, t.TempDir(), filepath.Join(t.TempDir(), "exports")
	s, err := webhost.New(ctx, webhost.Options{
		Assets:    fstest.MapFS{"index.html": {Data: []byte(page)}, "assets/app.js": {Data: []byte("1")}},
		Bound:     map[string]any{"try.API": &API{}},
		Bus:       bus,
		UploadDir: uploads,
		Exports:   func() string { return exports },
		Log:       slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	tree, served := supervise.New(ctx, "test"), make(chan error, 1)
	go func() { served <- s.Serve(ctx, tree) }()
	t.Cleanup(func() {
		stop()
		if err := <-served; err != nil {
			t.Errorf("serve: %v", err)
		}
		tree.Stop()
	})
	u, err := url.Parse(s.URL())
	if err != nil {
		t.Fatal(err)
	}
	return &host{url: s.URL(), base: "http://" + u.Host, uploads: uploads, exports: exports, bus: bus}
}

// open uses the token, so that later requests carry the cookie it buys.
func open(t *testing.T) *host {
	t.Helper()
	h := start(t)
	r := h.get(t, h.url, nil)
	if r.status != http.StatusSeeOther || len(r.cookies) != 1 {
		t.Fatalf("the token bought status %d and %d cookies", r.status, len(r.cookies))
	}
	h.session = r.cookies[0]
	return h
}

type answer struct {
	status  int
	header  http.Header
	cookies []*http.Cookie
	body    string
}

// fault is the error part of an answer.
func (a answer) fault(t *testing.T) map[string]string {
	t.Helper()
	var got struct {
		Error map[string]string `json:"error"`
	}
	if err := json.Unmarshal([]byte(a.body), &got); err != nil {
		t.Fatalf("status %d, not JSON: %q", a.status, a.body)
	}
	return got.Error
}

func (h *host) do(t *testing.T, method, target, body string, change func(*http.Request)) answer {
	t.Helper()
	if strings.HasPrefix(target, "/") {
		target = h.base + target
	}
	req, err := http.NewRequestWithContext(t.Context(), method, target, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if h.session != nil {
		req.AddCookie(h.session)
	}
	if change != nil {
		change(req)
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{res.StatusCode, res.Header, res.Cookies(), string(b)}
}

func (h *host) get(t *testing.T, target string, change func(*http.Request)) answer {
	t.Helper()
	return h.do(t, http.MethodGet, target, "", change)
}

func (h *host) call(t *testing.T, name, args string) answer {
	t.Helper()
	return h.do(t, http.MethodPost, "/__call/"+name, args, nil)
}

func TestTokenWorksOnce(t *testing.T) {
	t.Parallel()
	h := start(t)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	first := &http.Client{Jar: jar}
	for _, again := range []string{h.url, h.url, h.base + "/"} { // whoever has the cookie may come back
		res, err := first.Get(again)
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(res.Body)
		if err := errors.Join(err, res.Body.Close()); err != nil {
			t.Fatal(err)
		}
		if res.StatusCode != http.StatusOK || !strings.Contains(string(b), `<script src="/__bridge.js"></script>`) {
			t.Fatalf("%s: status %d\n%s", again, res.StatusCode, b)
		}
		if strings.Contains(res.Request.URL.String(), "token") {
			t.Errorf("the address bar keeps the token: %s", res.Request.URL)
		}
	}
	if r := h.get(t, h.url, nil); r.status != http.StatusUnauthorized || len(r.cookies) > 0 {
		t.Errorf("the token works twice: status %d, %d cookies", r.status, len(r.cookies))
	}
	if r := h.get(t, h.base+"/?token=guess", nil); r.status != http.StatusUnauthorized {
		t.Errorf("a guessed token: status %d", r.status)
	}
}

func TestCookieIsOutOfReach(t *testing.T) {
	t.Parallel()
	if c := open(t).session; !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || len(c.Value) < 32 {
		t.Errorf("the cookie is %+v", c)
	}
}

func TestNobodyWithoutTheCookie(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, path := range []string{"/", "/assets/app.js", "/__bridge.js"} {
		if r := h.get(t, path, nil); r.status != http.StatusOK {
			t.Errorf("GET %s with the cookie: %d", path, r.status)
		}
	}
	h.session = nil
	for _, path := range []string{"/", "/index.html", "/assets/app.js", "/__bridge.js", "/__events"} {
		if r := h.get(t, path, nil); r.status != http.StatusUnauthorized || strings.Contains(r.body, "Purser</title>") {
			t.Errorf("GET %s without a cookie: %d", path, r.status)
		}
	}
	for _, path := range []string{"/__call/try.API.Ready", "/__upload?name=a"} {
		if r := h.do(t, http.MethodPost, path, "[]", nil); r.status != http.StatusUnauthorized {
			t.Errorf("POST %s without a cookie: %d", path, r.status)
		}
	}
	wrong := func(r *http.Request) { r.AddCookie(&http.Cookie{Name: "purser_session", Value: "guess"}) }
	if r := h.get(t, "/", wrong); r.status != http.StatusUnauthorized {
		t.Errorf("with a guessed cookie: %d", r.status)
	}
}

func TestForeignersAreRefused(t *testing.T) {
	t.Parallel()
	h := open(t)
	port := h.base[strings.LastIndex(h.base, ":"):]
	for name, c := range map[string]struct {
		change func(*http.Request)
		want   int
	}{
		"its own origin":          {func(r *http.Request) { r.Header.Set("Origin", h.base) }, http.StatusOK},
		"localhost":               {func(r *http.Request) { r.Host = "localhost" + port }, http.StatusOK},
		"a rebound name":          {func(r *http.Request) { r.Host = "evil.test" + port }, http.StatusForbidden},
		"the name without port":   {func(r *http.Request) { r.Host = "localhost" }, http.StatusForbidden},
		"no name":                 {func(r *http.Request) { r.Host = "127.0.0.1" }, http.StatusForbidden},
		"another site":            {func(r *http.Request) { r.Header.Set("Origin", "https://evil.test") }, http.StatusForbidden},
		"another port":            {func(r *http.Request) { r.Header.Set("Origin", "http://127.0.0.1:1") }, http.StatusForbidden},
		"a sandboxed frame":       {func(r *http.Request) { r.Header.Set("Origin", "null") }, http.StatusForbidden},
		"the page by https":       {func(r *http.Request) { r.Header.Set("Origin", strings.Replace(h.base, "http", "https", 1)) }, http.StatusForbidden},
		"a name that starts like": {func(r *http.Request) { r.Header.Set("Origin", h.base+".evil.test") }, http.StatusForbidden},
	} {
		for _, path := range []string{"/__call/try.API.Ready", "/__upload?name=a"} {
			if r := h.do(t, http.MethodPost, path, "[]", c.change); r.status != c.want {
				t.Errorf("%s, %s: status %d, want %d", name, path, r.status, c.want)
			}
		}
	}
}

func TestForeignerDoesNotSpendTheToken(t *testing.T) {
	t.Parallel()
	h := start(t)
	if r := h.get(t, h.url, func(r *http.Request) { r.Host = "evil.test" }); r.status != http.StatusForbidden {
		t.Fatalf("status %d", r.status)
	}
	if r := h.get(t, h.url, nil); r.status != http.StatusSeeOther {
		t.Errorf("the token was spent by someone else: status %d", r.status)
	}
}

func TestPolicyIsOnEveryAnswer(t *testing.T) {
	t.Parallel()
	h := open(t)
	answers := map[string]answer{
		"page":      h.get(t, "/", nil),
		"asset":     h.get(t, "/assets/app.js", nil),
		"call":      h.call(t, "try.API.Ready", "[]"),
		"not found": h.get(t, "/nothing", nil),
		"forbidden": h.get(t, "/", func(r *http.Request) { r.Host = "evil.test" }),
	}
	h.session = nil
	answers["unauthorised"] = h.get(t, "/", nil)
	for name, a := range answers {
		policy := a.header.Get("Content-Security-Policy")
		if policy != webhost.CSP || a.header.Get("X-Content-Type-Options") != "nosniff" || a.header.Get("Referrer-Policy") != "no-referrer" {
			t.Errorf("%s: headers %v", name, a.header)
		}
	}
	policy := webhost.CSP
	for _, must := range []string{"default-src 'none'", "script-src 'self';", "object-src 'none'", "base-uri 'none'", "form-action 'none'"} {
		if !strings.Contains(policy, must) {
			t.Errorf("the policy lacks %q", must)
		}
	}
	if strings.Contains(policy, "unsafe-eval") || strings.Contains(policy, "script-src 'self' 'unsafe-inline'") {
		t.Error("the policy lets scripts be inline")
	}
}

func TestCalls(t *testing.T) {
	t.Parallel()
	h := open(t)
	for _, c := range []struct {
		name, args, want string
		status           int
	}{
		{"try.API.Greet", `[{"name":"Ada"}]`, `{"result":{"name":"Hello Ada"}}`, http.StatusOK},
		{"try.API.Greet", `[]`, `{"result":{"name":"Hello "}}`, http.StatusOK},
		{"try.API.Ready", `[]`, `{"result":true}`, http.StatusOK},
		{"try.API.Greet", `{"name":"Ada"}`, `"code":"invalid"`, http.StatusBadRequest},
		{"try.API.Greet", `[{"name":7}]`, `"code":"invalid"`, http.StatusBadRequest},
		{"try.API.Greet", `[{},{}]`, `"code":"invalid"`, http.StatusBadRequest},
		{"try.API.Greet", `[`, `"code":"invalid"`, http.StatusBadRequest},
		{"try.API.Greet", ``, `"code":"invalid"`, http.StatusBadRequest},
		{"try.API.Greet", `["` + strings.Repeat("x", 9<<20) + `"]`, `"code":"invalid"`, http.StatusBadRequest},
		{"try.API.Nothing", `[]`, `"code":"not_found"`, http.StatusNotFound},
		{"try.API.Hidden", `[]`, `"code":"not_found"`, http.StatusNotFound},
		{"try.API", `[]`, `"code":"not_found"`, http.StatusNotFound},
		{"other.API.Ready", `[]`, `"code":"not_found"`, http.StatusNotFound},
	} {
		r := h.call(t, c.name, c.args)
		if r.status != c.status || !strings.Contains(r.body, c.want) {
			t.Errorf("%s(%.40s): status %d, want %d; %.200s", c.name, c.args, r.status, c.status, r.body)
		}
	}
	if r := h.get(t, "/__call/try.API.Ready", nil); r.status == http.StatusOK {
		t.Error("a link can call a method: GET answered 200")
	}
}

func TestErrorsHaveOneShape(t *testing.T) {
	t.Parallel()
	h := open(t)
	got := h.call(t, "try.API.Refuse", "[]").fault(t)
	want := map[string]string{"code": "conflict", "module": "sales", "message": "It changed meanwhile.", "hint": "Read again."}
	if len(got) != len(want) {
		t.Errorf("got %v", got)
	}
	for k, v := range want {
		if got[k] != v {
			t.Errorf("%s is %q, want %q", k, got[k], v)
		}
	}
	if got := h.call(t, "try.API.Break", "[]").fault(t); got["code"] != "internal" || got["message"] == "" {
		t.Errorf("an unknown error arrives as %v", got)
	}
}

func TestPanicStaysOneCall(t *testing.T) {
	t.Parallel()
	h := open(t)
	r := h.call(t, "try.API.Blow", "[]")
	if got := r.fault(t); r.status != http.StatusInternalServerError || got["code"] != "internal" || !strings.Contains(got["message"], "planted") {
		t.Errorf("status %d, %v", r.status, got)
	}
	if strings.Contains(r.body, "webhost_test.go") || strings.Contains(r.body, "goroutine") {
		t.Error("the stack went to the page")
	}
	if r := h.call(t, "try.API.Ready", "[]"); r.status != http.StatusOK {
		t.Errorf("the next call: status %d", r.status)
	}
}

func TestUploadsStayInside(t *testing.T) {
	t.Parallel()
	h := open(t)
	for name, want := range map[string]string{
		"orders.txt":                "orders.txt",
		"../../etc/passwd":          "passwd",
		"/etc/passwd":               "passwd",
		`..\..\Windows\system.ini`:  "system.ini",
		`C:\reports\orders.txt`:     "orders.txt",
		"..":                        "upload",
		"../":                       "upload",
		".":                         "upload",
		"":                          "upload",
		"a/../../b.txt":             "b.txt",
		"<img src=x onerror=1>.csv": "<img src=x onerror=1>.csv",
		"-rf":                       "-rf",
	} {
		r := h.do(t, http.MethodPost, "/__upload?name="+url.QueryEscape(name), "content of "+name, nil)
		var got struct {
			Path string `json:"path"`
		}
		if err := json.Unmarshal([]byte(r.body), &got); err != nil || r.status != http.StatusOK {
			t.Errorf("%q: status %d, %s", name, r.status, r.body)
			continue
		}
		rel, err := filepath.Rel(h.uploads, got.Path)
		if err != nil || !filepath.IsLocal(rel) || filepath.Base(got.Path) != want {
			t.Errorf("%q was stored as %q, want it inside as %q", name, got.Path, want)
		}
		b, err := os.ReadFile(got.Path)
		if err != nil || string(b) != "content of "+name {
			t.Errorf("%q: stored %q, %v", name, b, err)
		}
		if st, err := os.Stat(got.Path); err == nil && st.Mode().Perm()&0o077 != 0 {
			t.Errorf("%q can be read by others: %v", name, st.Mode())
		}
	}
}

func TestUploadsOfOneNameAreTwoFiles(t *testing.T) {
	t.Parallel()
	h := open(t)
	first := h.do(t, http.MethodPost, "/__upload?name=a.txt", "one", nil)
	second := h.do(t, http.MethodPost, "/__upload?name=a.txt", "two", nil)
	if first.status != http.StatusOK || second.status != http.StatusOK || first.body == second.body {
		t.Errorf("%d %s %d %s", first.status, first.body, second.status, second.body)
	}
}

func TestUploadWithoutAPlaceSaysSo(t *testing.T) {
	t.Parallel()
	h := open(t)
	if err := os.RemoveAll(h.uploads); err != nil {
		t.Fatal(err)
	}
	r := h.do(t, http.MethodPost, "/__upload?name=a.txt", "x", nil)
	if got := r.fault(t); r.status != http.StatusInternalServerError || !strings.Contains(got["message"], "store the upload") {
		t.Errorf("status %d, %v", r.status, got)
	}
}

func TestEventsReachThePage(t *testing.T) {
	t.Parallel()
	h := open(t)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, h.base+"/__events", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.AddCookie(h.session)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if kind := res.Header.Get("Content-Type"); kind != "text/event-stream" {
		t.Fatalf("content type %q", kind)
	}
	in := bufio.NewScanner(res.Body)
	if !in.Scan() || in.Text() != ": open" {
		t.Fatalf("the stream begins with %q", in.Text())
	}
	h.bus.Publish("changed:sales", map[string]string{"text": "</script>\n\ndata: forged"})
	var lines []string
	for in.Scan() && len(lines) < 1 {
		if in.Text() != "" {
			lines = append(lines, in.Text())
		}
	}
	if want := `data: {"topic":"changed:sales","payload":{"text":"\u003c/script\u003e\n\ndata: forged"}}`; len(lines) != 1 || lines[0] != want {
		t.Errorf("got %q, want %q", lines, want)
	}
}

func TestBridgeNamesTheMethods(t *testing.T) {
	t.Parallel()
	h := open(t)
	r := h.get(t, "/__bridge.js", nil)
	for _, want := range []string{`"try.API.Greet"`, `"try.API.Refuse"`, "window.go = go", "EventSource"} {
		if !strings.Contains(r.body, want) {
			t.Errorf("the bridge lacks %s", want)
		}
	}
	for _, no := range []string{"Hidden", "OnFileDrop:"} { // a browser hands over files itself
		if strings.Contains(r.body, no) {
			t.Errorf("the bridge has %s", no)
		}
	}
	if kind := r.header.Get("Content-Type"); !strings.HasPrefix(kind, "text/javascript") {
		t.Errorf("content type %q", kind)
	}
}

func TestPortInUseIsSaidClearly(t *testing.T) {
	t.Parallel()
	h := start(t)
	u, err := url.Parse(h.base)
	if err != nil {
		t.Fatal(err)
	}
	var port int
	if err := json.NewDecoder(bytes.NewBufferString(u.Port())).Decode(&port); err != nil {
		t.Fatal(err)
	}
	_, err = webhost.New(t.Context(), webhost.Options{Port: port})
	var e *core.Error
	if !errors.As(err, &e) || e.Code != core.CodeInvalid || !strings.Contains(e.Message, u.Port()) || e.Hint == "" {
		t.Errorf("got %v", err)
	}
}
