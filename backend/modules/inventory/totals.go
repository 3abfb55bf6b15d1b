package inventory

import (
	"context"
	"database/sql"
	"fmt"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// tally adds up a marketplace.
type tally struct {
	origin
	units      int64
	out, empty int // out of stock and selling; listed with none on hand
	low        int
	unknown    int           // SKUs whose velocity is not known
	sales      fact.Maturity // worst of the velocities that were used
}

func (t *tally) add(o outlook) {
	t.units += o.onHand
	none := o.onHand == 0
	if none && o.listed {
		t.empty++
	}
	if o.velocity.maturity == fact.Missing {
		if !none { // without stock for 90 days it neither sells nor runs low
			t.unknown++
		}
		return
	}
	t.sales = fact.Worst(t.sales, o.velocity.maturity)
	if none && o.velocity.perDay > 0 {
		t.out++
	}
	if o.low {
		t.low++
	}
}

func (t *tally) put(s *sheet, market string, d demand) {
	s.put(factTotal, market, t.num(float64(t.units)))
	if !s.wants(factOut, factLow) {
		return
	}
	if d.problem != "" {
		s.put(factLow, market, missing(salesKind, d.problem))
		guess := t.noting("sales not known: SKUs that no longer sell are counted too")
		guess.maturity = fact.Worst(guess.maturity, fact.Estimated)
		s.put(factOut, market, guess.num(float64(t.empty)))
		return
	}
	o := t.origin
	o.maturity = fact.Worst(o.maturity, t.sales)
	if t.unknown > 0 {
		o.maturity = fact.Worst(o.maturity, fact.Estimated)
		o = o.noting(plural(t.unknown, "SKU") + " left out: velocity not known")
	}
	s.put(factOut, market, o.num(float64(t.out)))
	s.put(factLow, market, o.num(float64(t.low)))
}

// amazon answers what Amazon's own planning and restock reports say.
func (a *answer) amazon(ctx context.Context, market string) error {
	if a.sheet.wants(factAmazonUnits, factAmazonDays) {
		if err := a.advice(ctx, market); err != nil {
			return err
		}
	}
	if !a.sheet.wants(factAged, factExcess, factAmazonDays) {
		return nil
	}
	sn, ok := a.snapshot(a.lines[market][kindPlanning], kindPlanning, a.asOf)
	if !ok {
		return nil
	}
	err := each(ctx, a.host.DB(), a.sql["Plans"], []any{market, sn.day}, func(r *sql.Rows) error {
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
		if supply.Valid {
			a.sheet.put(factAmazonDays, id, o.num(supply.Float64))
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("read the stock planning of %s: %w", market, err)
	}
	return nil
}

func (a *answer) advice(ctx context.Context, market string) error {
	sn, ok := a.snapshot(a.lines[market][kindRestock], kindRestock, a.asOf)
	if !ok {
		return nil
	}
	err := each(ctx, a.host.DB(), a.sql["Advice"], []any{market, sn.day}, func(r *sql.Rows) error {
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

// settingTarget is how many days an order is to last after it lands.
const settingTarget = "target_cover_days"

// SetTargetCover stores how many days an order is to last after it lands, from a day on.
func (m *Module) SetTargetCover(ctx context.Context, from core.Day, days float64, source string) error {
	s, err := m.running()
	if err != nil {
		return err
	}
	if days < 0 || days > farAway || from == 0 {
		return core.Invalid(name, fmt.Sprintf("%g days from %q is no target cover.", days, from.String()), "Give 0 to 3650 days and the day from which they hold.")
	}
	return s.host.Write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, s.sql["PutSetting"], settingTarget, from.String(), days, "days", source); err != nil {
			return fmt.Errorf("store the target cover: %w", err)
		}
		return nil
	})
}
