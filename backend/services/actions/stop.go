package actions

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"purser/backend/core"
)

const stoppedText = "Everything is stopped. It goes on when you resume."

// Stopped says whether the switch is thrown: whether its file is there. A file that cannot be looked for counts as
// there, because nothing may be done that nobody could stop.
func (s *Service) Stopped() bool {
	_, err := os.Stat(s.o.StopFile)
	return !errors.Is(err, fs.ErrNotExist)
}

// StopFile writes the file that stops everything; a second process, or a person with a file manager, may do the same.
func StopFile(path string, at time.Time) error {
	text := "While this file is here, Purser does nothing of what was approved. Written " + at.UTC().Format(time.RFC3339) + ".\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		return &core.Error{
			Code: core.CodeInternal, Module: "actions", Message: "The file that stops everything could not be written: " + err.Error(),
			Hint: fmt.Sprintf("Make a file named %s yourself, or close Purser.", path), Err: err,
		}
	}
	return nil
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

// Stop throws the switch, or takes it back. What has begun ends; nothing else begins.
func (s *Service) Stop(ctx context.Context, stop bool, who string) error {
	if s.Stopped() == stop {
		return nil
	}
	from, to, err := "running", "stopped", error(nil)
	if stop {
		err = StopFile(s.o.StopFile, s.now())
	} else {
		from, to, err = to, from, ResumeFile(s.o.StopFile)
	}
	if err != nil {
		return err
	}
	defer func() { s.o.Changed(); s.Kick() }()
	return s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		return s.o.Record(ctx, tx, Record{Subject: "stop", From: from, To: to, Who: who, Reason: to + " by " + who})
	})
}
