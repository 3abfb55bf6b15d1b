// Package lwa is Login with Amazon: it turns the credentials of a region into access tokens.
//
// Input: credentials from the vault, asked for each time.
// Output: an access token that is good for another minute at least, or a *source.APIError that says what a person has to do.
package lwa

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
	"time"

	"purser/backend/platform/clock"
	"purser/backend/platform/httpx"
)

// TokenURL is where Amazon gives tokens. Source: "Connect to the Selling Partner API", seen 2026-11.
const TokenURL = "https://api.amazon.com/auth/o2/token" //nolint:gosec // an address, not a credential

const (
	// early is how long before its end a token is replaced.
	early = 60 * time.Second
	// tokenLife is how long a token is good where the answer does not say.
	tokenLife = time.Hour
)

// Credentials are what a region is opened with. They write themselves as nothing.
type Credentials struct {
	ClientID     string
	ClientSecret string
	RefreshToken string
}

const hidden = "[credentials]"

// String implements fmt.Stringer without the secrets.
func (Credentials) String() string { return hidden }

// GoString implements fmt.GoStringer without the secrets.
func (Credentials) GoString() string { return hidden }

// LogValue implements slog.LogValuer without the secrets.
func (Credentials) LogValue() slog.Value { return slog.StringValue(hidden) }

// MarshalJSON implements json.Marshaler without the secrets.
func (Credentials) MarshalJSON() ([]byte, error) { return json.Marshal(hidden) }

// Options of Tokens.
type Options struct {
	API         string // whose tokens they are, for errors: "spapi"
	HTTP        *httpx.Client
	Clock       clock.Clock
	Credentials func(ctx context.Context, region string) (Credentials, error)
	// TokenURL is asked instead of Amazon: this computer's may be plain http.
	TokenURL string
	// Regional are the addresses of regions that are not Amazon's first one; one on this computer may be plain http.
	Regional map[string]string
}

// Tokens gives access tokens and keeps them in memory until shortly before their end. It is safe for concurrent use.
type Tokens struct {
	o Options

	mu   sync.Mutex
	held map[string]*entry
}

// entry is the token of one region.
type entry struct {
	made  Credentials // what it was made with
	token string
	until time.Time
	busy  chan struct{} // closed when the refresh under way ends; nil: there is none
	err   error         // of the last refresh
	turn  int           // how many refreshes ended
}

// New makes Tokens.
func New(o Options) *Tokens {
	return &Tokens{o: o, held: map[string]*entry{}}
}

// Token gives the access token of a region. However many ask at once, Amazon is asked once. Errors are *source.APIError.
func (t *Tokens) Token(ctx context.Context, region string) (string, error) {
	c, err := t.o.Credentials(ctx, region)
	if err != nil {
		return "", t.noCredentials(err)
	}
	if c.ClientID == "" || c.ClientSecret == "" || c.RefreshToken == "" {
		return "", t.noCredentials(nil)
	}
	for {
		t.mu.Lock()
		e := t.entry(region, c)
		if e.token != "" && t.o.Clock.Now().Before(e.until) {
			defer t.mu.Unlock()
			return e.token, nil
		}
		if e.busy == nil {
			e.busy = make(chan struct{})
			t.mu.Unlock()
			return t.refresh(ctx, region, e)
		}
		busy, turn := e.busy, e.turn
		t.mu.Unlock()
		select {
		case <-ctx.Done():
			return "", t.givenUp(ctx.Err())
		case <-busy:
		}
		t.mu.Lock()
		failed := e.err
		shared := failed != nil && e.turn == turn+1 && !errors.Is(failed, context.Canceled) && !errors.Is(failed, context.DeadlineExceeded)
		t.mu.Unlock()
		if shared { // whoever asked for all gave up: the next one asks
			return "", failed
		}
	}
}

// Expire says that a token was refused. The next Token asks for another, unless that was done already.
func (t *Tokens) Expire(region, token string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if e := t.held[region]; e != nil && e.token == token {
		e.token = ""
	}
}

// entry gives the entry of a region; with other credentials than before it is a new one.
func (t *Tokens) entry(region string, c Credentials) *entry {
	e := t.held[region]
	if e == nil || e.made != c {
		e = &entry{made: c}
		t.held[region] = e
	}
	return e
}

// refresh asks for a token and tells those who wait.
func (t *Tokens) refresh(ctx context.Context, region string, e *entry) (string, error) {
	token, life, err := t.ask(ctx, region, e.made)
	t.mu.Lock()
	defer t.mu.Unlock()
	if e.err = err; err == nil {
		e.token, e.until = token, t.o.Clock.Now().Add(life-min(early, life/2))
	}
	e.turn++
	close(e.busy)
	e.busy = nil
	return token, err
}

type answer struct {
	AccessToken string      `json:"access_token"`
	ExpiresIn   json.Number `json:"expires_in"`
	Error       string      `json:"error"`
	Description string      `json:"error_description"`
}

func (t *Tokens) ask(ctx context.Context, region string, c Credentials) (string, time.Duration, error) {
	form := url.Values{
		"grant_type": {"refresh_token"}, "refresh_token": {c.RefreshToken},
		"client_id": {c.ClientID}, "client_secret": {c.ClientSecret},
	}
	to, own := TokenURL, t.o.TokenURL != ""
	if r := t.o.Regional[region]; r != "" {
		u, err := url.Parse(r)
		to, own = r, own || err == nil && httpx.Loopback(u.Hostname())
	}
	if t.o.TokenURL != "" {
		to = t.o.TokenURL
	}
	res, err := t.o.HTTP.Do(ctx, httpx.Request{
		Method: http.MethodPost, URL: to, Body: []byte(form.Encode()), MaxBody: 1 << 20, Loopback: own,
		Header: http.Header{"Content-Type": {"application/x-www-form-urlencoded"}, "Accept": {"application/json"}},
	})
	if err != nil {
		return "", 0, t.unanswered(err)
	}
	var a answer
	if json.Unmarshal(res.Body, &a) != nil {
		a = answer{}
	}
	if res.Status != http.StatusOK || a.AccessToken == "" {
		return "", 0, t.refused(res, a, c)
	}
	life := tokenLife
	if n, err := a.ExpiresIn.Int64(); err == nil && n > 0 && n <= 24*3600 {
		life = time.Duration(n) * time.Second
	}
	return a.AccessToken, life, nil
}
