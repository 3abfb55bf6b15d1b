// Package spapi speaks the Selling Partner API of Amazon.
//
// Input: credentials of a region, and an ask for a window of a feed; or what an executor wants read or set.
// Output: documents as Amazon gave them, pages in an envelope that says what they are; values read, receipts of what was set.
//
// It never asks for what a buyer is called or where they live (no BUYER, no RECIPIENT, no restricted data token), and
// nothing here deletes, pays out or confirms a placement.
package spapi

import (
	"context"
	"net/url"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/platform/clock"
	"purser/backend/platform/httpx"
	"purser/backend/platform/ratelimit"
	"purser/backend/sources/internal/lwa"
)

// Name is the name of this API.
const Name = "spapi"

// Credentials open the API of one region.
type Credentials = lwa.Credentials

// Options of a Client. HTTP, Limits, Clock and Credentials are needed.
type Options struct {
	HTTP        *httpx.Client
	Limits      *ratelimit.Limiter
	Clock       clock.Clock
	Credentials func(ctx context.Context, region string) (Credentials, error)
	Endpoints   map[string]string // region → base URL; empty: Amazon's
	TokenURL    string            // empty: Amazon's
	TokenURLs   map[string]string // region → the same, for some regions only
	// Seller gives the seller id of a region ("merchant token"), which no operation tells; nil or "": it is not known,
	// and listings cannot be read.
	Seller func(ctx context.Context, region string) (string, error)
}

// Endpoints are Amazon's own hosts by region. Source: "SP-API endpoints", seen 2026-11.
func Endpoints() map[string]string {
	return map[string]string{
		"na": "https://sellingpartnerapi-na.amazon.com",
		"eu": "https://sellingpartnerapi-eu.amazon.com",
		"fe": "https://sellingpartnerapi-fe.amazon.com",
	}
}

// Client speaks the API. It keeps access tokens, and for a while what dry runs have read of orders. It is safe for
// concurrent use.
type Client struct {
	o      Options
	tokens *lwa.Tokens
	looked *looked
	// patient: its calls wait for the quota as long as their context lets them. Feeds are told to come later instead.
	patient bool
}

var _ source.API = (*Client)(nil)

// New makes a Client.
func New(o Options) *Client {
	all := Endpoints()
	for region, base := range o.Endpoints {
		if base != "" {
			all[region] = base
		}
	}
	o.Endpoints = all
	return &Client{o: o, looked: &looked{}, tokens: lwa.New(lwa.Options{
		API: Name, HTTP: o.HTTP, Clock: o.Clock, Credentials: o.Credentials, TokenURL: o.TokenURL, Regional: o.TokenURLs,
	})}
}

// waiting is the same client, with the same quota and memory, whose calls wait for the quota: for what executors ask.
func (c *Client) waiting() *Client {
	w := *c
	w.patient = true
	return &w
}

// Name implements source.API.
func (*Client) Name() string { return Name }

// local says whether a region is asked at this computer: the practice Amazon.
func (c *Client) local(region string) bool {
	u, err := url.Parse(c.o.Endpoints[region])
	return err == nil && httpx.Loopback(u.Hostname())
}

// market finds a marketplace by its code.
func market(code string) (core.Marketplace, error) {
	m, ok := core.MarketplaceByCode(code)
	if !ok || code == "" {
		return m, core.Invalid(Name, "There is no marketplace \""+code+"\".", "")
	}
	return m, nil
}
