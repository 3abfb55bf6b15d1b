package inventory

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"sync"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/platform/sqlite"
)

// memory is what the tables of snapshots and changes say: a page must not read years of them for
// each of its numbers. It holds for the state of the database that carries its token. Every change
// leaves another token in its own transaction, so that after a rollback the old one is true again.
type memory struct {
	mu    sync.Mutex
	token int64
	lines timelines // nil: not read yet
	moves map[place]*moves
}

// place is one kind of document in one marketplace.
type place struct{ kind, marketplace string }

// moves is when the SKUs of a place came into stock and ran out.
type moves struct {
	of   map[core.SKU][]change
	skus []core.SKU // ascending
	ids  []string   // subject ids of skus
}

// recall runs read on one state of the database, after dropping what is remembered of another one.
func (s *started) recall(ctx context.Context, read func(tx *sql.Tx) error) (err error) {
	s.mem.mu.Lock()
	defer s.mem.mu.Unlock()
	tx, err := s.host.DB().BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return fmt.Errorf("read stock: %w", err)
	}
	defer func() {
		if e := tx.Rollback(); e != nil && !errors.Is(e, sql.ErrTxDone) { // done: ctx ended it
			err = errors.Join(err, fmt.Errorf("read stock: %w", e))
		}
	}()
	var token int64
	if err := tx.QueryRowContext(ctx, s.sql["Token"]).Scan(&token); err != nil {
		return fmt.Errorf("read the state of stock: %w", err)
	}
	if s.mem.token != token || s.mem.moves == nil {
		s.mem.token, s.mem.lines, s.mem.moves = token, nil, map[place]*moves{}
	}
	return read(tx)
}

// touch leaves another token.
func (s *started) touch(ctx context.Context, tx *sql.Tx) error {
	var b [8]byte
	if _, err := rand.Read(b[:]); err != nil {
		return fmt.Errorf("make a token: %w", err)
	}
	if _, err := tx.ExecContext(ctx, s.sql["PutToken"], int64(binary.LittleEndian.Uint64(b[:])>>1)); err != nil {
		return fmt.Errorf("store the state of stock: %w", err)
	}
	return nil
}

// timelines lists the days of every snapshot. What it answers must not be changed.
func (s *started) timelines(ctx context.Context) (out timelines, err error) {
	err = s.recall(ctx, func(tx *sql.Tx) error {
		if s.mem.lines == nil {
			if s.mem.lines, err = readTimelines(ctx, tx, s.sql["Snapshots"]); err != nil {
				return err
			}
		}
		out = s.mem.lines
		return nil
	})
	return out, err
}

func readTimelines(ctx context.Context, tx *sql.Tx, query string) (timelines, error) {
	out := timelines{}
	err := sqlite.EachRow(ctx, tx, query, nil, func(r *sql.Rows) error {
		var (
			kind, marketplace string
			day               core.Day
			at                int64
		)
		if err := r.Scan(&kind, &marketplace, &day, &at); err != nil {
			return err
		}
		if out[marketplace] == nil {
			out[marketplace] = map[string]timeline{}
		}
		t := out[marketplace][kind]
		t.days = append(t.days, day)
		out[marketplace][kind] = t
		return nil
	})
	return out, err
}

// movesOf lists when the SKUs of a place came into stock and ran out. What it answers must not be changed.
func (s *started) movesOf(ctx context.Context, p place) (out *moves, err error) {
	err = s.recall(ctx, func(tx *sql.Tx) error {
		if out = s.mem.moves[p]; out != nil {
			return nil
		}
		if out, err = readMoves(ctx, tx, s.sql["Changes"], p); err != nil {
			return fmt.Errorf("read the stock history of %s: %w", p.marketplace, err)
		}
		s.mem.moves[p] = out
		return nil
	})
	return out, err
}

func readMoves(ctx context.Context, tx *sql.Tx, query string, p place) (*moves, error) {
	out := &moves{of: map[core.SKU][]change{}}
	err := sqlite.EachRow(ctx, tx, query, []any{p.kind, p.marketplace}, func(r *sql.Rows) error {
		var (
			found string
			c     change
		)
		if err := r.Scan(&found, &c.day, &c.in); err != nil {
			return err
		}
		sku := core.SKU(found)
		if n := len(out.skus); n == 0 || out.skus[n-1] != sku {
			out.skus = append(out.skus, sku)
			out.ids = append(out.ids, fact.SubjectID(p.marketplace, found))
		}
		out.of[sku] = append(out.of[sku], c)
		return nil
	})
	return out, err
}

// history is the stock history of a place as known at the end of asOf.
func (s *started) history(ctx context.Context, p place, t timeline, asOf core.Day) (history, error) {
	found, err := s.movesOf(ctx, p)
	if err != nil {
		return history{}, err
	}
	return history{days: t.by(asOf), changes: found.of, until: asOf}, nil
}
