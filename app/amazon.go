package app

import (
	"context"
	"errors"
	"sync"

	"purser/backend/core/source"
	"purser/backend/platform/clock"
	"purser/backend/platform/httpx"
	"purser/backend/platform/ratelimit"
	"purser/backend/services/accounts"
	"purser/backend/sources/adsapi"
	"purser/backend/sources/spapi"
)

// amazon hands out clients of Amazon's APIs: one for each region that is connected, let in as the connections say. They
// share the quota of the application, also over a restart.
type amazon struct {
	http     *httpx.Client
	limits   *ratelimit.Limiter
	clk      clock.Clock
	accounts func() *accounts.Service

	mu  sync.Mutex
	sp  map[string]*spapi.Client // by region
	ads map[string]*adsapi.Client
}

func newAmazon(clk clock.Clock, limits *ratelimit.Limiter, of func() *accounts.Service) *amazon {
	a := &amazon{http: httpx.New(httpx.Options{UserAgent: httpx.UserAgent("Purser", Version), Clock: clk}), limits: limits, clk: clk, accounts: of}
	a.forget()
	return a
}

// forget drops the clients: a connection is another now.
func (a *amazon) forget() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.sp, a.ads = map[string]*spapi.Client{}, map[string]*adsapi.Client{}
}

// apis are what feeds are read from.
func (a *amazon) apis() []source.API {
	return []source.API{
		routed{API: spapi.New(spapi.Options{}), to: func(ctx context.Context, region string) (source.API, error) { return a.spapi(ctx, region) }},
		routed{API: adsapi.New(adsapi.Options{}), to: func(ctx context.Context, region string) (source.API, error) { return a.adsapi(ctx, region) }},
	}
}

// try makes a client that is let in by what a person entered, and by nothing else.
func (a *amazon) try(api, region string, c accounts.Credentials) (source.API, error) {
	switch api {
	case spapi.Name:
		return a.newSPAPI(region, c.Endpoint, func(context.Context, string) (spapi.Credentials, error) { return entered(c), nil }), nil
	case adsapi.Name:
		return a.newAdsAPI(region, c.Endpoint, func(context.Context, string) (adsapi.Credentials, error) { return entered(c), nil }), nil
	default:
		return nil, errors.New("there is no API " + api)
	}
}

// entered opens credentials for the client that sends them.
func entered(c accounts.Credentials) spapi.Credentials {
	return spapi.Credentials{ClientID: c.ClientID, ClientSecret: c.ClientSecret.Reveal(), RefreshToken: c.RefreshToken.Reveal()}
}

func (a *amazon) spapi(ctx context.Context, region string) (*spapi.Client, error) {
	return regional(ctx, a, spapi.Name, region, func() map[string]*spapi.Client { return a.sp }, a.newSPAPI)
}

func (a *amazon) adsapi(ctx context.Context, region string) (*adsapi.Client, error) {
	return regional(ctx, a, adsapi.Name, region, func() map[string]*adsapi.Client { return a.ads }, a.newAdsAPI)
}

// regional gives the client of a region, made anew where there is none. all reads the present map, under the lock.
func regional[C any](
	ctx context.Context, a *amazon, api, region string, all func() map[string]*C,
	build func(region string, at accounts.Endpoint, c func(context.Context, string) (spapi.Credentials, error)) *C,
) (*C, error) {
	a.mu.Lock()
	c, ok := all()[region]
	a.mu.Unlock()
	if ok {
		return c, nil
	}
	now, err := a.accounts().Credentials(ctx, api, region)
	if err != nil {
		return nil, err
	}
	c = build(region, now.Endpoint, func(ctx context.Context, region string) (spapi.Credentials, error) {
		c, err := a.accounts().Credentials(ctx, api, region)
		return entered(c), err
	})
	a.mu.Lock()
	defer a.mu.Unlock()
	all()[region] = c
	return c, nil
}

func (a *amazon) newSPAPI(region string, at accounts.Endpoint, c func(context.Context, string) (spapi.Credentials, error)) *spapi.Client {
	return spapi.New(spapi.Options{
		HTTP: a.http, Limits: a.limits, Clock: a.clk, Credentials: c, TokenURL: at.Token, Endpoints: map[string]string{region: at.Base},
		Seller: a.accounts().Seller,
	})
}

func (a *amazon) newAdsAPI(region string, at accounts.Endpoint, c func(context.Context, string) (adsapi.Credentials, error)) *adsapi.Client {
	return adsapi.New(adsapi.Options{
		HTTP: a.http, Limits: a.limits, Clock: a.clk, Credentials: c, TokenURL: at.Token, Endpoints: map[string]string{region: at.Base},
		Profile: a.accounts().Profile,
	})
}

// routed is an API whose every call goes to the client of its region.
type routed struct {
	source.API // its name and feeds
	to         func(ctx context.Context, region string) (source.API, error)
}

// Step implements source.API.
func (r routed) Step(ctx context.Context, a source.Ask) (source.Step, error) {
	c, err := r.to(ctx, a.Region)
	if err != nil {
		return source.Step{State: a.State}, err
	}
	return c.Step(ctx, a)
}

// Places implements source.API.
func (r routed) Places(ctx context.Context, region string) (source.Places, error) {
	c, err := r.to(ctx, region)
	if err != nil {
		return source.Places{}, err
	}
	return c.Places(ctx, region)
}

// Probe implements source.API.
func (r routed) Probe(ctx context.Context, region, capability string) (source.Capability, error) {
	c, err := r.to(ctx, region)
	if err != nil {
		return source.Capability{Name: capability, State: source.UnknownGrant}, err
	}
	return c.Probe(ctx, region, capability)
}
