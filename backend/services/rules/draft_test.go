package rules_test

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"purser/backend/services/rules"
)

func shippedTexts(tb testing.TB) map[string]string {
	tb.Helper()
	names, err := filepath.Glob("policies/*.yaml")
	if err != nil || len(names) < 10 {
		tb.Fatal(names, err)
	}
	out := map[string]string{}
	for _, n := range names {
		data, err := os.ReadFile(n)
		if err != nil {
			tb.Fatal(err)
		}
		out[n] = string(data)
	}
	return out
}

func read(tb testing.TB, e *rules.Engine, text string) rules.Draft {
	tb.Helper()
	d, err := e.Read(tb.Context(), rules.DraftInput{YAML: text})
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

func write(tb testing.TB, e *rules.Engine, text string, m rules.PolicyModel) rules.Draft {
	tb.Helper()
	d, err := e.Write(tb.Context(), rules.DraftInput{YAML: text, Policy: &m})
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

// studio is an engine without policies.
func studio(tb testing.TB) *rules.Engine {
	tb.Helper()
	return engine(tb, &fakeFacts{defs: definitions(), belongs: belongs{}}, map[string]string{})
}

// shippedStudio is one with those that come with Purser.
func shippedStudio(tb testing.TB) *rules.Engine {
	tb.Helper()
	return engine(tb, &fakeFacts{defs: definitions(), belongs: belongs{}}, nil)
}

func TestShippedPoliciesPassThroughTheStudio(t *testing.T) {
	t.Parallel()
	e, bare := shippedStudio(t), studio(t)
	for name, text := range shippedTexts(t) {
		d := read(t, e, text)
		if len(d.Problems) > 0 || d.Policy == nil {
			t.Errorf("%s: %+v", name, d.Problems)
			continue
		}
		for _, c := range conditionsOf(*d.Policy) {
			if c.Text == "" {
				continue
			}
			if c.Tree == nil || !rules.SameCondition(c.Text, c.Tree.Text()) {
				t.Errorf("%s: %s has the tree %+v", name, c.Text, c.Tree)
			}
		}
		w := write(t, e, text, *d.Policy)
		if w.YAML != text {
			t.Errorf("%s changed:\n%s", name, strings.Join(changes(text, w.YAML), "\n"))
		}
		fresh := write(t, bare, "", *d.Policy)
		if !reflect.DeepEqual(normal(*fresh.Policy), normal(*d.Policy)) {
			t.Errorf("%s is another when it is written anew:\n%s", name, fresh.YAML)
		}
	}
}

func conditionsOf(m rules.PolicyModel) []rules.ConditionModel {
	out := []rules.ConditionModel{m.Scope}
	for _, c := range m.Clauses {
		out = append(out, c.When)
	}
	for _, c := range m.Cases {
		out = append(out, c.When)
	}
	return out
}

// normal leaves out what YAML does not keep: a line break at the end of a text.
func normal(m rules.PolicyModel) rules.PolicyModel {
	m.Description, m.Otherwise = strings.TrimSpace(m.Description), strings.TrimSpace(m.Otherwise)
	return m
}

// changes lists the lines that only one of two texts has.
func changes(before, after string) []string {
	a, b := strings.Split(before, "\n"), strings.Split(after, "\n")
	var out []string
	for _, l := range a {
		if !slices.Contains(b, l) {
			out = append(out, "-"+l)
		}
	}
	for _, l := range b {
		if !slices.Contains(a, l) {
			out = append(out, "+"+l)
		}
	}
	return out
}

func TestAChangeTouchesOnlyItsLines(t *testing.T) {
	t.Parallel()
	e := shippedStudio(t)
	text := readFile(t, "policies/default.yaml")
	tree := func(s string) rules.ConditionModel {
		c, err := rules.ParseCondition(s, nil)
		if err != nil {
			t.Fatal(err)
		}
		return rules.ConditionModel{Tree: c}
	}
	for _, c := range []struct {
		name string
		do   func(*rules.PolicyModel)
		want []string
	}{
		{"title", func(m *rules.PolicyModel) { m.Title = "Mine: all" }, []string{"-title: Default policy", "+title: 'Mine: all'"}},
		{"figure", func(m *rules.PolicyModel) { v := 9.5; m.Thresholds[4].Value = &v }, []string{"-    value: 7", "+    value: 9.5"}},
		{"condition", func(m *rules.PolicyModel) { m.Clauses[3].When = tree("inventory.cover_days < 20.0") }, []string{
			"-    when: inventory.cover_days < double(inventory.lead_time_days) + threshold.inventory_low", "+    when: inventory.cover_days < 20.0",
		}},
		{"money", func(m *rules.PolicyModel) { m.Cases[1].Per = "once" }, []string{"+      per: once"}},
		{"new field", func(m *rules.PolicyModel) { m.Cases[1].Hold = 3; m.Priority = 5 }, []string{"+priority: 5", "+    hold: 3"}},
		{"field gone", func(m *rules.PolicyModel) { m.Cases[1].Due = "" }, []string{"-    due: inventory.order_by_days"}},
		{"list", func(m *rules.PolicyModel) { m.Accepts = []string{"settling", "stale"} }, []string{"-accepts: [settling]", "+accepts: [settling, stale]"}},
		{"step", func(m *rules.PolicyModel) { m.Cases[0].Checklist[2] = "Look: twice." }, []string{
			"-        - Check price and delivery promise against the offers beside it.", "+        - 'Look: twice.'",
		}},
		{"clause renamed", func(m *rules.PolicyModel) { m.Clauses[2].Name = "bad_reviews" }, []string{"+  - name: bad_reviews"}},
		{"order of cases", func(m *rules.PolicyModel) { slices.Reverse(m.Cases) }, nil},
	} {
		m := *read(t, e, text).Policy
		c.do(&m)
		d := write(t, e, text, m)
		if got := changes(text, d.YAML); !slices.Equal(got, c.want) {
			t.Errorf("%s changes\n%s", c.name, strings.Join(got, "\n"))
		}
		if got, want := len(strings.Split(d.YAML, "\n")), len(strings.Split(text, "\n")); c.name == "order of cases" && (got != want || d.Policy.Cases[0].Name != "restock") {
			t.Errorf("the cases changed places: %d lines of %d", got, want)
		}
	}
	m := *read(t, e, text).Policy
	m.Clauses = slices.Delete(m.Clauses, 1, 2)
	d := write(t, e, text, m)
	for _, l := range changes(text, d.YAML) {
		if l[0] == '+' {
			t.Errorf("taking a clause away wrote %s", l)
		}
	}
	if !strings.Contains(d.YAML, "# Orders are settling") || strings.Contains(d.YAML, "# Two ways to be high") {
		t.Error("a clause takes its comments along, and only those")
	}
	if len(d.Problems) != 1 || d.Problems[0].Where != "case reevaluate" || d.Problems[0].Field != "when" {
		t.Errorf("the case misses its clause: %+v", d.Problems)
	}
}

// Any model can be written into any text, and is read again as it was.
func TestModelsSurviveWriting(t *testing.T) {
	t.Parallel()
	e := studio(t)
	texts := shippedTexts(t)
	var names []string
	for n, text := range texts {
		if len(text) < 3000 { // the small ones: a compiler runs for each
			names = append(names, n)
		}
	}
	slices.Sort(names)
	nasty := rapid.SampledFrom([]string{
		"plain", "with: colon", "# hash", "- dash", "yes", "12", "2026-11-25", `"quoted"`, "it's", "{brace}", "[list]", "two\nlines", "a  b", "é ü €", "", "& and *", "%", "@x",
		strings.Repeat("long text ", 30) + "end",
	})
	rapid.Check(t, func(rt *rapid.T) {
		from := *read(t, e, texts[rapid.SampledFrom(names).Draw(rt, "model")]).Policy
		into := texts[rapid.SampledFrom(names).Draw(rt, "text")]
		from.Title, from.Description, from.Otherwise = nasty.Draw(rt, "title"), nasty.Draw(rt, "description"), nasty.Draw(rt, "otherwise")
		for i := range from.Cases {
			c := &from.Cases[i]
			c.Sentence, c.Do, c.Group = nasty.Draw(rt, "sentence"), nasty.Draw(rt, "do"), nasty.Draw(rt, "group")
			c.Hold, c.Needed = rapid.IntRange(0, 3).Draw(rt, "hold"), rapid.Bool().Draw(rt, "needed")
			for j := range c.Checklist {
				c.Checklist[j] = nasty.Filter(func(s string) bool { return s != "" }).Draw(rt, "step")
			}
		}
		got := write(t, e, into, from)
		if got.Policy == nil || !reflect.DeepEqual(normal(*got.Policy), normal(from)) {
			rt.Fatalf("it became\n%s", got.YAML)
		}
		if again := write(t, e, got.YAML, *got.Policy); again.YAML != got.YAML {
			rt.Fatalf("writing it again changed %v", changes(got.YAML, again.YAML))
		}
	})
}

func TestAllProblemsAreTold(t *testing.T) {
	t.Parallel()
	text := `name: p
title: Small
version: 1
subject: sku
colour: red
thresholds:
  - {name: x, value: 9, unit: days, meaning: m, min: 0, max: 5, source: s, date: d}
clauses:
  - name: low
    when: inventory.cover_dais < threshold.x
    words: Cover {inventory.cover_days | miles} {is} low
cases:
  - name: first
    when: >-
      low &&
      'ü€😀' == inventory.nothing || reviews.return_jump > 1
    severity: loud
    inhibited_by: [nobody]
    title: It is {so} and {inventory.on_hand + 1.5 | number}
    action: {kind: task, label: Do}
  - name: second
    when: inventory.on_hand
    severity: info
    title: ""
    hold: many
    action: {kind: task, label: Do}
`
	d := read(t, studio(t), text)
	var got []string
	for _, p := range d.Problems {
		got = append(got, p.Where+"/"+p.Field+" "+at(p)+" "+p.Message)
	}
	for _, want := range []string{
		"/colour 5:1 0-0 There is no field colour here",
		"case second/hold 25:5 0-0 A whole number is wanted here, not “many”.",
		"threshold x/value 7:22 0-0 The value lies outside its own bounds, 0 to 5.",
		"clause low/when 10:11 0-20 There is no fact, threshold, clause or function inventory.cover_dais for a policy about SKU: did you mean inventory.cover_days?",
		"clause low/words 11:18 6-36 There is no format miles",
		"case first/severity 17:15 0-0 The severity is critical, warning or info",
		"case first/when 16:16 17-34 There is no fact",
		"case first/when 16:57 58-59 “>” does not go with yes or no and a number.",
		"case first/title 19:19 7-9 There is no fact",
		"case first/title 19:46 34-35 “+” mixes a whole number",
		"case second/when 22:11 0-17 This gives a number, but yes or no is wanted here.",
		"case second/title 24:12 0-0 A case needs a title",
	} {
		if !slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, want) }) {
			t.Errorf("missing %s", want)
		}
	}
	if t.Failed() {
		t.Log(strings.Join(got, "\n"))
	}
	if d.Policy == nil || len(d.Policy.Cases) != 2 || d.Policy.Clauses[0].When.Tree == nil {
		t.Error("the builder shows what can be read all the same")
	}
}

