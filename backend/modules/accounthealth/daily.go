package accounthealth

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module"
	"purser/backend/platform/sqlite"
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
		told, err := s.history(ctx, market, wanted, core.Period{From: p.From, To: min(p.To, asOf)})
		if err != nil {
			return nil, err
		}
		for i := range told {
			n, ok := told[i].rateOrCount(series)
			if !ok {
				continue // nothing known is no point
			}
			id := fact.SubjectID(market, told[i].name)
			if len(out) == 0 || out[len(out)-1].Subject != id {
				out = append(out, fact.Series{Name: series, Subject: id})
			}
			out[len(out)-1].Points = append(out[len(out)-1].Points, fact.Point{Day: told[i].day, Num: n, Maturity: fact.Fresh})
		}
	}
	return out, nil
}

// told is what one report says of a metric, with what that was held to.
type told struct {
	metric
	day core.Day
	limit
	limited bool // there is a target
}

// history reads a metric, or all of a marketplace, over the period: by metric, then by day.
func (s *started) history(ctx context.Context, market, metric string, p core.Period) ([]told, error) {
	st, err := s.standards(ctx, market, p.To)
	if err != nil {
		return nil, err
	}
	out, err := sqlite.Collect(ctx, s.host.DB(), s.sql["History"], []any{market, p.From, p.To, metric}, func(r *sql.Rows, t *told) error {
		m := &t.metric
		err := r.Scan(&m.name, &t.day, &m.title, &m.rate, &m.target, &m.count, &m.orders, &m.status, &m.condition)
		t.limit, _, t.limited = st.of(m)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the account health history of %s: %w", market, err)
	}
	return out, nil
}

// rateOrCount is the figure of a series.
func (t *told) rateOrCount(series string) (float64, bool) {
	if series == seriesRate {
		return t.rate.Float64, t.rate.Valid && !t.nothingMeasured()
	}
	n, ok := t.defects(t.limit.condition)
	return float64(n), ok
}

// Stamps implements module.Stamper.
func (m *Module) Stamps(ctx context.Context) ([]fact.Stamp, error) {
	s, err := m.running()
	if err != nil {
		return nil, err
	}
	newest := fact.Stamp{Kind: kind}
	err = sqlite.EachRow(ctx, s.host.DB(), s.sql["Snapshots"], nil, func(r *sql.Rows) error {
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
	return sqlite.EachRow(ctx, s.host.DB(), s.sql["ExportDaily"], []any{p.From, p.To}, func(r *sql.Rows) error {
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
