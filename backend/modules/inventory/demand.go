package inventory

import (
	"context"
	"strings"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// demands reads the units sold in the 90 days before asOf, by marketplace. A day is known for
// every SKU of a marketplace as soon as any of its series has it, for an orders report covers
// the whole marketplace. Where sales can't answer, velocity is missing and the rest goes on.
func (s *started) demands(ctx context.Context, asOf core.Day, marketplaces []string) map[string]demand {
	window := core.LastDays(asOf-1, longWindow)
	out := map[string]demand{}
	for _, m := range marketplaces {
		out[m] = demand{window: window, covered: make([]bool, longWindow), units: map[core.SKU][]float64{}}
	}
	series, err := s.host.Daily(ctx, seriesUnits, "", window, asOf)
	for _, one := range series {
		market, rest := fact.SplitID(one.Subject)
		d, ok := out[market]
		if !ok {
			continue
		}
		var sold []float64
		if strings.Contains(one.Subject, "/") {
			sold = make([]float64, longWindow)
			d.units[core.SKU(rest)] = sold
		}
		for _, p := range one.Points {
			if !window.Contains(p.Day) || p.Maturity == fact.Missing {
				continue
			}
			i := int(p.Day - window.From)
			d.covered[i] = true
			if p.Day > d.last {
				d.last = p.Day
			}
			if sold != nil {
				sold[i] = p.Num
			}
		}
		out[market] = d
	}
	for m, d := range out {
		switch {
		case err != nil:
			d.problem = "sales can't be read: " + core.AsError(err).Error()
		case d.last == 0:
			d.problem = "no sales of the last 90 days: import an all-orders report"
		}
		out[m] = d
	}
	return out
}

// others asks another module for a fact of each SKU.
func (s *started) others(ctx context.Context, q fact.Query, name string) map[string]fact.Value {
	subject := q.Subject
	if !strings.Contains(subject, "/") {
		subject = "" // a marketplace's figure rests on those of its SKUs
	}
	columns, err := s.host.Facts(ctx, fact.Query{AsOf: q.AsOf, Names: []string{name}, Subject: subject})
	if err != nil {
		return nil // not known then: what rests on it says so
	}
	for _, c := range columns {
		if c.Name == name {
			return c.Values
		}
	}
	return nil
}
