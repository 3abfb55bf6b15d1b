package sales

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"purser/backend/core"
	"purser/backend/core/module"
	"purser/backend/core/source"
	"purser/backend/platform/sqlite"
)

// ledgerRow is a row of a statement without a key of its own. It is told from others by
// what it says and by how many equal rows the document has before it, so that importing a
// file again, or one that overlaps it, counts nothing twice.
type ledgerRow[T any] struct {
	rec        *T
	hash       int64
	occurrence int64
	row        int32
	mkt, sku   int64
	currency   int64
	observed   core.Day
}

// digest is a positive 63-bit number of what a row says.
func digest(parts ...any) int64 {
	h := sha256.New()
	for _, p := range parts {
		_, _ = fmt.Fprintf(h, "%v\x00", p)
	}
	return int64(binary.BigEndian.Uint64(h.Sum(nil)) & math.MaxInt64)
}

// ledgerNames gives numbers to what every ledger row names.
type ledgerNames struct{ mkts, skus, words nameSet }

func newLedgerNames() ledgerNames { return ledgerNames{nameSet{}, nameSet{}, nameSet{}} }

func (n ledgerNames) add(marketplace string, sku core.SKU, c core.Currency) {
	n.mkts.add(marketplace)
	n.skus.add(string(sku))
	n.words.add(currencyOf(c, marketplace))
}

func (w *write) internLedger(ctx context.Context, n ledgerNames) error {
	if err := w.intern(ctx, "Marketplace", n.mkts); err != nil {
		return err
	}
	if err := w.intern(ctx, "SKU", n.skus); err != nil {
		return err
	}
	return w.intern(ctx, "Word", n.words)
}

// numberRows sets the occurrence of each row. A document in one batch is numbered in memory;
// rows of earlier batches of a longer one are found in sales_seen.
func numberRows[T any](ctx context.Context, w *write, rows []ledgerRow[T]) error {
	slices.SortFunc(rows, func(a, b ledgerRow[T]) int {
		return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.row, b.row))
	})
	before, err := seenBefore(ctx, w, rows)
	if err != nil {
		return err
	}
	for i := range rows {
		switch {
		case i > 0 && rows[i].hash == rows[i-1].hash && rows[i].row == rows[i-1].row:
			rows[i].occurrence = rows[i-1].occurrence // the same row twice
		case i > 0 && rows[i].hash == rows[i-1].hash:
			rows[i].occurrence = rows[i-1].occurrence + 1
		default:
			rows[i].occurrence = before[rows[i].hash]
		}
	}
	return nil
}

// seenBefore counts equal rows in earlier batches of the document, and remembers these rows.
func seenBefore[T any](ctx context.Context, w *write, rows []ledgerRow[T]) (map[int64]int64, error) {
	var earlier bool
	stream, doc := string(w.b.Stream), w.b.DocumentID
	if err := w.tx.QueryRowContext(ctx, w.m.q["AnySeen"], stream, doc).Scan(&earlier); err != nil {
		return nil, fmt.Errorf("look for seen rows: %w", err)
	}
	if !earlier && w.b.Last {
		return nil, nil
	}
	_, err := sqlite.Bulk(ctx, w.tx, w.m.q["AddSeen"], sqlite.RowsOf(rows, func(r *ledgerRow[T], col int) any {
		switch col {
		case 0:
			return stream
		case 1:
			return doc
		case 2:
			return r.hash
		}
		return int64(r.row)
	}))
	if err != nil {
		return nil, err
	}
	first := int32(math.MaxInt32)
	for i := range rows {
		first = min(first, rows[i].row)
	}
	found, err := w.tx.QueryContext(ctx, w.m.q["SeenBefore"], stream, doc, int64(first))
	if err != nil {
		return nil, fmt.Errorf("count seen rows: %w", err)
	}
	defer func() { _ = found.Close() }()
	out := map[int64]int64{}
	for found.Next() {
		var hash, n int64
		if err := found.Scan(&hash, &n); err != nil {
			return nil, fmt.Errorf("count seen rows: %w", err)
		}
		out[hash] = n
	}
	return out, found.Err()
}

// insertLedger stores rows that are not there yet; the others are unchanged.
func insertLedger[T any](ctx context.Context, w *write, query string, rows []ledgerRow[T], value func(*ledgerRow[T]) []any) (module.Applied, error) {
	if err := numberRows(ctx, w, rows); err != nil {
		return module.Applied{}, err
	}
	n, err := sqlite.Bulk(ctx, w.tx, w.m.q[query], cellsOf(rows, value))
	return module.Applied{Stored: n, Unchanged: len(rows) - n}, err
}

