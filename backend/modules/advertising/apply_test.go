package advertising_test

import (
	"fmt"
	"testing"

	"purser/backend/core"
	"purser/backend/core/source"
)

// BenchmarkApply stores a report of 190 000 rows in batches of 25 000, each of which touches every day.
func BenchmarkApply(b *testing.B) {
	p := core.LastDays(asOf()-1, 95)
	var rows []source.AdRow
	for i := range 2000 {
		for d := p.From; d <= p.To; d++ {
			rows = append(rows, product(d, fmt.Sprintf("Campaign %d", i%100), fmt.Sprintf("SKU-%04d", i), 3, 2_31, 7_00, 1))
		}
	}
	whole := report(1, source.AdProducts, asOf(), p, rows...)
	var batches []source.Batch
	for from := 0; from < len(rows); from += 25_000 {
		part := whole
		part.Rows = rows[from:min(from+25_000, len(rows))]
		batches = append(batches, part)
	}
	for b.Loop() {
		b.StopTimer()
		m, h := start(b)
		b.StartTimer()
		h.Apply(b, m, batches...)
	}
	b.ReportMetric(float64(len(rows))*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
