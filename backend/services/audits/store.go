package audits

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"purser/backend/core"
)

type scanner interface{ Scan(dest ...any) error }

func collect[T any](ctx context.Context, s *Service, query string, scan func(scanner) (T, error), args ...any) (out []T, err error) {
	rows, err := s.o.DB.Reader().QueryContext(ctx, s.q[query], args...)
	if err != nil {
		return nil, fmt.Errorf("read audits: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("read audits: %w", err)
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// begin notes since when inputs are kept, the first time, and gives it.
func (s *Service) begin(ctx context.Context) (at time.Time, err error) {
	var unix int64
	err = s.o.DB.Write(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, s.q["Begin"], s.now().Unix()).Scan(&unix)
	})
	if err != nil {
		return time.Time{}, fmt.Errorf("open audits: %w", err)
	}
	return time.Unix(unix, 0).UTC(), nil
}

// keptRow is what lists must know of an action beside what it says itself.
type keptRow struct {
	action  int64
	subject string
	at      int64
	stake   core.Money
	per     string
	head    string // hash of the row of the audit by which it was agreed to
}

func (s *Service) kept(ctx context.Context) (map[int64]keptRow, error) {
	all, err := collect(ctx, s, "KeptHeads", func(sc scanner) (keptRow, error) {
		var k keptRow
		return k, sc.Scan(&k.action, &k.subject, &k.at, &k.stake.Minor, &k.stake.Currency, &k.per, &k.head)
	})
	out := make(map[int64]keptRow, len(all))
	for _, k := range all {
		out[k.action] = k
	}
	return out, err
}

// review is a verdict as it was given.
type review struct {
	id      int64
	month   string
	action  int64
	kind    string
	policy  string
	version int
	verdict string
	cause   string
	note    string
	answers []AnswerInput
	rerun   string
	at      int64
}

func (r review) bad() bool { return r.verdict != Right }

func scanReview(sc scanner) (review, error) {
	var r review
	var answers []byte
	err := sc.Scan(&r.id, &r.month, &r.action, &r.kind, &r.policy, &r.version, &r.verdict, &r.cause, &r.note, &answers, &r.rerun, &r.at)
	if err != nil {
		return r, err
	}
	return r, json.Unmarshal(answers, &r.answers)
}

func (s *Service) reviews(ctx context.Context) ([]review, error) {
	return collect(ctx, s, "Reviews", scanReview)
}

// latest gives the verdict of each action that counts.
func latest(all []review) map[int64]review {
	out := map[int64]review{}
	for _, r := range all {
		out[r.action] = r
	}
	return out
}

// draw is the seed of a part of a month, fixed by a verdict.
type draw struct {
	month, kind string
	through     int64
	seed, head  string
}

func (s *Service) draws(ctx context.Context) (map[string][]draw, error) {
	all, err := collect(ctx, s, "Draws", func(sc scanner) (draw, error) {
		var d draw
		return d, sc.Scan(&d.month, &d.kind, &d.through, &d.seed, &d.head)
	})
	out := map[string][]draw{}
	for _, d := range all {
		key := d.month + " " + d.kind
		out[key] = append(out[key], d)
	}
	return out, err
}

func stampText(unix int64) string {
	if unix == 0 {
		return ""
	}
	return time.Unix(unix, 0).UTC().Format(time.RFC3339)
}

func moneyOutput(m core.Money) *MoneyOutput {
	if m.Currency == "" {
		return nil
	}
	return &MoneyOutput{Minor: m.Minor, Currency: string(m.Currency), Text: m.Text()}
}
