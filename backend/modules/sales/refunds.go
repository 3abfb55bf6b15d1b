package sales

import (
	"context"
	"fmt"
	"time"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/source"
)

// refund is the principal refunded for a SKU on a day, as a positive amount.
type refund struct {
	mkt, sku, currency, minor int64
	day                       core.Day
}

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

// refundCoverage joins what settlements and transactions make known.
func (m *Module) refundCoverage(ctx context.Context, db querier, mkts map[int64]string) (map[int64]*known, map[int64][]span, error) {
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
	out := map[int64]*known{}
	for mkt, list := range spans {
		out[mkt] = newKnown(list, true)
	}
	lateDays(mkts).apply(out)
	return out, settled, nil
}

// readRefunds gives the refunds of known days as known at the end of asOf. An order's refund
// is taken from its settlement where that is in, else from the transactions; never from both.
func (m *Module) readRefunds(ctx context.Context, p core.Period, asOf core.Day, cover map[int64]*known) ([]refund, error) {
	var out []refund
	keep := func(r refund, observed core.Day) {
		if k := cover[r.mkt]; k.at(r.day) != 0 && observed <= k.seenBy(asOf, r.day) {
			out = append(out, r)
		}
	}
	if err := m.eachRefund(ctx, keep, "RefundsSettled", int64(p.From), int64(p.To)); err != nil {
		return nil, err
	}
	if err := m.eachRefund(ctx, keep, "RefundsTransacted", int64(p.From), int64(p.To), int64(asOf)); err != nil {
		return nil, err
	}
	return out, nil
}

func (m *Module) eachRefund(ctx context.Context, keep func(r refund, observed core.Day), query string, args ...any) error {
	rows, err := m.h.DB().QueryContext(ctx, m.q[query], args...)
	if err != nil {
		return fmt.Errorf("read refunds: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var r refund
		var observed core.Day
		if err := rows.Scan(&r.mkt, &r.day, &r.sku, &r.currency, &observed, &r.minor); err != nil {
			return fmt.Errorf("read refunds: %w", err)
		}
		keep(r, observed)
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read refunds: %w", err)
	}
	return nil
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
	cover, settled, err := s.m.refundCoverage(ctx, s.m.h.DB(), n.mkts)
	if err != nil {
		return err
	}
	p := core.LastDays(s.q.AsOf-1, windowDays()[2])
	for _, mk := range markets {
		if end := cover[mk.id].end(s.q.AsOf); end != 0 {
			p = p.Include(end - core.Day(windowDays()[2]) + 1)
		}
	}
	list, err := s.m.readRefunds(ctx, p, s.q.AsOf, cover)
	if err != nil {
		return err
	}
	for _, mk := range markets {
		s.refundsOf(mk, cover[mk.id], list, n, bySKU, byMarket)
		if s.q.Subject == "" || s.q.Subject == mk.code {
			through.put(mk.code, s.settledThrough(settled[mk.id], mk.late))
		}
	}
	return nil
}

func (s *sheet) refundsOf(mk *market, k *known, list []refund, n names, bySKU, byMarket [3]column) {
	end := k.end(s.q.AsOf)
	var win [3]window
	var base [3]fact.Value
	for i, days := range windowDays() {
		if end != 0 {
			win[i] = k.window(core.LastDays(end, days), s.q.AsOf)
		}
		base[i] = s.base(win[i], kindSettlement)
	}
	sums, all := map[string]*refundSum{}, &refundSum{}
	for _, r := range list {
		if r.mkt != mk.id {
			continue
		}
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
	}
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
