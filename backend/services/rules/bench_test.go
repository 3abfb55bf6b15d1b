package rules_test

import (
	"fmt"
	"testing"

	"purser/backend/core/fact"
	"purser/backend/services/rules"
)

const (
	benchPolicies = 100
	benchSKUs     = 10_000
	benchFacts    = 20
)

// benchSetup makes 100 policies of two conditions over 20 facts of 10,000 SKUs; about 1 in 600 fires.
func benchSetup(b *testing.B) (*rules.Engine, *fakeFacts) {
	b.Helper()
	f := &fakeFacts{}
	for i := range benchFacts {
		f.defs = append(f.defs, fact.Definition{Name: fmt.Sprintf("bench.f%d", i), Subject: fact.SKU, Type: fact.Number, Meaning: "m"})
	}
	seed := uint32(1)
	for s := range benchSKUs {
		id := fact.SubjectID("DE", fmt.Sprintf("SKU-%05d", s))
		for i := range benchFacts {
			seed = seed*1664525 + 1013904223
			f.set(f.defs[i].Name, id, fact.Value{Num: float64(seed>>8) / (1 << 24) * 100})
		}
	}
	files := map[string]string{}
	for p := range benchPolicies {
		name := fmt.Sprintf("p%03d", p)
		when := fmt.Sprintf("bench.f%d < threshold.low && bench.f%d * 2.0 > bench.f%d + 150.0", p%benchFacts, (p+7)%benchFacts, (p+3)%benchFacts)
		threshold := "thresholds:\n  - {name: low, value: 5, unit: number, meaning: m, min: 0, max: 100, source: s, date: d}\n"
		files[name+".yaml"] = small(name, threshold, when)
	}
	e := engine(b, f, files)
	if broken := e.Broken(); len(broken) > 0 {
		b.Fatal(broken)
	}
	return e, f
}

// BenchmarkEvaluate is one evaluation of the whole account; per/eval is one policy on one SKU.
func BenchmarkEvaluate(b *testing.B) {
	e, _ := benchSetup(b)
	fired := 0
	for b.Loop() {
		run, err := e.Evaluate(b.Context(), asOf)
		if err != nil {
			b.Fatal(err)
		}
		fired = len(run.Proposals)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/benchPolicies/benchSKUs, "ns/eval")
	b.ReportMetric(float64(fired), "fired")
}

// BenchmarkClosures is the same conditions written in Go, on columns: the limit.
func BenchmarkClosures(b *testing.B) {
	_, f := benchSetup(b)
	cols := make([][]float64, benchFacts)
	for i := range cols {
		for s := range benchSKUs {
			cols[i] = append(cols[i], f.values[f.defs[i].Name][fact.SubjectID("DE", fmt.Sprintf("SKU-%05d", s))].Num)
		}
	}
	var conditions []func(s int) bool
	for p := range benchPolicies {
		x, y, z := cols[p%benchFacts], cols[(p+7)%benchFacts], cols[(p+3)%benchFacts]
		conditions = append(conditions, func(s int) bool { return x[s] < 5 && y[s]*2 > z[s]+150 })
	}
	fired := 0
	for b.Loop() {
		fired = 0
		for s := range benchSKUs {
			for _, c := range conditions {
				if c(s) {
					fired++
				}
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/benchPolicies/benchSKUs, "ns/eval")
	b.ReportMetric(float64(fired), "fired")
}

// BenchmarkExplain is one subject under all policies, facts read and every step written.
func BenchmarkExplain(b *testing.B) {
	e, _ := benchSetup(b)
	for b.Loop() {
		x, err := e.Explain(b.Context(), asOf, "DE/SKU-00042", "")
		if err != nil || len(x) != benchPolicies {
			b.Fatal(len(x), err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/benchPolicies, "ns/eval")
}
