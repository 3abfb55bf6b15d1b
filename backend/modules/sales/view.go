package sales

import (
	"context"
	"database/sql"
	"fmt"
	"sync"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/source"
	"purser/backend/modules/sales/internal/daypack"
	"purser/backend/modules/sales/internal/history"
)

// view is the module's data as one reader sees it: what is kept in memory where that still holds,
// else read again, all in one transaction.
type view struct {
	m    *Module
	tx   *sql.Tx
	at   versions
	n    names
	ids  map[string]int64 // SKU → number
	top  int64            // greatest number of a SKU
	late lateness

	subject *subjectIDs
}

// view opens a view; done must be called after the last use.
func (m *Module) view(ctx context.Context) (v *view, done func(), err error) {
	tx, err := m.h.DB().BeginTx(ctx, nil)
	if err != nil {
		return nil, nil, fmt.Errorf("open a view of sales: %w", err)
	}
	done = func() { _ = tx.Rollback() }
	v = &view{m: m, tx: tx}
	if err = v.readVersions(ctx); err == nil {
		err = v.readNames(ctx)
	}
	if err != nil {
		done()
		return nil, nil, err
	}
	return v, done, nil
}

func (v *view) readVersions(ctx context.Context) error {
	rows, err := v.tx.QueryContext(ctx, v.m.q["Versions"])
	if err != nil {
		return fmt.Errorf("read versions: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id, n int64
		if err := rows.Scan(&id, &n); err != nil {
			return fmt.Errorf("read versions: %w", err)
		}
		if id >= 0 && id < int64(len(v.at)) {
			v.at[id] = n
		}
	}
	return rows.Err()
}

// named are names with what is made of them.
type named struct {
	n    names
	ids  map[string]int64
	top  int64
	late lateness

	subject *subjectIDs
}

func (v *view) readNames(ctx context.Context) error {
	got, err := keep(v, &v.m.kept.names, []int{tokenOfNames, changesByForget}, func(named) (named, error) {
		n, err := v.m.readNames(ctx, v.tx)
		out := named{n: n, ids: make(map[string]int64, len(n.skus)), late: lateDays(n.mkts), subject: &subjectIDs{by: map[int64][]string{}}}
		for id, sku := range n.skus {
			out.ids[sku], out.top = id, max(out.top, id)
		}
		return out, err
	})
	v.n, v.ids, v.top, v.late, v.subject = got.n, got.ids, got.top, got.late, got.subject
	return err
}

// shelf is what is kept in memory between questions.
type shelf struct {
	names   kept[named]
	orders  kept[map[int64]*known]
	packs   kept[map[int64]*history.Market]
	refunds kept[*refundBook]
	visits  kept[*visitBook]
	items   kept[*itemBook]
	fees    kept[*feeBook]
	catalog catalogIndex
}

func (s *shelf) clear() {
	s.names.clear()
	s.orders.clear()
	s.packs.clear()
	s.refunds.clear()
	s.visits.clear()
	s.items.clear()
	s.fees.clear()
}

// kept is one thing with the versions of the data it was made of. It is never changed in place
// once handed out.
type kept[T any] struct {
	mu   sync.Mutex
	at   versions
	full bool
	have T
}

func (k *kept[T]) clear() {
	k.mu.Lock()
	defer k.mu.Unlock()
	var none T
	k.full, k.have, k.at = false, none, versions{}
}

// keep gives what is kept if the counts in on are those of the view, else makes it again. load
// gets what was there before, its zero value if that is no use any more.
func keep[T any](v *view, k *kept[T], on []int, load func(old T) (T, error)) (T, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	same := k.full
	for _, i := range on {
		same = same && k.at[i] == v.at[i]
	}
	if same {
		return k.have, nil
	}
	var old T
	if k.full && k.at[changesByForget] == v.at[changesByForget] {
		old = k.have
	}
	got, err := load(old)
	if err != nil {
		var none T
		return none, err
	}
	k.have, k.at, k.full = got, v.at, true
	return got, nil
}

// cover says which days orders are known for.
func (v *view) cover(ctx context.Context) (map[int64]*known, error) {
	return keep(v, &v.m.kept.orders, []int{changesOfOrders, tokenOfNames, changesByForget}, func(map[int64]*known) (map[int64]*known, error) {
		return v.m.coverage(ctx, v.tx, source.Orders, v.n.mkts, true)
	})
}

// packs gives the history of each marketplace; after an import only the days that changed are read.
func (v *view) packs(ctx context.Context) (map[int64]*history.Market, error) {
	k := &v.m.kept.packs
	return keep(v, k, []int{changesOfPacks, changesByForget}, func(old map[int64]*history.Market) (map[int64]*history.Market, error) {
		since := k.at[changesOfPacks]
		if old == nil || since > v.at[changesOfPacks] {
			old, since = nil, -1
		}
		changed, err := v.readPacks(ctx, since)
		if err != nil {
			return nil, err
		}
		out := make(map[int64]*history.Market, len(old))
		for mkt, h := range old {
			out[mkt] = h
		}
		for mkt, days := range changed {
			h := out[mkt]
			if h == nil {
				h = &history.Market{}
			}
			out[mkt] = h.With(days, v.currencyID(mkt))
		}
		return out, nil
	})
}

// currencyID is the number of a marketplace's own currency; −1: no row was in it yet.
func (v *view) currencyID(mkt int64) int64 {
	mp, _ := core.MarketplaceByCode(v.n.mkts[mkt])
	for id, word := range v.n.words {
		if word == string(mp.Currency) {
			return id
		}
	}
	return -1
}

// readPacks reads the days that changed after a version.
func (v *view) readPacks(ctx context.Context, since int64) (map[int64]map[core.Day]*history.Day, error) {
	out := map[int64]map[core.Day]*history.Day{}
	own := map[int64]int64{}
	rows, err := v.tx.QueryContext(ctx, v.m.q["ChangedDays"], since)
	if err != nil {
		return nil, fmt.Errorf("read days: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var blob sql.RawBytes
	var buf []daypack.Entry
	for rows.Next() {
		var day, observed core.Day
		var mkt int64
		if err := rows.Scan(&day, &mkt, &observed, &blob); err != nil {
			return nil, fmt.Errorf("read days: %w", err)
		}
		if buf, err = daypack.Decode(day, blob, buf[:0]); err != nil {
			return nil, err
		}
		if out[mkt] == nil {
			out[mkt], own[mkt] = map[core.Day]*history.Day{}, v.currencyID(mkt)
		}
		out[mkt][day] = history.NewDay(observed, buf, own[mkt])
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read days: %w", err)
	}
	return out, v.readTotals(ctx, since, out)
}

func (v *view) readTotals(ctx context.Context, since int64, into map[int64]map[core.Day]*history.Day) error {
	rows, err := v.tx.QueryContext(ctx, v.m.q["ChangedTotals"], since)
	if err != nil {
		return fmt.Errorf("read totals: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var mkt int64
		var day core.Day
		var t history.Total
		if err := rows.Scan(&mkt, &day, &t.Currency, &t.Observed, &t.Units, &t.Sales, &t.Orders, &t.Cancelled, &t.Pending); err != nil {
			return fmt.Errorf("read totals: %w", err)
		}
		if d := into[mkt][day]; d != nil {
			d.Totals = append(d.Totals, t)
		}
	}
	return rows.Err()
}

// totalsOf gives the totals of a day as known at the end of day by, one for each currency.
func totalsOf(d *history.Day, by core.Day, dst []history.Total) []history.Total {
	if d == nil {
		return dst
	}
	for _, t := range d.Totals {
		if t.Observed > by {
			continue
		}
		if n := len(dst); n > 0 && dst[n-1].Currency == t.Currency {
			dst[n-1] = t // a later version
		} else {
			dst = append(dst, t)
		}
	}
	return dst
}

// subjectIDs are the ids of SKUs as subjects, made once: a frame names ten thousand of them.
type subjectIDs struct {
	mu sync.Mutex
	by map[int64][]string // marketplace → by number of the SKU
}

// subjects gives the ids of some SKUs of a marketplace.
func (v *view) subjects(mkt int64, skus []int64) []string {
	s := v.subject
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.by[mkt] == nil {
		s.by[mkt] = make([]string, v.top+1)
	}
	out, ids, code := make([]string, len(skus)), s.by[mkt], v.n.mkts[mkt]
	for i, sku := range skus {
		if ids[sku] == "" {
			ids[sku] = fact.SubjectID(code, v.n.skus[sku])
		}
		out[i] = ids[sku]
	}
	return out
}
