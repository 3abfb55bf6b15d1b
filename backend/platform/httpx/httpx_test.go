package httpx_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"purser/backend/platform/clock"
	"purser/backend/platform/httpx"
)

var now = time.Date(2026, 11, 25, 8, 0, 0, 0, time.UTC)

func client() *httpx.Client {
	return httpx.New(httpx.Options{UserAgent: httpx.UserAgent("Purser", "1.2"), Timeout: 5 * time.Second, Clock: clock.Fixed(now)})
}

// serve answers on this computer over plain http.
func serve(t *testing.T, h http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

func get(t *testing.T, c *httpx.Client, addr string) (*httpx.Response, error) {
	t.Helper()
	return c.Do(t.Context(), httpx.Request{URL: addr, Loopback: true})
}

func TestAnyStatusIsAnAnswer(t *testing.T) {
	t.Parallel()
	addr := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("x-amzn-RequestId", "abc-1")
		if r.URL.Path == "/503" {
			w.WriteHeader(503)
		}
		_, _ = io.WriteString(w, r.Method+" "+r.URL.RawQuery+" "+r.Header.Get("User-Agent"))
	})
	for path, status := range map[string]int{"/": 200, "/503": 503} {
		res, err := client().Do(t.Context(), httpx.Request{
			URL: addr + path + "?signed=a%2Bb", Query: url.Values{"token": {"x+/="}}, Loopback: true,
		})
		if err != nil {
			t.Fatal(err)
		}
		if res.Status != status || res.RequestID() != "abc-1" || !res.At.Equal(now) {
			t.Errorf("%s: %d, %q, %v", path, res.Status, res.RequestID(), res.At)
		}
		text := string(res.Body)
		if !strings.HasPrefix(text, "GET signed=a%2Bb&token=x%2B%2F%3D Purser/1.2 (Language=Go/1.") || !strings.HasSuffix(text, "; Automated=1)") {
			t.Errorf("it was asked %q", text)
		}
	}
}

func TestBodyAndHeadersAreSent(t *testing.T) {
	t.Parallel()
	addr := serve(t, func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		_, _ = io.WriteString(w, r.Header.Get("X-Amz-Access-Token")+" "+r.Header.Get("Accept-Encoding")+" "+string(b))
	})
	res, err := client().Do(t.Context(), httpx.Request{
		Method: http.MethodPost, URL: addr, Header: http.Header{"x-amz-access-token": {"t"}}, Body: []byte("{}"), Loopback: true,
	})
	if err != nil || string(res.Body) != "t  {}" {
		t.Fatalf("%v, %v", res, err)
	}
}

// Fault 16: what a hotel's sign-in page answers is an answer like any other; who asked refuses it as it is not what was asked for.
func TestCaptivePortalStaysAnAnswer(t *testing.T) {
	t.Parallel()
	addr := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, "<html>Sign in</html>")
	})
	res, err := get(t, client(), addr)
	if err != nil || res.Status != 200 || string(res.Body) != "<html>Sign in</html>" || res.Header.Get("Content-Type") != "text/html" {
		t.Fatalf("%+v, %v", res, err)
	}
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	t.Parallel()
	var reached bool
	other := serve(t, func(http.ResponseWriter, *http.Request) { reached = true })
	addr := serve(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, other, http.StatusTemporaryRedirect) })
	res, err := get(t, client(), addr)
	if err != nil || res.Status != http.StatusTemporaryRedirect || reached {
		t.Fatalf("%+v, %v, went on: %v", res, err, reached)
	}
}

func TestPlainHTTPIsRefused(t *testing.T) {
	t.Parallel()
	asked := false
	addr := serve(t, func(http.ResponseWriter, *http.Request) { asked = true })
	for _, r := range []httpx.Request{
		{URL: addr}, // loopback, but not allowed
		{URL: "http://sellingpartnerapi-na.amazon.com/", Loopback: true},
		{URL: "http://127.0.0.1.example.com/", Loopback: true},
		{URL: "http://localhost.example.com/", Loopback: true},
		{URL: "http://10.0.0.1/", Loopback: true},
		{URL: "ftp://127.0.0.1/", Loopback: true},
		{URL: "https://user:secret@example.com/"},
		{URL: "/nowhere"},
		{URL: "%zz"},
	} {
		_, err := client().Do(t.Context(), r)
		var refused *httpx.RefusedError
		if !errors.As(err, &refused) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", r.URL, err)
		}
	}
	if asked {
		t.Error("it was asked all the same")
	}
	for _, host := range []string{"127.0.0.1", "127.9.9.9", "::1", "localhost"} {
		if !httpx.Loopback(host) {
			t.Errorf("%s is this computer", host)
		}
	}
}

func TestNothingReached(t *testing.T) {
	t.Parallel()
	s := httptest.NewServer(http.NotFoundHandler())
	addr := s.URL
	s.Close()
	_, err := get(t, client(), addr+"/?X-Amz-Signature=hidden")
	var off *httpx.OfflineError
	if !errors.As(err, &off) || off.Sent || off.Unsafe || off.Timeout {
		t.Fatalf("%#v", err)
	}
	if strings.Contains(err.Error(), "hidden") {
		t.Errorf("the address is in %q", err)
	}
}

func TestAnswerThatNeverComes(t *testing.T) {
	t.Parallel()
	over := make(chan struct{})
	addr := serve(t, func(http.ResponseWriter, *http.Request) { <-over })
	t.Cleanup(func() { close(over) })
	c := httpx.New(httpx.Options{Timeout: 50 * time.Millisecond})
	_, err := get(t, c, addr)
	var off *httpx.OfflineError
	if !errors.As(err, &off) || !off.Sent || !off.Timeout {
		t.Fatalf("%#v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.Do(ctx, httpx.Request{URL: addr, Loopback: true}); !errors.Is(err, context.Canceled) {
		t.Errorf("given up: %v", err)
	}
}
