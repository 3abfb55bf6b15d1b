package rules_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"purser/backend/core"
	"purser/backend/core/decision"
	"purser/backend/core/fact"
	"purser/backend/services/rules"
)

// guarded is two policies that want opposite things for bids, and a guard against growth.
func guarded(extraGuard, extraRaise string) map[string]string {
	return map[string]string{
		"guard.yaml": "name: guard\ntitle: Enough cover\nversion: 1\nsubject: sku\nstage: guard\n" + extraGuard +
			"cases:\n  - name: low\n    when: inventory.cover_days < 14.0\n    title: Cover is short\n    blocks: [growth]\n",
		"raise.yaml": "name: raise\ntitle: Raise\nversion: 1\nsubject: sku\n" + extraRaise +
			"cases:\n  - name: up\n    when: advertising.acos_28d < 0.2\n    severity: info\n    title: Adverts earn\n    do: Raise bids.\n" +
			"    effects: [bids.up]\n    action: {kind: task, label: Raise}\n",
		"lower.yaml": "name: lower\ntitle: Lower\nversion: 1\nsubject: sku\n" +
			"cases:\n  - name: down\n    when: advertising.spend_7d > 100.0\n    severity: info\n    title: Adverts cost much\n    do: Lower bids.\n" +
			"    effects: [bids.down]\n    action: {kind: task, label: Lower}\n",
	}
}

func proposals(t *testing.T, f *fakeFacts, files map[string]string) ([]decision.Proposal, rules.Run) {
	t.Helper()
	e := engine(t, f, files)
	if b := e.Broken(); len(b) > 0 {
		t.Fatal(b)
	}
	run, err := e.Evaluate(t.Context(), asOf)
	if err != nil {
		t.Fatal(err)
	}
	return run.Proposals, run
}

func TestAGuardHoldsBackGrowth(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, extra string
		cover       float64 // negative: not known
		held        string
	}{
		{"enough cover", "", 40, ""},
		{"too little", "", 5, "Cover is short"},
		{"not known", "", -1, "can't tell: inventory missing"},
		{"not known, and it lets pass", "unknown: pass\n", -1, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := &fakeFacts{defs: definitions()}
			f.set("advertising.acos_28d", "DE/A", fact.Value{Num: 0.1})
			f.set("advertising.spend_7d", "DE/A", money("DE/A", "advertising.spend_7d", 10))
			if c.cover >= 0 {
				f.set("inventory.cover_days", "DE/A", fact.Value{Num: c.cover})
			}
			got, run := proposals(t, f, guarded(c.extra, ""))
			if len(got) != 1 || got[0].Policy != "raise" {
				t.Fatalf("got %+v", got)
			}
			var held string
			for _, h := range got[0].HeldBy {
				held += h.Why
			}
			if held != c.held {
				t.Errorf("held by %q, want %q", held, c.held)
			}
			for _, p := range run.Policies {
				if p.Name == "raise" && (p.Held == 1) != (c.held != "") {
					t.Errorf("held %d", p.Held)
				}
			}
		})
	}
}

// What lowers bids is no growth, so the guard leaves it alone; a guard over the account holds for all in it.
func TestAGuardLeavesTheRestAlone(t *testing.T) {
	t.Parallel()
	f := &fakeFacts{defs: definitions()}
	f.set("inventory.cover_days", "DE/A", fact.Value{Num: 2})
	f.set("advertising.spend_7d", "DE/A", money("DE/A", "advertising.spend_7d", 500))
	got, _ := proposals(t, f, guarded("", ""))
	if len(got) != 1 || got[0].Policy != "lower" || len(got[0].HeldBy) > 0 {
		t.Errorf("got %+v", got)
	}
	files := guarded("", "")
	files["guard.yaml"] = strings.NewReplacer("subject: sku", "subject: marketplace", "inventory.cover_days < 14.0", "accounthealth.at_risk").Replace(files["guard.yaml"])
	f = &fakeFacts{defs: definitions()}
	f.set("advertising.acos_28d", "DE/A", fact.Value{Num: 0.1})
	f.set("advertising.acos_28d", "US/A", fact.Value{Num: 0.1})
	f.set("accounthealth.at_risk", "DE", fact.Value{Flag: true})
	f.set("accounthealth.at_risk", "US", fact.Value{})
	got, _ = proposals(t, f, files)
	for _, p := range got {
		if (len(p.HeldBy) > 0) != (p.Subject == "DE/A") {
			t.Errorf("%s held by %v", p.Subject, p.HeldBy)
		}
	}
	if len(got) != 2 {
		t.Errorf("%d proposals", len(got))
	}
}

