package ingest

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"purser/backend/core"
)

// originalKept is the state of a document whose original is there.
const originalKept = "kept"

// Held is what is known of a document that was taken in.
type Held struct {
	ID       int64
	Kind     string
	API      bool
	Imported time.Time
	Bytes    int64 // of the kept original, packed; 0: there is none
	Rows     int
	Cleared  bool
}

// Held lists every document.
func (s *Service) Held(ctx context.Context) ([]Held, error) {
	rows, err := s.d.Market.Reader().QueryContext(ctx, s.q["Held"])
	if err != nil {
		return nil, fmt.Errorf("list documents: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var out []Held
	seen := map[string]bool{} // documents read in two ways have one original
	for rows.Next() {
		var h Held
		var sha, origin, original string
		var imported int64
		if err := rows.Scan(&h.ID, &sha, &h.Kind, &origin, &imported, &h.Rows, &original); err != nil {
			return nil, fmt.Errorf("list documents: %w", err)
		}
		h.API, h.Imported, h.Cleared = origin == originAPI, time.Unix(imported, 0).UTC(), original != originalKept
		if !h.Cleared && !seen[sha] {
			h.Bytes, seen[sha] = s.vault.size(sha), true
		}
		out = append(out, h)
	}
	return out, rows.Err()
}

// Clear lets originals of an API's documents go: from the transaction in which note is called they count as gone, then
// their files are deleted. Rows and figures made of them stay.
func (s *Service) Clear(ctx context.Context, ids []int64, note func(tx *sql.Tx) error) error {
	s.one.Lock()
	defer s.one.Unlock()
	list, err := json.Marshal(ids)
	if err != nil {
		return fmt.Errorf("clear originals: %w", err)
	}
	err = s.d.Market.Wipe(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, s.q["ClearOriginals"], string(list), s.d.Clock.Now().Unix()); err != nil {
			return fmt.Errorf("clear originals: %w", err)
		}
		if _, err := tx.ExecContext(ctx, s.q["ClearBadRows"], string(list)); err != nil {
			return fmt.Errorf("clear bad rows: %w", err)
		}
		return note(tx)
	})
	if err != nil {
		return err
	}
	return s.sweepCleared(ctx)
}

// SweepCleared deletes the files of originals that count as gone, where a cut Clear left them.
func (s *Service) SweepCleared(ctx context.Context) error {
	s.one.Lock()
	defer s.one.Unlock()
	return s.sweepCleared(ctx)
}

func (s *Service) sweepCleared(ctx context.Context) error {
	all, err := s.clearing(ctx)
	if err != nil {
		return err
	}
	for sha, shared := range all {
		if !shared {
			if err := s.vault.remove(sha); err != nil {
				return err
			}
		}
	}
	if len(all) == 0 {
		return nil
	}
	return s.d.Market.Write(ctx, func(tx *sql.Tx) error {
		for sha := range all {
			if _, err := tx.ExecContext(ctx, s.q["Cleared"], sha); err != nil {
				return fmt.Errorf("note that an original is gone: %w", err)
			}
		}
		return nil
	})
}

// clearing gives the hashes of originals that count as gone, and whether a kept document has the same bytes.
func (s *Service) clearing(ctx context.Context) (map[string]bool, error) {
	rows, err := s.d.Market.Reader().QueryContext(ctx, s.q["Clearing"])
	if err != nil {
		return nil, fmt.Errorf("look for cleared originals: %w", err)
	}
	defer func() { _ = rows.Close() }()
	out := map[string]bool{}
	for rows.Next() {
		var sha string
		var shared bool
		if err := rows.Scan(&sha, &shared); err != nil {
			return nil, fmt.Errorf("look for cleared originals: %w", err)
		}
		out[sha] = shared
	}
	return out, rows.Err()
}

// rebuildable refuses a rebuild that would lose what was made of originals that are gone.
func (s *Service) rebuildable(ctx context.Context) error {
	var n int
	if err := s.d.Market.Reader().QueryRowContext(ctx, s.q["CountCleared"]).Scan(&n); err != nil {
		return fmt.Errorf("look for cleared originals: %w", err)
	}
	if n == 0 {
		return nil
	}
	originals := fmt.Sprintf("The originals of %d documents were", n)
	if n == 1 {
		originals = "The original of 1 document was"
	}
	return &core.Error{
		Code: core.CodeConflict, Module: "ingest",
		Message: originals + " cleared by the retention rule, so what was made of them could not be made again: nothing was changed.",
		Hint:    "Reports that you downloaded can be imported again at any time.",
	}
}

// size of the packed document; 0 where it is not kept.
func (v vault) size(sha string) int64 {
	st, err := os.Stat(v.path(sha))
	if err != nil {
		return 0
	}
	return st.Size()
}

// remove deletes a document.
func (v vault) remove(sha string) error {
	if err := os.Remove(v.path(sha)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("delete an original: %w", err)
	}
	return nil
}
