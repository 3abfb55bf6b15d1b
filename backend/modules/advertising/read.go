package advertising

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"time"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/source"
)

// defaultSettles is used where the host does not know a kind: Amazon takes back invalid
// clicks and failed orders within 72 hours (Amazon Ads, seen November 2026).
const defaultSettles = 72 * time.Hour

func (m *Module) rulesOf(s source.Stream) ageRules {
	name := kindOf(s)
	k, ok := m.host.Kind(name)
	if !ok {
		k = source.Kind{Title: name, Settles: defaultSettles}
	}
	if k.Title == "" {
		k.Title = name
	}
	return ageRules{kind: name, title: k.Title, settles: int(math.Ceil(k.Settles.Hours() / 24)), stale: k.StaleAge}
}

// snapshot is one look at the tables: an answer holds what was committed when it began, and
// nothing that came meanwhile. It holds a connection, so nobody else may be asked before close.
type snapshot struct {
	m         *Module
	tx        *sql.Tx
	names     nameTable
	revisions map[bookKey]int64
}

func (m *Module) look(ctx context.Context) (*snapshot, error) {
	tx, err := m.host.DB().BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, fmt.Errorf("advertising: begin to read: %w", err)
	}
	s := &snapshot{m: m, tx: tx, revisions: map[bookKey]int64{}}
	if err := s.begin(ctx); err != nil {
		return nil, errors.Join(err, tx.Rollback())
	}
	return s, nil
}

func (s *snapshot) begin(ctx context.Context) error {
	var err error
	if s.names, err = s.m.upToDate(ctx, s.tx); err != nil {
		return err
	}
	rows, err := s.tx.QueryContext(ctx, s.m.q["Revisions"])
	if err != nil {
		return fmt.Errorf("advertising: read revisions: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var k bookKey
		var n int64
		if err := rows.Scan(&k.market, &k.stream, &n); err != nil {
			return fmt.Errorf("advertising: read revisions: %w", err)
		}
		s.revisions[k] = n
	}
	return rows.Err()
}

func (s *snapshot) close() { _ = s.tx.Rollback() } // nothing was written

// markets are the codes of all marketplaces with a report, or only the one of subject.
func (s *snapshot) markets(subject string) []string {
	set := map[string]bool{}
	for k := range s.revisions {
		set[k.market] = true
	}
	if code, _ := fact.SplitID(subject); code != "" {
		return slices.DeleteFunc([]string{code}, func(c string) bool { return !set[c] })
	}
	return slices.Sorted(maps.Keys(set))
}

// history is what is known of a stream in a marketplace as of a day, over all its reports.
func (s *snapshot) history(ctx context.Context, k bookKey, asOf core.Day) (history, error) {
	h := history{market: k.market, stream: k.stream, asOf: asOf, rules: s.m.rulesOf(k.stream)}
	if _, ok := s.revisions[k]; !ok {
		return h, nil
	}
	b := s.m.ledger.book(k)
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.fresh(ctx, s); err != nil {
		return h, err
	}
	h.days, h.sums, h.reports = b.calendar(asOf), b.sums, b.spans
	return h, nil
}

// within narrows a history to the reports that reach into p; false if there is none.
func (h history) within(p core.Period) (history, bool) {
	outside := func(r core.Period) bool { return r.To < p.From || r.From > p.To }
	h.days = h.days.cut(p)
	h.sums = slices.DeleteFunc(slices.Clone(h.sums), func(s summary) bool { return outside(s.period) })
	return h, slices.ContainsFunc(h.reports, func(r core.Period) bool { return !outside(r) })
}

func zoneOf(market string) *time.Location {
	if mp, ok := core.MarketplaceByCode(market); ok {
		return mp.Zone()
	}
	return time.UTC
}

// contents reads packed rows by id.
func (s *snapshot) contents(ctx context.Context, ids map[int64]bool) (map[int64][]byte, error) {
	out := make(map[int64][]byte, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	rows, err := s.byID(ctx, "ContentsData", slices.Collect(maps.Keys(ids)))
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id int64
		var data []byte
		if err := rows.Scan(&id, &data); err != nil {
			return nil, fmt.Errorf("advertising: read packed rows: %w", err)
		}
		out[id] = data
	}
	return out, rows.Err()
}

// byID asks a query about contents by id; the caller closes the rows.
func (s *snapshot) byID(ctx context.Context, query string, ids []int64) (*sql.Rows, error) {
	arg, err := json.Marshal(ids)
	if err != nil {
		return nil, fmt.Errorf("advertising: read packed rows: %w", err)
	}
	rows, err := s.tx.QueryContext(ctx, s.m.q[query], string(arg))
	if err != nil {
		return nil, fmt.Errorf("advertising: read packed rows: %w", err)
	}
	return rows, nil
}
