package app_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const ownPolicy = `name: mine
title: Mine
version: 1
subject: sku
cases:
  - name: first
    when: inventory.cover_days < 10.0
    severity: info
    title: It is low
    action: {kind: task, label: Do}
`

const ownTests = `policy: mine
subject: US/SKU-1
tests:
  - {name: low, facts: {inventory.cover_days: 5}, want: {outcome: decided, case: first}}
  - {name: enough, facts: {inventory.cover_days: 10}, want: {outcome: continue}}
`

func TestRulesAreExportedAndImported(t *testing.T) {
	t.Parallel()
	dir, in := t.TempDir(), t.TempDir()
	before, _ := cli(t, dir, 0, "rules", "export")
	file := write(t, in, "rules.yaml", before+"---\n"+ownPolicy)
	cli(t, dir, 0, "rules", "import", file)
	after, _ := cli(t, dir, 0, "rules", "export")
	if after != before+"---\n"+ownPolicy {
		t.Error("what goes in must come out")
	}
	if one, _ := cli(t, dir, 0, "rules", "export", "--policy", "mine"); one != ownPolicy {
		t.Errorf("one policy: %s", one)
	}
	type row struct {
		Policy       string
		Own, On      bool
		Error, Topic string
	}
	out, _ := cli(t, dir, 0, "rules", "list", "--json")
	own := 0
	for _, r := range decode[[]row](t, out) {
		if r.Error != "" {
			t.Errorf("%s: %s", r.Policy, r.Error)
		}
		if r.Own {
			own++
		}
	}
	if text, _ := cli(t, dir, 0, "rules", "list"); own != 1 || !strings.Contains(text, "on   mine ") {
		t.Errorf("%d own policies\n%s", own, text)
	}
	bad := write(t, in, "bad.yaml", strings.Replace(ownPolicy, "name: mine", "name: other", 1)+"---\n"+strings.Replace(ownPolicy, "inventory.cover_days", "inventory.nonsense", 1))
	if _, errs := cli(t, dir, 1, "rules", "import", bad); !strings.Contains(errs, "bad.yaml:18: policy mine case first when") || !strings.Contains(errs, "Nothing was kept") {
		t.Errorf("the place of the fault: %s", errs)
	}
	if again, _ := cli(t, dir, 0, "rules", "export"); again != after {
		t.Error("nothing may be kept of a file with a fault")
	}
	cli(t, dir, 1, "rules", "import", filepath.Join(in, "none.yaml"))
}

func TestRulesTest(t *testing.T) {
	t.Parallel()
	dir, in := t.TempDir(), t.TempDir()
	if err := os.Mkdir(filepath.Join(in, "tests"), 0o700); err != nil {
		t.Fatal(err)
	}
	file := write(t, in, "mine.yaml", ownPolicy)
	write(t, in, "tests/mine.yaml", ownTests)
	if out, _ := cli(t, dir, 0, "rules", "test", file); !strings.Contains(out, "2 tests passed, 0 failed") {
		t.Error(out)
	}
	write(t, in, "mine.yaml", strings.Replace(ownPolicy, "< 10.0", "<= 10.0", 1))
	if out, _ := cli(t, dir, 1, "rules", "test", file); !strings.Contains(out, "enough: outcome: got decided, want continue") {
		t.Error(out)
	}
	write(t, in, "mine.yaml", strings.Replace(ownPolicy, "inventory.cover_days", "inventory.nonsense", 1))
	if out, errs := cli(t, dir, 1, "rules", "test", file); !strings.Contains(out, "cannot be tested") || !strings.Contains(errs, "undeclared") {
		t.Error(out, errs)
	}
	if _, errs := cli(t, dir, 1, "rules", "test", write(t, in, "alone.yaml", ownPolicy)); !strings.Contains(errs, "cannot be read") {
		t.Error(errs)
	}
	for _, args := range [][]string{{"--policy", "nonsense"}, {"--policy", "default", file}} {
		cli(t, dir, 2, append([]string{"rules", "test"}, args...)...)
	}
	for _, args := range [][]string{{"import"}, {"export", "x"}, {"list", "x"}, {"backtest"}} {
		cli(t, dir, 2, append([]string{"rules"}, args...)...)
	}
}

// The shipped policies pass their tests on the facts that the modules really declare.
func TestShippedRulesPass(t *testing.T) {
	t.Parallel()
	type row struct {
		Policy         string
		Passed, Failed int
		Results        []struct {
			Name  string
			Wrong []string
		}
		Problems []struct{ Message string }
	}
	out, _ := cli(t, t.TempDir(), 0, "rules", "test", "--json")
	for _, r := range decode[[]row](t, out) {
		if r.Passed < 5 || r.Failed > 0 || len(r.Problems) > 0 {
			t.Errorf("%+v", r)
		}
	}
}
