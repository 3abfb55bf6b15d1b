package sales

import (
	"cmp"
	"context"
	"database/sql/driver"
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
	order, sku, mkt, currency, status, asin int64
}

// lineKey is the place of a line in the key order, and in its batch. It is small, because
// sorting moves it about.
type lineKey struct {
	order int64
	day   core.Day
	at    int32
}

// orders stores a batch of order lines: in key order, in one statement.
func (w *write) orders(ctx context.Context, rows []source.OrderLine) (module.Applied, error) {
	lines, err := w.numberLines(ctx, rows)
	if err != nil {
		return module.Applied{}, err
	}
	keys, a := sortLines(lines)
	keys, outdone, err := w.notOutdone(ctx, lines, keys)
	if err != nil {
		return a, err
	}
	stored, older, err := w.upsert(ctx, lines, keys)
	if err != nil {
		return a, err
	}
	a.Older += outdone + older
	a.Unchanged += len(keys) - stored - older
	a.Stored = stored
	if err := w.tellAgain(ctx, lines, keys, older); err != nil {
		return a, err
	}
	surplus, err := w.dropFurther(ctx, keys)
	if err != nil {
		return a, err
	}
	days := daysOf(lines)
	if stored > 0 || surplus > 0 {
		if err := w.markDirty(ctx, days); err != nil {
			return a, err
		}
	}
	if err := w.coverOrders(ctx, days); err != nil {
		return a, err
	}
	return a, w.noteItems(ctx, lines)
}

// upsert stores lines, and says how many are new or changed, and of how many newer ones are there.
func (w *write) upsert(ctx context.Context, lines []orderLine, keys []lineKey) (stored, older int, err error) {
	again := 0
	err = sqlite.Taking(func([]driver.Value) error { older++; return nil }, func(old int64) error {
		return sqlite.Taking(func([]driver.Value) error { again++; return nil }, func(same int64) (err error) {
			stored, err = sqlite.Bulk(ctx, w.tx, w.m.q["UpsertOrderLines"], bulkLines(lines, keys), w.b.ObservedAt.Unix(), w.b.DocumentID, old, w.toldAt(), same)
			return err
		})
	})
	return stored - again, older, err
}

// numberLines replaces the names of a batch by their numbers.
func (w *write) numberLines(ctx context.Context, rows []source.OrderLine) ([]orderLine, error) {
	mkts, skus, words, orders := nameSet{}, nameSet{}, nameSet{}, nameSet{}
	var mkt, status, currency string // of the line before: mostly the same again
	for i := range rows {
		r := &rows[i]
		if i == 0 || r.Marketplace != mkt {
			mkt = r.Marketplace
			mkts.add(mkt)
		}
		if c := currencyOf(r.Currency, mkt); i == 0 || c != currency {
			currency = c
			words.add(c)
		}
		if i == 0 || r.Status != status {
			status = r.Status
			words.add(status)
		}
		skus.add(string(r.SKU))
		words.add(string(r.ASIN))
		if _, ok := packOrderID(r.OrderID); !ok {
			orders.add(r.OrderID)
		}
	}
	for what, set := range map[string]nameSet{"Marketplace": mkts, "SKU": skus, "Word": words, "Order": orders} {
		if err := w.intern(ctx, what, set); err != nil {
			return nil, err
		}
	}
	lines := make([]orderLine, len(rows))
	for i := range rows {
		r := &rows[i]
		order, ok := packOrderID(r.OrderID)
		if !ok {
			order = -orders[r.OrderID]
		}
		l := orderLine{OrderLine: r, order: order, sku: skus[string(r.SKU)], asin: words[string(r.ASIN)]}
		if i > 0 && r.Marketplace == rows[i-1].Marketplace && r.Currency == rows[i-1].Currency {
			l.mkt, l.currency = lines[i-1].mkt, lines[i-1].currency
		} else {
			l.mkt, l.currency = mkts[r.Marketplace], words[currencyOf(r.Currency, r.Marketplace)]
		}
		if i > 0 && r.Status == rows[i-1].Status {
			l.status = lines[i-1].status
		} else {
			l.status = words[r.Status]
		}
		lines[i] = l
	}
	return lines, nil
}

// sortLines gives the lines' key order. Of equal keys in one batch the newest is kept.
func sortLines(lines []orderLine) ([]lineKey, module.Applied) {
	keys := make([]lineKey, len(lines))
	for i := range lines {
		keys[i] = lineKey{order: lines[i].order, day: lines[i].Day, at: int32(i)}
	}
	slices.SortFunc(keys, func(a, b lineKey) int {
		if a.day != b.day {
			return int(a.day) - int(b.day)
		}
		if a.order != b.order {
			return cmp.Compare(a.order, b.order)
		}
		x, y := &lines[a.at], &lines[b.at]
		return cmp.Or(sameOrder(x, y), cmp.Compare(x.UpdatedAt, y.UpdatedAt), cmp.Compare(x.Row, y.Row))
	})
	var dropped module.Applied
	kept := keys[:0]
	for i, k := range keys {
		if i+1 < len(keys) && k.day == keys[i+1].day && k.order == keys[i+1].order {
			if x, y := &lines[k.at], &lines[keys[i+1].at]; sameOrder(x, y) == 0 {
				if x.UpdatedAt < y.UpdatedAt {
					dropped.Older++
				} else {
					dropped.Unchanged++
				}
				continue
			}
		}
		kept = append(kept, k)
	}
	return kept, dropped
}

// sameOrder compares the rest of the keys of two lines of one order.
func sameOrder(a, b *orderLine) int {
	return cmp.Or(cmp.Compare(a.sku, b.sku), cmp.Compare(a.Seq, b.Seq))
}

// bulkLines are the columns of UpsertOrderLines, in their order.
func bulkLines(lines []orderLine, keys []lineKey) sqlite.Rows {
	return sqlite.RowsOf(keys, func(k *lineKey, col int) any {
		l := &lines[k.at]
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
			return l.status
		case 8:
			return stateOf(l.Status)
		case 9:
			return bit(l.FBA)
		case 10:
			return int64(l.Quantity)
		case 11:
			return l.currency
		case 12:
			return bit(l.HasPrice)
		case 13:
			return l.ItemPrice
		case 14:
			return l.Promotion
		case 15:
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

// daysOf gives the days of each marketplace that the lines name.
func daysOf(lines []orderLine) map[marketDay]string {
	out := map[marketDay]string{}
	var last marketDay
	for i := range lines {
		l := &lines[i]
		if d := (marketDay{l.mkt, l.Day}); d != last {
			out[d], last = l.Marketplace, d
		}
	}
	return out
}

func (w *write) markDirty(ctx context.Context, days map[marketDay]string) error {
	type mark struct {
		marketDay
		observed core.Day
	}
	marks := make([]mark, 0, len(days))
	for d, name := range days {
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
