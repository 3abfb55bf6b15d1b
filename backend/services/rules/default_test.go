package rules_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"purser/backend/core/decision"
	"purser/backend/core/fact"
	"purser/backend/services/rules"
)

// A condition of the default policy in the test's own three-valued logic.
type tri int

const (
	no tri = iota
	yes
	unknown
)

// setDefault gives the facts that make one of the four conditions what it should be.
func setDefault(f *fakeFacts, subject string, decline, ads, negative, low tri) {
	set := func(name string, state tri, whenYes, whenNo any) {
		d := definition(name)
		switch state {
		case yes:
			f.set(name, subject, value(d, subject, whenYes))
		case no:
			f.set(name, subject, value(d, subject, whenNo))
		case unknown:
			f.set(name, subject, fact.Value{Maturity: fact.Missing, Note: "import the file"})
		}
	}
	set("sales.change_28d", decline, -0.31, 0.04)
	set("advertising.acos_28d", ads, 0.45, 0.12)
	set("reviews.negative_share_low_90d", negative, 0.18, 0.02)
	set("inventory.cover_days", low, 19.0, 80.0)
	for name, x := range map[string]any{
		"advertising.advertised": true, "advertising.breakeven_acos": 0.30, "advertising.spend_share_28d": 0.05,
		"inventory.lead_time_days": 28, "inventory.suggested_units": 480, "inventory.order_by_days": 2.0,
		"inventory.days_short": 9.0, "inventory.sells_out_day": "2026-12-12", "inventory.lost_sales_day": 412.0, "inventory.velocity": 11.2,
		"sales.daily_sales_28d": 200.0, "reviews.top_return_reason": "leaks",
		"listings.suppressed": false, "listings.stranded": false, "listings.inactive": false,
	} {
		f.set(name, subject, value(definition(name), subject, x))
	}
}

// wantDefault is the default policy written out by hand, unknown never counting as false.
func wantDefault(decline, ads, negative, low tri) (outcome rules.Outcome, caseName string, unknowns []string) {
	and := func(xs ...tri) tri {
		out := yes
		for _, x := range xs {
			if x == no {
				return no
			}
			if x == unknown {
				out = unknown
			}
		}
		return out
	}
	first := and(decline, ads, negative)
	if first == yes {
		return rules.Decided, "reevaluate", nil
	}
	if first == unknown {
		for s, x := range map[string]tri{"sales missing": decline, "advertising missing": ads, "reviews missing": negative} {
			if x == unknown {
				unknowns = append(unknowns, s)
			}
		}
	}
	switch low {
	case yes:
		return rules.Decided, "restock", unknowns
	case unknown:
		unknowns = append(unknowns, "inventory missing")
	case no:
	}
	if len(unknowns) > 0 {
		return rules.CantTell, "", unknowns
	}
	return rules.Continue, "", nil
}

func defaultOnly(tb testing.TB) map[string]string {
	tb.Helper()
	data, err := os.ReadFile("policies/default.yaml")
	if err != nil {
		tb.Fatal(err)
	}
	return map[string]string{"default.yaml": strings.Replace(string(data), "    inhibited_by: [not_sellable]\n", "", 1)}
}

// All 81 combinations of true, false and unknown for the four conditions, the 16 plain ones included.
func TestDefaultPolicyEveryCombination(t *testing.T) {
	t.Parallel()
	f := &fakeFacts{defs: definitions()}
	e := engine(t, f, defaultOnly(t))
	if b := e.Broken(); len(b) > 0 {
		t.Fatal(b)
	}
	type combination [4]tri
	all := map[string]combination{}
	for i := range 81 {
		c := combination{tri(i % 3), tri(i / 3 % 3), tri(i / 9 % 3), tri(i / 27)}
		id := fact.SubjectID("DE", fmt.Sprintf("SKU-%02d", i))
		all[id] = c
		setDefault(f, id, c[0], c[1], c[2], c[3])
	}
	run, err := e.Evaluate(t.Context(), asOf)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]decision.Proposal{}
	for _, p := range run.Proposals {
		got[p.Subject] = p
	}
	for id, c := range all {
		outcome, caseName, unknowns := wantDefault(c[0], c[1], c[2], c[3])
		x, err := e.Explain(t.Context(), asOf, id, "default")
		if err != nil {
			t.Fatal(err)
		}
		if x[0].Outcome != outcome || x[0].Case != caseName {
			t.Errorf("%v: explained as %s %s, want %s %s", c, x[0].Outcome, x[0].Case, outcome, caseName)
		}
		if !sameSet(x[0].Unknown, unknowns) {
			t.Errorf("%v: unknown %v, want %v", c, x[0].Unknown, unknowns)
		}
		p, decided := got[id]
		if decided != (outcome == rules.Decided) || p.Case != caseName {
			t.Errorf("%v: proposed %v %s, want %s %s", c, decided, p.Case, outcome, caseName)
		}
		if decided && !sameSet(p.Unknown, unknowns) {
			t.Errorf("%v: proposal names %v, want %v", c, p.Unknown, unknowns)
		}
		if (run.Cleared("default", "restock", id) != "") != (len(unknowns) == 0 && caseName != "restock") {
			t.Errorf("%v: cleared must be known only where nothing is unknown", c)
		}
	}
}

func sameSet(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	have := map[string]bool{}
	for _, s := range a {
		have[s] = true
	}
	for _, s := range b {
		if !have[s] {
			return false
		}
	}
	return true
}

func TestRestockIsWrittenForPeople(t *testing.T) {
	t.Parallel()
	f := &fakeFacts{defs: definitions()}
	setDefault(f, "DE/SKU-104", no, no, unknown, yes)
	e := engine(t, f, defaultOnly(t))
	run, err := e.Evaluate(t.Context(), asOf)
	if err != nil {
		t.Fatal(err)
	}
	if len(run.Proposals) != 1 {
		t.Fatalf("got %d proposals", len(run.Proposals))
	}
	p := run.Proposals[0]
	for _, c := range []struct{ name, got, want string }{
		{"title", p.Title, "SKU-104 sells out 12 Dec, 9 days before stock can land"},
		{"sentence", p.Sentence, "19.0 days of cover against a lead time of 28 days and 7 days of safety; 11.2 sell a day."},
		{"do", p.Do, "Order stock: 480 units. The day to order by is 26 Nov."},
		{"wait", p.IfYouWait, "€412 of sales a day are lost from 12 Dec."},
		{"label", p.Action.Label, "Approve order of 480"},
		{"stake", p.AtStake.String() + "/" + p.AtStakePer, "412.00 EUR/day"},
		{"due", p.Due.String(), "2026-11-26"},
		{"severity", string(p.Severity), "warning"},
		{"identity", p.ID(), "default:restock:DE/SKU-104"},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, c.got, c.want)
		}
	}
	if p.Action.Units != 480 {
		t.Errorf("units: got %d", p.Action.Units)
	}
	var texts []string
	for _, w := range p.Why {
		if w.Depth == 0 {
			texts = append(texts, string(w.Result)+" "+w.Text)
		}
	}
	want := []string{
		"false Sales +4.0 % over 28 days is not at or below −20.0 %",
		"not_needed Ad spend high: not needed",
		"not_needed Reviews negative: not needed",
		"true Cover 19.0 days is below lead time 28 days + 7",
	}
	if strings.Join(texts, "\n") != strings.Join(want, "\n") {
		t.Errorf("why:\n%s\nwant:\n%s", strings.Join(texts, "\n"), strings.Join(want, "\n"))
	}
}
