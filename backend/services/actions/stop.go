package actions

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"purser/backend/core"
)

const stoppedText = "Everything is stopped. It goes on when you resume."

// Stopped says whether the switch is thrown: whether its file is there. A file that cannot be looked for counts as
// there, because nothing may be done that nobody could stop; so does one whose folder is gone.
func (s *Service) Stopped() bool {
	if _, err := os.Lstat(s.o.StopFile); !errors.Is(err, fs.ErrNotExist) {
		return true
	}
	_, err := os.Stat(filepath.Dir(s.o.StopFile))
	return err != nil
}

// StopFile writes the file that stops everything; a second process, or a person with a file manager, may do the same.
// It is on disk when this returns.
func StopFile(path string, at time.Time) error {
	text := "While this file is here, Purser does nothing of what was approved. Written " + at.UTC().Format(time.RFC3339) + ".\n"
	err := writeDurably(path, text)
	if err == nil {
		return nil
	}
	return &core.Error{
		Code: core.CodeInternal, Module: "actions", Message: "The file that stops everything could not be written: " + err.Error(),
		Hint: fmt.Sprintf("Make a file named %s yourself, or close Purser.", path), Err: err,
	}
}

func writeDurably(path, text string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600) //nolint:gosec // the path is the data folder's
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Sync(), f.Close())
}

// ResumeFile takes the file away; it is no error where there is none.
func ResumeFile(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return &core.Error{
			Code: core.CodeInternal, Module: "actions", Message: "The file that stops everything could not be removed: " + err.Error(),
			Hint: fmt.Sprintf("Remove %s yourself.", path), Err: err,
		}
	}
	return nil
}

// Stop throws the switch, or takes it back. What has begun ends; nothing else begins. It goes on only once the audit
// says so.
func (s *Service) Stop(ctx context.Context, stop bool, who string) error {
	if s.Stopped() == stop {
		return nil
	}
	defer func() { s.o.Changed(); s.Kick() }()
	if stop {
		if err := StopFile(s.o.StopFile, s.now()); err != nil {
			return err
		}
		return s.o.DB.Write(ctx, func(tx *sql.Tx) error { return s.switched(ctx, tx, "running", "stopped", who) })
	}
	err := s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		if err := s.switched(ctx, tx, "stopped", "running", who); err != nil {
			return err
		}
		return ResumeFile(s.o.StopFile)
	})
	if err != nil && !s.Stopped() { // the file is gone and the audit does not say so
		return errors.Join(err, StopFile(s.o.StopFile, s.now()))
	}
	return err
}

func (s *Service) switched(ctx context.Context, tx *sql.Tx, from, to, who string) error {
	return s.o.Record(ctx, tx, Record{Subject: "stop", From: from, To: to, Who: who, Reason: to + " by " + who})
}
