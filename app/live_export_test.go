package app

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/core/fact"
	"purser/backend/platform/clock"
	"purser/backend/platform/eventbus"
	"purser/backend/platform/secrets"
	"purser/backend/services/accounts"
	"purser/backend/services/dashboards"
	"purser/backend/services/jobs"
	"purser/backend/sources/adsapi"
	"purser/backend/sources/simulator/practice"
	"purser/backend/sources/spapi"
)

// Live is an open data folder that fetches from a practice Amazon without a network.
type Live struct {
	Accounts *accounts.API
	Jobs     *jobs.API
	Pages    *dashboards.API
	s        *session
}

// inMemory carries requests to a handler of this process.
type inMemory struct{ to http.Handler }

// RoundTrip implements http.RoundTripper.
func (m inMemory) RoundTrip(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	r.RemoteAddr = "127.0.0.1:1"
	m.to.ServeHTTP(w, r)
	return w.Result(), nil
}

// OpenLive opens a folder that is connected to the practice Amazon in all its regions, and begins to fetch; no more than
// past, where it is not 0. Close ends it.
func OpenLive(ctx context.Context, dir string, amazon *practice.Server, past time.Duration) (*Live, error) {
	return OpenLiveBehind(ctx, dir, amazon, past, func(to http.RoundTripper) http.RoundTripper { return to })
}

// OpenLiveBehind is OpenLive with something between Purser and the practice Amazon.
func OpenLiveBehind(ctx context.Context, dir string, amazon *practice.Server, past time.Duration, between func(http.RoundTripper) http.RoundTripper) (*Live, error) {
	s, err := openSession(ctx, sessionConfig{
		dir: dir, write: true, log: slog.New(slog.DiscardHandler), clk: clock.Real{}, bus: &eventbus.Bus{}, modules: Modules(),
		out: between(inMemory{amazon}), past: past,
	})
	if err != nil {
		return nil, err
	}
	l := &Live{&accounts.API{}, &jobs.API{}, &dashboards.API{}, s}
	accounts.Attach(s.ctx, l.Accounts, s.accounts) //nolint:contextcheck // a session has a life of its own
	dashboards.Attach(s.ctx, l.Pages, s.pages)     //nolint:contextcheck // as above
	jobs.Attach(s.ctx, l.Jobs, s.jobs)             //nolint:contextcheck // as above
	if err := l.enter(ctx, amazon, anywhere); err != nil {
		return nil, errors.Join(err, s.close())
	}
	s.watch()
	s.fetch()
	return l, nil
}

const testPassphrase = "correct horse battery staple"

// anywhere is an address that inMemory never looks at.
const anywhere = "http://127.0.0.1:8099"

func (l *Live) enter(ctx context.Context, amazon *practice.Server, base string) error {
	if l.s.accounts.VaultState().State != "none" {
		return l.s.accounts.Unlock(ctx, secrets.NewText(testPassphrase))
	}
	if _, err := l.s.accounts.CreateVault(ctx, accounts.VaultInput{Mode: "passphrase", Passphrase: testPassphrase}); err != nil {
		return err
	}
	for _, region := range amazon.Regions() {
		for _, api := range []struct{ name, path string }{{spapi.Name, "spapi"}, {adsapi.Name, "ads"}} {
			c := amazon.Credentials(api.path, region)
			out, err := l.Accounts.Connect(accounts.DraftInput{ //nolint:contextcheck // bound methods have no context parameter
				API: api.name, Region: region, ClientID: c.ClientID, ClientSecret: c.ClientSecret, RefreshToken: c.RefreshToken, SellerID: amazon.SellerID(),
				SecretCreated: core.DayOf(l.s.clk.Now(), time.UTC).String(), Base: base + "/" + api.path + "/" + region, Token: base + "/auth/o2/token",
			})
			if err != nil {
				return err
			}
			if !out.Works {
				return errors.New(out.Problem.Title + ": " + out.Problem.Text + " " + out.Problem.Raw)
			}
		}
	}
	return nil
}

// Close ends it.
func (l *Live) Close() error { return l.s.close() }

// Decisions counts what needs a person.
func (l *Live) Decisions(tb testing.TB) int {
	tb.Helper()
	open, err := l.s.decisions.ListOpen(tb.Context())
	if err != nil {
		tb.Fatal(err)
	}
	return len(open)
}

// Campaigns lists the campaigns that are known of.
func (l *Live) Campaigns(tb testing.TB) []string {
	tb.Helper()
	all, err := l.s.there(tb.Context(), fact.Campaign)
	if err != nil {
		tb.Fatal(err)
	}
	return slices.Sorted(maps.Keys(all))
}

// Against is what speaks against an action that a rule would propose.
func (l *Live) Against(tb testing.TB, w action.Wish) []string {
	tb.Helper()
	out, err := l.s.actions.Prepare(tb.Context(), []action.Wish{w})
	if err != nil {
		tb.Fatal(err)
	}
	return out[0].Against
}