func TestOppositesBecomeOneDecision(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, extra, lead, label string
	}{
		{"equals: the person chooses", "", "lower", "Choose"},
		{"priority leads", "priority: 5\n", "raise", "Raise"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := &fakeFacts{defs: definitions()}
			f.set("inventory.cover_days", "DE/A", fact.Value{Num: 60})
			f.set("advertising.acos_28d", "DE/A", fact.Value{Num: 0.1})
			f.set("advertising.spend_7d", "DE/A", money("DE/A", "advertising.spend_7d", 500))
			got, run := proposals(t, f, guarded("", c.extra))
			if len(got) != 1 || got[0].Policy != c.lead || len(got[0].Against) != 1 || got[0].Action.Label != c.label {
				t.Fatalf("got %+v", got)
			}
			other := map[string]string{"lower": "raise:up", "raise": "lower:down"}[c.lead]
			policy, caseName, _ := strings.Cut(other, ":")
			if why := run.Cleared(policy, caseName, "DE/A"); why != "it became part of: "+got[0].Title {
				t.Errorf("the other ends with %q", why)
			}
			if why := run.Cleared(got[0].Policy, got[0].Case, "DE/A"); why != "" {
				t.Errorf("the leading one ends with %q", why)
			}
			if !strings.Contains(got[0].Sentence, "bids") {
				t.Errorf("it does not say what they disagree about: %q", got[0].Sentence)
			}
		})
	}
}

// cover is the days of cover of the days up to the as-of day; NaN stands for a day on which it is not known.
func coverOver(values ...float64) *fakeFacts {
	f := &fakeFacts{defs: definitions()}
	for i, v := range values {
		day := asOf - core.Day(len(values)-1-i)
		if day == asOf {
			f.set("inventory.cover_days", "DE/A", fact.Value{Num: v, AsOf: day})
			continue
		}
		f.on(day, "inventory.cover_days", "DE/A", fact.Value{Num: v, AsOf: day})
	}
	f.on(asOf-core.Day(len(values)), "inventory.cover_days", "DE/other", fact.Value{Num: 1})
	return f
}

func TestHoldAndKeep(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, fields string
		cover        []float64
		want         rules.Outcome
	}{
		{"at once", "", []float64{50, 5}, rules.Decided},
		{"not on its first day", "    hold: 2\n", []float64{50, 5}, rules.Continue},
		{"on its second", "    hold: 2\n", []float64{50, 5, 5}, rules.Decided},
		{"interrupted", "    hold: 3\n", []float64{5, 5, 50, 5, 5}, rules.Continue},
		{"nothing known before", "    hold: 2\n", []float64{5}, rules.Continue},
		{"goes on while kept", "    keep: inventory.cover_days < 20.0\n", []float64{5, 12, 15}, rules.Decided},
		{"kept no longer", "    keep: inventory.cover_days < 20.0\n", []float64{5, 25, 15}, rules.Continue},
		{"never fired, so nothing to keep", "    keep: inventory.cover_days < 20.0\n", []float64{15, 15, 15}, rules.Continue},
		{"kept after it was held", "    hold: 2\n    keep: inventory.cover_days < 20.0\n", []float64{5, 5, 15}, rules.Decided},
		{"held too short to be kept", "    hold: 2\n    keep: inventory.cover_days < 20.0\n", []float64{50, 5, 15}, rules.Continue},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			file := strings.Replace(small("p", "", "inventory.cover_days < 10.0"), "    severity", c.fields+"    severity", 1)
			e := engine(t, coverOver(c.cover...), map[string]string{"p.yaml": file})
			if b := e.Broken(); len(b) > 0 {
				t.Fatal(b)
			}
			x, err := e.Explain(t.Context(), asOf, "DE/A", "p")
			if err != nil || x[0].Outcome != c.want {
				t.Fatalf("got %s (%s), want %s: %v", x[0].Outcome, x[0].Summary, c.want, err)
			}
			run, err := e.Evaluate(t.Context(), asOf)
			if err != nil || (len(run.Proposals) == 1) != (c.want == rules.Decided) {
				t.Errorf("%d proposals: %v", len(run.Proposals), err)
			}
		})
	}
}

