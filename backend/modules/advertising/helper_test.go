package advertising_test

import (
	"testing"
	"time"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module/moduletest"
	"purser/backend/core/source"
	"purser/backend/modules/advertising"
)

// asOf is the as-of day of most tests; daily reports of the day before its noon cover through asOf−1.
func asOf() core.Day { return core.Date(2026, 11, 25) }

func noon(d core.Day) time.Time { return d.Time().Add(20 * time.Hour) } // noon in Los Angeles

func start(tb testing.TB) (*advertising.Module, *moduletest.Host) {
	tb.Helper()
	m := advertising.New()
	h := moduletest.Start(tb, m)
	for _, k := range []string{"sp_search_terms", "sp_advertised_products", "sp_targeting", "sp_campaigns"} {
		h.Kinds[k] = source.Kind{Name: k, Title: k, Settles: 72 * time.Hour, StaleAge: 5 * 24 * time.Hour}
	}
	return m, h
}

// product is an advertised-product row of one day.
func product(day core.Day, campaign, sku string, clicks int32, spend, sales int64, orders int32) source.AdRow {
	return source.AdRow{
		Marketplace: "US", Start: day, End: day, Campaign: campaign, AdGroup: "g", SKU: core.SKU(sku), ASIN: "B0" + core.ASIN(sku),
		Currency: "USD", Impressions: clicks * 10, Clicks: clicks, Spend: spend, Sales: sales, Orders: orders, Units: orders, AttributionDay: 7,
	}
}

func term(day core.Day, campaign, match, text string, clicks int32, spend, sales int64, orders int32) source.AdRow {
	r := product(day, campaign, "", clicks, spend, sales, orders)
	r.ASIN, r.Targeting, r.MatchType, r.SearchTerm = "", "kw", match, text
	return r
}

// report is a document of a stream, observed on a day, over a period; rows get their lines.
func report(doc int64, st source.Stream, seen core.Day, p core.Period, rows ...source.AdRow) source.Batch {
	for i := range rows {
		rows[i].Row = int32(i + 2)
	}
	return source.Batch{Stream: st, DocumentID: doc, ObservedAt: noon(seen), Period: p, Rows: rows, Len: len(rows), Last: true}
}

func ask(tb testing.TB, m fact.Provider, day core.Day, names ...string) map[string]map[string]fact.Value {
	tb.Helper()
	cols, err := m.Facts(tb.Context(), fact.Query{AsOf: day, Names: names})
	if err != nil {
		tb.Fatal(err)
	}
	out := map[string]map[string]fact.Value{}
	for _, c := range cols {
		out[c.Name] = c.Values
	}
	return out
}

func wantMoney(t *testing.T, v fact.Value, minor int64, currency core.Currency, mat fact.Maturity) {
	t.Helper()
	if v.Money != (core.Money{Minor: minor, Currency: currency}) || v.Maturity != mat {
		t.Errorf("got %v %s (%s), want %d %s %s", v.Money, v.Maturity, v.Note, minor, currency, mat)
	}
}

// fill is one row a day over a period.
func fill(p core.Period, row func(d core.Day) source.AdRow) []source.AdRow {
	var out []source.AdRow
	for d := p.From; d <= p.To; d++ {
		out = append(out, row(d))
	}
	return out
}

// contributions answers sales facts: contribution ratio and sales of every window, in cents.
func contributions(ratio map[string]float64, sales map[string]int64) func(fact.Query) []fact.Column {
	return func(q fact.Query) []fact.Column {
		var out []fact.Column
		for _, n := range q.Names {
			c := fact.Column{Name: n, Values: map[string]fact.Value{}}
			if n == "sales.contribution_ratio" {
				for k, v := range ratio {
					c.Values[k] = fact.Value{Num: v, Maturity: fact.Fresh, AsOf: q.AsOf}
				}
			} else {
				for k, v := range sales {
					c.Values[k] = fact.Value{Money: core.Money{Minor: v, Currency: "USD"}, Maturity: fact.Fresh, AsOf: q.AsOf}
				}
			}
			out = append(out, c)
		}
		return out
	}
}
