package simulator_test

import (
	"io"
	"strings"
	"testing"

	"purser/backend/core"
	"purser/backend/sources/simulator"
)

// TestYearIsInTheFiles looks for what happens in the reports of its first and last morning, and not in that after it.
func TestYearIsInTheFiles(t *testing.T) {
	t.Parallel()
	year := simulator.NewYear(simulator.Options{Seed: 7, SKUs: 20, Days: 400, AsOf: asOf()})
	files := map[string]string{}
	for f := range year.Documents() {
		if !strings.HasPrefix(f.Name, "account-health") && !strings.HasPrefix(f.Name, "suppressed") && !strings.HasPrefix(f.Name, "stranded") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(data)
	}
	seen := map[string]int{}
	for _, i := range year.Incidents() {
		market, sku, _ := strings.Cut(i.Subject, "/")
		name := func(d core.Day) string { return "account-health_" + d.String() + ".json" }
		word := sku + "\t"
		switch i.Name {
		case simulator.IncidentAtRisk:
			word = "AT_RISK"
		case simulator.IncidentSuppressed, simulator.IncidentStranded:
			kind := map[string]string{simulator.IncidentSuppressed: "suppressed-listings_", simulator.IncidentStranded: "stranded-inventory_"}[i.Name]
			name = func(d core.Day) string { return kind + market + "_" + d.String() + ".txt" }
		default:
			continue
		}
		if i.To == asOf() || i.Subject == "US/SKU-118" {
			continue // the demo seller's own
		}
		for d, want := range map[core.Day]bool{i.From: true, i.To + 1: false} {
			file, ok := files[name(d)]
			if !ok && year.Reported(d) != d {
				continue // a week off
			}
			if !ok || strings.Contains(file, word) != want {
				t.Errorf("%s of %s, %s to %s: file %s is there: %t, tells of it: %t", i.Name, i.Subject, i.From, i.To, name(d), ok, !want)
			}
		}
		seen[i.Name]++
	}
	if seen[simulator.IncidentAtRisk] != 2 || seen[simulator.IncidentSuppressed] < 4 || seen[simulator.IncidentStranded] < 2 {
		t.Errorf("looked for %v", seen)
	}
}

// TestSoldOutIsTrue holds orders that were forgotten against what sells out.
func TestSoldOutIsTrue(t *testing.T) {
	t.Parallel()
	year := simulator.NewYear(simulator.Options{Seed: 104, AsOf: asOf()})
	events := 0
	for _, i := range year.Incidents() {
		if i.Name != simulator.IncidentForgotten {
			continue
		}
		events++
		w, ok := year.World(i.Subject)
		if !ok || !w.SellsOut(i.Since) {
			t.Errorf("%s: the order is late on %s, and it never sells out", i.Subject, i.Since)
		}
	}
	full, ok := year.World("US/SKU-093") // has far too much
	for d := asOf() - 300; d <= asOf(); d++ {
		if !ok || full.SellsOut(d) {
			t.Fatalf("what is overstocked is said to sell out on %s", d)
		}
	}
	if events < 5 {
		t.Errorf("only %d orders were forgotten", events)
	}
}
