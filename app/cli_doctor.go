package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"purser/backend/services/modulehost"
)

// check is one line of the doctor's answer.
type check struct {
	Name   string `json:"name"`
	OK     bool   `json:"ok"`
	Detail string `json:"detail"`
}

func (e *env) doctorCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "Check the data folder, the database files, every module and every rule",
		Long:  "Exit status: 0 all is well, 1 something is not.",
		Args:  noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return e.with(c.Context(), false, func(s *session) error { return e.doctor(c.Context(), s) })
		},
	}
}

func noArgs(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return misuse("%s takes no %q", c.CommandPath(), args[0])
	}
	return nil
}

func (e *env) doctor(ctx context.Context, s *session) error {
	checks := []check{folderCheck(s.dir)}
	for name, db := range map[string]interface {
		Check(context.Context) ([]string, error)
	}{"market.db": s.market, "ledger.db": s.ledger} {
		found, err := db.Check(ctx)
		c := check{Name: name, OK: err == nil && len(found) == 0, Detail: "sound"}
		if err != nil {
			c.Detail = err.Error()
		} else if len(found) > 0 {
			c.Detail = fmt.Sprintf("damaged: %v. Copy the folder away, then run purser rebuild.", found)
		}
		checks = append(checks, c)
	}
	for _, m := range modulehost.Cards(s.host) {
		c := check{Name: "module " + m.Name, OK: m.State == string(modulehost.Running), Detail: m.State}
		if m.Reason != "" {
			c.Detail += ": " + m.Reason
		}
		checks = append(checks, c)
	}
	checks = append(checks, s.auditCheck(ctx), s.rulesCheck())
	docs, err := s.ingest.Count(ctx)
	if err != nil {
		return err
	}
	checks = append(checks, check{Name: "documents", OK: true, Detail: fmt.Sprintf("%d kept", docs)})
	bad := 0
	for _, c := range checks {
		if !c.OK {
			bad++
		}
	}
	if e.json {
		if err := e.answer(map[string]any{"data_dir": s.dir, "version": Version, "checks": checks}); err != nil {
			return err
		}
	} else {
		for _, c := range checks {
			mark := "✓"
			if !c.OK {
				mark = "✗"
			}
			e.print("%s %-22s %s", mark, c.Name, c.Detail)
		}
	}
	if bad > 0 {
		e.say("%d of %d checks failed", bad, len(checks))
		return errRefused
	}
	return nil
}

// folderCheck makes sure that only its owner can read the data.
func folderCheck(dir string) check {
	c := check{Name: "data folder", OK: true, Detail: dir}
	for _, f := range []string{"market.db", "ledger.db"} {
		st, err := os.Stat(filepath.Join(dir, f))
		if err != nil {
			return check{Name: c.Name, Detail: err.Error()}
		}
		if st.Mode().Perm()&0o077 != 0 && os.PathSeparator == '/' {
			return check{Name: c.Name, Detail: fmt.Sprintf("%s can be read by others (mode %o)", f, st.Mode().Perm())}
		}
	}
	return c
}

func (s *session) auditCheck(ctx context.Context) check {
	r, err := s.decisions.Verify(ctx)
	switch {
	case err != nil:
		return check{Name: "audit log", Detail: err.Error()}
	case !r.Sound():
		return check{Name: "audit log", Detail: "was changed from outside: " + strings.Join(r.Faults, "; ")}
	case r.Rows == 0:
		return check{Name: "audit log", OK: true, Detail: "no rows yet"}
	case r.Anchored == 0:
		return check{Name: "audit log", OK: true, Detail: fmt.Sprintf("chain of %d rows unbroken, not anchored outside the database yet", r.Rows)}
	}
	return check{Name: "audit log", OK: true, Detail: fmt.Sprintf("chain of %d rows unbroken, anchored up to row %d", r.Rows, r.Anchored)}
}

func (s *session) rulesCheck() check {
	if broken := s.rules.Broken(); len(broken) > 0 {
		return check{Name: "rules", Detail: fmt.Sprint(broken)}
	}
	return check{Name: "rules", OK: true, Detail: "all compile"}
}

func (e *env) rebuildCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "rebuild",
		Short: "Make all tables anew from the documents that were kept",
		Args:  noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return e.with(c.Context(), true, func(s *session) error {
				n, err := s.ingest.Rebuild(c.Context(), e.progress())
				if err != nil {
					return err
				}
				if e.json {
					return e.answer(map[string]int{"documents": n})
				}
				e.print("%d documents stored again", n)
				return nil
			})
		},
	}
}