// dropSurplus removes rows of older documents that had an equal row more often than this one has it: rows that came
// twice. Only of what a document tells whole may that be said.
func dropSurplus[T any](ctx context.Context, w *write, query string, rows []ledgerRow[T]) error {
	keys := cellsOf(rows, func(l *ledgerRow[T]) []any { return []any{l.hash, l.occurrence, int64(l.observed)} })
	if _, err := sqlite.Bulk(ctx, w.tx, w.m.q[query], keys, w.b.DocumentID); err != nil {
		return fmt.Errorf("remove rows that came twice: %w", err)
	}
	return nil
}

// coverLedger notes which days the document states to cover, else those that the rows of each marketplace span.
func coverLedger[T any](ctx context.Context, w *write, rows []ledgerRow[T], day func(*T) core.Day) error {
	if w.b.Covers.Stated() {
		return w.coverStated(ctx)
	}
	days := map[int64]core.Period{}
	for i := range rows {
		days[rows[i].mkt] = days[rows[i].mkt].Include(day(rows[i].rec))
	}
	return w.coverDays(ctx, days)
}

// settlements stores lines of settlements and the statement each belongs to.
func (w *write) settlements(ctx context.Context, recs []source.SettlementLine) (module.Applied, error) {
	n := newLedgerNames()
	for i := range recs {
		n.add(recs[i].Marketplace, recs[i].SKU, recs[i].Currency)
	}
	if err := w.internLedger(ctx, n); err != nil {
		return module.Applied{}, err
	}
	rows := make([]ledgerRow[source.SettlementLine], len(recs))
	for i := range recs {
		r := &recs[i]
		rows[i] = ledgerRow[source.SettlementLine]{
			rec: r, row: r.Row, mkt: n.mkts[r.Marketplace], sku: n.skus[string(r.SKU)],
			currency: n.words[currencyOf(r.Currency, r.Marketplace)], observed: w.observedDay(r.Marketplace),
			hash: digest(r.SettlementID, r.Marketplace, r.Currency, r.TransactionType, r.OrderID, r.AmountType, r.AmountDesc,
				r.Amount, r.PostedAt, r.Day, r.OrderItemCode, r.SKU, r.Quantity),
		}
	}
	if err := w.settlementHeads(ctx, rows); err != nil {
		return module.Applied{}, err
	}
	if err := coverLedger(ctx, w, rows, func(r *source.SettlementLine) core.Day { return r.Day }); err != nil {
		return module.Applied{}, err
	}
	doc, told := w.b.DocumentID, len(rows)
	rows, err := w.withoutWhole(ctx, rows)
	if err != nil {
		return module.Applied{}, err
	}
	a, err := insertLedger(ctx, w, "InsertSettlementLines", rows, func(l *ledgerRow[source.SettlementLine]) []any {
		r := l.rec
		return []any{
			r.SettlementID, l.hash, l.occurrence, l.mkt, l.currency, int64(r.Day), r.PostedAt, r.TransactionType, r.AmountType, r.AmountDesc,
			r.OrderID, r.OrderItemCode, l.sku, int64(r.Quantity), r.Amount, bit(r.TransactionType == "Refund"), int64(l.observed), doc, int64(r.Row),
		}
	})
	if err != nil {
		return a, err
	}
	a.Unchanged += told - len(rows)
	return a, dropSurplus(ctx, w, "DropSurplusSettlementLines", rows)
}

// withoutWhole leaves out the lines of settlements of which other documents have brought lines that add up to the total:
// what a further copy has beyond them came twice.
func (w *write) withoutWhole(ctx context.Context, rows []ledgerRow[source.SettlementLine]) ([]ledgerRow[source.SettlementLine], error) {
	whole := map[string]bool{}
	for i := range rows {
		id := rows[i].rec.SettlementID
		if _, known := whole[id]; known {
			continue
		}
		var yes bool
		if err := w.tx.QueryRowContext(ctx, w.m.q["SettlementIsWhole"], id, w.b.DocumentID).Scan(&yes); err != nil {
			return nil, fmt.Errorf("look for settlement %s: %w", id, err)
		}
		whole[id] = yes
	}
	return slices.DeleteFunc(rows, func(l ledgerRow[source.SettlementLine]) bool { return whole[l.rec.SettlementID] }), nil
}

