// Package moduletest is the conformance suite of modules and the host their tests run on.
//
// Input: a module.
// Output: a real SQLite file with the module migrated and started, and the promises every module must keep.
package moduletest

import (
	"context"
	"database/sql"
	"log/slog"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"time"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module"
	"purser/backend/core/source"
	"purser/backend/platform/sqlite"
)

// Host is a module.Host on a real SQLite file; its other modules, catalog and kinds are set by the test.
type Host struct {
	File     *sqlite.DB
	Clock    time.Time
	Items    []module.Item
	Lead     int
	Kinds    map[string]source.Kind
	FactsFn  func(q fact.Query) []fact.Column
	DailyFn  func(series, subject string, p core.Period, asOf core.Day) []fact.Series
	OrdersOf map[string][]module.OrderItem
}

var _ module.Host = (*Host)(nil)

// Start migrates and initialises m on a fresh file.
func Start(t testing.TB, m module.Module) *Host {
	t.Helper()
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "market.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	h := &Host{File: db, Clock: time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC), Lead: 30, Kinds: map[string]source.Kind{}}
	mf := m.Manifest()
	if err := db.Migrate(t.Context(), mf.Name, mf.Migrations); err != nil {
		t.Fatal(err)
	}
	if err := m.Init(t.Context(), h); err != nil {
		t.Fatal(err)
	}
	return h
}

