package inventory

import (
	"context"
	"database/sql"
	"fmt"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/platform/sqlite"
)

// Daily implements fact.DailyProvider: units on hand and inbound, of SKUs and of marketplaces, on the days
// with a stock report; and the days without stock (1 or 0 for SKUs, their number for marketplaces) on the
// days that a report speaks for.
func (m *Module) Daily(ctx context.Context, series, subject string, p core.Period, asOf core.Day) ([]fact.Series, error) {
	s, err := m.running()
	if err != nil {
		return nil, err
	}
	draw, ok := map[string]func(context.Context, drawing) ([]fact.Series, error){
		seriesOnHand: s.skuSeries, seriesInbound: s.skuSeries, seriesTotal: s.totalSeries, seriesInboundIn: s.totalSeries,
		seriesOut: s.outSeries, seriesOutIn: s.outTotalSeries,
	}[series]
	if !ok || p.Days() == 0 {
		return nil, nil
	}
	p.To = min(p.To, asOf)
	lines, err := s.timelines(ctx)
	if err != nil {
		return nil, err
	}
	only, sku := fact.SplitID(subject)
	var out []fact.Series
	for _, market := range lines.marketplaces() {
		sn, ok := s.stockSnapshot(lines[market], asOf)
		if !ok || (subject != "" && only != market) {
			continue
		}
		found, err := draw(ctx, drawing{series, place{sn.kind, market}, core.SKU(sku), p, asOf, lines[market][sn.kind].by(asOf)})
		if err != nil {
			return nil, fmt.Errorf("read the stock history of %s: %w", market, err)
		}
		out = append(out, found...)
	}
	return out, nil
}

// drawing is one series of one place being drawn.
type drawing struct {
	name string
	place
	sku    core.SKU // "": all
	period core.Period
	asOf   core.Day
	days   []core.Day // of snapshots up to asOf
}

// maturity of a figure: only the FBA inventory report tells what is on its way from what is not yet sent.
func (d drawing) maturity(units float64) fact.Maturity {
	if units != 0 && d.kind != kindStock && (d.name == seriesInbound || d.name == seriesInboundIn) {
		return fact.Estimated
	}
	return fact.Fresh
}

// skuSeries has a point for each report from the SKU's first on; one that no longer lists it is 0.
func (s *started) skuSeries(ctx context.Context, d drawing) ([]fact.Series, error) {
	if d.sku != "" {
		return s.oneSeries(ctx, d)
	}
	var out []fact.Series
	fill := func(until core.Day) { // reports between the last point and until did not list it
		one := &out[len(out)-1]
		after := one.Points[len(one.Points)-1].Day
		for _, day := range d.days {
			if day > after && day < until && day <= d.period.To {
				one.Points = append(one.Points, fact.Point{Day: day, Maturity: fact.Fresh})
			}
		}
	}
	const never = core.Day(1 << 30)
	column := ""
	if d.name == seriesInbound {
		column = "inbound"
	}
	err := sqlite.EachRow(ctx, s.host.DB(), s.sql["History"], []any{d.kind, d.marketplace, d.period.From, d.period.To, column}, func(r *sql.Rows) error {
		var (
			found string
			point fact.Point
		)
		if err := r.Scan(&found, &point.Day, &point.Num); err != nil {
			return err
		}
		point.Maturity = d.maturity(point.Num)
		id := fact.SubjectID(d.marketplace, found)
		if len(out) == 0 || out[len(out)-1].Subject != id {
			if len(out) > 0 {
				fill(never)
			}
			out = append(out, fact.Series{Name: d.name, Subject: id, Unit: "units"})
		} else {
			fill(point.Day)
		}
		out[len(out)-1].Points = append(out[len(out)-1].Points, point)
		return nil
	})
	if err == nil && len(out) > 0 {
		fill(never)
	}
	return out, err
}

// stockLine is what one snapshot says of one SKU.
type stockLine struct {
	day             core.Day
	document        int64
	line            int // 0: not listed
	onHand, inbound int64
	listed          bool
}

// stockLines reads one SKU in every snapshot of a period.
func (s *started) stockLines(ctx context.Context, at place, sku core.SKU, p core.Period) ([]stockLine, error) {
	return sqlite.Collect(ctx, s.host.DB(), s.sql["HistoryOf"], []any{at.kind, at.marketplace, p.From, p.To, string(sku)},
		func(r *sql.Rows, l *stockLine) error {
			return r.Scan(&l.day, &l.document, &l.line, &l.onHand, &l.inbound, &l.listed)
		})
}

func (s *started) oneSeries(ctx context.Context, d drawing) ([]fact.Series, error) {
	lines, err := s.stockLines(ctx, d.place, d.sku, d.period)
	if err != nil {
		return nil, err
	}
	one := fact.Series{Name: d.name, Subject: fact.SubjectID(d.marketplace, string(d.sku)), Unit: "units"}
	for _, l := range lines {
		if len(one.Points) == 0 && !l.listed {
			continue
		}
		n := float64(l.onHand)
		if d.name == seriesInbound {
			n = float64(l.inbound)
		}
		one.Points = append(one.Points, fact.Point{Day: l.day, Num: n, Maturity: d.maturity(n)})
	}
	if len(one.Points) == 0 {
		return nil, nil
	}
	return []fact.Series{one}, nil
}

func (s *started) totalSeries(ctx context.Context, d drawing) ([]fact.Series, error) {
	one := fact.Series{Name: d.name, Subject: d.marketplace, Unit: "units"}
	err := sqlite.EachRow(ctx, s.host.DB(), s.sql["Totals"], []any{d.kind, d.marketplace, d.period.From, d.period.To}, func(r *sql.Rows) error {
		var (
			day             core.Day
			onHand, inbound float64
		)
		if err := r.Scan(&day, &onHand, &inbound); err != nil {
			return err
		}
		if d.name == seriesInboundIn {
			onHand = inbound
		}
		one.Points = append(one.Points, fact.Point{Day: day, Num: onHand, Maturity: d.maturity(onHand)})
		return nil
	})
	return []fact.Series{one}, err
}
