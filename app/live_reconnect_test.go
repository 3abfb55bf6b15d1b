package app_test

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"purser/app"
	"purser/backend/platform/clock"
	"purser/backend/services/accounts"
	"purser/backend/sources/simulator"
	"purser/backend/sources/simulator/practice"
)

// keeper holds one request for an access token back, and then refuses it.
type keeper struct {
	to    http.RoundTripper
	mu    sync.Mutex
	token string        // the refresh token whose next request is held back
	wait  chan struct{} // nil: nothing is held back
	held  chan struct{} // closed once it came
}

// holds has the next request with a refresh token held back until release is called.
func (k *keeper) holds(token string) (held <-chan struct{}, release func()) {
	k.mu.Lock()
	defer k.mu.Unlock()
	wait := make(chan struct{})
	k.token, k.wait, k.held = token, wait, make(chan struct{})
	return k.held, func() { close(wait) }
}

// meant takes what a request waits for; nil where it does not.
func (k *keeper) meant(r *http.Request) (chan struct{}, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if !strings.HasPrefix(r.URL.Path, "/auth/") || k.wait == nil {
		return nil, nil
	}
	sent, err := r.GetBody()
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(sent)
	if err != nil || !strings.Contains(string(body), url.QueryEscape(k.token)) {
		return nil, err
	}
	wait := k.wait
	k.wait = nil
	close(k.held)
	return wait, nil
}

// RoundTrip implements http.RoundTripper.
func (k *keeper) RoundTrip(r *http.Request) (*http.Response, error) {
	wait, err := k.meant(r)
	if err != nil {
		return nil, err
	}
	if wait == nil {
		return k.to.RoundTrip(r)
	}
	select {
	case <-wait:
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
	return &http.Response{
		StatusCode: http.StatusUnauthorized, Header: http.Header{"Content-Type": {"application/json"}}, Request: r, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Body: io.NopCloser(strings.NewReader(`{"error":"invalid_client","error_description":"Client authentication failed"}`)),
	}, nil
}

// TestReconnectedWhileAStepIsUnderWay: a step that began with the old secret and fails only after a person has connected anew
// stops nothing.
func TestReconnectedWhileAStepIsUnderWay(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(time.Date(2026, 11, 25, 15, 0, 0, 0, time.UTC)))
		amazon, err := practice.New(practice.Options{Seller: simulator.Options{Seed: 104, SKUs: 20, Ahead: 2}, Clock: clock.Real{}, Seed: 1, Quotas: true})
		if err != nil {
			t.Fatal(err)
		}
		k := &keeper{}
		l, err := app.OpenLiveBehind(context.Background(), dir, amazon, 24*time.Hour, func(to http.RoundTripper) http.RoundTripper {
			k.to = to
			return k
		})
		if err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := l.Close(); err != nil {
				t.Error(err)
			}
		}()
		time.Sleep(time.Hour)
		c := amazon.Credentials("spapi", "na")
		held, release := k.holds(c.RefreshToken)
		select {
		case <-held:
		case <-time.After(5 * time.Minute):
			t.Fatal("no step asked for an access token")
		}
		time.Sleep(time.Second)
		out, err := l.Accounts.Reconnect(accounts.DraftInput{API: "spapi", Region: "na", RefreshToken: c.RefreshToken})
		if err != nil || !out.Kept {
			t.Fatalf("%+v %v", out.Problem, err)
		}
		release()
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		for _, c := range overview(t, l).Connections {
			if c.State != "connected" {
				t.Errorf("%s in %s is %s", c.API, c.Region, c.State)
			}
		}
		for _, s := range streams(t, l) {
			if s.State == "reconnect" {
				t.Errorf("%s %s stays stopped: %s", s.Feed, s.Region, s.Text)
			}
		}
	})
}

func overview(t *testing.T, l *app.Live) accounts.OverviewOutput {
	t.Helper()
	o, err := l.Accounts.Overview()
	if err != nil || len(o.Connections) == 0 {
		t.Fatalf("%d connections: %v", len(o.Connections), err)
	}
	return o
}
