package listings

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

// Daily implements fact.DailyProvider: hidden listings and SKUs with stranded stock of each
// marketplace, on the days with such a report; state and price of SKUs.
func (m *Module) Daily(ctx context.Context, series, subject string, p core.Period, asOf core.Day) ([]fact.Series, error) {
	s, err := m.running()
	if err != nil {
		return nil, err
	}
	switch series {
	case seriesHidden, seriesStray, seriesInactive, seriesTrouble, seriesPrice:
		return s.ofSKUs(ctx, series, subject, core.Period{From: p.From, To: min(p.To, asOf)}, asOf)
	}
	query := map[string]string{seriesSuppressed: "SuppressedCounts", seriesStranded: "StrandedCounts"}[series]
	if query == "" || p.Days() == 0 {
		return nil, nil
	}
	lines, err := s.timelines(ctx)
	if err != nil {
		return nil, err
	}
	var out []fact.Series
	for _, market := range lines.marketplaces() {
		if subject != "" && subject != market {
			continue
		}
		points, err := sqlite.Collect(ctx, s.host.DB(), s.sql[query], []any{market, p.From, min(p.To, asOf)}, func(r *sql.Rows, pt *fact.Point) error {
			pt.Maturity = fact.Fresh
			return r.Scan(&pt.Day, &pt.Num)
		})
		if err != nil {
			return nil, fmt.Errorf("read the listing history of %s: %w", market, err)
		}
		if len(points) > 0 {
			out = append(out, fact.Series{Name: series, Subject: market, Points: points})
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
	newest := map[string]fact.Stamp{}
	err = sqlite.EachRow(ctx, s.host.DB(), s.sql["Snapshots"], nil, func(r *sql.Rows) error {
		var (
			st     fact.Stamp
			market string
			at     int64
		)
		if err := r.Scan(&st.Kind, &market, &st.Through, &at); err != nil {
			return err
		}
		st.ObservedAt = time.UnixMilli(at).UTC()
		if st.ObservedAt.After(newest[st.Kind].ObservedAt) {
			newest[st.Kind] = st
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var out []fact.Stamp
	for _, kind := range []string{kindOffers, kindSuppressed, kindStranded} {
		if st, ok := newest[kind]; ok {
			out = append(out, st)
		}
	}
	return out, nil
}

// Exports implements module.Exporter.
func (m *Module) Exports() []module.Export {
	return []module.Export{
		{
			Name: "listings.daily", Title: "Offers by day, marketplace and SKU",
			Columns: []string{"day", "marketplace", "sku", "status", "suppressed", "stranded_units", "price_minor", "currency"},
			Rows:    m.export("ExportDaily", 8, 0),
		},
		{
			Name: "listings.trouble", Title: "Suppressed listings and stranded stock by day, marketplace and SKU",
			Columns: []string{"day", "marketplace", "sku", "trouble", "reason", "message", "since", "units", "removal_day"},
			Rows:    m.export("ExportTrouble", 9, 0, 6, 8),
		},
	}
}

type rowsFunc = func(ctx context.Context, p core.Period, yield func([]any) error) error

// export writes out a query; the columns numbered in days hold days.
func (m *Module) export(query string, columns int, days ...int) rowsFunc {
	return func(ctx context.Context, p core.Period, yield func([]any) error) error {
		s, err := m.running()
		if err != nil {
			return err
		}
		return sqlite.EachRow(ctx, s.host.DB(), s.sql[query], []any{p.From, p.To}, func(r *sql.Rows) error {
			row, into := make([]any, columns), make([]any, columns)
			for i := range row {
				into[i] = &row[i]
			}
			if err := r.Scan(into...); err != nil {
				return err
			}
			for _, i := range days {
				if day, ok := row[i].(int64); ok {
					row[i] = core.Day(day).String()
				}
			}
			return yield(row)
		})
	}
}
