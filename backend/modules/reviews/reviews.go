// Package reviews turns seller feedback and FBA returns into what customers say of each SKU.
//
// Input: seller feedback, FBA customer returns; ordered units from sales and the SKUs of orders.
// Output: facts per SKU and marketplace (negative share and return rate with their lower bounds, reasons), daily series and exports.
//
// Shares of few cases mislead, so each comes with the lower end of its Wilson interval:
// what the share is at least, with 95 % confidence.
package reviews

import (
	"context"
	"embed"
	"fmt"
	"io/fs"

	"purser/backend/core/fact"
	"purser/backend/core/module"
	"purser/backend/core/page"
	"purser/backend/core/source"
	"purser/backend/platform/sqlite"
)

//go:embed migrations/*.sql
var migrations embed.FS

//go:embed queries.sql
var queriesSQL string

// Queries is the module's named SQL, for the test that prepares every statement.
func Queries() string { return queriesSQL }

// Module is the reviews part of the account.
type Module struct {
	host   module.Host
	q      sqlite.Queries
	orders *orderCache
	memory *memory
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

// New makes the module; it does nothing until Init.
func New() *Module { return &Module{orders: &orderCache{}, memory: &memory{}} }

// Manifest says what the module takes and gives.
func (m *Module) Manifest() module.Manifest {
	files, _ := fs.Sub(migrations, "migrations") // the folder is compiled in
	return module.Manifest{
		Name:       "reviews",
		Title:      "Reviews and returns",
		Input:      "Seller feedback and FBA customer returns; ordered units and the SKUs of orders",
		Output:     "Negative feedback and return rates per SKU with their lower bounds, reasons and comments",
		Consumes:   []source.Stream{source.SellerFeedback, source.Returns, source.Orders},
		Facts:      definitions(),
		Migrations: files,
	}
}

// Init reads the module's SQL.
func (m *Module) Init(_ context.Context, h module.Host) error {
	q, err := sqlite.ParseQueries(queriesSQL)
	if err != nil {
		return fmt.Errorf("reviews: read queries: %w", err)
	}
	m.host, m.q = h, q
	return nil
}

// Run waits: the module has no background work.
func (m *Module) Run(ctx context.Context) error {
	<-ctx.Done()
	return nil
}

// kindOf is the kind of document that feeds a stream.
func kindOf(s source.Stream) string {
	if s == source.Returns {
		return "fba_returns"
	}
	return "seller_feedback"
}
