package rules_test

import (
	"fmt"
	"testing"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/services/rules"
)

const (
	pastDays = 365
	pastSKUs = 200
	backDays = 30 // before them, for what looks back
)

// pastSetup makes a year of 20 facts of 200 SKUs, as known on each day; one policy, which must hold for two days.
func pastSetup(b *testing.B) (*rules.Engine, *fakeFacts) {
	b.Helper()
	f := &fakeFacts{}
	for i := range benchFacts {
		f.defs = append(f.defs, fact.Definition{Name: fmt.Sprintf("bench.f%d", i), Subject: fact.SKU, Type: fact.Number, Meaning: "m"})
	}
	seed := uint32(1)
	for d := range pastDays + backDays {
		day := asOf - core.Day(d)
		for s := range pastSKUs {
			id := fact.SubjectID("DE", fmt.Sprintf("SKU-%05d", s))
			for i := range benchFacts {
				seed = seed*1664525 + 1013904223
				f.on(day, f.defs[i].Name, id, fact.Value{Num: float64(seed>>8) / (1 << 24) * 100, AsOf: day})
			}
		}
	}
	return engine(b, f, map[string]string{
		"p.yaml": small("p", "thresholds:\n  - {name: low, value: 30, unit: number, meaning: m, min: 0, max: 100, source: s, date: d}\n",
			"bench.f0 < threshold.low && bench.f7 * 2.0 > bench.f3 + 50.0") + "    hold: 2\n",
	}), f
}

// BenchmarkBacktest is a year of one policy over 200 SKUs: facts read for each day, episodes told apart and written.
func BenchmarkBacktest(b *testing.B) {
	e, _ := pastSetup(b)
	episodes := 0
	for b.Loop() {
		out, err := e.Backtest(b.Context(), rules.BacktestInput{Policy: "p", Days: pastDays}, asOf, nil)
		if err != nil {
			b.Fatal(err)
		}
		episodes = out.Summary.Episodes
	}
	b.ReportMetric(float64(episodes), "episodes")
}

// BenchmarkBacktestClosures is the same conditions and the same count written in Go, on columns: the limit.
func BenchmarkBacktestClosures(b *testing.B) {
	_, f := pastSetup(b)
	cols := make([][3][]float64, pastDays+1)
	for d := range cols {
		for i, n := range []string{"bench.f0", "bench.f7", "bench.f3"} {
			for s := range pastSKUs {
				cols[d][i] = append(cols[d][i], f.past[asOf-core.Day(d)][n][fact.SubjectID("DE", fmt.Sprintf("SKU-%05d", s))].Num)
			}
		}
	}
	low := 30.0
	holds := func(d, s int) bool {
		return cols[d][0][s] < low && cols[d][1][s]*2 > cols[d][2][s]+50
	}
	episodes := 0
	for b.Loop() {
		episodes = 0
		for s := range pastSKUs {
			firing := false
			for d := pastDays - 1; d >= 0; d-- {
				now := holds(d, s) && holds(d+1, s)
				if now && !firing {
					episodes++
				}
				firing = now
			}
		}
	}
	b.ReportMetric(float64(episodes), "episodes")
}
