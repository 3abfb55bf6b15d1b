package inventory

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module"
)

// Daily implements fact.DailyProvider: units on hand of SKUs (inventory.on_hand) and of
// marketplaces (inventory.units_on_hand), on the days with a stock report.
func (m *Module) Daily(ctx context.Context, series, subject string, p core.Period, asOf core.Day) ([]fact.Series, error) {
	s, err := m.running()
	if err != nil {
		return nil, err
	}
	if (series != seriesOnHand && series != seriesTotal) || p.Days() == 0 {
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
		days := lines[market][sn.kind].by(p.To)
		add := s.skuSeries
		if series == seriesTotal {
			add = s.totalSeries
			sku = ""
		}
		found, err := add(ctx, market, sn.kind, sku, p, days)
		if err != nil {
			return nil, fmt.Errorf("read the stock history of %s: %w", market, err)
		}
		out = append(out, found...)
	}
	return out, nil
}

// skuSeries has a point for each report from the SKU's first on; one that no longer lists it is 0.
func (s *started) skuSeries(ctx context.Context, market, kind, sku string, p core.Period, days []core.Day) ([]fact.Series, error) {
	var out []fact.Series
	fill := func(until core.Day) { // reports between the last point and until did not list it
		one := &out[len(out)-1]
		after := one.Points[len(one.Points)-1].Day
		for _, d := range days {
			if d > after && d < until {
				one.Points = append(one.Points, fact.Point{Day: d, Maturity: fact.Fresh})
			}
		}
	}
	const never = core.Day(1 << 30)
	err := each(ctx, s.host.DB(), s.sql["History"], []any{kind, market, p.From, p.To, sku}, func(r *sql.Rows) error {
		var (
			found string
			point = fact.Point{Maturity: fact.Fresh}
		)
		if err := r.Scan(&found, &point.Day, &point.Num); err != nil {
			return err
		}
		id := fact.SubjectID(market, found)
		if len(out) == 0 || out[len(out)-1].Subject != id {
			if len(out) > 0 {
				fill(never)
			}
			out = append(out, fact.Series{Name: seriesOnHand, Subject: id, Unit: "units"})
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

func (s *started) totalSeries(ctx context.Context, market, kind, _ string, p core.Period, days []core.Day) ([]fact.Series, error) {
	sum := map[core.Day]float64{}
	err := each(ctx, s.host.DB(), s.sql["History"], []any{kind, market, p.From, p.To, ""}, func(r *sql.Rows) error {
		var (
			sku   string
			day   core.Day
			units float64
		)
		if err := r.Scan(&sku, &day, &units); err != nil {
			return err
		}
		sum[day] += units
		return nil
	})
	if err != nil {
		return nil, err
	}
	one := fact.Series{Name: seriesTotal, Subject: market, Unit: "units"}
	for _, d := range days {
		if d >= p.From {
			one.Points = append(one.Points, fact.Point{Day: d, Num: sum[d], Maturity: fact.Fresh})
		}
	}
	return []fact.Series{one}, nil
}

// Stamps implements module.Stamper.
func (m *Module) Stamps(ctx context.Context) ([]fact.Stamp, error) {
	s, err := m.running()
	if err != nil {
		return nil, err
	}
	latest := map[string]fact.Stamp{}
	err = each(ctx, s.host.DB(), s.sql["Snapshots"], nil, func(r *sql.Rows) error {
		var (
			st     fact.Stamp
			market string
			at     int64
		)
		if err := r.Scan(&st.Kind, &market, &st.Through, &at); err != nil {
			return err
		}
		st.ObservedAt = time.UnixMilli(at).UTC()
		if st.ObservedAt.After(latest[st.Kind].ObservedAt) {
			latest[st.Kind] = st
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var out []fact.Stamp
	for _, kind := range []string{kindStock, kindPlanning, kindRestock} {
		if st, ok := latest[kind]; ok {
			out = append(out, st)
		}
	}
	return out, nil
}

// Exports implements module.Exporter.
func (m *Module) Exports() []module.Export {
	return []module.Export{
		{
			Name: "inventory.daily", Title: "Stock by day, marketplace and SKU",
			Columns: []string{"day", "marketplace", "sku", "on_hand", "inbound", "reserved", "unsellable"},
			Rows:    m.export("ExportDaily", 7),
		},
		{
			Name: "inventory.planning", Title: "Inventory planning by day, marketplace and SKU",
			Columns: []string{
				"day", "marketplace", "sku", "available", "age_0_90", "age_91_180", "age_181_270", "age_271_365", "age_365_plus",
				"shipped_7", "shipped_30", "shipped_60", "shipped_90", "days_of_supply", "historical_days_of_supply", "excess_units",
				"storage_cost_next_month_minor", "currency", "alert", "recommended_action",
			},
			Rows: m.export("ExportPlanning", 20),
		},
	}
}

type rowsFunc = func(ctx context.Context, p core.Period, yield func([]any) error) error

// export writes out a query whose first column is a day.
func (m *Module) export(query string, columns int) rowsFunc {
	return func(ctx context.Context, p core.Period, yield func([]any) error) error {
		s, err := m.running()
		if err != nil {
			return err
		}
		row, into := make([]any, columns), make([]any, columns)
		for i := range row {
			into[i] = &row[i]
		}
		return each(ctx, s.host.DB(), s.sql[query], []any{p.From, p.To}, func(r *sql.Rows) error {
			if err := r.Scan(into...); err != nil {
				return err
			}
			out := append([]any(nil), row...)
			if day, ok := out[0].(int64); ok {
				out[0] = core.Day(day).String()
			}
			return yield(out)
		})
	}
}
