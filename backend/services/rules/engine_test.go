package rules_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"purser/backend/core"
	"purser/backend/core/decision"
	"purser/backend/core/fact"
	"purser/backend/core/source"
	"purser/backend/platform/clock"
	"purser/backend/platform/sqlite"
	"purser/backend/services/rules"
)

// small is a policy file with the parts a test wants to vary.
func small(name, extra, when string) string {
	return "name: " + name + "\ntitle: Small\nversion: 1\nsubject: sku\n" + extra +
		"cases:\n  - name: first\n    when: " + when + "\n    severity: info\n    title: It is so\n    action: {kind: task, label: Do}\n"
}

func TestFaultsAreLocated(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, file, want string }{
		{"unknown fact", small("p", "", "inventory.nonsense > 1.0"), "policy p, case first, when, line 7, column 10: undeclared reference"},
		{"mixed numbers", small("p", "", "inventory.on_hand + 1.5 > 2.0"), "write double(…)"},
		{"not a condition", small("p", "", "inventory.cover_days"), "gives double where bool is wanted"},
		{"syntax", small("p", "", "inventory.cover_days >"), "policy p, case first, when, line 7"},
		{"fact of another kind of subject", small("p", "", "advertising.term_clicks > 1"), "no fact, threshold or clause has that name"},
		{"placeholder", strings.Replace(small("p", "", "true"), "It is so", "It is {nothing}", 1), "case first, title, line 9"},
		{"format", strings.Replace(small("p", "", "true"), "It is so", "It is {inventory.cover_days | miles}", 1), "there is no format miles"},
		{"dear", small("p", "", `"[`+strings.Repeat("1,", 60)+`1].all(a, [`+strings.Repeat("1,", 60)+`1].all(b, a == b))"`), "the limit is"},
		{"unknown key", small("p", "colour: red\n", "true"), "field colour not found"},
		{"threshold without bounds", small("p", "thresholds:\n  - {name: x, value: 1, unit: days, meaning: m, source: s, date: d}\n", "true"), "needs bounds"},
		{"silenced by nobody", strings.Replace(small("p", "", "true"), "severity: info", "severity: info\n    inhibited_by: [q]", 1), "there is no policy q"},
		{"silenced by itself", strings.Replace(small("p", "", "true"), "severity: info", "severity: info\n    inhibited_by: [p]", 1), "silenced by itself"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := &fakeFacts{defs: definitions()}
			f.set("inventory.cover_days", "DE/A", fact.Value{Num: 1})
			e := engine(t, f, map[string]string{"p.yaml": c.file, "good.yaml": small("good", "", "inventory.cover_days < 2.0")})
			b := e.Broken()
			if len(b) != 1 || !strings.Contains(b[0].Error(), c.want) {
				t.Fatalf("got %v, want %q", b, c.want)
			}
			run, err := e.Evaluate(t.Context(), asOf) // the others go on
			if err != nil || len(run.Proposals) != 1 || run.Proposals[0].Policy != "good" {
				t.Fatalf("the good policy must run: %+v %v", run.Proposals, err)
			}
			for _, p := range run.Policies {
				if p.Healthy != (p.Name == "good") {
					t.Errorf("%s: healthy %v, %q", p.Name, p.Healthy, p.Error)
				}
			}
			if run.Cleared("p", "first", "DE/A") != "" {
				t.Error("a broken policy clears nothing")
			}
		})
	}
}

