package rules_test

import (
	"fmt"
	"testing"

	"purser/backend/services/rules"
)

const benchDraft = `name: draft
title: Draft
version: 1
subject: sku
thresholds:
  - {name: low, value: 30, unit: number, meaning: m, min: 0, max: 100, source: s, date: d}
clauses:
  - {name: a, when: bench.f1 < threshold.low && bench.f2 > 20.0}
  - {name: b, when: bench.f3 * 2.0 > bench.f4 + 50.0 || bench.f5 < 10.0}
cases:
  - {name: one, when: a && b && bench.f6 > 50.0, severity: info, title: One, action: {kind: task, label: L}}
  - {name: two, when: a && !b && bench.f7 < 40.0, severity: info, title: Two, action: {kind: task, label: L}}
  - {name: three, when: "!a && bench.f8 < 5.0", severity: info, title: Three, action: {kind: task, label: L}}
`

// BenchmarkPreview is one key pressed in the studio: the draft read, and tried on all subjects.
func BenchmarkPreview(b *testing.B) {
	_, f := benchSetup(b)
	e, err := rules.New(rules.Options{Facts: f, Policies: files(map[string]string{"p.yaml": small("p", "", "bench.f1 < 1.0")}), Version: func() int64 { return 1 }})
	if err != nil {
		b.Fatal(err)
	}
	for i := 0; b.Loop(); i++ {
		out, err := e.Preview(b.Context(), rules.PreviewInput{YAML: benchDraft + fmt.Sprintf("otherwise: %d\n", i)}, asOf)
		if err != nil || out.Matched == 0 || out.Near == 0 || out.Subjects != benchSKUs {
			b.Fatalf("%d matched, %d near: %v", out.Matched, out.Near, err)
		}
	}
}

// BenchmarkSweep is one curve over all subjects.
func BenchmarkSweep(b *testing.B) {
	_, f := benchSetup(b)
	e, err := rules.New(rules.Options{Facts: f, Policies: files(map[string]string{"p.yaml": small("p", "", "bench.f1 < 1.0")}), Version: func() int64 { return 1 }})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		out, err := e.Sweep(b.Context(), rules.SweepInput{YAML: benchDraft, Threshold: "low"}, asOf)
		if err != nil || len(out.Points) < 20 {
			b.Fatal(len(out.Points), err)
		}
	}
}
