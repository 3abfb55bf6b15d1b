package rules_test

import (
	"slices"
	"strings"
	"testing"

	"purser/backend/services/rules"
)

// oddText is sound YAML that Purser would not write so.
const oddText = `---
# head
"name": odd   # its name

title: 'Odd'
version: 1
subject: sku
colour: red
thresholds:
- name: days  # of cover
  # why
  value: 7    # one week
  unit: days
  meaning: >
    First line
    # no comment

    second line
  min: 0
  max: 30
  source: s
  date: d
# between
- {name: two, value: 1, unit: days, meaning: m, min: 0, max: 2, source: s, date: d}   # flow
cases:

- # behind the dash
  name: first
  when: |
    inventory.cover_days < threshold.days &&
    inventory.on_hand > 0
  severity: info
  title: It is so
  action:
      kind: task
      label: Do
      checklist: [one, two]
  # end of the case
# end
`

func TestOddLayoutsAreKept(t *testing.T) {
	t.Parallel()
	e := studio(t)
	first := read(t, e, oddText)
	if len(first.Problems) != 1 || first.Problems[0].Field != "colour" || first.Problems[0].Line != 8 {
		t.Fatalf("%+v", first.Problems)
	}
	if same := write(t, e, oddText, *first.Policy); same.YAML != oddText {
		t.Errorf("%q", changes(oddText, same.YAML))
	}
	for _, c := range []struct {
		name string
		do   func(*rules.PolicyModel)
		want []string
	}{
		{"value", func(m *rules.PolicyModel) { v := 9.0; m.Thresholds[0].Value = &v }, []string{"-  value: 7    # one week", "+  value: 9 # one week"}},
		{"first of an item", func(m *rules.PolicyModel) { m.Cases[0].Name = "other" }, []string{"-  name: first", "+  name: other"}},
		{"dash", func(m *rules.PolicyModel) { m.Thresholds[0].Name = "d" }, []string{"-- name: days  # of cover", "+- name: d # of cover"}},
		{"in a line", func(m *rules.PolicyModel) { m.Thresholds[1].Max = 3 }, []string{
			"-- {name: two, value: 1, unit: days, meaning: m, min: 0, max: 2, source: s, date: d}   # flow",
			"+- {name: two, value: 1, unit: days, meaning: m, min: 0, max: 3, source: s, date: d} # flow",
		}},
		{"deep", func(m *rules.PolicyModel) { m.Cases[0].ActionLabel = "Go" }, []string{"-      label: Do", "+      label: Go"}},
		{"new deep", func(m *rules.PolicyModel) { m.Cases[0].Units = "1.0" }, []string{"+      units: \"1.0\""}},
		{"one more case", func(m *rules.PolicyModel) {
			m.Cases = append(m.Cases, rules.CaseModel{Name: "more", When: rules.ConditionModel{Text: "true"}, Severity: "info", Title: "T", ActionKind: "task", ActionLabel: "L"})
		}, []string{
			"+- name: more", "+  when: \"true\"", "+  title: T", "+  action:", "+    kind: task", "+    label: L",
		}},
	} {
		m := *read(t, e, oddText).Policy
		c.do(&m)
		got := changes(oddText, write(t, e, oddText, m).YAML)
		if c.name == "one more case" { // severity: info and action: are there already
			got = slices.DeleteFunc(got, func(s string) bool { return s == "+  action:" })
			c.want = slices.DeleteFunc(c.want, func(s string) bool { return s == "+  action:" })
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s changes\n%s", c.name, strings.Join(got, "\n"))
		}
	}
	windows := strings.ReplaceAll(small("p", "", "inventory.cover_days < 1.0"), "\n", "\r\n")
	m := *read(t, e, windows).Policy
	m.Title = "Another"
	if d := write(t, e, windows, m); d.Policy.Title != "Another" || strings.Count(d.YAML, "\r\n") < strings.Count(windows, "\r\n")-1 {
		t.Errorf("%q", d.YAML)
	}
}

// The builder does not lose rows that are not complete yet.
func TestHalfARowStays(t *testing.T) {
	t.Parallel()
	e := studio(t)
	text := small("p", "", "inventory.cover_days < 1.0")
	m := *read(t, e, text).Policy
	half := rules.Condition{Kind: rules.CondAll, Parts: []rules.Condition{
		{Kind: rules.CondCompare, Parts: []rules.Condition{}, Left: "inventory.cover_days", Op: "<"}, {Kind: rules.CondFlag, Parts: []rules.Condition{}, Left: "listings.suppressed"},
	}}
	m.Cases[0].When = rules.ConditionModel{Tree: &half}
	d := write(t, e, text, m)
	if len(d.Problems) == 0 || d.Problems[0].Where != "case first" || d.Problems[0].Field != "when" {
		t.Errorf("it is half: %+v", d.Problems)
	}
	if w := d.Policy.Cases[0].When; w.Tree == nil || len(w.Tree.Parts) != 2 {
		t.Errorf("its rows are lost: %+v", w)
	}
	again := write(t, e, d.YAML, *d.Policy)
	if again.YAML != d.YAML || again.Policy.Cases[0].When.Tree == nil {
		t.Errorf("it changed by itself: %s", again.YAML)
	}
}
