package webhook_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"purser/backend/channels/webhook"
	"purser/backend/core/action"
	"purser/backend/core/action/actiontest"
	"purser/backend/platform/clock"
)

const (
	secretText = "whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LTEyMzQ="
	path       = "/hooks/T0/very-secret-path"
	body       = `{"type":"purser.decision","title":"Cover is low"}`
)

var now = time.Date(2026, 11, 26, 9, 30, 0, 0, time.UTC)

func secret(t *testing.T, text string) webhook.Secret {
	t.Helper()
	s, err := webhook.NewSecret(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func to(t *testing.T, address string) *webhook.Channel {
	t.Helper()
	return webhook.New(func(context.Context) (string, string, error) { return address, secretText, nil }, clock.Fixed(now))
}

// post sends the body to wherever the channel leads.
func post(ctx context.Context, c *webhook.Channel, id string) (action.Receipt, error) {
	address, err := c.Address(ctx)
	if err != nil {
		return action.Receipt{}, err
	}
	return c.Post(ctx, address, id, body)
}

// quiet fails if anything that is said gives away the path, the secret or what the other side wrote.
func quiet(t *testing.T, said ...any) {
	t.Helper()
	text := fmt.Sprintf("%v %+v %s", said, said, said)
	for _, word := range []string{"very-secret-path", secretText, "c2VjcmV0", "secret-secret", "words of the peer"} {
		if strings.Contains(text, word) {
			t.Errorf("%q gives away %q", text, word)
		}
	}
}

func TestMessageArrivesSigned(t *testing.T) {
	t.Parallel()
	peer := actiontest.NewPeer(nil)
	peer.KeyHeader = webhook.HeaderID
	srv := httptest.NewServer(peer)
	defer srv.Close()
	c := to(t, srv.URL+path)
	got, err := post(t.Context(), c, "EVENT1")
	if err != nil || got.Ref != "EVENT1" || !strings.Contains(got.Text, "200 OK") {
		t.Fatalf("%+v, %v", got, err)
	}
	quiet(t, got)
	all := peer.Arrivals()
	if len(all) != 1 || all[0].Key != "EVENT1" || all[0].Body != body || all[0].Header.Get("Content-Type") != "application/json" {
		t.Fatalf("%+v", all)
	}
	id, err := webhook.Verify(secret(t, secretText), all[0].Header, all[0].Body, now.Add(4*time.Minute))
	if err != nil || id != "EVENT1" {
		t.Errorf("%q, %v", id, err)
	}
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	refused := []int{400, 401, 403, 404, 405, 410, 413, 415, 422, 426, 451, 499}
	open := []int{301, 302, 303, 304, 307, 308, 399, 408, 409, 425, 429, 500, 501, 502, 503, 504, 507, 599, 600, 999}
	taken := []int{200, 201, 202, 204, 299}
	for _, status := range slices.Concat(refused, open, taken) {
		var hits atomic.Int32
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			hits.Add(1)
			w.Header().Set("Location", "/elsewhere")
			w.WriteHeader(status)
			if status >= 300 && status != http.StatusNotModified {
				_, _ = fmt.Fprint(w, "words of the peer about ", r.URL)
			}
		}))
		got, err := post(t.Context(), to(t, srv.URL+path), "E")
		srv.Close()
		quiet(t, got, err)
		if hits.Load() != 1 {
			t.Errorf("%d: %d requests", status, hits.Load())
		}
		if action.IsRefused(err) != slices.Contains(refused, status) || (err == nil) != slices.Contains(taken, status) {
			t.Errorf("%d: %+v, %v", status, got, err)
		}
	}
}

