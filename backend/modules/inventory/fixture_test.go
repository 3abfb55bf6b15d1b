package inventory_test

import (
	"os"
	"testing"
	"time"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module"
	"purser/backend/core/module/moduletest"
	"purser/backend/core/source"
	"purser/backend/modules/inventory"
)

const today = core.Day(20782) // 2026-11-25

func queries(tb testing.TB) string {
	tb.Helper()
	text, err := os.ReadFile("queries.sql")
	if err != nil {
		tb.Fatal(err)
	}
	return string(text)
}

func start(tb testing.TB) (*inventory.Module, *moduletest.Host) {
	tb.Helper()
	m := inventory.New()
	h := moduletest.Start(tb, m)
	return m, h
}

// noon of a day in the US marketplace's zone.
func noon(d core.Day) time.Time { return d.Time().Add(20 * time.Hour) }

// stock is a whole FBA inventory report of the US made at noon of a day.
func stock(doc int64, d core.Day, rows ...source.StockLevel) source.Batch {
	for i := range rows {
		rows[i].Row = int32(i + 2)
		if rows[i].Marketplace == "" {
			rows[i].Marketplace = "US"
		}
	}
	return source.Batch{
		Stream: source.Stock, DocumentID: doc, Kind: "fba_inventory", ObservedAt: noon(d), Marketplace: "US",
		Rows: rows, Len: len(rows), Snapshot: true, Last: true,
	}
}

func level(sku string, onHand int32) source.StockLevel {
	return source.StockLevel{SKU: core.SKU(sku), ASIN: "B0" + core.ASIN(sku), Title: "Item " + sku, Currency: "USD", Price: 1999, Fulfillable: onHand}
}

// sales serves sales.units: units of each SKU for each of the n days before today, newest last.
func sales(units map[string]func(ago int) float64, days int) func(string, string, core.Period, core.Day) []fact.Series {
	return func(series, _ string, p core.Period, _ core.Day) []fact.Series {
		if series != "sales.units" {
			return nil
		}
		var out []fact.Series
		for id, of := range units {
			one := fact.Series{Name: series, Subject: id}
			for ago := days; ago >= 0; ago-- {
				if d := today - core.Day(ago); p.Contains(d) {
					one.Points = append(one.Points, fact.Point{Day: d, Num: of(ago), Maturity: fact.Fresh})
				}
			}
			out = append(out, one)
		}
		return out
	}
}

func always(v float64) func(int) float64 { return func(int) float64 { return v } }

func facts(tb testing.TB, m fact.Provider, q fact.Query) map[string]map[string]fact.Value {
	tb.Helper()
	cols, err := m.Facts(tb.Context(), q)
	if err != nil {
		tb.Fatal(err)
	}
	out := map[string]map[string]fact.Value{}
	for _, c := range cols {
		out[c.Name] = c.Values
	}
	return out
}

// one reads one fact of one subject as of a day; missing where there is none.
func one(tb testing.TB, m fact.Provider, asOf core.Day, name, subject string) fact.Value {
	tb.Helper()
	v, ok := facts(tb, m, fact.Query{AsOf: asOf, Names: []string{name}, Subject: subject})[name][subject]
	if !ok {
		return fact.Value{Maturity: fact.Missing, Note: "absent"}
	}
	return v
}

func TestContract(t *testing.T) {
	t.Parallel()
	moduletest.Run(t, func() module.Module { return inventory.New() }, queries(t))
}
