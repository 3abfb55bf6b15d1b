package rules_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/services/rules"
)

// randomFacts gives every fact of some subjects a value on some days; some are missing or settling.
func randomFacts(days int) *fakeFacts {
	f := &fakeFacts{defs: definitions(), belongs: belongs{"DE/C1": {"DE/S0", "DE/S1"}, "DE/C2": {"DE/S2", "DE/S3", "DE/S4"}}}
	subjects := map[fact.SubjectKind][]string{
		fact.Campaign: {"DE/C1", "DE/C2"}, fact.SearchTerm: {"DE/C1/flask", "DE/C1/cup", "DE/C2/flask"}, fact.HealthMetric: {"DE/rate", "DE/late"},
		fact.Marketplace: {"DE"}, fact.Account: {"account"},
	}
	for i := range 40 {
		subjects[fact.SKU] = append(subjects[fact.SKU], fmt.Sprintf("DE/S%d", i))
	}
	r := rand.New(rand.NewPCG(1, 2))
	for back := range days {
		for _, d := range f.defs {
			for _, id := range subjects[d.Subject] {
				v := randomValue(r, d, id)
				v.AsOf = asOf - core.Day(back+r.IntN(6))
				if back == 0 {
					f.set(d.Name, id, v)
				} else {
					f.on(asOf-core.Day(back), d.Name, id, v)
				}
			}
		}
	}
	return f
}

func randomValue(r *rand.Rand, d fact.Definition, id string) fact.Value {
	var v fact.Value
	switch d.Type {
	case fact.Flag:
		v.Flag = r.IntN(2) == 0
	case fact.Text:
		v.Text = []string{"", "low stock", "At risk", "Active"}[r.IntN(4)]
	case fact.Ratio:
		v.Num = r.Float64() * 1.5
	case fact.Money:
		v = money(id, d.Name, r.Float64()*200)
	case fact.Number, fact.Percent, fact.Count:
		v.Num = float64(r.IntN(120))
	}
	v.Maturity = []fact.Maturity{fact.Fresh, fact.Fresh, fact.Fresh, fact.Fresh, fact.Settling, fact.Stale, fact.Missing}[r.IntN(7)]
	return v
}

// A preview of a policy as it is saved is what an evaluation has: looking back, silenced, held back and all.
func TestPreviewsOfShippedPoliciesAreTheEvaluation(t *testing.T) {
	t.Parallel()
	f := randomFacts(4)
	e := engine(t, f, nil)
	run, err := e.Evaluate(t.Context(), asOf)
	if err != nil {
		t.Fatal(err)
	}
	decided := 0
	for name, text := range shippedTexts(t) {
		out := preview(t, e, rules.PreviewInput{YAML: text})
		i := slices.IndexFunc(run.Policies, func(p rules.PolicyRun) bool { return p.Name == out.Draft.Policy.Name })
		if i < 0 { // switched off
			continue
		}
		p := run.Policies[i]
		decided += p.Decided
		if p.Decided != out.Matched || p.CantTell != out.CantTell || p.Held != out.Held || p.Subjects != out.Subjects {
			t.Errorf("%s: the evaluation has %d decided, %d can't tell, %d held of %d; the preview %d, %d, %d of %d", name,
				p.Decided, p.CantTell, p.Held, p.Subjects, out.Matched, out.CantTell, out.Held, out.Subjects)
		}
		for _, m := range out.Matches {
			if !m.Existing {
				t.Errorf("%s: the saved policy matches %s too", name, m.Subject)
			}
		}
		for _, m := range out.Misses {
			if len(m.Lacks) == 0 || m.Distance > 0.1+1e-9 {
				t.Errorf("%s: %s is near, but lacks %q by %v", name, m.Subject, m.Lacks, m.Distance)
			}
		}
		if out.Live != nil {
			sameResults(t, name, out)
		}
	}
	if decided < 50 {
		t.Errorf("only %d decided: the facts show too little", decided)
	}
}

// sameResults checks that the rows of each case come to what the explanation of the engine says of it.
func sameResults(t *testing.T, name string, out rules.PreviewOutput) {
	t.Helper()
	for _, c := range out.Live.Cases {
		want := map[string]string{"decides": "true", "does not hold": "false"}[c.Note]
		if want != "" && c.Node.Result != want {
			t.Errorf("%s, case %s: its rows are %s, but it %s", name, c.Name, c.Node.Result, c.Note)
		}
	}
}