// Apply stores batches as ingest does: one transaction, Settle at the last batch of each.
func (h *Host) Apply(t testing.TB, p module.Projector, batches ...source.Batch) module.Applied {
	t.Helper()
	var sum module.Applied
	for i, b := range batches {
		if b.DocumentID == 0 {
			b.DocumentID = int64(i + 1)
		}
		err := h.File.Write(t.Context(), func(tx *sql.Tx) error {
			a, err := p.Apply(t.Context(), tx, b)
			if err != nil {
				return err
			}
			sum.Stored += a.Stored
			sum.Unchanged += a.Unchanged
			sum.Older += a.Older
			return p.Settle(t.Context(), tx)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return sum
}

// DB implements module.Host.
func (h *Host) DB() *sql.DB { return h.File.Reader() }

// Write implements module.Host.
func (h *Host) Write(ctx context.Context, fn func(*sql.Tx) error) error { return h.File.Write(ctx, fn) }

// Log implements module.Host.
func (h *Host) Log() *slog.Logger { return slog.New(slog.DiscardHandler) }

// Now implements module.Host.
func (h *Host) Now() time.Time { return h.Clock }

// Catalog implements module.Host.
func (h *Host) Catalog() module.Catalog { return catalog{h} }

// Facts implements module.Host.
func (h *Host) Facts(_ context.Context, q fact.Query) ([]fact.Column, error) {
	if h.FactsFn == nil {
		return nil, nil
	}
	return h.FactsFn(q), nil
}

// Daily implements module.Host.
func (h *Host) Daily(_ context.Context, series, subject string, p core.Period, asOf core.Day) ([]fact.Series, error) {
	if h.DailyFn == nil {
		return nil, nil
	}
	return h.DailyFn(series, subject, p, asOf), nil
}

// Orders implements module.Host.
func (h *Host) Orders() module.OrderDirectory { return h }

// OrderSKUs implements module.OrderDirectory.
func (h *Host) OrderSKUs(_ context.Context, ids []string) (map[string][]module.OrderItem, error) {
	out := map[string][]module.OrderItem{}
	for _, id := range ids {
		if v, ok := h.OrdersOf[id]; ok {
			out[id] = v
		}
	}
	return out, nil
}

// Kind implements module.Host.
func (h *Host) Kind(name string) (source.Kind, bool) {
	k, ok := h.Kinds[name]
	if !ok {
		k = source.Kind{Name: name, Title: name, StaleAge: 72 * time.Hour}
	}
	return k, true
}

type catalog struct{ h *Host }

func (c catalog) Note(_ context.Context, _ *sql.Tx, items []module.Item) error {
	for _, it := range items {
		if !c.merge(it) {
			c.h.Items = append(c.h.Items, it)
		}
	}
	return nil
}

func (c catalog) merge(it module.Item) bool {
	for i := range c.h.Items {
		have := &c.h.Items[i]
		if have.Marketplace != it.Marketplace || have.SKU != it.SKU {
			continue
		}
		if it.ASIN != "" {
			have.ASIN = it.ASIN
		}
		if it.Title != "" {
			have.Title = it.Title
		}
		if it.Price.Currency != "" {
			have.Price = it.Price
		}
		return true
	}
	return false
}

func (c catalog) Items(context.Context) ([]module.Item, error) {
	out := append([]module.Item(nil), c.h.Items...)
	for i := range out {
		if out[i].LeadTime == 0 {
			out[i].LeadTime, out[i].LeadAssumed = c.h.Lead, true
		}
	}
	return out, nil
}

func (c catalog) DefaultLeadTime(context.Context) int { return c.h.Lead }

// Run checks the promises of the contract: a valid manifest, tables with the module's
// prefix only, migrations that run twice, Init twice, Run that ends with its context,
// every declared fact answered (Missing counts) and none undeclared, on an empty database.
func Run(t *testing.T, fresh func() module.Module, queries string) {
	t.Helper()
	m := fresh()
	mf := m.Manifest()
	checkManifest(t, mf)
	h := Start(t, m)
	if err := h.File.Migrate(t.Context(), mf.Name, mf.Migrations); err != nil {
		t.Fatalf("second migration: %v", err)
	}
	if err := m.Init(t.Context(), h); err != nil {
		t.Fatalf("second Init: %v", err)
	}
	checkTables(t, h, mf.Name)
	q, err := sqlite.ParseQueries(queries)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.File.PrepareAll(t.Context(), q); err != nil {
		t.Fatal(err)
	}
	checkFacts(t, m, mf)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := m.Run(ctx); err != nil && ctx.Err() == nil {
		t.Fatalf("Run after cancel: %v", err)
	}
}

func checkManifest(t *testing.T, mf module.Manifest) {
	t.Helper()
	if mf.Name == "" || mf.Title == "" || mf.Input == "" || mf.Output == "" {
		t.Fatalf("manifest needs name, title, input and output: %+v", mf)
	}
	for _, d := range mf.Facts {
		if !strings.HasPrefix(d.Name, mf.Name+".") {
			t.Errorf("fact %s lacks the prefix %s.", d.Name, mf.Name)
		}
		if d.Meaning == "" || d.Subject == "" || d.Type == "" || d.Formula == "" || len(d.Sources) == 0 {
			t.Errorf("fact %s needs subject, type, meaning, formula and sources", d.Name)
		}
	}
}

func checkTables(t *testing.T, h *Host, name string) {
	t.Helper()
	rows, err := h.DB().QueryContext(t.Context(), `SELECT name FROM sqlite_master WHERE type IN ('table','index','view') AND name NOT LIKE 'sqlite_%'`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var n string
		if err := rows.Scan(&n); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(n, name+"_") && n != "schema_version_"+name {
			t.Errorf("table %s lacks the prefix %s_", n, name)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}

func checkFacts(t *testing.T, m module.Module, mf module.Manifest) {
	t.Helper()
	p, ok := m.(fact.Provider)
	if !ok {
		return
	}
	cols, err := p.Facts(t.Context(), fact.Query{AsOf: core.Date(2026, 11, 24)})
	if err != nil {
		t.Fatalf("facts of an empty database: %v", err)
	}
	declared := map[string]bool{}
	for _, d := range mf.Facts {
		declared[d.Name] = true
	}
	var undeclared []string
	for _, c := range cols {
		if !declared[c.Name] {
			undeclared = append(undeclared, c.Name)
		}
	}
	sort.Strings(undeclared)
	if len(undeclared) > 0 {
		t.Errorf("facts answered but not declared: %v", undeclared)
	}
}
