package decisions

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"purser/backend/core"
)

// anchor keeps ends of the audit in a file beside the database, one line each: number, hash, time. Whoever cuts
// rows off the end, or writes the chain anew, would have to know of it.
type anchor struct {
	path string
	mu   sync.Mutex
}

const (
	// keptAnchors is how many lines stay when the file is made shorter.
	keptAnchors = 1000
	anchorWords = 3
	// anewSubject is what the audit calls beginning the file again.
	anewSubject = "anchor:anew"
)

// anchors is what the file holds.
type anchors struct {
	there  bool
	text   []byte // whole lines; one that was cut off while it was written is passed over
	heads  []Head // in the order of the file
	faults []string
}

func (a anchors) holds(seq int64) bool {
	return slices.ContainsFunc(a.heads, func(h Head) bool { return h.Seq == seq })
}

func (a anchors) last() Head {
	if len(a.heads) == 0 {
		return Head{}
	}
	return a.heads[len(a.heads)-1]
}

func (a *anchor) name() string { return filepath.Base(a.path) }

// read reads the file; one that is not there is empty.
func (a *anchor) read() (anchors, error) {
	if a.path == "" {
		return anchors{}, nil
	}
	text, err := os.ReadFile(a.path)
	if errors.Is(err, fs.ErrNotExist) {
		return anchors{}, nil
	}
	if err != nil {
		return anchors{}, fmt.Errorf("read where the audit is anchored: %w", err)
	}
	out := anchors{there: true, text: text[:bytes.LastIndexByte(text, '\n')+1]}
	n := 0
	for line := range bytes.Lines(out.text) {
		n++
		h, ok := parseAnchor(string(line))
		switch {
		case !ok:
			out.faults = append(out.faults, fmt.Sprintf("line %d of %s is not one that Purser wrote", n, a.name()))
		case h.Seq <= out.last().Seq:
			out.faults = append(out.faults, fmt.Sprintf("line %d of %s goes back from row %d to row %d", n, a.name(), out.last().Seq, h.Seq))
		default:
			out.heads = append(out.heads, h)
		}
	}
	return out, nil
}

func parseAnchor(line string) (Head, bool) {
	words := strings.Fields(line)
	if len(words) != anchorWords {
		return Head{}, false
	}
	h, err := ParseHead(words[0] + ":" + words[1])
	if _, e := time.Parse(time.RFC3339, words[2]); err != nil || e != nil {
		return Head{}, false
	}
	return h, true
}

// add writes one more line, on disk before it returns.
func (a *anchor) add(have anchors, h Head, at time.Time) error {
	line := fmt.Appendf(nil, "%d %s %s\n", h.Seq, h.Hash, at.UTC().Format(time.RFC3339))
	if !have.there || len(have.heads) >= 2*keptAnchors {
		lines := slices.Collect(bytes.Lines(have.text))
		return a.replace(append(bytes.Join(lines[max(0, len(lines)-keptAnchors):], nil), line...))
	}
	f, err := os.OpenFile(a.path, os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("anchor the audit: %w", err)
	}
	end := int64(len(have.text))
	err = f.Truncate(end) // takes the line away that was cut off
	if err == nil {
		_, err = f.WriteAt(line, end)
	}
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("anchor the audit: %w", err)
	}
	return nil
}

// replace writes the file whole, or leaves it as it is.
func (a *anchor) replace(text []byte) error {
	dir := filepath.Dir(a.path)
	next, err := os.CreateTemp(dir, "anchor-*")
	if err != nil {
		return fmt.Errorf("anchor the audit: %w", err)
	}
	_, err = io.Copy(next, bytes.NewReader(text))
	if err = errors.Join(err, next.Sync(), next.Close()); err == nil {
		err = os.Rename(next.Name(), a.path)
	}
	if err != nil {
		return fmt.Errorf("anchor the audit: %w", errors.Join(err, os.Remove(next.Name())))
	}
	return syncDir(dir)
}

// syncDir puts the name of a new file on disk. Windows has no such thing and needs none.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir) //nolint:gosec // our own folder
	if err != nil {
		return fmt.Errorf("anchor the audit: %w", err)
	}
	if err := errors.Join(d.Sync(), d.Close()); err != nil {
		return fmt.Errorf("anchor the audit: %w", err)
	}
	return nil
}

