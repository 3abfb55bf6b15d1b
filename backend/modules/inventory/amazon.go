package inventory

import (
	"context"
	"database/sql"
	"fmt"

	"purser/backend/core/fact"
	"purser/backend/platform/sqlite"
)

// amazon answers what Amazon's own planning and restock reports say.
func (a *answer) amazon(ctx context.Context, market string) error {
	if a.sheet.wants(factAmazonUnits, factAmazonDays) {
		if err := a.advice(ctx, market); err != nil {
			return err
		}
	}
	if !a.sheet.wants(factAged, factExcess, factAmazonDays, factAgedSum, factExcessSum) {
		return nil
	}
	sn, ok := a.snapshot(a.lines[market][kindPlanning], kindPlanning, a.asOf)
	if !ok {
		for _, n := range []string{factAgedSum, factExcessSum} {
			a.sheet.put(n, market, missing(kindPlanning, "no inventory planning report: import one"))
		}
		return nil
	}
	var agedUnits, excessUnits int64
	err := sqlite.EachRow(ctx, a.host.DB(), a.sql["Plans"], []any{market, sn.day}, func(r *sql.Rows) error {
		var (
			sku          string
			o            = sn.origin
			aged, excess int64
			supply       sql.NullFloat64
		)
		if err := r.Scan(&sku, &o.asOf, &aged, &excess, &supply); err != nil {
			return err
		}
		id := fact.SubjectID(market, sku)
		a.sheet.put(factAged, id, o.num(float64(aged)))
		a.sheet.put(factExcess, id, o.num(float64(excess)))
		agedUnits, excessUnits = agedUnits+aged, excessUnits+excess
		if supply.Valid {
			a.sheet.put(factAmazonDays, id, o.num(supply.Float64))
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("read the stock planning of %s: %w", market, err)
	}
	a.sheet.put(factAgedSum, market, sn.num(float64(agedUnits)))
	a.sheet.put(factExcessSum, market, sn.num(float64(excessUnits)))
	return nil
}

func (a *answer) advice(ctx context.Context, market string) error {
	sn, ok := a.snapshot(a.lines[market][kindRestock], kindRestock, a.asOf)
	if !ok {
		return nil
	}
	err := sqlite.EachRow(ctx, a.host.DB(), a.sql["Advice"], []any{market, sn.day}, func(r *sql.Rows) error {
		var (
			sku    string
			units  int64
			supply sql.NullFloat64
		)
		if err := r.Scan(&sku, &units, &supply); err != nil {
			return err
		}
		id := fact.SubjectID(market, sku)
		a.sheet.put(factAmazonUnits, id, sn.num(float64(units)))
		if supply.Valid {
			a.sheet.put(factAmazonDays, id, sn.num(supply.Float64))
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("read Amazon's restock advice for %s: %w", market, err)
	}
	return nil
}
