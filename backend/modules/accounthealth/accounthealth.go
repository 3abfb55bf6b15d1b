// Package accounthealth turns Amazon's performance reports into how near each metric is to
// its limit and what is new since last week.
//
// Input: the stream account_health; Amazon's targets, dated, for reports that state none.
// Output: facts accounthealth.* and the report lines behind them, the daily series
// accounthealth.rate and accounthealth.count, the page Health, the export accounthealth.daily.
package accounthealth

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

const (
	// name of the module: package, table prefix and fact prefix.
	name = "accounthealth"
	// kind of document the module reads.
	kind = "account_health"
)

// Module is the account health module.
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
		Title:      "Account health",
		Input:      "Performance reports",
		Output:     "Account status, how much of each allowance is used, orders left until a breach, new violations",
		Consumes:   []source.Stream{source.AccountHealth},
		Facts:      definitions(),
		Migrations: migrations,
	}
}

// Init implements module.Module.
func (m *Module) Init(_ context.Context, h module.Host) error {
	text, err := files.ReadFile("queries.sql")
	if err != nil {
		return fmt.Errorf("read account health queries: %w", err)
	}
	q, err := sqlite.ParseQueries(string(text))
	if err != nil {
		return fmt.Errorf("read account health queries: %w", err)
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
		return nil, core.Unavailable(name, "Account health has not started.", nil)
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