func at(p rules.ProblemOutput) string {
	return itoa(p.Line) + ":" + itoa(p.Column) + " " + itoa(p.From) + "-" + itoa(p.To)
}

func TestWhatIsNoPolicy(t *testing.T) {
	t.Parallel()
	e := studio(t)
	for text, want := range map[string]string{
		"":                      "There is no policy here yet",
		"name: [":               "This is not YAML",
		"- a\n- b\n":            "A policy is a list of fields",
		"name: p\n---\nname: q": "Only one policy can be written at a time",
	} {
		d := read(t, e, text)
		if len(d.Problems) == 0 || !slices.ContainsFunc(d.Problems, func(p rules.ProblemOutput) bool { return strings.HasPrefix(p.Message, want) }) {
			t.Errorf("%q: %+v, want %s", text, d.Problems, want)
		}
	}
	if d := read(t, e, small("p", "", "true")); len(d.Problems) > 0 {
		t.Errorf("it is sound: %+v", d.Problems)
	}
	loop := strings.Replace(small("p", "", "true"), "severity: info", "severity: info\n    inhibited_by: [p]", 1)
	if d := read(t, e, loop); len(d.Problems) != 1 || d.Problems[0].Field != "inhibited_by" || d.Problems[0].Line != 9 {
		t.Errorf("it silences itself: %+v", d.Problems)
	}
}

func itoa(n int) string { return strconv.Itoa(n) }
