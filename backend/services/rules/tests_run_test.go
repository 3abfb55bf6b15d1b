package rules_test

import (
	"strings"
	"testing"

	"purser/backend/core/fact"
	"purser/backend/services/rules"
)

// results runs tests on the policies of an account and says how each ended: "name: ok", or what is wrong.
func results(t *testing.T, k kept, in rules.TestsInput) string {
	t.Helper()
	out, err := k.RunTests(in)
	if err != nil {
		t.Fatal(err)
	}
	return ended(out)
}

func ended(out rules.TestsOutput) string {
	var lines []string
	for _, p := range out.Problems {
		lines = append(lines, "problem: "+p.Message)
	}
	for _, r := range out.Results {
		if r.Passed != (len(r.Wrong) == 0) {
			lines = append(lines, r.Name+" contradicts itself")
		}
		lines = append(lines, r.Name+": "+strings.Join(append(r.Wrong, map[bool]string{true: "ok"}[r.Passed]), "; "))
	}
	return strings.Join(lines, "\n")
}

// held is a policy that looks back, with a guard before it.
const held = `name: held
title: Held
version: 1
subject: sku
min_age: 2
cases:
  - name: first
    when: inventory.cover_days < 10.0 && total(advertising.campaign_spend_28d) > 5.0
    hold: 3
    keep: inventory.cover_days < 20.0
    effects: [bids.up]
    severity: info
    title: "{subject.label} has {inventory.cover_days | days1}"
    action: {kind: task, label: Do}
`

const gate = `name: gate
title: Gate
version: 1
subject: marketplace
stage: guard
cases:
  - name: first
    when: accounthealth.at_risk
    blocks: [growth]
    title: The account is at risk
`

func heldAccount(t *testing.T) kept {
	t.Helper()
	return account(t, map[string]string{"held.yaml": held, "gate.yaml": gate, "low.yaml": low})
}

func TestTheTestFormat(t *testing.T) {
	t.Parallel()
	k := heldAccount(t)
	const file = `policy: held
subject: DE/SKU-1
age: 2
facts: {inventory.cover_days: 5.0, accounthealth.at_risk: true}
related:
  DE/Spring: {advertising.campaign_spend_28d: 4}
  DE/Summer: {advertising.campaign_spend_28d: 2}
tests:
  - name: other days are like the day
    want: {outcome: decided, case: first, title: SKU-1 has 5.0 days, maturity: fresh, held_by: []}
  - name: two days are not enough
    days: {2: {inventory.cover_days: 30.0}}
    want: {outcome: continue, waiting: [first]}
  - name: it goes on while it is kept
    facts: {inventory.cover_days: 15.0}
    days: {1: {inventory.cover_days: 12.0}, 2: {inventory.cover_days: 5.0}, 3: {inventory.cover_days: 5.0}, 4: {inventory.cover_days: 5.0}}
    want: {outcome: decided, case: first}
  - name: not known on a day between
    days: {1: {inventory.cover_days: null}}
    want: {outcome: nothing}
  - name: too new
    age: 1
    want: {outcome: cant_tell, unknown: [inventory newer than 2 days, advertising newer than 2 days]}
  - name: one fact is too new
    facts: {inventory.cover_days: {value: 5, age: 1}}
    want: {outcome: nothing}
  - name: nothing is known
    alone: true
    want: {outcome: nothing}
  - name: other campaigns
    related: {DE/Spring: {advertising.campaign_spend_28d: 5}}
    want: {outcome: continue}
  - name: the guard holds it back
    guards: [gate]
    want: {outcome: decided, case: first, held_by: [gate]}
  - name: the guard lets it pass
    facts: {accounthealth.at_risk: false}
    guards: [gate]
    want: {outcome: decided, case: first, held_by: []}
  - name: in dollars
    subject: US/SKU-1
    related: {US/Spring: {advertising.campaign_spend_28d: {value: 6, currency: USD, maturity: estimated}}}
    want: {outcome: decided, case: first, maturity: estimated}
`
	out, err := k.RunTests(rules.TestsInput{Policy: "held", Tests: file})
	if err != nil || len(out.Results) != 11 {
		t.Fatalf("%s %v", ended(out), err)
	}
	for _, r := range out.Results {
		if !r.Passed {
			t.Errorf("%s: %v", r.Name, r.Wrong)
		}
	}
	const ofGate = `policy: gate
subject: DE
tests:
  - name: at risk
    facts: {accounthealth.at_risk: true}
    want: {outcome: decided, case: first, blocks: [growth], summary: The account is at risk}
`
	if got := results(t, k, rules.TestsInput{Policy: "gate", Tests: ofGate}); got != "at risk: ok" {
		t.Error(got)
	}
}

