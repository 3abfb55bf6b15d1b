package accounthealth

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module"
)

// Daily implements fact.DailyProvider: rate and count of each metric on the days with a report.
func (m *Module) Daily(ctx context.Context, series, subject string, p core.Period, asOf core.Day) ([]fact.Series, error) {
	s, err := m.running()
	if err != nil {
		return nil, err
	}
	if (series != seriesRate && series != seriesCount) || p.Days() == 0 {
		return nil, nil
	}
	days, err := s.reportDays(ctx)
	if err != nil {
		return nil, err
	}
	only, wanted := fact.SplitID(subject)
	var out []fact.Series
	for _, market := range sortedKeys(days) {
		if subject != "" && only != market {
			continue
		}
		args := []any{market, p.From, min(p.To, asOf), wanted}
		err := each(ctx, s.host.DB(), s.sql["History"], args, func(r *sql.Rows) error {
			var (
				of    metric
				point = fact.Point{Maturity: fact.Fresh}
			)
			if err := r.Scan(&of.name, &point.Day, &of.rate, &of.count, &of.orders, &of.status, &of.condition); err != nil {
				return err
			}
			count, counted := of.defects(of.condition)
			switch {
			case series == seriesRate && of.rate.Valid && !of.nothingMeasured():
				point.Num = of.rate.Float64
			case series == seriesCount && counted:
				point.Num = float64(count)
			default:
				return nil // nothing known is no point
			}
			id := fact.SubjectID(market, of.name)
			if len(out) == 0 || out[len(out)-1].Subject != id {
				out = append(out, fact.Series{Name: series, Subject: id})
			}
			out[len(out)-1].Points = append(out[len(out)-1].Points, point)
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("read the account health history of %s: %w", market, err)
		}
	}
	return out, nil
}

// Stamps implements module.Stamper.
func (m *Module) Stamps(ctx context.Context) ([]fact.Stamp, error) {
	s, err := m.running()
	if err != nil {
		return nil, err
	}
	newest := fact.Stamp{Kind: kind}
	err = each(ctx, s.host.DB(), s.sql["Snapshots"], nil, func(r *sql.Rows) error {
		var (
			market string
			day    core.Day
			at     int64
		)
		if err := r.Scan(&market, &day, &at); err != nil {
			return err
		}
		if t := time.UnixMilli(at).UTC(); t.After(newest.ObservedAt) {
			newest.ObservedAt, newest.Through = t, day
		}
		return nil
	})
	if err != nil || newest.Through == 0 {
		return nil, err
	}
	return []fact.Stamp{newest}, nil
}

// Exports implements module.Exporter.
func (m *Module) Exports() []module.Export {
	return []module.Export{{
		Name: "accounthealth.daily", Title: "Account health by day, marketplace and metric",
		Columns: []string{"day", "marketplace", "metric", "rate", "target", "count", "orders", "status"},
		Rows:    m.exportDaily,
	}}
}

func (m *Module) exportDaily(ctx context.Context, p core.Period, yield func([]any) error) error {
	s, err := m.running()
	if err != nil {
		return err
	}
	return each(ctx, s.host.DB(), s.sql["ExportDaily"], []any{p.From, p.To}, func(r *sql.Rows) error {
		var (
			day    core.Day
			row    = make([]any, 8)
			target = []any{&day}
		)
		for i := range row[1:] {
			target = append(target, &row[i+1])
		}
		if err := r.Scan(target...); err != nil {
			return err
		}
		row[0] = day.String()
		return yield(row)
	})
}
