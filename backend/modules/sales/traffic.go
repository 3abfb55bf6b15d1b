package sales

import (
	"context"
	"fmt"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/source"
)

// visits are the traffic of one item over a window.
type visits struct {
	sessions, views, units int64
	featured               float64 // percent × views
	featuredViews          int64
}

// trafficWindow is the window traffic is known for, and from what.
type trafficWindow struct {
	window
	step int64 // days less one that each report covers
	kind string
}

// itemTraffic answers sessions, unit session percentage and featured offer percentage of SKUs.
func (s *sheet) itemTraffic(ctx context.Context, markets []*market, n names) error {
	sessions, units, featured := s.windowColumns("sessions"), s.windowColumns("unit_session_pct"), s.windowColumns("featured_offer_pct")
	if !wantsAny(sessions, units, featured) {
		return nil
	}
	spans, err := s.m.spans(ctx, s.m.h.DB(), source.TrafficItems, n.mkts)
	if err != nil {
		return err
	}
	for _, mk := range markets {
		shared := map[string]int{}
		for _, it := range mk.items {
			shared[string(it.ASIN)]++
		}
		for i, days := range windowDays() {
			if !wantsAny([3]column{sessions[i], units[i], featured[i]}) || len(mk.subjects) == 0 {
				continue
			}
			w := pickTraffic(spans[mk.id], days, s.q.AsOf, mk.late)
			base := s.trafficBase(w, days, mk)
			var bySKU, byASIN map[string]visits
			if base.Known() {
				if bySKU, byASIN, err = s.m.readVisits(ctx, mk.id, w, s.q.AsOf+mk.late, n); err != nil {
					return err
				}
			}
			for _, sku := range mk.subjects {
				v, val := base, visits{}
				if v.Known() {
					val, v = visitsOf(base, sku, string(mk.items[sku].ASIN), bySKU, byASIN, shared)
				}
				subject := mk.code + "/" + sku
				sessions[i].put(subject, count(v, val.sessions))
				units[i].put(subject, percent(v, 100*float64(val.units), val.sessions, "no sessions in these days"))
				featured[i].put(subject, percent(v, val.featured, val.featuredViews, "no page views with a featured offer percentage in these days"))
			}
		}
	}
	return nil
}

// visitsOf finds the traffic of a SKU: its own row, else that of its ASIN.
func visitsOf(base fact.Value, sku, asin string, bySKU, byASIN map[string]visits, shared map[string]int) (visits, fact.Value) {
	if v, ok := bySKU[sku]; ok {
		return v, base
	}
	if len(byASIN) == 0 {
		return visits{}, base // a report by SKU that does not list it: nobody came
	}
	if asin == "" {
		return visits{}, missing(base.Source, "the ASIN of the SKU is not known: import the listings report")
	}
	if k := shared[asin]; k > 1 {
		base = remark(base, fmt.Sprintf("shared by %d SKUs", k))
	}
	return byASIN[asin], base
}

func percent(base fact.Value, num float64, den int64, none string) fact.Value {
	if !base.Known() {
		return base
	}
	if den <= 0 {
		return missing(base.Source, none)
	}
	base.Num = num / float64(den)
	return base
}

// pickTraffic chooses what a window is made of: the days of single-day reports where all
// are there, else a report over exactly that many days; of both the one that ends later.
func pickTraffic(spans []span, days int, asOf, ahead core.Day) trafficWindow {
	var single, exact []span
	best := trafficWindow{kind: kindTrafficItem}
	for _, sp := range spans {
		switch {
		case sp.told().To != sp.To || sp.Days() == 0:
			// its last day was not over: not comparable with any window
		case sp.Days() == 1:
			single = append(single, sp)
		case sp.Days() == days && sp.To < asOf:
			exact = append(exact, sp)
		}
	}
	k := newKnown(single, false)
	k.late = ahead
	if end := k.end(asOf); end != 0 {
		best.window, best.kind = k.window(core.LastDays(end, days), asOf), single[len(single)-1].kind
	}
	for _, sp := range exact {
		late := sp.observed
		if late <= asOf+ahead {
			late = 0
		}
		switch {
		case sp.Period == best.Period && best.step > 0: // the same again: known since the first
			if best.late > late {
				best.late = late
			}
		case !best.ok() || sp.To > best.To:
			best = trafficWindow{window: window{Period: sp.Period, late: late}, step: int64(days - 1), kind: sp.kind}
		}
	}
	return best
}

