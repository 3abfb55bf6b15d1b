package ingest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"purser/backend/core/source"
)

// errDryRun rolls a preview's transaction back.
var errDryRun = errors.New("preview only")

// Preview says what an import of the choices would do, without storing anything: the
// same code runs in a transaction that is rolled back, so the counts are those of the import.
func (s *Service) Preview(ctx context.Context, choices []Choice, p Progress) ([]FileResult, error) {
	s.one.Lock()
	defer s.one.Unlock()
	var out []FileResult
	err := s.each(ctx, choices, p, func(pt *part) error { return s.inspect(ctx, pt) }, func(pt *part) error {
		r, err := s.try(ctx, pt, p)
		out = append(out, r)
		return err
	}, func(r FileResult) { out = append(out, r) })
	return out, err
}

func (s *Service) try(ctx context.Context, pt *part, p Progress) (FileResult, error) {
	r := s.result(pt.file, pt.path, pt.sha, pt.in)
	if r.Refused {
		return r, nil
	}
	known, _, err := s.known(ctx, pt)
	if err != nil {
		return r, err
	}
	if known {
		r.Duplicates = r.Rows - r.Quarantined
		return r, nil
	}
	w := &writer{s: s, in: pt.in, failed: map[string]string{}}
	err = s.d.Market.Write(ctx, func(tx *sql.Tx) error {
		_, err := s.d.Source.Read(ctx, pt.file, pt.in, func(b source.Batch) error {
			b.Kind, b.ObservedAt = pt.in.Kind, pt.in.ObservedAt
			if b.Period.To == 0 {
				b.Period = pt.in.Period
			}
			a, err := w.apply(ctx, tx, b, false)
			if err != nil {
				return err
			}
			w.sum = add(w.sum, a)
			w.done += b.Len
			p("check "+pt.file.Name, w.done, pt.in.Rows)
			return nil
		}, nil)
		if err != nil {
			return err
		}
		return errDryRun
	})
	s.d.Undone()
	if err != nil && !errors.Is(err, errDryRun) {
		if ctx.Err() != nil {
			return r, cancelled(ctx)
		}
		return r, fmt.Errorf("preview %s: %w", r.File, err)
	}
	r.Stored, r.Duplicates = w.sum.Stored, w.sum.Unchanged+w.sum.Older
	return r, nil
}
