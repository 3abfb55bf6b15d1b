package sales_test

import (
	"database/sql"
	"math/rand/v2"
	"runtime"
	"testing"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/source"
)

const (
	longLines = 4_000_000
	longDays  = 1096
)

// BenchmarkMeasure asks for ranges over three years of 2,000 SKUs in five marketplaces.
func BenchmarkMeasure(b *testing.B) {
	m, h := benchStart(b)
	loadAll(b, m, h, batches(longLines, longDays))
	fees := make([]source.FeeEstimate, 0, benchSKUs)
	rnd := rand.New(rand.NewPCG(3, 4))
	for i := range h.items {
		it := &h.items[i]
		mp, _ := core.MarketplaceByCode(it.Marketplace)
		it.Cost = core.Money{Minor: 300, Currency: mp.Currency}
		fees = append(fees, source.FeeEstimate{Row: int32(i + 2), Marketplace: it.Marketplace, SKU: it.SKU, Currency: mp.Currency, TotalFee: int64(200 + rnd.IntN(200))})
	}
	last := source.Batch{Stream: source.FeeEstimates, DocumentID: 2, Kind: "fba_fee_estimates", ObservedAt: noon(benchToday()), Rows: fees, Len: len(fees), Last: true}
	load(b, m, h, []source.Batch{last})
	asOf := benchToday()
	ask := func(kind fact.SubjectKind, days int, subject string, names ...string) func() error {
		return func() error {
			_, err := m.Measure(b.Context(), fact.MeasureQuery{Names: names, Kind: kind, Period: core.LastDays(asOf-1, days), AsOf: asOf, Subject: subject})
			return err
		}
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	b.Run("Cold", func(b *testing.B) {
		for b.Loop() {
			if err := m.Init(b.Context(), h); err != nil {
				b.Fatal(err)
			}
			if err := ask(fact.Marketplace, 28, "", "sales.units")(); err != nil {
				b.Fatal(err)
			}
		}
	})
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.Logf("%d MB held", (int64(after.HeapAlloc)-int64(before.HeapAlloc))>>20)
	all := []string{"sales.units", "sales.sales", "sales.orders", "sales.cancelled_units", "sales.refunds", "sales.fees", "sales.cogs", "sales.sessions"}
	timed(b, "SKUs28", ask(fact.SKU, 28, "", "sales.units", "sales.sales"))
	timed(b, "SKUs365", ask(fact.SKU, 365, "", "sales.units", "sales.sales"))
	timed(b, "SKUs1096", ask(fact.SKU, longDays, "", "sales.units", "sales.sales"))
	timed(b, "SKUs365AllMeasures", ask(fact.SKU, 365, "", all...))
	timed(b, "Markets365AllMeasures", ask(fact.Marketplace, 365, "", all...))
	timed(b, "OneSKU365AllMeasures", ask(fact.SKU, 365, "US/SKU-00010", all...))
	daily := func(series, subject string, days int) func() error {
		return func() error {
			_, err := m.Daily(b.Context(), series, subject, core.LastDays(asOf-1, days), asOf)
			return err
		}
	}
	timed(b, "SeriesOneSKU365", daily("sales.units", "US/SKU-00010", 365))
	timed(b, "SeriesMarkets400", daily("sales.market_sales", "", 400))
	timed(b, "SeriesAll28", daily("sales.sales", "", 28))
	rows := func(q fact.RowsQuery) func() error {
		q.AsOf, q.Limit = asOf, 100
		return func() error {
			_, err := m.List(b.Context(), q)
			return err
		}
	}
	timed(b, "ListOrders", rows(fact.RowsQuery{Name: "sales.orders", Period: core.LastDays(asOf-1, longDays), Offset: 1_000_000}))
	timed(b, "ListOrdersOfMarket", rows(fact.RowsQuery{Name: "sales.orders", Period: core.LastDays(asOf-1, 365), Marketplaces: []string{"DE"}}))
	timed(b, "ListOrdersOfSKU", rows(fact.RowsQuery{Name: "sales.orders", Period: core.LastDays(asOf-1, 365), Subject: "US/SKU-00900"}))
	timed(b, "ListOrdersByAmount", rows(fact.RowsQuery{Name: "sales.orders", Period: core.LastDays(asOf-1, longDays), Sort: "amount", Desc: true}))
	timed(b, "FindOrder", rows(fact.RowsQuery{Name: "sales.orders", Filter: "107-1234567-0000001"}))
	timed(b, "RowsOfMarket", func() error {
		_, err := m.Rows(b.Context(), fact.RowsQuery{Name: "sales.sales", Subject: "US", Period: core.LastDays(asOf-1, 365), AsOf: asOf, Offset: 50_000, Limit: 100})
		return err
	})
	b.Run("AfterAnImport", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			at := line("US", "SKU-00010", asOf-1, 1_000_000+i, 1, 500)
			err := h.File.Write(b.Context(), func(tx *sql.Tx) error {
				if _, err := m.Apply(b.Context(), tx, orders(9, asOf, core.Period{}, at)); err != nil {
					return err
				}
				return m.Settle(b.Context(), tx)
			})
			if err != nil {
				b.Fatal(err)
			}
			if err := ask(fact.SKU, 28, "", "sales.units")(); err != nil {
				b.Fatal(err)
			}
		}
	})
}
