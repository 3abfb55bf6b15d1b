package reviews

import (
	"cmp"
	"context"
	"slices"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// Daily implements fact.DailyProvider: reviews.returned_units per SKU, reviews.negative per SKU
// and per marketplace. Asked about all subjects, reviews.negative answers for SKUs only, so
// that nothing is counted twice; asked about a marketplace, for it.
func (m *Module) Daily(ctx context.Context, series, subject string, p core.Period, asOf core.Day) ([]fact.Series, error) {
	if series != "reviews.returned_units" && series != "reviews.negative" {
		return nil, core.NotFound("reviews", "There is no daily series "+series+".")
	}
	p.To = min(p.To, asOf-1) // the as-of day itself is still running
	if p.Days() == 0 {
		return nil, nil
	}
	r, err := m.open(ctx, asOf)
	if err != nil {
		return nil, err
	}
	sums := map[string]map[core.Day]int64{}
	add := func(subject string, d core.Day, n int64) {
		if sums[subject] == nil {
			sums[subject] = map[core.Day]int64{}
		}
		sums[subject][d] += n
	}
	for _, it := range r.items { // a quiet SKU is zero on covered days
		add(fact.SubjectID(it.Marketplace, string(it.SKU)), p.From, 0)
	}
	cover, unit := r.returns, "units"
	if series == "reviews.negative" {
		cover, unit = r.feedback, "feedbacks"
		if err := m.readFeedback(ctx, r, p); err != nil {
			return nil, err
		}
		r.addNegatives(subject, p, add)
	} else {
		if err := m.readReturns(ctx, r, p); err != nil {
			return nil, err
		}
		for _, u := range r.units {
			add(fact.SubjectID(u.market, u.sku), u.day, u.quantity)
		}
	}
	var out []fact.Series
	for s, days := range sums {
		if subject != "" && s != subject {
			continue
		}
		market, _ := fact.SplitID(s)
		list := points(of(cover, market, coverage{asOf: asOf}), p, days)
		if len(list) > 0 {
			out = append(out, fact.Series{Name: series, Subject: s, Unit: unit, Points: list})
		}
	}
	slices.SortFunc(out, func(a, b fact.Series) int { return cmp.Compare(a.Subject, b.Subject) })
	return out, nil
}

func (r *records) addNegatives(subject string, p core.Period, add func(string, core.Day, int64)) {
	market, sku := fact.SplitID(subject)
	if subject != "" && sku == "" {
		add(market, p.From, 0)
	}
	for _, o := range r.opinions {
		if !o.negative() {
			continue
		}
		if subject != "" && sku == "" && o.market == market {
			add(market, o.day, 1)
		}
		for _, s := range o.skus {
			add(fact.SubjectID(o.market, s), o.day, 1)
		}
	}
}

// points gives every covered day of a period.
func points(c coverage, p core.Period, sums map[core.Day]int64) []fact.Point {
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
