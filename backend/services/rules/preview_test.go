package rules_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"purser/backend/core/fact"
	"purser/backend/services/rules"
)

// stockDraft is a draft about cover, with a clause, a guardable effect and money.
const stockDraft = `name: stock
title: Stock is low
version: 1
subject: sku
scope: inventory.on_hand >= 0
thresholds:
  - {name: days, title: Days of cover, value: 35, unit: days, meaning: m, min: 0, max: 90, source: s, date: d}
clauses:
  - name: low
    title: Low
    when: inventory.cover_days < threshold.days
cases:
  - name: order
    when: low && !listings.suppressed
    severity: warning
    effects: [order.up]
    title: "{subject.name} has {inventory.cover_days}"
    at_stake: {money: inventory.lost_sales_day, per: day}
    action: {kind: task, label: Order}
`

func stock() *fakeFacts {
	f := &fakeFacts{defs: definitions(), belongs: belongs{}}
	for sku, cover := range map[string]float64{"A": 10, "B": 20, "C": 36.2, "D": 38, "E": 60, "F": 30, "G": -1, "H": 10} {
		id := "DE/" + sku
		f.set("inventory.on_hand", id, fact.Value{Num: 5})
		f.set("listings.suppressed", id, fact.Value{Flag: sku == "F"})
		if cover >= 0 {
			f.set("inventory.cover_days", id, fact.Value{Num: cover, AsOf: asOf - 1})
		}
		f.set("inventory.lost_sales_day", id, money(id, "inventory.lost_sales_day", 100-cover))
	}
	f.set("inventory.on_hand", "DE/H", fact.Value{Num: -1})
	return f
}

func preview(tb testing.TB, e *rules.Engine, in rules.PreviewInput) rules.PreviewOutput {
	tb.Helper()
	out, err := e.Preview(tb.Context(), in, asOf)
	if err != nil {
		tb.Fatal(err)
	}
	if len(out.Draft.Problems) > 0 {
		tb.Fatalf("%+v", out.Draft.Problems)
	}
	return out
}

func subjects(list []rules.MatchOutput) string {
	var out []string
	for _, m := range list {
		out = append(out, strings.TrimPrefix(m.Subject, "DE/"))
	}
	return strings.Join(out, " ")
}

func TestPreviewSaysWhatADraftWouldDo(t *testing.T) {
	t.Parallel()
	f := stock()
	f.set("advertising.acos_28d", "DE/B", fact.Value{Num: 0.9})
	saved := strings.Replace(stockDraft, "value: 35", "value: 15", 1)
	guard := "name: gate\ntitle: Adverts lose money\nversion: 1\nsubject: sku\nstage: guard\nunknown: pass\n" +
		"cases:\n  - name: loss\n    when: advertising.acos_28d > 0.5\n    title: ACoS is high\n    blocks: [growth]\n"
	e := engine(t, f, map[string]string{"stock.yaml": saved, "gate.yaml": guard})
	out := preview(t, e, rules.PreviewInput{YAML: stockDraft})
	if out.Subjects != 8 || out.Matched != 2 || out.Near != 2 || out.CantTell != 1 || out.Held != 1 || out.Waiting != 0 {
		t.Errorf("counts: %+v", out)
	}
	if got := subjects(out.Matches); got != "A B" {
		t.Errorf("dearest first: %s", got)
	}
	a, b := out.Matches[0], out.Matches[1]
	if a.Title != "A has 10.0 days" || a.AtStake != "€90.00 a day" || !a.Existing || len(a.HeldBy) != 0 || a.Case != "order" || a.Outcome != "decided" {
		t.Errorf("A: %+v", a)
	}
	if b.Existing || !slices.Equal(b.HeldBy, []string{"Adverts lose money"}) {
		t.Errorf("B: %+v", b)
	}
	if len(a.Values) != 2 || a.Values[0].Expression != "inventory.cover_days" || a.Values[0].Value != "10.0" || a.Values[0].Unit != "days" {
		t.Errorf("values: %+v", a.Values)
	}
	if got := subjects(out.Misses); got != "C D" {
		t.Errorf("nearest first: %s", got)
	}
	if c := out.Misses[0]; math.Abs(c.Distance-1.2/36.2) > 1e-9 || !slices.Equal(c.Lacks, []string{"Cover days 36.2, below 35 wanted"}) {
		t.Errorf("C: %+v", c)
	}
	if out.Live == nil || out.Live.Subject != "DE/A" || out.Live.Outcome != "decided" || out.Live.Case != "order" {
		t.Errorf("the first match is shown: %+v", out.Live)
	}
}

