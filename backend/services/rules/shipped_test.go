package rules_test

import (
	"context"
	"io/fs"
	"path"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/services/rules"
)

// atLeast is how many tests every shipped policy has.
const atLeast = 5

// shippedPolicies gives the text of every shipped policy by its name.
func shippedPolicies(t *testing.T) map[string]string {
	t.Helper()
	files, err := rules.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	names, err := fs.Glob(files, "*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	out := map[string]string{}
	for _, n := range names {
		data, err := fs.ReadFile(files, n)
		if err != nil {
			t.Fatal(err)
		}
		out[strings.TrimSuffix(path.Base(n), ".yaml")] = string(data)
	}
	return out
}

// belonging says that campaigns and SKUs belong together, as the modules do, but of none which.
type belonging struct{}

// Relations implements fact.RelationProvider.
func (belonging) Relations() []fact.Relation {
	return []fact.Relation{{From: fact.Campaign, To: fact.SKU}}
}

// Related implements fact.RelationProvider.
func (belonging) Related(context.Context, fact.Relation, core.Day) (map[string][]string, error) {
	return map[string][]string{}, nil
}

func shippedEngine(t *testing.T) *rules.Engine {
	t.Helper()
	e, err := rules.New(rules.Options{Facts: &fakeFacts{defs: definitions()}, Relations: belonging{}})
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range e.Broken() {
		t.Error(b)
	}
	return e
}

// Every shipped policy is tested as data: facts in, decision out.
func TestShippedPolicies(t *testing.T) {
	t.Parallel()
	e := shippedEngine(t)
	for name, text := range shippedPolicies(t) {
		p, err := rules.ParsePolicy(name, []byte(text))
		if err != nil {
			t.Error(err)
			continue
		}
		if p.Name != name {
			t.Errorf("policy %s is in the file %s.yaml", p.Name, name)
		}
		if p.Source == "" || p.Date == "" || p.Description == "" || p.Otherwise == "" {
			t.Errorf("policy %s needs source, date, description and otherwise", name)
		}
		out, err := e.RunTests(t.Context(), rules.TestsInput{Policy: name})
		if err != nil || len(out.Problems) > 0 {
			t.Errorf("%s: %v %v", name, out.Problems, err)
			continue
		}
		if len(out.Results) < atLeast {
			t.Errorf("policy %s has %d tests, at least %d are wanted", name, len(out.Results), atLeast)
		}
		for _, r := range out.Results {
			if !r.Passed {
				t.Errorf("%s, %s: %s", name, r.Name, strings.Join(r.Wrong, "; "))
			}
		}
	}
}

// Every comparison and every connective of every shipped policy is turned around, one at a time. At least one test of
// the policy must notice.
func TestMutations(t *testing.T) {
	t.Parallel()
	e := shippedEngine(t)
	tried := 0
	for name, text := range shippedPolicies(t) {
		for _, m := range mutants(t, text) {
			tried++
			out, err := e.RunTests(t.Context(), rules.TestsInput{Policy: name, YAML: m.text})
			if err != nil || len(out.Problems) > 0 {
				t.Errorf("%s, %s: %v %v", name, m.what, out.Problems, err)
				continue
			}
			survived := true
			for _, r := range out.Results {
				survived = survived && r.Passed
			}
			if survived {
				t.Errorf("%s: no test notices %s", name, m.what)
			}
		}
	}
	if tried < 50 {
		t.Errorf("only %d mutants were tried", tried)
	}
	t.Logf("%d mutants", tried)
}

// mutant is a policy with one operator turned around.
type mutant struct{ what, text string }

// mutants turns around each operator of the conditions of a policy.
func mutants(t *testing.T, text string) []mutant {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatal(err)
	}
	var out []mutant
	for where, n := range conditions(doc.Content[0], "") {
		was := n.Value
		for _, c := range flips(was) {
			n.Value = c
			data, err := yaml.Marshal(&doc)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, mutant{where + " as " + strings.Join(strings.Fields(c), " "), string(data)})
		}
		n.Value = was
	}
	return out
}

// conditions finds the expressions that give yes or no, by where they are.
func conditions(n *yaml.Node, where string) map[string]*yaml.Node {
	out := map[string]*yaml.Node{}
	add := func(m map[string]*yaml.Node) {
		for k, v := range m {
			out[k] = v
		}
	}
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			key, value := n.Content[i].Value, n.Content[i+1]
			switch key {
			case "name":
				where += " " + value.Value
			case "scope", "when", "keep", "critical_when":
				out[strings.TrimSpace(where+" "+key)] = value
			default:
				add(conditions(value, where))
			}
		}
	case yaml.SequenceNode:
		for _, c := range n.Content {
			add(conditions(c, where))
		}
	case yaml.DocumentNode, yaml.ScalarNode, yaml.AliasNode:
	}
	return out
}

// flips gives an expression with each of its operators turned around, one at a time; texts in it stay.
func flips(expr string) []string {
	var out []string
	quote := byte(0)
	for i := 0; i < len(expr); i++ {
		switch c := expr[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
			continue
		case c == '\'' || c == '"':
			quote = c
			continue
		}
		for _, f := range [][2]string{{"<=", ">"}, {">=", "<"}, {"==", "!="}, {"!=", "=="}, {"&&", "||"}, {"||", "&&"}, {"<", ">="}, {">", "<="}} {
			if strings.HasPrefix(expr[i:], f[0]) {
				out = append(out, expr[:i]+f[1]+expr[i+len(f[0]):])
				i += len(f[0]) - 1
				break
			}
		}
	}
	return out
}

func TestFlips(t *testing.T) {
	t.Parallel()
	got := flips(`a <= b && c == "x < y" || d`)
	want := []string{`a > b && c == "x < y" || d`, `a <= b || c == "x < y" || d`, `a <= b && c != "x < y" || d`, `a <= b && c == "x < y" && d`}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}
