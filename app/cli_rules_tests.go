package app

import (
	"context"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"purser/backend/services/rules"
)

func (e *env) rulesTestCommand() *cobra.Command {
	var policy string
	c := &cobra.Command{
		Use:   "test [FILE…]",
		Short: "Run the tests of the policies: facts in, decision out",
		Long: "Without a file the shipped tests and your own are run. A FILE is a policy; its tests lie beside it in tests/, under the same name.\n" +
			"Exit status: 0 all passed, 1 some failed, 2 misuse.",
		RunE: func(c *cobra.Command, args []string) error {
			if policy != "" && len(args) > 0 {
				return misuse("rules test takes --policy or files, not both")
			}
			return e.with(c.Context(), false, func(s *session) error { return e.testRules(c.Context(), s, policy, args) })
		},
	}
	c.Flags().StringVar(&policy, "policy", "", "only this policy (default: all)")
	return c
}

// testRow is how the tests of a policy ended.
type testRow struct {
	Policy   string                `json:"policy"`
	File     string                `json:"file,omitempty"`
	Passed   int                   `json:"passed"`
	Failed   int                   `json:"failed"`
	Results  []rules.TestResult    `json:"results"`
	Problems []rules.ProblemOutput `json:"problems"`
}

func newTestRow(file string, out rules.TestsOutput) testRow {
	r := testRow{Policy: out.Policy, File: file, Results: out.Results, Problems: out.Problems}
	for _, x := range out.Results {
		if x.Passed {
			r.Passed++
		} else {
			r.Failed++
		}
	}
	return r
}

func (e *env) testRules(ctx context.Context, s *session, policy string, files []string) error {
	var rows []testRow
	var err error
	if len(files) > 0 {
		rows, err = testFiles(ctx, s, files)
	} else {
		rows, err = testKept(ctx, s, policy)
	}
	if err != nil {
		return err
	}
	if e.json {
		err = e.answer(rows)
	} else {
		e.printTests(rows)
	}
	for _, r := range rows {
		if err == nil && (r.Failed > 0 || len(r.Problems) > 0) {
			err = errRefused
		}
	}
	return err
}

// testKept runs the tests of the account's policies, or of one.
func testKept(ctx context.Context, s *session, policy string) ([]testRow, error) {
	all, err := s.rules.List(ctx)
	if err != nil {
		return nil, err
	}
	rows := []testRow{}
	for _, p := range all.Policies {
		if policy != "" && policy != p.Name {
			continue
		}
		out, err := s.rules.RunTests(ctx, rules.TestsInput{Policy: p.Name})
		if err != nil {
			return nil, err
		}
		rows = append(rows, newTestRow("", out))
	}
	if len(rows) == 0 {
		return nil, misuse("--policy: there is no policy %q", policy)
	}
	return rows, nil
}

// testFiles runs the tests that lie beside policy files.
func testFiles(ctx context.Context, s *session, files []string) ([]testRow, error) {
	rows := []testRow{}
	for _, f := range files {
		text, err := readText(f)
		if err != nil {
			return nil, err
		}
		beside := filepath.Join(filepath.Dir(f), "tests", filepath.Base(f))
		tests, err := readText(beside)
		if err != nil {
			return nil, err
		}
		out, err := s.rules.RunTests(ctx, rules.TestsInput{YAML: text, Tests: tests})
		if err != nil {
			return nil, err
		}
		rows = append(rows, newTestRow(f, out))
	}
	return rows, nil
}

func (e *env) printTests(rows []testRow) {
	passed, failed := 0, 0
	for _, r := range rows {
		passed, failed = passed+r.Passed, failed+r.Failed
		name := r.Policy
		if r.File != "" {
			name = r.File
		}
		switch {
		case len(r.Problems) > 0:
			e.print("✗ %s cannot be tested", name)
			e.sayProblems(name, r.Problems)
		case len(r.Results) == 0:
			e.print("– %s has no tests", name)
		case r.Failed == 0:
			e.print("✓ %s: %d passed", name, r.Passed)
		default:
			e.print("✗ %s: %d passed, %d failed", name, r.Passed, r.Failed)
		}
		for _, x := range r.Results {
			if !x.Passed {
				e.print("    %s: %s", x.Name, strings.Join(x.Wrong, "; "))
			}
		}
	}
	e.print("%d tests passed, %d failed", passed, failed)
}
