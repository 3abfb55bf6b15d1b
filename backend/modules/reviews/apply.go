package reviews

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"purser/backend/core"
	"purser/backend/core/module"
	"purser/backend/core/source"
	"purser/backend/platform/sqlite"
)

// Apply stores one batch of feedback or of returns. Of orders it notes only that there are new
// ones: they may tell which SKU a feedback is about and where a return belongs.
func (m *Module) Apply(ctx context.Context, tx *sql.Tx, b source.Batch) (module.Applied, error) {
	if err := m.changed(ctx, tx); err != nil {
		return module.Applied{}, err
	}
	if b.Stream == source.Orders {
		return module.Applied{Unchanged: b.Len}, nil
	}
	switch rows := b.Rows.(type) {
	case []source.Feedback:
		return m.applyFeedback(ctx, tx, b, rows)
	case []source.Return:
		return m.applyReturns(ctx, tx, b, rows)
	}
	if b.Len == 0 {
		return module.Applied{}, nil
	}
	return module.Applied{}, fmt.Errorf("reviews: a batch of %s carries %T, not feedback or returns", b.Stream, b.Rows)
}

// changed makes what is kept in memory old, once the transaction is committed.
func (m *Module) changed(ctx context.Context, tx *sql.Tx) error {
	m.orders.clear() // orders of the same import may be new
	if _, err := tx.ExecContext(ctx, m.q["CountChange"]); err != nil {
		return fmt.Errorf("reviews: count a change: %w", err)
	}
	return nil
}

// Settle has nothing to recompute: rows are read as they are stored.
func (m *Module) Settle(context.Context, *sql.Tx) error { return nil }

// Forget empties the module's tables.
func (m *Module) Forget(ctx context.Context, tx *sql.Tx) error {
	if err := m.changed(ctx, tx); err != nil {
		return err
	}
	for _, name := range []string{"ForgetDocuments", "ForgetFeedback", "ForgetReturns"} {
		if _, err := tx.ExecContext(ctx, m.q[name]); err != nil {
			return fmt.Errorf("reviews: forget: %w", err)
		}
	}
	return nil
}

func (m *Module) applyFeedback(ctx context.Context, tx *sql.Tx, b source.Batch, rows []source.Feedback) (module.Applied, error) {
	at := spans{batch: b, by: map[string]core.Period{}}
	for i := range rows {
		at.add(rows[i].Marketplace, rows[i].Day)
	}
	if err := m.cover(ctx, tx, at, len(rows)); err != nil {
		return module.Applied{}, err
	}
	observed := at.observed().Unix()
	value := func(r *source.Feedback, col int) any {
		return [...]any{
			int64(r.Day), r.Marketplace, r.OrderID, int64(r.Rating), r.Comment, r.Response,
			b.DocumentID, int64(r.Row), observed,
		}[col]
	}
	return m.store(ctx, tx, "Feedback", sqlite.RowsOf(rows, value))
}

// returnRow is a return with its number among equal ones.
type returnRow struct {
	*source.Return
	seq int64
}

func (m *Module) applyReturns(ctx context.Context, tx *sql.Tx, b source.Batch, rows []source.Return) (module.Applied, error) {
	at := spans{batch: b, by: map[string]core.Period{}}
	for i := range rows {
		at.add(rows[i].Marketplace, rows[i].Day)
	}
	if err := m.cover(ctx, tx, at, len(rows)); err != nil {
		return module.Applied{}, err
	}
	observed := at.observed().Unix()
	value := func(r *returnRow, col int) any {
		return [...]any{
			int64(r.Day), r.OrderID, string(r.SKU), r.Plate, r.At, r.seq, int64(r.Quantity), r.Reason,
			r.Marketplace, b.DocumentID, int64(r.Row), observed,
		}[col]
	}
	return m.store(ctx, tx, "Returns", sqlite.RowsOf(numberReturns(rows), value))
}

// numberReturns numbers units without a license plate that agree in all else: they are
// several units. The same plate twice is one unit twice.
func numberReturns(rows []source.Return) []returnRow {
	type key struct {
		order string
		sku   core.SKU
		at    int64
		what  string
	}
	out := make([]returnRow, len(rows))
	seen := map[key]int64{}
	for i := range rows {
		r := &rows[i]
		out[i] = returnRow{Return: r}
		if r.Plate == "" {
			k := key{r.OrderID, r.SKU, r.At, fmt.Sprint(r.Quantity, r.Reason)}
			out[i].seq = seen[k]
			seen[k]++
		}
	}
	return out
}

// store adds what is new, then marks everything as seen by the report.
func (m *Module) store(ctx context.Context, tx *sql.Tx, what string, rows sqlite.Rows) (module.Applied, error) {
	added, err := sqlite.Bulk(ctx, tx, m.q["Add"+what], rows)
	if err != nil {
		return module.Applied{}, fmt.Errorf("reviews: store %s: %w", what, err)
	}
	if _, err := sqlite.Bulk(ctx, tx, m.q["See"+what], rows); err != nil {
		return module.Applied{}, fmt.Errorf("reviews: store %s: %w", what, err)
	}
	return module.Applied{Stored: added, Unchanged: rows.Len() - added}, nil
}

// spans are the days of a batch by marketplace.
type spans struct {
	batch source.Batch
	all   core.Period
	by    map[string]core.Period
}

func (s *spans) add(market string, day core.Day) {
	p, ok := s.by[market]
	if !ok {
		p = s.batch.Period
	}
	s.by[market] = p.Include(day)
	s.all = s.all.Include(day)
}

// observed is when the report was made; where it does not tell, at the earliest after its last day.
func (s *spans) observed() time.Time {
	if !s.batch.ObservedAt.IsZero() {
		return s.batch.ObservedAt
	}
	last := max(s.all.To, s.batch.Period.To)
	return (last + 1).Start(zoneOf(s.batch.Marketplace))
}

func (m *Module) cover(ctx context.Context, tx *sql.Tx, s spans, rows int) error {
	if len(s.by) == 0 && s.batch.Period.Days() > 0 && s.batch.Marketplace != "" {
		s.by[s.batch.Marketplace] = s.batch.Period // a report without rows, over a stated period
	}
	kind := s.batch.Kind
	if kind == "" {
		kind = kindOf(s.batch.Stream)
	}
	for market, p := range s.by {
		_, err := tx.ExecContext(ctx, m.q["PutDocument"], string(s.batch.Stream), s.batch.DocumentID, market, kind,
			s.observed().Unix(), int64(p.From), int64(p.To), rows)
		if err != nil {
			return fmt.Errorf("reviews: store what document %d covers: %w", s.batch.DocumentID, err)
		}
	}
	return nil
}

func zoneOf(market string) *time.Location {
	if mp, ok := core.MarketplaceByCode(market); ok {
		return mp.Zone()
	}
	return time.UTC
}
