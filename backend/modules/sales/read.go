package sales

import (
	"context"
	"fmt"

	"purser/backend/core"
	"purser/backend/modules/sales/internal/daypack"
)

// wanted is a question for packed days.
type wanted struct {
	core.Period
	asOf  core.Day
	mkt   int64 // 0: all
	known map[int64]*known
	sku   int64   // 0: all
	db    querier // nil: the module's readers
}

// readDays calls yield for every known day of every marketplace with what its SKUs sold as
// known at the end of asOf. Days that are not known as a whole are left out. The entries
// are only valid during the call.
func (m *Module) readDays(ctx context.Context, q wanted, yield func(d marketDay, entries []daypack.Entry)) error {
	if q.db == nil {
		q.db = m.h.DB()
	}
	rows, err := q.db.QueryContext(ctx, m.q["DayPacks"], int64(q.From), int64(q.To), q.mkt)
	if err != nil {
		return fmt.Errorf("read days: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var was map[marketDay][]daypack.Entry
	var buf []daypack.Entry
	for rows.Next() {
		var d marketDay
		var observed core.Day
		var blob []byte
		if err := rows.Scan(&d.day, &d.mkt, &observed, &blob); err != nil {
			return fmt.Errorf("read days: %w", err)
		}
		k := q.known[d.mkt]
		if k.at(d.day) == 0 {
			continue
		}
		if q.sku != 0 {
			buf, err = daypack.Find(d.day, blob, q.sku, buf[:0])
		} else {
			buf, err = daypack.Decode(d.day, blob, buf[:0])
		}
		if err != nil {
			return err
		}
		if by := k.seenBy(q.asOf, d.day); observed > by {
			if was == nil {
				if was, err = m.readWas(ctx, q); err != nil {
					return err
				}
			}
			buf = asKnown(buf, was[d], by)
		}
		yield(d, buf)
	}
	return rows.Err()
}

// asKnown replaces entries that were restated after by with what was known then, and
// drops those that were not known at all.
func asKnown(entries, was []daypack.Entry, by core.Day) []daypack.Entry {
	out := entries[:0]
	for _, e := range entries {
		if e.Observed <= by {
			out = append(out, e)
			continue
		}
		best := daypack.Entry{}
		for len(was) > 0 && was[0].Key(e) <= 0 {
			if was[0].Key(e) == 0 && was[0].Observed <= by {
				best = was[0] // versions come oldest first
			}
			was = was[1:]
		}
		if best.SKU != 0 {
			out = append(out, best)
		}
	}
	return out
}

func (m *Module) readWas(ctx context.Context, q wanted) (map[marketDay][]daypack.Entry, error) {
	rows, err := q.db.QueryContext(ctx, m.q["DaysWas"], int64(q.From), int64(q.To), q.mkt)
	if err != nil {
		return nil, fmt.Errorf("read earlier versions: %w", err)
	}
	defer func() { _ = rows.Close() }()
	out := map[marketDay][]daypack.Entry{}
	for rows.Next() {
		var d marketDay
		var e daypack.Entry
		if err := rows.Scan(&d.day, &d.mkt, &e.SKU, &e.Currency, &e.Observed, &e.Units, &e.Sales, &e.Orders, &e.Cancelled, &e.Pending, &e.Price); err != nil {
			return nil, fmt.Errorf("read earlier versions: %w", err)
		}
		out[d] = append(out[d], e)
	}
	return out, rows.Err()
}

// marketRow is the total of one day of a marketplace in one currency.
type marketRow struct {
	day      core.Day
	currency int64
	total
}

// readMarketDays gives the totals of the known days of a marketplace as known at the end of asOf.
func (m *Module) readMarketDays(ctx context.Context, mkt int64, p core.Period, asOf core.Day, k *known) ([]marketRow, error) {
	rows, err := m.h.DB().QueryContext(ctx, m.q["MarketDays"], mkt, int64(p.From), int64(p.To))
	if err != nil {
		return nil, fmt.Errorf("read market days: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var out []marketRow
	for rows.Next() {
		var r marketRow
		var observed core.Day
		if err := rows.Scan(&r.day, &r.currency, &observed, &r.units, &r.sales, &r.orders, &r.cancelled, &r.pending); err != nil {
			return nil, fmt.Errorf("read market days: %w", err)
		}
		if k.at(r.day) == 0 || observed > k.seenBy(asOf, r.day) {
			continue
		}
		if n := len(out); n > 0 && out[n-1].day == r.day && out[n-1].currency == r.currency {
			out[n-1] = r // a later version
			continue
		}
		out = append(out, r)
	}
	return out, rows.Err()
}
