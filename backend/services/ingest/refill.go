package ingest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"slices"

	"purser/backend/core"
	"purser/backend/core/module"
	"purser/backend/core/source"
	"purser/backend/platform/sqlite"
)

// Purge has a module let go what is too old, in one transaction. What files of the seller's say of the same days was
// partly kept as what the API said of them, so these files are read again by the module, before anybody can look. One that
// can't be read is named to note: it waits for the module, and is taken in again when it can be read or is imported again.
// note is called in that transaction, unless nothing went.
func (s *Service) Purge(ctx context.Context, name string, p module.Purge, note func(tx *sql.Tx, gone module.Purged) error) error {
	s.one.Lock()
	defer s.one.Unlock()
	var gone module.Purged
	err := s.d.Market.Wipe(ctx, func(tx *sql.Tx) (err error) {
		if gone, err = s.d.Modules.Purge(ctx, tx, name, p); err != nil || gone.Days.To == 0 {
			return err
		}
		files, err := s.filesOfDays(ctx, tx, name, gone.Days)
		if err != nil {
			return err
		}
		for _, id := range files {
			unread, err := s.refill(ctx, tx, name, id, gone.Days)
			if err != nil {
				return err
			}
			if unread != "" {
				gone.Unread = append(gone.Unread, unread)
			}
		}
		if err := s.d.Modules.Settle(ctx, tx, name); err != nil {
			return err
		}
		return note(tx, gone)
	})
	if err != nil {
		s.d.Undone()
		return err
	}
	if gone.Days.To != 0 {
		s.d.Changed()
	}
	return nil
}

// filesOfDays lists files of the seller's that speak of some days and that the module takes.
func (s *Service) filesOfDays(ctx context.Context, tx *sql.Tx, name string, days core.Period) ([]int64, error) {
	rows, err := tx.QueryContext(ctx, s.q["FilesOfDays"], int64(days.From), int64(days.To))
	if err != nil {
		return nil, fmt.Errorf("look for files of these days: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var out []int64
	for rows.Next() {
		var id int64
		var kind string
		if err := rows.Scan(&id, &kind); err != nil {
			return nil, fmt.Errorf("look for files of these days: %w", err)
		}
		if slices.ContainsFunc(s.kinds[kind].Streams, func(st source.Stream) bool { return slices.Contains(s.d.Modules.Consumers(st), name) }) {
			out = append(out, id)
		}
	}
	return out, rows.Err()
}

// refill has one module store again inside tx what a kept document says of some days. A document that can't be read is named,
// and nothing of it is stored.
func (s *Service) refill(ctx context.Context, tx *sql.Tx, name string, id int64, days core.Period) (unread string, err error) {
	f, in, err := s.document(ctx, id)
	if err != nil {
		return "", err
	}
	err = sqlite.Savepoint(ctx, tx, "refill", func() error {
		return s.read(ctx, f, in, func(b source.Batch) error {
			if b = ofDays(b, days); b.Len == 0 && !b.Last || !slices.Contains(s.d.Modules.Consumers(b.Stream), name) {
				return nil
			}
			b.DocumentID, b.Kind, b.ObservedAt = id, in.Kind, in.ObservedAt
			if b.Period.To == 0 {
				b.Period = in.Period
			}
			_, err := s.d.Modules.Apply(ctx, tx, name, b, false)
			return err
		})
	})
	var u *unreadable
	switch {
	case err == nil:
		return "", nil
	case !errors.As(err, &u):
		return "", fmt.Errorf("read %s again: %w", f.Name, err)
	}
	s.d.Undone()
	s.d.Log.LogAttrs(ctx, slog.LevelError, "Kept document not readable", slog.Int64("document", id), slog.String("error", err.Error()))
	if _, err := tx.ExecContext(ctx, s.q["Await"], id, name); err != nil {
		return "", fmt.Errorf("note what could not be read: %w", err)
	}
	return f.Name, nil
}

// ofDays leaves of a batch the rows of some days, where a file has many rows and each stands for itself. Of any other
// batch all are left: storing what is there already changes nothing.
func ofDays(b source.Batch, days core.Period) source.Batch {
	if b.Snapshot {
		return b
	}
	switch rows := b.Rows.(type) {
	case []source.OrderLine:
		rows = rowsOf(rows, func(r *source.OrderLine) bool { return days.Contains(r.Day) })
		b.Rows, b.Len = rows, len(rows)
	case []source.AdRow:
		rows = rowsOf(rows, func(r *source.AdRow) bool { return r.Start <= days.To && max(r.End, r.Start) >= days.From })
		b.Rows, b.Len = rows, len(rows)
	}
	return b
}

// rowsOf copies the rows that are wanted: those of a batch belong to who read them.
func rowsOf[R any](rows []R, wanted func(*R) bool) []R {
	out := []R{}
	for i := range rows {
		if wanted(&rows[i]) {
			out = append(out, rows[i])
		}
	}
	return out
}
