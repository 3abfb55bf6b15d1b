package inventory

import (
	"context"
	"database/sql"
	"time"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/module"
	"purser/backend/platform/sqlite"
)

// Stamps implements module.Stamper.
func (m *Module) Stamps(ctx context.Context) ([]fact.Stamp, error) {
	s, err := m.running()
	if err != nil {
		return nil, err
	}
	latest := map[string]fact.Stamp{}
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
		return sqlite.EachRow(ctx, s.host.DB(), s.sql[query], []any{p.From, p.To}, func(r *sql.Rows) error {
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
