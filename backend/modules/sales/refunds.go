package sales

import (
	"context"
	"fmt"
	"time"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/source"
)

// settlementSpans gives the whole days that statements cover. The day on which one ends
// and the next begins is whole if both are there.
func (m *Module) settlementSpans(ctx context.Context, db querier, mkts map[int64]string) (map[int64][]span, error) {
	rows, err := db.QueryContext(ctx, m.q["SettlementSpans"])
	if err != nil {
		return nil, fmt.Errorf("read settlements: %w", err)
	}
	defer func() { _ = rows.Close() }()
	const seam = int64(time.Hour / time.Second) // a statement begins within this of the end of the one before
	out := map[int64][]span{}
	ended := map[int64]int64{}
	for rows.Next() {
		var mkt, start, end int64
		s := span{kind: kindSettlement}
		if err := rows.Scan(&mkt, &start, &end, &s.observed); err != nil {
			return nil, fmt.Errorf("read settlements: %w", err)
		}
		zone := zoneOf(mkts[mkt])
		s.From, s.To = core.DayOf(time.Unix(start, 0), zone), core.DayOf(time.Unix(end, 0), zone)-1
		if prev, ok := ended[mkt]; (!ok || start > prev+seam) && s.From.Start(zone).Unix() < start {
			s.From++
		}
		ended[mkt] = max(ended[mkt], end)
		out[mkt] = append(out[mkt], s)
	}
	return out, rows.Err()
}

// refundCoverage says which days of refunds are known, and who tells them.
func (m *Module) refundCoverage(ctx context.Context, db querier, mkts map[int64]string) (map[int64]*origins, map[int64][]span, error) {
	settled, err := m.settlementSpans(ctx, db, mkts)
	if err != nil {
		return nil, nil, err
	}
	spans, err := m.spans(ctx, db, source.Transactions, mkts)
	if err != nil {
		return nil, nil, err
	}
	for mkt, list := range spans {
		for i := range list {
			list[i] = list[i].told()
		}
		spans[mkt] = list
	}
	for mkt, list := range settled {
		spans[mkt] = append(spans[mkt], list...)
	}
	files := map[int64]*known{}
	for mkt, list := range spans {
		files[mkt] = newKnown(list, true)
	}
	live, err := m.coverage(ctx, db, source.TransactionsByAPI, mkts, false)
	if err != nil {
		return nil, nil, err
	}
	late, out := lateDays(mkts), map[int64]*origins{}
	for mkt := range mkts {
		if files[mkt] != nil || live[mkt] != nil {
			out[mkt] = joinOrigins(files[mkt], live[mkt], late[mkt])
		}
	}
	return out, settled, nil
}

// refundSum is what was refunded in the windows.
type refundSum struct {
	minor   [3]int64
	foreign [3]bool
}

// refunds answers refunds of SKUs and marketplaces, and how far settlements go.
func (s *sheet) refunds(ctx context.Context, markets []*market, n names) error {
	bySKU, byMarket, through := s.windowColumns("refunds"), s.windowColumns("market_refunds"), s.column("sales.settled_through")
	if !wantsAny(bySKU, byMarket) && through == nil {
		return nil
	}
	v, done, err := s.m.view(ctx)
	if err != nil {
		return err
	}
	defer done()
	book, err := v.refunds(ctx)
	if err != nil {
		return err
	}
	for _, mk := range markets {
		s.refundsOf(mk, book, n, bySKU, byMarket)
		if s.q.Subject == "" || s.q.Subject == mk.code {
			through.put(mk.code, s.settledThrough(book.settled[mk.id], mk.late))
		}
	}
	return nil
}

func (s *sheet) refundsOf(mk *market, book *refundBook, n names, bySKU, byMarket [3]column) {
	k := book.cover[mk.id]
	end := k.end(s.q.AsOf)
	var win [3]window
	var base [3]fact.Value
	for i, days := range windowDays() {
		if end != 0 {
			win[i] = k.window(core.LastDays(end, days), s.q.AsOf)
		}
		base[i] = s.refundBase(win[i], k)
	}
	sums, all := map[string]*refundSum{}, &refundSum{}
	book.each(mk.id, core.LastDays(end, windowDays()[2]), s.q.AsOf, func(r *refundEntry) {
		name := n.skus[r.sku]
		if sums[name] == nil {
			sums[name] = &refundSum{}
		}
		for i := range win {
			if !win[i].Contains(r.day) {
				continue
			}
			for _, t := range [2]*refundSum{sums[name], all} {
				if r.currency == mk.currencyID {
					t.minor[i] += r.minor
				} else if r.minor != 0 {
					t.foreign[i] = true
				}
			}
		}
	})
	for i := range win {
		for _, sku := range mk.subjects {
			t := sums[sku]
			if t == nil {
				t = &refundSum{}
			}
			bySKU[i].put(mk.code+"/"+sku, money(base[i], t.minor[i], mk.currency, t.foreign[i]))
		}
		if s.q.Subject == "" || s.q.Subject == mk.code {
			byMarket[i].put(mk.code, money(base[i], all.minor[i], mk.currency, all.foreign[i]))
		}
	}
}

// refundBase is base for refunds: as old and as settled as those who tell the last day make them.
func (s *sheet) refundBase(w window, k *origins) fact.Value {
	v := s.past(w, kindSettlement)
	if v.Known() {
		v.Source = k.kind(w.To, s.q.AsOf)
		v.Maturity = fact.Worst(v.Maturity, s.age(w.To, s.kind(v.Source)))
	}
	return v
}

func (s *sheet) settledThrough(spans []span, late core.Day) fact.Value {
	last := core.Day(0)
	for _, sp := range spans {
		if sp.observed <= s.q.AsOf+late {
			last = max(last, sp.To)
		}
	}
	k := s.kind(kindSettlement)
	if last == 0 {
		return missing(kindSettlement, "no settlement is in: import "+k.Title)
	}
	return fact.Value{Text: last.String(), AsOf: last, Maturity: s.age(last, k), Source: kindSettlement}
}
