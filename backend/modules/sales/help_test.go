package sales_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module"
	"purser/backend/core/module/moduletest"
	"purser/backend/core/source"
	"purser/backend/modules/sales"
)

func day(tb testing.TB, s string) core.Day {
	tb.Helper()
	d, err := core.ParseDay(s)
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

// noon is midday UTC, which is the same calendar day in every marketplace used here.
func noon(d core.Day) time.Time { return d.Time().Add(12 * time.Hour) }

// line makes an order line sold at noon of d, last updated an hour later.
func line(mkt, sku string, d core.Day, order, qty int, price int64) source.OrderLine {
	mp, _ := core.MarketplaceByCode(mkt)
	at := noon(d).Unix()
	return source.OrderLine{
		OrderID: fmt.Sprintf("111-%07d-%07d", order/1000, order), SKU: core.SKU(sku), ASIN: core.ASIN("B0" + sku), Title: "Item " + sku,
		Marketplace: mkt, Day: d, PurchasedAt: at, UpdatedAt: at + 3600, Status: "Shipped", FBA: true,
		Quantity: int32(qty), Currency: mp.Currency, HasPrice: true, ItemPrice: price, Row: int32(order + 2),
	}
}

// orders is a whole orders document.
func orders(doc int64, observed core.Day, p core.Period, rows ...source.OrderLine) source.Batch {
	return source.Batch{
		Stream: source.Orders, DocumentID: doc, Kind: "all_orders", ObservedAt: noon(observed), Period: p,
		Rows: rows, Len: len(rows), Last: true,
	}
}

func start(tb testing.TB) (*sales.Module, *moduletest.Host) {
	tb.Helper()
	m := sales.New()
	return m, moduletest.Start(tb, m)
}

// value asks for one fact of one subject.
func value(tb testing.TB, m *sales.Module, asOf core.Day, name, subject string) fact.Value {
	tb.Helper()
	cols, err := m.Facts(tb.Context(), fact.Query{AsOf: asOf, Names: []string{name}})
	if err != nil {
		tb.Fatal(err)
	}
	if len(cols) != 1 || cols[0].Name != name {
		tb.Fatalf("asked for %s, got %d columns", name, len(cols))
	}
	alone, err := m.Facts(tb.Context(), fact.Query{AsOf: asOf, Names: []string{name}, Subject: subject})
	if err != nil {
		tb.Fatal(err)
	}
	v := cols[0].Values[subject]
	if one := alone[0].Values[subject]; one != v {
		tb.Fatalf("%s of %s: %+v among all, %+v alone", name, subject, v, one)
	}
	return v
}

func wantNum(tb testing.TB, v fact.Value, num float64, m fact.Maturity) {
	tb.Helper()
	if d := v.Num - num; d > 1e-9 || d < -1e-9 || v.Maturity != m {
		tb.Errorf("got %v %s (%s), want %v %s", v.Num, v.Maturity, v.Note, num, m)
	}
}

func wantMoney(tb testing.TB, v fact.Value, minor int64, c core.Currency, m fact.Maturity) {
	tb.Helper()
	if v.Money != (core.Money{Minor: minor, Currency: c}) || v.Maturity != m {
		tb.Errorf("got %s %s (%s), want %d %s %s", v.Money, v.Maturity, v.Note, minor, c, m)
	}
}

func wantMissing(tb testing.TB, v fact.Value) {
	tb.Helper()
	if v.Maturity != fact.Missing || v.Note == "" {
		tb.Errorf("got %v %s %q, want missing with a note", v.Num, v.Maturity, v.Note)
	}
}

// export reads a whole export.
func export(tb testing.TB, m *sales.Module, name string) [][]any {
	tb.Helper()
	var out [][]any
	for _, e := range m.Exports() {
		if e.Name != name {
			continue
		}
		err := e.Rows(tb.Context(), core.Period{}, func(r []any) error {
			if len(r) != len(e.Columns) {
				return fmt.Errorf("%s: %d values for %d columns", name, len(r), len(e.Columns))
			}
			out = append(out, r)
			return nil
		})
		if err != nil {
			tb.Fatal(err)
		}
	}
	return out
}

func series(tb testing.TB, m *sales.Module, name, subject string, p core.Period, asOf core.Day) map[string]map[core.Day]fact.Point {
	tb.Helper()
	list, err := m.Daily(context.Background(), name, subject, p, asOf)
	if err != nil {
		tb.Fatal(err)
	}
	out := map[string]map[core.Day]fact.Point{}
	for _, s := range list {
		out[s.Subject] = map[core.Day]fact.Point{}
		for _, p := range s.Points {
			out[s.Subject][p.Day] = p
		}
	}
	return out
}

var _ module.OrderDirectory = (*sales.Module)(nil)