// Three-valued logic of whole expressions; U is a missing number, T and F are known.
func TestUnknownIsNeverFalse(t *testing.T) {
	t.Parallel()
	const u, yes, no = "inventory.days_short > 1.0", "inventory.cover_days > 1.0", "inventory.cover_days > 100.0"
	for expr, want := range map[string]rules.Outcome{
		u:                                rules.CantTell,
		"!(" + u + ")":                   rules.CantTell,
		u + " && " + no:                  rules.Continue,
		no + " && " + u:                  rules.Continue,
		u + " && " + yes:                 rules.CantTell,
		u + " || " + yes:                 rules.Decided,
		yes + " || " + u:                 rules.Decided,
		u + " || " + no:                  rules.CantTell,
		u + " ? " + yes + " : " + yes:    rules.CantTell,
		yes + " ? " + yes + " : " + u:    rules.Decided,
		"inventory.days_short == 0.0":    rules.CantTell,
		"inventory.days_short != 0.0":    rules.CantTell,
		"!listings.suppressed":           rules.CantTell,
		"listings.suppressed_reason==''": rules.CantTell,
		"inventory.cover_days / inventory.velocity > 1.0":                                       rules.CantTell, // ÷ 0
		"inventory.velocity / inventory.velocity > -1.0":                                        rules.CantTell, // 0 ÷ 0
		"inventory.on_hand / inventory.suggested_units > 1":                                     rules.CantTell, // whole numbers
		"inventory.velocity > 0.0 && inventory.cover_days / inventory.velocity > 1.0":           rules.Continue,
		"inventory.velocity <= 0.0 || inventory.cover_days / inventory.velocity > 1.0":          rules.Decided,
		"abs(inventory.days_short) > 1.0":                                                       rules.CantTell,
		"inventory.order_by_days > 1.0":                                                         rules.CantTell, // not a number
		"double(inventory.on_hand) > 1.0 && subject.name == 'A' && subject.marketplace == 'DE'": rules.Decided,
	} {
		f := &fakeFacts{defs: definitions()}
		for _, name := range []string{"inventory.days_short", "listings.suppressed", "listings.suppressed_reason"} {
			f.set(name, "DE/A", fact.Value{Maturity: fact.Missing})
		}
		f.set("inventory.cover_days", "DE/A", fact.Value{Num: 50})
		f.set("inventory.velocity", "DE/A", fact.Value{Num: 0})
		f.set("inventory.on_hand", "DE/A", fact.Value{Num: 5})
		f.set("inventory.suggested_units", "DE/A", fact.Value{Num: 0})
		f.set("inventory.order_by_days", "DE/A", fact.Value{Num: nan()})
		e := engine(t, f, map[string]string{"p.yaml": small("p", "", `"`+expr+`"`)})
		if b := e.Broken(); len(b) > 0 {
			t.Fatal(b)
		}
		x, err := e.Explain(t.Context(), asOf, "A", "p")
		if err != nil || len(x) != 1 || x[0].Outcome != want {
			t.Errorf("%s: got %+v %v, want %s", expr, x[0].Outcome, err, want)
			continue
		}
		run, err := e.Evaluate(t.Context(), asOf)
		if err != nil || (len(run.Proposals) == 1) != (want == rules.Decided) {
			t.Errorf("%s: evaluated otherwise than explained: %v %v", expr, run.Proposals, err)
		}
	}
}

func nan() float64 { var z float64; return z / z }

func TestNeededCaseStopsThePolicy(t *testing.T) {
	t.Parallel()
	file := small("p", "", "inventory.days_short > 1.0") +
		"  - name: second\n    when: inventory.cover_days > 1.0\n    severity: info\n    title: Second\n    action: {kind: task, label: Do}\n"
	for needed, want := range map[bool]rules.Outcome{false: rules.Decided, true: rules.CantTell} {
		f := &fakeFacts{defs: definitions()}
		f.set("inventory.cover_days", "DE/A", fact.Value{Num: 50})
		text := file
		if needed {
			text = strings.Replace(file, "    severity: info\n", "    needed: true\n    severity: info\n", 1)
		}
		x, err := engine(t, f, map[string]string{"p.yaml": text}).Explain(t.Context(), asOf, "DE/A", "p")
		if err != nil || x[0].Outcome != want || !sameSet(x[0].Unknown, []string{"inventory missing"}) {
			t.Errorf("needed %v: %+v %v", needed, x, err)
		}
		if needed && x[0].Cases[1].Result != decision.NotNeeded {
			t.Errorf("the second case must not run: %+v", x[0].Cases[1])
		}
		if !needed && x[0].Summary != "Second (passed over: inventory missing)" {
			t.Errorf("summary: %s", x[0].Summary)
		}
	}
}

func TestExplainFindsBareNamesInEveryMarketplace(t *testing.T) {
	t.Parallel()
	f := &fakeFacts{defs: definitions()}
	for _, id := range []string{"DE/SKU-104", "US/SKU-104", "US/SKU-1041"} {
		setDefault(f, id, no, no, no, yes)
	}
	e := engine(t, f, defaultOnly(t))
	got, err := e.Explain(t.Context(), asOf, "SKU-104", "default")
	if err != nil || len(got) != 2 || got[0].Subject != "DE/SKU-104" || got[1].Subject != "US/SKU-104" {
		t.Fatalf("got %+v %v", got, err)
	}
	if got[1].Proposal.AtStake.Currency != "USD" {
		t.Errorf("money is the subject's: %v", got[1].Proposal.AtStake)
	}
	var nf *core.Error
	if _, err := e.Explain(t.Context(), asOf, "SKU-9", ""); !errors.As(err, &nf) || nf.Code != core.CodeNotFound {
		t.Errorf("nothing by that name: %v", err)
	}
	if _, err := e.Explain(t.Context(), asOf, "SKU-104", "nonsense"); !errors.As(err, &nf) || nf.Code != core.CodeNotFound {
		t.Errorf("no policy by that name: %v", err)
	}
}