func TestWhatIsWrongWithATest(t *testing.T) {
	t.Parallel()
	k := heldAccount(t)
	const head = "policy: low\nsubject: DE/A\ntests:\n"
	for _, c := range []struct{ text, want string }{
		{head + "  - {name: x, facts: {inventory.cover_days: 5}, want: {outcome: continue}}", "x: outcome: got decided, want continue; case: got first, want none; "},
		{head + "  - {name: x, facts: {inventory.cover_days: 5}, want: {outcome: nothing}}", "x: outcome: got decided, want nothing; case: got first, want none; "},
		{head + "  - {name: x, facts: {inventory.cover_days: 5}, want: {outcome: decided, case: first, title: It}}", "x: title: got It is low, want It; "},
		{head + "  - {name: x, want: {outcome: continue}}", "x: outcome: got cant_tell, want continue; unknown: got inventory missing, want none; "},
		{head + "  - {name: x, facts: {inventory.cover: 5}, want: {outcome: continue}}", "x: there is no fact inventory.cover; "},
		{head + "  - {name: x, facts: {inventory.cover_days: many}, want: {outcome: continue}}", `x: inventory.cover_days: "many" is no number; `},
		{head + "  - {name: x, facts: {inventory.cover_days: {value: 5, maturity: ripe}}, want: {outcome: continue}}", `x: inventory.cover_days: there is no maturity "ripe"; `},
		{head + "  - {name: x, facts: {inventory.cover_days: {value: 5, colour: red}}, want: {outcome: continue}}", `x: inventory.cover_days: a value has value, maturity, age and currency, not colour; `},
		{head + "  - {name: x, facts: {advertising.campaign_spend_28d: 5}, want: {outcome: continue}}", "x: advertising.campaign_spend_28d is about campaign that belong to the subject: write it under related; "},
		{head + "  - {name: x, guards: [low], want: {outcome: continue}}", "x: there is no guard low that runs; "},
		{head + "  - {name: x, want: {outcome: maybe}}", `problem: test x: the outcome wanted is one of decided, continue, cant_tell, out_of_scope, nothing, not "maybe"`},
		{head + "  - {name: x, want: {outcome: decided}}", "problem: test x: a case is wanted exactly where the outcome is decided"},
		{head + "  - {name: x, wants: {}}", "field wants not found"},
		{head + "  - {name: x, day: today, want: {outcome: continue}}", "write it as YYYY-MM-DD"},
		{head + "  - {name: x, days: {0: {}}, want: {outcome: continue}}", "days are counted back from 1"},
		{head + "  - {name: x, want: {outcome: continue}}\n  - {name: x, want: {outcome: continue}}", "has no name, or that of another"},
		{"policy: low\ntests:\n  - {name: x, want: {outcome: continue}}", "needs a subject"},
	} {
		if got := results(t, k, rules.TestsInput{Policy: "low", Tests: c.text}); !strings.Contains(got, c.want) {
			t.Errorf("%s\ngot  %s\nwant %s", c.text, got, c.want)
		}
	}
}

// Tests are about the text of a policy: what the seller set beside it does not change what they say.
func TestTestsAreOfTheText(t *testing.T) {
	t.Parallel()
	k := account(t, map[string]string{"low.yaml": low, "tests/low.yaml": "policy: low\nsubject: DE/A\ntests:\n  - {name: x, facts: {inventory.cover_days: 5}, want: {outcome: decided, case: first}}\n"})
	if _, err := k.SetThreshold(rules.SetThresholdInput{Policy: "low", Name: "days", Value: "1"}); err != nil {
		t.Fatal(err)
	}
	if _, err := k.Switch(rules.SwitchInput{Policy: "low", On: false}); err != nil {
		t.Fatal(err)
	}
	if got := results(t, k, rules.TestsInput{Policy: "low"}); got != "x: ok" {
		t.Error(got)
	}
	draft := strings.Replace(low, "value: 10", "value: 5", 1)
	if got := results(t, k, rules.TestsInput{YAML: draft}); !strings.Contains(got, "got continue") {
		t.Errorf("a draft is tested as it is written: %s", got)
	}
	if got := results(t, k, rules.TestsInput{YAML: strings.Replace(low, "inventory.cover_days", "inventory.nonsense", 1)}); !strings.Contains(got, "problem: undeclared") {
		t.Errorf("a draft that does not run: %s", got)
	}
}

