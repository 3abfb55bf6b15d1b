package secrets

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"purser/backend/platform/clock"
)

const (
	freeTries = 10
	maxWait   = 60 * time.Second
)

// tries counts wrong passphrases in a file beside the vault. How long one has to wait is counted within the run of the
// program, from its start or the last try on: so neither a restart nor another time of day shortens it.
type tries struct {
	dir   string
	clock clock.Clock

	mu     sync.Mutex // guards what follows
	failed int
	since  time.Time
}

func loadTries(dir string, c clock.Clock) (*tries, error) {
	t := &tries{dir: dir, clock: c, since: c.Now()}
	b, err := os.ReadFile(filepath.Join(dir, triesName)) //nolint:gosec // in the data folder
	if errors.Is(err, fs.ErrNotExist) {
		return t, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the count of wrong passphrases: %w", err)
	}
	t.failed, err = strconv.Atoi(strings.TrimSpace(string(b)))
	if err != nil || t.failed < 0 {
		t.failed = freeTries // a count that cannot be read is no fresh start
	}
	return t, nil
}

// left is how many tries there are before one has to wait.
func (t *tries) left() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return max(freeTries-t.failed, 0)
}

// count sets how many were wrong.
func (t *tries) count(failed int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.failed = failed
}

// wait is how long until the next try: 0 at first; after ten wrong ones 1 s, 2 s, 4 s … 60 s.
func (t *tries) wait() time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.failed < freeTries {
		return 0
	}
	now := t.clock.Now()
	if now.Before(t.since) {
		t.since = now // the clock was set back
	}
	d := min(time.Second<<min(t.failed-freeTries, 6), maxWait)
	return max(d-now.Sub(t.since), 0)
}

// begin counts a try as wrong before it is made, so that ending the program in the midst of it wins nothing.
func (t *tries) begin() error {
	t.mu.Lock()
	failed := t.failed + 1
	t.mu.Unlock()
	if err := write(t.dir, triesName, []byte(strconv.Itoa(failed)+"\n")); err != nil {
		return fmt.Errorf("count the try: %w", err)
	}
	t.count(failed)
	return nil
}

// wrong ends a try.
func (t *tries) wrong() error {
	t.mu.Lock()
	t.since = t.clock.Now()
	t.mu.Unlock()
	return &PassphraseError{Left: t.left(), Wait: t.wait()}
}

// right forgets the wrong ones.
func (t *tries) right() error {
	if err := remove(t.dir, triesName); err != nil {
		return fmt.Errorf("forget wrong passphrases: %w", err)
	}
	t.count(0)
	return nil
}
