package advertising_test

import (
	"fmt"
	"testing"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/source"
)

// BenchmarkMeasure asks the measures of a year of 2 000 SKUs advertised every day in each of five marketplaces.
func BenchmarkMeasure(b *testing.B) {
	m, h := start(b)
	year := core.LastDays(asOf()-1, 365)
	doc := int64(0)
	for _, market := range []string{"US", "CA", "UK", "DE", "JP"} {
		mp, _ := core.MarketplaceByCode(market)
		for from := year.From; from <= year.To; from += 30 {
			p := core.Period{From: from, To: min(from+29, year.To)}
			rows := make([]source.AdRow, 0, 60_000)
			for d := p.From; d <= p.To; d++ {
				for i := range 2000 {
					n := int64(i+int(d)) % 17
					r := product(d, fmt.Sprintf("Campaign %d", i%100), fmt.Sprintf("SKU-%04d", i), int32(n), n*77, n*301, int32(n/6))
					r.Marketplace, r.Currency = market, mp.Currency
					rows = append(rows, r)
				}
			}
			doc++
			h.Apply(b, m, report(doc, source.AdProducts, asOf(), p, rows...))
		}
	}
	names := []string{"advertising.spend", "advertising.sales", "advertising.clicks", "advertising.orders", "advertising.impressions"}
	for _, kind := range []fact.SubjectKind{fact.SKU, fact.Marketplace} {
		b.Run(string(kind), func(b *testing.B) {
			ask := func(p core.Period) {
				f, err := m.Measure(b.Context(), fact.MeasureQuery{Names: names, Kind: kind, Period: p, AsOf: asOf()})
				if err != nil || len(f.Subjects) < 5 {
					b.Fatal(len(f.Subjects), err)
				}
			}
			ask(year)
			b.ResetTimer()
			shift := core.Day(0)
			for b.Loop() { // ranges that begin and end on all days of the week and month
				ask(core.Period{From: year.From + shift%31, To: year.To - shift%29})
				shift++
			}
		})
	}
}