func TestDataMustBeOldEnough(t *testing.T) {
	t.Parallel()
	for back, want := range map[core.Day]rules.Outcome{0: rules.CantTell, 2: rules.CantTell, 3: rules.Decided, 9: rules.Decided} {
		f := &fakeFacts{defs: definitions()}
		f.set("inventory.cover_days", "DE/A", fact.Value{Num: 1, AsOf: asOf - back})
		e := engine(t, f, map[string]string{"p.yaml": small("p", "min_age: 3\n", "inventory.cover_days < 10.0")})
		x, err := e.Explain(t.Context(), asOf, "DE/A", "p")
		if err != nil || x[0].Outcome != want {
			t.Errorf("%d days old: got %s, want %s: %v", back, x[0].Outcome, want, err)
		}
		if want == rules.CantTell && x[0].Summary != "can't tell: inventory newer than 3 days" {
			t.Errorf("got %q", x[0].Summary)
		}
	}
}

// belongs answers relations from memory.
type belongs map[string][]string

func (belongs) Relations() []fact.Relation {
	return []fact.Relation{{From: fact.Campaign, To: fact.SKU}}
}

func (b belongs) Related(context.Context, fact.Relation, core.Day) (map[string][]string, error) {
	return b, nil
}

// A campaign's policy reads the facts of its SKUs, a SKU's those of its campaigns, a search term's those of both.
func TestFactsOfWhatBelongsTogether(t *testing.T) {
	t.Parallel()
	type want map[string]rules.Outcome
	for _, c := range []struct {
		subject, when string
		want          want
	}{
		{"campaign", "lowest(inventory.cover_days) < 10.0", want{"DE/C1": rules.Decided, "DE/C2": rules.CantTell}},
		{"campaign", "highest(inventory.cover_days) > 35.0 && advertising.campaign_spend_28d > 1.0", want{"DE/C1": rules.Decided, "DE/C2": rules.CantTell}},
		{"campaign", "any(listings.suppressed)", want{"DE/C1": rules.Decided}},
		{"campaign", "every(listings.suppressed)", want{"DE/C1": rules.Continue}},
		{"campaign", "total(inventory.on_hand) == 15", want{"DE/C1": rules.Decided}},
		{"sku", "total(advertising.campaign_spend_28d) == 30.0", want{"DE/A": rules.Decided, "DE/B": rules.Continue}},
		{"search_term", "advertising.term_clicks > 1 && lowest(inventory.cover_days) < 10.0 && advertising.campaign_spend_28d > 5.0", want{"DE/C1/flask": rules.Decided, "DE/C2/flask": rules.CantTell}},
	} {
		t.Run(c.subject+" "+c.when, func(t *testing.T) {
			t.Parallel()
			f := related()
			file := strings.Replace(small("p", "", c.when), "subject: sku", "subject: "+c.subject, 1)
			e, err := rules.New(rules.Options{Facts: f, Relations: together(), Policies: files(map[string]string{"p.yaml": file})})
			if err != nil || len(e.Broken()) > 0 {
				t.Fatal(err, e.Broken())
			}
			for subject, want := range c.want {
				x, err := e.Explain(t.Context(), asOf, subject, "p")
				if err != nil || len(x) != 1 || x[0].Outcome != want {
					t.Errorf("%s: got %+v, want %s: %v", subject, x, want, err)
				}
			}
		})
	}
}

func together() belongs { return belongs{"DE/C1": {"DE/A", "DE/B"}, "DE/C2": {"DE/A", "DE/unknown"}} }

