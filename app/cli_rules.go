package app

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"purser/backend/core/decision"
	"purser/backend/services/rules"
)

func (e *env) rulesCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "rules",
		Short: "List, test, export and import the rules; ask them why, and why not",
		Args:  noArgs,
		RunE: func(*cobra.Command, []string) error {
			return misuse("rules needs a command: list, explain, test, backtest, export or import")
		},
	}
	c.AddCommand(e.rulesListCommand(), e.explainCommand(), e.rulesTestCommand(), e.backtestCommand(), e.rulesExportCommand(), e.rulesImportCommand())
	return c
}

func (e *env) explainCommand() *cobra.Command {
	var subject, policy, asOf string
	c := &cobra.Command{
		Use:   "explain",
		Short: "Show every case of a policy for a subject, with each value, and which case decided",
		Args:  noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if subject == "" {
				return misuse("explain needs --subject, such as SKU-104 or US/SKU-104")
			}
			return e.with(c.Context(), false, func(s *session) error {
				return e.explain(c.Context(), s, subject, policy, asOf)
			})
		},
	}
	c.Flags().StringVar(&subject, "subject", "", "what to explain: SKU-104, US/SKU-104, US/late_shipment_rate, …")
	c.Flags().StringVar(&policy, "policy", "", "only this policy (default: all about such a subject)")
	c.Flags().StringVar(&asOf, "as-of", "", "day, YYYY-MM-DD (default: today)")
	return c
}

// explanationRow is an explanation as the command line answers it.
type explanationRow struct {
	Policy  string    `json:"policy"`
	Title   string    `json:"title"`
	Version int       `json:"version"`
	Subject string    `json:"subject"`
	AsOf    string    `json:"as_of"`
	Outcome string    `json:"outcome"` // decided, continue, cant_tell, out_of_scope
	Case    string    `json:"case"`    // the deciding one
	Summary string    `json:"summary"`
	Cases   []caseRow `json:"cases"`
	Unknown []string  `json:"unknown"`
}

type caseRow struct {
	Case   string          `json:"case"`
	When   string          `json:"when"`
	Result decision.Result `json:"result"`
	Note   string          `json:"note"`
	Why    []decision.Why  `json:"why"`
}

func newExplanationRow(x rules.Explanation) explanationRow {
	r := explanationRow{
		Policy: x.Policy, Title: x.PolicyTitle, Version: x.Version, Subject: x.Subject, AsOf: x.AsOf.String(),
		Outcome: string(x.Outcome), Case: x.Case, Summary: x.Summary, Cases: []caseRow{}, Unknown: append([]string{}, x.Unknown...),
	}
	for _, c := range x.Cases {
		r.Cases = append(r.Cases, caseRow{c.Name, c.When, c.Result, c.Note, append([]decision.Why{}, c.Lines...)})
	}
	return r
}

func (e *env) explain(ctx context.Context, s *session, subject, policy, asOf string) error {
	day, err := s.dayFlag(asOf)
	if err != nil {
		return err
	}
	all, err := s.rules.Explain(ctx, day, subject, policy)
	if err != nil {
		return err
	}
	rows := []explanationRow{}
	for _, x := range all {
		rows = append(rows, newExplanationRow(x))
	}
	if e.json {
		return e.answer(rows)
	}
	for _, r := range rows {
		e.print("%s · %s (version %d): %s", r.Subject, r.Title, r.Version, r.Summary)
		for _, c := range r.Cases {
			e.print("  %s %s: %s  %s", mark(c.Result), c.Case, c.When, c.Note)
			for _, w := range c.Why {
				e.whyLine(w, "    ")
			}
		}
	}
	return nil
}

func mark(r decision.Result) string {
	switch r {
	case decision.True:
		return "✓"
	case decision.False:
		return "✗"
	case decision.Unknown:
		return "?"
	default: // not needed
		return "–"
	}
}

func (e *env) whyLine(w decision.Why, indent string) {
	text := w.Text
	if text == "" {
		text = w.Expression
	}
	value := strings.TrimSpace(w.Value + " " + w.Unit)
	if value == string(decision.True) || value == string(decision.False) {
		value = "" // the mark says it
	}
	e.print("%s%s%s %-60s %-16s %s", indent, strings.Repeat("  ", w.Depth), mark(w.Result), text, value, w.AsOf)
}