func TestSaveTests(t *testing.T) {
	t.Parallel()
	const shipped = "policy: low\nsubject: DE/A\ntests:\n  - {name: x, facts: {inventory.cover_days: 5}, want: {outcome: decided, case: first}}\n"
	k := account(t, map[string]string{"low.yaml": low, "tests/low.yaml": shipped})
	mine := strings.Replace(shipped, "name: x", "name: y", 1)
	if out, err := k.SaveTests(rules.TestsInput{Policy: "low", Tests: "policy: ["}); err != nil || len(out.Problems) == 0 {
		t.Errorf("what cannot be read is not kept: %+v %v", out, err)
	}
	if out, err := k.Tests(rules.TestsInput{Policy: "low"}); err != nil || out.Text != shipped || !out.Shipped || len(out.Results) != 0 {
		t.Errorf("shipped: %+v %v", out, err)
	}
	if out, err := k.SaveTests(rules.TestsInput{Policy: "low", Tests: mine}); err != nil || ended(out) != "y: ok" || out.Shipped {
		t.Errorf("kept: %+v %v", out, err)
	}
	if out, err := k.Tests(rules.TestsInput{Policy: "low"}); err != nil || out.Text != mine || out.Shipped {
		t.Errorf("mine: %+v %v", out, err)
	}
	if out, err := k.SaveTests(rules.TestsInput{Policy: "low"}); err != nil || ended(out) != "x: ok" || !out.Shipped {
		t.Errorf("the shipped ones again: %+v %v", out, err)
	}
}

func TestMakeTest(t *testing.T) {
	t.Parallel()
	k := heldAccount(t)
	k.f.set("inventory.cover_days", "DE/A", fact.Value{Num: 7.25, AsOf: asOf - 2, Maturity: fact.Estimated})
	k.f.on(asOf-1, "inventory.cover_days", "DE/A", fact.Value{Num: 8, AsOf: asOf - 3})
	made, err := k.MakeTest(rules.MakeTestInput{YAML: low, Subject: "DE/A", AsOf: "2026-11-24", Name: "as it was", Case: "first"})
	if err != nil || ended(made) != "as it was: ok" {
		t.Fatalf("%s %v\n%s", ended(made), err, made.Text)
	}
	const want = `policy: low
tests:
  - name: as it was
    subject: DE/A
    day: "2026-11-24"
    alone: true
    facts:
      inventory.cover_days: {value: 7.25, maturity: estimated, age: 2}
    want: {outcome: decided, case: first}
`
	if made.Text != want {
		t.Errorf("got\n%s", made.Text)
	}
	if _, err := k.SaveTests(rules.TestsInput{Policy: "low", Tests: "# mine\n" + made.Text}); err != nil {
		t.Fatal(err)
	}
	made, err = k.MakeTest(rules.MakeTestInput{YAML: low, Subject: "DE/A", AsOf: "2026-11-24", Name: "and nothing", Case: ""})
	if err != nil || !strings.HasPrefix(made.Text, "# mine\n"+want+"  - name: and nothing\n") || !strings.Contains(ended(made), "want nothing") {
		t.Errorf("added: %v\n%s\n%s", err, made.Text, ended(made))
	}
	made, err = k.MakeTest(rules.MakeTestInput{YAML: held, Subject: "DE/A", AsOf: "2026-11-24", Name: "looks back"})
	if err != nil || ended(made) != "looks back: ok" || !strings.Contains(made.Text, "      1:\n        inventory.cover_days: {value: 8, age: 2}\n") {
		t.Errorf("%v\n%s\n%s", err, made.Text, ended(made))
	}
	if _, err := k.MakeTest(rules.MakeTestInput{YAML: low, Subject: "DE/NONE", Name: "x"}); code(err) != "not_found" {
		t.Errorf("nothing is known of it: %v", err)
	}
}