func TestConditionsLive(t *testing.T) {
	t.Parallel()
	e := engine(t, stock(), map[string]string{})
	for subject, want := range map[string]string{
		"DE/A": "continue? scope true[5 units|0 units] low true[10.0 days|35 days] order true(true not true(false no)) decides",
		"DE/C": "continue? scope true[5 units|0 units] low false~[36.2 days|35 days] order false~(false~ not true(false no)) does not hold",
		"F":    "continue? scope true[5 units|0 units] low true[30.0 days|35 days] order false(true not false(true yes)) does not hold",
		"DE/G": "continue? scope true[5 units|0 units] low unknown[|35 days]{inventory missing} order unknown{inventory missing}(unknown{inventory missing} not true(false no)) passed over: inventory missing",
	} {
		live := preview(t, e, rules.PreviewInput{YAML: stockDraft, Subject: subject}).Live
		got := "continue? scope " + stands(*live.Scope) + " low " + stands(*live.Clauses[0].Node) + " order " + standing(*live.Cases[0].Node) + " " + live.Cases[0].Note
		if got != want {
			t.Errorf("%s\n got %s\nwant %s", subject, got, want)
		}
	}
	live := preview(t, e, rules.PreviewInput{YAML: stockDraft, Subject: "DE/C"}).Live
	if live.Clauses[0].Node.AsOf != (asOf - 1).String() {
		t.Errorf("it is as old as its oldest fact: %+v", live.Clauses[0].Node)
	}
	var facts []string
	for _, x := range live.Facts {
		facts = append(facts, x.Name+" "+x.Value)
	}
	want := []string{"inventory.cover_days 36.2 days", "inventory.lost_sales_day €63.80", "inventory.on_hand 5 units", "listings.suppressed no", "threshold.days 35 days"}
	if !slices.Equal(facts, want) {
		t.Errorf("facts: %q", facts)
	}
	if out := preview(t, e, rules.PreviewInput{YAML: stockDraft, Subject: "nobody"}); out.Live != nil {
		t.Errorf("nobody has no facts: %+v", out.Live)
	}
}

func stands(n rules.NodeOutput) string {
	s := n.Result
	if n.Near {
		s += "~"
	}
	if n.Left+n.Right != "" {
		s += "[" + n.Left + "|" + n.Right + "]"
	}
	if n.Note != "" {
		s += "{" + n.Note + "}"
	}
	return s
}

// standing writes the case of stockDraft: a clause, and a flag that must not be.
func standing(n rules.NodeOutput) string {
	flag := n.Parts[1].Parts[0]
	return stands(n) + "(" + stands(n.Parts[0]) + " not " + stands(n.Parts[1]) + "(" + flag.Result + " " + flag.Left + "))"
}