func (w *write) settlementHeads(ctx context.Context, rows []ledgerRow[source.SettlementLine]) error {
	heads := map[string]*ledgerRow[source.SettlementLine]{}
	for i := range rows {
		l := &rows[i]
		have := heads[l.rec.SettlementID]
		if have == nil || (have.rec.Marketplace == "" || have.rec.Marketplace == core.NonAmazon) && l.rec.Marketplace != "" {
			heads[l.rec.SettlementID] = l
		}
	}
	for id, l := range heads {
		r := l.rec
		known := bit(r.Marketplace != "" && r.Marketplace != core.NonAmazon)
		if _, err := w.tx.ExecContext(ctx, w.m.q["UpsertSettlement"], id, l.mkt, l.currency, r.Start, r.End, r.Deposit, r.Total,
			int64(l.observed), w.b.DocumentID, known); err != nil {
			return fmt.Errorf("store settlement %s: %w", id, err)
		}
	}
	return nil
}

// transactions stores rows of the payments report and the days they cover.
func (w *write) transactions(ctx context.Context, recs []source.Transaction) (module.Applied, error) {
	n := newLedgerNames()
	for i := range recs {
		n.add(recs[i].Marketplace, recs[i].SKU, recs[i].Currency)
	}
	if err := w.internLedger(ctx, n); err != nil {
		return module.Applied{}, err
	}
	rows := make([]ledgerRow[source.Transaction], len(recs))
	for i := range recs {
		r := &recs[i]
		rows[i] = ledgerRow[source.Transaction]{
			rec: r, row: r.Row, mkt: n.mkts[r.Marketplace], sku: n.skus[string(r.SKU)],
			currency: n.words[currencyOf(r.Currency, r.Marketplace)], observed: w.observedDay(r.Marketplace),
			hash: digest(r.Marketplace, r.Currency, r.At, r.Day, r.SettlementID, r.Type, r.Class, r.OrderID, r.SKU, r.Description,
				r.Quantity, r.ProductSales, r.SellingFees, r.FBAFees, r.OtherFees, r.Promotions, r.Other, r.Total),
		}
	}
	if err := coverLedger(ctx, w, rows, func(r *source.Transaction) core.Day { return r.Day }); err != nil {
		return module.Applied{}, err
	}
	doc := w.b.DocumentID
	return insertLedger(ctx, w, "InsertTransactions", rows, func(l *ledgerRow[source.Transaction]) []any {
		r := l.rec
		return []any{
			l.hash, l.occurrence, l.mkt, l.currency, r.At, int64(r.Day), r.SettlementID, r.Type, r.Class, r.OrderID, l.sku, r.Description,
			int64(r.Quantity), r.ProductSales, r.SellingFees, r.FBAFees, r.OtherFees, r.Promotions, r.Other, r.Total, int64(l.observed), doc, int64(r.Row),
		}
	})
}

// reimbursements stores what Amazon paid or gave back for lost and damaged stock.
func (w *write) reimbursements(ctx context.Context, recs []source.Reimbursement) (module.Applied, error) {
	n := newLedgerNames()
	for i := range recs {
		n.add(recs[i].Marketplace, recs[i].SKU, recs[i].Currency)
	}
	if err := w.internLedger(ctx, n); err != nil {
		return module.Applied{}, err
	}
	rows := make([]ledgerRow[source.Reimbursement], len(recs))
	for i := range recs {
		r := &recs[i]
		rows[i] = ledgerRow[source.Reimbursement]{
			rec: r, row: r.Row, mkt: n.mkts[r.Marketplace], sku: n.skus[string(r.SKU)],
			currency: n.words[currencyOf(r.Currency, r.Marketplace)], observed: w.observedDay(r.Marketplace),
			hash: digest(r.ID, r.CaseID, r.OrderID, r.Reason, r.Day, r.SKU, r.FNSKU, r.Currency, r.PerUnit, r.Total, r.CashUnits, r.StockUnits, r.OriginalID),
		}
	}
	if err := coverLedger(ctx, w, rows, func(r *source.Reimbursement) core.Day { return r.Day }); err != nil {
		return module.Applied{}, err
	}
	doc := w.b.DocumentID
	a, err := insertLedger(ctx, w, "InsertReimbursements", rows, func(l *ledgerRow[source.Reimbursement]) []any {
		r := l.rec
		return []any{
			l.hash, l.occurrence, r.ID, r.CaseID, r.OrderID, r.Reason, l.mkt, int64(r.Day), l.sku, l.currency, r.PerUnit, r.Total,
			int64(r.CashUnits), int64(r.StockUnits), r.OriginalID, int64(l.observed), doc, int64(r.Row),
		}
	})
	if err != nil {
		return a, err
	}
	return a, dropSurplus(ctx, w, "DropSurplusReimbursements", rows)
}
