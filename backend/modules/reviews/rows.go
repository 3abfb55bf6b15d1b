package reviews

import (
	"context"
	"slices"
	"strings"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/source"
)

// leaf says which rows a value is made of, and how.
type leaf struct {
	stream source.Stream
	// window is what days count, for facts; measures have their own period.
	window   func(c coverage) window
	negative bool // only feedback of one or two stars
	newest   bool // only the newest with a comment
	how      string
}

func lastFeedback(c coverage) window { return c.last(c.end(), feedbackDays, 1) }

func lastNew(c coverage) window { return c.last(c.end(), newDays, newDays) }

func lastReturns(c coverage) window { return c.last(c.end(), returnDays, returnDays) }

// leaves are the measures and facts that rest on rows.
func leaves() map[string]leaf {
	const countAll, countNegative = "Count of these rows", "Count of these rows: ratings of one or two stars"
	return map[string]leaf{
		measureReturned: {stream: source.Returns, how: "Sum of the units of these rows"},
		measureFeedback: {stream: source.SellerFeedback, how: countAll},
		measureNegative: {stream: source.SellerFeedback, negative: true, how: countNegative},

		"reviews.feedback_count_90d": {stream: source.SellerFeedback, window: lastFeedback, how: countAll},
		"reviews.negative_count_90d": {stream: source.SellerFeedback, window: lastFeedback, negative: true, how: countNegative},
		"reviews.latest_negative_comment": {
			stream: source.SellerFeedback, window: lastFeedback, negative: true, newest: true,
			how: "The comment of this row, the newest of one or two stars that has one; 140 characters of it at most",
		},
		"reviews.returned_units_28d": {stream: source.Returns, window: lastReturns, how: "Sum of the units of these rows"},
		"reviews.top_return_reason":  {stream: source.Returns, window: lastReturns, how: "The reason with most units in these rows; of equals the first by alphabet"},
		"reviews.top_return_reason_share": {
			stream: source.Returns, window: lastReturns, how: "Units of the reason that has most of them ÷ units of all these rows",
		},
		"reviews.market_feedback_count_90d": {stream: source.SellerFeedback, window: lastFeedback, how: countAll},
		"reviews.market_negative_share_90d": {stream: source.SellerFeedback, window: lastFeedback, how: "Rows with a rating of one or two stars ÷ all these rows"},
		"reviews.new_negative_7d":           {stream: source.SellerFeedback, window: lastNew, negative: true, how: countNegative},
	}
}

// Rows implements fact.RowProvider.
func (m *Module) Rows(ctx context.Context, q fact.RowsQuery) (fact.Rows, error) {
	l, ok := leaves()[q.Name]
	if !ok {
		return fact.Rows{}, core.NotFound("reviews", q.Name+" does not rest on rows of its own; look at what it is made of.")
	}
	s, err := m.snapshot(ctx, q.AsOf)
	if err != nil {
		return fact.Rows{}, err
	}
	market, sku := fact.SplitID(q.Subject)
	c, ok := s.calendar[l.stream][market]
	out := fact.Rows{How: l.how, Columns: columnsOf(l.stream, false)}
	if !ok {
		return out, nil
	}
	counts := func(d core.Day) bool {
		state, _ := c.at(d)
		return state != unknownDay && q.Period.Contains(d)
	}
	if l.window != nil {
		w := l.window(c.coverage)
		if !w.ok() {
			out.How = "Not known: " + w.note
			return out, nil
		}
		counts = w.has
	}
	if l.stream == source.Returns {
		var list []unit
		for _, u := range s.units {
			if u.market == market && (sku == "" || u.sku == sku) && counts(u.day) {
				list = append(list, u)
			}
		}
		out.Rows, out.Total = cut(q, list, unit.row)
		return out, nil
	}
	out.Rows, out.Total = cut(q, l.opinions(s, market, sku, counts), opinion.row)
	return out, nil
}

// opinions picks the feedback that counts.
func (l leaf) opinions(s *snapshot, market, sku string, counts func(core.Day) bool) []opinion {
	var list []opinion
	var sum ratings
	for _, o := range s.opinions {
		if o.market != market || sku != "" && !slices.Contains(o.skus, sku) || !counts(o.day) || l.negative && !o.negative() {
			continue
		}
		list = append(list, o)
		sum.add(o)
	}
	switch {
	case !l.newest:
		return list
	case sum.newest.comment == "":
		return nil
	}
	return []opinion{sum.newest}
}

// cut makes rows of a window of a list.
func cut[T any](q fact.RowsQuery, list []T, row func(T) fact.Row) (rows []fact.Row, total int) {
	from := min(max(q.Offset, 0), len(list))
	to := len(list)
	if q.Limit > 0 {
		to = min(from+q.Limit, to)
	}
	for _, one := range list[from:to] {
		rows = append(rows, row(one))
	}
	return rows, len(list)
}

// columnsOf heads the rows of a stream.
func columnsOf(stream source.Stream, sortable bool) []fact.RowColumn {
	out := []fact.RowColumn{{Name: "day", Title: "Day", Type: fact.Text}, {Name: "marketplace", Title: "Marketplace", Type: fact.Text}, {Name: "order_id", Title: "Order", Type: fact.Text}}
	if stream == source.Returns {
		out = append(out, fact.RowColumn{Name: "sku", Title: "SKU", Type: fact.Text}, fact.RowColumn{Name: "units", Title: "Units", Type: fact.Count, Unit: "units"},
			fact.RowColumn{Name: "reason", Title: "Reason", Type: fact.Text})
	} else {
		out = append(out, fact.RowColumn{Name: "rating", Title: "Rating", Type: fact.Count, Unit: "stars"}, fact.RowColumn{Name: "comment", Title: "Comment", Type: fact.Text},
			fact.RowColumn{Name: "response", Title: "Your response", Type: fact.Text}, fact.RowColumn{Name: "skus", Title: "SKUs of the order", Type: fact.Text})
	}
	for i := range out {
		out[i].Sortable = sortable
	}
	return out
}

func words(s string) fact.Value { return fact.Value{Text: s, Maturity: fact.Fresh} }

func whole(n int64) fact.Value { return fact.Value{Num: float64(n), Maturity: fact.Fresh} }

// row is a return as the rows show it, in the order of columnsOf.
func (u unit) row() fact.Row {
	r := fact.Row{
		Document: u.document, Line: u.line,
		Cells: []fact.Value{words(u.day.String()), words(u.market), words(u.order), words(u.sku), whole(u.quantity), words(u.reason)},
	}
	if u.market != "" {
		r.Subject = fact.SubjectID(u.market, u.sku)
	}
	return r
}

// row is a feedback as the rows show it. It speaks of a SKU where the order held one only.
func (o opinion) row() fact.Row {
	r := fact.Row{
		Document: o.document, Line: o.line,
		Cells: []fact.Value{words(o.day.String()), words(o.market), words(o.order), whole(int64(o.rating)), words(o.comment), words(o.response), words(strings.Join(o.skus, ", "))},
	}
	if len(o.skus) == 1 {
		r.Subject = fact.SubjectID(o.market, o.skus[0])
	}
	return r
}
