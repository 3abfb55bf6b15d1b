package lwa_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"purser/backend/core/source"
	"purser/backend/platform/httpx"
	"purser/backend/sources/internal/lwa"
)

const (
	clientID = "amzn1.application-oa2-client.0c4n4ry"
	secret   = "c4n4ry-s3cr3t"
	refresh  = "c4n4ry-r3fr3sh"
)

type hands struct{ seconds atomic.Int64 }

func (h *hands) Now() time.Time { return time.Unix(1_764_000_000+h.seconds.Load(), 0).UTC() }

// signIn answers like Login with Amazon, counting.
type signIn struct {
	asked  atomic.Int64
	answer func(w http.ResponseWriter, n int64)
}

func (s *signIn) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	n := s.asked.Add(1)
	if r.Method != http.MethodPost || r.ParseForm() != nil || r.PostForm.Get("grant_type") != "refresh_token" ||
		r.PostForm.Get("client_id") != clientID || r.PostForm.Get("client_secret") == "" || r.PostForm.Get("refresh_token") != refresh {
		w.WriteHeader(http.StatusTeapot)
		return
	}
	s.answer(w, n)
}

func granted(w http.ResponseWriter, n int64) {
	_, _ = fmt.Fprintf(w, `{"access_token":"Atza|t%d","refresh_token":"%s","token_type":"bearer","expires_in":3600}`, n, refresh)
}

func good(context.Context, string) (lwa.Credentials, error) {
	return lwa.Credentials{ClientID: clientID, ClientSecret: secret, RefreshToken: refresh}, nil
}

func tokens(t *testing.T, s *signIn, clk *hands, c func(context.Context, string) (lwa.Credentials, error)) *lwa.Tokens {
	t.Helper()
	srv := httptest.NewServer(s)
	t.Cleanup(srv.Close)
	return lwa.New(lwa.Options{
		API: "spapi", HTTP: httpx.New(httpx.Options{Timeout: 5 * time.Second}), Clock: clk, Credentials: c, TokenURL: srv.URL + "/auth/o2/token",
	})
}

// A hundred ask at the moment a token ends, again and again: one refresh each time.
func TestOneRefreshForAll(t *testing.T) {
	t.Parallel()
	s, clk := &signIn{answer: granted}, &hands{}
	tok := tokens(t, s, clk, good)
	for round := int64(1); round <= 5; round++ {
		var wg sync.WaitGroup
		for range 100 {
			wg.Go(func() {
				got, err := tok.Token(t.Context(), "eu")
				if want := fmt.Sprintf("Atza|t%d", round); err != nil || got != want {
					t.Errorf("round %d: %q, %v", round, got, err)
				}
			})
		}
		wg.Wait()
		if n := s.asked.Load(); n != round {
			t.Fatalf("after %d ends it was asked %d times", round, n)
		}
		clk.seconds.Add(3540) // a minute before its end
	}
}

func TestATokenIsKeptUntilAMinuteBeforeItsEnd(t *testing.T) {
	t.Parallel()
	s, clk := &signIn{answer: granted}, &hands{}
	tok := tokens(t, s, clk, good)
	for _, c := range []struct{ at, asked int64 }{{0, 1}, {3539, 1}, {3540, 2}, {3541, 2}} {
		clk.seconds.Store(c.at)
		if _, err := tok.Token(t.Context(), "na"); err != nil || s.asked.Load() != c.asked {
			t.Fatalf("after %d s it was asked %d times, want %d (%v)", c.at, s.asked.Load(), c.asked, err)
		}
	}
	if _, err := tok.Token(t.Context(), "eu"); err != nil || s.asked.Load() != 3 {
		t.Errorf("another region has a token of its own: %d, %v", s.asked.Load(), err)
	}
}