// Anchor writes the present end of the audit outside the database; it does nothing where that is there already.
// Where the file was lost or does not fit the audit it is left as it is, for Verify to tell until a person had it
// begun anew: a file that mends itself would hide what happened.
func (s *Service) Anchor(ctx context.Context) error {
	a := &s.end
	if a.path == "" {
		return nil
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	end, mark, err := s.ends(ctx)
	if err != nil || end.Seq == 0 || end.Seq == mark {
		return err
	}
	have, err := a.read()
	if err != nil {
		return err
	}
	if fits, err := s.fits(ctx, have, end, mark); err != nil || !fits {
		return err
	}
	return s.anchorAt(ctx, have, end)
}

// anchorAt writes a line, and after it notes in the ledger that it is there.
func (s *Service) anchorAt(ctx context.Context, have anchors, end Head) error {
	if have.last() != end {
		if err := s.end.add(have, end, s.o.Clock.Now()); err != nil {
			return err
		}
	}
	return s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, s.q["SetAnchored"], end.Seq); err != nil {
			return fmt.Errorf("note that the audit is anchored: %w", err)
		}
		return nil
	})
}

// ends gives the end of the audit, and the newest row that is anchored.
func (s *Service) ends(ctx context.Context) (end Head, mark int64, err error) {
	if end, err = s.head(ctx, s.o.DB.Reader()); err != nil {
		return end, 0, err
	}
	mark, err = s.anchored(ctx)
	return end, mark, err
}

// anchored is the newest row that was ever anchored; 0: none.
func (s *Service) anchored(ctx context.Context) (mark int64, err error) {
	err = s.o.DB.Reader().QueryRowContext(ctx, s.q["Anchored"]).Scan(&mark)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("read how far the audit is anchored: %w", err)
	}
	return mark, nil
}

// fits says whether the file holds what it should, and nothing that the audit does not.
func (s *Service) fits(ctx context.Context, have anchors, end Head, mark int64) (bool, error) {
	last := have.last()
	switch {
	case len(have.faults) > 0, mark > 0 && !have.holds(mark), last.Seq > end.Seq:
		return false, nil
	case last.Seq == 0:
		return true, nil
	}
	var hash string
	err := s.o.DB.Reader().QueryRowContext(ctx, s.q["AuditHash"], last.Seq).Scan(&hash)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return false, fmt.Errorf("read a row of the audit: %w", err)
	}
	return hash == last.Hash, nil
}

// AnchorAnew begins the anchor file again after it was lost, or after an older copy of the database was put back. A
// row of the audit says so for good, and the old file is kept beside the new one; kept is its path, "" if there was
// none.
func (s *Service) AnchorAnew(ctx context.Context) (kept string, err error) {
	a := &s.end
	if a.path == "" {
		return "", core.Invalid("decisions", "This audit is not anchored in any file.", "")
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	end, mark, err := s.ends(ctx)
	if err != nil {
		return "", err
	}
	have, err := a.read()
	if err != nil {
		return "", err
	}
	if fits, err := s.fits(ctx, have, end, mark); err != nil || fits {
		return "", errors.Join(err, &core.Error{
			Code: core.CodeConflict, Module: "decisions", Message: a.name() + " is as it should be; nothing was done.", Hint: "Check the audit: purser audit verify.",
		})
	}
	why := a.name() + " was lost"
	if have.there {
		why = a.name() + " did not fit the audit"
		kept = a.path + ".before-" + s.o.Clock.Now().UTC().Format("20060102T150405Z")
		if err := os.Rename(a.path, kept); err != nil {
			return "", fmt.Errorf("keep the old anchors: %w", err)
		}
	}
	err = s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		err := s.Record(ctx, tx, Record{Subject: anewSubject, To: "begun", Who: Person, Reason: why + "; begun anew", Content: string(have.text)})
		if err == nil {
			end, err = s.head(ctx, tx)
		}
		return err
	})
	if err != nil {
		return kept, err
	}
	return kept, s.anchorAt(ctx, anchors{}, end)
}
