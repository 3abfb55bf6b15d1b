// Package adsapi speaks the Amazon Ads API: Sponsored Products version 3, and reporting version 3.
//
// Input: credentials of a region, and an ask for a window of a feed; or what an executor wants read or set.
// Output: documents as Amazon gave them, each in an envelope that says what it is; values read, receipts of what was set.
//
// Nothing here archives or deletes: what can be set is a bid, a daily budget, ENABLED or PAUSED, and negative keywords
// can be added.
package adsapi

import (
	"context"
	"sync"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/platform/clock"
	"purser/backend/platform/httpx"
	"purser/backend/platform/ratelimit"
	"purser/backend/sources/internal/lwa"
)

// Name is the name of this API.
const Name = "adsapi"

// Credentials open the Ads API of one region.
type Credentials = lwa.Credentials

// Options of a client.
type Options struct {
	HTTP        *httpx.Client
	Limits      *ratelimit.Limiter
	Clock       clock.Clock
	Credentials func(ctx context.Context, region string) (Credentials, error)
	Endpoints   map[string]string // region → base URL; empty: Amazon's
	TokenURL    string            // empty: Amazon's
	TokenURLs   map[string]string // region → the same, for some regions only
	// Profile names the advertiser profile to use for a marketplace; "": none is, whatever there is. Nil: the only one there is.
	Profile func(ctx context.Context, region, marketplace string) (string, error)
}

// endpoints are Amazon's hosts, by region.
func endpoints() map[string]string {
	return map[string]string{
		"na": "https://advertising-api.amazon.com",
		"eu": "https://advertising-api-eu.amazon.com",
		"fe": "https://advertising-api-fe.amazon.com",
	}
}

// tokenURLs are where Amazon gives tokens for the Ads API, by region. Source: Amazon Ads API, access tokens, 2026-11.
func tokenURLs() map[string]string {
	return map[string]string{
		"na": "https://api.amazon.com/auth/o2/token",
		"eu": "https://api.amazon.co.uk/auth/o2/token",
		"fe": "https://api.amazon.co.jp/auth/o2/token",
	}
}

// Client speaks the API. It is safe for concurrent use.
type Client struct {
	o      Options
	tokens *lwa.Tokens
	// patient: its calls wait for the quota as long as their context lets them. Feeds are told to come later instead.
	patient bool

	mu       *sync.Mutex
	profiles map[string]kept[[]Profile]  // by region
	names    map[string]kept[[]Campaign] // campaigns, by profile
	looked   map[string]kept[any]        // lists that dry runs read, by profile and what was asked for
}

var _ source.API = (*Client)(nil)

// kept is what was read a while ago.
type kept[T any] struct {
	at   time.Time
	what T
}

// How long what was read is used again: ids of profiles do not change, names of campaigns seldom do.
const (
	keepProfiles = time.Hour
	keepNames    = 5 * time.Minute
	// keepLooked is for dry runs alone: what is shown must be as it is, and many of a batch look at the same.
	keepLooked = 20 * time.Second
)

// New makes a client.
func New(o Options) *Client {
	all := endpoints()
	for region, url := range o.Endpoints {
		if url != "" {
			all[region] = url
		}
	}
	o.Endpoints = all
	tokens := tokenURLs()
	for region, url := range o.TokenURLs {
		if url != "" {
			tokens[region] = url
		}
	}
	return &Client{
		o: o,
		tokens: lwa.New(lwa.Options{
			API: Name, HTTP: o.HTTP, Clock: o.Clock, Credentials: o.Credentials, TokenURL: o.TokenURL, Regional: tokens,
		}),
		mu: &sync.Mutex{}, profiles: map[string]kept[[]Profile]{}, names: map[string]kept[[]Campaign]{}, looked: map[string]kept[any]{},
	}
}

// Name implements source.API.
func (*Client) Name() string { return Name }

// fresh gives what was read less than a while ago.
func fresh[T any](c *Client, from map[string]kept[T], key string, within time.Duration) (T, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	k, ok := from[key]
	age := c.o.Clock.Now().Sub(k.at)
	return k.what, ok && age >= 0 && age < within
}

func keep[T any](c *Client, in map[string]kept[T], key string, what T) {
	c.mu.Lock()
	defer c.mu.Unlock()
	in[key] = kept[T]{c.o.Clock.Now(), what}
}

// waiting is the same client, with the same quota and memory, whose calls wait for the quota.
func (c *Client) waiting() *Client {
	w := *c
	w.patient = true
	return &w
}

// regionOf is the region whose host answers for a marketplace.
func regionOf(marketplace string) (string, error) {
	m, ok := core.MarketplaceByCode(marketplace)
	if !ok {
		return "", core.Invalid(Name, "There is no marketplace "+marketplace+".", "")
	}
	return m.Region, nil
}
