package accounts_test

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/platform/keychain"
	"purser/backend/platform/secrets"
	"purser/backend/platform/sqlite"
	"purser/backend/services/accounts"
)

// ticking is a clock the test moves.
type ticking struct {
	mu  sync.Mutex
	now time.Time
}

func (c *ticking) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *ticking) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// ring is a keychain in memory.
type ring struct {
	mu   sync.Mutex
	kept map[string]string
	fail error
}

func (r *ring) Get(_ context.Context, name string) (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if s, ok := r.kept[name]; ok || r.fail != nil {
		return s, r.fail
	}
	return "", keychain.ErrMissing
}

func (r *ring) Set(_ context.Context, name, secret string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.fail == nil {
		r.kept[name] = secret
	}
	return r.fail
}

func (r *ring) Delete(_ context.Context, name string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.fail == nil {
		delete(r.kept, name)
	}
	return r.fail
}

// What Amazon's are made of here; none may be seen anywhere but in the vault.
const (
	clientID  = "amzn1.application-oa2-client.0f1e"
	secretOne = "amzn1.oa2-cs.v1.canary-one"
	secretTwo = "amzn1.oa2-cs.v1.canary-two"
	tokenNA   = "Atzr|canary-na"
	tokenEU   = "Atzr|canary-eu"
	tokenNew  = "Atzr|canary-na-new"
)

// amazon is the peer: it knows which secrets and tokens are good.
type amazon struct {
	mu      sync.Mutex
	secrets map[string]bool
	tokens  map[string]string // token → region it is of
	places  map[string]source.Places
	denied  map[string]bool // capabilities
	fail    error           // of every call
	probes  map[string]error
	made    []accounts.Credentials
	calls   int
	during  func() // runs in every Places
}

func newAmazon() *amazon {
	return &amazon{
		secrets: map[string]bool{secretOne: true}, tokens: map[string]string{tokenNA: "na", tokenEU: "eu", tokenNew: "na"},
		denied: map[string]bool{}, probes: map[string]error{},
		places: map[string]source.Places{
			"na": {StoreName: "Harbour Goods", Plan: "PROFESSIONAL", Marketplaces: []source.Place{{Code: "US"}, {Code: "CA"}, {Code: "ZZ"}, {Code: "MX", Suspended: true}}},
			"eu": {StoreName: "Harbour Goods", Plan: "PROFESSIONAL", Marketplaces: []source.Place{{Code: "DE"}, {Code: "FR"}}},
		},
	}
}

// client is let in with credentials.
type client struct {
	a      *amazon
	api    string
	region string
	c      accounts.Credentials
}

func (a *amazon) client(api, region string, c accounts.Credentials) (source.API, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.made = append(a.made, c)
	return &client{a, api, region, c}, nil
}

func (c *client) Name() string { return c.api }

func (c *client) Feeds() []source.Feed {
	return []source.Feed{{Name: "a", Needs: "orders"}, {Name: "b", Needs: "finances"}, {Name: "c", Needs: "orders"}, {Name: "d"}}
}

func (c *client) Step(context.Context, source.Ask) (source.Step, error) {
	return source.Step{}, errors.New("trying credentials steps no ask")
}

func refusal(f source.APIFault, status int, raw string) *source.APIError {
	return &source.APIError{Fault: f, Operation: "token", Message: "Amazon refuses.", Raw: raw, Request: "req-1", Status: status}
}

// let says whether the credentials are good; Amazon says a secret back, as badly behaved servers do.
func (c *client) let(region string) error {
	c.a.mu.Lock()
	defer c.a.mu.Unlock()
	c.a.calls++
	of, known := c.a.tokens[c.c.RefreshToken.Reveal()]
	switch {
	case c.a.fail != nil:
		return c.a.fail
	case !c.a.secrets[c.c.ClientSecret.Reveal()]:
		return refusal(source.FaultReconnect, 401, `{"error":"invalid_client","error_description":"no `+c.c.ClientSecret.Reveal()+`"}`)
	case !known:
		return refusal(source.FaultReconnect, 400, `{"error":"invalid_grant","error_description":"no `+c.c.RefreshToken.Reveal()+`"}`)
	case of != region:
		return refusal(source.FaultDenied, 403, `{"errors":[{"code":"Unauthorized","message":"Access to requested resource is denied."}]}`) //nolint:misspell // Amazon's own word
	}
	return nil
}

func (c *client) Places(_ context.Context, region string) (source.Places, error) {
	if c.a.during != nil {
		c.a.during()
	}
	if err := c.let(region); err != nil {
		return source.Places{}, err
	}
	c.a.mu.Lock()
	defer c.a.mu.Unlock()
	return c.a.places[region], nil
}

// adverts has the login be for the adverts of sellers from now on: "A1SELLER US 11" is a profile of one.
func (a *amazon) adverts(region string, profiles ...string) {
	var p source.Places
	for _, x := range profiles {
		f := strings.Fields(x)
		p.Marketplaces = append(p.Marketplaces, source.Place{Seller: f[0], Store: "Store of " + f[0], Code: f[1], Profile: f[2]})
	}
	a.places[region] = p
}

func (c *client) Probe(_ context.Context, region, capability string) (source.Capability, error) {
	out := source.Capability{Name: capability, Title: strings.ToUpper(capability[:1]) + capability[1:], Role: "Finance and Accounting", State: source.Granted}
	if err := c.let(region); err != nil {
		return out, err
	}
	c.a.mu.Lock()
	defer c.a.mu.Unlock()
	if c.a.denied[capability] {
		out.State, out.Text = source.Denied, "Access to requested resource is denied."
	}
	return out, c.a.probes[capability]
}

