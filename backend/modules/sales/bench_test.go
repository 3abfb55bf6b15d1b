package sales_test

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module"
	"purser/backend/core/module/moduletest"
	"purser/backend/core/source"
	"purser/backend/modules/sales"
	"purser/backend/platform/sqlite"
)

const (
	benchLines = 1_000_000
	benchDays  = 182
	benchSKUs  = 2000
	benchBatch = 50_000
)

func benchToday() core.Day { return core.Date(2026, 11, 25) }

// stream makes a document of orders over the last half year.
func stream(lines int) []source.Batch { return slices.Collect(batches(lines, benchDays)) }

// batches makes a document of orders batch by batch: oldest first, five marketplaces, some SKUs sell
// far more than others.
func batches(lines, days int) iter.Seq[source.Batch] {
	return func(yield func(source.Batch) bool) { eachBatch(lines, days, yield) }
}

func eachBatch(lines, days int, yield func(source.Batch) bool) {
	rnd := rand.New(rand.NewPCG(1, 2))
	mkts := []string{"US", "US", "US", "DE", "UK", "FR", "JP"}
	first := benchToday() - core.Day(days)
	names := make([]core.SKU, benchSKUs)
	asins := make([]core.ASIN, benchSKUs)
	for i := range names {
		names[i], asins[i] = core.SKU(fmt.Sprintf("SKU-%05d", i)), core.ASIN(fmt.Sprintf("B0%08d", i))
	}
	for at := 0; at < lines; at += benchBatch {
		rows := make([]source.OrderLine, min(benchBatch, lines-at))
		for i := range rows {
			n := at + i
			d := first + core.Day(int64(n)*int64(days)/int64(lines))
			sku := int(rnd.ExpFloat64()*benchSKUs/6) % benchSKUs
			mkt := mkts[rnd.IntN(len(mkts))]
			mp, _ := core.MarketplaceByCode(mkt)
			sold := noon(d).Unix() + int64(rnd.IntN(30000))
			qty := int32(1 + rnd.IntN(2))
			rows[i] = source.OrderLine{
				Row: int32(n + 2), OrderID: fmt.Sprintf("%03d-%07d-%07d", 100+rnd.IntN(15), rnd.IntN(9999999), n), SKU: names[sku], ASIN: asins[sku],
				Title: "Item", Marketplace: mkt, Day: d, PurchasedAt: sold, UpdatedAt: sold + 9000, Status: "Shipped", FBA: true,
				Quantity: qty, Currency: mp.Currency, HasPrice: true, ItemPrice: int64(qty) * int64(900+sku), Promotion: int64(rnd.IntN(2) * 50),
			}
		}
		b := source.Batch{
			Stream: source.Orders, DocumentID: 1, Kind: "all_orders", ObservedAt: noon(benchToday()), Rows: rows, Len: len(rows), Last: at+benchBatch >= lines,
		}
		if !yield(b) {
			return
		}
	}
}

// quietHost has a catalog that costs nothing: the benchmarks are of this module alone.
type quietHost struct {
	*moduletest.Host
	items []module.Item
}

func (h *quietHost) Catalog() module.Catalog { return h }
func (h *quietHost) Note(_ context.Context, _ *sql.Tx, items []module.Item) error {
	h.items = append(h.items, items...)
	return nil
}
func (h *quietHost) Items(context.Context) ([]module.Item, error) { return h.items, nil }
func (h *quietHost) DefaultLeadTime(context.Context) int          { return 30 }

