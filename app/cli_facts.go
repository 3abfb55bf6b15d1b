package app

import (
	"context"
	"sort"
	"strings"

	"github.com/spf13/cobra"

	"purser/backend/core/fact"
	"purser/backend/services/modulehost"
)

// factRow is one line of the facts command.
type factRow struct {
	Subject  string        `json:"subject"`
	Name     string        `json:"name"`
	Value    any           `json:"value"` // number, string, bool; null if not known; money in minor units
	Unit     string        `json:"unit"`  // money: the currency
	AsOf     string        `json:"as_of"`
	Maturity fact.Maturity `json:"maturity"`
	Source   string        `json:"source"`
	Note     string        `json:"note,omitempty"`
}

func (e *env) factsCommand() *cobra.Command {
	var subject, asOf, name string
	c := &cobra.Command{
		Use:   "facts",
		Short: "List facts with unit, as-of, maturity and source",
		Args:  noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return e.with(c.Context(), false, func(s *session) error {
				return e.facts(c.Context(), s, fact.SubjectKind(subject), asOf, name)
			})
		},
	}
	c.Flags().StringVar(&subject, "subject", "", "kind of subject: sku, marketplace, campaign, search_term, health_metric (default: all)")
	c.Flags().StringVar(&asOf, "as-of", "", "day, YYYY-MM-DD (default: today)")
	c.Flags().StringVar(&name, "name", "", "only facts whose name begins with this")
	return c
}

func (e *env) facts(ctx context.Context, s *session, kind fact.SubjectKind, asOf, prefix string) error {
	day, err := s.dayFlag(asOf)
	if err != nil {
		return err
	}
	defs := map[string]fact.Definition{}
	kinds := map[fact.SubjectKind]bool{}
	var names []string
	for _, d := range s.host.Definitions() {
		kinds[d.Subject] = true
		if (kind == "" || d.Subject == kind) && strings.HasPrefix(d.Name, prefix) {
			defs[d.Name] = d
			names = append(names, d.Name)
		}
	}
	if kind != "" && !kinds[kind] {
		return misuse("--subject: there are no facts about %q", kind)
	}
	rows := []factRow{}
	if len(names) > 0 {
		cols, err := s.host.Columns(ctx, fact.Query{AsOf: day, Names: names})
		if err != nil {
			return err
		}
		for _, c := range cols {
			for subject, v := range c.Values {
				rows = append(rows, newFactRow(defs[c.Name], subject, v))
			}
		}
	}
	sort.Slice(rows, func(i, j int) bool {
		return rows[i].Subject < rows[j].Subject || rows[i].Subject == rows[j].Subject && rows[i].Name < rows[j].Name
	})
	if e.json {
		return e.answer(rows)
	}
	for _, r := range rows {
		text := "?"
		if r.Value != nil {
			text = toText(r.Value)
		}
		e.print("%-28s %-40s %14s %-8s %-10s %-9s %s", r.Subject, r.Name, text, r.Unit, r.AsOf, r.Maturity, r.Note)
	}
	return nil
}

func newFactRow(d fact.Definition, subject string, v fact.Value) factRow {
	r := factRow{Subject: subject, Name: d.Name, Unit: d.Unit, AsOf: v.AsOf.String(), Maturity: v.Maturity, Source: v.Source, Note: v.Note}
	if !v.Known() {
		r.Maturity = fact.Missing
		return r
	}
	switch d.Type {
	case fact.Money:
		r.Value, r.Unit = v.Money.Minor, string(v.Money.Currency)
	case fact.Flag:
		r.Value = v.Flag
	case fact.Text:
		r.Value = v.Text
	case fact.Count:
		r.Value = int64(v.Num)
	default:
		r.Value = v.Num
	}
	return r
}

func toText(v any) string {
	switch t := v.(type) {
	case string:
		return t
	case bool:
		return modulehost.Format(fact.Definition{Type: fact.Flag}, fact.Value{Flag: t, Maturity: fact.Fresh})
	}
	return csvCell(v)
}