// set is a service with everything around it.
type set struct {
	*accounts.Service
	dir     string
	amazon  *amazon
	clock   *ticking
	vault   *secrets.Vault
	ring    *ring
	db      *sqlite.DB
	mu      sync.Mutex
	records []accounts.Record
	changed int
	failing error // of Record
}

// blank is a service without a vault, on the morning of 26 November 2026.
func blank(tb testing.TB) *set {
	tb.Helper()
	x := &set{
		dir: tb.TempDir(), amazon: newAmazon(), ring: &ring{kept: map[string]string{}},
		clock: &ticking{now: time.Date(2026, 11, 26, 8, 0, 0, 0, time.UTC)},
	}
	x.open(tb)
	return x
}

// open opens the service on its folder, as after a start.
func (x *set) open(tb testing.TB) {
	tb.Helper()
	var err error
	if x.db != nil {
		if err := x.db.Close(); err != nil {
			tb.Fatal(err)
		}
	}
	if x.db, err = sqlite.Open(context.Background(), filepath.Join(x.dir, "ledger.db"), sqlite.Options{Durable: true}); err != nil {
		tb.Fatal(err)
	}
	db := x.db
	tb.Cleanup(func() { _ = db.Close() })
	if x.vault, err = secrets.Open(secrets.Options{Dir: x.dir, Keychain: x.ring, Clock: x.clock, Work: 6}); err != nil {
		tb.Fatal(err)
	}
	x.Service, err = accounts.Open(context.Background(), accounts.Options{
		DB: x.db, Clock: x.clock, Vault: x.vault, Client: x.amazon.client, Capabilities: map[string][]string{"spapi": {"solicitations", "orders"}},
		Record: func(_ context.Context, _ *sql.Tx, r accounts.Record) error {
			x.mu.Lock()
			defer x.mu.Unlock()
			if x.failing == nil {
				x.records = append(x.records, r)
			}
			return x.failing
		},
		Changed: func() {
			x.mu.Lock()
			defer x.mu.Unlock()
			x.changed++
		},
	})
	if err != nil {
		tb.Fatal(err)
	}
}

// ready is a service with a vault that is open.
func ready(tb testing.TB) *set {
	tb.Helper()
	x := blank(tb)
	if _, err := x.CreateVault(context.Background(), accounts.VaultInput{Mode: "keychain"}); err != nil {
		tb.Fatal(err)
	}
	return x
}

func draftNA() accounts.DraftInput {
	return accounts.DraftInput{API: "spapi", Region: "na", ClientID: clientID, ClientSecret: secretOne, RefreshToken: tokenNA, SecretCreated: "2026-11-26", SellerID: "A1SELLER"}
}

// draftAds is for adverts in North America.
func draftAds() accounts.DraftInput {
	in := draftNA()
	in.API, in.SecretCreated, in.SellerID = "adsapi", "", ""
	return in
}

func draftEU() accounts.DraftInput {
	in := draftNA()
	in.Region, in.RefreshToken = "eu", tokenEU
	return in
}

// connected is a service that is connected in North America.
func connected(tb testing.TB) *set {
	tb.Helper()
	x := ready(tb)
	x.connect(tb, draftNA())
	return x
}

func (x *set) connect(tb testing.TB, in accounts.DraftInput) accounts.TryOutput {
	tb.Helper()
	out, err := x.Connect(context.Background(), in)
	if err != nil || !out.Kept || !out.Works || out.Problem != nil {
		tb.Fatalf("%+v %+v %v", out, out.Problem, err)
	}
	return out
}

func (x *set) overview(tb testing.TB) accounts.OverviewOutput {
	tb.Helper()
	out, err := x.Overview(context.Background())
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

// one gives a connection of the overview.
func (x *set) one(tb testing.TB, region string) accounts.ConnectionOutput {
	tb.Helper()
	for _, c := range x.overview(tb).Connections {
		if c.Region == region {
			return c
		}
	}
	tb.Fatalf("nothing is connected in %s", region)
	return accounts.ConnectionOutput{}
}

func (x *set) credentials(tb testing.TB, region, secret, token string) {
	tb.Helper()
	c, err := x.Credentials(context.Background(), "spapi", region)
	if err != nil || c.ClientID != clientID || c.ClientSecret.Reveal() != secret || c.RefreshToken.Reveal() != token {
		tb.Fatalf("credentials of %s: %q %q %v", region, c.ClientSecret.Reveal(), c.RefreshToken.Reveal(), err)
	}
}

// faulty says that there are no credentials, and why.
func (x *set) faulty(tb testing.TB, region string, fault source.APIFault) {
	tb.Helper()
	_, err := x.Credentials(context.Background(), "spapi", region)
	var e *source.APIError
	if !errors.As(err, &e) || e.Fault != fault || e.Message == "" {
		tb.Fatalf("credentials of %s: %v, want %s", region, err, fault)
	}
}

func refused(tb testing.TB, err error, code, part string) {
	tb.Helper()
	e := core.AsError(err)
	if e == nil || e.Code != code || !strings.Contains(e.Error(), part) {
		tb.Fatalf("got %v, want %s with %q", err, code, part)
	}
	if strings.Contains(err.Error(), "canary") {
		tb.Fatalf("a secret is in an error: %v", err)
	}
}
