package sales

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"purser/backend/core"
)

// refundEntry is principal refunded on a day, as a positive amount. Where a row of a date-range report told it,
// settled is the day on which the settlement of the same order was first seen; 0: none was.
type refundEntry struct {
	day, observed, settled core.Day
	sku, currency, minor   int64
	live                   bool       // the API told it
	content                int64      // its version of its transaction
	rivals                 []sighting // all versions of it; nil: there is one
}

// refundBook is all refunds of each marketplace by day, and what days are known.
type refundBook struct {
	cover   map[int64]*origins
	settled map[int64][]span
	by      map[int64][]refundEntry
	rivals  map[string][]sighting // of transactions of the API with several versions, by id
	zones   map[int64]*time.Location
}

// each calls yield for the refunds of the known days of p as known at the end of asOf. Who tells a day is said at
// origins. Within files, an order's refund is taken from its settlement where that is in, else from the date-range report.
func (b *refundBook) each(mkt int64, p core.Period, asOf core.Day, yield func(*refundEntry)) {
	list, k := b.by[mkt], b.cover[mkt]
	from, _ := slices.BinarySearchFunc(list, p.From, func(r refundEntry, d core.Day) int { return cmp.Compare(r.day, d) })
	for i := from; i < len(list) && list[i].day <= p.To; i++ {
		if b.counts(mkt, k, &list[i], asOf) {
			yield(&list[i])
		}
	}
}

// counts says whether a refund of a marketplace, whose days are k, counts.
func (b *refundBook) counts(mkt int64, k *origins, r *refundEntry, asOf core.Day) bool {
	if k == nil || k.at(r.day) == 0 || r.observed > k.seenBy(asOf, r.day) || r.live != k.told(r.day, asOf) {
		return false
	}
	if r.live {
		return r.rivals == nil || newest(r.rivals, k.seenBy(asOf, r.day), b.dayOf(mkt)) == r.content
	}
	return r.settled == 0 || r.settled > max(asOf, r.observed)
}

// dayOf gives the day of an instant in a marketplace.
func (b *refundBook) dayOf(mkt int64) func(int64) core.Day {
	zone := b.zones[mkt]
	return func(at int64) core.Day { return core.DayOf(time.Unix(at, 0), zone) }
}

func (v *view) refunds(ctx context.Context) (*refundBook, error) {
	on := []int{changesOfSettled, changesOfPayments, changesOfLive, tokenOfNames, changesByForget}
	return keep(v, &v.m.kept.refunds, on, func(*refundBook) (*refundBook, error) {
		b := &refundBook{by: map[int64][]refundEntry{}, rivals: map[string][]sighting{}, zones: map[int64]*time.Location{}}
		for mkt, code := range v.n.mkts {
			b.zones[mkt] = zoneOf(code)
		}
		var err error
		if b.cover, b.settled, err = v.m.refundCoverage(ctx, v.tx, v.n.mkts); err != nil {
			return nil, err
		}
		for _, read := range []func(context.Context, *refundBook) error{v.readRefunds, v.readRivals, v.readLiveRefunds} {
			if err := read(ctx, b); err != nil {
				return nil, fmt.Errorf("read refunds: %w", err)
			}
		}
		for _, list := range b.by {
			slices.SortFunc(list, func(a, b refundEntry) int { return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.sku, b.sku)) })
		}
		return b, nil
	})
}

// readRefunds reads what files say.
func (v *view) readRefunds(ctx context.Context, b *refundBook) error {
	rows, err := v.tx.QueryContext(ctx, v.m.q["AllRefunds"])
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var mkt int64
		var r refundEntry
		if err := rows.Scan(&mkt, &r.day, &r.sku, &r.currency, &r.observed, &r.settled, &r.minor); err != nil {
			return err
		}
		b.by[mkt] = append(b.by[mkt], r)
	}
	return rows.Err()
}

// readRivals reads the versions of transactions of the API that have several.
func (v *view) readRivals(ctx context.Context, b *refundBook) error {
	rows, err := v.tx.QueryContext(ctx, v.m.q["LiveRivals"])
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id string
		var s sighting
		if err := rows.Scan(&id, &s.content, &s.first, &s.last); err != nil {
			return err
		}
		b.rivals[id] = append(b.rivals[id], s)
	}
	return rows.Err()
}

// readLiveRefunds reads what the API says, after readRivals.
func (v *view) readLiveRefunds(ctx context.Context, b *refundBook) error {
	rows, err := v.tx.QueryContext(ctx, v.m.q["LiveRefunds"])
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var mkt, first int64
		var id string
		r := refundEntry{live: true}
		if err := rows.Scan(&mkt, &r.day, &r.sku, &r.currency, &id, &r.content, &first, &r.minor); err != nil {
			return err
		}
		r.observed, r.rivals = b.dayOf(mkt)(first), b.rivals[id]
		b.by[mkt] = append(b.by[mkt], r)
	}
	return rows.Err()
}
