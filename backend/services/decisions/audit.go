package decisions

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"purser/backend/core/decision"
)

// entry is one row of the audit. What it is about is a decision by its id, or "action:12", "mode:low_cover", "stop".
type entry struct {
	Seq      int64
	At       int64
	Decision string
	From, To string
	Who      string
	Reason   string
	Payload  string // hash of what it was about, as it was
	Prev     string
	Hash     string
}

// digest chains the entry to the one before it.
func (e entry) digest() string {
	var w hasher
	return string(w.digest(&e))
}

// Record is a row of the audit that is about something else than a decision.
type Record struct {
	Subject  string // "action:12", "limit:webhook/per_day", "mode:low_cover", "stop", "review:2026-11/3"
	From, To string
	Who      string
	Reason   string
	Content  string // its hash is kept
}

// Record adds a row to the audit, in the transaction of what it tells of.
func (s *Service) Record(ctx context.Context, tx *sql.Tx, r Record) error {
	if !strings.Contains(r.Subject, ":") && r.Subject != "stop" {
		return fmt.Errorf("audit %q: that is the name of a decision", r.Subject)
	}
	return s.append(ctx, tx, entry{Decision: r.Subject, From: r.From, To: r.To, Who: r.Who, Reason: r.Reason, Payload: sum([]byte(r.Content))})
}

// RecordChange is Record, unless the newest row about the subject says already what r came to.
func (s *Service) RecordChange(ctx context.Context, tx *sql.Tx, r Record) error {
	last, err := s.lastOf(ctx, tx, r.Subject)
	if err != nil || last == r.To {
		return err
	}
	return s.Record(ctx, tx, r)
}

// AuditSize is how many rows the audit has and when the first was written; zero where there is none.
func (s *Service) AuditSize(ctx context.Context) (rows int, first time.Time, err error) {
	var at int64
	if err := s.o.DB.Reader().QueryRowContext(ctx, s.q["AuditSize"]).Scan(&rows, &at); err != nil {
		return 0, time.Time{}, fmt.Errorf("count the audit: %w", err)
	}
	if rows > 0 {
		first = time.Unix(at, 0).UTC()
	}
	return rows, first, nil
}

// LastOf is what a subject came to by the newest row of the audit about it; "" if there is none.
func (s *Service) LastOf(ctx context.Context, subject string) (string, error) {
	return s.lastOf(ctx, s.o.DB.Reader(), subject)
}

func (s *Service) lastOf(ctx context.Context, db querier, subject string) (to string, err error) {
	err = db.QueryRowContext(ctx, s.q["LastOf"], subject).Scan(&to)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("read the audit of %s: %w", subject, err)
	}
	return to, nil
}

func sum(content []byte) string {
	h := sha256.Sum256(content)
	return hex.EncodeToString(h[:])
}

func scanEntry(sc scanner) (entry, error) {
	var e entry
	err := sc.Scan(e.columns()...)
	return e, err
}

// columns are where the columns of a row go.
func (e *entry) columns() []any {
	return []any{&e.Seq, &e.At, &e.Decision, &e.From, &e.To, &e.Who, &e.Reason, &e.Payload, &e.Prev, &e.Hash}
}

// transition stores a decision in its new state together with its audit row.
func (s *Service) transition(ctx context.Context, tx *sql.Tx, r *row, to decision.State, who, reason string) error {
	from := r.State
	now := s.o.Clock.Now().Unix()
	if from != to {
		r.StateAt = now
	}
	r.State = to
	r.Revision++
	if err := s.put(ctx, tx, *r); err != nil {
		return err
	}
	return s.audit(ctx, tx, r, from, who, reason)
}

func (s *Service) audit(ctx context.Context, tx *sql.Tx, r *row, from decision.State, who, reason string) error {
	payload, err := json.Marshal(r.Proposal)
	if err != nil {
		return fmt.Errorf("audit decision %s: %w", r.ID, err)
	}
	return s.append(ctx, tx, entry{Decision: r.ID, From: string(from), To: string(r.State), Who: who, Reason: reason, Payload: sum(payload)})
}

// append chains an entry to the end of the audit; its place and time are given here. Bytes that are no text are
// replaced first: hashes are of text, and would not tell one such byte from another.
func (s *Service) append(ctx context.Context, tx *sql.Tx, e entry) error {
	end, err := s.head(ctx, tx)
	if err != nil {
		return err
	}
	e.Seq, e.At, e.Prev = end.Seq+1, s.o.Clock.Now().Unix(), end.Hash
	for _, text := range []*string{&e.Decision, &e.From, &e.To, &e.Who, &e.Reason} {
		*text = strings.ToValidUTF8(*text, "\uFFFD")
	}
	e.Hash = e.digest()
	_, err = tx.ExecContext(ctx, s.q["AddAudit"], e.Seq, e.At, e.Decision, e.From, e.To, e.Who, e.Reason, e.Payload, e.Prev, e.Hash)
	if err != nil {
		return fmt.Errorf("audit %s: %w", e.Decision, err)
	}
	if _, err := tx.ExecContext(ctx, s.q["SetAuditHead"], e.Seq, e.Hash); err != nil {
		return fmt.Errorf("audit %s: %w", e.Decision, err)
	}
	return nil
}

// Head is the newest row of the audit; row 0: it has none yet.
func (s *Service) Head(ctx context.Context) (Head, error) { return s.head(ctx, s.o.DB.Reader()) }

func (s *Service) head(ctx context.Context, db querier) (h Head, err error) {
	err = db.QueryRowContext(ctx, s.q["AuditHead"]).Scan(&h.Seq, &h.Hash)
	if errors.Is(err, sql.ErrNoRows) {
		return Head{}, nil
	}
	if err != nil {
		return Head{}, fmt.Errorf("read the end of the audit: %w", err)
	}
	return h, nil
}