func TestWhatIsNear(t *testing.T) {
	t.Parallel()
	f := &fakeFacts{defs: definitions(), belongs: belongs{}}
	f.set("inventory.cover_days", "DE/A", fact.Value{Num: 38})
	f.set("inventory.lead_time_days", "DE/A", fact.Value{Num: 35})
	f.set("inventory.on_hand", "DE/A", fact.Value{Num: 0})
	f.set("advertising.clicks_28d", "DE/A", fact.Value{Num: 9})
	f.set("advertising.advertised", "DE/A", fact.Value{Flag: false})
	f.set("listings.suppressed_reason", "DE/A", fact.Value{Text: "x"})
	f.set("advertising.spend_7d", "DE/A", money("DE/A", "advertising.spend_7d", 95))
	e := engine(t, f, map[string]string{"other.yaml": small("other", "", "inventory.on_hand > 1000")})
	const cover, clicks, far, flag, missing = "inventory.cover_days < inventory.lead_time_days", "advertising.clicks_28d >= 10",
		"inventory.cover_days > 100.0", "advertising.advertised", "inventory.days_short > 1.0"
	for when, want := range map[string]string{
		cover:                            "0.079 Cover days 38.0, below 35.0 wanted",
		clicks:                           "0.100 Clicks 28d 9, at least 10 wanted",
		far:                              "",
		flag:                             "",
		missing:                          "",
		"!(inventory.cover_days > 36.0)": "0.053 Cover days 38.0, at most 36.0 wanted",
		"35.0 > inventory.cover_days":    "0.079 Cover days 38.0, below 35.0 wanted",
		cover + " && " + clicks:          "0.100 Cover days 38.0, below 35.0 wanted; Clicks 28d 9, at least 10 wanted",
		cover + " || " + clicks:          "0.079 Cover days 38.0, below 35.0 wanted",
		cover + " && " + far:             "",
		cover + " && " + flag:            "",
		cover + " && " + missing:         "",
		"!(" + cover + " || " + flag + ") && " + clicks:                 "0.100 Clicks 28d 9, at least 10 wanted",
		"!(inventory.cover_days > 36.0 || advertising.clicks_28d < 10)": "0.100 Cover days 38.0, at most 36.0 wanted; Clicks 28d 9, at least 10 wanted",
		"!(inventory.cover_days > 36.0 && advertising.clicks_28d < 10)": "0.053 Cover days 38.0, at most 36.0 wanted",

		"inventory.on_hand > 0":                                    "",
		"inventory.cover_days < 38.0":                              "0.000 Cover days 38.0, below 38.0 wanted",
		"listings.suppressed_reason == 'y'":                        "",
		"advertising.clicks_28d in [10]":                           "",
		"advertising.spend_7d > 100.0":                             "0.050 Spend 7d €95.00, above €100.00 wanted",
		"double(inventory.on_hand) + inventory.cover_days == 40.0": "0.050 double(inventory.on_hand) + inventory.cover_days 38, exactly 40 wanted",
	} {
		out := preview(t, e, rules.PreviewInput{YAML: small("p", "", `"`+when+`"`)})
		got := ""
		if len(out.Misses) == 1 {
			got = fmt.Sprintf("%.3f %s", out.Misses[0].Distance, strings.Join(out.Misses[0].Lacks, "; "))
		}
		if got != want {
			t.Errorf("%s\n got %s\nwant %s", when, got, want)
		}
		if out.Near != len(out.Misses) || out.Live.Cases[0].Node.Near != (want != "") {
			t.Errorf("%s: %d near, live %v", when, out.Near, out.Live.Cases[0].Node.Near)
		}
	}
}

func TestDraftsAreWarnedAbout(t *testing.T) {
	t.Parallel()
	f := &fakeFacts{defs: definitions(), belongs: belongs{}}
	for i := range 10 {
		id := fmt.Sprintf("DE/S%d", i)
		f.set("inventory.cover_days", id, fact.Value{Num: float64(i), Maturity: fact.Settling})
	}
	twin := small("twin", "accepts: [settling]\n", "inventory.cover_days < 6.0")
	e := engine(t, f, map[string]string{"twin.yaml": strings.Replace(twin, "Small", "Twin", 1)})
	warned := func(limit string) string {
		return strings.Join(preview(t, e, rules.PreviewInput{YAML: small("p", "accepts: [settling]\n", "inventory.cover_days < "+limit)}).Draft.Warnings, "\n")
	}
	all := warned("7.0")
	for _, want := range []string{"It matches 7 now, more than the 5", "Of its matches 7 of 7 rest on data that is still settling", "“Twin” says the same about 6 of the 7", "Amazon may restate"} {
		if !strings.Contains(all, want) {
			t.Errorf("no warning %q in\n%s", want, all)
		}
	}
	if few := warned("5.0"); strings.Contains(few, "more than") || !strings.Contains(few, "about 5 of the 5") {
		t.Errorf("five can be worked through: %s", few)
	}
	if lone := warned("9.0"); strings.Contains(lone, "Twin") {
		t.Errorf("two thirds are not the same: %s", lone)
	}
	d := read(t, e, small("p", "", "inventory.cover_days < 5.0"))
	if len(d.Warnings) != 0 {
		t.Errorf("nothing to warn about: %q", d.Warnings)
	}
}

