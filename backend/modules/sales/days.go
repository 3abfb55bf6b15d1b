package sales

import (
	"context"

	"purser/backend/core"
	"purser/backend/modules/sales/internal/daypack"
	"purser/backend/modules/sales/internal/history"
)

// daysAsked is a question for the days of one marketplace.
type daysAsked struct {
	mkt  int64
	h    *history.Market
	k    *known
	p    core.Period
	asOf core.Day
	sku  int64 // 0: all
}

// restated gives the known days whose figures of today became known after the question's day:
// memory does not have what they said before.
func (q *daysAsked) restated() map[core.Day]bool {
	var out map[core.Day]bool
	for d := q.p.From; d <= q.p.To; d++ {
		if q.k.at(d) == 0 {
			continue
		}
		if day := q.h.At(d); day != nil && day.Observed > q.k.seenBy(q.asOf, d) {
			if out == nil {
				out = map[core.Day]bool{}
			}
			out[d] = true
		}
	}
	return out
}

// asThen calls yield for the restated days with what was known then, read from the database.
func (v *view) asThen(ctx context.Context, q daysAsked, days map[core.Day]bool, yield func(d core.Day, list []daypack.Entry)) error {
	if len(days) == 0 {
		return nil
	}
	span := core.Period{}
	for d := range days {
		span = span.Include(d)
	}
	w := wanted{Period: span, asOf: q.asOf, mkt: q.mkt, known: map[int64]*known{q.mkt: q.k}, sku: q.sku, db: v.tx}
	return v.m.readDays(ctx, w, func(d marketDay, list []daypack.Entry) {
		if days[d.day] {
			yield(d.day, list)
		}
	})
}

// eachDay calls yield for the known days with what SKUs sold, as known at the end of the question's
// day. From memory, entries have neither Observed nor Price. They hold during the call only.
func (v *view) eachDay(ctx context.Context, q daysAsked, yield func(d core.Day, list []daypack.Entry)) error {
	old := q.restated()
	var buf []daypack.Entry
	own := q.h.Own()
	for d := q.p.From; d <= q.p.To; d++ {
		if q.k.at(d) == 0 || old[d] {
			continue
		}
		if q.sku != 0 {
			buf = q.h.At(d).Of(q.sku, own, buf[:0])
		} else {
			buf = q.h.At(d).All(own, buf[:0])
		}
		if len(buf) > 0 {
			yield(d, buf)
		}
	}
	return v.asThen(ctx, q, old, yield)
}

// sum adds up what SKUs sold over the known days, as known at the end of the question's day.
func (v *view) sum(ctx context.Context, q daysAsked, into *history.Sums) error {
	old := q.restated()
	own := q.h.Own()
	for d := q.p.From; d <= q.p.To; d++ {
		if q.k.at(d) != 0 && !old[d] {
			into.Add(q.h.At(d), own)
		}
	}
	return v.asThen(ctx, q, old, func(_ core.Day, list []daypack.Entry) { into.Entries(list, own) })
}
