package sales

import (
	"context"

	"purser/backend/core"
	"purser/backend/core/module"
	"purser/backend/core/source"
	"purser/backend/platform/sqlite"
)

// Traffic and fee previews are kept in versions: one for each day on which a document told
// something else than the version before it. The newest is what counts today.

// storeVersions stores rows of which no later version says something else, and counts those
// of which one does; these are added to the past and change nothing today. what names the
// statements Older<what> and Store<what>; the latter's column modeColumn picks the rows.
func (w *write) storeVersions(ctx context.Context, what string, rows sqlite.Rows) (module.Applied, error) {
	older, err := w.tally(ctx, "Older"+what, rows)
	if err != nil {
		return module.Applied{}, err
	}
	stored, err := sqlite.Bulk(ctx, w.tx, w.m.q["Store"+what], moded{rows, 0})
	if err != nil {
		return module.Applied{}, err
	}
	if older > 0 {
		if _, err := sqlite.Bulk(ctx, w.tx, w.m.q["Store"+what], moded{rows, 1}); err != nil {
			return module.Applied{}, err
		}
	}
	return module.Applied{Stored: stored, Older: older, Unchanged: rows.Len() - stored - older}, nil
}

// modeColumn is the column of moded rows that holds their mode.
const modeColumn = 20

// moded are rows with one more column, the same for all.
type moded struct {
	sqlite.Rows
	mode int64
}

// Value implements sqlite.Rows.
func (m moded) Value(row, col int) any {
	if col == modeColumn {
		return m.mode
	}
	return m.Rows.Value(row, col)
}

// cells are rows for sqlite.Bulk, made ready once.
type cells [][]any

func cellsOf[T any](rows []T, value func(*T) []any) cells {
	out := make(cells, len(rows))
	for i := range rows {
		out[i] = value(&rows[i])
	}
	return out
}

// Len implements sqlite.Rows.
func (c cells) Len() int { return len(c) }

// Value implements sqlite.Rows.
func (c cells) Value(row, col int) any { return c[row][col] }

// trafficDays stores daily traffic of marketplaces.
func (w *write) trafficDays(ctx context.Context, recs []source.TrafficDay) (module.Applied, error) {
	n := newLedgerNames()
	for i := range recs {
		n.add(recs[i].Marketplace, "", recs[i].Currency)
	}
	if err := w.internLedger(ctx, n); err != nil {
		return module.Applied{}, err
	}
	for i := range recs {
		r := &recs[i]
		if err := w.cover(ctx, n.mkts[r.Marketplace], int64(r.Day), core.Period{From: r.Day, To: r.Day}); err != nil {
			return module.Applied{}, err
		}
	}
	doc := w.b.DocumentID
	return w.storeVersions(ctx, "TrafficDays", cellsOf(recs, func(r *source.TrafficDay) []any {
		return []any{
			n.mkts[r.Marketplace], int64(r.Day), int64(w.observedDay(r.Marketplace)), n.words[currencyOf(r.Currency, r.Marketplace)],
			r.OrderedSales, int64(r.UnitsOrdered), int64(r.OrderItems), int64(r.UnitsRefunded), int64(r.Sessions), int64(r.PageViews),
			r.FeaturedOfferPct, doc, int64(r.Row),
		}
	}))
}

// trafficItems stores traffic of items over the period of their document.
func (w *write) trafficItems(ctx context.Context, recs []source.TrafficItem) (module.Applied, error) {
	n := newLedgerNames()
	for i := range recs {
		n.add(recs[i].Marketplace, recs[i].SKU, recs[i].Currency)
		n.words.add(string(recs[i].ASIN))
	}
	if err := w.internLedger(ctx, n); err != nil {
		return module.Applied{}, err
	}
	const farther = 100_000 // more than any day number: from and to in one number
	type covered struct {
		mkt int64
		core.Period
	}
	seen := map[covered]bool{}
	for i := range recs {
		c := covered{n.mkts[recs[i].Marketplace], recs[i].Period}
		if seen[c] {
			continue
		}
		seen[c] = true
		if err := w.cover(ctx, c.mkt, int64(c.From)*farther+int64(c.To), c.Period); err != nil {
			return module.Applied{}, err
		}
	}
	doc := w.b.DocumentID
	return w.storeVersions(ctx, "TrafficItems", cellsOf(recs, func(r *source.TrafficItem) []any {
		return []any{
			n.mkts[r.Marketplace], int64(r.Period.From), int64(r.Period.To), n.words[string(r.ASIN)], n.skus[string(r.SKU)],
			int64(w.observedDay(r.Marketplace)), n.words[currencyOf(r.Currency, r.Marketplace)], r.OrderedSales, int64(r.UnitsOrdered),
			int64(r.OrderItems), int64(r.Sessions), int64(r.PageViews), r.FeaturedOfferPct, doc, int64(r.Row),
		}
	}))
}

// fees stores fee previews and tells the catalog of their items.
func (w *write) fees(ctx context.Context, recs []source.FeeEstimate) (module.Applied, error) {
	n := newLedgerNames()
	items := make([]module.Item, 0, len(recs))
	for i := range recs {
		r := &recs[i]
		n.add(r.Marketplace, r.SKU, r.Currency)
		it := module.Item{Marketplace: r.Marketplace, SKU: r.SKU, ASIN: r.ASIN, Title: r.Title}
		if r.Price > 0 {
			it.Price = core.Money{Minor: r.Price, Currency: core.Currency(currencyOf(r.Currency, r.Marketplace))}
		}
		items = append(items, it)
	}
	if err := w.internLedger(ctx, n); err != nil {
		return module.Applied{}, err
	}
	for code, id := range n.mkts {
		at := w.observedDay(code)
		if err := w.cover(ctx, id, 0, core.Period{From: at, To: at}); err != nil {
			return module.Applied{}, err
		}
	}
	doc := w.b.DocumentID
	a, err := w.storeVersions(ctx, "Fees", cellsOf(recs, func(r *source.FeeEstimate) []any {
		return []any{
			n.mkts[r.Marketplace], n.skus[string(r.SKU)], int64(w.observedDay(r.Marketplace)), n.words[currencyOf(r.Currency, r.Marketplace)],
			r.Price, r.TotalFee, r.ReferralFee, r.FulfilFee, r.SizeTier, doc, int64(r.Row),
		}
	}))
	if err != nil || a.Stored == 0 {
		return a, err
	}
	return a, w.m.h.Catalog().Note(ctx, w.tx, items)
}
