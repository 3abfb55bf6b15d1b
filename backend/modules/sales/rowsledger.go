package sales

import (
	"context"
	"fmt"
	"time"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// refunds answers the refunded lines of settlements, and of transactions whose settlement is not in.
func (r *rowsRequest) refunds(ctx context.Context) (fact.Rows, error) {
	out := fact.Rows{How: "Sum of the amounts refunded", Columns: []fact.RowColumn{
		{Name: "day", Title: "Posted", Type: fact.Text},
		{Name: "order", Title: "Order", Type: fact.Text},
		{Name: "sku", Title: "SKU", Type: fact.Text},
		{Name: "report", Title: "Report", Type: fact.Text},
		{Name: "refunded", Title: "Refunded", Type: fact.Money},
	}}
	book, err := r.v.refunds(ctx)
	if err != nil {
		return out, err
	}
	k, p := book.cover[r.st.id], r.q.Period
	if !r.what.measure {
		w := window{}
		if end := k.end(r.q.AsOf); end != 0 {
			w = k.days().window(core.LastDays(end, windowDays()[r.what.window]), r.q.AsOf)
		}
		if v := r.s.past(w, kindSettlement); !v.Known() {
			out.How = v.Note
			return out, nil
		}
		p = w.Period
	}
	rows, err := r.v.tx.QueryContext(ctx, r.m.q["RefundRows"], int64(p.From), int64(p.To), r.st.id, r.st.sku)
	if err != nil {
		return out, fmt.Errorf("read refunds: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var x refundEntry
		var at place
		var order, report, id string
		var first int64
		if err := rows.Scan(&x.day, &order, &x.sku, &x.currency, &x.observed, &x.settled, &x.minor, &at.doc, &at.row, &report,
			&id, &x.content, &first); err != nil {
			return out, fmt.Errorf("read refunds: %w", err)
		}
		if x.live = id != ""; x.live {
			x.observed, x.rivals = book.dayOf(r.st.id)(first), book.rivals[id]
		}
		if !book.counts(r.st.id, k, &x, r.q.AsOf) {
			continue
		}
		row := fact.Row{Document: at.doc, Line: at.row, Cells: []fact.Value{
			textCell(x.day.String()), textCell(order), textCell(r.v.n.skus[x.sku]), textCell(report), moneyCell(x.minor, core.Currency(r.v.n.words[x.currency])),
		}}
		if name := r.v.n.skus[x.sku]; name != "" {
			row.Subject = fact.SubjectID(r.st.code, name)
		}
		out.Rows = append(out.Rows, row)
	}
	if err := rows.Err(); err != nil {
		return out, fmt.Errorf("read refunds: %w", err)
	}
	return r.cut(out), nil
}

// settledThrough answers the statement that ends last.
func (r *rowsRequest) settledThrough(ctx context.Context) (fact.Rows, error) {
	out := fact.Rows{How: "The day before the end of the latest settlement", Columns: []fact.RowColumn{
		{Name: "settlement", Title: "Settlement", Type: fact.Text}, {Name: "start", Title: "Starts", Type: fact.Text}, {Name: "end", Title: "Ends", Type: fact.Text},
	}}
	rows, err := r.v.tx.QueryContext(ctx, r.m.q["SettlementHeads"], r.st.id)
	if err != nil {
		return out, fmt.Errorf("read settlements: %w", err)
	}
	defer func() { _ = rows.Close() }()
	zone := zoneOf(r.st.code)
	for rows.Next() && len(out.Rows) == 0 {
		var id string
		var start, end int64
		var observed core.Day
		var at place
		if err := rows.Scan(&id, &start, &end, &observed, &at.doc, &at.row); err != nil {
			return out, fmt.Errorf("read settlements: %w", err)
		}
		if observed > r.q.AsOf+r.v.late[r.st.id] {
			continue
		}
		day := func(at int64) fact.Value { return textCell(core.DayOf(time.Unix(at, 0), zone).String()) }
		out.Rows = append(out.Rows, fact.Row{Document: at.doc, Line: at.row, Cells: []fact.Value{textCell(id), day(start), day(end)}})
	}
	if err := rows.Err(); err != nil {
		return out, fmt.Errorf("read settlements: %w", err)
	}
	return r.cut(out), nil
}

// price answers the line whose price was last paid, else the listing.
func (r *rowsRequest) price(ctx context.Context) (fact.Rows, error) {
	out := fact.Rows{How: "Amount ÷ units of the row, rounded to the minor unit, half up", Columns: r.lineColumns()}
	_, sku := fact.SplitID(r.q.Subject)
	v := r.s.price(r.mk, sku)
	if !v.Known() {
		out.How = v.Note
		return out, nil
	}
	row := func(day, label string) fact.Row {
		return fact.Row{Subject: r.q.Subject, Cells: []fact.Value{
			textCell(day), noCell(""), textCell(sku), textCell(label), countCell(1), moneyCell(v.Money.Minor, v.Money.Currency),
		}}
	}
	t := r.mk.skus[sku]
	if t == nil || t.price == 0 {
		out.Rows = []fact.Row{row("", "Price in the catalog")}
		return r.cut(out), nil
	}
	rows, err := r.v.tx.QueryContext(ctx, r.m.q["PricedLine"], int64(t.priceDay), r.st.id, r.st.sku, r.st.own)
	if err != nil {
		return out, fmt.Errorf("read order lines: %w", err)
	}
	err = scanLines(rows, func(l *placedLine) {
		if unitPrice(true, l.price, l.qty) != v.Money.Minor {
			return // restated since
		}
		out.Rows = append(out.Rows, fact.Row{Document: l.doc, Line: l.row, Subject: r.q.Subject, Cells: []fact.Value{
			textCell(t.priceDay.String()), textCell(l.orderID()), textCell(sku), textCell(r.v.n.words[l.status]), countCell(l.qty), l.amount(r.v.n),
		}})
	})
	if len(out.Rows) == 0 {
		out.Rows = []fact.Row{row(t.priceDay.String(), "As known on "+r.q.AsOf.String())}
	}
	return r.cut(out), err
}

// feePerUnit answers the row of the fee preview.
func (r *rowsRequest) feePerUnit(ctx context.Context) (fact.Rows, error) {
	out := fact.Rows{How: "The fee of the row", Columns: []fact.RowColumn{
		{Name: "day", Title: "Preview of", Type: fact.Text}, {Name: "sku", Title: "SKU", Type: fact.Text}, {Name: "fee", Title: "Fee on one unit", Type: fact.Money},
	}}
	book, err := r.v.fees(ctx)
	if err != nil {
		return out, err
	}
	if f, _, ok := book.at(marketSKU{r.st.id, r.st.sku}, r.q.AsOf+r.v.late[r.st.id]); ok {
		out.Rows = []fact.Row{{Document: f.doc, Line: f.row, Subject: r.q.Subject, Cells: []fact.Value{
			textCell(f.observed.String()), textCell(r.v.n.skus[r.st.sku]), moneyCell(f.Minor, f.Currency),
		}}}
	}
	return r.cut(out), nil
}

// unitCost answers what the seller gave.
func (r *rowsRequest) unitCost(context.Context) (fact.Rows, error) {
	out := fact.Rows{How: "The cost of the row, which the seller entered or imported", Columns: []fact.RowColumn{
		{Name: "sku", Title: "SKU", Type: fact.Text}, {Name: "cost", Title: "Cost of one unit", Type: fact.Money},
	}}
	for _, it := range r.items {
		if it.Cost.Currency != "" && fact.SubjectID(it.Marketplace, string(it.SKU)) == r.q.Subject {
			out.Rows = append(out.Rows, fact.Row{Subject: r.q.Subject, Cells: []fact.Value{textCell(string(it.SKU)), moneyCell(it.Cost.Minor, it.Cost.Currency)}})
		}
	}
	return r.cut(out), nil
}