func benchStart(b *testing.B) (*sales.Module, *quietHost) {
	b.Helper()
	m := sales.New()
	db, err := sqlite.Open(b.Context(), filepath.Join(b.TempDir(), "market.db"), sqlite.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	h := &quietHost{Host: &moduletest.Host{File: db, Clock: noon(benchToday()), Kinds: map[string]source.Kind{}}}
	if err := db.Migrate(b.Context(), "sales", m.Manifest().Migrations); err != nil {
		b.Fatal(err)
	}
	if err := m.Init(b.Context(), h); err != nil {
		b.Fatal(err)
	}
	return m, h
}

// load applies the batches as ingest does: one transaction each, Settle with the last.
func load(b *testing.B, m *sales.Module, h *quietHost, batches []source.Batch) {
	b.Helper()
	loadAll(b, m, h, slices.Values(batches))
}

func loadAll(b *testing.B, m *sales.Module, h *quietHost, batches iter.Seq[source.Batch]) {
	b.Helper()
	for x := range batches {
		err := h.File.Write(b.Context(), func(tx *sql.Tx) error {
			if _, err := m.Apply(b.Context(), tx, x); err != nil {
				return err
			}
			if x.Last {
				return m.Settle(b.Context(), tx)
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkApplyOrders(b *testing.B) {
	batches := stream(benchLines)
	for b.Loop() {
		b.StopTimer()
		m, h := benchStart(b)
		b.StartTimer()
		load(b, m, h, batches)
	}
	b.ReportMetric(float64(benchLines)*float64(b.N)/b.Elapsed().Seconds(), "lines/s")
}

func BenchmarkApplyOrdersUnchanged(b *testing.B) {
	batches := stream(benchLines)
	m, h := benchStart(b)
	load(b, m, h, batches)
	for b.Loop() {
		load(b, m, h, batches)
	}
	b.ReportMetric(float64(benchLines)*float64(b.N)/b.Elapsed().Seconds(), "lines/s")
}

// BenchmarkApplyOrdersLater is of a report made later that says the same.
func BenchmarkApplyOrdersLater(b *testing.B) {
	batches := stream(benchLines)
	m, h := benchStart(b)
	load(b, m, h, batches)
	for b.Loop() {
		for i := range batches {
			batches[i].DocumentID, batches[i].ObservedAt = batches[i].DocumentID+1, batches[i].ObservedAt.Add(time.Hour)
		}
		load(b, m, h, batches)
	}
	b.ReportMetric(float64(benchLines)*float64(b.N)/b.Elapsed().Seconds(), "lines/s")
}

// timed reports how long the slowest twentieth of the answers take.
func timed(b *testing.B, name string, fn func() error) {
	b.Helper()
	b.Run(name, func(b *testing.B) {
		var took []time.Duration
		for b.Loop() {
			before := b.Elapsed()
			if err := fn(); err != nil {
				b.Fatal(err)
			}
			took = append(took, b.Elapsed()-before)
		}
		slices.Sort(took)
		b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
	})
}

func BenchmarkRead(b *testing.B) {
	m, h := benchStart(b)
	load(b, m, h, stream(benchLines))
	asOf := benchToday()
	run := func(name string, fn func() error) { timed(b, name, fn) }
	facts := func(q fact.Query) func() error {
		return func() error { _, err := m.Facts(b.Context(), q); return err }
	}
	daily := func(series, subject string, days int) func() error {
		return func() error {
			_, err := m.Daily(b.Context(), series, subject, core.LastDays(asOf-1, days), asOf)
			return err
		}
	}
	run("AllFacts", facts(fact.Query{AsOf: asOf}))
	run("UnitsAndChange28", facts(fact.Query{AsOf: asOf, Names: []string{"sales.units_28d", "sales.change_28d"}}))
	run("OneSKU", facts(fact.Query{AsOf: asOf, Subject: "US/SKU-00010"}))
	run("OneMarket", facts(fact.Query{AsOf: asOf, Subject: "US"}))
	run("SeriesOneSKU90", daily("sales.units", "US/SKU-00010", 90))
	run("SeriesOneSKU182", daily("sales.units", "US/SKU-00010", 182))
	run("SeriesMarket182", daily("sales.market_sales", "US", 182))
	run("SeriesAllUnits90", daily("sales.units", "", 90))
	if testing.Verbose() {
		var size int64
		_ = h.File.Reader().QueryRowContext(b.Context(), `SELECT page_count * page_size FROM pragma_page_count, pragma_page_size`).Scan(&size)
		b.Logf("%d MB", size>>20)
	}
}
