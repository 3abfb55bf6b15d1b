package decisions

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"
)

// anchor keeps ends of the audit in a file beside the database, one line each: number, hash, time. Whoever cuts
// rows off the end, or writes the chain anew, would have to know of it.
type anchor struct {
	path string

	mu   sync.Mutex
	last int64
}

const (
	// keptAnchors is how many lines stay when the file is made shorter.
	keptAnchors = 1000
	anchorWords = 3
)

// read gives the anchored hashes by their row. A line that was cut off while it was written is passed over.
func (a *anchor) read() (map[int64]string, error) {
	out := map[int64]string{}
	if a.path == "" {
		return out, nil
	}
	f, err := os.Open(a.path)
	if errors.Is(err, fs.ErrNotExist) {
		return out, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read where the audit is anchored: %w", err)
	}
	defer func() { _ = f.Close() }()
	sc := bufio.NewScanner(f)
	for sc.Scan() {
		words := strings.Fields(sc.Text())
		if len(words) != anchorWords {
			continue
		}
		if seq, err := strconv.ParseInt(words[0], 10, 64); err == nil {
			out[seq] = words[1]
		}
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("read where the audit is anchored: %w", err)
	}
	return out, nil
}

// Anchor writes the present end of the audit outside the database; it does nothing where that is there already.
func (s *Service) Anchor(ctx context.Context) error {
	a := &s.end
	if a.path == "" {
		return nil
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	seq, hash, err := s.head(ctx, s.o.DB.Reader())
	if err != nil || seq == 0 || seq == a.last {
		return err
	}
	if err := a.shorten(); err != nil {
		return err
	}
	f, err := os.OpenFile(a.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("anchor the audit: %w", err)
	}
	_, err = fmt.Fprintf(f, "%d %s %s\n", seq, hash, s.o.Clock.Now().UTC().Format(time.RFC3339))
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("anchor the audit: %w", err)
	}
	a.last = seq
	return nil
}

// shorten keeps the newest lines once there are twice as many as are kept.
func (a *anchor) shorten() error {
	text, err := os.ReadFile(a.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("anchor the audit: %w", err)
	}
	lines := strings.SplitAfter(string(text), "\n")
	if len(lines) <= 2*keptAnchors {
		return nil
	}
	next, err := os.CreateTemp(filepath.Dir(a.path), "anchor-*")
	if err != nil {
		return fmt.Errorf("anchor the audit: %w", err)
	}
	_, err = next.WriteString(strings.Join(lines[len(lines)-keptAnchors:], ""))
	if err := errors.Join(err, next.Sync(), next.Close()); err != nil {
		return fmt.Errorf("anchor the audit: %w", errors.Join(err, os.Remove(next.Name())))
	}
	if err := os.Rename(next.Name(), a.path); err != nil {
		return fmt.Errorf("anchor the audit: %w", err)
	}
	return nil
}