func (s *sheet) trafficBase(w trafficWindow, days int, mk *market) fact.Value {
	if !w.ok() {
		end := mk.end
		if end == 0 {
			end = s.q.AsOf - 1
		}
		p := core.LastDays(end, days)
		return missing(kindTrafficItem, fmt.Sprintf("Traffic of these %d days is not known: %s, or day by day", days, fileFor(s.kind(kindTrafficItem).Title, p)))
	}
	return s.base(w.window, w.kind)
}

// readVisits sums the traffic of a window by SKU and by ASIN, as known at the end of day by
// or, where it was known only later, when all of it was first known.
func (m *Module) readVisits(ctx context.Context, mkt int64, w trafficWindow, by core.Day, n names) (bySKU, byASIN map[string]visits, err error) {
	from, to := w.From, w.To
	rows, err := m.h.DB().QueryContext(ctx, m.q["TrafficItemSums"], mkt, int64(from), int64(to), w.step, int64(max(by, w.late)))
	if err != nil {
		return nil, nil, fmt.Errorf("read item traffic: %w", err)
	}
	defer func() { _ = rows.Close() }()
	bySKU, byASIN = map[string]visits{}, map[string]visits{}
	for rows.Next() {
		var asin, sku int64
		var v visits
		if err := rows.Scan(&asin, &sku, &v.sessions, &v.views, &v.units, &v.featured, &v.featuredViews); err != nil {
			return nil, nil, fmt.Errorf("read item traffic: %w", err)
		}
		if name := n.skus[sku]; name != "" {
			bySKU[name] = v
		} else {
			byASIN[n.words[asin]] = v
		}
	}
	return bySKU, byASIN, rows.Err()
}

// trafficRow is one day of a marketplace.
type trafficRow struct {
	day                    core.Day
	sessions, views, units int64
}

// readTraffic gives the known days of a marketplace as known at the end of asOf.
func (m *Module) readTraffic(ctx context.Context, mkt int64, p core.Period, asOf core.Day, k *known) ([]trafficRow, error) {
	rows, err := m.h.DB().QueryContext(ctx, m.q["TrafficDays"], mkt, int64(p.From), int64(p.To))
	if err != nil {
		return nil, fmt.Errorf("read traffic: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var out []trafficRow
	for rows.Next() {
		var r trafficRow
		var observed core.Day
		if err := rows.Scan(&r.day, &observed, &r.sessions, &r.views, &r.units); err != nil {
			return nil, fmt.Errorf("read traffic: %w", err)
		}
		if k.at(r.day) == 0 || observed > k.seenBy(asOf, r.day) {
			continue
		}
		if n := len(out); n > 0 && out[n-1].day == r.day {
			out[n-1] = r
			continue
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

// marketTraffic answers sessions and unit session percentage of marketplaces.
func (s *sheet) marketTraffic(ctx context.Context, markets []*market, n names) error {
	sessions, pct := s.windowColumns("market_sessions"), s.windowColumns("market_unit_session_pct")
	if !wantsAny(sessions, pct) {
		return nil
	}
	cover, err := s.m.coverage(ctx, s.m.h.DB(), source.TrafficDays, n.mkts, false)
	if err != nil {
		return err
	}
	for _, mk := range markets {
		if s.q.Subject != "" && s.q.Subject != mk.code {
			continue
		}
		k := cover[mk.id]
		end := k.end(s.q.AsOf)
		rows, err := s.m.readTraffic(ctx, mk.id, core.LastDays(end, windowDays()[2]), s.q.AsOf, k)
		if err != nil {
			return err
		}
		for i, days := range windowDays() {
			w := window{}
			if end != 0 {
				w = k.window(core.LastDays(end, days), s.q.AsOf)
			}
			base := s.base(w, kindTrafficDay)
			var sum trafficRow
			for _, r := range rows {
				if w.Contains(r.day) {
					sum.sessions, sum.units = sum.sessions+r.sessions, sum.units+r.units
				}
			}
			sessions[i].put(mk.code, count(base, sum.sessions))
			pct[i].put(mk.code, percent(base, 100*float64(sum.units), sum.sessions, "no sessions in these days"))
		}
	}
	return nil
}
