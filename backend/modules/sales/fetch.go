package sales

import (
	"context"
	"database/sql"
	"fmt"

	"purser/backend/core"
	"purser/backend/core/fact"
	"purser/backend/modules/sales/internal/daypack"
)

// placedLine is an order line with where it stands in its document.
type placedLine struct {
	order                                                                int64
	name                                                                 string // of an order id that is not of Amazon's form
	sku, mkt, status, state, fba, qty, currency, priced, price, promoted int64
	place
}

func (l *placedLine) scan(rows interface{ Scan(...any) error }) error {
	return rows.Scan(&l.order, &l.name, &l.sku, &l.mkt, &l.status, &l.state, &l.fba, &l.qty, &l.currency, &l.priced, &l.price, &l.promoted, &l.doc, &l.row)
}

// orderID writes the order's id as Amazon does.
func (l *placedLine) orderID() string {
	if l.order < 0 {
		return l.name
	}
	return unpackOrderID(l.order)
}

// amount is the item price; pending lines have none yet.
func (l *placedLine) amount(n names) fact.Value {
	if l.priced == 0 {
		return noCell("no price yet")
	}
	return moneyCell(l.price, core.Currency(n.words[l.currency]))
}

func scanLines(rows *sql.Rows, yield func(*placedLine)) error {
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var l placedLine
		if err := l.scan(rows); err != nil {
			return fmt.Errorf("read order lines: %w", err)
		}
		yield(&l)
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read order lines: %w", err)
	}
	return nil
}

// lineColumns head the rows of orders.
func (r *rowsRequest) lineColumns() []fact.RowColumn {
	out := []fact.RowColumn{
		{Name: "day", Title: "Day", Type: fact.Text},
		{Name: "order", Title: "Order", Type: fact.Text},
		{Name: "sku", Title: "SKU", Type: fact.Text},
		{Name: "status", Title: "Status", Type: fact.Text},
		{Name: "units", Title: "Units", Type: fact.Count, Unit: "units"},
		{Name: "amount", Title: "Amount", Type: fact.Money},
	}
	switch r.what.stem {
	case "fees":
		out = append(out, fact.RowColumn{Name: "per_unit", Title: "Fee on one unit", Type: fact.Money})
	case "cogs":
		out = append(out, fact.RowColumn{Name: "per_unit", Title: "Cost of one unit", Type: fact.Money})
	case "orders":
		out = append(out, fact.RowColumn{Name: "orders", Title: "Orders", Type: fact.Count, Unit: "orders"})
	case "change", "yesterday_change":
		out = append(out, fact.RowColumn{Name: "period", Title: "Period", Type: fact.Text})
	}
	return out
}

// window reads the rows of segments between Offset and Offset + Limit; the rows of per come first.
func (r *rowsRequest) window(ctx context.Context, all []segment, per perUnits, out *fact.Rows) error {
	skip, left := max(0, r.q.Offset), r.q.Limit
	if left <= 0 {
		left = out.Total
	}
	if skip < len(per.rows) {
		out.Rows = append(out.Rows, per.rows[skip:min(len(per.rows), skip+left)]...)
	}
	skip, left = max(0, skip-len(per.rows)), left-len(out.Rows)
	for i := range all {
		s := &all[i]
		if left <= 0 {
			break
		}
		if skip >= s.len() {
			skip -= s.len()
			continue
		}
		before := len(out.Rows)
		if err := r.segment(ctx, s, skip, left, per, out); err != nil {
			return err
		}
		skip, left = 0, left-(len(out.Rows)-before)
	}
	return nil
}

func (r *rowsRequest) segment(ctx context.Context, s *segment, skip, limit int, per perUnits, out *fact.Rows) error {
	if s.then != nil {
		for i := skip; i < min(len(s.then), skip+limit); i++ {
			out.Rows = append(out.Rows, r.thenRow(s, &s.then[i], per))
		}
		return nil
	}
	rows, err := r.v.tx.QueryContext(ctx, r.m.q["LinesOfMarket"], int64(s.day), r.st.id, r.st.sku, skip, min(limit, s.lines-skip))
	if err != nil {
		return fmt.Errorf("read order lines: %w", err)
	}
	return scanLines(rows, func(l *placedLine) {
		name := r.v.n.skus[l.sku]
		row := fact.Row{Document: l.doc, Line: l.row, Cells: []fact.Value{
			textCell(s.day.String()), textCell(l.orderID()), textCell(name), textCell(r.v.n.words[l.status]), countCell(l.qty), l.amount(r.v.n),
		}}
		if name != "" {
			row.Subject = fact.SubjectID(r.st.code, name)
		}
		out.Rows = append(out.Rows, r.withLast(row, l.sku, s.period, nil, per))
	})
}

// thenRow is what was known of a day, of one SKU or of all, before it was restated.
func (r *rowsRequest) thenRow(s *segment, e *daypack.Entry, per perUnits) fact.Row {
	units, status := e.Units, "As known on "+r.q.AsOf.String()
	if r.what.stem == "cancelled_units" {
		units, status = e.Cancelled, "Cancelled"
	}
	name := r.v.n.skus[e.SKU]
	row := fact.Row{Cells: []fact.Value{
		textCell(s.day.String()), noCell(""), textCell(name), textCell(status), countCell(units), moneyCell(e.Sales, core.Currency(r.v.n.words[e.Currency])),
	}}
	if name != "" {
		row.Subject = fact.SubjectID(r.st.code, name)
	}
	return r.withLast(row, e.SKU, s.period, &e.Orders, per)
}

// withLast adds the cell of the last column, if there is one.
func (r *rowsRequest) withLast(row fact.Row, sku int64, period string, orders *int64, per perUnits) fact.Row {
	switch r.what.stem {
	case "fees", "cogs":
		cost, ok := per.of[sku]
		cell := noCell("not known")
		if ok {
			cell = moneyCell(cost.Minor, cost.Currency)
		}
		row.Cells = append(row.Cells, cell)
	case "orders":
		cell := noCell("")
		if orders != nil {
			cell = countCell(*orders)
		}
		row.Cells = append(row.Cells, cell)
	case "change", "yesterday_change":
		row.Cells = append(row.Cells, textCell(period))
	}
	return row
}
