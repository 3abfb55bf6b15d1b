// Package sales turns orders, traffic, settlements and fee previews into what was sold, to what effect and at what profit.
//
// Input: batches of orders, traffic, settlements, transactions, fee estimates and reimbursements.
// Output: facts of SKUs and marketplaces, daily series, exports, and which SKUs an order held.
package sales

import (
	"context"
	"database/sql"
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

//go:embed migrations/*.sql
var migrations embed.FS

//go:embed queries.sql
var queries string

// Module is the sales module. Make it with New.
type Module struct {
	h   module.Host
	q   sqlite.Queries
	mem *memory // used in write transactions only, of which there is one at a time

	read atomic.Pointer[readable]
	kept shelf
}

var (
	_ module.Module         = (*Module)(nil)
	_ module.Keeper         = (*Module)(nil)
	_ module.Projector      = (*Module)(nil)
	_ module.Exporter       = (*Module)(nil)
	_ module.Stamper        = (*Module)(nil)
	_ module.OrderDirectory = (*Module)(nil)
	_ fact.Provider         = (*Module)(nil)
	_ fact.DailyProvider    = (*Module)(nil)
	_ fact.Measurer         = (*Module)(nil)
	_ fact.RowProvider      = (*Module)(nil)
	_ fact.Lister           = (*Module)(nil)
	_ page.Pager            = (*Module)(nil)
)

// New makes the module; it does nothing until Init.
func New() *Module { return &Module{} }

// Manifest implements module.Module.
func (m *Module) Manifest() module.Manifest {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		files = migrations
	}
	return module.Manifest{
		Name:   "sales",
		Title:  "Sales",
		Input:  "Orders, traffic, settlements, transactions, fee previews and reimbursements",
		Output: "Units, sales, change, traffic, refunds and profit per SKU and marketplace, by day and window",
		Consumes: []source.Stream{
			source.Orders, source.TrafficDays, source.TrafficItems, source.Settlements,
			source.Transactions, source.TransactionsByAPI, source.FeeEstimates, source.Reimbursements,
		},
		Facts:      definitions(),
		Migrations: files,
	}
}

// Init implements module.Module. Roll-ups that a killed import left behind are brought up to date.
func (m *Module) Init(ctx context.Context, h module.Host) error {
	q, err := sqlite.ParseQueries(queries)
	if err != nil {
		return fmt.Errorf("queries of sales: %w", err)
	}
	m.h, m.q = h, q
	m.read.Store(nil)
	m.kept.clear()
	var left int
	if err := h.DB().QueryRowContext(ctx, q["CountDirty"]).Scan(&left); err != nil {
		return fmt.Errorf("look for unfinished roll-ups: %w", err)
	}
	if left == 0 {
		return nil
	}
	return h.Write(ctx, func(tx *sql.Tx) error { return m.Settle(ctx, tx) })
}

// Run implements module.Module: it reads the history into memory, so that the first page need not
// wait for it. Where that fails, the first question does it, and tells.
func (m *Module) Run(ctx context.Context) error {
	if v, done, err := m.view(ctx); err == nil {
		_, _ = v.packs(ctx)
		done()
	}
	<-ctx.Done()
	return nil
}

// Forget implements module.Projector.
func (m *Module) Forget(ctx context.Context, tx *sql.Tx) error {
	for _, t := range []string{
		"ForgetLines", "ForgetDayOrders", "ForgetDirty", "ForgetDaily", "ForgetDailyWas", "ForgetMarketDaily", "ForgetItems", "ForgetCoverage",
		"ForgetTrafficDaily", "ForgetTrafficItems", "ForgetSeen", "ForgetSettlements", "ForgetSettlementLines",
		"ForgetTransactions", "ForgetLive", "ForgetLiveVersions", "ForgetFees", "ForgetReimbursements", "ForgetTally", "ForgetMarketplaces", "ForgetSKUs", "ForgetWords",
		"ForgetOrderNames",
	} {
		if _, err := tx.ExecContext(ctx, m.q[t]); err != nil {
			return fmt.Errorf("%s: %w", t, err)
		}
	}
	for id := changesOfPacks; id < changesEnd; id++ {
		if _, err := m.bump(ctx, tx, id); err != nil {
			return err
		}
	}
	return nil
}

// Apply implements module.Projector.
func (m *Module) Apply(ctx context.Context, tx *sql.Tx, b source.Batch) (module.Applied, error) {
	if b.ObservedAt.IsZero() {
		b.ObservedAt = m.h.Now()
	}
	w := write{m: m, tx: tx, b: b, zones: map[string]*time.Location{}}
	var a module.Applied
	var err error
	switch rows := b.Rows.(type) {
	case []source.OrderLine:
		a, err = w.orders(ctx, rows)
	case []source.TrafficDay:
		a, err = w.trafficDays(ctx, rows)
	case []source.TrafficItem:
		a, err = w.trafficItems(ctx, rows)
	case []source.SettlementLine:
		a, err = w.settlements(ctx, rows)
	case []source.Transaction:
		if b.Stream == source.TransactionsByAPI {
			a, err = w.live(ctx, rows)
		} else {
			a, err = w.transactions(ctx, rows)
		}
	case []source.FeeEstimate:
		a, err = w.fees(ctx, rows)
	case []source.Reimbursement:
		a, err = w.reimbursements(ctx, rows)
	default:
		err = fmt.Errorf("sales takes no %T", b.Rows)
	}
	if err == nil {
		err = w.finish(ctx)
	}
	if err == nil {
		_, err = m.bump(ctx, tx, changesOf(b.Stream))
	}
	if err != nil {
		return module.Applied{}, fmt.Errorf("store %s: %w", b.Stream, err)
	}
	return a, nil
}

// write is the work on one batch in its transaction.
type write struct {
	m     *Module
	tx    *sql.Tx
	b     source.Batch
	zones map[string]*time.Location
}

// finish tells that all of the document is in, after its last batch.
func (w *write) finish(ctx context.Context) error {
	if !w.b.Last {
		return nil
	}
	if _, err := w.tx.ExecContext(ctx, w.m.q["CoverageDone"], string(w.b.Stream), w.b.DocumentID); err != nil {
		return fmt.Errorf("close coverage: %w", err)
	}
	if _, err := w.tx.ExecContext(ctx, w.m.q["DropSeen"], string(w.b.Stream), w.b.DocumentID); err != nil {
		return fmt.Errorf("drop seen rows: %w", err)
	}
	return nil
}

// observedDay is the marketplace's calendar day on which the batch was observed.
func (w *write) observedDay(marketplace string) core.Day {
	zone, ok := w.zones[marketplace]
	if !ok {
		zone = zoneOf(marketplace)
		w.zones[marketplace] = zone
	}
	return core.DayOf(w.b.ObservedAt, zone)
}

func zoneOf(marketplace string) *time.Location {
	if mp, ok := core.MarketplaceByCode(marketplace); ok {
		return mp.Zone()
	}
	return time.UTC
}

// currencyOf is the currency as written, else the marketplace's.
func currencyOf(written core.Currency, marketplace string) string {
	if written == "" {
		mp, _ := core.MarketplaceByCode(marketplace)
		written = mp.Currency
	}
	return string(written)
}
