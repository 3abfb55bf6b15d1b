package inventory_test

import (
	"fmt"
	"testing"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/source"
)

// BenchmarkFacts answers every fact of 2 000 SKUs with 60 daily stock reports.
func BenchmarkFacts(b *testing.B) {
	m, h := start(b)
	const skus = 2000
	units := map[string]func(int) float64{}
	for ago := 60; ago >= 0; ago-- {
		rows := make([]source.StockLevel, skus)
		for i := range rows {
			rows[i] = level(fmt.Sprintf("SKU-%04d", i), int32((i*7+ago*3)%11))
			units["US/"+string(rows[i].SKU)] = always(float64(i % 5))
		}
		h.Items = nil // the fake catalog is a list; it is not what is measured
		h.Apply(b, m, stock(int64(100-ago), today-core.Day(ago), rows...))
	}
	series := sales(units, 95)("sales.units", "", core.LastDays(today-1, 90), today)
	h.DailyFn = func(string, string, core.Period, core.Day) []fact.Series { return series }
	b.ResetTimer()
	for b.Loop() {
		if _, err := m.Facts(b.Context(), fact.Query{AsOf: today}); err != nil {
			b.Fatal(err)
		}
	}
}
