// Package inventory turns Amazon's stock reports and the units sold into how long stock
// lasts, when to order and how much.
//
// Input: the streams stock, stock_planning and restock_advice; sales.units day by day,
// sales.price, sales.unit_cost, and the catalog's lead times.
// Output: facts inventory.* with the rows of documents behind them, the measure
// inventory.stockout_days, daily series of units on hand and inbound and of days without stock,
// the lists inventory.levels and inventory.aged, a page with its charts, the exports
// inventory.daily and inventory.planning.
package inventory

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
const name = "inventory"

// Kinds of document the module reads.
const (
	kindStock    = "fba_inventory"
	kindPlanning = "fba_inventory_planning"
	kindRestock  = "restock_recommendations"
)

// Module is the inventory module.
type Module struct {
	state atomic.Pointer[started]
}

// started is what Init makes.
type started struct {
	host module.Host
	sql  sqlite.Queries
	mem  memory
}

var (
	_ module.Module      = (*Module)(nil)
	_ module.Keeper      = (*Module)(nil)
	_ module.Projector   = (*Module)(nil)
	_ module.Exporter    = (*Module)(nil)
	_ module.Stamper     = (*Module)(nil)
	_ fact.Provider      = (*Module)(nil)
	_ fact.DailyProvider = (*Module)(nil)
	_ fact.Measurer      = (*Module)(nil)
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
		Title:      "Inventory",
		Input:      "FBA inventory, inventory planning and restock reports; units sold, prices and lead times",
		Output:     "Days of cover, sell-out and order-by dates, suggested orders, aged and excess stock",
		Consumes:   []source.Stream{source.Stock, source.StockPlanning, source.RestockAdvice},
		Facts:      definitions(),
		Migrations: migrations,
		NeedsFacts: []string{factPrice, factUnitCost},
	}
}

// Init implements module.Module.
func (m *Module) Init(_ context.Context, h module.Host) error {
	text, err := files.ReadFile("queries.sql")
	if err != nil {
		return fmt.Errorf("read inventory queries: %w", err)
	}
	q, err := sqlite.ParseQueries(string(text))
	if err != nil {
		return fmt.Errorf("read inventory queries: %w", err)
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
		return nil, core.Unavailable(name, "Inventory has not started.", nil)
	}
	return s, nil
}

// observedDay is the calendar day, in the marketplace, on which a document was made.
func observedDay(marketplace string, at time.Time) core.Day {
	mp, ok := core.MarketplaceByCode(marketplace)
	if !ok {
		return core.DayOf(at, time.UTC)
	}
	return core.DayOf(at, mp.Zone())
}
