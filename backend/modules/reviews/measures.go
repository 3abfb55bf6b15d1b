package reviews

import (
	"context"
	"fmt"
	"slices"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/source"
)

// The base measures, which are daily series of SKUs too.
const (
	measureReturned = "reviews.returned_units"
	measureFeedback = "reviews.feedback"
	measureNegative = "reviews.negative"
)

// marketSeries names the daily series of marketplaces, by the measure.
func marketSeries() map[string]string {
	return map[string]string{
		measureReturned: "reviews.market_returned_units", measureFeedback: "reviews.market_feedback", measureNegative: "reviews.market_negative",
	}
}

// streamOf is the stream that a base measure counts.
func streamOf(measure string) source.Stream {
	if measure == measureReturned {
		return source.Returns
	}
	return source.SellerFeedback
}

// Measures implements fact.Measurer.
func (m *Module) Measures() []fact.Measure {
	base := func(name, title, unit, better, meaning, formula string) fact.Measure {
		return fact.Measure{
			Definition: fact.Definition{
				Name: name, Title: title, Type: fact.Count, Unit: unit, Better: better, Meaning: meaning, Formula: formula,
				Sources: []string{kindOf(streamOf(name))}, Daily: name,
			},
			Kinds:  []fact.SubjectKind{fact.SKU, fact.Marketplace},
			Series: map[fact.SubjectKind]string{fact.SKU: name, fact.Marketplace: marketSeries()[name]},
		}
	}
	quotient := func(name, title, meaning, num, den string, sources ...string) fact.Measure {
		return fact.Measure{
			Definition: fact.Definition{
				Name: name, Title: title, Type: fact.Ratio, Better: "down", Meaning: meaning, Formula: num + " ÷ " + den, Sources: sources,
				Parts: []string{num, den},
			},
			Num: num, Den: den,
		}
	}
	return []fact.Measure{
		base(measureReturned, "Returned units", "units", "down", "Units returned to Amazon's warehouses", "Sum of quantity by return date"),
		base(measureFeedback, "Feedback", "feedbacks", "", "Seller feedback; for a SKU, on orders that held it",
			"Count by the day it was given; removed feedback does not count, and an order's feedback counts once for each of its SKUs"),
		base(measureNegative, "Negative feedback", "feedbacks", "down", "Seller feedback of one or two stars; for a SKU, on orders that held it",
			"Count of ratings of at most 2 by the day they were given"),
		quotient("reviews.return_rate", "Return rate", "Units returned per unit ordered in the same days", measureReturned, "sales.units", "fba_returns", "all_orders"),
		quotient("reviews.negative_share", "Negative share", "Share of the feedback that has one or two stars", measureNegative, measureFeedback, "seller_feedback"),
	}
}

// Measure implements fact.Measurer.
func (m *Module) Measure(ctx context.Context, q fact.MeasureQuery) (fact.Frame, error) {
	if q.Kind != fact.SKU && q.Kind != fact.Marketplace {
		return fact.Frame{}, core.Invalid("reviews", "Returns and feedback are not counted by "+string(q.Kind)+".", "Ask for SKUs or marketplaces.")
	}
	for _, name := range q.Names {
		if marketSeries()[name] == "" {
			return fact.Frame{}, core.NotFound("reviews", "There is no measure "+name+".")
		}
	}
	s, err := m.snapshot(ctx, q.AsOf)
	if err != nil {
		return fact.Frame{}, err
	}
	p := q.Period
	p.To = min(p.To, q.AsOf-1) // the as-of day itself is still running
	var out fact.Frame
	sums := make([][]int64, len(q.Names))
	named := s.subjects
	if q.Kind == fact.Marketplace {
		named = s.markets
	}
	met := make([]bool, len(named))
	for i, name := range q.Names {
		sums[i] = make([]int64, len(named))
		for _, e := range s.entries[q.Kind].over(name, p) {
			sums[i][e.subject] += e.n
			met[e.subject] = true
		}
	}
	var rows []int
	for i, subject := range named {
		if (met[i] || q.Kind == fact.Marketplace) && (q.Subject == "" || q.Subject == subject) {
			rows = append(rows, i)
			out.Subjects = append(out.Subjects, subject)
		}
	}
	for i, name := range q.Names {
		stream := streamOf(name)
		col := fact.FrameColumn{Name: name, Values: make([]int64, len(rows)), Cover: s.covers(stream, q.Period), Source: kindOf(stream)}
		for k, at := range rows {
			col.Values[k] = sums[i][at]
		}
		out.Columns = append(out.Columns, col)
	}
	return out, nil
}

// covers says for each marketplace what is known of a period.
func (s *snapshot) covers(stream source.Stream, p core.Period) map[string]fact.Cover {
	out := make(map[string]fact.Cover, len(s.markets))
	for _, market := range s.markets {
		out[market] = s.calendar[stream][market].cover(p)
		if n := unitsOf(s.lostIn(p)); stream == source.Returns && n > 0 {
			c := out[market]
			c.Maturity = fact.Worst(c.Maturity, fact.Estimated)
			c.Note = join(c.Note, fmt.Sprintf("%d returned units are of no known marketplace and left out", n))
			out[market] = c
		}
	}
	return out
}

// lostIn are the returns of a period whose marketplace is not known.
func (s *snapshot) lostIn(p core.Period) []unit {
	return slices.DeleteFunc(slices.Clone(s.lost), func(u unit) bool { return !p.Contains(u.day) })
}

// cover says what is known of a period. Only where it reaches beyond the last known day does it
// matter how old that is.
func (c calendar) cover(p core.Period) fact.Cover {
	p.To = min(p.To, c.asOf-1)
	out := fact.Cover{Maturity: fact.Fresh}
	var since, gap core.Day
	for d := p.From; d <= p.To; d++ {
		state, first := c.at(d)
		if state == unknownDay {
			gap = d
			continue
		}
		out.Days++
		out.Through, since = d, max(since, first)
	}
	end := c.end()
	switch {
	case out.Days == 0 && end == 0:
		return fact.Cover{Maturity: fact.Missing, Note: "no report yet: import " + c.title}
	case out.Days == 0:
		return fact.Cover{Maturity: fact.Missing, Note: "these days are in no report: import " + c.title + " for them"}
	case p.To > end && c.old(end):
		out.Maturity, out.Note = fact.Stale, fmt.Sprintf("the newest day is %s: import a newer %s", end, c.title)
	case p.To > end && end < c.asOf-settleLag && c.stream == source.Returns:
		out.Maturity, out.Note = fact.Settling, "returns of the last days are still arriving"
	}
	if out.Days < p.Days() {
		out.Maturity = fact.Worst(out.Maturity, fact.Estimated)
		out.Note = join(out.Note, fmt.Sprintf("%d of %d days are in no report (the last of them %s)", p.Days()-out.Days, p.Days(), gap))
	}
	if since != 0 {
		out.Maturity = fact.Worst(out.Maturity, fact.Estimated)
		out.Note = join(out.Note, "first known on "+since.String())
	}
	return out
}

// end is the last known day; 0: none.
func (c calendar) end() core.Day {
	for i := len(c.state) - 1; i >= 0; i-- {
		if c.state[i] != unknownDay {
			return c.days.From + core.Day(i)
		}
	}
	return 0
}
