// Package listings turns Amazon's listing reports into which offers can't be sold, since when,
// why, and what that costs a day.
//
// Input: the streams listings, suppressed_listing and stranded; inventory.on_hand; sales.sales
// day by day.
// Output: facts listings.* and the report lines behind them, daily series of marketplaces
// (listings.suppressed_count, listings.stranded_count) and of SKUs (listings.suppressed,
// listings.stranded, listings.inactive, listings.trouble, listings.price), the page Listings,
// the exports listings.daily and listings.trouble.
package listings

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"sync/atomic"
	"time"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module"
	"purser/backend/core/page"
	"purser/backend/core/source"
	"purser/backend/platform/sqlite"
)

//go:embed migrations/*.sql queries.sql
var files embed.FS

// name of the module: package, table prefix and fact prefix.
const name = "listings"

// Kinds of document the module reads.
const (
	kindOffers     = "merchant_listings"
	kindSuppressed = "suppressed_listings"
	kindStranded   = "stranded_inventory"
)

// Module is the listings module.
type Module struct {
	state atomic.Pointer[started]
}

// started is what Init makes.
type started struct {
	host module.Host
	sql  sqlite.Queries
}

var (
	_ module.Module      = (*Module)(nil)
	_ module.Keeper      = (*Module)(nil)
	_ module.Projector   = (*Module)(nil)
	_ module.Exporter    = (*Module)(nil)
	_ module.Stamper     = (*Module)(nil)
	_ fact.Provider      = (*Module)(nil)
	_ fact.DailyProvider = (*Module)(nil)
	_ fact.RowProvider   = (*Module)(nil)
	_ fact.Lister        = (*Module)(nil)
	_ page.Pager         = (*Module)(nil)
	_ page.Charter       = (*Module)(nil)
)

// New makes the module; it does nothing before Init.
func New() *Module { return &Module{} }

// Manifest implements module.Module.
func (m *Module) Manifest() module.Manifest {
	migrations, err := fs.Sub(files, "migrations")
	if err != nil { // only a malformed path literal can do that
		migrations = files
	}
	return module.Manifest{
		Name:       name,
		Title:      "Listings",
		Input:      "Listings, suppressed listings and stranded inventory reports; stock and sales",
		Output:     "Which offers can't be sold, since when, why, and the sales at stake",
		Consumes:   []source.Stream{source.Listings, source.SuppressedListing, source.Stranded},
		Facts:      definitions(),
		Migrations: migrations,
		NeedsFacts: []string{factOnHand},
	}
}

// Init implements module.Module.
func (m *Module) Init(_ context.Context, h module.Host) error {
	text, err := files.ReadFile("queries.sql")
	if err != nil {
		return fmt.Errorf("read listings queries: %w", err)
	}
	q, err := sqlite.ParseQueries(string(text))
	if err != nil {
		return fmt.Errorf("read listings queries: %w", err)
	}
	m.state.Store(&started{host: h, sql: q})
	return nil
}

// Run implements module.Module; there is no background work.
func (m *Module) Run(ctx context.Context) error {
	<-ctx.Done()
	return nil
}

func (m *Module) running() (*started, error) {
	s := m.state.Load()
	if s == nil {
		return nil, core.Unavailable(name, "Listings has not started.", nil)
	}
	return s, nil
}

// observedDay is the calendar day, in the marketplace, on which a report was made.
func observedDay(marketplace string, at time.Time) core.Day {
	mp, ok := core.MarketplaceByCode(marketplace)
	if !ok {
		return core.DayOf(at, time.UTC)
	}
	return core.DayOf(at, mp.Zone())
}
