package ingest

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// KindFreshness says how fresh one kind of document is.
type KindFreshness struct {
	Kind           string        `json:"kind"`
	Title          string        `json:"title"`
	State          fact.Maturity `json:"state"` // fresh, settling, stale, missing
	AsOf           string        `json:"as_of"` // when Amazon made the newest document, RFC 3339
	SettledThrough string        `json:"settled_through"`
	Through        string        `json:"through"` // last day covered
	Rows           int           `json:"rows"`
	Documents      int           `json:"documents"`
	Where          string        `json:"where"`
	Unlocks        string        `json:"unlocks"`
	Text           string        `json:"text"` // the state in words
}

type stamp struct {
	observed   time.Time
	through    core.Day
	rows, docs int
}

// Freshness lists every kind of document in the source's order, missing ones too.
func (s *Service) Freshness(ctx context.Context) ([]KindFreshness, error) {
	stamps, err := s.stamps(ctx)
	if err != nil {
		return nil, err
	}
	now := s.d.Clock.Now()
	out := []KindFreshness{}
	for _, k := range s.d.Source.Kinds() {
		f := KindFreshness{Kind: k.Name, Title: k.Title, Where: k.Where, Unlocks: k.Unlocks, State: fact.Missing, Text: "never imported"}
		if st, ok := stamps[k.Name]; ok {
			f.AsOf = st.observed.Format(time.RFC3339)
			f.Through, f.Rows, f.Documents = st.through.String(), st.rows, st.docs
			f.State, f.SettledThrough, f.Text = judge(now, st, k.StaleAge, k.Settles)
		}
		out = append(out, f)
	}
	return out, nil
}

func judge(now time.Time, st stamp, staleAge, settles time.Duration) (state fact.Maturity, settled, text string) {
	state, text = fact.Fresh, "as of "+st.observed.Format("2 Jan 15:04")
	if settles > 0 && st.through > 0 {
		last := core.DayOf(now.Add(-settles), time.UTC)
		settled = min(st.through, last).String()
		if st.through > last {
			state, text = fact.Settling, "settling to "+st.through.Time().Add(settles).Format("2 Jan")
		}
	}
	if age := now.Sub(st.observed); staleAge > 0 && age > staleAge {
		state, text = fact.Stale, fmt.Sprintf("stale, %d days old", int(age.Hours()/24))
	}
	return state, settled, text
}

func (s *Service) stamps(ctx context.Context) (map[string]stamp, error) {
	rows, err := s.d.Market.Reader().QueryContext(ctx, s.q["KindStamps"])
	if err != nil {
		return nil, fmt.Errorf("read freshness: %w", err)
	}
	defer func() { _ = rows.Close() }()
	out := map[string]stamp{}
	for rows.Next() {
		var kind string
		var observed int64
		var st stamp
		if err := rows.Scan(&kind, &observed, &st.through, &st.rows, &st.docs); err != nil {
			return nil, fmt.Errorf("read freshness: %w", err)
		}
		st.observed = time.Unix(observed, 0).UTC()
		out[kind] = st
	}
	return out, rows.Err()
}

// DocumentRow is one kept document.
type DocumentRow struct {
	ID          int64  `json:"id"`
	File        string `json:"file"`
	Kind        string `json:"kind"`
	KindTitle   string `json:"kind_title"`
	Marketplace string `json:"marketplace"`
	Rows        int    `json:"rows"`
	Stored      int    `json:"stored"`
	Quarantined int    `json:"quarantined"`
	FirstDay    string `json:"first_day"`
	LastDay     string `json:"last_day"`
	ObservedAt  string `json:"observed_at"`
	ImportedAt  string `json:"imported_at"`
	Size        int64  `json:"size"`
	State       string `json:"state"`      // importing, stored, waiting
	Waiting     string `json:"waiting"`    // modules that could not take it
	Origin      string `json:"origin"`     // file, api: who gave it
	ClearedAt   string `json:"cleared_at"` // RFC 3339, when its original was cleared by the retention rule; "": it is kept
}

// ListDocuments pages through the kept documents, newest first.
func (s *Service) ListDocuments(ctx context.Context, offset, limit int) ([]DocumentRow, int, error) {
	var total int
	if err := s.d.Market.Reader().QueryRowContext(ctx, s.q["CountDocuments"]).Scan(&total); err != nil {
		return nil, 0, fmt.Errorf("count documents: %w", err)
	}
	rows, err := s.d.Market.Reader().QueryContext(ctx, s.q["ListDocuments"], limit, offset)
	if err != nil {
		return nil, 0, fmt.Errorf("list documents: %w", err)
	}
	defer func() { _ = rows.Close() }()
	out := []DocumentRow{}
	for rows.Next() {
		d, err := s.documentRow(rows)
		if err != nil {
			return nil, 0, err
		}
		out = append(out, d)
	}
	return out, total, rows.Err()
}

func (s *Service) documentRow(rows *sql.Rows) (DocumentRow, error) {
	var d DocumentRow
	var first, last core.Day
	var observed, imported, cleared int64
	err := rows.Scan(&d.ID, &d.File, &d.Kind, &d.Marketplace, &d.Rows, &d.Stored, &d.Quarantined, &first, &last, &observed, &imported, &d.Size, &d.State, &d.Waiting, &d.Origin, &cleared)
	if err != nil {
		return d, fmt.Errorf("list documents: %w", err)
	}
	d.KindTitle = s.kinds[d.Kind].Title
	d.FirstDay, d.LastDay = first.String(), last.String()
	d.ObservedAt = time.Unix(observed, 0).UTC().Format(time.RFC3339)
	d.ImportedAt = time.Unix(imported, 0).UTC().Format(time.RFC3339)
	if cleared > 0 {
		d.ClearedAt = time.Unix(cleared, 0).UTC().Format(time.RFC3339)
	}
	if d.Waiting != "" {
		d.State = "waiting"
	}
	return d, nil
}

// QuarantineRow is one row that could not be understood.
type QuarantineRow struct {
	Line   int    `json:"line"`
	Column string `json:"column"`
	Reason string `json:"reason"`
	Text   string `json:"text"`
}

// ListQuarantine lists the rows of a document that could not be understood, at most 500.
func (s *Service) ListQuarantine(ctx context.Context, id int64) ([]QuarantineRow, error) {
	rows, err := s.d.Market.Reader().QueryContext(ctx, s.q["ListQuarantine"], id)
	if err != nil {
		return nil, fmt.Errorf("list quarantine: %w", err)
	}
	defer func() { _ = rows.Close() }()
	out := []QuarantineRow{}
	for rows.Next() {
		var r QuarantineRow
		if err := rows.Scan(&r.Line, &r.Column, &r.Reason, &r.Text); err != nil {
			return nil, fmt.Errorf("list quarantine: %w", err)
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

// Count is how many documents are kept.
func (s *Service) Count(ctx context.Context) (int, error) {
	var n int
	err := s.d.Market.Reader().QueryRowContext(ctx, s.q["CountDocuments"]).Scan(&n)
	return n, err
}
