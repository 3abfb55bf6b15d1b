package app

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"purser/backend/core"
	"purser/backend/platform/secrets"
	"purser/backend/services/jobs"
)

// passphraseVar may hold the passphrase of a vault that is not in the keychain, where nobody is there to type it.
const passphraseVar = "PURSER_PASSPHRASE" //nolint:gosec // the name of it

func (e *env) ingestCommand() *cobra.Command {
	var whole bool
	var limit time.Duration
	c := &cobra.Command{
		Use:   "ingest",
		Short: "Fetch from Amazon what is due, through the API access that is connected",
		Long: "Asks for what is new until every stream has it or says what stands in its way, and judges it. What it began and did not end goes on\n" +
			"the next time, here or in the window. A vault behind a passphrase takes it from " + passphraseVar + ".\n" +
			"Exit status: 0 up to date, 1 something stands in the way, 2 misuse.",
		Example: "  purser ingest\n  purser ingest --whole --for 8h",
		Args:    noArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return e.with(c.Context(), true, func(s *session) error { return e.ingest(c.Context(), s, whole, limit) })
		},
	}
	c.Flags().BoolVar(&whole, "whole", false, "wait for the whole past too, which takes Amazon hours")
	c.Flags().DurationVar(&limit, "for", 30*time.Minute, "stop after so long at the latest")
	return c
}

func (e *env) ingest(ctx context.Context, s *session, whole bool, limit time.Duration) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	if err := s.admit(ctx, secrets.NewText(os.Getenv(passphraseVar))); err != nil { //nolint:forbidigo // app reads the environment
		return err
	}
	have, err := s.accounts.Overview(ctx)
	switch {
	case err != nil:
		return err
	case len(have.Connections) == 0:
		return core.Invalid("ingest", "Nothing is connected.", "Connect your API access under Connect, in the window or with purser serve; files are taken in by purser import.")
	}
	began := s.clk.Now()
	done := make(chan error, 1)
	s.tree.Go("ingest", func() error { return s.jobs.Run(ctx) }, func(err error) { done <- err })
	e.follow(ctx, s, began, whole)
	cancel()
	if err := <-done; err != nil {
		return err
	}
	last := context.WithoutCancel(ctx) // what came in is judged though the time is up
	if err := s.evaluate(last); err != nil {
		return err
	}
	return e.ingested(s, began, whole)
}

// follow says how far it is until all that is due is here, or the time is up.
func (e *env) follow(ctx context.Context, s *session, began time.Time, whole bool) {
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	said := ""
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if p := s.jobs.Progress(); p.Text != said && !e.json {
			said = p.Text
			e.say(said)
		}
		all := s.jobs.Streams()
		if len(all) > 0 && !slices.ContainsFunc(all, func(o jobs.StreamOutput) bool { return awaited(o, began, whole) }) {
			return
		}
	}
}

// awaited says whether a stream has yet to bring what is due.
func awaited(o jobs.StreamOutput, began time.Time, whole bool) bool {
	switch o.State {
	case "waiting", "running", "throttled":
	case "filling":
		return whole
	default:
		return false
	}
	if whole || o.LastSuccess == "" {
		return true
	}
	// It fills the past: what is new came with this run, or before it and is not due again.
	at, err := time.Parse(time.RFC3339, o.LastSuccess)
	next, err2 := time.Parse(time.RFC3339, o.NextRun)
	return err != nil || at.Before(began) && (err2 != nil || !next.After(began))
}

// ingestAnswer is what came in and what did not.
type ingestAnswer struct {
	Progress jobs.ProgressOutput `json:"progress"`
	Streams  []jobs.StreamOutput `json:"streams"`
	Missing  int                 `json:"missing"` // streams that something stands in the way of
}

func (e *env) ingested(s *session, began time.Time, whole bool) error {
	a := ingestAnswer{Progress: s.jobs.Progress(), Streams: s.jobs.Streams()}
	for _, o := range a.Streams {
		if o.State == "fresh" || o.State == "filling" && !whole || o.State == "running" && !awaited(o, began, whole) {
			continue
		}
		a.Missing++
		if !e.json {
			e.print("%s %s: %s", o.Title, cmpPlace(o), o.Text)
		}
	}
	if e.json {
		if err := e.answer(a); err != nil {
			return err
		}
	} else {
		e.print("%s", a.Progress.Text)
	}
	if a.Missing > 0 {
		return core.Unavailable("ingest", fmt.Sprintf("%s not up to date.", isAre(a.Missing)), nil)
	}
	return nil
}

func cmpPlace(o jobs.StreamOutput) string {
	if o.Marketplace != "" {
		return o.Marketplace
	}
	return o.Region
}

func isAre(n int) string {
	if n == 1 {
		return "1 stream is"
	}
	return fmt.Sprintf("%d streams are", n)
}
