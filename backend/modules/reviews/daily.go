package reviews

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// Daily implements fact.DailyProvider: each base measure is a series of SKUs, and with "market_"
// in its name a series of marketplaces. Asked about one marketplace by its code, the former
// answer for it too.
func (m *Module) Daily(ctx context.Context, series, subject string, p core.Period, asOf core.Day) ([]fact.Series, error) {
	measure, kind := seriesOf(series, subject)
	if measure == "" {
		return nil, core.NotFound("reviews", "There is no daily series "+series+".")
	}
	p.To = min(p.To, asOf-1) // the as-of day itself is still running
	if p.Days() == 0 {
		return nil, nil
	}
	s, err := m.snapshot(ctx, asOf)
	if err != nil {
		return nil, err
	}
	named, sums := s.markets, map[string]map[core.Day]int64{}
	if kind == fact.SKU {
		if named, err = m.skusNamed(ctx, s, subject); err != nil {
			return nil, err
		}
	}
	for _, one := range named { // a quiet one is zero on covered days
		if subject == "" || one == subject {
			sums[one] = map[core.Day]int64{}
		}
	}
	id := s.markets
	if kind == fact.SKU {
		id = s.subjects
	}
	for _, e := range s.entries[kind].over(measure, p) {
		if days, ok := sums[id[e.subject]]; ok {
			days[e.day] += e.n
		}
	}
	unit := "feedbacks"
	if measure == measureReturned {
		unit = "units"
	}
	var out []fact.Series
	for _, one := range slices.SortedFunc(maps.Keys(sums), cmp.Compare) {
		market, _ := fact.SplitID(one)
		if list := points(s.calendar[streamOf(measure)][market], p, sums[one]); len(list) > 0 {
			out = append(out, fact.Series{Name: series, Subject: one, Unit: unit, Points: list})
		}
	}
	return out, nil
}

// seriesOf is the measure behind a series, and whose it is.
func seriesOf(series, subject string) (measure string, kind fact.SubjectKind) {
	for measure, market := range marketSeries() {
		switch _, sku := fact.SplitID(subject); {
		case series == market, series == measure && subject != "" && sku == "":
			return measure, fact.Marketplace
		case series == measure:
			return measure, fact.SKU
		}
	}
	return "", ""
}

// skusNamed are the SKUs of the catalog and those that records name, or the one asked about.
func (m *Module) skusNamed(ctx context.Context, s *snapshot, subject string) ([]string, error) {
	if _, ok := s.number[subject]; ok {
		return []string{subject}, nil
	}
	items, err := m.host.Catalog().Items(ctx)
	if err != nil {
		return nil, err
	}
	named := slices.Clone(s.subjects)
	for _, it := range items {
		named = append(named, fact.SubjectID(it.Marketplace, string(it.SKU)))
	}
	return named, nil
}

// points gives every covered day of a period.
func points(c calendar, p core.Period, sums map[core.Day]int64) []fact.Point {
	var out []fact.Point
	for d := p.From; d <= p.To; d++ {
		state, _ := c.at(d)
		if state == unknownDay {
			continue
		}
		pt := fact.Point{Day: d, Num: float64(sums[d]), Maturity: fact.Fresh}
		if state == laterDay {
			pt.Maturity = fact.Estimated
		}
		out = append(out, pt)
	}
	return out
}
