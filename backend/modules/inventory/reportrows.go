package inventory

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/platform/sqlite"
)

// levelLine is what a snapshot says of a SKU, and where.
type levelLine struct {
	sku core.SKU
	units
	document int64
	line     int // 0: no longer listed
}

// levelLines reads the lines of a snapshot by SKU, and adds those SKUs of earlier ones that it no longer names; sku "": all.
func (s *started) levelLines(ctx context.Context, at place, t timeline, sn snapshot, asOf core.Day, sku string) ([]levelLine, error) {
	out, err := sqlite.Collect(ctx, s.host.DB(), s.sql["LevelRows"], []any{at.kind, at.marketplace, sn.day, sku}, func(r *sql.Rows, l *levelLine) error {
		l.listed = true
		err := r.Scan(&l.sku, &l.asOf, &l.onHand, &l.reserved, &l.inbound, &l.working, &l.unsellable, &l.carried, &l.document, &l.line)
		l.old = l.carried && s.stale(at.kind, asOf-l.asOf)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the stock of %s: %w", at.marketplace, err)
	}
	h, err := s.history(ctx, at, t, asOf)
	if err != nil {
		return nil, err
	}
	listed := make(map[core.SKU]bool, len(out))
	for _, l := range out {
		listed[l.sku] = true
	}
	var document int64
	err = s.host.DB().QueryRowContext(ctx, s.sql["SnapshotDocument"], at.kind, at.marketplace, sn.day).Scan(&document)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("look up the stock report of %s: %w", sn.day, err)
	}
	for gone, c := range h.changes {
		if listed[gone] || c[0].day > asOf || (sku != "" && string(gone) != sku) {
			continue
		}
		out = append(out, levelLine{sku: gone, units: units{asOf: sn.day, working: sql.NullInt64{Valid: true}}, document: document})
	}
	slices.SortFunc(out, func(a, b levelLine) int { return strings.Compare(string(a.sku), string(b.sku)) })
	return out, nil
}

// planLine is a line of a planning report.
type planLine struct {
	sku      string
	asOf     core.Day
	age      [5]int64 // units by band, as ageBands names them
	excess   int64
	supply   sql.NullFloat64
	document int64
	line     int
}

// ageBands name the bands of the planning report, youngest first.
func ageBands() [5]string {
	return [5]string{"0–90 days", "91–180 days", "181–270 days", "271–365 days", "over 365 days"}
}

// planLines reads the planning report that speaks for a marketplace; sku "": all of it.
func (s *started) planLines(ctx context.Context, market, sku string, asOf core.Day) ([]planLine, snapshot, error) {
	lines, err := s.timelines(ctx)
	if err != nil {
		return nil, snapshot{}, err
	}
	sn, ok := s.snapshot(lines[market][kindPlanning], kindPlanning, asOf)
	if !ok {
		return nil, sn, nil
	}
	out, err := sqlite.Collect(ctx, s.host.DB(), s.sql["PlanRows"], []any{market, sn.day, sku}, func(r *sql.Rows, l *planLine) error {
		return r.Scan(&l.sku, &l.asOf, &l.age[0], &l.age[1], &l.age[2], &l.age[3], &l.age[4], &l.excess, &l.supply, &l.document, &l.line)
	})
	if err != nil {
		return nil, sn, fmt.Errorf("read the stock planning of %s: %w", market, err)
	}
	return out, sn, nil
}

// agedColumns are the three bands that count as aged.
func agedColumns() []fact.RowColumn {
	bands := ageBands()
	return []fact.RowColumn{
		countColumn("age_181_270", "Aged "+bands[2], "units"), countColumn("age_271_365", "Aged "+bands[3], "units"),
		countColumn("age_365_plus", "Aged "+bands[4], "units"),
	}
}

func (l *planLine) row(market string, sn snapshot, excess bool) fact.Row {
	o := sn.origin
	o.asOf = l.asOf
	out := fact.Row{Document: l.document, Line: l.line, Subject: fact.SubjectID(market, l.sku)}
	if excess {
		out.Cells = []fact.Value{o.num(float64(l.excess))}
		return out
	}
	for _, n := range l.age[2:] {
		out.Cells = append(out.Cells, o.num(float64(n)))
	}
	return out
}

// planRows is the lines of the planning report behind aged and excess units, of a SKU or of a marketplace.
func (s *started) planRows(ctx context.Context, q fact.RowsQuery) (fact.Rows, error) {
	market, sku := fact.SplitID(q.Subject)
	excess := q.Name == factExcess || q.Name == factExcessSum
	out := fact.Rows{How: "Sum of the three ages", Columns: agedColumns()}
	if excess {
		out = fact.Rows{How: "Sum of the estimated excess quantity", Columns: []fact.RowColumn{countColumn("excess", "Excess", "units")}}
	}
	lines, sn, err := s.planLines(ctx, market, sku, q.AsOf)
	if err != nil {
		return out, err
	}
	for i := range lines {
		out.Rows = append(out.Rows, lines[i].row(market, sn, excess))
	}
	return window(out, q), nil
}

// amazonRows is the line of a SKU in Amazon's own planning or restock report.
func (s *started) amazonRows(ctx context.Context, q fact.RowsQuery, d fact.Definition) (fact.Rows, error) {
	if q.Name == factAged || q.Name == factExcess {
		return s.planRows(ctx, q)
	}
	out := fact.Rows{How: "The figure stands in this row", Columns: []fact.RowColumn{{Name: "figure", Title: d.Title, Type: d.Type, Unit: d.Unit}}}
	market, sku := fact.SplitID(q.Subject)
	if q.Name == factAmazonDays {
		lines, sn, err := s.planLines(ctx, market, sku, q.AsOf)
		if err != nil {
			return out, err
		}
		if len(lines) == 1 && lines[0].supply.Valid {
			o := sn.origin
			o.asOf = lines[0].asOf
			out.Rows = []fact.Row{{Document: lines[0].document, Line: lines[0].line, Subject: q.Subject, Cells: []fact.Value{o.num(lines[0].supply.Float64)}}}
			return window(out, q), nil
		}
	}
	lines, err := s.timelines(ctx)
	if err != nil {
		return out, err
	}
	sn, ok := s.snapshot(lines[market][kindRestock], kindRestock, q.AsOf)
	if !ok {
		return out, nil
	}
	var (
		units  float64
		supply sql.NullFloat64
		row    = fact.Row{Subject: q.Subject}
	)
	err = s.host.DB().QueryRowContext(ctx, s.sql["AdviceRow"], market, sn.day, sku).Scan(&units, &supply, &row.Document, &row.Line)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return out, nil
	case err != nil:
		return out, fmt.Errorf("read Amazon's restock advice for %s: %w", market, err)
	case q.Name == factAmazonUnits:
		row.Cells = []fact.Value{sn.num(units)}
	case supply.Valid:
		row.Cells = []fact.Value{sn.num(supply.Float64)}
	default:
		return out, nil
	}
	out.Rows = []fact.Row{row}
	return window(out, q), nil
}
