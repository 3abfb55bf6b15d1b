package actions

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"time"

	"purser/backend/core"
	"purser/backend/core/action"
	"purser/backend/services/actions/internal/guard"
)

// row is an action as stored.
type row struct {
	ID         int64
	Request    action.Request
	Subject    string // what the decision is about; "" where none asked for it
	Title      string
	Hash       string
	State      action.State
	Who        string
	ApprovedAt int64
	ExpiresAt  int64
	NotBefore  int64
	Batch      string
	Position   int
	Reverses   int64
	Tries      int
	Waits      string
	Reason     string
	Receipt    action.Receipt
	Seen       string
	BeganAt    int64
	EndedAt    int64
	DoneAt     int64 // when it was last known what it did; while it is sent, when it was taken; 0: that is not known

	was struct { // as it is stored, so that nothing overwrites what another came to in between
		state action.State
		tries int
	}
}

// errMoved says that an action moved on since it was read; whoever meant to move it has nothing left to do.
var errMoved = errors.New("the action has moved on meanwhile")

// hashOf binds an approval to everything that will be done, byte for byte; the key is given later and is no part of it.
func hashOf(r action.Request) string {
	var all []byte
	for _, f := range []string{r.Kind, r.Decision, r.Policy, r.Entity, r.Field, r.Before, r.After, r.Payload, string(r.Size.Money.Currency)} {
		all = append(fmt.Appendf(all, "%d:", len(f)), f...)
	}
	all = fmt.Appendf(all, "%d %d %d %x %x", r.Version, r.Size.Units, r.Size.Money.Minor, math.Float64bits(r.Size.From), math.Float64bits(r.Size.To))
	h := sha256.Sum256(all)
	return hex.EncodeToString(h[:])
}

type scanner interface{ Scan(dest ...any) error }

type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func scanRow(sc scanner) (row, error) {
	var r row
	var size []byte
	q := &r.Request
	err := sc.Scan(&r.ID, &q.Key, &q.Decision, &r.Title, &q.Policy, &q.Version, &q.Kind, &q.Entity, &q.Field, &q.Before, &q.After, &q.Payload,
		&size, &r.Hash, &r.State, &r.Who, &r.ApprovedAt, &r.ExpiresAt, &r.NotBefore, &r.Batch, &r.Position, &r.Reverses, &r.Tries, &r.Waits,
		&r.Reason, &r.Receipt.Ref, &r.Receipt.Text, &r.Seen, &r.BeganAt, &r.EndedAt, &r.DoneAt, &r.Subject)
	if err != nil {
		return row{}, err
	}
	if err := json.Unmarshal(size, &q.Size); err != nil {
		return row{}, fmt.Errorf("action %d: read its size: %w", r.ID, err)
	}
	r.was.state, r.was.tries = r.State, r.Tries
	return r, nil
}

func (s *Service) one(ctx context.Context, db querier, id int64) (row, error) {
	r, err := scanRow(db.QueryRowContext(ctx, s.q["OneAction"], id))
	if errors.Is(err, sql.ErrNoRows) {
		return row{}, core.NotFound("actions", fmt.Sprintf("There is no action %d.", id))
	}
	return r, err
}

func collect[T any](ctx context.Context, db querier, query string, scan func(scanner) (T, error), args ...any) (out []T, err error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("read actions: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("read actions: %w", err)
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// put stores what became of an action; errMoved if another came first.
func (s *Service) put(ctx context.Context, tx *sql.Tx, r *row) error {
	done, err := tx.ExecContext(ctx, s.q["PutAction"], r.ID, string(r.State), r.NotBefore, r.Tries, r.Waits, r.Reason, r.Receipt.Ref, r.Receipt.Text,
		r.Seen, r.BeganAt, r.EndedAt, r.DoneAt, string(r.was.state), r.was.tries)
	if err != nil {
		return fmt.Errorf("store action %d: %w", r.ID, err)
	}
	if n, err := done.RowsAffected(); err != nil || n != 1 {
		return errors.Join(err, fmt.Errorf("store action %d: %w", r.ID, errMoved))
	}
	r.was.state, r.was.tries = r.State, r.Tries
	return nil
}

// store puts an action in a transaction of its own.
func (s *Service) store(ctx context.Context, r row) error {
	defer s.o.Changed()
	return s.o.DB.Write(ctx, func(tx *sql.Tx) error { return s.put(ctx, tx, &r) })
}

// move stores an action in its next state with its row of the audit, and tells the decision it came from.
func (s *Service) move(ctx context.Context, tx *sql.Tx, r *row, to action.State, who, why string) error {
	from := r.State
	r.State, r.Waits = to, ""
	if to.Over() {
		r.EndedAt = s.now().Unix()
	}
	if to != action.Sending && why != "" {
		r.Reason = why
	}
	if err := s.put(ctx, tx, r); err != nil {
		return err
	}
	if err := s.record(ctx, tx, *r, string(from), who, why); err != nil {
		return err
	}
	if r.Request.Decision == "" || r.Reverses != 0 {
		return nil
	}
	return s.o.Moved(ctx, tx, r.Request.Decision, to, why)
}

func (s *Service) record(ctx context.Context, tx *sql.Tx, r row, from, who, why string) error {
	return s.o.Record(ctx, tx, Record{
		Subject: fmt.Sprintf("action:%d", r.ID), From: from, To: string(r.State), Who: who, Reason: why, Content: r.Hash + r.Receipt.Ref + r.Seen,
	})
}

// past gives what the guards count of a kind, without one action: everything within the longest window of its limits, and
// what lies ahead of the clock. Limits count from when it was known what an action did. What is under way or of unknown
// fate may be happening now, and counts as of now.
func (s *Service) past(ctx context.Context, db querier, k action.Kind, l guard.Limits, but int64) ([]guard.Past, error) {
	now := s.now()
	return collect(ctx, db, s.q["Past"], func(sc scanner) (guard.Past, error) {
		var p guard.Past
		var at, reverses int64
		var size []byte
		if err := sc.Scan(&at, &p.Entity, &p.Field, &size, &reverses); err != nil {
			return p, err
		}
		// Seconds are cut off when stored; a window must not end early by that.
		p.At, p.Reverse = time.Unix(at+1, 0), reverses != 0
		if at == 0 {
			p.At = now
		}
		return p, json.Unmarshal(size, &p.Size)
	}, k.Name, now.Add(-guard.LookBack(k, l)).Unix()-1, but)
}
