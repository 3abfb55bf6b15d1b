package ingest

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"

	"purser/backend/core/source"
)

// unreadable is why a document can't be read, whatever would be made of its rows.
type unreadable struct{ err error }

func (u *unreadable) Error() string { return u.err.Error() }
func (u *unreadable) Unwrap() error { return u.err }

// read hands out the rows of a document. What is wrong with reading it is told apart from what emit fails with.
func (s *Service) read(ctx context.Context, f source.File, in source.Inspection, emit func(source.Batch) error) error {
	var failed error
	_, err := s.d.Source.Read(ctx, f, in, func(b source.Batch) error {
		failed = emit(b)
		return failed
	}, nil)
	if err == nil || failed != nil || ctx.Err() != nil {
		return err
	}
	return &unreadable{err}
}

// Resume stores again what an earlier run left unfinished or a module could not take. What can't be read any more goes on
// waiting, and stops nothing.
func (s *Service) Resume(ctx context.Context, p Progress) (int, error) {
	s.one.Lock()
	defer s.one.Unlock()
	if err := s.vault.sweep(); err != nil {
		return 0, err
	}
	unread := 0
	n, err := s.replay(ctx, "Unfinished", p, func(id int64, err error) error {
		var u *unreadable
		if !errors.As(err, &u) {
			return err
		}
		unread++
		s.d.Log.LogAttrs(ctx, slog.LevelError, "Kept document not readable", slog.Int64("document", id), slog.String("error", err.Error()))
		return nil
	})
	if n -= unread; n > 0 {
		s.d.Changed()
	}
	return n, err
}

// Rebuild empties the modules' tables and stores every kept document again, oldest first.
func (s *Service) Rebuild(ctx context.Context, p Progress) (int, error) {
	s.one.Lock()
	defer s.one.Unlock()
	if err := s.rebuildable(ctx); err != nil {
		return 0, err
	}
	if err := s.d.Market.Write(ctx, func(tx *sql.Tx) error { return s.d.Modules.Forget(ctx, tx) }); err != nil {
		return 0, fmt.Errorf("empty the tables: %w", err)
	}
	s.d.Undone()
	n, err := s.replay(ctx, "AllDocuments", p, func(_ int64, err error) error { return err })
	s.d.Changed()
	return n, err
}

// replay stores kept documents again, and gives how many it looked at; fails says whether it ends with one that could not be.
func (s *Service) replay(ctx context.Context, query string, p Progress, fails func(id int64, err error) error) (int, error) {
	ids, err := s.ids(ctx, query)
	if err != nil {
		return 0, err
	}
	for i, id := range ids {
		p("rebuild", i, len(ids))
		if err := s.again(ctx, id); err != nil {
			if err = fails(id, err); err != nil {
				return i, err
			}
		}
	}
	p("rebuild", len(ids), len(ids))
	return len(ids), nil
}

func (s *Service) ids(ctx context.Context, query string) ([]int64, error) {
	rows, err := s.d.Market.Reader().QueryContext(ctx, s.q[query])
	if err != nil {
		return nil, fmt.Errorf("list documents: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var ids []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("list documents: %w", err)
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

func (s *Service) again(ctx context.Context, id int64) error {
	f, in, err := s.document(ctx, id)
	if err != nil {
		return err
	}
	if _, err := s.rows(ctx, id, f, in, func(string, int, int) {}); err != nil {
		return fmt.Errorf("store %s again: %w", f.Name, err)
	}
	return nil
}

// document is a kept document with what is known of it.
func (s *Service) document(ctx context.Context, id int64) (source.File, source.Inspection, error) {
	var in source.Inspection
	var sha, name, kind, mkt, enc, insp, state string
	var size, rows, bad, observed int64
	err := s.d.Market.Reader().QueryRowContext(ctx, s.q["GetDocument"], id).
		Scan(&id, &sha, &name, &kind, &mkt, &enc, &insp, &size, &rows, &bad, &observed, &state)
	if err != nil {
		return source.File{}, in, fmt.Errorf("find document %d: %w", id, err)
	}
	if err := json.Unmarshal([]byte(insp), &in); err != nil {
		return source.File{}, in, fmt.Errorf("document %d: %w", id, err)
	}
	return s.vault.file(name, sha, size), in, nil
}
