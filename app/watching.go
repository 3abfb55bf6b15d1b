package app

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"purser/backend/services/actions"
	"purser/backend/services/decisions"
)

// anchorFile holds ends of the audit outside the database.
const anchorFile = "audit.anchor"

const (
	// switchPulse is how often the file that stops everything is looked for.
	switchPulse = time.Second
	// auditEvery is how often the whole audit is checked while Purser runs, auditAgain how soon after it could not be.
	auditEvery = 24 * time.Hour
	auditAgain = time.Minute
)

// What the audit calls the two ends of the switch, as package actions writes them.
const (
	switchSubject = "stop"
	switchStopped = "stopped"
	switchRunning = "running"
)

// recordIn adds rows to an audit; the switch is noted once, whoever sees it first.
func recordIn(d *decisions.Service) func(context.Context, *sql.Tx, actions.Record) error {
	return func(ctx context.Context, tx *sql.Tx, r actions.Record) error {
		if r.Subject == switchSubject {
			return d.RecordChange(ctx, tx, decisions.Record(r))
		}
		return d.Record(ctx, tx, decisions.Record(r))
	}
}

// watchSwitch tells everyone within a second when the file that stops everything appears or vanishes, and notes it in
// the audit where it was not Purser's window that did it. What happened while Purser was closed is noted too.
func (s *session) watchSwitch(ctx context.Context) error {
	tick := time.NewTicker(switchPulse)
	defer tick.Stop()
	told, noted := s.actions.Stopped(), ""
	for seen := told; ; {
		stopped := s.actions.Stopped()
		if stopped != told {
			told = stopped
			s.acted()
		}
		// The window writes the file first and its row of the audit right after: a second look leaves it the time.
		if state := switchState(stopped); stopped == seen && state != noted {
			if err := s.noteSwitch(ctx, stopped); err != nil && ctx.Err() == nil {
				s.log.LogAttrs(ctx, slog.LevelError, "The switch was not noted in the audit", slog.String("error", err.Error()))
			} else {
				noted = state
			}
		}
		seen = stopped
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

func switchState(stopped bool) string {
	if stopped {
		return switchStopped
	}
	return switchRunning
}

// noteSwitch adds a row about the switch, unless the audit says so already; one that was never thrown is not noted.
func (s *session) noteSwitch(ctx context.Context, stopped bool) error {
	to := switchState(stopped)
	last, err := s.decisions.LastOf(ctx, switchSubject)
	if err != nil || last == to || last == "" && !stopped {
		return err
	}
	r := actions.Record{Subject: switchSubject, From: switchState(!stopped), To: to, Who: actions.Person, Reason: "the file " + stopFile + " was taken away"}
	if stopped {
		r.Reason = s.stopFileWords()
	}
	if err := s.ledger.Write(ctx, func(tx *sql.Tx) error { return recordIn(s.decisions)(ctx, tx, r) }); err != nil {
		return err
	}
	s.acted()
	return nil
}

func (s *session) stopFileWords() string {
	st, err := os.Stat(filepath.Join(s.dir, stopFile))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "the file " + stopFile + " was there for a moment"
	case err != nil:
		return "the file " + stopFile + " cannot be looked for: " + err.Error()
	}
	return "the file " + stopFile + " was made at " + st.ModTime().UTC().Format(time.RFC3339)
}

// soundness is what is known of the audit. Until it has been checked nothing acts by itself.
type soundness struct {
	known atomic.Int32 // actions.Soundness
	asked atomic.Bool
}

// sound says what is known of the audit.
func (s *session) sound() actions.Soundness {
	known := actions.Soundness(s.audit.known.Load())
	if known != actions.Whole {
		s.audit.asked.Store(true)
	}
	return known
}

// checkAudit checks the audit beside everything else: when the session begins, and once a day.
func (s *session) checkAudit(ctx context.Context) error {
	for {
		again := auditEvery
		r, err := s.decisions.Verify(ctx)
		if ctx.Err() != nil {
			return nil //nolint:nilerr // the session ends
		}
		found := actions.Whole
		switch {
		case err != nil:
			again, found = auditAgain, actions.Unchecked
			s.log.LogAttrs(ctx, slog.LevelError, "The audit could not be checked; nothing is done without asking", slog.String("error", err.Error()))
		case !r.Sound():
			found = actions.Broken
			s.log.LogAttrs(ctx, slog.LevelError, "The audit is not whole; nothing is done without asking", slog.String("faults", strings.Join(r.Faults, "; ")))
		}
		s.judged(found)
		wait := time.NewTimer(again)
		select {
		case <-ctx.Done():
			wait.Stop()
			return nil
		case <-wait.C:
		}
	}
}

// judged keeps what the check found. What was held back until then is judged again.
func (s *session) judged(found actions.Soundness) {
	s.audit.known.Store(int32(found))
	if found != actions.Whole || !s.audit.asked.Swap(false) {
		return
	}
	select {
	case s.kick <- struct{}{}:
	default: // one is already due
	}
}
