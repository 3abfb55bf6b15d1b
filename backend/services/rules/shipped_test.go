package rules_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"purser/backend/core/fact"
	"purser/backend/services/rules"
)

// policyTests is a file of policies/tests.
type policyTests struct {
	Policy  string         `yaml:"policy"`
	Subject string         `yaml:"subject"`
	Facts   map[string]any `yaml:"facts"`
	Tests   []policyTest   `yaml:"tests"`
}

type policyTest struct {
	Name    string         `yaml:"name"`
	Facts   map[string]any `yaml:"facts"`
	Missing []string       `yaml:"missing"`
	Want    struct {
		Outcome  string   `yaml:"outcome"`
		Case     string   `yaml:"case"`
		Severity string   `yaml:"severity"`
		Title    *string  `yaml:"title"`
		Sentence *string  `yaml:"sentence"`
		Do       *string  `yaml:"do"`
		Label    *string  `yaml:"label"`
		Link     *string  `yaml:"link"`
		AtStake  *string  `yaml:"at_stake"`
		Due      *string  `yaml:"due"`
		Maturity string   `yaml:"maturity"`
		Units    *int     `yaml:"units"`
		Steps    int      `yaml:"steps"`
		Unknown  []string `yaml:"unknown"`
	} `yaml:"want"`
}

func (p policyTests) factsOf(t *testing.T, c policyTest) *fakeFacts {
	t.Helper()
	f := &fakeFacts{defs: definitions()}
	all := map[string]any{}
	for n, x := range p.Facts {
		all[n] = x
	}
	for n, x := range c.Facts {
		all[n] = x
	}
	for _, n := range c.Missing {
		delete(all, n)
	}
	for n, x := range all {
		d := definition(n)
		if d.Name == "" {
			t.Fatalf("there is no fact %s", n)
		}
		m := fact.Fresh
		if parts, ok := x.(map[string]any); ok {
			x = parts["value"]
			text, _ := parts["maturity"].(string)
			m = fact.Maturity(text)
		}
		v := value(d, p.Subject, x)
		v.Maturity = m
		f.set(n, p.Subject, v)
	}
	return f
}

func readPolicyTests(t *testing.T) map[string]policyTests {
	t.Helper()
	names, err := filepath.Glob("policies/tests/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]policyTests{}
	for _, n := range names {
		data, err := os.ReadFile(n)
		if err != nil {
			t.Fatal(err)
		}
		var p policyTests
		d := yaml.NewDecoder(strings.NewReader(string(data)))
		d.KnownFields(true)
		if err := d.Decode(&p); err != nil {
			t.Fatalf("%s: %v", n, err)
		}
		out[p.Policy] = p
	}
	return out
}

// Every shipped policy is tested as data: facts in, case out.
func TestShippedPolicies(t *testing.T) {
	t.Parallel()
	files, err := rules.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	policies, bad, err := rules.ReadPolicies(files)
	if err != nil || len(bad) > 0 {
		t.Fatal(bad, err)
	}
	tests := readPolicyTests(t)
	for _, p := range policies {
		if len(tests[p.Name].Tests) < 3 {
			t.Errorf("policy %s has %d tests, at least 3 are wanted", p.Name, len(tests[p.Name].Tests))
		}
		if p.Source == "" || p.Date == "" || p.Description == "" || p.Otherwise == "" {
			t.Errorf("policy %s needs source, date, description and otherwise", p.Name)
		}
	}
	for _, p := range tests {
		for _, c := range p.Tests {
			t.Run(p.Policy+"/"+c.Name, func(t *testing.T) {
				t.Parallel()
				checkPolicy(t, p, c)
			})
		}
	}
}

func checkPolicy(t *testing.T, p policyTests, c policyTest) {
	t.Helper()
	e := engine(t, p.factsOf(t, c), nil)
	for _, b := range e.Broken() {
		t.Fatal(b)
	}
	all, err := e.Explain(t.Context(), asOf, p.Subject, p.Policy)
	if err != nil || len(all) != 1 {
		t.Fatalf("%d explanations: %v", len(all), err)
	}
	x, w := all[0], c.Want
	if string(x.Outcome) != w.Outcome || x.Case != w.Case || !sameSet(x.Unknown, w.Unknown) {
		t.Fatalf("got %s %q, unknown %v; want %s %q, unknown %v", x.Outcome, x.Case, x.Unknown, w.Outcome, w.Case, w.Unknown)
	}
	if x.Proposal == nil {
		return
	}
	got := x.Proposal
	stake := got.AtStake.String()
	if got.AtStake.Currency == "" {
		stake = ""
	}
	for _, f := range []struct {
		name string
		got  string
		want *string
	}{
		{"title", got.Title, w.Title},
		{"sentence", got.Sentence, w.Sentence},
		{"do", got.Do, w.Do},
		{"label", got.Action.Label, w.Label},
		{"link", got.Action.Link, w.Link},
		{"at stake", stake, w.AtStake},
		{"due", got.Due.String(), w.Due},
	} {
		if f.want != nil && f.got != *f.want {
			t.Errorf("%s: got %q, want %q", f.name, f.got, *f.want)
		}
	}
	if w.Severity != "" && string(got.Severity) != w.Severity {
		t.Errorf("severity: got %s, want %s", got.Severity, w.Severity)
	}
	if w.Maturity != "" && string(got.Maturity) != w.Maturity {
		t.Errorf("maturity: got %s, want %s", got.Maturity, w.Maturity)
	}
	if w.Units != nil && got.Action.Units != *w.Units {
		t.Errorf("units: got %d, want %d", got.Action.Units, *w.Units)
	}
	if w.Steps != 0 && len(got.Action.Checklist) != w.Steps {
		t.Errorf("steps: got %d, want %d", len(got.Action.Checklist), w.Steps)
	}
	for _, text := range append([]string{got.Title, got.Sentence, got.Do, got.IfYouWait, got.Action.Label}, got.Action.Checklist...) {
		if strings.ContainsAny(text, "{}[]|") || strings.Contains(text, "  ") {
			t.Errorf("a text is not finished: %q", text)
		}
	}
}
