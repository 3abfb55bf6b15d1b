package app

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"sync"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/platform/clock"
	"purser/backend/platform/httpx"
	"purser/backend/platform/ratelimit"
	"purser/backend/services/accounts"
	"purser/backend/sources/adsapi"
	"purser/backend/sources/spapi"
)

// amazon hands out the clients of Amazon's APIs, let in as the connections say. All share the quota of the application,
// also over a restart.
type amazon struct {
	demo     bool // nothing but this computer may be asked
	http     *httpx.Client
	limits   *ratelimit.Limiter
	clk      clock.Clock
	accounts func() *accounts.Service

	mu  sync.Mutex
	sp  *spapi.Client // nil: made when it is next needed
	ads *adsapi.Client
}

func newAmazon(demo bool, out http.RoundTripper, clk clock.Clock, limits *ratelimit.Limiter, of func() *accounts.Service) *amazon {
	client := httpx.New(httpx.Options{UserAgent: httpx.UserAgent("Purser", Version), Clock: clk, Transport: out})
	return &amazon{demo: demo, http: client, limits: limits, clk: clk, accounts: of}
}

// forget drops the clients: a connection is another now.
func (a *amazon) forget() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.sp, a.ads = nil, nil
}

// apis are what feeds are read from.
func (a *amazon) apis() []source.API {
	return []source.API{
		present{API: spapi.New(spapi.Options{}), now: func(ctx context.Context) (source.API, error) { return a.spapi(ctx) }},
		present{API: adsapi.New(adsapi.Options{}), now: func(ctx context.Context) (source.API, error) { return a.adsapi(ctx) }},
	}
}

// left words what is left of the quota of a group of operations; "" where nothing is known of it.
func (a *amazon) left(api, region, group string) string {
	rates, key := spapi.Rates(), spapi.Bucket
	if api == adsapi.Name {
		rates, key = adsapi.Rates(), adsapi.Bucket
	}
	for _, x := range a.apis() {
		for _, f := range x.Feeds() {
			if r, ok := rates[f.Rate]; ok && f.API == api && f.Group == group {
				return quotaWords(a.limits.Left(key(region, f.Rate), r))(r.Burst)
			}
		}
	}
	return ""
}

// quotaWords tells what a bucket holds, of so many.
func quotaWords(tokens float64, full time.Duration) func(burst int) string {
	return func(burst int) string {
		left := min(int(tokens+1e-6), burst)
		switch {
		case left == burst:
			return fmt.Sprintf("all %d", burst)
		case full < time.Minute:
			return fmt.Sprintf("%d of %d, all in %d s", left, burst, int(math.Ceil(full.Seconds())))
		default:
			return fmt.Sprintf("%d of %d, all in %d min", left, burst, int(math.Ceil(full.Minutes())))
		}
	}
}

// try makes a client that is let in by what a person entered, in one region, and by nothing else.
func (a *amazon) try(api, region string, c accounts.Credentials) (source.API, error) {
	if a.demo && c.Endpoint.Base == "" {
		return nil, core.Invalid("accounts", "This is the demo shop: it is never connected to Amazon itself.", "Leave the demo and connect your account in your own data, or practise here.")
	}
	let := func(context.Context, string) (spapi.Credentials, error) { return entered(c), nil }
	at := places{base: map[string]string{region: c.Endpoint.Base}, token: map[string]string{region: c.Endpoint.Token}}
	switch api {
	case spapi.Name:
		return a.newSPAPI(at, let, a.sellerOf(c)), nil
	case adsapi.Name:
		return a.newAdsAPI(at, let), nil
	default:
		return nil, errors.New("there is no API " + api)
	}
}

// sellerOf gives the merchant token that was entered, before it is known from a connection.
func (a *amazon) sellerOf(c accounts.Credentials) func(context.Context, string) (string, error) {
	if c.Seller == "" {
		return a.accounts().Seller
	}
	return func(context.Context, string) (string, error) { return c.Seller, nil }
}

// entered opens credentials for the client that sends them.
func entered(c accounts.Credentials) spapi.Credentials {
	return spapi.Credentials{ClientID: c.ClientID, ClientSecret: c.ClientSecret.Reveal(), RefreshToken: c.RefreshToken.Reveal()}
}

// places are addresses that are not Amazon's own, by region.
type places struct{ base, token map[string]string }

// placesOf reads them from the connections of an API.
func (a *amazon) placesOf(ctx context.Context, api string) (places, error) {
	at := places{map[string]string{}, map[string]string{}}
	o, err := a.accounts().Overview(ctx)
	if err != nil {
		return at, err
	}
	for _, c := range o.Connections {
		if c.API == api {
			at.base[c.Region], at.token[c.Region] = c.Endpoint.Base, c.Endpoint.Token
		}
	}
	return at, nil
}

// stored gives a client the credentials of a connection whenever it asks for them.
func (a *amazon) stored(api string) func(context.Context, string) (spapi.Credentials, error) {
	return func(ctx context.Context, region string) (spapi.Credentials, error) {
		c, err := a.accounts().Credentials(ctx, api, region)
		return entered(c), err
	}
}

func (a *amazon) spapi(ctx context.Context) (*spapi.Client, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.sp == nil {
		at, err := a.placesOf(ctx, spapi.Name)
		if err != nil {
			return nil, err
		}
		a.sp = a.newSPAPI(at, a.stored(spapi.Name), a.accounts().Seller)
	}
	return a.sp, nil
}

func (a *amazon) adsapi(ctx context.Context) (*adsapi.Client, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.ads == nil {
		at, err := a.placesOf(ctx, adsapi.Name)
		if err != nil {
			return nil, err
		}
		a.ads = a.newAdsAPI(at, a.stored(adsapi.Name))
	}
	return a.ads, nil
}

func (a *amazon) newSPAPI(at places, c func(context.Context, string) (spapi.Credentials, error), seller func(context.Context, string) (string, error)) *spapi.Client {
	return spapi.New(spapi.Options{
		HTTP: a.http, Limits: a.limits, Clock: a.clk, Credentials: c, TokenURLs: at.token, Endpoints: at.base, Seller: seller,
	})
}

func (a *amazon) newAdsAPI(at places, c func(context.Context, string) (adsapi.Credentials, error)) *adsapi.Client {
	return adsapi.New(adsapi.Options{
		HTTP: a.http, Limits: a.limits, Clock: a.clk, Credentials: c, TokenURLs: at.token, Endpoints: at.base, Profile: a.accounts().Profile,
	})
}

// present is an API whose every call goes to the client that there is now.
type present struct {
	source.API // its name and feeds
	now        func(ctx context.Context) (source.API, error)
}

// Step implements source.API.
func (p present) Step(ctx context.Context, a source.Ask) (source.Step, error) {
	c, err := p.now(ctx)
	if err != nil {
		return source.Step{State: a.State}, err
	}
	return c.Step(ctx, a)
}

// Places implements source.API.
func (p present) Places(ctx context.Context, region string) (source.Places, error) {
	c, err := p.now(ctx)
	if err != nil {
		return source.Places{}, err
	}
	return c.Places(ctx, region)
}

// Probe implements source.API.
func (p present) Probe(ctx context.Context, region, capability string) (source.Capability, error) {
	c, err := p.now(ctx)
	if err != nil {
		return source.Capability{Name: capability, State: source.UnknownGrant}, err
	}
	return c.Probe(ctx, region, capability)
}
