package sales

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"purser/backend/core"
	"purser/backend/core/module"
	"purser/backend/core/source"
	"purser/backend/platform/sqlite"
)

// What a line counts as in a roll-up.
const (
	stateSold      = 0
	stateCancelled = 1
	statePending   = 2
)

func stateOf(status string) int64 {
	switch status {
	case source.OrderCancelled:
		return stateCancelled
	case source.OrderPending:
		return statePending
	}
	return stateSold
}

// orderLine is a line with its names replaced by numbers.
type orderLine struct {
	*source.OrderLine
	day                               core.Day
	order, sku, mkt, currency, status int64
}

// key compares by day, order, SKU and occurrence; it is on the path of every line.
func (l *orderLine) key(o *orderLine) int {
	switch {
	case l.day != o.day:
		return cmp.Compare(l.day, o.day)
	case l.order != o.order:
		return cmp.Compare(l.order, o.order)
	case l.sku != o.sku:
		return cmp.Compare(l.sku, o.sku)
	}
	return cmp.Compare(l.Seq, o.Seq)
}

// orderNames are the numbers of all names of a batch of orders.
type orderNames struct{ mkts, skus, words, orders nameSet }

// orders stores a batch of order lines: in key order, in one statement.
func (w *write) orders(ctx context.Context, rows []source.OrderLine) (module.Applied, error) {
	names, err := w.nameOrders(ctx, rows)
	if err != nil {
		return module.Applied{}, err
	}
	lines, a := sortLines(rows, names)
	stored, err := sqlite.Bulk(ctx, w.tx, w.m.q["UpsertOrderLines"], w.bulkLines(lines))
	if err != nil {
		return a, err
	}
	if stored < len(lines) {
		older, err := w.countOlder(ctx, lines)
		if err != nil {
			return a, err
		}
		a.Older += older
		a.Unchanged += len(lines) - stored - older
	}
	a.Stored = stored
	if stored > 0 {
		if err := w.markDirty(ctx, rows, names.mkts); err != nil {
			return a, err
		}
	}
	if err := w.coverOrders(ctx, rows, names.mkts); err != nil {
		return a, err
	}
	return a, w.noteItems(ctx, rows, names)
}

func (w *write) nameOrders(ctx context.Context, rows []source.OrderLine) (orderNames, error) {
	n := orderNames{nameSet{}, nameSet{}, nameSet{}, nameSet{}}
	for i := range rows {
		r := &rows[i]
		n.mkts.add(r.Marketplace)
		n.skus.add(string(r.SKU))
		n.words.add(r.Status)
		n.words.add(currencyOf(r.Currency, r.Marketplace))
		n.words.add(string(r.ASIN))
		if _, ok := packOrderID(r.OrderID); !ok {
			n.orders.add(r.OrderID)
		}
	}
	for what, set := range map[string]nameSet{"Marketplace": n.mkts, "SKU": n.skus, "Word": n.words, "Order": n.orders} {
		if err := w.intern(ctx, what, set); err != nil {
			return n, err
		}
	}
	return n, nil
}

// sortLines gives the lines in key order. Of equal keys in one batch the newest is kept.
func sortLines(rows []source.OrderLine, n orderNames) ([]orderLine, module.Applied) {
	lines := make([]orderLine, len(rows))
	for i := range rows {
		r := &rows[i]
		order, ok := packOrderID(r.OrderID)
		if !ok {
			order = -n.orders[r.OrderID]
		}
		lines[i] = orderLine{
			OrderLine: r, day: r.Day, order: order, sku: n.skus[string(r.SKU)], mkt: n.mkts[r.Marketplace],
			currency: n.words[currencyOf(r.Currency, r.Marketplace)], status: n.words[r.Status],
		}
	}
	slices.SortFunc(lines, func(a, b orderLine) int {
		if c := a.key(&b); c != 0 {
			return c
		}
		return cmp.Or(cmp.Compare(a.UpdatedAt, b.UpdatedAt), cmp.Compare(a.Row, b.Row))
	})
	var dropped module.Applied
	kept := lines[:0]
	for i := range lines {
		if i+1 < len(lines) && lines[i].key(&lines[i+1]) == 0 {
			if lines[i].UpdatedAt < lines[i+1].UpdatedAt {
				dropped.Older++
			} else {
				dropped.Unchanged++
			}
			continue
		}
		kept = append(kept, lines[i])
	}
	return kept, dropped
}

// bulkLines are the columns of UpsertOrderLines and CountOlderLines, in their order.
func (w *write) bulkLines(lines []orderLine) sqlite.Rows {
	observed, doc := w.b.ObservedAt.Unix(), w.b.DocumentID
	return sqlite.RowsOf(lines, func(l *orderLine, col int) any {
		switch col {
		case 0:
			return int64(l.Day)
		case 1:
			return l.order
		case 2:
			return l.sku
		case 3:
			return int64(l.Seq)
		case 4:
			return l.mkt
		case 5:
			return l.PurchasedAt
		case 6:
			return l.UpdatedAt
		case 7:
			return observed
		case 8:
			return l.status
		case 9:
			return stateOf(l.Status)
		case 10:
			return bit(l.FBA)
		case 11:
			return int64(l.Quantity)
		case 12:
			return l.currency
		case 13:
			return bit(l.HasPrice)
		case 14:
			return l.ItemPrice
		case 15:
			return l.Promotion
		case 16:
			return doc
		case 17:
			return int64(l.Row)
		}
		return nil
	})
}

func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// countOlder counts the lines of which newer data was already there.
func (w *write) countOlder(ctx context.Context, lines []orderLine) (int, error) {
	return w.tally(ctx, "CountOlderLines", w.bulkLines(lines))
}

// tally runs a bulk statement that leaves one number in sales_tally, and reads it.
func (w *write) tally(ctx context.Context, query string, rows sqlite.Rows) (int, error) {
	if _, err := sqlite.Bulk(ctx, w.tx, w.m.q[query], rows); err != nil {
		return 0, err
	}
	var n int
	if err := w.tx.QueryRowContext(ctx, w.m.q["Tally"]).Scan(&n); err != nil {
		return 0, fmt.Errorf("read the tally: %w", err)
	}
	return n, nil
}

type marketDay struct {
	mkt int64
	day core.Day
}

func (w *write) markDirty(ctx context.Context, rows []source.OrderLine, mkts nameSet) error {
	seen := map[marketDay]string{}
	for i := range rows {
		seen[marketDay{mkts[rows[i].Marketplace], rows[i].Day}] = rows[i].Marketplace
	}
	type mark struct {
		marketDay
		observed core.Day
	}
	marks := make([]mark, 0, len(seen))
	for d, name := range seen {
		marks = append(marks, mark{d, w.observedDay(name)})
	}
	_, err := sqlite.Bulk(ctx, w.tx, w.m.q["MarkDirty"], sqlite.RowsOf(marks, func(k *mark, col int) any {
		switch col {
		case 0:
			return int64(k.day)
		case 1:
			return k.mkt
		}
		return int64(k.observed)
	}))
	return err
}
