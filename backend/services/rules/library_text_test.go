package rules_test

import (
	"fmt"
	"strings"
	"testing"

	"purser/backend/core/fact"
	"purser/backend/services/rules"
)

// A figure that is changed beside the text is written into it where it stands: nothing else of the text changes.
func TestFiguresAreWrittenInPlace(t *testing.T) {
	t.Parallel()
	k := account(t, nil)
	for _, p := range mustPolicies(t, k) {
		was := k.text(t, p.Name)
		for _, th := range p.Thresholds {
			v := th.Min + (th.Max-th.Min)/4
			if th.Value != nil && *th.Value == v {
				v = th.Min + (th.Max-th.Min)/2
			}
			if _, err := k.SetThreshold(rules.SetThresholdInput{Policy: p.Name, Name: th.Name, Value: rules.Figure(fmt.Sprint(v))}); err != nil {
				t.Fatal(err)
			}
		}
		now := k.text(t, p.Name)
		before, after := strings.Split(was, "\n"), strings.Split(now, "\n")
		if len(before) != len(after) {
			t.Errorf("%s: %d lines became %d", p.Name, len(before), len(after))
			continue
		}
		changed := 0
		for i := range before {
			if before[i] == after[i] {
				continue
			}
			changed++
			key, _, _ := strings.Cut(strings.TrimLeft(after[i], " -{"), ":")
			if key != "version" && key != "value" && !strings.Contains(before[i], "{name:") {
				t.Errorf("%s: %q became %q", p.Name, before[i], after[i])
			}
		}
		if want := len(p.Thresholds) + 1; len(p.Thresholds) > 0 && changed != want {
			t.Errorf("%s: %d lines changed, want %d", p.Name, changed, want)
		}
		d := k.save(t, now, "")
		if len(d.Problems) > 0 || k.policy(t, p.Name).Health != "ok" {
			t.Errorf("%s: %v", p.Name, d.Problems)
		}
	}
}

// However a number is written, the changed one takes its place and the policy stays what it was.
func TestFiguresHoweverTheyAreWritten(t *testing.T) {
	t.Parallel()
	const thresholds = "  - name: days # of cover\n    title: Days\n    value: 10\n    unit: days\n    meaning: Cover below which it fires.\n    min: 0\n    max: 99\n    source: a test\n    date: \"2026-11-25\"\n"
	for name, written := range map[string]string{
		"on one line":   "  - {name: days, title: Größe 箱, value: 10, unit: days, meaning: m, min: 0, max: 99, source: s, date: d} # so\n",
		"after another": "  - {min: 0, value: 10, name: days, max: 99, unit: days, meaning: m, source: s, date: d}\n",
		"an alias":      "  - {name: other, value: &ten 10, unit: days, meaning: m, min: 0, max: 99, source: s, date: d}\n  - {name: days, value: *ten, unit: days, meaning: m, min: 0, max: 99, source: s, date: d}\n",
		"from a fact":   "  - {name: days, from: \"inventory.velocity\", unit: days, meaning: m, min: 0, max: 99, source: s, date: d}\n",
		"with a tag":    "  - {name: days, value: !!float 10, unit: days, meaning: m, min: 0, max: 99, source: s, date: d}\n",
	} {
		k := account(t, map[string]string{"low.yaml": strings.Replace(low, thresholds, written, 1)})
		k.f.set("inventory.velocity", "DE/A", fact.Value{Num: 10})
		if got := k.proposals(t); got != "low" {
			t.Fatalf("%s: %q %v", name, got, k.e.Broken())
		}
		if _, err := k.SetThreshold(rules.SetThresholdInput{Policy: "low", Name: "days", Value: "4.5"}); err != nil {
			t.Fatal(err)
		}
		text := k.text(t, "low")
		d := k.save(t, strings.Replace(text, "It is low", "It is very low", 1), "")
		p := k.policy(t, "low")
		if len(d.Problems) > 0 || p.Version != 3 {
			t.Errorf("%s: version %d %v\n%s", name, p.Version, d.Problems, d.YAML)
			continue
		}
		for _, th := range p.Thresholds {
			want := map[string]float64{"days": 4.5, "other": 10}[th.Name]
			if th.Value == nil || *th.Value != want || th.From != "" {
				t.Errorf("%s: %+v\n%s", name, th, d.YAML)
			}
		}
	}
}