// What a preview counts is what an evaluation gives once the draft is saved.
func TestPreviewIsWhatWouldCome(t *testing.T) {
	t.Parallel()
	f := stock()
	f.on(asOf-1, "inventory.cover_days", "DE/A", fact.Value{Num: 50})
	f.on(asOf-1, "inventory.cover_days", "DE/B", fact.Value{Num: 5})
	f.on(asOf-1, "listings.suppressed", "DE/B", fact.Value{})
	f.on(asOf-1, "inventory.on_hand", "DE/B", fact.Value{Num: 5})
	f.on(asOf-2, "inventory.cover_days", "DE/B", fact.Value{Num: 50})
	silencer := small("silencer", "", "inventory.cover_days == 10.0")
	draft := strings.Replace(stockDraft, "    effects:", "    hold: 2\n    inhibited_by: [silencer]\n    effects:", 1)
	other := small("other", "", "inventory.velocity > 1.0 || inventory.lost_sales_day > 1000.0") // its facts stand before those of the draft
	before := engine(t, f, map[string]string{"other.yaml": other, "silencer.yaml": silencer})
	after := engine(t, f, map[string]string{"other.yaml": other, "silencer.yaml": silencer, "stock.yaml": draft})
	run, err := after.Evaluate(t.Context(), asOf)
	if err != nil {
		t.Fatal(err)
	}
	out := preview(t, before, rules.PreviewInput{YAML: draft})
	for _, p := range run.Policies {
		if p.Name == "stock" && (p.Decided != out.Matched || p.CantTell != out.CantTell || p.Waiting != out.Waiting || p.Subjects != out.Subjects) {
			t.Errorf("the evaluation has %+v, the preview %+v", p, out)
		}
	}
	if got := subjects(out.Matches); got != "B" || out.Waiting != 0 {
		t.Errorf("A is silenced, B held for two days: %s, %d waiting", got, out.Waiting)
	}
	only := preview(t, before, rules.PreviewInput{YAML: strings.Replace(draft, "hold: 2", "hold: 3", 1)})
	if only.Matched != 0 || only.Waiting != 1 {
		t.Errorf("B has to wait: %+v", only)
	}
}

func TestTypingReadsNoFacts(t *testing.T) {
	t.Parallel()
	f := stock()
	version := int64(1)
	e, err := rules.New(rules.Options{Facts: f, Policies: files(map[string]string{"other.yaml": small("other", "", "inventory.velocity > 1.0")}), Version: func() int64 { return version }})
	if err != nil {
		t.Fatal(err)
	}
	preview(t, e, rules.PreviewInput{YAML: stockDraft})
	asked := len(f.asked)
	for _, value := range []string{"36", "37", "38"} {
		preview(t, e, rules.PreviewInput{YAML: strings.Replace(stockDraft, "value: 35", "value: "+value, 1)})
	}
	if len(f.asked) != asked {
		t.Errorf("%d more questions for the same facts", len(f.asked)-asked)
	}
	f.set("inventory.cover_days", "DE/A", fact.Value{Num: 90})
	version++
	if out := preview(t, e, rules.PreviewInput{YAML: stockDraft}); out.Matched != 1 {
		t.Errorf("changed data counts: %+v", out)
	}
}