// A hundred are refused with the same token: it is replaced once, and the new one is not thrown away by the late ones.
func TestExpireOnce(t *testing.T) {
	t.Parallel()
	s, clk := &signIn{answer: granted}, &hands{}
	tok := tokens(t, s, clk, good)
	first, err := tok.Token(t.Context(), "na")
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 100 {
		wg.Go(func() {
			tok.Expire("na", first)
			if got, err := tok.Token(t.Context(), "na"); err != nil || got != "Atza|t2" {
				t.Errorf("%q, %v", got, err)
			}
		})
	}
	wg.Wait()
	tok.Expire("na", first) // long replaced
	tok.Expire("fe", first) // never asked
	if got, err := tok.Token(t.Context(), "na"); err != nil || got != "Atza|t2" {
		t.Errorf("%q, %v", got, err)
	}
	if n := s.asked.Load(); n != 2 {
		t.Errorf("asked %d times, want 2", n)
	}
}

func TestNewCredentialsAreUsedAtOnce(t *testing.T) {
	t.Parallel()
	s, clk := &signIn{answer: granted}, &hands{}
	now := secret
	tok := tokens(t, s, clk, func(context.Context, string) (lwa.Credentials, error) {
		return lwa.Credentials{ClientID: clientID, ClientSecret: now, RefreshToken: refresh}, nil
	})
	for i, c := range []struct{ secret, want string }{{"one", "Atza|t1"}, {"two", "Atza|t2"}, {"two", "Atza|t2"}} {
		now = c.secret
		if got, err := tok.Token(t.Context(), "na"); err != nil || got != c.want {
			t.Errorf("%d: %q, %v", i, got, err)
		}
	}
}

func TestWhoGivesUpDoesNotFailTheOthers(t *testing.T) {
	t.Parallel()
	hold := make(chan struct{})
	s, clk := &signIn{}, &hands{}
	s.answer = func(w http.ResponseWriter, n int64) {
		if n == 1 {
			<-hold
		}
		granted(w, n)
	}
	tok := tokens(t, s, clk, good)
	ctx, cancel := context.WithCancel(t.Context())
	first := make(chan error, 1)
	go func() {
		_, err := tok.Token(ctx, "na")
		first <- err
	}()
	for s.asked.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	second := make(chan error, 1)
	go func() {
		_, err := tok.Token(t.Context(), "na")
		second <- err
	}()
	cancel()
	if err := <-first; !errors.Is(err, context.Canceled) {
		t.Errorf("the first: %v", err)
	}
	if err := <-second; err != nil {
		t.Errorf("the second: %v", err)
	}
	close(hold)
}

// Mode 25: an authorisation or a secret that is no longer good ends in one thing a person can do.
func TestMode25_RefusalsAreToldInWords(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		status int
		body   string
		fault  source.APIFault
		words  string
	}{
		"revoked":   {400, `{"error":"invalid_grant","error_description":"The request has an invalid grant parameter : refresh_token ` + refresh + `"}`, source.FaultReconnect, "Authorise the app again"},
		"secret":    {401, `{"error":"invalid_client","error_description":"Client authentication failed ` + secret + `"}`, source.FaultReconnect, "Make a new client secret"},
		"other app": {400, `{"error":"unauthorized_client","error_description":"` + clientID + `"}`, source.FaultReconnect, "given to another app"}, //nolint:misspell // its own word
		"scope":     {400, `{"error":"invalid_scope"}`, source.FaultReconnect, "does not cover"},
		"denied":    {403, `{"error":"access_denied"}`, source.FaultReconnect, "refused"},
		"malformed": {400, `{"error":"invalid_request","error_description":"missing"}`, source.FaultReconnect, "Enter client id"},
		"down":      {500, `{"error":"server_error"}`, source.FaultUnavailable, "asked again"},
		"busy":      {400, `{"error":"temporarily_unavailable"}`, source.FaultUnavailable, "asked again"},
		"too often": {429, `{}`, source.FaultThrottled, "too often"},
		"portal":    {200, `<html>Sign in to the hotel ` + secret + `</html>`, source.FaultUnavailable, "sign-in page of a network"},
		"proxy":     {403, `<html>Blocked</html>`, source.FaultUnavailable, "sign-in page of a network"},
		"no token":  {200, `{"token_type":"bearer","refresh_token":"` + refresh + `"}`, source.FaultUnavailable, "instead of Amazon"},
	} {
		s := &signIn{answer: func(w http.ResponseWriter, _ int64) {
			w.Header().Set("x-amzn-RequestId", "req-7")
			w.Header().Set("Retry-After", "30")
			w.WriteHeader(c.status)
			_, _ = w.Write([]byte(c.body))
		}}
		_, err := tokens(t, s, &hands{}, good).Token(t.Context(), "na")
		var e *source.APIError
		if !errors.As(err, &e) {
			t.Fatalf("%s: %v", name, err)
		}
		if e.Fault != c.fault || e.Status != c.status || e.Request != "req-7" || e.API != "spapi" || !strings.Contains(e.Message, c.words) {
			t.Errorf("%s: %+v", name, e)
		}
		if (e.Fault == source.FaultThrottled) != (e.After == 30*time.Second) {
			t.Errorf("%s: after %v", name, e.After)
		}
		all := fmt.Sprintf("%v %+v %#v", err, e, *e)
		for _, canary := range []string{secret, refresh, clientID} {
			if strings.Contains(all, canary) {
				t.Errorf("%s: %q is in %s", name, canary, all)
			}
		}
		if s.asked.Load() != 1 {
			t.Errorf("%s: asked %d times", name, s.asked.Load())
		}
	}
}

