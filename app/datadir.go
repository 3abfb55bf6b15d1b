package app

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"purser/backend/core"
)

// dataDir is where everything is kept: the flag, else PURSER_DATA_DIR, else the usual place of the system.
func dataDir(flag string) (string, error) {
	if flag != "" {
		return filepath.Abs(flag)
	}
	if dir := os.Getenv("PURSER_DATA_DIR"); dir != "" { //nolint:forbidigo // the one place that reads the environment
		return filepath.Abs(dir)
	}
	if runtime.GOOS == "linux" {
		if dir := os.Getenv("XDG_DATA_HOME"); dir != "" { //nolint:forbidigo // as above
			return filepath.Join(dir, "purser"), nil
		}
		home, err := os.UserHomeDir()
		if err != nil {
			return "", core.Invalid("app", "There is no home folder to keep data in.", "Name a folder with --data-dir.")
		}
		return filepath.Join(home, ".local", "share", "purser"), nil
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", core.Invalid("app", "There is no folder to keep data in.", "Name one with --data-dir.")
	}
	return filepath.Join(dir, "Purser"), nil
}

// lock keeps a second Purser from writing to the same folder. It is a SQLite file held in
// an exclusive transaction: the same on every system, and gone with the process however it ends.
type lock struct{ db *sql.DB }

func acquire(dir string) (*lock, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "lock.db")+"?_pragma=busy_timeout(0)&_pragma=locking_mode(EXCLUSIVE)&_pragma=journal_mode(MEMORY)")
	if err != nil {
		return nil, fmt.Errorf("lock the data folder: %w", err)
	}
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(`BEGIN EXCLUSIVE`); err != nil { //nolint:noctx // held for the life of the process
		return nil, errors.Join(&core.Error{
			Code: core.CodeConflict, Module: "app", Err: err,
			Message: "Another Purser is using " + dir + ".", Hint: "Close it, or name another folder with --data-dir.",
		}, db.Close())
	}
	if err := os.Chmod(filepath.Join(dir, "lock.db"), 0o600); err != nil {
		return nil, errors.Join(fmt.Errorf("lock the data folder: %w", err), db.Close())
	}
	return &lock{db}, nil
}

func (l *lock) release() error {
	if l == nil {
		return nil
	}
	return l.db.Close()
}
