package app

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module"
	"purser/backend/core/source"
	"purser/backend/platform/clock"
	"purser/backend/platform/eventbus"
	"purser/backend/services/catalog"
	"purser/backend/services/dashboards"
	"purser/backend/services/ingest"
	"purser/backend/sources/simulator"
)

// Desk is an open data folder with what the window may call.
type Desk struct {
	Pages   *dashboards.API
	Ingest  *ingest.API
	Catalog *catalog.API
	Exports []module.Export
	s       *session
}

// OpenDesk opens a folder at a fixed time; it is closed with the test.
func OpenDesk(tb testing.TB, dir string, now time.Time) *Desk {
	tb.Helper()
	s, err := openSession(tb.Context(), sessionConfig{
		dir: dir, write: true, log: slog.New(slog.DiscardHandler), clk: clock.Fixed(now), bus: &eventbus.Bus{}, modules: Modules(),
	})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := s.close(); err != nil {
			tb.Error(err)
		}
	})
	d := &Desk{Pages: &dashboards.API{}, Ingest: &ingest.API{}, Catalog: &catalog.API{}, s: s}
	dashboards.Attach(s.ctx, d.Pages, s.pages)
	catalog.Attach(s.ctx, d.Catalog, s.catalog)
	ingest.Attach(s.ctx, d.Ingest, s.ingest, s.tree.Go, func(ingest.Job) {})
	d.Exports = s.host.Exports()
	return d
}

// Load imports a simulated seller, and judges.
func (d *Desk) Load(ctx context.Context, o simulator.Options) error {
	seller := simulator.New(o)
	var docs []ingest.Document
	for f := range seller.Documents() {
		docs = append(docs, ingest.Document{File: f, Options: simulator.OptionsFor(f)})
	}
	if _, err := d.s.ingest.ImportDocuments(ctx, docs, func(string, int, int) {}); err != nil {
		return err
	}
	if err := d.s.catalog.Set(ctx, ownFigures(seller.Items())...); err != nil {
		return err
	}
	d.s.changed()
	return d.s.evaluate(ctx)
}

// Today is the as-of day.
func (d *Desk) Today() core.Day { return d.s.today() }

// Parts names what a fact or measure is made of.
func (d *Desk) Parts(name string) (parts []string, measure, ok bool) {
	for _, m := range d.s.host.Measures() {
		if m.Name == name {
			for _, t := range m.Terms {
				parts = append(parts, t.Name)
			}
			if m.Num != "" {
				parts = append(parts, m.Num, m.Den)
			}
			return parts, true, true
		}
	}
	for _, f := range d.s.host.Definitions() {
		if f.Name == name {
			return f.Parts, false, true
		}
	}
	return nil, false, false
}

// HideOrderLines puts the table of order lines out of everybody's reach.
func (d *Desk) HideOrderLines(tb testing.TB) {
	tb.Helper()
	err := d.s.market.Write(tb.Context(), func(tx *sql.Tx) error {
		_, err := tx.ExecContext(tb.Context(), "ALTER TABLE sales_order_line RENAME TO out_of_reach")
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
}

// Fetched stores documents as if an API had given them, and gives how many rows they have.
func (d *Desk) Fetched(ctx context.Context, docs []source.Fetched) (int, error) {
	out, err := d.s.fetched(ctx, docs)
	if err == nil && len(out.Refused) > 0 {
		err = errors.New(strings.Join(out.Refused, "; "))
	}
	return out.Rows, err
}

// Fact is one value as of today.
func (d *Desk) Fact(tb testing.TB, name, subject string) fact.Value {
	tb.Helper()
	cols, err := d.s.host.Columns(tb.Context(), fact.Query{AsOf: d.s.today(), Names: []string{name}})
	if err != nil || len(cols) != 1 {
		tb.Fatal(cols, err)
	}
	return cols[0].Values[subject]
}