func TestWithoutAnAnswer(t *testing.T) {
	t.Parallel()
	srv := httptest.NewServer(http.NotFoundHandler())
	addr := srv.URL
	srv.Close()
	tok := lwa.New(lwa.Options{API: "adsapi", HTTP: httpx.New(httpx.Options{}), Clock: &hands{}, Credentials: good, TokenURL: addr})
	_, err := tok.Token(t.Context(), "na")
	var e *source.APIError
	if !errors.As(err, &e) || e.Fault != source.FaultOffline || e.API != "adsapi" {
		t.Errorf("%+v", err)
	}
	cut := &signIn{answer: func(w http.ResponseWriter, _ int64) {
		w.Header().Set("Content-Length", "500")
		_, _ = w.Write([]byte("{"))
	}}
	if _, err := tokens(t, cut, &hands{}, good).Token(t.Context(), "na"); !errors.As(err, &e) || e.Fault != source.FaultUnavailable {
		t.Errorf("%+v", err)
	}
}

func TestNoCredentials(t *testing.T) {
	t.Parallel()
	s := &signIn{answer: granted}
	own := &source.APIError{Fault: source.FaultUnavailable, Message: "The vault is locked."}
	for _, c := range []struct {
		give  lwa.Credentials
		err   error
		fault source.APIFault
	}{
		{lwa.Credentials{}, nil, source.FaultReconnect},
		{lwa.Credentials{ClientID: clientID, ClientSecret: secret}, nil, source.FaultReconnect},
		{lwa.Credentials{}, errors.New("unreadable"), source.FaultReconnect},
		{lwa.Credentials{}, own, source.FaultUnavailable},
		{lwa.Credentials{}, context.Canceled, source.FaultOffline},
	} {
		_, err := tokens(t, s, &hands{}, func(context.Context, string) (lwa.Credentials, error) { return c.give, c.err }).Token(t.Context(), "na")
		var e *source.APIError
		if !errors.As(err, &e) || e.Fault != c.fault {
			t.Errorf("%v: %v", c.err, err)
		}
	}
	if s.asked.Load() != 0 {
		t.Errorf("asked %d times without credentials", s.asked.Load())
	}
}

func TestCredentialsDoNotWriteThemselves(t *testing.T) {
	t.Parallel()
	c, _ := good(t.Context(), "")
	b, err := json.Marshal(map[string]any{"c": c, "p": &c})
	if err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("Connected", slog.Any("credentials", c))
	all := fmt.Sprintf("%v %+v %#v %s %v", c, c, c, c, &c) + string(b) + log.String()
	for _, canary := range []string{secret, refresh, clientID} {
		if strings.Contains(all, canary) {
			t.Errorf("%q is in %s", canary, all)
		}
	}
}
