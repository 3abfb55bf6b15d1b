// Package advertising turns Sponsored Products reports into what ads cost, sell and waste.
//
// Input: rows of the search term, advertised product, targeting and campaign reports; contribution and total sales from the sales module.
// Output: facts per SKU, campaign, search term and marketplace (spend, ACoS, break-even, waste), measures over any range,
// daily series, the rows behind all of these, the Ads page and exports.
//
// Amazon restates ads: clicks are re-validated for about three days and orders are credited
// for 7 or 14. So what each report said of each day is kept as a sheet of its own, packed
// and shared between reports that repeat it unchanged. A newer report that covers a day
// replaces what older ones said of that day, so that renamed campaigns are not counted
// twice; how a filtered report is told apart is in known.go.
package advertising

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

// Module is the advertising part of the account.
type Module struct {
	host   module.Host
	q      sqlite.Queries
	names  *names
	ledger *ledger
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
	_ page.Pager         = (*Module)(nil)
	_ page.Charter       = (*Module)(nil)
)

// New makes the module; it does nothing until Init.
func New() *Module { return &Module{names: &names{}, ledger: &ledger{}} }

// Manifest says what the module takes and gives.
func (m *Module) Manifest() module.Manifest {
	files, _ := fs.Sub(migrations, "migrations") // the folder is compiled in
	return module.Manifest{
		Name:       "advertising",
		Title:      "Advertising",
		Input:      "Sponsored Products reports; contribution and total sales from sales",
		Output:     "Ad spend, sales and ACoS against break-even per SKU, campaign and search term; wasted spend",
		Consumes:   []source.Stream{source.AdSearchTerms, source.AdProducts, source.AdTargets, source.AdCampaigns},
		Facts:      definitions(),
		Migrations: files,
		NeedsFacts: neededFacts(),
	}
}

// Init reads the module's SQL and forgets what was read of the tables.
func (m *Module) Init(_ context.Context, h module.Host) error {
	q, err := sqlite.ParseQueries(queriesSQL)
	if err != nil {
		return fmt.Errorf("advertising: read queries: %w", err)
	}
	m.host, m.q = h, q
	m.names.forget()
	m.ledger.forget()
	return nil
}

// Run waits: the module has no background work.
func (m *Module) Run(ctx context.Context) error {
	<-ctx.Done()
	return nil
}

// kindOf is the kind of document that feeds a stream.
func kindOf(s source.Stream) string {
	switch s {
	case source.AdSearchTerms:
		return "sp_search_terms"
	case source.AdTargets:
		return "sp_targeting"
	case source.AdCampaigns:
		return "sp_campaigns"
	default:
		return "sp_advertised_products"
	}
}