func TestEveryValueOfATraceSaysWhereItIsFrom(t *testing.T) {
	t.Parallel()
	f := &fakeFacts{defs: definitions()}
	setDefault(f, "DE/SKU-104", yes, no, unknown, yes)
	fsys := fstest.MapFS{"default.yaml": &fstest.MapFile{Data: []byte(defaultOnly(t)["default.yaml"])}}
	e, err := rules.New(rules.Options{Facts: f, Policies: fsys, Kind: func(n string) (source.Kind, bool) {
		return source.Kind{Name: n, Title: "Test report", Settles: 72 * time.Hour}, true
	}})
	if err != nil {
		t.Fatal(err)
	}
	x, err := e.Explain(t.Context(), asOf, "DE/SKU-104", "default")
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, c := range x[0].Cases {
		for _, w := range c.Lines {
			if w.Depth > 0 && strings.Contains(w.Expression, ".") && !strings.ContainsAny(w.Expression, " (") && w.Result == decision.True && (w.Source == "" || w.AsOf == "") {
				t.Errorf("%s has no source or day: %+v", w.Expression, w)
			}
			lines = append(lines, strings.Repeat("  ", w.Depth)+string(w.Result)+" "+w.Expression+" = "+strings.TrimSpace(w.Value+" "+w.Unit))
		}
	}
	want := `true sales.change_28d <= threshold.sales_decline = true
  true sales.change_28d = −31.0 %
  true threshold.sales_decline = −20.0 %
false advertising.advertised && (advertising.acos_28d > threshold.ad_spend_high || advertising.spend_share_28d > threshold.ad_spend_share) = false
  true advertising.advertised = yes
  false advertising.acos_28d > threshold.ad_spend_high = false
    true advertising.acos_28d = 12.0 %
    true threshold.ad_spend_high = 30.0 %
  false advertising.spend_share_28d > threshold.ad_spend_share = false
    true advertising.spend_share_28d = 5.0 %
    true threshold.ad_spend_share = 20.0 %
not_needed reviews.negative_share_low_90d > threshold.reviews_negative = 
  not_needed reviews.negative_share_low_90d = 
  not_needed threshold.reviews_negative = 10.0 %
true inventory.cover_days < double(inventory.lead_time_days) + threshold.inventory_low = true
  true inventory.cover_days = 19.0 days
  true double(inventory.lead_time_days) + threshold.inventory_low = 35
    true inventory.lead_time_days = 28.0 days
    true threshold.inventory_low = 7 days`
	if got := strings.Join(lines, "\n"); got != want {
		t.Errorf("got\n%s", got)
	}
}

func TestSubjectsThatAreGone(t *testing.T) {
	t.Parallel()
	f := &fakeFacts{defs: definitions()}
	f.set("inventory.cover_days", "DE/A", fact.Value{Num: 50})
	f.set("inventory.cover_days", "US/B", fact.Value{Maturity: fact.Missing})
	e := engine(t, f, map[string]string{"p.yaml": small("p", "", "inventory.cover_days < 2.0")})
	run, err := e.Evaluate(t.Context(), asOf)
	if err != nil {
		t.Fatal(err)
	}
	for subject, want := range map[string]bool{
		"DE/A":    true,  // known and not so
		"DE/GONE": true,  // others of the marketplace are told
		"US/B":    false, // not known
		"US/GONE": false, // nothing of the marketplace is told
		"UK/GONE": false, // the marketplace itself is not there
	} {
		if got := run.Cleared("p", "first", subject) != ""; got != want {
			t.Errorf("%s: cleared %v, want %v", subject, got, want)
		}
	}
	if got := run.Cleared("other", "first", "DE/A"); got != "its policy was removed" {
		t.Errorf("no policy by that name: %q", got)
	}
}

