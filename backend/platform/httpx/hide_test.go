package httpx_test

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"purser/backend/platform/httpx"
)

// saying is a network that says back what was sent, or falls over it.
type saying struct {
	how  string
	what func(*http.Request) string
}

// RoundTrip implements http.RoundTripper.
func (s saying) RoundTrip(r *http.Request) (*http.Response, error) {
	text := s.what(r)
	body := io.Reader(strings.NewReader("<" + text + ">"))
	switch s.how {
	case "panic":
		panic(text)
	case "error":
		return nil, errors.New(text)
	case "torn":
		body = io.MultiReader(body, fails{errors.New(text)})
	case "panic in the body":
		body = io.MultiReader(body, fails{nil, text})
	}
	return &http.Response{StatusCode: 400, Header: http.Header{"X-Amzn-Requestid": {text}, "Location": {text}}, Body: io.NopCloser(body), Request: r}, nil
}

// fails is the end of a body.
type fails []any

// Read implements io.Reader.
func (f fails) Read([]byte) (int, error) {
	if err, ok := f[0].(error); ok {
		return 0, err
	}
	panic(f[1])
}

// TestNothingSentComesBack: whatever says back what was sent, in whichever form, the secrets are not in what comes of it.
func TestNothingSentComesBack(t *testing.T) {
	t.Parallel()
	const token, secret, signature = "T0k3n+of/many=parts|one", "5ecret&of<many>parts%20", "5ignature/of+many=parts"
	sent := func(r *http.Request) string {
		b, _ := io.ReadAll(r.Body)
		form, _ := url.ParseQuery(string(b))
		return strings.Join([]string{
			r.Header.Get("Authorization"), r.Header.Get("X-Amz-Access-Token"), r.URL.String(), r.URL.Query().Get("X-Amz-Signature"), string(b), form.Get("client_secret"),
		}, " ")
	}
	for form, write := range map[string]func(string) string{
		"plain": func(s string) string { return s }, "query": url.QueryEscape, "path": url.PathEscape, "page": html.EscapeString,
		"JSON":      func(s string) string { b, _ := json.Marshal(s); return string(b) },
		"base64":    func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) },
		"base64 +1": func(s string) string { return base64.URLEncoding.EncodeToString([]byte("." + s)) },
		"base64 +2": func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(".." + s)) },
	} {
		for _, how := range []string{"answer", "error", "panic", "torn", "panic in the body"} {
			c := httpx.New(httpx.Options{Transport: saying{how, func(r *http.Request) string { return write(sent(r)) }}})
			res, err := c.Do(t.Context(), httpx.Request{
				Method: http.MethodPost, URL: "https://amazon.example/x?X-Amz-Signature=" + url.QueryEscape(signature), Body: []byte(url.Values{"client_secret": {secret}}.Encode()),
				Header: http.Header{"Authorization": {"Bearer " + token}, "X-Amz-Access-Token": {token}, "Content-Type": {"application/x-www-form-urlencoded"}},
			})
			if (err == nil) != (how == "answer") {
				t.Fatalf("%s %s: %v", form, how, err)
			}
			var all strings.Builder
			if err == nil {
				all.WriteString(fmt.Sprint(string(res.Body), res.Header, res.RequestID()))
				if !strings.Contains(all.String(), "[redacted]") || len(res.Body) < 3 {
					t.Errorf("%s: nothing was hidden in %s", form, all.String())
				}
			}
			for e := err; e != nil; e = errors.Unwrap(e) {
				_, _ = fmt.Fprintf(&all, "%v %+v %#v\n", e, e, e)
			}
			var off *httpx.OfflineError
			if how == "panic" && (!errors.As(err, &off) || !off.Sent) {
				t.Errorf("%v: nobody knows whether it was sent", err)
			}
			for _, s := range []string{token, secret, signature} {
				if strings.Contains(all.String(), write(s)) || strings.Contains(all.String(), s) || strings.Contains(all.String(), base64.RawStdEncoding.EncodeToString([]byte(s))[4:16]) {
					t.Errorf("%s %s: %s", form, how, all.String())
				}
			}
		}
	}
	if got := httpx.Redact("Basic "+base64.StdEncoding.EncodeToString([]byte("id:"+secret)), secret); !strings.Contains(got, "[redacted]") {
		t.Errorf("%s", got)
	}
	if got := httpx.Redact("a short one: abc", "abc"); got != "a short one: abc" {
		t.Errorf("%s", got)
	}
}
