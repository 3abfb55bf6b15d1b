package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"purser/backend/core"
	"purser/backend/platform/sqlite"
	"purser/backend/services/actions"
	"purser/backend/services/decisions"
)

// errUnread ends a command with status 2 after it has said everything itself: what it was to judge cannot be read.
var errUnread = errors.New("unread")

func (e *env) auditCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "audit",
		Short: "Check the log of everything that was decided and done",
		Args:  noArgs,
		RunE:  func(*cobra.Command, []string) error { return misuse("audit needs one of: verify, head, anchor") },
	}
	c.AddCommand(e.auditVerifyCommand(), e.auditHeadCommand(), e.auditAnchorCommand())
	return c
}

func (e *env) auditVerifyCommand() *cobra.Command {
	var notes []string
	c := &cobra.Command{
		Use:   "verify",
		Short: "Say whether a row of the audit was changed, taken away or added",
		Long: "Goes along the whole chain, and holds it against the file " + anchorFile + ", against the state of every decision and action, and against\n" +
			"what purser audit head printed on an earlier day. It only reads, also beside an open window.\nExit status: 0 sound, 1 not, 2 it cannot be read.",
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error { return e.auditVerify(c.Context(), notes) },
	}
	c.Flags().StringArrayVar(&notes, "head", nil, "SEQ:HASH that purser audit head printed earlier; may be given several times")
	return c
}

func (e *env) auditVerify(ctx context.Context, notes []string) error {
	heads := make([]decisions.Head, 0, len(notes))
	for _, n := range notes {
		h, err := decisions.ParseHead(n)
		if err != nil {
			return misuse("--head: %v", err)
		}
		heads = append(heads, h)
	}
	var r decisions.Report
	err := e.withAudit(ctx, false, func(s *decisions.Service) (err error) {
		r, err = s.Verify(ctx, heads...)
		return err
	})
	if err != nil {
		e.say("The audit cannot be read: %s", core.AsError(err).Error())
		return errUnread
	}
	if e.json {
		if err := e.answer(r.Output()); err != nil {
			return err
		}
	} else {
		e.printReport(r.Output())
	}
	if !r.Sound() {
		return errRefused
	}
	return nil
}

func (e *env) printReport(r decisions.VerifyOutput) {
	if r.Sound {
		e.print("✓ The audit is whole.")
	} else {
		e.print("✗ The audit is not whole:")
		for _, f := range r.Faults {
			e.print("  - %s", f)
		}
	}
	switch {
	case r.Rows > 0:
		e.print("%s from %s to %s; it ends with %s", plural(r.Rows, "row"), r.First, r.Last, r.Head)
	case r.Sound:
		e.print("It has no rows yet.")
	}
	switch {
	case r.Anchored > 0:
		e.print("%s held against the file %s, the newest of row %d", plural(int64(r.Anchors), "row"), anchorFile, r.Anchored)
	case r.Sound && r.Rows > 0:
		e.print("It is not anchored outside the database yet.")
	}
	if r.Notes > 0 {
		e.print("%s held against what was written down", plural(int64(r.Notes), "row"))
	}
	if r.Anew > 0 {
		e.print("The file %s was begun anew %s, as its rows say.", anchorFile, plural(int64(r.Anew), "time"))
	}
	if !r.Sound {
		e.print("Something else than Purser wrote to its files, or an older copy was put back. Until the audit is whole nothing is done without asking.")
		e.print("Compare with a copy of the folder. Where you know why %s is lost or does not fit: purser audit anchor.", anchorFile)
	}
}

func plural(n int64, of string) string {
	if n == 1 {
		return "1 " + of
	}
	return fmt.Sprintf("%d %ss", n, of)
}

func (e *env) auditHeadCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "head",
		Short: "Print the end of the audit, to be written down or mailed to yourself",
		Long:  "The end stands for all rows before it. Whoever changes one of them later is found by purser audit verify --head SEQ:HASH.",
		Args:  noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return e.withAudit(c.Context(), false, func(s *decisions.Service) error {
				h, err := s.Head(c.Context())
				if err != nil {
					return err
				}
				if h.Seq == 0 {
					return core.NotFound("decisions", "The audit has no rows yet.")
				}
				if e.json {
					return e.answer(map[string]any{"head": h.String(), "seq": h.Seq, "hash": h.Hash})
				}
				e.print("%s", h)
				return nil
			})
		},
	}
}

func (e *env) auditAnchorCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "anchor",
		Short: "Begin the file " + anchorFile + " anew after it was lost; the audit notes that",
		Long: "For when you know why the file was lost or does not fit: it was deleted by mistake, or an older copy of the database was put back.\n" +
			"A row of the audit says so for good. Purser's window must be closed.",
		Args: noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return e.withAudit(c.Context(), true, func(s *decisions.Service) error {
				kept, err := s.AnchorAnew(c.Context())
				if err != nil {
					return err
				}
				if e.json {
					return e.answer(map[string]string{"kept": kept})
				}
				e.print("%s is begun anew, and the audit says so.", anchorFile)
				if kept != "" {
					e.print("The old one is kept as %s.", kept)
				}
				return nil
			})
		},
	}
}

// withAudit opens the ledger alone, without modules and rules: the audit can be read when they cannot.
func (e *env) withAudit(ctx context.Context, write bool, fn func(*decisions.Service) error) (err error) {
	dir, err := e.folder()
	if err != nil {
		return err
	}
	if write {
		held, err := acquire(dir)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, held.release()) }()
	}
	path := filepath.Join(dir, "ledger.db")
	if _, err := os.Stat(path); err != nil {
		return core.NotFound("app", "There is no ledger.db in "+dir+".")
	}
	db, err := sqlite.Open(ctx, path, sqlite.Options{Durable: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	s, err := decisions.Open(ctx, decisions.Options{DB: db, Clock: e.clk, Anchor: filepath.Join(dir, anchorFile)})
	if err != nil {
		return err
	}
	// Actions are opened without executors, for the states that they are in.
	out, err := actions.Open(ctx, actions.Options{
		DB: db, Clock: e.clk, Log: slog.New(slog.DiscardHandler), Record: recordIn(s), StopFile: filepath.Join(dir, stopFile),
	})
	if err != nil {
		return err
	}
	s.Use(out)
	return fn(s)
}