func TestSettledDay(t *testing.T) {
	t.Parallel()
	f := &fakeFacts{defs: definitions()}
	f.set("inventory.cover_days", "DE/A", fact.Value{Num: 1, Maturity: fact.Settling, AsOf: asOf - 1})
	fsys := fstest.MapFS{"p.yaml": &fstest.MapFile{Data: []byte(small("p", "accepts: [settling]\n", "inventory.cover_days < 2.0"))}}
	e, err := rules.New(rules.Options{Facts: f, Policies: fsys, Kind: func(string) (source.Kind, bool) {
		return source.Kind{Title: "T", Settles: 72 * time.Hour}, true
	}})
	if err != nil {
		t.Fatal(err)
	}
	run, err := e.Evaluate(t.Context(), asOf)
	if err != nil || len(run.Proposals) != 1 {
		t.Fatal(run.Proposals, err)
	}
	if p := run.Proposals[0]; p.Settled != asOf+2 || p.Maturity != fact.Settling || p.AsOf != asOf-1 {
		t.Errorf("settled %s, %s, as of %s", p.Settled, p.Maturity, p.AsOf)
	}
}

func TestThresholdsOfTheSeller(t *testing.T) {
	t.Parallel()
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "ledger.db"), sqlite.Options{Durable: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	store, err := rules.OpenStore(t.Context(), db, clock.Fixed(time.Unix(1, 0)))
	if err != nil {
		t.Fatal(err)
	}
	f := &fakeFacts{defs: definitions()}
	setDefault(f, "DE/SKU-104", no, no, no, yes)
	e, err := rules.New(rules.Options{Facts: f, Relations: belonging{}, Store: store})
	if err != nil {
		t.Fatal(err)
	}
	a := &rules.API{}
	if _, err := a.Policies(); err == nil {
		t.Error("before Attach rules are not running")
	}
	changed := 0
	rules.Attach(context.Background(), a, e, func() core.Day { return asOf }, func() { changed++ })
	outcome := func() (string, int) {
		t.Helper()
		out, err := a.Explain(rules.ExplainInput{Subject: "SKU-104", Policy: "default"})
		if err != nil {
			t.Fatal(err)
		}
		return out.Explanations[0].Outcome, out.Explanations[0].Version
	}
	if got, v := outcome(); got != "decided" || v != 1 {
		t.Errorf("before: %s version %d", got, v)
	}
	set := func(name, value string) (rules.ThresholdOutput, error) {
		return a.SetThreshold(rules.SetThresholdInput{Policy: "default", Name: name, Value: rules.Figure(value)})
	}
	f.set("inventory.cover_days", "DE/SKU-104", fact.Value{Num: 30})
	if _, err := set("inventory_low", "0"); err != nil {
		t.Fatal(err)
	}
	if got, v := outcome(); got != "continue" || v != 2 || changed != 1 {
		t.Errorf("with no safety days: %s version %d, %d calls", got, v, changed)
	}
	for name, value := range map[string]string{"inventory_low": "121", "sales_decline": "0.1", "ad_spend_share": "twenty"} {
		var e *core.Error
		if _, err := set(name, value); !errors.As(err, &e) || e.Code != core.CodeInvalid {
			t.Errorf("%s = %s: %v", name, value, err)
		}
	}
	out, err := set("sales_decline", "−35 %")
	if err != nil || *out.Value != -0.35 || !out.Changed || out.Text != "−35.0 %" || *out.Default != -0.20 {
		t.Errorf("a share in per cent: %+v %v", out, err)
	}
	out, err = a.ResetThreshold(rules.ThresholdInput{Policy: "default", Name: "inventory_low"})
	if err != nil || out.Changed || *out.Value != 7 {
		t.Errorf("reset: %+v %v", out, err)
	}
	if got, v := outcome(); got != "decided" || v != 4 {
		t.Errorf("after the reset: %s version %d", got, v)
	}
	if _, err := set("ad_spend_high", "0.1"); err != nil { // a fixed ACoS instead of break-even
		t.Fatal(err)
	}
	list, err := a.Policies()
	if err != nil || len(list.Policies) < 14 {
		t.Fatalf("%d policies: %v", len(list.Policies), err)
	}
	for _, p := range list.Policies {
		if p.Health != "ok" {
			t.Errorf("%s: %s", p.Name, p.LastError)
		}
	}
}

func TestQueriesPrepare(t *testing.T) {
	t.Parallel()
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "ledger.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if _, err := rules.OpenStore(t.Context(), db, clock.Real{}); err != nil {
		t.Fatal(err)
	}
	q, err := sqlite.ParseQueries(readFile(t, "queries.sql"))
	if err != nil {
		t.Fatal(err)
	}
	if err := db.PrepareAll(t.Context(), q); err != nil {
		t.Fatal(err)
	}
}
