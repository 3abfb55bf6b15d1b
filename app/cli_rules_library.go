package app

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"purser/backend/core"
	"purser/backend/services/rules"
)

func (e *env) rulesListCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List every policy: on or off, its version, and what it is about",
		Args:  noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return e.with(c.Context(), false, func(s *session) error { return e.listRules(c.Context(), s) })
		},
	}
}

// ruleRow is a policy as the command line lists it.
type ruleRow struct {
	Policy  string   `json:"policy"`
	Title   string   `json:"title"`
	Version int      `json:"version"`
	Subject string   `json:"subject"`
	Topic   string   `json:"topic"`
	Stage   string   `json:"stage"` // guard or propose
	On      bool     `json:"on"`
	Own     bool     `json:"own"`     // the seller wrote it
	Changed bool     `json:"changed"` // it differs from the shipped one
	Cases   []string `json:"cases"`
	Error   string   `json:"error"` // why it does not run
}

func (e *env) listRules(ctx context.Context, s *session) error {
	all, err := s.rules.List(ctx)
	if err != nil {
		return err
	}
	rows := []ruleRow{}
	for _, p := range all.Policies {
		r := ruleRow{
			Policy: p.Name, Title: p.Title, Version: p.Version, Subject: p.Subject, Topic: p.Topic, Stage: p.Stage, On: !p.Off,
			Own: p.Own, Changed: p.Changed, Cases: []string{}, Error: p.LastError,
		}
		for _, c := range p.Cases {
			r.Cases = append(r.Cases, c.Name)
		}
		rows = append(rows, r)
	}
	if e.json {
		return e.answer(rows)
	}
	for _, r := range rows {
		e.print("%-4s %-28s v%-4d %-13s %-8s %-8s %s", r.state(), r.Policy, r.Version, r.Subject, r.Stage, r.origin(), cmp.Or(r.Error, r.Title))
	}
	return nil
}

func (r ruleRow) state() string {
	switch {
	case r.Error != "":
		return "err"
	case r.On:
		return "on"
	}
	return "off"
}

func (r ruleRow) origin() string {
	switch {
	case r.Own:
		return "yours"
	case r.Changed:
		return "changed"
	}
	return "shipped"
}

func (e *env) rulesExportCommand() *cobra.Command {
	var policy string
	c := &cobra.Command{
		Use:   "export",
		Short: "Write the rules as YAML, one document each",
		Args:  noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return e.with(c.Context(), false, func(s *session) error {
				text, err := s.rules.Text(c.Context(), policy)
				if err != nil {
					return err
				}
				if e.json {
					return e.answer(rules.TextInput{YAML: text})
				}
				_, err = fmt.Fprint(e.out, text)
				return err
			})
		},
	}
	c.Flags().StringVar(&policy, "policy", "", "only this policy (default: all)")
	return c
}

func (e *env) rulesImportCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "import FILE",
		Short: "Keep the policies of a YAML file, all of them or none",
		Long:  "A policy of a name that is there becomes its new version.\nExit status: 0 all kept, 1 something is wrong with one and none is kept, 2 misuse.",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return misuse("rules import needs one file")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			text, err := readText(args[0])
			if err != nil {
				return err
			}
			return e.with(c.Context(), true, func(s *session) error {
				out, err := s.rules.Import(c.Context(), text)
				if err != nil {
					return err
				}
				return e.imported(args[0], out)
			})
		},
	}
}

func (e *env) imported(file string, out rules.ImportOutput) error {
	if e.json {
		if err := e.answer(out); err != nil {
			return err
		}
	} else {
		for _, p := range out.Kept {
			e.print("%s · %s", p.Name, p.Title)
		}
	}
	if len(out.Problems) == 0 {
		return nil
	}
	e.sayProblems(file, out.Problems)
	e.say("Nothing was kept. Mend what is named and import the file again.")
	return errRefused
}

func (e *env) sayProblems(file string, all []rules.ProblemOutput) {
	for _, p := range all {
		where := file
		if p.Line > 0 {
			where = fmt.Sprintf("%s:%d", file, p.Line)
		}
		e.say("%s: %s", where, strings.TrimPrefix(strings.TrimSpace(p.Where+" "+p.Field)+": "+p.Message, ": "))
	}
}

func readText(file string) (string, error) {
	data, err := os.ReadFile(filepath.Clean(file))
	if err != nil {
		return "", core.Invalid("rules", file+" cannot be read.", "Check the name and that you may read the file.")
	}
	return string(data), nil
}