func TestPeerThatLies(t *testing.T) {
	t.Parallel()
	for mood, refused := range map[actiontest.Mood]bool{
		actiontest.Refuses: true, actiontest.DoneButFail: false, actiontest.DoneButCut: false, actiontest.Fails: false, actiontest.Cuts: false,
		actiontest.Late: false, actiontest.Redirects: false,
	} {
		t.Run(fmt.Sprint(mood), func(t *testing.T) {
			t.Parallel()
			peer := actiontest.NewPeer(nil)
			peer.KeyHeader, peer.Mood = webhook.HeaderID, func(string) actiontest.Mood { return mood }
			srv := httptest.NewServer(peer)
			defer srv.Close()
			_, err := post(t.Context(), to(t, srv.URL+path), "E")
			quiet(t, err)
			if err == nil || action.IsRefused(err) != refused {
				t.Errorf("%v", err)
			}
			if n := len(peer.Arrivals()); n != 1 {
				t.Errorf("it arrived %d times", n)
			}
		})
	}
}

// TestNothingIsSentAgain cuts every line after its request: the library must not try another one by itself.
func TestNothingIsSentAgain(t *testing.T) {
	t.Parallel()
	peer := actiontest.NewPeer(nil)
	var n atomic.Int32
	peer.KeyHeader, peer.Mood = webhook.HeaderID, func(string) actiontest.Mood {
		if n.Add(1)%2 == 0 {
			return actiontest.DoneButCut
		}
		return actiontest.Honest
	}
	srv := httptest.NewServer(peer)
	defer srv.Close()
	c := to(t, srv.URL+path)
	for i := range 40 {
		_, err := post(t.Context(), c, fmt.Sprintf("E%d", i))
		if (err == nil) != (i%2 == 0) {
			t.Errorf("%d: %v", i, err)
		}
	}
	if twice := peer.Twice(); len(twice) > 0 || len(peer.Arrivals()) != 40 {
		t.Errorf("%v, %d arrivals", twice, len(peer.Arrivals()))
	}
}

func TestSlowPeer(t *testing.T) {
	t.Parallel()
	free := make(chan struct{})
	srv := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-free:
		case <-r.Context().Done():
		}
	}))
	defer srv.Close()
	defer close(free)
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	_, err := post(ctx, to(t, srv.URL+path), "E")
	quiet(t, err)
	if err == nil || action.IsRefused(err) || !strings.Contains(err.Error(), "may have reached") {
		t.Errorf("%v", err)
	}
}

// TestPatience holds that a peer which never answers is left after ten seconds, whoever asked.
func TestPatience(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes ten seconds")
	}
	free := make(chan struct{})
	srv := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-free }))
	defer srv.Close()
	defer close(free)
	began := time.Now()
	_, err := post(t.Context(), to(t, srv.URL+path), "E")
	if took := time.Since(began); err == nil || action.IsRefused(err) || took < 9*time.Second || took > 20*time.Second {
		t.Errorf("%v after %s", err, took)
	}
}

// TestHugeAnswers: what the other side sends is read within bounds.
func TestHugeAnswers(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusOK)
		chunk := make([]byte, 1<<16)
		for range 16 << 10 { // 1 GB, were it read
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	}))
	defer srv.Close()
	began := time.Now()
	if _, err := post(t.Context(), to(t, srv.URL+path), "E"); err != nil || time.Since(began) > 5*time.Second {
		t.Errorf("%v after %s", err, time.Since(began))
	}
}

func TestNobodyThere(t *testing.T) {
	t.Parallel()
	var lc net.ListenConfig
	l, err := lc.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := "http://" + l.Addr().String() + path
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	_, err = post(t.Context(), to(t, address), "E")
	quiet(t, err)
	if !action.IsRefused(err) {
		t.Errorf("nothing can have arrived where nobody listens: %v", err)
	}
}

// TestCertificates: a line whose other side is not proven carries nothing.
func TestCertificates(t *testing.T) {
	t.Parallel()
	peer := actiontest.NewPeer(nil)
	srv := httptest.NewTLSServer(peer) // signed by nobody
	defer srv.Close()
	_, err := post(t.Context(), to(t, srv.URL+path), "E")
	quiet(t, err)
	if !action.IsRefused(err) || !strings.Contains(err.Error(), "certificate") || len(peer.Arrivals()) != 0 {
		t.Errorf("%v, %v", err, peer.Arrivals())
	}
}