func related() *fakeFacts {
	f := &fakeFacts{defs: definitions()}
	for id, cover := range map[string]float64{"DE/A": 40, "DE/B": 5} {
		f.set("inventory.cover_days", id, fact.Value{Num: cover})
		f.set("inventory.on_hand", id, fact.Value{Num: cover / 3})
		f.set("listings.suppressed", id, fact.Value{Flag: cover < 10})
	}
	for id, spend := range map[string]float64{"DE/C1": 10, "DE/C2": 20, "DE/C3": 30} {
		f.set("advertising.campaign_spend_28d", id, money(id, "advertising.campaign_spend_28d", spend))
		f.set("advertising.term_clicks", id+"/flask", fact.Value{Num: 3})
	}
	return f
}

// A guard on a SKU holds back what is proposed for the campaigns that advertise it.
func TestAGuardReachesWhatBelongsToIt(t *testing.T) {
	t.Parallel()
	set := guarded("unknown: pass\n", "")
	set["raise.yaml"] = strings.NewReplacer("subject: sku", "subject: campaign", "advertising.acos_28d < 0.2", "advertising.campaign_spend_28d > 1.0").Replace(set["raise.yaml"])
	delete(set, "lower.yaml")
	e, err := rules.New(rules.Options{Facts: related(), Relations: together(), Policies: files(set)})
	if err != nil || len(e.Broken()) > 0 {
		t.Fatal(err, e.Broken())
	}
	run, err := e.Evaluate(t.Context(), asOf)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for _, p := range run.Proposals {
		got[p.Subject] = len(p.HeldBy)
	}
	if want := map[string]int{"DE/C1": 1, "DE/C2": 0, "DE/C3": 0}; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("held: got %v, want %v", got, want)
	}
}

// A guard that is silent holds as one that cannot tell does: where nothing is known of what it looks at, and where it does not run.
func TestASilentGuardHolds(t *testing.T) {
	t.Parallel()
	market := strings.NewReplacer("subject: sku", "subject: marketplace", "inventory.cover_days < 14.0", "accounthealth.at_risk")
	for _, c := range []struct {
		name   string
		change func(file string) string
		held   string
	}{
		{"nothing is known of the marketplace", market.Replace, "can't tell: nothing is known of DE"},
		{"the same, and it lets pass", func(f string) string {
			return strings.Replace(market.Replace(f), "stage: guard\n", "stage: guard\nunknown: pass\n", 1)
		}, ""},
		{"it does not compile", func(f string) string { return strings.Replace(f, "cover_days", "no_such_fact", 1) }, "it does not run: undeclared reference"},
		{"it does not compile, and lets pass", func(f string) string {
			return strings.NewReplacer("cover_days", "no_such_fact", "stage: guard\n", "stage: guard\nunknown: pass\n").Replace(f)
		}, ""},
		{"it does not compile, and is off", func(f string) string {
			return strings.NewReplacer("cover_days", "no_such_fact", "stage: guard\n", "stage: guard\noff: true\n").Replace(f)
		}, ""},
		{"it blocks something else", func(f string) string {
			return strings.Replace(market.Replace(f), "blocks: [growth]", "blocks: [price.up]", 1)
		}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := &fakeFacts{defs: definitions()}
			f.set("advertising.acos_28d", "DE/A", fact.Value{Num: 0.1})
			f.set("inventory.cover_days", "DE/A", fact.Value{Num: 60})
			set := guarded("", "")
			set["guard.yaml"] = c.change(set["guard.yaml"])
			e := engine(t, f, set)
			run, err := e.Evaluate(t.Context(), asOf)
			if err != nil || len(run.Proposals) != 1 {
				t.Fatalf("%d proposals: %v", len(run.Proposals), err)
			}
			x, err := e.Explain(t.Context(), asOf, "DE/A", "raise")
			if err != nil || len(x) != 1 || x[0].Proposal == nil {
				t.Fatal(x, err)
			}
			for _, held := range [][]decision.HeldBack{run.Proposals[0].HeldBy, x[0].Proposal.HeldBy} {
				if c.held == "" && len(held) > 0 {
					t.Errorf("held by %+v", held)
				}
				if c.held != "" && (len(held) != 1 || !strings.HasPrefix(held[0].Why, c.held)) {
					t.Errorf("got %+v, want %q", held, c.held)
				}
			}
		})
	}
}
