package sales

import (
	"context"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/core/source"
)

func trafficHow(stem string) string {
	switch stem {
	case "page_views":
		return "Sum of the page views"
	case "item_units":
		return "Sum of the units"
	case "unit_session_pct":
		return "100 × sum of the units ÷ sum of the sessions"
	case "featured_views":
		return "Sum of page views × featured offer percentage, each rounded to a whole number, of the rows that have a percentage"
	case "offer_views":
		return "Sum of the page views of the rows that have a featured offer percentage"
	case "featured_offer_pct":
		return "Sum of page views × featured offer percentage ÷ sum of page views, of the rows that have a percentage"
	}
	return "Sum of the sessions"
}

func trafficColumns() []fact.RowColumn {
	return []fact.RowColumn{
		{Name: "from", Title: "From", Type: fact.Text},
		{Name: "to", Title: "To", Type: fact.Text},
		{Name: "asin", Title: "ASIN", Type: fact.Text},
		{Name: "sku", Title: "SKU", Type: fact.Text},
		{Name: "sessions", Title: "Sessions", Type: fact.Count, Unit: "sessions"},
		{Name: "page_views", Title: "Page views", Type: fact.Count, Unit: "page views"},
		{Name: "units", Title: "Units", Type: fact.Count, Unit: "units"},
		{Name: "featured_offer_pct", Title: "Featured offer", Type: fact.Percent, Unit: "%"},
	}
}

// traffic answers the rows of traffic reports.
func (r *rowsRequest) traffic(ctx context.Context) (fact.Rows, error) {
	out := fact.Rows{How: trafficHow(r.what.stem), Columns: trafficColumns()}
	var err error
	switch {
	case r.st.sku == 0:
		err = r.marketVisits(ctx, &out)
	case r.what.measure:
		err = r.itemVisits(ctx, &out)
	default:
		err = r.windowVisits(ctx, &out)
	}
	return r.cut(out), err
}

func pctCell(pct float64) fact.Value {
	if pct < 0 {
		return noCell("not in the report")
	}
	return fact.Value{Num: pct, Maturity: fact.Fresh}
}

func (r *rowsRequest) visitRow(p core.Period, asin, sku string, c *visitCount, pct float64, at place) fact.Row {
	return fact.Row{Document: at.doc, Line: at.row, Subject: r.q.Subject, Cells: []fact.Value{
		textCell(p.From.String()), textCell(p.To.String()), textCell(asin), textCell(sku), countCell(c.sessions), countCell(c.views), countCell(c.units), pctCell(pct),
	}}
}

func (r *rowsRequest) marketVisits(ctx context.Context, out *fact.Rows) error {
	book, err := r.v.visits(ctx)
	if err != nil {
		return err
	}
	k, p := book.cover[r.st.id], r.q.Period
	if !r.what.measure {
		w := window{}
		if end := k.end(r.q.AsOf); end != 0 {
			w = k.window(core.LastDays(end, windowDays()[r.what.window]), r.q.AsOf)
		}
		if v := r.s.past(w, kindTrafficDay); !v.Known() {
			out.How = v.Note
			return nil
		}
		p = w.Period
	}
	book.each(r.st.id, p, r.q.AsOf, func(d *visitDay) {
		out.Rows = append(out.Rows, r.visitRow(core.Period{From: d.day, To: d.day}, "", "", &d.visitCount, d.pct, d.place))
	})
	return nil
}

// itemVisits are the rows of a measure of a SKU.
func (r *rowsRequest) itemVisits(ctx context.Context, out *fact.Rows) error {
	book, err := r.v.items(ctx)
	if err != nil {
		return err
	}
	keys := book.tiling(r.st.id, r.q.Period)
	if len(keys) == 0 {
		return nil
	}
	if err := r.v.loadReports(ctx, book, keys); err != nil {
		return err
	}
	by := r.q.AsOf + r.v.late[r.st.id]
	r.v.eachVisit(book, keys, by, r.v.index(r.items)[r.st.id], func(k reportKey, x *itemRow, skus []int64) {
		for _, sku := range skus {
			if sku == r.st.sku {
				out.Rows = append(out.Rows, r.visitRow(k.Period, r.v.n.words[x.asin], r.v.n.skus[x.sku], &x.visitCount, x.pct, x.place))
			}
		}
	})
	return nil
}

// windowVisits are the rows of a fact of a SKU: its own in the window, else those of its ASIN.
func (r *rowsRequest) windowVisits(ctx context.Context, out *fact.Rows) error {
	spans, err := r.m.spans(ctx, r.v.tx, source.TrafficItems, r.v.n.mkts)
	if err != nil {
		return err
	}
	book, err := r.v.items(ctx)
	if err != nil {
		return err
	}
	days := windowDays()[r.what.window]
	w := pickTraffic(spans[r.st.id], days, r.q.AsOf, r.mk.late)
	if v := r.s.trafficBase(w, days, r.mk); !v.Known() {
		out.How = v.Note
		return nil
	}
	keys := []reportKey{{r.st.id, w.Period}}
	if w.step == 0 {
		keys = keys[:0]
		for d := w.From; d <= w.To; d++ {
			keys = append(keys, dayReport(r.st.id, d))
		}
	}
	if err := r.v.loadReports(ctx, book, keys); err != nil {
		return err
	}
	by := max(r.q.AsOf+r.mk.late, w.late)
	asin := r.v.index(r.items)[r.st.id].asinOf(r.st.sku)
	var others []fact.Row
	for _, k := range keys {
		eachItem(book.reports[k].bySKU, by, func(x *itemRow) {
			if x.sku == r.st.sku {
				out.Rows = append(out.Rows, r.visitRow(k.Period, r.v.n.words[x.asin], r.v.n.skus[x.sku], &x.visitCount, x.pct, x.place))
			}
		})
		eachItem(book.reports[k].byASIN, by, func(x *itemRow) {
			if asin != 0 && x.asin == asin {
				others = append(others, r.visitRow(k.Period, r.v.n.words[x.asin], "", &x.visitCount, x.pct, x.place))
			}
		})
	}
	if len(out.Rows) == 0 {
		out.Rows = others
	}
	return nil
}