func TestAddresses(t *testing.T) {
	t.Parallel()
	for address, ok := range map[string]bool{
		"https://hooks.example.com/a?b=c": true, "https://hooks.example.com:8443/": true, "HTTPS://EXAMPLE.com": true,
		"http://127.0.0.1:5678/x": true, "http://localhost:5678": true, "http://[::1]:80/": true, "https://localhost/": true,
		"": false, "hooks.example.com": false, "http://example.com/": false, "http://127.0.0.1.example.com/": false, "http://localhost.example.com": false,
		"ftp://example.com": false, "file:///etc/passwd": false, "https://": false, "https:example.com": false, "https://user:pw@example.com/": false,
		"http://0.0.0.0/": false, "http://192.168.0.1/": false, "http://169.254.169.254/": false, "http://127.1/": false, "http://2130706433/": false,
		"https://exa mple.com": false, "https://example.com/%zz": false, "javascript:alert(1)": false, "//example.com": false,
	} {
		got, err := to(t, address).Address(t.Context())
		if (err == nil) != ok || ok && got == "" {
			t.Errorf("%q: %q, %v", address, got, err)
		}
		if err != nil && len(address) > 12 && strings.Contains(err.Error(), address) {
			t.Errorf("%q is repeated: %v", address, err)
		}
	}
}

// TestPrivateNetworks: an address with a name or number that leads inside is not called, whatever its scheme.
func TestPrivateNetworks(t *testing.T) {
	t.Parallel()
	for _, host := range []string{
		"10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "0.1.2.3", "224.0.0.1", "255.255.255.255", "198.18.0.1",
		"192.0.2.1", "240.0.0.1", "[fc00::1]", "[fe80::1]", "[ff02::1]", "[::]", "[2001:db8::1]", "[::ffff:10.0.0.1]", "[64:ff9b::a00:1]", "[2002:a00:1::]",
	} {
		_, err := post(t.Context(), to(t, "https://"+host+path), "E")
		quiet(t, err)
		if !action.IsRefused(err) || !strings.Contains(err.Error(), "private or reserved") {
			t.Errorf("%s: %v", host, err)
		}
	}
}

func TestAddressChangesWhenItsPathDoes(t *testing.T) {
	t.Parallel()
	var address string
	c := webhook.New(func(context.Context) (string, string, error) { return address, secretText, nil }, clock.Fixed(now))
	name := func(a string) string {
		t.Helper()
		address = a
		got, err := c.Address(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		quiet(t, got)
		return got
	}
	one, two := name("https://example.com"+path), name("https://example.com"+path+"2")
	if one == two || one != name("https://example.com"+path+"#top") || !strings.HasPrefix(one, "example.com ") {
		t.Errorf("%q, %q", one, two)
	}
	if _, err := c.Post(t.Context(), two, "E", body); !action.IsRefused(err) {
		t.Errorf("sent to another address than was named: %v", err)
	}
}

func TestWhatIsNotSent(t *testing.T) {
	t.Parallel()
	peer := actiontest.NewPeer(nil)
	srv := httptest.NewServer(peer)
	defer srv.Close()
	c := to(t, srv.URL)
	address, err := c.Address(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for name, m := range map[string][2]string{
		"no id": {"", body}, "id with a line": {"a\r\nX: y", body}, "id with a dot": {"a.b", body}, "large": {"E", strings.Repeat("x", 256<<10+1)},
	} {
		if _, err := c.Post(t.Context(), address, m[0], m[1]); !action.IsRefused(err) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, target := range map[string]webhook.Target{
		"weak secret":   func(context.Context) (string, string, error) { return srv.URL, "short", nil },
		"broken secret": func(context.Context) (string, string, error) { return srv.URL, "whsec_!" + secretText, nil },
		"no secret":     func(context.Context) (string, string, error) { return srv.URL, "", nil },
		"no address":    func(context.Context) (string, string, error) { return "", secretText, nil },
		"no answer": func(context.Context) (string, string, error) {
			return "", "", errors.New("the settings cannot be read")
		},
	} {
		c := webhook.New(target, clock.Fixed(now))
		_, err := c.Post(t.Context(), address, "E", body)
		quiet(t, err)
		if !action.IsRefused(err) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := len(peer.Arrivals()); n != 0 {
		t.Errorf("%d arrived", n)
	}
}
