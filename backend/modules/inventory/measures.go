package inventory

import (
	"context"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// measureOut counts the days without stock of any range.
const measureOut = "inventory.stockout_days"

// Measures implements fact.Measurer.
func (m *Module) Measures() []fact.Measure {
	return []fact.Measure{{
		Definition: fact.Definition{
			Name: measureOut, Title: "Days out of stock", Type: fact.Count, Unit: "days", Better: "down", Daily: seriesOut, Sources: stockKinds(),
			Meaning: "Days on which a SKU that had stock before had none; of several SKUs, the days of all",
			Formula: "days whose latest stock report, at most 7 days old, shows none on hand or no longer lists the SKU, since it first had stock; " +
				"days that no report speaks for don't count. inventory.stockout_days_28d also leaves out days with a sale",
		},
		Kinds:  []fact.SubjectKind{fact.SKU, fact.Marketplace},
		Series: map[fact.SubjectKind]string{fact.SKU: seriesOut, fact.Marketplace: seriesOutIn},
	}}
}

// Measure implements fact.Measurer.
func (m *Module) Measure(ctx context.Context, q fact.MeasureQuery) (fact.Frame, error) {
	s, err := m.running()
	if err != nil {
		return fact.Frame{}, err
	}
	for _, n := range q.Names {
		if n != measureOut {
			return fact.Frame{}, core.NotFound(name, "Inventory has no measure "+n+".")
		}
	}
	if q.Kind != fact.SKU && q.Kind != fact.Marketplace {
		return fact.Frame{}, core.NotFound(name, measureOut+" is of SKUs and marketplaces.")
	}
	lines, err := s.timelines(ctx)
	if err != nil {
		return fact.Frame{}, err
	}
	f := fact.Frame{}
	col := fact.FrameColumn{Name: measureOut, Cover: map[string]fact.Cover{}, Source: kindStock}
	only, sku := fact.SplitID(q.Subject)
	for _, market := range lines.marketplaces() {
		if q.Subject != "" && market != only {
			continue
		}
		a, ok, err := s.absences(ctx, lines[market], market, q.Period, q.AsOf)
		if err != nil {
			return fact.Frame{}, err
		}
		if !ok {
			continue
		}
		col.Cover[market] = a.cover
		var sum int64
		for i, id := range a.moves.ids {
			if sku != "" && q.Kind == fact.SKU && string(a.moves.skus[i]) != sku {
				continue
			}
			days := int64(a.days(a.moves.skus[i]))
			sum += days
			if days > 0 && q.Kind == fact.SKU {
				f.Subjects = append(f.Subjects, id)
				col.Values = append(col.Values, days)
			}
		}
		if q.Kind == fact.Marketplace {
			f.Subjects = append(f.Subjects, market)
			col.Values = append(col.Values, sum)
		}
	}
	if len(q.Names) > 0 {
		f.Columns = []fact.FrameColumn{col}
	}
	return f, nil
}
