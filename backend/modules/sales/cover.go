package sales

import (
	"context"
	"fmt"

	"purser/backend/core"
)

// coverOrders notes which days the document covers: those it states, else all from the first order to the last of each
// marketplace it names.
func (w *write) coverOrders(ctx context.Context, named map[marketDay]string) error {
	if w.b.Covers.Stated() {
		return w.coverStated(ctx)
	}
	days := map[int64]core.Period{}
	for d := range named {
		days[d.mkt] = days[d.mkt].Include(d.day)
	}
	return w.coverDays(ctx, days)
}

// coverStated notes the days that the document states to tell whole, which need not hold a row.
func (w *write) coverStated(ctx context.Context) error {
	c := w.b.Covers
	if c.None || c.Marketplace == "" || c.Period.Days() == 0 {
		return nil
	}
	mkts := nameSet{}
	mkts.add(c.Marketplace)
	if err := w.intern(ctx, "Marketplace", mkts); err != nil {
		return err
	}
	return w.cover(ctx, mkts[c.Marketplace], 0, c.Period)
}

// coverDays notes the days of each marketplace, widened by the document's own period if it states one.
func (w *write) coverDays(ctx context.Context, days map[int64]core.Period) error {
	for id, p := range days {
		if w.b.Period.To != 0 {
			p = p.Include(w.b.Period.From).Include(w.b.Period.To)
		}
		if err := w.cover(ctx, id, 0, p); err != nil {
			return err
		}
	}
	return nil
}

func (w *write) cover(ctx context.Context, mkt, part int64, p core.Period) error {
	_, err := w.tx.ExecContext(ctx, w.m.q["Cover"], string(w.b.Stream), mkt, w.b.DocumentID, w.b.ObservedAt.Unix(),
		part, w.b.Kind, int64(p.From), int64(p.To))
	if err != nil {
		return fmt.Errorf("note coverage: %w", err)
	}
	return nil
}
