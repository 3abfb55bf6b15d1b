package actions

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"purser/backend/core"
	"purser/backend/core/action"
)

// Alert is something that a person must know of at once.
type Alert struct {
	Key   string // stable: "actions:stopped:review.request"
	Title string
	Text  string // what happened and what to do
}

// StoppedKind is a kind of action of which nothing more begins until a person lets it go on.
type StoppedKind struct {
	Kind, Title string
	Reason      string // in words, of the one who takes nothing more
	Since       time.Time
}

// The states of a kind, as the audit names them.
const (
	kindRuns    = "running"
	kindStopped = "stopped"
)

func kindSubject(kind string) string { return "kind:" + kind }

// heard stops a kind if an answer says that nothing of it is taken any more.
func (s *Service) heard(ctx context.Context, k action.Kind, answer error) {
	var stopped *action.KindStoppedError
	if !errors.As(answer, &stopped) {
		return
	}
	if err := s.stopKind(context.WithoutCancel(ctx), k, stopped.Reason); err != nil {
		s.o.Log.LogAttrs(ctx, slog.LevelError, "A kind of action was not stopped", slog.String("kind", k.Name), slog.String("error", err.Error()))
	}
}

// stopKind keeps further actions of a kind from beginning, and tells a person once.
func (s *Service) stopKind(ctx context.Context, k action.Kind, reason string) error {
	fresh := false
	err := s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		fresh = false
		done, err := tx.ExecContext(ctx, s.q["StopKind"], k.Name, reason, s.now().Unix())
		if err != nil {
			return fmt.Errorf("stop %s: %w", k.Name, err)
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return err // it is stopped already
		}
		fresh = true
		return s.o.Record(ctx, tx, Record{Subject: kindSubject(k.Name), From: kindRuns, To: kindStopped, Who: Purser, Reason: reason})
	})
	if err != nil || !fresh {
		return err
	}
	s.o.Changed()
	s.o.Alert(ctx, Alert{
		Key: "actions:stopped:" + k.Name, Title: fmt.Sprintf("“%s” is stopped", k.Title),
		Text: reason + " Nothing more of this kind is done until you let it go on, under Settings, Guardrails.",
	})
	return nil
}

// ResumeKind lets a kind go on that was stopped. Of one that is not nothing changes.
func (s *Service) ResumeKind(ctx context.Context, kind, who string) error {
	if _, err := s.executor(kind); err != nil {
		return err
	}
	defer func() { s.o.Changed(); s.Kick() }()
	return s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, s.q["ResumeKind"], kind)
		if err != nil {
			return fmt.Errorf("let %s go on: %w", kind, err)
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return err
		}
		return s.o.Record(ctx, tx, Record{Subject: kindSubject(kind), From: kindStopped, To: kindRuns, Who: who, Reason: "let go on by " + who})
	})
}

// StoppedKinds lists the kinds that are stopped, in the order of the executors.
func (s *Service) StoppedKinds(ctx context.Context) ([]StoppedKind, error) {
	all, err := s.stoppedKinds(ctx, s.o.DB.Reader())
	if err != nil {
		return nil, err
	}
	var out []StoppedKind
	for _, k := range s.kinds {
		if one, ok := all[k.Name]; ok {
			one.Title = k.Title
			out = append(out, one)
		}
	}
	return out, nil
}

func (s *Service) stoppedKinds(ctx context.Context, db querier) (map[string]StoppedKind, error) {
	out := map[string]StoppedKind{}
	_, err := collect(ctx, db, s.q["StoppedKinds"], func(sc scanner) (int64, error) {
		var one StoppedKind
		var since int64
		err := sc.Scan(&one.Kind, &one.Reason, &since)
		one.Since = time.Unix(since, 0).UTC()
		out[one.Kind] = one
		return since, err
	})
	return out, err
}

// kindHalted says why nothing of a kind begins; "" if it may.
func (s *Service) kindHalted(ctx context.Context, db querier, kind string) (string, error) {
	all, err := s.stoppedKinds(ctx, db)
	one, stopped := all[kind]
	if err != nil || !stopped {
		return "", err
	}
	return fmt.Sprintf("Nothing of this kind is done since %s: %s It goes on when you let it.", one.Since.Format("2 Jan, 15:04 UTC"), one.Reason), nil
}

// ResumeKindInput names a kind of action that was stopped.
type ResumeKindInput struct {
	Kind string `json:"kind"`
}

// StoppedKindOutput is a kind of action of which nothing more begins until a person lets it go on.
type StoppedKindOutput struct {
	Kind   string `json:"kind"`
	Title  string `json:"title"` // "Ask for a review"
	Reason string `json:"reason"`
	Since  string `json:"since"` // RFC 3339, UTC
}

// ResumeKind lets a kind of action go on that was stopped because nothing of it was taken any more.
func (a *API) ResumeKind(in ResumeKindInput) (StatusOutput, error) {
	ctx, s, err := a.service()
	if err != nil {
		return StatusOutput{}, err
	}
	if in.Kind == "" {
		return StatusOutput{}, core.Invalid("actions", "No kind of action was named.", "Choose one that is stopped.")
	}
	if err := s.ResumeKind(ctx, in.Kind, Person); err != nil {
		return StatusOutput{}, err
	}
	return a.Status()
}

func stoppedOutput(all []StoppedKind) []StoppedKindOutput {
	out := make([]StoppedKindOutput, 0, len(all))
	for _, one := range all {
		out = append(out, StoppedKindOutput{Kind: one.Kind, Title: one.Title, Reason: one.Reason, Since: one.Since.Format(time.RFC3339)})
	}
	return out
}
