package app_test

import (
	"testing"
	"time"

	"purser/app"
	"purser/backend/core"
	policies "purser/backend/services/rules"
	"purser/backend/sources/simulator"
)

// A test made of the facts behind a decision comes to that decision, on whatever its policy rests.
func TestMadeTestsPass(t *testing.T) {
	t.Parallel()
	d := app.OpenDesk(t, t.TempDir(), time.Date(2026, 11, 25, 20, 0, 0, 0, time.UTC))
	if err := d.Load(t.Context(), simulator.Options{Seed: 11, AsOf: core.Date(2026, 11, 25), Days: 400, SKUs: 20, Hostile: true}); err != nil {
		t.Fatal(err)
	}
	run, err := d.Rules().Evaluate(t.Context(), d.Today())
	if err != nil {
		t.Fatal(err)
	}
	decided := map[string]bool{}
	for _, p := range run.Proposals {
		text, err := d.Rules().Text(t.Context(), p.Policy)
		if err != nil {
			t.Fatal(err)
		}
		decided[p.Policy] = true
		in := policies.MakeTestInput{YAML: text, Subject: p.Subject, Name: "made of " + p.ID(), Case: p.Case}
		out, err := d.Rules().MakeTest(t.Context(), in, d.Today())
		if err != nil || len(out.Problems) > 0 || len(out.Results) == 0 {
			t.Errorf("%s: %v %v", p.ID(), out.Problems, err)
			continue
		}
		if last := out.Results[len(out.Results)-1]; last.Name != in.Name || !last.Passed {
			t.Errorf("%s: %v\n%s", p.ID(), last.Wrong, out.Text)
		}
	}
	if len(decided) < 5 {
		t.Errorf("only %d policies decided", len(decided))
	}
}
